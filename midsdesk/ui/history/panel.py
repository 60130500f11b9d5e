"""The dock's content: steps, and undo and redo in its head; keeps itself up to date."""

from weakref import WeakKeyDictionary

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from midsdesk.app.document import Document
from midsdesk.app.history_view import Figures, HistoryRow, history_rows, mark_step
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.docks.head import DockHead
from midsdesk.ui.history.view import HistoryView
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.icon_button import IconButton


class HistoryPanel(QWidget):
    """Steps of the document on show."""

    def __init__(self, theme: Theme, icons: Icons, controller: DocumentController) -> None:
        """Follow `controller` from now on."""
        super().__init__()
        self._theme = theme
        self._controller = controller
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.undo = IconButton(theme, icons, "act-undo", self.tr("Undo"), self)
        self.redo = IconButton(theme, icons, "act-redo", self.tr("Redo"), self)
        self.head = DockHead(theme, icons, self.tr("History"), (self.undo, self.redo))
        self.view = HistoryView(theme, icons, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._figures: WeakKeyDictionary[Document, Figures] = WeakKeyDictionary()
        self.undo.clicked.connect(controller.undo)
        self.redo.clicked.connect(controller.redo)
        self.view.chosen.connect(self._jump)
        self.view.mark_wanted.connect(self._mark)
        controller.changed.connect(self._changed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(320)), round(self._theme.scaled(230)))

    def showEvent(self, event: QShowEvent) -> None:
        """See Qt; what comes into sight shows the steps at once."""
        super().showEvent(event)
        self._fill()
        if self.view.current is None:
            self._to_now()

    def mark_here(self) -> None:
        """Compare the totals with the build as it is now; once more ends that."""
        document = self._controller.document
        if document is not None:
            self._mark_at(document.history.position)

    def _changed(self) -> None:
        document = self._controller.document
        if document is None:
            return
        self._seen.note(document)
        if self.isVisible():
            self._fill()

    @property
    def _seen(self) -> Figures:
        document = self._controller.document
        assert document is not None
        return self._figures.setdefault(document, Figures())

    def _fill(self) -> None:
        document = self._controller.document
        if document is None:
            return
        follows = isinstance(self.view.current, HistoryRow) and self.view.current.now
        self.view.set_rows(history_rows(document, self._seen))
        self.undo.setEnabled(bool(document.undo_label))
        self.redo.setEnabled(bool(document.redo_label))
        if follows:
            self._to_now()

    def _to_now(self) -> None:
        rows = self.view.model_of_rows.rows
        self.view.go_to(next((n for n, row in enumerate(rows) if row.now), 0))

    def _jump(self, row: HistoryRow) -> None:
        self._controller.jump(row.position)
        self._to_now()

    def _mark(self, row: HistoryRow) -> None:
        self._mark_at(row.position)

    def _mark_at(self, position: int) -> None:
        document = self._controller.document
        if document is None:
            return
        marked = mark_step(document, position)
        text = self.tr("The totals tell what changed since the mark.")
        self._controller.note(text if marked else self.tr("The mark is gone."))
