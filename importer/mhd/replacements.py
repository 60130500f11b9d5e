"""Tables of lines: renumbered powers, power names on other servers, forum codes.

Source: the format description, sections 13 and 14.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from importer.mhd.errors import TableError
from importer.mhd.rows import Rows
from importer.mhd.text_tables import Parsed
from importer.source import Finding

_BLOCK: Final = re.compile(r"\[([A-Za-z ]+)\]")
_NUMBERS: Final = re.compile(r"([+-]?\d{1,9})\s*,\s*([+-]?\d{1,9})", re.ASCII)
_NAMES: Final = re.compile(r"([^,]+),([^,]+)")
_FORUM_MEMBERS: Final = (
    *("name", "notes"),
    *("color_on", "color_off", "size_on", "size_off", "bold_on", "bold_off"),
    *("italic_on", "italic_off", "underline_on", "underline_off", "white_space"),
)


def powers(rows: Rows) -> Parsed:
    """Read PowersReplTable.mhd.

    Returns:
        In file order: archetype (display name; None for all), old and new static index. The first
        line of an old number counts, a second one is reported and left out.
    """
    findings: list[Finding] = []
    found: dict[int, dict[str, Any]] = {}
    archetype = None
    for line, text in _lines(rows):
        if block := _BLOCK.fullmatch(text):
            name = block[1].strip()
            archetype = None if name.casefold() == "global" else name
        elif numbers := _NUMBERS.fullmatch(text):
            old, new = int(numbers[1]), int(numbers[2])
            if old in found:
                findings.append(_repeated(line, str(old)))
            else:
                found[old] = {"archetype": archetype, "old": old, "new": new}
        else:
            findings.append(_ignored(line, text, "two numbers"))
    return list(found.values()), tuple(findings)


def power_names(rows: Rows) -> Parsed:
    """Read CrypticPowerNames.mhd.

    Returns:
        In file order: name (full power name in this data) and other (in the other data). Pairs of
        equal names mean nothing and are left out.
    """
    findings: list[Finding] = []
    found: dict[str, dict[str, str]] = {}
    for line, text in _lines(rows):
        names = _NAMES.fullmatch(text)
        if not names:
            findings.append(_ignored(line, text, "two names"))
            continue
        name, other = names[1].strip(), names[2].strip()
        if name.casefold() in found:
            findings.append(_repeated(line, name))
        elif name.casefold() != other.casefold():
            found[name.casefold()] = {"name": name, "other": other}
    return list(found.values()), tuple(findings)


def forum_codes(rows: Rows) -> Parsed:
    """Read bbcode.mhd: one object for each forum, `%VAL%` standing for a value.

    Raises:
        TableError: A block is cut off.
    """
    lines = [row.line for row in rows]
    found = []
    at = 0
    while at < len(lines) and lines[at] != "#END#":
        if lines[at] == "#CODE#":
            block = lines[at + 1 : at + 1 + len(_FORUM_MEMBERS)]
            if len(block) < len(_FORUM_MEMBERS):
                raise TableError(at + 1, "The file ends inside this #CODE# block")
            found.append(dict(zip(_FORUM_MEMBERS, block, strict=True)))
            at += len(block)
        at += 1
    return found, ()


def _lines(rows: Rows) -> Iterator[tuple[int, str]]:
    """Yield what is no comment and not empty, with its line number from 1."""
    for line, row in enumerate(rows, 1):
        text = row.line.partition("#")[0].strip()
        if text:
            yield line, text


def _repeated(line: int, old: str) -> Finding:
    message = f"{old} is replaced a second time; this line is left out"
    return Finding("warning", "", f"line {line}", message, "Keep one line for it.")


def _ignored(line: int, text: str, wanted: str) -> Finding:
    return Finding("info", "", f"line {line}", f"Not {wanted}, left out: {text[:60]!r}")
