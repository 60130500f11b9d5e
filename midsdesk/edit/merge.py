"""Three-way merge of builds: what one side changed is taken, what both changed differently is not.

Works by power entry and by slot. Two legal builds may merge into one that is not; the rules are
asked at the end, and a violation neither side had makes the merge fail.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, Final, TypeVar

from midsdesk.model.build import PLACES, Build, PowerEntry, Slot
from midsdesk.model.catalog import Catalog
from midsdesk.model.ids import PowerId
from midsdesk.rules.check import check

T = TypeVar("T")
_OF_ENTRY: Final = tuple(
    each.name for each in fields(PowerEntry) if each.name not in ("slots", "level", "power")
)
_OF_BUILD: Final = ("origin", "alignment", "name", "comment", "made_with", "extras")


class ConflictError(Exception):
    """Both sides changed the same thing. Never leaves this module."""


def merge(base: Build, mine: Build, theirs: Build, catalog: Catalog) -> Build | None:
    """Merge two builds that came from one.

    Returns:
        The merged build, or None: they conflict. Equal for both orders of the sides.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    try:
        merged = _merged(base, mine, theirs)
    except ConflictError:
        return None
    had = {_said(each) for side in (mine, theirs) for each in check(side, catalog)}
    if any(_said(each) not in had for each in check(merged, catalog)):
        return None
    return merged


def _said(violation: Any) -> str:
    return str(violation.reason)


def _merged(base: Build, mine: Build, theirs: Build) -> Build:
    archetype = _value(base.archetype, mine.archetype, theirs.archetype)
    powersets = tuple(
        _value(base.powersets[n], mine.powersets[n], theirs.powersets[n]) for n in range(PLACES)
    )
    _sets_against_powers(base, mine, theirs)
    _sets_against_powers(base, theirs, mine)
    picks = _picks(base, mine, theirs)
    others = _entries(base.others, mine.others, theirs.others)
    return replace(
        mine,
        archetype=archetype,
        powersets=powersets,
        entries=(*picks, *others),
        pick_count=len(picks),
        **{
            name: _value(getattr(base, name), getattr(mine, name), getattr(theirs, name))
            for name in _OF_BUILD
        },
    )


def _sets_against_powers(base: Build, one: Build, other: Build) -> None:
    """A powerset or the archetype changed on one side, and its powers on the other."""
    moved_sets = one.archetype != base.archetype or one.powersets != base.powersets
    if moved_sets and other.entries != base.entries:
        raise ConflictError


def _value(base: T, mine: T, theirs: T) -> T:
    if mine in (theirs, base):
        return theirs if mine == base else mine
    if theirs == base:
        return mine
    raise ConflictError


def _picks(base: Build, mine: Build, theirs: Build) -> tuple[PowerEntry, ...]:
    """Picks keep their order by level; empty ones fill what is left of the levels."""
    levels = _value(_levels(base), _levels(mine), _levels(theirs))
    taken = _entries(
        *([each for each in build.picks if not each.is_empty] for build in (base, mine, theirs))
    )
    left = list(levels)
    for entry in taken:
        if entry.level not in left:
            raise ConflictError  # both took another power at this level
        left.remove(entry.level)
    empty = [PowerEntry(PowerId(""), level) for level in left]
    return tuple(sorted((*taken, *empty), key=lambda each: (each.level, each.is_empty)))


def _levels(build: Build) -> tuple[int, ...]:
    return tuple(sorted(entry.level for entry in build.picks))


def _entries(
    base: Iterable[PowerEntry], mine: Iterable[PowerEntry], theirs: Iterable[PowerEntry]
) -> tuple[PowerEntry, ...]:
    merged = _by_key(_by_power(base), _by_power(mine), _by_power(theirs), _entry)
    return tuple(merged)


def _by_power(entries: Iterable[PowerEntry]) -> dict[Hashable, PowerEntry]:
    found: dict[Hashable, PowerEntry] = {}
    for entry in entries:
        times = 0
        while (entry.power.lower(), times) in found:
            times += 1
        found[entry.power.lower(), times] = entry
    return found


def _by_key(
    base: Mapping[Hashable, T],
    mine: Mapping[Hashable, T],
    theirs: Mapping[Hashable, T],
    both: Callable[[T, T, T], T],
) -> list[T]:
    """Merge things by key, in an order that does not depend on whose side is whose."""
    merged: dict[Hashable, T] = {}
    for key in {**base, **mine, **theirs}:
        old, one, other = base.get(key), mine.get(key), theirs.get(key)
        if old is not None and one is not None and other is not None:
            merged[key] = both(old, one, other)
        else:
            chosen = _value(old, one, other)
            if chosen is not None:
                merged[key] = chosen
    first, second = sorted((list(mine), list(theirs)), key=repr)
    kept = [key for key in base if key in merged]
    added = [key for key in dict.fromkeys((*first, *second)) if key in merged and key not in base]
    moved = _order([key for key in mine if key in merged], kept, list(theirs), merged)
    return [merged[key] for key in moved] if moved else [merged[key] for key in (*kept, *added)]


def _order(
    mine: list[Hashable], base: list[Hashable], theirs: list[Hashable], merged: Any
) -> list[Hashable] | None:
    """The order of one side where that side has everything; None where each has things alone."""
    other = [key for key in theirs if key in merged]
    if len(mine) == len(merged) and len(other) == len(merged):
        return mine if other == base or mine == other else other if mine == base else None
    if len(mine) == len(merged):
        return mine
    return other if len(other) == len(merged) else None


def _entry(base: PowerEntry, mine: PowerEntry, theirs: PowerEntry) -> PowerEntry:
    if mine == theirs:
        return mine
    return replace(
        mine,
        power=_value(base.power, mine.power, theirs.power),
        level=_value(base.level, mine.level, theirs.level),
        slots=_slots(base.slots, mine.slots, theirs.slots),
        **{
            name: _value(getattr(base, name), getattr(mine, name), getattr(theirs, name))
            for name in _OF_ENTRY
        },
    )


def _slots(
    base: tuple[Slot, ...], mine: tuple[Slot, ...], theirs: tuple[Slot, ...]
) -> tuple[Slot, ...]:
    if mine in (theirs, base):
        return theirs if mine == base else mine
    if theirs == base:
        return mine
    sides = [dict(enumerate(slots)) for slots in (base, mine, theirs)]
    merged: dict[int, Slot] = {}
    for place in range(max(map(len, sides))):
        old, one, other = (side.get(place) for side in sides)
        if old is not None and one is not None and other is not None:
            merged[place] = _slot(old, one, other)
        else:
            chosen = _value(old, one, other)
            if chosen is not None:
                merged[place] = chosen
    if list(merged) != list(range(len(merged))):
        raise ConflictError  # a gap: one side removed what the other stood on
    return tuple(merged.values())


def _slot(base: Slot, mine: Slot, theirs: Slot) -> Slot:
    return replace(
        mine,
        **{
            each.name: _value(
                getattr(base, each.name), getattr(mine, each.name), getattr(theirs, each.name)
            )
            for each in fields(Slot)
        },
    )
