"""The picker's two lists. They never take the focus: the search field keeps it."""

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QWidget

from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.picker.delegate import CategoryDelegate, PieceDelegate
from midsdesk.ui.picker.model import CategoryModel, PickerModel
from midsdesk.ui.theme.paint import inner_ring
from midsdesk.ui.theme.tokens import Theme

COLUMNS = 6
_CELL_HEIGHT = 48


class QuietList(QListView):
    """A list without frame and focus."""

    pressed_row = Signal(int)
    pointed_row = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Prepare the view; it has no model yet."""
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.viewport().setAutoFillBackground(False)
        self._pressed = -1
        self._last_pointed = QPoint(-1, -1)

    def go_to(self, row: int) -> None:
        """Make a row current and bring it into sight; -1 for none."""
        model = self.model()
        if row < 0 or row >= model.rowCount():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        index = model.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See Qt; a press only remembers, the release on the same row counts."""
        self._pressed = self._row_at(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Qt."""
        row, pressed = self._row_at(event), self._pressed
        self._pressed = -1
        event.accept()
        if row >= 0 and row == pressed and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_row.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See Qt; rows follow the pointer only while it moves, so keys are not disturbed."""
        super().mouseMoveEvent(event)
        here = event.globalPosition().toPoint()
        if here != self._last_pointed and not event.buttons():
            self._last_pointed = here
            row = self._row_at(event)
            if row >= 0:
                self.pointed_row.emit(row)

    def _row_at(self, event: QMouseEvent) -> int:
        index = self.indexAt(event.position().toPoint())
        usable = index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        return index.row() if usable else -1


class PieceList(QuietList):
    """Pieces and sets, as a field of icons or as rows."""

    double_pressed = Signal()

    def __init__(self, theme: Theme, art: SlotArt, parent: QWidget) -> None:
        """Start empty, as a field."""
        super().__init__(theme, parent)
        self.setObjectName("picker-pieces")
        self.pieces = PickerModel(self)
        self._painted = PieceDelegate(theme, art, self)
        self._message = ""
        self.setModel(self.pieces)
        self.setItemDelegate(self._painted)
        self.setAccessibleName(self.tr("Enhancements"))
        self.set_field(True)

    @property
    def is_field(self) -> bool:
        """Icons are shown, not rows."""
        return self._painted.field

    def set_field(self, field: bool) -> None:
        """Switch between icons and rows."""
        self._painted.field = field
        mode = QListView.ViewMode.IconMode if field else QListView.ViewMode.ListMode
        if self.viewMode() != mode:
            self.setViewMode(mode)
        self.setWrapping(field)
        self.setFlow(QListView.Flow.LeftToRight if field else QListView.Flow.TopToBottom)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(False)
        self.setUniformItemSizes(field)
        self.fit()

    def set_short_names(self, short: bool) -> None:
        """Leave the name of the set out of its pieces' names."""
        self._painted.short_names = short

    def fit(self) -> None:
        """Fit six cells into the width, scroll bar or not."""
        if not self.is_field:
            self.setViewportMargins(0, 0, 0, 0)
            self.setGridSize(QSize())
            return
        side = round(self._theme.scaled(8))
        self.setViewportMargins(side, side // 2, 0, 0)
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        bar = max(extent, self.verticalScrollBar().sizeHint().width()) + 2
        width = (self.width() - side - max(bar, side)) // COLUMNS
        self._painted.cell = QSize(width, round(self._theme.scaled(_CELL_HEIGHT)))
        self.setGridSize(self._painted.cell)

    def set_message(self, message: str) -> None:
        """Write this where nothing is listed."""
        self._message = message
        self.viewport().update()

    def message(self) -> str:
        """Return what is written where nothing is listed."""
        return "" if self.pieces.rowCount() else self._message

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See Qt; the second click of a double click chooses nothing by itself."""
        self._pressed = -1
        self.double_pressed.emit()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See Qt."""
        self.fit()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        super().paintEvent(event)
        if self.message():
            painter = QPainter(self.viewport())
            painter.setFont(self._theme.font("body"))
            painter.setPen(self._theme.color("text.muted"))
            side = self._theme.scaled(24)
            area = QRectF(self.viewport().rect()).adjusted(side, side, -side, -side)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(area, int(flags | Qt.TextFlag.TextWordWrap), self._message)
            painter.end()


class CategoryList(QuietList):
    """Grades, families or set categories."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(theme, parent)
        self.setObjectName("picker-categories")
        self.categories = CategoryModel(self)
        self.setModel(self.categories)
        self.setItemDelegate(CategoryDelegate(theme, self))
        self.setAccessibleName(self.tr("Categories"))
        self.active = False

    def set_active(self, active: bool) -> None:
        """Mark that the arrow keys move here."""
        self.active = active
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        super().paintEvent(event)
        if not self.active:
            return
        index = self.currentIndex()
        if index.isValid():
            painter = QPainter(self.viewport())
            side = self._theme.scaled(6)
            box = QRectF(self.visualRect(index)).adjusted(side, 0, -side, 0)
            width = self._theme.px("focus_ring")
            inner_ring(painter, box, self._theme.color("line.focus"), width, self._theme.scaled(3))
            painter.end()
