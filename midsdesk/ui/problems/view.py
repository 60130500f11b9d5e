"""The list of problems with mouse and keys: ↑ ↓ between rows, ← → between links, Enter runs one."""

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from midsdesk.app.problems_view import ProblemRow
from midsdesk.ui.problems.delegate import ProblemDelegate
from midsdesk.ui.problems.model import Index, ProblemModel
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme


class ProblemView(QListView):
    """Shows rows.

    Signals:
        remedy_chosen: A row and the number of one of its links.
        place_wanted: A row that was clicked beside its links.
    """

    remedy_chosen = Signal(object, int)
    place_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.problems = ProblemModel(self)
        self._painted = ProblemDelegate(theme, icons, self)
        self.setModel(self.problems)
        self.setItemDelegate(self._painted)
        self.setObjectName("problem-view")
        self.setAccessibleName(self.tr("Problems"))
        self.setAccessibleDescription(
            self.tr("Up and Down between problems, Left and Right between ways to mend, Enter")
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def link(self) -> int:
        """Which link of the current row the keys are on."""
        return self._painted.link

    def set_rows(self, rows: tuple[ProblemRow, ...]) -> None:
        """Show rows; the place in the list stays, so that one can mend row after row."""
        here = self.currentIndex().row()
        self.problems.set_rows(rows)
        wanted = here if here >= 0 else (0 if self.hasFocus() else -1)
        if wanted >= 0 and rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.problems.index(min(wanted, len(rows) - 1)))

    def link_point(self, number: int, link: int) -> QPoint:
        """Return the middle of a link, in the viewport."""
        index = self.problems.index(number)
        row = self.problems.row(number)
        box = self.visualRect(index)
        if row is None:
            return box.center()
        inner = self._painted.places(row).links[link].center()
        return (QPointF(box.topLeft()) + inner).toPoint()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A new row begins at its first link."""
        self._painted.link = 0
        super().currentChanged(current, previous)

    def focusInEvent(self, event: object) -> None:
        """See Qt; the first row takes the ring when none had it."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.problems.rowCount():
            self.setCurrentIndex(self.problems.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        row = self.problems.row(self.currentIndex().row())
        key = event.key()
        if row is None or key not in _KEYS:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(row, 1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Space:
            self.place_wanted.emit(row)
        elif row.links:
            self.remedy_chosen.emit(row, self._painted.link)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Links are underlined under the pointer."""
        super().mouseMoveEvent(event)
        number, link = self._at(event.position())
        if (number, link) != self._painted.hovered:
            self._painted.hovered = (number, link)
            self.viewport().update()
        over = link >= 0
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a link runs it, a click beside it goes to the place."""
        super().mouseReleaseEvent(event)
        number, link = self._at(event.position())
        row = self.problems.row(number)
        if event.button() != Qt.MouseButton.LeftButton or row is None:
            return
        if link >= 0:
            self.remedy_chosen.emit(row, link)
        else:
            self.place_wanted.emit(row)

    def _at(self, point: QPointF) -> tuple[int, int]:
        index = self.indexAt(point.toPoint())
        row = self.problems.row(index.row()) if index.isValid() else None
        if row is None:
            return -1, -1
        inner = point - QPointF(self.visualRect(index).topLeft())
        links = self._painted.places(row).links
        link = next((n for n, box in enumerate(links) if box.contains(inner)), -1)
        return index.row(), link

    def _move(self, row: ProblemRow, step: int) -> None:
        wanted = self._painted.link + step
        if 0 <= wanted < len(row.links):
            self._painted.link = wanted
            self.viewport().update()
            text = self.tr("{0}, {1} of {2}").format(row.links[wanted], wanted + 1, len(row.links))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))


_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Space,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)
