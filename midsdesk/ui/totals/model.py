"""Totals as an item model: groups, and rows under them."""

import re
from collections.abc import Iterator
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from midsdesk.app.views import TotalsGroup, TotalsRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_UNTIL_NUMBER = re.compile(r"^\D+")


class TotalsRole(IntEnum):
    """What a delegate may ask for besides the usual roles."""

    GROUP = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2
    PREVIEW = Qt.ItemDataRole.UserRole + 3


def full_name(row: TotalsRow) -> str:
    """Return the name with its kind ("Ranged defense"), as the spoken text begins."""
    found = _UNTIL_NUMBER.match(row.spoken)
    return found.group().rstrip(" +-−,") if found and found.group().strip() else row.name


def copied_text(row: TotalsRow) -> str:
    """Return what Ctrl+C puts on the clipboard: "Ranged defense 28.5 %"."""
    return f"{full_name(row)} {row.text}"


class TotalsModel(QAbstractItemModel):
    """Two levels: a group has internal id 0, a row that of its group + 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._groups: tuple[TotalsGroup, ...] = ()
        self._preview: dict[str, TotalsRow] = {}

    @property
    def groups(self) -> tuple[TotalsGroup, ...]:
        """What is shown."""
        return self._groups

    @property
    def has_deltas(self) -> bool:
        """A preview is active, or some row carries a change."""
        return bool(self._preview) or any(row.delta for row in _rows(self._groups))

    def set_groups(
        self, groups: tuple[TotalsGroup, ...], preview: tuple[TotalsGroup, ...] | None
    ) -> frozenset[str]:
        """Show new values; return the keys of rows whose value changed."""
        before = {row.key: row.text for row in _rows(self._groups)}
        changed = {row.key for row in _rows(groups) if before.get(row.key, row.text) != row.text}
        new_preview = {row.key: row for row in _rows(preview or ())}
        if _shape(groups) == _shape(self._groups):
            self._exchange(groups, new_preview)
        else:
            self.beginResetModel()
            self._groups, self._preview = groups, new_preview
            self.endResetModel()
        return frozenset(changed)

    def _exchange(self, groups: tuple[TotalsGroup, ...], preview: dict[str, TotalsRow]) -> None:
        old_groups, old_preview = self._groups, self._preview
        self._groups, self._preview = groups, preview
        for place, (old, new) in enumerate(zip(old_groups, groups, strict=True)):
            parent = self.index(place, 0)
            if (old.title, old.note) != (new.title, new.note):
                self.dataChanged.emit(parent, parent)
            for number, (was, now) in enumerate(zip(old.rows, new.rows, strict=True)):
                if was != now or old_preview.get(now.key) != preview.get(now.key):
                    index = self.index(number, 0, parent)
                    self.dataChanged.emit(index, index)

    def find(self, key: str) -> QModelIndex:
        """Return the index of a row by its key; invalid when there is none."""
        for place, group in enumerate(self._groups):
            for number, row in enumerate(group.rows):
                if row.key == key:
                    return self.index(number, 0, self.index(place, 0))
        return QModelIndex()

    def group_at(self, index: Index) -> TotalsGroup | None:
        """Return the group of a heading, None for rows."""
        if not index.isValid() or index.internalId():
            return None
        return self._groups[index.row()]

    def row_at(self, index: Index) -> TotalsRow | None:
        """Return the row, None for headings."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """See Qt."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        """See Qt."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """See Qt."""
        if not parent.isValid():
            return len(self._groups)
        group = self.group_at(parent)
        return len(group.rows) if group and parent.column() == 0 else 0

    def columnCount(self, parent: Index = _ROOT) -> int:
        """See Qt."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt; `TotalsRole` gives the plain values."""
        group, row = self.group_at(index), self.row_at(index)
        if group is not None:
            return self._group_data(group, role)
        return self._row_data(row, role) if row is not None else None

    def _group_data(self, group: TotalsGroup, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return group.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.title}, {group.note}" if group.note else group.title
        return group if role == TotalsRole.GROUP else None

    def _row_data(self, row: TotalsRow, role: int) -> object:
        preview = self._preview.get(row.key)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.name} {row.text}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            spoken = row.spoken or f"{row.name} {row.text}"
            delta = (preview or row).delta
            return f"{spoken}, {delta}" if delta else spoken
        if role == TotalsRole.ROW:
            return row
        return preview if role == TotalsRole.PREVIEW else None


def _rows(groups: tuple[TotalsGroup, ...]) -> Iterator[TotalsRow]:
    for group in groups:
        yield from group.rows


def _shape(groups: tuple[TotalsGroup, ...]) -> tuple[object, ...]:
    return tuple((group.key, tuple(row.key for row in group.rows)) for group in groups)
