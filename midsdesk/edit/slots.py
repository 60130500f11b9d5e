"""Slots and pieces of a build: buy, remove, fill, empty, exchange, set levels.

Pure functions from build to build; an edit the rules forbid raises `RuleViolationError`.
Source: calculation reference B, sections 1.14 and 5.3.
"""

from dataclasses import replace

from midsdesk.edit.normalise import fitted_piece, normalise
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement
from midsdesk.model.vocab import Activation, EnhancementKind, Grade, RelativeLevel
from midsdesk.rules.levels import next_slot_level, slot_refusal
from midsdesk.rules.slotting import piece_refusal

_NO_SLOT = "There is no such slot."


def add_slot(build: Build, catalog: Catalog, index: int) -> Build:
    """Buy a slot at the earliest free level not below the power's.

    Raises:
        RuleViolationError: Six slots, none left, or no level left.
    """
    entry = _entry(build, index)
    level = next_slot_level(build, catalog, index)
    if level is None:
        raise RuleViolationError(slot_refusal(build, catalog, index))
    place = 1
    while place < len(entry.slots) and entry.slots[place].level <= level:
        place += 1
    slots = (*entry.slots[:place], Slot(level=level), *entry.slots[place:])
    return normalise(build.with_entry(index, replace(entry, slots=slots)), catalog)


def remove_slot(build: Build, catalog: Catalog, index: int, number: int) -> Build:
    """Give a bought slot back, its piece with it.

    Raises:
        RuleViolationError: It is the first slot of the power or an inherent one.
    """
    entry, slot = _slot(build, index, number)
    if slot.inherent:
        raise RuleViolationError("An inherent slot cannot be removed.")
    if number == 0:
        raise RuleViolationError("The first slot of a power cannot be removed.")
    slots = (*entry.slots[:number], *entry.slots[number + 1 :])
    return normalise(build.with_entry(index, replace(entry, slots=slots)), catalog)


def slot_enhancement(
    build: Build, catalog: Catalog, index: int, number: int, piece: SlottedEnhancement
) -> Build:
    """Put a piece into a slot; its level is brought into the range of its set.

    Raises:
        RuleViolationError: It does not fit, or uniqueness forbids it.
    """
    entry, slot = _slot(build, index, number)
    enhancement = catalog.enhancement(piece.enhancement)
    if enhancement is None:
        raise RuleViolationError(f"The game data do not know {piece.enhancement}.")
    reason = piece_refusal(build, index, number, enhancement, catalog)
    if reason:
        raise RuleViolationError(reason)
    fitted = fitted_piece(replace(piece, enhancement=enhancement.id), enhancement, catalog)
    slots = _exchanged(entry, number, replace(slot, enhancement=fitted, extras=""))
    included = entry.included or _counts_by_slotting(catalog, entry)
    filled = replace(entry, slots=slots, included=included)
    return normalise(build.with_entry(index, filled), catalog)


def clear_slot(build: Build, catalog: Catalog, index: int, number: int) -> Build:
    """Empty a slot."""
    entry, slot = _slot(build, index, number)
    slots = _exchanged(entry, number, replace(slot, enhancement=None, extras=""))
    return normalise(build.with_entry(index, replace(entry, slots=slots)), catalog)


def set_enhancement_level(
    build: Build,
    catalog: Catalog,
    index: int,
    number: int,
    *,
    level: int | None = None,
    relative: RelativeLevel | None = None,
    grade: Grade | None = None,
) -> Build:
    """Change level (from 1), relative level or grade of the piece in a slot; None leaves it.

    Raises:
        RuleViolationError: The slot is empty, or the relative level is not for such a piece.
    """
    entry, slot = _slot(build, index, number)
    piece = slot.enhancement
    if piece is None:
        raise RuleViolationError("The slot is empty.")
    enhancement = catalog.enhancement(piece.enhancement)
    if relative is not None and enhancement is not None:
        low, high = relative_range(enhancement)
        if not low <= relative <= high:
            raise RuleViolationError(f"{enhancement.name} cannot have this relative level.")
    piece = replace(
        piece,
        level=piece.level if level is None else level,
        relative_level=piece.relative_level if relative is None else relative,
        grade=piece.grade if grade is None else grade,
    )
    slots = _exchanged(entry, number, replace(slot, enhancement=piece))
    return normalise(build.with_entry(index, replace(entry, slots=slots)), catalog)


def relative_range(enhancement: Enhancement) -> tuple[RelativeLevel, RelativeLevel]:
    """Lowest and highest relative level of an enhancement; attuned pieces are always even."""
    if is_attuned(enhancement):
        return (RelativeLevel.EVEN, RelativeLevel.EVEN)
    if enhancement.kind in (EnhancementKind.NORMAL, EnhancementKind.SPECIAL):
        return (RelativeLevel.MINUS_3, RelativeLevel.PLUS_3)
    return (RelativeLevel.EVEN, RelativeLevel.PLUS_5)


def is_attuned(enhancement: Enhancement) -> bool:
    """Whether a piece follows the character's level and therefore has none of its own."""
    return enhancement.id.lower().startswith(("attuned_", "superior_attuned_"))


def next_piece(
    build: Build, catalog: Catalog, index: int, last: SlottedEnhancement
) -> SlottedEnhancement | None:
    """The piece to put next into a power: the first missing one of the set last used, or again
    the single enhancement last used. None when nothing of it fits any more.
    """
    enhancement = catalog.enhancement(last.enhancement)
    if enhancement is None:
        return None
    if enhancement.kind != EnhancementKind.SET:
        return last
    owner = catalog.enhancement_set(enhancement.set_id)
    pieces = owner.pieces if owner else ()
    start = pieces.index(enhancement.id) + 1 if enhancement.id in pieces else 0
    for name in (*pieces[start:], *pieces[:start]):
        candidate = catalog.enhancement(name)
        if candidate and not piece_refusal(build, index, -1, candidate, catalog):
            return replace(last, enhancement=candidate.id, obtained=False)
    return None


def swap_slot_contents(
    build: Build, catalog: Catalog, first: tuple[int, int], second: tuple[int, int]
) -> Build:
    """Exchange the pieces of two slots, given as (entry, slot).

    Raises:
        RuleViolationError: One of them does not fit at its new place.
    """
    _, one = _slot(build, *first)
    _, two = _slot(build, *second)
    emptied = clear_slot(clear_slot(build, catalog, *first), catalog, *second)
    if two.enhancement is not None:
        emptied = slot_enhancement(emptied, catalog, *first, two.enhancement)
    if one.enhancement is not None:
        emptied = slot_enhancement(emptied, catalog, *second, one.enhancement)
    return emptied


def swap_slot_levels(
    build: Build, catalog: Catalog, first: tuple[int, int], second: tuple[int, int]
) -> Build:
    """Exchange the levels of two bought slots, given as (entry, slot).

    Raises:
        RuleViolationError: One of them is the first slot of its power.
    """
    if 0 in (first[1], second[1]):
        raise RuleViolationError("The level of a power's first slot cannot change.")
    _, one = _slot(build, *first)
    _, two = _slot(build, *second)
    for (index, number), level in ((first, two.level), (second, one.level)):
        entry, slot = _slot(build, index, number)
        slots = _exchanged(entry, number, replace(slot, level=level))
        build = build.with_entry(index, replace(entry, slots=slots))
    return normalise(build, catalog)


def flip_entry(build: Build, catalog: Catalog, index: int) -> Build:
    """Exchange main and alternate piece in every slot of a power."""
    entry = _entry(build, index)
    slots = tuple(
        replace(slot, enhancement=slot.alternate, alternate=slot.enhancement)
        for slot in entry.slots
    )
    return normalise(build.with_entry(index, replace(entry, slots=slots)), catalog)


def _entry(build: Build, index: int) -> PowerEntry:
    if not 0 <= index < len(build.entries) or build.entries[index].is_empty:
        raise RuleViolationError("There is no power here.")
    return build.entries[index]


def _slot(build: Build, index: int, number: int) -> tuple[PowerEntry, Slot]:
    entry = _entry(build, index)
    if not 0 <= number < len(entry.slots):
        raise RuleViolationError(_NO_SLOT)
    return entry, entry.slots[number]


def _counts_by_slotting(catalog: Catalog, entry: PowerEntry) -> bool:
    """Clicks without a light count as soon as they hold a piece: its globals must count."""
    power = catalog.power(entry.power)
    return power is not None and power.activation == Activation.CLICK and not power.click_buff


def _exchanged(entry: PowerEntry, number: int, slot: Slot) -> tuple[Slot, ...]:
    return (*entry.slots[:number], slot, *entry.slots[number + 1 :])
