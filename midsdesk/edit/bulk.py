"""Changes to everything at once: levels, grades, flips, empty slots, slot levels in order.

Each returns the new build with what was changed and what was left, so that a single line can say
it: no question is asked, undo takes it back.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from midsdesk.edit.normalise import fitted_piece, normalise
from midsdesk.edit.slots import is_attuned, relative_range
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement
from midsdesk.model.vocab import EnhancementKind, Grade, RelativeLevel
from midsdesk.rules.levels import first_slot_level

_TOP_LEVEL = 50


class Bound(Enum):
    """An end of a piece's own range of levels."""

    LOWEST = "lowest"
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of a change to everything.

    Attributes:
        changed: How many pieces, slots or powers are different now.
        left: How many were not touched, by the reason.
    """

    build: Build
    changed: int
    left: tuple[tuple[str, int], ...] = ()

    @property
    def report(self) -> str:
        """One line about it, as "84 changed, 6 left (attuned: no level of their own)"."""
        parts = [f"{self.changed} changed"]
        parts += [f"{count} left ({reason})" for reason, count in self.left]
        return ", ".join(parts)


# Returns the piece after the change, or why it stays.
_Change = Callable[[SlottedEnhancement, Enhancement], SlottedEnhancement | str]


def set_levels(build: Build, catalog: Catalog, level: int | Bound) -> Bulk:
    """Set the level of all inventions; those of sets stay within their set's range.

    Args:
        level: From 1, or an end of each piece's own range.
    """

    def change(piece: SlottedEnhancement, known: Enhancement) -> SlottedEnhancement | str:
        if known.kind not in (EnhancementKind.SET, EnhancementKind.INVENTION):
            return "not inventions"
        if is_attuned(known):
            return "attuned: no level of their own"
        wanted = level
        if isinstance(level, Bound):
            wanted = 1 if level is Bound.LOWEST else _TOP_LEVEL
        return fitted_piece(replace(piece, level=int(wanted)), known, catalog)  # type: ignore[arg-type]

    return _pieces(build, catalog, change)


def set_relative_levels(build: Build, catalog: Catalog, relative: RelativeLevel) -> Bulk:
    """Set the relative level of all pieces, as near as each may come to it."""

    def change(piece: SlottedEnhancement, known: Enhancement) -> SlottedEnhancement | str:
        low, high = relative_range(known)
        if low == high:
            return "always even"
        if relative == RelativeLevel.NONE:
            if known.kind not in (EnhancementKind.NORMAL, EnhancementKind.SPECIAL):
                return "inventions always work"
            return replace(piece, relative_level=relative)
        wanted = RelativeLevel(min(max(relative, low), high))
        return replace(piece, relative_level=wanted)

    return _pieces(build, catalog, change)


def set_grades(build: Build, catalog: Catalog, grade: Grade) -> Bulk:
    """Make all regular enhancements training, dual or single origin ones."""

    def change(piece: SlottedEnhancement, known: Enhancement) -> SlottedEnhancement | str:
        if known.kind != EnhancementKind.NORMAL:
            return "no grade"
        return replace(piece, grade=grade)

    return _pieces(build, catalog, change)


def clear_pieces(build: Build, catalog: Catalog) -> Bulk:
    """Empty all slots; the alternate pieces stay."""
    count = sum(slot.enhancement is not None for entry in build.entries for slot in entry.slots)
    emptied = _entries(build, lambda entry: _each_slot(entry, _emptied))
    return Bulk(normalise(emptied, catalog), count)


def remove_slots(build: Build, catalog: Catalog) -> Bulk:
    """Give back all bought slots; the first slot of each power and inherent ones stay."""

    def bare(entry: PowerEntry) -> PowerEntry:
        slots = tuple(
            slot for number, slot in enumerate(entry.slots) if number == 0 or slot.inherent
        )
        return entry if len(slots) == len(entry.slots) else replace(entry, slots=slots)

    changed = normalise(_entries(build, bare), catalog)
    return Bulk(changed, build.added_slots - changed.added_slots)


def flip_all(build: Build, catalog: Catalog) -> Bulk:
    """Exchange main and alternate pieces everywhere."""
    flipped = _entries(build, lambda entry: _each_slot(entry, _flipped))
    count = sum(a is not b for a, b in zip(build.entries, flipped.entries, strict=True))
    return Bulk(normalise(flipped, catalog), count)


def arrange_slots(build: Build, catalog: Catalog) -> Bulk:
    """Give all bought slots the earliest levels they can have, in the order of their powers.

    A slot that no level is left for keeps its own and stays a problem.
    """
    places = [
        (first_slot_level(entry, catalog.power(entry.power)), index, number)
        for index, entry in enumerate(build.entries)
        if not entry.is_empty
        for number in _bought(entry)
    ]
    return relevelled(build, catalog, sorted(places), Counter())


def relevelled(
    build: Build, catalog: Catalog, places: list[tuple[int, int, int]], used: Counter[int]
) -> Bulk:
    """Give slots the earliest free levels, in the order given.

    Args:
        places: Lowest level, entry and slot number of each.
        used: How many slots of other places each level has; counted on.
    """
    grants = catalog.ruleset.levels
    levels: dict[tuple[int, int], int] = {}
    stuck = 0
    for lowest, index, number in places:
        for level in range(max(1, lowest), len(grants) + 1):
            if grants[level - 1].slots > used[level]:
                used[level] += 1
                levels[index, number] = level
                break
        else:
            stuck += 1
    changed = 0
    entries = list(build.entries)
    for index, entry in enumerate(entries):
        slots = tuple(
            replace(slot, level=levels.get((index, number), slot.level))
            for number, slot in enumerate(entry.slots)
        )
        moved = sum(a.level != b.level for a, b in zip(slots, entry.slots, strict=True))
        if moved:
            changed += moved
            entries[index] = replace(entry, slots=_in_order(slots))
    left = (("no level is left for them", stuck),) if stuck else ()
    return Bulk(normalise(replace(build, entries=tuple(entries)), catalog), changed, left)


def _in_order(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Sort the levels; pieces stay where they are, and so do the first slot and inherent ones."""
    places = [n for n, slot in enumerate(slots) if n > 0 and not slot.inherent]
    levels = sorted(slots[n].level for n in places)
    found = list(slots)
    for place, level in zip(places, levels, strict=True):
        found[place] = replace(slots[place], level=level)
    return tuple(found)


def _bought(entry: PowerEntry) -> list[int]:
    """Numbers of the slots that were bought."""
    own = [number for number, slot in enumerate(entry.slots) if not slot.inherent]
    return own[1:]


def _pieces(build: Build, catalog: Catalog, change: _Change) -> Bulk:
    changed, left = 0, Counter[str]()

    def of_slot(slot: Slot) -> Slot:
        nonlocal changed
        piece = slot.enhancement
        known = catalog.enhancement(piece.enhancement) if piece is not None else None
        if piece is None or known is None:
            return slot
        found = change(piece, known)
        if isinstance(found, str):
            left[found] += 1
            return slot
        if found == piece:
            return slot
        changed += 1
        return replace(slot, enhancement=found)

    result = _entries(build, lambda entry: _each_slot(entry, of_slot))
    return Bulk(normalise(result, catalog), changed, tuple(left.most_common()))


def _each_slot(entry: PowerEntry, change: Callable[[Slot], Slot]) -> PowerEntry:
    slots = tuple(change(slot) for slot in entry.slots)
    return entry if slots == entry.slots else replace(entry, slots=slots)


def _emptied(slot: Slot) -> Slot:
    return slot if slot.enhancement is None else replace(slot, enhancement=None, extras="")


def _flipped(slot: Slot) -> Slot:
    return replace(slot, enhancement=slot.alternate, alternate=slot.enhancement)


def _entries(build: Build, change: Callable[[PowerEntry], PowerEntry]) -> Build:
    return replace(build, entries=tuple(change(entry) for entry in build.entries))
