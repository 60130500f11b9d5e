"""Placing the powers of a text: picks by their levels, everything else behind them.

Nothing shifts: a pick that cannot be placed keeps its place empty, and a note says so.
Source: build files, sections 11 and 12.
"""

from collections.abc import Sequence
from dataclasses import replace

from midsdesk.formats.issues import Candidate, Choice, Part, Severity
from midsdesk.formats.members import Notes
from midsdesk.model.build import MAX_SLOTS_IN_POWER, PRIMARY, PowerEntry, Slot
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import PowersetKind
from midsdesk.rules.levels import first_slot_level

TOP_LEVEL = 50
_PICKED_KINDS = (
    PowersetKind.PRIMARY,
    PowersetKind.SECONDARY,
    PowersetKind.POOL,
    PowersetKind.ANCILLARY,
)


def stands_in_picked_set(catalog: Catalog, power: Power) -> bool:
    """Whether a power is of a powerset that players pick from."""
    powerset = catalog.powerset(power.powerset)
    return powerset is not None and powerset.kind in _PICKED_KINDS


def is_pick(catalog: Catalog, power: Power) -> bool:
    """Whether a power takes one of the picks."""
    return stands_in_picked_set(catalog, power) and not power.include_flag and power.level > 0


def deal_levels(
    entries: Sequence[PowerEntry], catalog: Catalog, notes: Notes
) -> tuple[PowerEntry, ...]:
    """Give the added slots of all entries levels, powers of the lowest level first.

    Used where a text does not tell them: each slot gets the lowest level that is still free and
    not below its power's. Slots of powers that come with a form may be older than they are.
    """
    rules = catalog.ruleset
    wanted = sum(max(0, len(entry.slots) - 1) for entry in entries)
    starts = [first_slot_level(entry, catalog.power(entry.power)) for entry in entries]
    for table in (rules.levels, rules.respec_levels):
        stock = [level for level, grant in enumerate(table, 1) for _ in range(grant.slots)]
        # From above it comes out wherever it can; from below is how a character grows.
        for from_above in (False, True):
            dealt = _deal(entries, starts, list(stock), from_above=from_above)
            if dealt is not None:
                return dealt
    notes.add("Slots", str(wanted), "cannot all be bought at the levels of their powers.")
    return tuple(_from_power(entry, ()) for entry in entries)


def _deal(
    entries: Sequence[PowerEntry], starts: list[int], stock: list[int], *, from_above: bool
) -> tuple[PowerEntry, ...] | None:
    result = list(entries)
    order = sorted(range(len(entries)), key=lambda index: starts[index], reverse=from_above)
    for index in order:
        entry = entries[index]
        count = max(0, len(entry.slots) - 1)
        fitting = [level for level in stock if level >= starts[index]][:count]
        if len(fitting) < count:
            return None
        for level in fitting:
            stock.remove(level)
        result[index] = _from_power(entry, fitting)
    return tuple(result)


def _from_power(entry: PowerEntry, levels: Sequence[int]) -> PowerEntry:
    """The first slot comes with the power; those after it at these levels, or the power's."""
    first = max(1, entry.level)
    slots = [
        replace(slot, level=levels[number - 1] if 0 < number <= len(levels) else first)
        for number, slot in enumerate(entry.slots)
    ]
    return replace(entry, slots=tuple(slots))


class Placer:
    """Collects the entries of a build while a text is read."""

    def __init__(self, catalog: Catalog, notes: Notes) -> None:
        self._catalog = catalog
        self._notes = notes
        self._levels = catalog.ruleset.pick_levels
        self._picks: list[PowerEntry | None] = [None] * len(self._levels)
        self._others: list[PowerEntry] = []
        self._seen: set[str] = set()

    @property
    def next_index(self) -> int:
        """Index that the next entry behind the picks gets."""
        return len(self._levels) + len(self._others)

    def place_for(self, level: int, power: Power | None = None) -> int | None:
        """The free pick of a level; else the next later one, else any.

        Of the two at the first level, the second is that of the secondary powerset.
        """
        free = [number for number, entry in enumerate(self._picks) if entry is None]
        exact = [number for number in free if self._levels[number] == level]
        later = [number for number in free if self._levels[number] > level]
        if power is not None and len(exact) > 1 and exact[0] == PRIMARY:
            powerset = self._catalog.powerset(power.powerset)
            if powerset is not None and powerset.kind == PowersetKind.SECONDARY:
                return exact[1]
        fitting = exact or later or free
        return fitting[0] if fitting else None

    def add(self, power: Power, level: int, slots: Sequence[Slot], included: bool) -> int | None:
        """Place a power; return its index, None if it is in the build already or has no room."""
        shown = power.display_name
        known = power.id.lower()
        if known in self._seen:
            self._notes.add(
                f"Level {level}", shown, "is in the build twice; the first stays.", Severity.LOST
            )
            if is_pick(self._catalog, power):
                self.hold(level)
            return None
        entry = PowerEntry(power.id, level, self.six(slots, shown), included)
        if not is_pick(self._catalog, power):
            self._seen.add(known)
            self._others.append(entry)
            return self.next_index - 1
        place = self.place_for(level, power)
        if place is None:
            self._notes.add(
                f"Level {level}", shown, "is one pick too many; it is left out.", Severity.LOST
            )
            return None
        self._seen.add(known)
        if self._levels[place] != level:
            outcome = (
                f"is no level of a free pick; the pick of level {self._levels[place]} is used."
            )
            self._notes.add(shown, f"level {level}", outcome)
            entry = replace(entry, level=max(1, min(level, TOP_LEVEL)))
        self._picks[place] = entry
        return place

    def hold(self, level: int) -> int | None:
        """Keep the pick of this level empty; None if there is none."""
        free = [
            number
            for number, entry in enumerate(self._picks)
            if entry is None and self._levels[number] == level
        ]
        if not free:
            return None
        self._picks[free[0]] = PowerEntry(PowerId(""), level)
        return free[0]

    def unknown(
        self,
        name: str,
        level: int,
        slots: Sequence[Slot],
        candidates: tuple[Candidate, ...],
        *,
        pick: bool,
    ) -> None:
        """Note a power nobody knows; its pick stays empty, and a person may say what it is."""
        place = f"Level {level}"
        index = self.hold(level) if pick else None
        outcome = "is unknown to the game data; " + (
            "its pick stays empty." if index is not None else "it is left out."
        )
        self._notes.add(place, name, outcome, Severity.LOST)
        if not candidates:
            return
        kept = PowerEntry(PowerId(""), level, self.six(slots, name))
        if index is None:
            self._others.append(PowerEntry(PowerId(""), level))
            index = self.next_index - 1
        self._notes.choices.append(
            Choice(
                place,
                name,
                outcome,
                candidates,
                Part.POWER,
                index,
                entry=kept,
                line=self._notes.line,
            )
        )

    def six(self, slots: Sequence[Slot], shown: str) -> tuple[Slot, ...]:
        """The slots a power can have."""
        if len(slots) > MAX_SLOTS_IN_POWER:
            outcome = f"are too many; the first {MAX_SLOTS_IN_POWER} are kept."
            self._notes.add(shown, f"{len(slots)} slots", outcome, Severity.LOST)
        return tuple(slots[:MAX_SLOTS_IN_POWER])

    def entries(self) -> tuple[PowerEntry, ...]:
        """All entries: the picks, empty ones too, then the others."""
        picks = [
            entry or PowerEntry(PowerId(""), level)
            for entry, level in zip(self._picks, self._levels, strict=True)
        ]
        return (*picks, *self._others)
