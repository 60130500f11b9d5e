"""The list of power entries of a .mbd: picks first, then what came by itself. Nothing shifts.

Source: build files, sections 3.2 to 3.5 and 15.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

from midsdesk.errors import BuildFormatError
from midsdesk.formats.aliases import OLD_FITNESS, power_candidates, power_named, powerset_named
from midsdesk.formats.issues import Candidate, Choice, Part, Severity
from midsdesk.formats.mbd_slots import NO_LEVEL, TOP_LEVEL, SlotReader
from midsdesk.formats.members import Members, Notes
from midsdesk.model.build import MAX_SLOTS_IN_POWER, PowerEntry, SubPower
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Power
from midsdesk.model.ids import PowerId, PowersetId
from midsdesk.model.vocab import PowersetKind

# Member that stands for `PowerName` where an old file gives a number the game data lack.
UNKNOWN_NUMBER = "\x00StaticIndex"
MOST_ENTRIES = 512
_MOST_SUB_POWERS = 256
_MOST_STACKS, _MOST_LOOKED_UP, _MOST_OFFERED = 10_000, 12, 12
_FITNESS = "inherent.fitness"
_UNPICKED_KINDS = (
    PowersetKind.PRIMARY,
    PowersetKind.SECONDARY,
    PowersetKind.POOL,
    PowersetKind.ANCILLARY,
)
_UNKNOWN = "is unknown to the game data"
_OF_EMPTY = (
    "Level",
    "StatInclude",
    "ProcInclude",
    "VariableValue",
    "InherentSlotsUsed",
    "SubPowerEntries",
    "SlotEntries",
    UNKNOWN_NUMBER,
)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A power nobody knows, and the entry as it would stand.

    Attributes:
        kept: It has a place. numbered: The file gives a number and no name.
        entry: As it would stand, if a person says which power it is.
    """

    index: int
    original: str
    outcome: str
    entry: PowerEntry
    kept: bool
    numbered: bool


class EntryReader:
    """Reads the list of entries of one build."""

    def __init__(
        self,
        catalog: Catalog,
        notes: Notes,
        archetype: Archetype,
        powersets: tuple[PowersetId, ...],
        version: str = "",
    ) -> None:
        """`version`: of the data that wrote the names, as `power_named` takes it."""
        self._catalog = catalog
        self._version = version
        self._notes = notes
        self._archetype = archetype
        self._powersets = powersets
        self._levels = catalog.ruleset.pick_levels
        self._seen: set[str] = set()
        self._slots = SlotReader(catalog, notes)
        self._doubts: list[_Doubt] = []
        self._moved: list[PowerEntry] = []

    def read(self, values: list[Any]) -> tuple[PowerEntry, ...]:
        """The entries: as many picks as the ruleset has, then the others.

        Raises:
            BuildFormatError: There are far too many.
        """
        if len(values) > MOST_ENTRIES:
            raise BuildFormatError(
                f"The file is damaged or no build: it lists {len(values)} powers."
            )
        self._catalog.warm(each for each in self._powersets if each)
        count = len(self._levels)
        picks = [
            self._pick(number, values[number] if number < len(values) else {})
            for number in range(count)
        ]
        others: list[PowerEntry] = []
        for number, value in enumerate(values[count:], count):
            entry = self._entry(number, value, 0, count + len(others))
            if not entry.is_empty and self._is_placed(entry, number):
                others.append(entry)
        others += [entry for entry in self._moved if not _holds(others, entry)]
        entries = picks + others
        if _count_from_zero(entries):
            entries = [_one_higher(entry) for entry in entries]
            self._doubts = [
                replace(doubt, entry=_one_higher(doubt.entry)) for doubt in self._doubts
            ]
        self._offer_choices()
        return tuple(_with_positive_levels(entry) for entry in entries)

    def _place(self, number: int) -> str:
        """Where an entry stands, as a player would say it."""
        if number < len(self._levels):
            return f"Pick {number + 1} (level {self._levels[number]})"
        return f"Entry {number + 1}"

    def _pick(self, number: int, value: Any) -> PowerEntry:
        entry = self._entry(number, value, self._levels[number], number)
        if entry.is_empty:
            return entry
        if entry.power.lower().startswith(f"{_FITNESS}."):
            return self._old_fitness(entry, number)
        if entry.level < NO_LEVEL:
            return replace(entry, level=self._levels[number])
        return entry

    def _old_fitness(self, entry: PowerEntry, number: int) -> PowerEntry:
        """A pick from the old Fitness pool: everyone has that power now, the pick is free."""
        power = self._catalog.power(entry.power)
        level = max(NO_LEVEL, power.level) if power else entry.level
        self._moved.append(replace(entry, level=level))
        shown = power.display_name if power else entry.power
        self._notes.add(
            self._place(number),
            shown,
            "was a pick once and is an inherent power now; it keeps its slots, the pick is free.",
        )
        return PowerEntry(PowerId(""), self._levels[number])

    def _is_placed(self, entry: PowerEntry, number: int) -> bool:
        """Whether an entry after the picks is something that may stand there."""
        power = self._catalog.power(entry.power)
        powerset = self._catalog.powerset(power.powerset) if power else None
        if power is None or powerset is None or power.include_flag:
            return True
        if powerset.kind not in _UNPICKED_KINDS:
            return True
        place = self._place(number)
        self._notes.add(
            place, entry.power, "stands after the last pick; it is left out.", Severity.LOST
        )
        return False

    def _entry(self, number: int, value: Any, pick_level: int, index: int) -> PowerEntry:
        empty = PowerEntry(PowerId(""), pick_level)
        place = self._place(number)
        if not isinstance(value, dict):
            self._notes.add(place, value, "is no power; it is left out.", Severity.LOST)
            return empty
        members = Members(value, place, self._notes)
        name = members.text("PowerName")
        if not name:
            return self._empty(members, empty, index, place)
        power = power_named(self._catalog, name, self._version)
        found = PowerId(power.id if power else name)
        if found.lower() in self._seen:
            self._notes.add(place, name, "is in the build twice; the first stays.", Severity.LOST)
            return empty
        self._seen.add(found.lower())
        shown = power.display_name if power else name
        entry = self._filled(Members(members.rest(), shown, self._notes), power, found, index)
        if power is None and index < len(self._levels):
            # The pick is empty; what stood there travels along and is written back.
            outcome = f"{_UNKNOWN}; its pick stays empty."
            entry = replace(entry, level=entry.level or pick_level)
            self._doubt(_Doubt(index, name, outcome, entry, True, False), place)
            return replace(empty, extras=json.dumps(value))
        if power is None:
            outcome = f"{_UNKNOWN}; it keeps its place and counts for nothing."
            self._doubt(_Doubt(index, name, outcome, entry, True, False), place)
        elif power.id.lower() != name.lower() and not name.lower().startswith(OLD_FITNESS):
            self._notes.add(place, name, f"is called {power.id} here.", Severity.INFO)
        return entry

    def _empty(self, members: Members, empty: PowerEntry, index: int, place: str) -> PowerEntry:
        number = members.take(UNKNOWN_NUMBER)
        if number is not None:
            shown = f"power number {number}"
            entry = self._filled(Members(members.rest(), shown, self._notes), None, None, index)
            entry = replace(entry, level=entry.level or empty.level)
            kept = index < len(self._levels)
            outcome = "its pick stays empty." if kept else "it is left out."
            self._doubt(_Doubt(index, shown, f"{_UNKNOWN}; {outcome}", entry, kept, True), place)
        for known in _OF_EMPTY:
            members.take(known)
        return replace(empty, extras=members.extras())

    def _filled(
        self, members: Members, power: Power | None, name: PowerId | None, index: int
    ) -> PowerEntry:
        shown = power.display_name if power else name or "Unknown power"
        level = members.number("Level", -1, -1, TOP_LEVEL)
        return PowerEntry(
            power=name or PowerId(""),
            level=self._grant_level(power, max(0, level)),
            included=members.flag("StatInclude"),
            procs_off=members.flag("ProcInclude"),
            stacks=self._stacks(members, power, shown),
            inherent_slots_used=members.number("InherentSlotsUsed", 0, 0, MAX_SLOTS_IN_POWER),
            sub_powers=self._sub_powers(members, shown),
            slots=self._slots.read(members, shown, index),
            extras=members.extras(),
        )

    def _grant_level(self, power: Power | None, level: int) -> int:
        """Accolades come at level 50, whatever an old file says."""
        if power is None or level >= NO_LEVEL:
            return level
        is_accolade = power.powerset.lower() == "temporary_powers.accolades"
        return TOP_LEVEL if is_accolade else level

    def _stacks(self, members: Members, power: Power | None, shown: str) -> int:
        stacks = members.number("VariableValue", 0, 0, _MOST_STACKS)
        if power is None:
            return stacks
        fitting = min(stacks, power.variable_max if power.has_variable else 0)
        if fitting != stacks:
            self._notes.add(f"{shown}, stacks", str(stacks), f"are impossible; {fitting} is taken.")
        return fitting

    def _sub_powers(self, members: Members, shown: str) -> tuple[SubPower, ...]:
        found = []
        for value in members.items("SubPowerEntries")[:_MOST_SUB_POWERS]:
            if not isinstance(value, dict):
                self._notes.add(shown, value, "is no power; it is left out.", Severity.LOST)
                continue
            sub = Members(value, shown, self._notes)
            name, included = sub.text("PowerName"), sub.flag("StatInclude")
            if name:
                found.append(SubPower(PowerId(name), included, sub.extras()))
        return tuple(found)

    def _doubt(self, doubt: _Doubt, place: str) -> None:
        self._notes.add(place, doubt.original, doubt.outcome, Severity.LOST)
        self._doubts.append(doubt)

    def _offer_choices(self) -> None:
        """Find candidates for the powers nobody knows, now that the others are in place."""
        for doubt in self._doubts[:_MOST_LOOKED_UP]:
            if not doubt.kept:
                continue
            candidates = (
                self._not_taken(doubt.entry.level)
                if doubt.numbered
                else power_candidates(
                    self._catalog, doubt.original, self._archetype, self._powersets
                )
            )
            candidates = tuple(each for each in candidates if each.id.lower() not in self._seen)
            if candidates:
                choice = Choice(
                    self._place(doubt.index),
                    doubt.original,
                    doubt.outcome,
                    candidates,
                    Part.POWER,
                    doubt.index,
                    entry=_with_positive_levels(doubt.entry),
                )
                self._notes.choices.append(choice)

    def _not_taken(self, level: int) -> tuple[Candidate, ...]:
        """Powers of the build's own sets, open at a level and not taken yet."""
        found = []
        for name in self._powersets:
            powerset = powerset_named(self._catalog, name) if name else None
            for power in self._catalog.powers(powerset.id) if powerset else ():
                if NO_LEVEL <= power.level <= level and power.id.lower() not in self._seen:
                    why = f"it is in {powerset.display_name if powerset else ''} and not taken"
                    found.append(Candidate(power.id, power.display_name, why))
        return tuple(found[:_MOST_OFFERED])


def _holds(entries: list[PowerEntry], wanted: PowerEntry) -> bool:
    return any(entry.power == wanted.power for entry in entries)


def _count_from_zero(entries: list[PowerEntry]) -> bool:
    """Whether slot levels are counted from 0, as the first release did.

    Told by the data: in every entry with slots the first slot is one below the entry's level.
    """
    filled = [entry for entry in entries if entry.slots and not entry.is_empty]
    return bool(filled) and all(entry.slots[0].level == entry.level - 1 for entry in filled)


def _one_higher(entry: PowerEntry) -> PowerEntry:
    slots = tuple(replace(slot, level=slot.level + 1) for slot in entry.slots)
    return replace(entry, slots=slots)


def _with_positive_levels(entry: PowerEntry) -> PowerEntry:
    if all(slot.level >= NO_LEVEL for slot in entry.slots):
        return entry
    slots = tuple(replace(slot, level=max(NO_LEVEL, slot.level)) for slot in entry.slots)
    return replace(entry, slots=slots)
