"""What the tab-separated tables say: maths, levels, origins, enhancement classes, set types.

Every parser takes the rows and returns a JSON-able value and the findings; a table without the
rows it must have is a TableError. Numbers have a point as decimal mark, whatever the system's.

Source: the format description, section 11.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from importer.mhd.errors import TableError
from importer.mhd.rows import Row, Rows
from importer.source import Finding

Parsed: TypeAlias = tuple[Any, tuple[Finding, ...]]

LEVELS: Final = 50
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_INTEGER: Final = re.compile(r"[+-]?\d{1,9}", re.ASCII)
# Maths.mhd: first cell of the section row, name here, rows behind it.
_MATHS_SECTIONS: Final = (
    ("EDRT", "thresholds", 3),
    ("EGE", "grades", 4),
    ("LBIOE", "inventions", 53),
)


def maths(rows: Rows) -> Parsed:
    """Read the strengths of enhancements and the thresholds of diversification, as fractions.

    Returns:
        thresholds (3 rows), grades (training, dual, single, special origin) and inventions
        (levels 1 to 53), each row with the schedules A to D.
    """
    findings: list[Finding] = []
    at = _after_version(rows)
    value: dict[str, list[list[float]]] = {}
    for mark, name, count in _MATHS_SECTIONS:
        at = _find(rows, mark, at) + 1
        found = [_schedules(line, row, findings) for line, row in _filled(rows, at, count)]
        if len(found) < count:
            raise TableError(len(rows), f"The file ends after {len(found)} of {count} {mark} rows")
        value[name] = found
    return value, tuple(findings)


def levels(rows: Rows) -> Parsed:
    """Read what each level gives.

    Returns:
        For levels 1 to 50 in order: level, picks, slots, inspirations, remark.
    """
    findings: list[Finding] = []
    at = _find(rows, "Level", 0) + 1
    found = list(_filled(rows, at, LEVELS))
    if len(found) < LEVELS:
        raise TableError(len(rows), f"The file ends after {len(found)} of {LEVELS} levels")
    names = ("picks", "slots", "inspirations")
    value = [
        {
            "level": level,
            **{name: _count(line, row, 1 + index, findings) for index, name in enumerate(names)},
            "remark": row.cell(4),
        }
        for level, (line, row) in enumerate(found, 1)
    ]
    return value, tuple(findings)


def origins(rows: Rows) -> Parsed:
    """Read the origins: name, and the graphics of their dual and single origin enhancements."""
    return _listed(rows, "Origin", ("name", "dual", "single"))


def set_types(rows: Rows) -> Parsed:
    """Read the set types of the time before TypeGrades.json: id, short_name, name."""
    value, findings = _listed(rows, "SetID", ("id", "short_name", "name"))
    more: list[Finding] = []
    for entry in value:
        entry["id"] = _whole(entry["id"], f"set type {entry['name']}", more)
    return value, (*findings, *more)


def enhancement_classes(rows: Rows) -> Parsed:
    """Read the enhancement classes: index (from 1), name, short_name, class_name, description.

    Other files name a class by its index or by its position in this list.
    """
    names = ("index", "name", "short_name", "class_name", "description")
    value, findings = _listed(rows, "Index", names, needed=4)
    more: list[Finding] = []
    for entry in value:
        entry["index"] = _whole(entry["index"], f"enhancement class {entry['name']}", more)
    return value, (*findings, *more)


def _after_version(rows: Rows) -> int:
    for index, row in enumerate(rows):
        if row.cell(0) == "Version:":
            if not row.cell(1).strip():
                raise TableError(index + 1, 'The row "Version:" names no version')
            return index + 1
    raise TableError(max(1, len(rows)), 'There is no row "Version:"')


def _find(rows: Rows, mark: str, start: int) -> int:
    for index in range(start, len(rows)):
        if rows[index].cell(0).startswith(mark):
            return index
    raise TableError(max(1, len(rows)), f"There is no row that begins with {mark!r}")


def _filled(rows: Rows, start: int, count: int) -> Iterator[tuple[int, Row]]:
    """Yield up to `count` rows that are not blank, with their line numbers from 1."""
    for index in range(start, len(rows)):
        if count == 0:
            return
        if not rows[index].is_blank:
            count -= 1
            yield index + 1, rows[index]


def _listed(
    rows: Rows, mark: str, names: tuple[str, ...], needed: int = 0
) -> tuple[list[dict[str, Any]], tuple[Finding, ...]]:
    """Read the rows between a section row and the row `End` (or the end of the file)."""
    findings: list[Finding] = []
    entries: list[dict[str, Any]] = []
    start = _find(rows, mark, _after_version(rows)) + 1
    for line, row in _filled(rows, start, len(rows)):
        if row.cell(0) == "End":
            break
        if len(row.cells) < (needed or len(names)):
            message = f"Only {len(row.cells)} cells; the row is left out"
            findings.append(Finding("warning", "", f"line {line}", message))
            continue
        entries.append({name: row.cell(index) for index, name in enumerate(names)})
    else:
        message = 'The row "End" is missing; the end of the file is taken for it'
        findings.append(Finding("info", "", f"line {len(rows)}", message))
    return entries, tuple(findings)


def _schedules(line: int, row: Row, findings: list[Finding]) -> list[float]:
    return [_number(line, row, index, findings) for index in range(1, 5)]


def _number(line: int, row: Row, index: int, findings: list[Finding]) -> float:
    text = row.cell(index)
    if _NUMBER.fullmatch(text):
        return float(text)
    message = f"{text[:40]!r} is no number; taken as 1"
    suggestion = "Write the number with a point, such as 0.333."
    findings.append(Finding("error", "", f"line {line}, column {index + 1}", message, suggestion))
    return 1.0


def _count(line: int, row: Row, index: int, findings: list[Finding]) -> int:
    text = row.cell(index)
    if not text:
        return 0
    return _whole(text, f"line {line}, column {index + 1}", findings)


def _whole(text: str, place: str, findings: list[Finding]) -> int:
    if _INTEGER.fullmatch(text):
        return int(text)
    message = f"{text[:40]!r} is no whole number; taken as 0"
    findings.append(Finding("warning", "", place, message))
    return 0


PARSERS: Final[Mapping[str, Callable[[Rows], Parsed]]] = MappingProxyType(
    {
        "maths": maths,
        "levels": levels,
        "respec_levels": levels,
        "old_levels": levels,
        "origins": origins,
        "set_types": set_types,
        "enhancement_classes": enhancement_classes,
    }
)
