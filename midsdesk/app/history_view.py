"""The history dock: every step with what it was, where, when, and which goal it moved.

Source: design, section 3.14.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from midsdesk.app.document import Document
from midsdesk.app.goals import goals_of
from midsdesk.app.history import Change
from midsdesk.app.numbers import spoken, with_unit
from midsdesk.app.totals_view import total_names
from midsdesk.edit.diff import diff
from midsdesk.model.build import Build
from midsdesk.model.settings import CalcSettings
from midsdesk.rules.requirements import power_name

_LEAST: Final = 0.005
_ICONS: Final = (
    (("Remove", "Empty", "Give"), "act-remove"),
    (("Swap", "Move", "Exchange", "Arrange", "Flip"), "act-flip"),
    (("Switch",), "kind-toggle"),
    (("Fill", "Set all", "Make all"), "act-sets"),
    (("Change", "Set"), "act-settings"),
    (("Rename", "Note"), "act-notes"),
)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step.

    Attributes:
        position: How many steps are done once one jumps here.
        label, detail: What was done; where and when.
        now, undone, marked: The build is here; the step was taken back; totals compare with it.
        chip: How the goal that moved most changed, "" for none. good: towards the goal.
    """

    position: int
    icon: str
    label: str
    detail: str
    now: bool = False
    undone: bool = False
    marked: bool = False
    chip: str = ""
    good: bool = True

    @property
    def spoken(self) -> str:
        """For screen readers."""
        states = (
            "undone" if self.undone else "",
            "the build is here" if self.now else "",
            "totals are compared with this" if self.marked else "",
            f"goal {spoken(self.chip)}" if self.chip else "",
        )
        return ", ".join(part for part in (self.label, self.detail, *states) if part)


class Figures:
    """What was shown of each build while it was there, so that no step is worked out again."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._settings: CalcSettings | None = None
        self._seen: dict[int, tuple[Build, dict[str, float]]] = {}

    def note(self, document: Document) -> None:
        """Remember the totals of the build; others than those of goals cost no room."""
        if document.settings != self._settings:
            self._settings, self._seen = document.settings, {}
        build = document.build
        keys = {goal.total for goal in goals_of(build)}
        if not keys:
            return
        values = {
            item.key: item.value for item in document.calculation.statistics if item.key in keys
        }
        self._seen[id(build)] = (build, values)

    def of(self, build: Build) -> dict[str, float]:
        """Totals of a build that was on show."""
        known = self._seen.get(id(build))
        return known[1] if known is not None and known[0] is build else {}

    def keep_only(self, builds: Iterable[Build]) -> None:
        """Forget the builds no step leads to any more."""
        wanted = {id(build) for build in builds}
        self._seen = {key: value for key, value in self._seen.items() if key in wanted}


def history_rows(document: Document, figures: Figures) -> tuple[HistoryRow, ...]:
    """The steps, newest first; the last row is the build as it was opened."""
    history = document.history
    steps, here = history.steps, history.position
    builds = [steps[0].before if steps else document.build, *(step.after for step in steps)]
    figures.note(document)
    if len(builds) > 1:
        figures.keep_only(builds)
    rows = [_start(document, builds[0], here)]
    for number, step in enumerate(steps, 1):
        chip, good = _moved(document, figures, step)
        rows.append(
            HistoryRow(
                position=number,
                icon=_icon(step.label),
                label=step.label,
                detail=_detail(document, step),
                now=number == here,
                undone=number > here,
                marked=step.after is document.mark,
                chip=chip,
                good=good,
            )
        )
    return tuple(reversed(rows))


def build_at(document: Document, position: int) -> Build:
    """The build once so many steps are done."""
    steps = document.history.steps
    if not steps:
        return document.build
    return steps[position - 1].after if position > 0 else steps[0].before


def mark_step(document: Document, position: int) -> bool:
    """Set the mark at a step, or take it away where it is there already; True if it is set."""
    build = build_at(document, position)
    document.set_mark(None if document.mark is build else build)
    return document.mark is not None


def _start(document: Document, build: Build, here: int) -> HistoryRow:
    text = document.path.name if document.path is not None else "not in a file yet"
    label = "As it was opened" if document.path is not None else "New build"
    marked = build is document.mark
    return HistoryRow(0, "act-folder", label, text, now=here == 0, marked=marked)


def _icon(label: str) -> str:
    return next((icon for starts, icon in _ICONS if label.startswith(starts)), "act-add")


def _detail(document: Document, step: Change) -> str:
    clock = datetime.fromtimestamp(step.at).astimezone().strftime("%H:%M") if step.at else ""
    saved = "saved" if document.is_saved(step.after) else ""
    return " · ".join(part for part in (_place(document, step), clock, saved) if part)


def _place(document: Document, step: Change) -> str:
    """The power a step was about, or how many; nothing where the label names it."""
    delta = diff(step.before, step.after)
    if delta.reordered or not delta.entries:
        return ""
    if len(delta.entries) > 1:
        return f"{len(delta.entries)} powers"
    entry = delta.entries[0]
    power = step.after.entries[entry].power or step.before.entries[entry].power
    name = power_name(power, document.catalog) if power else ""
    return "" if name in step.label else name


def _moved(document: Document, figures: Figures, step: Change) -> tuple[str, bool]:
    """How the goal that moved most changed."""
    before, after = figures.of(step.before), figures.of(step.after)
    known = {name.key: name for name in total_names()}
    units = {item.key: item.unit for item in document.calculation.statistics}
    moves = [
        (after[key] - before[key], key)
        for key in before.keys() & after.keys()
        if abs(after[key] - before[key]) >= _LEAST and key in known
    ]
    if not moves:
        return "", True
    change, key = max(moves, key=lambda each: (abs(each[0]), each[1]))
    text = with_unit(change, units.get(key, ""), sign=True)
    return f"{text} {known[key].full.lower()}", (change > 0) != known[key].lower_is_better
