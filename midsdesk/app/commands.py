"""One function for each thing a user can do to a build, each giving a named `Command`.

The name says the thing as the user knows it: "Slot Luck of the Gambler: Defense in Hover".
"""

from functools import partial

from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.app.lamps import switched
from midsdesk.edit import operations as ops
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import Alignment, EnhancementKind, Grade, RelativeLevel
from midsdesk.rules.requirements import power_name
from midsdesk.rules.slotting import piece_refusal


def take_power(document: Document, power: str) -> Command:
    """Take a power at the requested level, or at the first empty pick above its own."""
    requested, catalog = document.requested_level, document.catalog

    def edit(build: Build) -> Build:
        if ops.pick_for(build, catalog, power, requested) is None:
            return ops.take_power(build, catalog, power)
        return ops.take_power(build, catalog, power, requested)

    return Command(f"Take {power_name(power, catalog)}", edit, asked=(power,))


def remove_power(document: Document, entry: int) -> Command:
    """Remove the power of an entry."""
    label = f"Remove {entry_name(document, entry)}"
    edit = partial(ops.remove_power, catalog=document.catalog, index=entry)
    return Command(label, edit, asked=_asked(document, entry))


def toggle_power(document: Document, power: str) -> Command:
    """Take a power, or remove it if it is in the build: a click on a word."""
    entry = document.build.find(power)
    return take_power(document, power) if entry is None else remove_power(document, entry)


def add_slot(document: Document, entry: int) -> Command:
    """Buy a slot for an entry."""
    label = f"Add a slot to {entry_name(document, entry)}"
    return Command(label, partial(ops.add_slot, catalog=document.catalog, index=entry))


def remove_slot(document: Document, entry: int, slot: int) -> Command:
    """Give a bought slot back."""
    label = f"Remove slot {slot + 1} of {entry_name(document, entry)}"
    return Command(
        label, partial(ops.remove_slot, catalog=document.catalog, index=entry, number=slot)
    )


def make_piece(
    document: Document,
    enhancement: str,
    level: int = 50,
    relative: RelativeLevel = RelativeLevel.EVEN,
    grade: Grade = Grade.SINGLE,
) -> SlottedEnhancement:
    """The piece as it would be slotted: only kinds that have a grade get one.

    `level` counts from 1; `relative` is against the character, or the boosters of an invention.
    """
    known = document.catalog.enhancement(enhancement)
    if known is None:
        raise RuleViolationError(f"The game data do not know {enhancement}.")
    graded = known.kind in (EnhancementKind.NORMAL, EnhancementKind.SPECIAL)
    if known.kind == EnhancementKind.SPECIAL:
        grade = Grade.SINGLE
    low, high = ops.relative_range(known)
    piece = SlottedEnhancement(
        enhancement=known.id,
        level=level,
        grade=grade if graded else Grade.NONE,
        relative_level=RelativeLevel(min(max(relative, low), high)),
    )
    return ops.fitted_piece(piece, known, document.catalog)


def slot_enhancement(
    document: Document,
    entry: int,
    slot: int,
    enhancement: str,
    level: int = 50,
    relative: RelativeLevel = RelativeLevel.EVEN,
    grade: Grade = Grade.SINGLE,
) -> Command:
    """Put a piece into a slot. The document remembers it for `next_piece`."""
    return slot_piece(
        document, entry, slot, make_piece(document, enhancement, level, relative, grade)
    )


def slot_piece(document: Document, entry: int, slot: int, piece: SlottedEnhancement) -> Command:
    """Put a ready-made piece into a slot."""
    name = piece_name(document.catalog, piece.enhancement)
    edit = partial(
        ops.slot_enhancement, catalog=document.catalog, index=entry, number=slot, piece=piece
    )
    return Command(f"Slot {name} in {entry_name(document, entry)}", edit, piece=piece)


def clear_slot(document: Document, entry: int, slot: int) -> Command:
    """Empty a slot."""
    label = f"Empty slot {slot + 1} of {entry_name(document, entry)}"
    return Command(
        label, partial(ops.clear_slot, catalog=document.catalog, index=entry, number=slot)
    )


def next_piece(document: Document, entry: int, slot: int) -> Command:
    """Put the next missing piece of the set last used into a slot (middle click).

    Raises:
        RuleViolationError: Nothing was slotted yet, or nothing of it is missing here.
    """
    last = document.last_piece
    if last is None:
        raise RuleViolationError("Slot a piece first; the next one of its set follows here.")
    piece = ops.next_piece(document.build, document.catalog, entry, last)
    if piece is None:
        name = entry_name(document, entry)
        raise RuleViolationError(f"No further piece of the set last used fits {name}.")
    return slot_piece(document, entry, slot, piece)


def fill_with_set(document: Document, entry: int, enhancement_set: str, level: int = 50) -> Command:
    """Put the missing pieces of a set into the empty slots of a power (Shift+Enter)."""
    catalog = document.catalog
    owner = catalog.enhancement_set(enhancement_set)
    if owner is None:
        raise RuleViolationError(f"The game data do not know the set {enhancement_set}.")
    pieces = [make_piece(document, name, level) for name in owner.pieces]

    def edit(build: Build) -> Build:
        for piece in pieces:
            known = catalog.enhancement(piece.enhancement)
            slots = build.entries[entry].slots
            empty = [number for number, slot in enumerate(slots) if slot.enhancement is None]
            if not empty or known is None:
                break
            if not piece_refusal(build, entry, empty[0], known, catalog):
                build = ops.slot_enhancement(build, catalog, entry, empty[0], piece)
        return build

    label = f"Fill {entry_name(document, entry)} with {owner.display_name.strip()}"
    return Command(label, edit, piece=pieces[-1] if pieces else None)


def set_piece_level(
    document: Document,
    entry: int,
    slot: int,
    level: int | None = None,
    relative: RelativeLevel | None = None,
    grade: Grade | None = None,
) -> Command:
    """Change level, relative level or grade of a slotted piece; typing merges into one step."""
    edit = partial(
        ops.set_enhancement_level,
        catalog=document.catalog,
        index=entry,
        number=slot,
        level=level,
        relative=relative,
        grade=grade,
    )
    label = f"Change a piece in {entry_name(document, entry)}"
    return Command(label, edit, merge_key=("level", entry, slot))


def swap_slot_contents(
    document: Document, first: tuple[int, int], second: tuple[int, int]
) -> Command:
    """Exchange the pieces of two slots."""
    label = f"Exchange pieces of {entry_name(document, first[0])}"
    if first[0] != second[0]:
        label += f" and {entry_name(document, second[0])}"
    edit = partial(ops.swap_slot_contents, catalog=document.catalog, first=first, second=second)
    return Command(label, edit)


def swap_slot_levels(
    document: Document, first: tuple[int, int], second: tuple[int, int]
) -> Command:
    """Exchange the levels of two bought slots."""
    label = f"Exchange slot levels of {entry_name(document, first[0])}"
    edit = partial(ops.swap_slot_levels, catalog=document.catalog, first=first, second=second)
    return Command(label, edit)


def flip(document: Document, entry: int) -> Command:
    """Exchange main and alternate pieces of a power."""
    label = f"Flip {entry_name(document, entry)}"
    return Command(label, partial(ops.flip_entry, catalog=document.catalog, index=entry))


def set_included(document: Document, entry: int, included: bool) -> Command:
    """Switch a power on or off; leaving an exclusive one brings back what it had switched off."""
    label = f"Switch {entry_name(document, entry)} {'on' if included else 'off'}"
    edit = partial(switched, catalog=document.catalog, entry=entry, included=included)
    return Command(label, edit, asked=_asked(document, entry))


def set_procs_off(document: Document, entry: int, procs_off: bool) -> Command:
    """Switch the chance effects of a power's pieces off or on."""
    label = f"Switch procs of {entry_name(document, entry)} {'off' if procs_off else 'on'}"
    return Command(label, partial(ops.set_procs_off, index=entry, procs_off=procs_off))


def set_stacks(document: Document, entry: int, stacks: int) -> Command:
    """Set the stacks of a power; a dragged slider undoes as one step."""
    label = f"Set stacks of {entry_name(document, entry)} to {stacks}"
    edit = partial(ops.set_stacks, catalog=document.catalog, index=entry, stacks=stacks)
    return Command(label, edit, merge_key=("stacks", entry))


def change_archetype(document: Document, archetype: str) -> Command:
    """Start over with another archetype; undo brings everything back."""
    known = document.catalog.archetype(archetype)
    label = f"Change archetype to {known.display_name if known else archetype}"
    edit = partial(ops.change_archetype, catalog=document.catalog, archetype=archetype)
    return Command(label, edit)


def change_powerset(document: Document, place: int, powerset: str) -> Command:
    """Choose another powerset for a place."""
    known = document.catalog.powerset(powerset)
    label = f"Change powerset to {known.display_name if known else powerset}"
    edit = partial(ops.change_powerset, catalog=document.catalog, place=place, powerset=powerset)
    return Command(label, edit)


def set_origin(document: Document, origin: str) -> Command:
    """Choose the origin."""
    edit = partial(ops.set_origin, catalog=document.catalog, origin=origin)
    return Command(f"Change origin to {origin}", edit)


def set_alignment(document: Document, alignment: Alignment) -> Command:
    """Choose the alignment."""
    label = f"Change alignment to {alignment.name.capitalize()}"
    edit = partial(ops.set_alignment, catalog=document.catalog, alignment=alignment)
    return Command(label, edit)


def add_other(document: Document, power: str) -> Command:
    """Add an accolade, an incarnate, a temporary or a prestige power."""
    known = document.catalog.power(power)
    label = f"Add {known.display_name if known else power}"
    edit = partial(ops.add_other, catalog=document.catalog, power=power)
    return Command(label, edit, asked=(power,))


def toggle_other(document: Document, power: str) -> Command:
    """Add such a power, or remove it where it is in the build."""
    held = document.build.find(power)
    return add_other(document, power) if held is None else remove_power(document, held)


def set_name(document: Document, name: str) -> Command:
    """Rename the character; letters typed in a row undo as one step."""
    return Command("Rename the character", partial(ops.set_name, name=name), merge_key="name")


def set_comment(document: Document, comment: str) -> Command:
    """Change the notes; letters typed in a row undo as one step."""
    return Command("Change the notes", partial(ops.set_comment, comment=comment), merge_key="notes")


def entry_name(document: Document, entry: int) -> str:
    """Name of the power of an entry, "an empty pick" for none."""
    entries = document.build.entries
    if not 0 <= entry < len(entries) or entries[entry].is_empty:
        return "an empty pick"
    return power_name(entries[entry].power, document.catalog)


def _asked(document: Document, entry: int) -> tuple[str, ...]:
    entries = document.build.entries
    return (entries[entry].power,) if 0 <= entry < len(entries) else ()


def piece_name(catalog: Catalog, enhancement: str) -> str:
    """Name of a piece with its set, as "Luck of the Gambler: Defense"."""
    known = catalog.enhancement(enhancement)
    if known is None:
        return enhancement.replace("_", " ")
    owner = catalog.enhancement_set(known.set_id) if known.set_id else None
    return f"{owner.display_name.strip()}: {known.name}" if owner else known.name
