"""Keeps the problems up to date while nobody waits, and does what their links say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.app.problems_view import ProblemList, ProblemRow, problem_search, remedy_command
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build
from midsdesk.model.settings import CalcSettings
from midsdesk.rules.problems_model import Action, Remedy
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.picking import Picking
from midsdesk.ui.problems.panel import ProblemsPanel
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.why.asking import Asking
from midsdesk.ui.words.panel import PowersPanel

# The search begins when the last change is this old, and takes the window for no longer than this.
_BEGIN_MS, _SLICE_S = 60, 0.006


@dataclass(frozen=True)
class Helpers:
    """Who shows the places that links lead to."""

    grid: BuildGridView
    powers: PowersPanel
    asking: Asking
    picking: Picking
    status: StatusStrip
    controller: DocumentController


class Mending(QObject):
    """One search at a time, for the build on show."""

    def __init__(self, panel: ProblemsPanel, helpers: Helpers, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._helpers = helpers
        self._search: Iterator[ProblemList | None] | None = None
        self._wanted: tuple[Document, Build, CalcSettings] | None = None
        self._found: tuple[Document, Build, CalcSettings] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._go_on)
        helpers.controller.changed.connect(self._changed)
        panel.remedy_chosen.connect(self._mend)
        panel.place_wanted.connect(self._show_place)

    @property
    def searching(self) -> bool:
        """The list is of an older build."""
        return self._wanted != self._found

    # --- the search ------------------------------------------------------------------------
    def _changed(self) -> None:
        document = self._helpers.controller.document
        if document is None:
            return
        now = (document, document.build, document.settings)
        if now != self._wanted:
            self._wanted, self._search = now, None
            self._later.start(_BEGIN_MS)

    def _go_on(self) -> None:
        if self._wanted is None:
            return
        if self._search is None:
            self._search = problem_search(self._wanted[0])
        until = perf_counter() + _SLICE_S
        while perf_counter() < until:
            found = next(self._search)
            if found is not None:
                self._search, self._found = None, self._wanted
                self._show(found)
                return
        self._later.start(0)

    def _show(self, found: ProblemList) -> None:
        self._panel.set_problems(found)
        titles = [f"{row.title}: {row.reason}" for row in found.rows[:12]]
        self._helpers.status.set_problems(found.errors, found.warnings, "\n".join(titles))

    # --- what links do ----------------------------------------------------------------------
    def _mend(self, row: ProblemRow, link: int) -> None:
        helpers = self._helpers
        if self.searching:
            helpers.status.note(self.tr("The build has just changed; the list follows."))
            return
        remedy = row.remedies[link]
        show = self._shows().get(remedy.action)
        if show is not None:
            show(remedy)
            return
        helpers.controller.run(lambda document: _step(document, remedy))

    def _show_place(self, row: ProblemRow) -> None:
        if row.entry is not None:
            self._helpers.asking.go_to(row.entry, -1 if row.slot is None else row.slot)
        elif row.remedies:
            self._mend(row, 0)

    def _shows(self) -> dict[Action, Callable[[Remedy], None]]:
        return {
            Action.GO_TO: self._go_to,
            Action.CHOOSE_PIECE: self._choose_piece,
            Action.CHOOSE_POWER: self._choose_power,
            Action.CHOOSE_POWERSET: self._choose_powerset,
            Action.CHOOSE_ARCHETYPE: lambda _: self._helpers.powers.identity.choose_archetype(),
            Action.SHOW_SOURCES: lambda remedy: self._helpers.asking.explain_total(remedy.name),
            Action.COUNT_EFFECTS: self._count_effects,
        }

    def _go_to(self, remedy: Remedy) -> None:
        if remedy.entry is not None:
            self._helpers.asking.go_to(remedy.entry, -1 if remedy.slot is None else remedy.slot)

    def _choose_piece(self, remedy: Remedy) -> None:
        self._go_to(remedy)
        if remedy.entry is not None and remedy.slot is not None:
            rect = self._helpers.grid.slot_rect(remedy.entry, remedy.slot)
            self._helpers.picking.open(remedy.entry, remedy.slot, rect)

    def _choose_power(self, remedy: Remedy) -> None:
        """Make the empty pick the next one and put the focus on the words."""
        document = self._helpers.controller.document
        if document is not None and remedy.entry is not None:
            document.request_level(document.build.entries[remedy.entry].level)
            words = self._helpers.powers.places[0].words
            words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_powerset(self, remedy: Remedy) -> None:
        self._helpers.powers.show_place(int(remedy.name))

    def _count_effects(self, _: Remedy) -> None:
        document = self._helpers.controller.document
        if document is not None:
            document.set_settings(replace(document.settings, ignore_enhancement_effects=False))


def _step(document: Document, remedy: Remedy) -> Command:
    command = remedy_command(document, remedy)
    if command is None:
        raise RuleViolationError("This cannot be mended with one step.")
    return command
