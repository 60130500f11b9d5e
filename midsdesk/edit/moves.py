"""Picks change places: by swapping, or by moving one and letting those between close up.

Levels belong to the places, powers and their slots move. A slot that is now older than its power
is put right by one of three remedies; the first is what a move does when nobody says otherwise.
"""

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum

from midsdesk.edit.bulk import relevelled
from midsdesk.edit.normalise import normalise
from midsdesk.edit.powers import swap_entries
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, PowerEntry, Slot
from midsdesk.model.catalog import Catalog
from midsdesk.rules.levels import added_by_level, first_slot_level
from midsdesk.rules.requirements import power_name


class Remedy(Enum):
    """What happens to slots that are older than their power after a move."""

    LATER = "later"
    REMOVE = "remove"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a move.

    Attributes:
        later: Slots that were put to another level. removed: slots that were given back.
        early_slots: Slots still older than their power.
        early_powers: Names of powers that stand at a level below their own.
    """

    build: Build
    later: int
    removed: int
    early_slots: int
    early_powers: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Nothing had to give way and nothing is illegal now."""
        return not (self.later or self.removed or self.early_slots or self.early_powers)

    @property
    def report(self) -> str:
        """One line about it; "" when nothing had to give way."""
        parts = []
        if self.later:
            parts.append(f"{_slots(self.later)} moved to other levels")
        if self.removed:
            parts.append(f"{_slots(self.removed)} given back")
        if self.early_slots:
            parts.append(f"{_slots(self.early_slots)} older than the power")
        if self.early_powers:
            parts.append(f"too early for {' and '.join(self.early_powers)}")
        return ", ".join(parts)


def swap_picks(
    build: Build, catalog: Catalog, first: int, second: int, remedy: Remedy = Remedy.LATER
) -> Moved:
    """Exchange two picks.

    Raises:
        RuleViolationError: One of them is no pick.
    """
    changed = swap_entries(build, catalog, first, second)
    return _put_right(build, changed, catalog, {first, second}, remedy)


def move_pick(
    build: Build, catalog: Catalog, first: int, target: int, remedy: Remedy = Remedy.LATER
) -> Moved:
    """Put a pick at another's place; those between close up by one.

    Raises:
        RuleViolationError: One of them is no pick.
    """
    if not (0 <= first < build.pick_count and 0 <= target < build.pick_count):
        raise RuleViolationError("Only picks can change places.")
    picks = list(build.picks)
    picks.insert(target, picks.pop(first))
    placed = [_at_level(entry, old.level) for entry, old in zip(picks, build.picks, strict=True)]
    changed = replace(build, entries=(*placed, *build.others))
    touched = set(range(min(first, target), max(first, target) + 1))
    return _put_right(build, normalise(changed, catalog), catalog, touched, remedy)


def _at_level(entry: PowerEntry, level: int) -> PowerEntry:
    if entry.level == level:
        return entry
    slots = entry.slots
    if slots:
        slots = (replace(slots[0], level=max(1, level)), *slots[1:])
    return replace(entry, level=level, slots=slots)


def _put_right(
    before: Build, build: Build, catalog: Catalog, touched: set[int], remedy: Remedy
) -> Moved:
    early = [
        (
            first_slot_level(build.entries[index], catalog.power(build.entries[index].power)),
            index,
            n,
        )
        for index in sorted(touched)
        for n in _early(build.entries[index], catalog)
    ]
    later = _traded(before, build, touched)
    removed = 0
    if remedy is Remedy.LATER and early:
        used = added_by_level(build)
        used.subtract(Counter(build.entries[index].slots[n].level for _, index, n in early))
        done = relevelled(build, catalog, sorted(early), used)
        build, later = done.build, later + done.changed
    elif remedy is Remedy.REMOVE:
        for _, index, number in sorted(early, reverse=True):
            entry = build.entries[index]
            slots = (*entry.slots[:number], *entry.slots[number + 1 :])
            build = build.with_entry(index, replace(entry, slots=slots))
            removed += 1
        build = normalise(build, catalog)
    return Moved(
        build,
        later,
        removed,
        sum(len(_early(build.entries[index], catalog)) for index in touched),
        tuple(_early_powers(build, catalog, touched)),
    )


def _early(entry: PowerEntry, catalog: Catalog) -> list[int]:
    """Numbers of the bought slots that are older than their power."""
    if entry.is_empty:
        return []
    lowest = first_slot_level(entry, catalog.power(entry.power))
    bought = [n for n, slot in enumerate(entry.slots) if not slot.inherent][1:]
    return [n for n in bought if entry.slots[n].level < lowest]


def _early_powers(build: Build, catalog: Catalog, touched: set[int]) -> list[str]:
    found = []
    for index in sorted(touched):
        entry = build.entries[index]
        power = catalog.power(entry.power) if entry.power else None
        if power is not None and power.level > entry.level:
            found.append(power_name(entry.power, catalog))
    return found


def _traded(before: Build, after: Build, touched: set[int]) -> int:
    """Count the bought slots that a swap gave another level."""
    old = {entry.power: entry.slots for entry in before.picks if entry.power}
    count = 0
    for index in touched:
        entry = after.entries[index]
        was: tuple[Slot, ...] = old.get(entry.power, ()) if entry.power else ()
        pairs = zip(entry.slots[1:], was[1:], strict=False)
        count += sum(a.level != b.level for a, b in pairs)
    return count


def _slots(count: int) -> str:
    return f"{count} slot" if count == 1 else f"{count} slots"
