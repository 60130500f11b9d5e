"""The list of differences: name at the left, how much each changes at the right."""

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from midsdesk.app.quirks_view import QuirkRow
from midsdesk.ui.theme.paint import RIGHT, draw_text, inner_ring, text_width
from midsdesk.ui.theme.tokens import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()
_HEIGHT, _SIDE, _GAP = 24, 12, 8


def effect_text(row: QuirkRow) -> str:
    """Return how much a difference changes, in a word or two."""
    if row.changes is None:
        return "…"
    if not row.changes:
        return _tr("no effect")
    count = len(row.changes)
    return _tr("1 number") if count == 1 else _tr("{0} numbers").format(count)


class QuirkModel(QAbstractListModel):
    """Holds rows; one that became known repaints alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: tuple[QuirkRow, ...] = ()

    @property
    def rows(self) -> tuple[QuirkRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: tuple[QuirkRow, ...]) -> None:
        """Show rows."""
        before = self._rows
        if [row.id for row in rows] != [row.id for row in before]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        self._rows = rows
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                index = self.index(number)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            unknown = row.changes is None
            return f"{row.name}, {_tr('not known yet') if unknown else effect_text(row)}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, round(self._theme.scaled(_HEIGHT)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, QuirkRow):
            return
        painter.save()
        rect = QRectF(option.rect)
        scaled, color = self._theme.scaled, self._theme.color
        current = self._view.currentIndex().row() == index.row()
        if current:
            painter.fillRect(rect, color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("bg.hover"))
        inside = rect.adjusted(scaled(_SIDE), 0, -scaled(_SIDE), 0)
        font, text = self._theme.font("caption"), effect_text(row)
        width = text_width(font, text)
        value = QRectF(inside.right() - width, inside.top(), width, inside.height())
        changes = bool(row.changes)
        draw_text(
            painter, value, text, font, color("num.enhanced" if changes else "text.muted"), RIGHT
        )
        name = QRectF(inside)
        name.setRight(value.left() - scaled(_GAP))
        role = "text.primary" if changes or current else "text.secondary"
        style = "strong" if changes else "body"
        draw_text(painter, name, row.name, self._theme.font(style), color(role))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            line = self._theme.px("focus_ring")
            inner_ring(painter, rect, color("line.focus"), line, self._theme.px("radius.s"))
        painter.restore()


class QuirkListView(QListView):
    """Names in one column; ↑ ↓ and letters move."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.quirks = QuirkModel(self)
        self.setModel(self.quirks)
        self.setItemDelegate(_Delegate(theme, self))
        self.setObjectName("quirk-view")
        self.setAccessibleName(self.tr("Differences to the old planner"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> QuirkRow | None:
        """The row the ring is on."""
        row = self.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, QuirkRow) else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Repaint both rows."""
        super().currentChanged(current, previous)
        self.viewport().update()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Quirks", text)
