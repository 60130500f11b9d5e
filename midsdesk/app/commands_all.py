"""Commands on everything at once, and moves of picks. Each knows beforehand what it will do."""

from collections.abc import Callable
from functools import partial

from midsdesk.app.commands import entry_name
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.edit import bulk, moves
from midsdesk.edit.bulk import Bulk
from midsdesk.edit.moves import Moved
from midsdesk.model.build import Build
from midsdesk.model.vocab import Grade, RelativeLevel

# For the window, which does not look below `app`.
Bound = bulk.Bound
Remedy = moves.Remedy

_GRADES = {Grade.TRAINING: "training", Grade.DUAL: "dual origin", Grade.SINGLE: "single origin"}
_BOUNDS = {Bound.LOWEST: "their lowest level", Bound.HIGHEST: "their highest level"}


def set_levels(document: Document, level: int | Bound) -> Command:
    """Set the level of all inventions."""
    where = _BOUNDS[level] if isinstance(level, Bound) else f"level {level}"
    return _bulk(
        document,
        f"Set all inventions to {where}",
        partial(bulk.set_levels, catalog=document.catalog, level=level),
    )


def set_relative_levels(document: Document, relative: RelativeLevel) -> Command:
    """Set the relative level of all pieces."""
    steps = relative - RelativeLevel.EVEN
    name = (
        "without effect" if relative == RelativeLevel.NONE else f"{steps:+d}" if steps else "even"
    )
    return _bulk(
        document,
        f"Set all pieces to {name}".replace("-", "−"),
        partial(bulk.set_relative_levels, catalog=document.catalog, relative=relative),
    )


def set_grades(document: Document, grade: Grade) -> Command:
    """Make all regular enhancements of one grade."""
    return _bulk(
        document,
        f"Make all regular enhancements {_GRADES[grade]}",
        partial(bulk.set_grades, catalog=document.catalog, grade=grade),
    )


def flip_all(document: Document) -> Command:
    """Exchange main and alternate pieces everywhere."""
    return _bulk(document, "Flip all powers", partial(bulk.flip_all, catalog=document.catalog))


def clear_pieces(document: Document) -> Command:
    """Empty all slots."""
    return _bulk(document, "Empty all slots", partial(bulk.clear_pieces, catalog=document.catalog))


def remove_slots(document: Document) -> Command:
    """Give all bought slots back."""
    return _bulk(document, "Remove all slots", partial(bulk.remove_slots, catalog=document.catalog))


def arrange_slots(document: Document) -> Command:
    """Give all slots the earliest levels."""
    return _bulk(
        document, "Arrange all slots", partial(bulk.arrange_slots, catalog=document.catalog)
    )


def swap_picks(
    document: Document, first: int, second: int, remedy: Remedy = Remedy.LATER
) -> Command:
    """Exchange two picks."""
    label = f"Swap {entry_name(document, first)} and {entry_name(document, second)}"
    edit = partial(
        moves.swap_picks, catalog=document.catalog, first=first, second=second, remedy=remedy
    )
    return _move(document, label, edit)


def move_pick(
    document: Document, first: int, target: int, remedy: Remedy = Remedy.LATER
) -> Command:
    """Put a pick at another's place; those between close up."""
    level = document.build.entries[target].level
    label = f"Move {entry_name(document, first)} to level {level}"
    edit = partial(
        moves.move_pick, catalog=document.catalog, first=first, target=target, remedy=remedy
    )
    return _move(document, label, edit)


def outcome_of_move(document: Document, first: int, target: int, *, closing_up: bool) -> Moved:
    """What a swap (or a move, those between closing up) would do, with the default remedy.

    Raises:
        RuleViolationError: One of them is no pick.
    """
    change = moves.move_pick if closing_up else moves.swap_picks
    return change(document.build, document.catalog, first, target)


def _bulk(document: Document, label: str, edit: Callable[[Build], Bulk]) -> Command:
    report = edit(document.build).report
    return Command(label, lambda build: edit(build).build, told=f"{label}: {report}.")


def _move(document: Document, label: str, edit: Callable[[Build], Moved]) -> Command:
    report = edit(document.build).report
    told = f"{label}: {report}." if report else f"{label}."
    return Command(label, lambda build: edit(build).build, told=told)
