"""The rows of an import report: every line or field, what it says and what was made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from midsdesk.formats.forms import Reading
from midsdesk.formats.issues import Choice, Issue, Severity
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.report.names import piece_name, power_name, set_name


class Mark(StrEnum):
    """What became of a line or field."""

    UNDERSTOOD = "understood"
    GUESSED = "guessed"
    CHOICE = "choice"
    DECIDED = "decided"
    LOST = "lost"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Row:
    """One line or field.

    Attributes:
        line: Of the text, from 1; 0 where the form has no lines.
        place: As a player would say it.
        choice: Index of the choice that decides it, -1 for none.
    """

    line: int
    place: str
    original: str
    made: str
    mark: Mark
    choice: int = -1


_MARKS: Final = {
    Severity.INFO: Mark.NOTE,
    Severity.WARNING: Mark.GUESSED,
    Severity.LOST: Mark.LOST,
}


def rows_of(reading: Reading, catalog: Catalog) -> tuple[Row, ...]:
    """All rows: those of the whole build first, then in the order of the text or of the build."""
    noted = list(_noted(reading))
    if reading.understood:
        plain = [
            Row(each.line, "", each.original, each.outcome, Mark.UNDERSTOOD)
            for each in reading.understood
        ]
        return tuple(sorted([*noted, *plain], key=lambda row: row.line))
    fields = list(_fields(reading.build, catalog))
    places = {row.place for row in noted}
    order = {row.place: number for number, row in enumerate(fields)}
    for number, row in enumerate(fields):
        if row.place.startswith(("Pick ", "Entry ")):
            order.setdefault(_name_of(row), number)
    kept = [(order[row.place], 1, row) for row in fields if row.place not in places]
    kept += [(_order_of(row.place, order), 2, row) for row in noted]
    return tuple(row for _, _, row in sorted(kept, key=lambda each: each[:2]))


def _noted(reading: Reading) -> Iterator[Row]:
    """What was not taken as it stood; an issue and the choice about it are one row."""
    about = {_identity(each): number for number, each in enumerate(reading.choices)}
    for issue in reading.issues:
        choice = about.pop(_identity(issue), -1)
        mark = Mark.CHOICE if choice >= 0 else _MARKS[issue.severity]
        yield Row(issue.line, issue.place, issue.original, issue.outcome, mark, choice)
    for number in about.values():
        each = reading.choices[number]
        yield Row(each.line, each.place, each.original, each.outcome, Mark.CHOICE, number)


def _identity(each: Issue | Choice) -> tuple[int, str, str, str]:
    return each.line, each.place, each.original, each.outcome


def _name_of(row: Row) -> str:
    """The power of an entry's row: what notes about its slots begin with."""
    return row.made.partition(",")[0]


def _order_of(place: str, order: dict[str, int]) -> int:
    """Where a noted row belongs: at its field, or at the field its place begins with."""
    while place:
        if place in order:
            return order[place]
        place = place.rpartition(",")[0]
    return -1


def _fields(build: Build, catalog: Catalog) -> Iterator[Row]:
    archetype = catalog.archetype(build.archetype)
    shown = archetype.display_name if archetype else build.archetype
    yield _field("Name", build.name, build.name or "no name")
    yield _field("Archetype", build.archetype, shown)
    yield _field("Origin", build.origin, build.origin)
    side = build.alignment.name.capitalize()
    yield _field("Alignment", side, side)
    if build.comment:
        lines = build.comment.count("\n") + 1
        first = build.comment.strip().partition("\n")[0][:120]
        yield _field("Comment", first, f"{lines} {'line' if lines == 1 else 'lines'}")
    for number, each in enumerate(build.powersets, 1):
        if each:
            yield _field(f"Powerset {number}", each, set_name(catalog, each))
    for number, entry in enumerate(build.entries, 1):
        yield from _entry_fields(build, number, entry, catalog)


def _entry_fields(build: Build, number: int, entry: PowerEntry, catalog: Catalog) -> Iterator[Row]:
    pick = number <= build.pick_count
    place = f"Pick {number} (level {entry.level})" if pick else f"Entry {number}"
    if entry.is_empty:
        if pick:
            yield _field(place, "", "an empty pick")
        return
    name = power_name(catalog, entry.power)
    count = len(entry.slots)
    slots = f", {count} {'slot' if count == 1 else 'slots'}" if count else ""
    off = "" if entry.included or not pick else ", not included"
    yield _field(place, entry.power, f"{name}{slots}{off}")
    for at, slot in enumerate(entry.slots, 1):
        for piece, which in ((slot.enhancement, ""), (slot.alternate, ", alternate")):
            if piece is not None:
                level = f", bought at {slot.level}" if at > 1 and not which else ""
                made = f"{piece_name(catalog, piece)}{level}"
                yield _field(f"{name}, slot {at}{which}", piece.enhancement, made)


def _field(place: str, original: str, made: str) -> Row:
    return Row(0, place, original, made, Mark.UNDERSTOOD)
