"""The lines of a report: who, which sets, and the powers with their slots, still as texts.

Source: build files, sections 8 and 12.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

SIDES: Final = ("hero", "rogue", "vigilante", "villain", "loyalist", "resistance")
_SIDE: Final = "|".join(SIDES)
_BUILT: Final = re.compile(rf"\bThis ({_SIDE}) build was\b", re.IGNORECASE)
_PLAN: Final = re.compile(rf"^\s*({_SIDE}) (?:Plan by|Hero Designer)\b", re.IGNORECASE)
_PROFILE: Final = re.compile(rf"^\s*({_SIDE}) Profile:\s*$", re.IGNORECASE)
_WHO: Final = re.compile(r"^\s*(?:(.{0,4000}): )?Level (\d{1,6}) (\S{1,60}) (\S.{0,100})$")
_SET: Final = re.compile(
    r"^\s*(Primary Power Set|Secondary Power Set|Power Pool|Ancillary Pool|Epic Pool):"
    r"\s*(.{0,200})$",
    re.IGNORECASE,
)
_POWER: Final = re.compile(r"^\s*Level (\d{1,6}):[ \t]*(.*)$")
_SLOT: Final = re.compile(r"^\s*(?:--|\*|-)?\s*\((A|\d{1,6})\)\s*(.*)$")
_RULE: Final = re.compile(r"^\s*-{6,}\s*$")
_TAIL: Final = re.compile(r"^\s*(set bonus totals|set bonuses)\s*:", re.IGNORECASE)
MOST_POWERS: Final = 512
MOST_SLOTS: Final = 12
_LONGEST_LINE, _LONGEST_PIECE = 4000, 200


@dataclass(slots=True)
class PowerLine:
    """A power with its slots: what follows the name on its line, and the lines below.

    Attributes:
        at: Numbers of the lines below.
    """

    number: int
    level: int
    rest: str
    below: list[tuple[str, str]] = field(default_factory=list)
    at: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """A report taken apart into its texts.

    Attributes:
        heads: Numbers and texts of the lines above the powers that were understood.
    """

    side: str = ""
    name: str = ""
    level: int = 0
    origin: str = ""
    archetype: str = ""
    sets: list[tuple[str, str]] = field(default_factory=list)
    powers: list[PowerLine] = field(default_factory=list)
    odd: list[tuple[int, str]] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)


def take_apart(text: str) -> Report:
    """Find the parts of a report in a plain text; what belongs to none of them is `odd`."""
    report = Report()
    inside = False
    for number, line in _lines(text):
        if _TAIL.match(line) and report.powers:
            break
        if _take_head(report, line):
            inside = inside or _PROFILE.match(line) is not None
            report.heads.append((number, line.strip()))
        elif _take_power(report, number, line):
            inside = True
        elif inside and not _RULE.match(line):
            report.odd.append((number, line.strip()))
        elif inside and report.powers and _ends(line, report):
            break
    return report


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line


def _ends(line: str, report: Report) -> bool:
    """A rule behind the powers ends the report."""
    return _RULE.match(line) is not None and len(report.powers) > 0


def _take_head(report: Report, line: str) -> bool:
    for pattern in (_PROFILE, _BUILT, _PLAN):
        found = pattern.search(line)
        if found is not None and not report.powers:
            report.side = found.group(1).lower()
            return True
    if report.powers:
        return False
    found = _SET.match(line)
    if found is not None and len(report.sets) < MOST_SLOTS:
        report.sets.append((found.group(1).lower(), found.group(2).strip()))
        return True
    found = _WHO.match(line)
    if found is not None and not report.archetype:
        report.name = (found.group(1) or "").strip()
        report.level = int(found.group(2))
        report.origin, report.archetype = found.group(3), found.group(4).strip()
        return True
    return False


def _take_power(report: Report, number: int, line: str) -> bool:
    found = _POWER.match(line)
    if found is not None:
        if len(report.powers) <= MOST_POWERS:
            rest = found.group(2)[:_LONGEST_LINE]
            report.powers.append(PowerLine(number, int(found.group(1)), rest))
        return True
    found = _SLOT.match(line)
    if found is not None and report.powers:
        below = report.powers[-1].below
        if len(below) < MOST_SLOTS:
            below.append((found.group(1), found.group(2).strip()[:_LONGEST_PIECE]))
            report.powers[-1].at.append(number)
        return True
    return False
