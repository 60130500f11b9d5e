"""The problems dock: what rules and calculator find, as rows with links.

Source: design, section 3.14.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from midsdesk.app import commands
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.app.problems_measured import Measuring
from midsdesk.calc.calculation import Calculation
from midsdesk.rules.problems import nothing_wrong, problems
from midsdesk.rules.problems_model import Action, Measured, Problem, ProblemGroup, Remedy, Severity

_ICONS: Final = {
    Severity.ERROR: "mark-error",
    Severity.WARNING: "mark-warn",
    Severity.HINT: "mark-info",
}


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One row: icon, title, reason, links; `remedies` stand in the order of `links`."""

    icon: str
    severity: Severity
    group: ProblemGroup
    title: str
    reason: str
    entry: int | None
    slot: int | None
    links: tuple[str, ...]
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class ProblemList:
    """The dock: rows, counts for the chips, and what an empty list says ("" otherwise)."""

    rows: tuple[ProblemRow, ...]
    errors: int
    warnings: int
    hints: int
    empty: str


def problem_list(document: Document) -> ProblemList:
    """Everything worth mending in the open build, in one go."""
    key = (document.build, document.settings)
    return document.memo.value("problems", key, partial(_whole, document))


def problem_search(document: Document) -> Iterator[ProblemList | None]:
    """The same in steps: None for "not yet", the list last. Stop asking once the build changed."""
    calculation = document.calculation
    if not isinstance(calculation, Calculation):
        yield _list(document, None)
        return
    work = Measuring(calculation)
    for _ in work.steps():
        yield None
    yield _list(document, work.measured)


def _whole(document: Document) -> ProblemList:
    found = [each for each in problem_search(document) if each is not None]
    return found[-1]


def _list(document: Document, measured: Measured | None) -> ProblemList:
    found = problems(document.build, document.catalog, measured, document.violations)
    counts = [sum(each.severity is level for each in found) for level in Severity]
    return ProblemList(
        rows=tuple(_row(each) for each in found),
        errors=counts[0],
        warnings=counts[1],
        hints=counts[2],
        empty="" if found else nothing_wrong(document.build),
    )


def _row(each: Problem) -> ProblemRow:
    return ProblemRow(
        icon=_ICONS[each.severity],
        severity=each.severity,
        group=each.kind.group,
        title=each.title,
        reason=each.reason,
        entry=each.entry,
        slot=each.slot,
        links=tuple(remedy.label for remedy in each.remedies),
        remedies=each.remedies,
    )


def remedy_command(document: Document, remedy: Remedy) -> Command | None:
    """The step a remedy stands for; None for those that only show something."""
    if remedy.action is Action.TAKE_POWER:
        return commands.take_power(document, remedy.name)
    entry, slot = remedy.entry, remedy.slot
    if entry is None:
        return None
    match remedy.action:
        case Action.REMOVE_POWER:
            return commands.remove_power(document, entry)
        case Action.SWITCH_ON | Action.SWITCH_OFF:
            return commands.set_included(document, entry, remedy.action is Action.SWITCH_ON)
        case Action.PROCS_ON:
            return commands.set_procs_off(document, entry, False)
        case Action.CLEAR_SLOT if slot is not None:
            return commands.clear_slot(document, entry, slot)
        case Action.REMOVE_SLOT if slot is not None:
            return commands.remove_slot(document, entry, slot)
    return None
