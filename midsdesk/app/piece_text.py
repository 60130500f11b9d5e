"""Pieces on the clipboard: a small text that any window of the program understands."""

import json
from collections.abc import Sequence
from functools import partial

from midsdesk.app.commands import entry_name, piece_name
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.edit import operations as ops
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import Grade, RelativeLevel

MIME_TYPE = "application/x-midsdesk-pieces"
_MOST = 6

Pieces = tuple[SlottedEnhancement | None, ...]


def copied(document: Document, entry: int, slot: int = -1) -> Pieces:
    """The piece of a slot, or with -1 those of a whole power; empty slots stay empty."""
    slots = document.build.entries[entry].slots
    chosen = slots if slot < 0 else slots[slot : slot + 1]
    return tuple(each.enhancement for each in chosen)


def to_text(pieces: Pieces) -> str:
    """Write pieces down."""
    return json.dumps(
        [
            None
            if each is None
            else [each.enhancement, each.level, int(each.grade), int(each.relative_level)]
            for each in pieces
        ]
    )


def from_text(text: str) -> Pieces:
    """Read what `to_text` wrote; anything else gives nothing."""
    try:
        rows = json.loads(text)
        return tuple(None if row is None else _piece(*row) for row in rows[:_MOST])
    except (ValueError, TypeError, RecursionError):
        return ()


def _piece(name: str, level: int, grade: int, relative: int) -> SlottedEnhancement:
    return SlottedEnhancement(
        EnhancementId(str(name)),
        level=min(max(1, int(level)), 53),
        grade=Grade(grade),
        relative_level=RelativeLevel(relative),
    )


def readable(document: Document, pieces: Pieces) -> str:
    """What other programs get: a name in each line."""
    names = [piece_name(document.catalog, each.enhancement) for each in pieces if each is not None]
    return "\n".join(names)


def paste(
    document: Document, entry: int, slot: int, pieces: Sequence[SlottedEnhancement | None]
) -> Command:
    """Put pieces into the slots of a power from `slot` on (-1: the first); others stay.

    What does not fit is left out and told.

    Raises:
        RuleViolationError: None of them fits.
    """
    start = max(0, slot)
    edit = partial(_pasted, document, entry, start, tuple(pieces))
    refusals = _refusals(document, document.build, entry, start, tuple(pieces))[1]
    wanted = [each for each in pieces if each is not None]
    if wanted and len(refusals) == len(wanted):
        raise RuleViolationError(refusals[0])
    label = f"Paste into {entry_name(document, entry)}"
    told = label
    if refusals:
        told = f"{label}: {len(wanted) - len(refusals)} pasted, {len(refusals)} left. {refusals[0]}"
    last = wanted[-1] if wanted else None
    return Command(label, edit, piece=last, told=told)


def _pasted(document: Document, entry: int, start: int, pieces: Pieces, build: Build) -> Build:
    return _refusals(document, build, entry, start, pieces)[0]


def _refusals(
    document: Document, build: Build, entry: int, start: int, pieces: Pieces
) -> tuple[Build, list[str]]:
    """Return the build with what fits, and why the rest does not."""
    refused = []
    for number, piece in enumerate(pieces, start):
        if piece is None:
            continue
        if number >= len(build.entries[entry].slots):
            refused.append(f"{entry_name(document, entry)} has no further slot.")
            continue
        try:
            build = ops.slot_enhancement(build, document.catalog, entry, number, piece)
        except RuleViolationError as error:
            refused.append(error.user_message)
    return build, refused
