"""Sections of what was found as a flat list of headings and rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from midsdesk.app.everything import Row, Section

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
_TOP = QModelIndex()


class FoundModel(QAbstractListModel):
    """Items are a `Row` or the text of a heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._items: list[Row | str] = []

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show what was found."""
        self.beginResetModel()
        self._items = []
        for section in sections:
            self._items += [section.title, *section.rows]
        self.endResetModel()

    def item(self, row: int) -> Row | str | None:
        """Return what stands in a row, None outside."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def next_row(self, row: int, step: int) -> int:
        """Return the next row that is no heading; the same where there is none."""
        at = row + step
        while 0 <= at < len(self._items):
            if isinstance(self._items[at], Row):
                return at
            at += 1 if step > 0 else -1
        return row

    def rowCount(self, parent: Index = _TOP) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        item = self.item(index.row())
        if item is None:
            return None
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name if isinstance(item, Row) else item
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return item.spoken if isinstance(item, Row) else item
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt; headings cannot be chosen."""
        if isinstance(self.item(index.row()), Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags
