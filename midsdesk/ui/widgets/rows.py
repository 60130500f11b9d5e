"""Painted lists: a model of plain rows and a view with the manners all of them share."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from midsdesk.ui.theme.paint import inner_ring
from midsdesk.ui.theme.tokens import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowsModel(QAbstractListModel):
    """Rows that know how they are said (`spoken`); a text among them is a heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: tuple[Any, ...] = ()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; equal ones stay untouched."""
        before, wanted = self.rows, tuple(rows)
        if wanted == before:
            return
        if len(wanted) != len(before):
            self.beginResetModel()
            self.rows = wanted
            self.endResetModel()
            return
        self.rows = wanted
        for number, (old, new) in enumerate(zip(before, wanted, strict=True)):
            if old != new:
                index = self.index(number)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt; headings are passed over by the keys."""
        if index.isValid() and isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(row, str):
            return row.spoken
        return None


class RowsView(QListView):
    """A painted list.

    Signals:
        chosen: The row that was clicked, or that Enter was pressed on.
        opened: The row that was clicked twice, or that Enter was pressed on.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is said by screen readers."""
        super().__init__(parent)
        self.model_of_rows = RowsModel(self)
        self.setModel(self.model_of_rows)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.doubleClicked.connect(lambda _: self.opened.emit(self.current))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> Any:
        """The row the ring is on, None for none."""
        return self.currentIndex().data(ROW_ROLE)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows; the place in the list stays."""
        here = self.currentIndex().row()
        self.model_of_rows.set_rows(rows)
        if rows and here >= 0 and not self.currentIndex().isValid():
            self.go_to(min(here, len(rows) - 1))

    def go_to(self, number: int) -> None:
        """Put the ring on a row, or on the next one that is no heading."""
        rows = self.model_of_rows.rows
        while number < len(rows) and isinstance(rows[number], str):
            number += 1
        if 0 <= number < len(rows):
            self.setCurrentIndex(self.model_of_rows.index(number))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Repaint both rows."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """See Qt; the first row takes the ring when none had it."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        if event.key() in _ENTER and self.current is not None:
            row = self.current
            self.chosen.emit(row)
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Qt."""
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and row is not None and not isinstance(row, str):
            self.chosen.emit(row)


def ring(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw the focus ring of a row."""
    width = theme.px("focus_ring")
    inner_ring(painter, rect, theme.color("line.focus"), width, theme.px("radius.s"))
