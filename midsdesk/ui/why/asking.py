"""Opens the panel "why" for whatever number is asked about and keeps it up to date."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from midsdesk.app.document import Document
from midsdesk.app.why import Why, why, why_power
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.info.panel import InfoPanel
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.panel import TotalsPanel
from midsdesk.ui.why.panel import WhyPanel


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: a total by its key, or a figure of an entry."""

    key: str
    entry: int | None = None


class Asking(QObject):
    """One panel for the window."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        window: QMainWindow,
        grid: BuildGridView,
        totals: TotalsPanel,
        info: InfoPanel,
        status: StatusStrip,
        controller: DocumentController,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._totals = totals
        self._info = info
        self._status = status
        self._controller = controller
        self._asked: list[Question] = []
        self._document: Document | None = None
        self.panel = WhyPanel(theme, icons, window)
        totals.explained.connect(self.explain_total)
        info.total_explained.connect(self.explain_total)
        info.explained.connect(self._explain_figure)
        controller.changed.connect(self._refresh)
        self.panel.followed.connect(self.go_to)
        self.panel.back_wanted.connect(self._back)
        self.panel.closed.connect(self._asked.clear)
        window.installEventFilter(self)

    def explain_total(self, key: str) -> None:
        """Open the panel for a total."""
        self._ask(Question(key))

    def go_to(self, entry: int, slot: int) -> None:
        """Put the focus on a bar, or a slot of it (-1 for the bar), and bring it into sight."""
        self._grid.set_current(entry, slot)
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.panel.isVisible():
            self._place(self._to_window(self._grid.bar_rect(entry)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; the panel stays beside its number when the window changes its size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self._place_again)
        return False

    def _place_again(self) -> None:
        if self.panel.isVisible() and self._asked:
            self._place()

    def _explain_figure(self, figure: str) -> None:
        shown = self._info.info
        if shown is None or shown.entry is None:
            self._status.note(self.tr("Take the power first; then its numbers have reasons."))
            return
        self._ask(Question(figure, shown.entry))

    def _ask(self, question: Question) -> None:
        found = self._answer(question)
        if found is None:
            return
        if not self._asked or self._asked[-1] != question:
            self._asked.append(question)
        self._document = self._controller.document
        keeps = (self._totals, self._info)
        self.panel.open(found, keeps, can_go_back=len(self._asked) > 1)
        self._place()

    def _answer(self, question: Question) -> Why | None:
        document = self._controller.document
        if document is None:
            return None
        if question.entry is None:
            return why(document, question.key)
        if question.entry >= len(document.build.entries):
            return None
        return why_power(document, question.entry, question.key)

    def _back(self) -> None:
        if len(self._asked) > 1:
            self._asked.pop()
            self._ask(self._asked[-1])

    def _refresh(self) -> None:
        """The build changed: show the new values, or close where the number is gone."""
        if not self.panel.isVisible() or not self._asked:
            return
        found = None
        if self._controller.document is self._document:
            found = self._answer(self._asked[-1])
        if found is None:
            self.panel.close_panel()
        elif found != self.panel.why:
            self.panel.show_why(found)

    def _place(self, clear_of: QRect | None = None) -> None:
        inside = self._inside()
        anchor: QWidget = self._totals if self._asked[-1].entry is None else self._info
        if not anchor.isVisible():
            anchor = self._totals if self._totals.isVisible() else self._grid
        box = self._window_box(anchor)
        if anchor is self._grid:
            box = QRect(box.right(), box.top(), 1, 1)
        self.panel.place(inside, box, clear_of=clear_of)

    def _inside(self) -> QRect:
        """Return where overlays may stand: under the tool bars, above the status bar."""
        window = self._window.rect()
        top = self._window_box(self._grid).top()
        status = self._window.statusBar()
        edge = 8
        return QRect(QPoint(edge, top + edge), QPoint(window.right() - edge, status.y() - edge))

    def _window_box(self, part: QWidget) -> QRect:
        return QRect(part.mapTo(self._window, QPoint(0, 0)), part.size())

    def _to_window(self, rect: QRect) -> QRect:
        return QRect(self._window.mapFromGlobal(rect.topLeft()), rect.size())
