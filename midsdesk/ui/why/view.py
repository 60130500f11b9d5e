"""The list of contributors with mouse and keys: unfold, go to the place, copy."""

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from midsdesk.app.why import Why
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.why.delegate import WhyDelegate
from midsdesk.ui.why.model import WhyModel, WhyRole, place_of


class WhyView(QTreeView):
    """Shows a `Why`.

    Signals:
        followed: Entry and slot (-1 for the bar) of a row that was followed.
        copy_wanted: Ctrl+C. back_wanted: Alt+←. left: Esc.
    """

    followed = Signal(int, int)
    copy_wanted = Signal()
    back_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows = WhyModel(self)
        self._painted = WhyDelegate(theme, icons, self)
        self.setModel(self.rows)
        self.setItemDelegate(self._painted)
        self.setObjectName("why-view")
        self.setAccessibleName(self.tr("Contributions"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self._restyle)

    def set_why(self, found: Why) -> None:
        """Show a number; the same number keeps what was unfolded and where the focus was."""
        before = self.rows.why
        if before == found:
            return
        same = before is not None and before.title == found.title
        place = self.currentIndex().row() if not self.currentIndex().parent().isValid() else 0
        open_names = self._unfolded() if same else set()
        scrolled = self.verticalScrollBar().value()
        self.rows.set_why(found)
        for number, row in enumerate(found.rows):
            if (row.name, row.entry) in open_names:
                self.setExpanded(self.rows.index(number, 0), True)
        last = self.rows.rowCount() - 1
        self.setCurrentIndex(self.rows.index(min(place, last) if same else 0, 0))
        self.verticalScrollBar().setValue(scrolled if same else 0)

    def content_height(self) -> int:
        """Return the height of all rows as they are unfolded."""
        last = self.rows.index(self.rows.rowCount() - 1, 0)
        while last.isValid() and self.isExpanded(last) and self.rows.rowCount(last):
            last = self.rows.index(self.rows.rowCount(last) - 1, 0, last)
        box = self.visualRect(last)
        return int(box.bottom() + 1 + self.verticalOffset()) if last.isValid() else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        key, index = event.key(), self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.back_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow(index)
        elif key == Qt.Key.Key_Space:
            self._toggle(index)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a name goes to its place, a click beside it unfolds the row."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._on_link(index, event.position()):
            self._follow(index)
        else:
            self._toggle(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand over names that lead somewhere."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = index.isValid() and self._on_link(index, event.position())
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def drawBranches(self, painter: QPainter, rect: object, index: object) -> None:
        """See Qt; the delegate draws its own marks."""

    def link_point(self, index: QModelIndex) -> QPointF:
        """Return a point on the link of a row, in the viewport."""
        return self._link_box(index).center()

    def _link_box(self, index: QModelIndex) -> QRectF:
        box = QRectF(self.viewport().rect())
        row = self.visualRect(index)
        box.setTop(row.top())
        box.setHeight(row.height())
        return self._painted.name_box(box, index)

    def _on_link(self, index: QModelIndex, point: QPointF) -> bool:
        if place_of(index.data(WhyRole.CONTENT)) is None:
            return False
        return self._link_box(index).contains(point)

    def _follow(self, index: QModelIndex) -> None:
        place = place_of(index.data(WhyRole.CONTENT))
        if place is not None:
            self.followed.emit(*place)

    def _toggle(self, index: QModelIndex) -> None:
        if self.rows.rowCount(index):
            self.setExpanded(index, not self.isExpanded(index))

    def _unfolded(self) -> set[tuple[str, int | None]]:
        shown = self.rows.why
        if shown is None:
            return set()
        return {
            (row.name, row.entry)
            for number, row in enumerate(shown.rows)
            if self.isExpanded(self.rows.index(number, 0))
        }

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
