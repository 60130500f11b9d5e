"""What the picker lists: headings, sets, pieces; and the categories at its right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from midsdesk.app.views import PickerCategory, PieceView, SetView, SlotView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that groups rows."""

    text: str


Entry: TypeAlias = Heading | PieceView | SetView


class PickerRole(IntEnum):
    """What a delegate may ask for besides the usual roles."""

    ENTRY = Qt.ItemDataRole.UserRole + 1


def with_headings(pieces: Iterable[PieceView]) -> tuple[Entry, ...]:
    """Return the pieces with a heading wherever the group changes."""
    entries: list[Entry] = []
    group = ""
    for piece in pieces:
        if piece.group != group:
            group = piece.group
            entries.append(Heading(group))
        entries.append(piece)
    return tuple(entries)


def slot_look(entry: PieceView | SetView) -> SlotView:
    """Return the slot to draw; what may not go here is veiled."""
    refused = isinstance(entry, PieceView) and bool(entry.refused)
    look = replace(entry.slot, problem="") if entry.slot.problem else entry.slot
    return replace(look, inactive=True) if refused and not look.inactive else look


def spoken(entry: Entry) -> str:
    """Return what a screen reader says."""
    if isinstance(entry, Heading):
        return entry.text
    parts = [entry.name]
    if isinstance(entry, SetView):
        parts.append(entry.level_range)
        if entry.slotted:
            parts.append(f"{entry.slotted} / {len(entry.pieces)}")
    else:
        parts += [entry.detail, entry.refused]
        parts += [text.lstrip("▲▼ ") for text, _ in entry.deltas]
    return ", ".join(part for part in parts if part)


class PickerModel(QAbstractListModel):
    """A list of entries; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed."""
        return self._entries

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """List something else; a list of the same length is exchanged in place."""
        if len(entries) == len(self._entries) and entries:
            before, self._entries = self._entries, entries
            for row, (old, new) in enumerate(zip(before, entries, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def exchange(self, row: int, entry: Entry) -> None:
        """Show another entry in a row."""
        self._entries = (*self._entries[:row], entry, *self._entries[row + 1 :])
        self.dataChanged.emit(self.index(row), self.index(row))

    def entry(self, row: int) -> PieceView | SetView | None:
        """Return what can be chosen in a row; None for headings and beyond the end."""
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return None if isinstance(entry, Heading) else entry

    def choosable(self, row: int, step: int) -> int:
        """Return the first row from `row` on, going by `step`, that is no heading; -1 if none."""
        while 0 <= row < len(self._entries):
            if self.entry(row) is not None:
                return row
            row += step
        return -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt."""
        if not index.isValid() or self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == PickerRole.ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text if isinstance(entry, Heading) else entry.name
        return spoken(entry) if role == Qt.ItemDataRole.AccessibleTextRole else None


class CategoryModel(QAbstractListModel):
    """The categories of a tab."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.categories: tuple[PickerCategory, ...] = ()

    def set_categories(self, categories: tuple[PickerCategory, ...]) -> None:
        """List other categories."""
        self.beginResetModel()
        self.categories = categories
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Return the row of a category, 0 where it is unknown, -1 where there are none."""
        keys = [category.key for category in self.categories]
        if not keys:
            return -1
        return keys.index(key) if key in keys else 0

    def rowCount(self, parent: Index = _ROOT) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self.categories)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt."""
        if not index.isValid():
            return None
        category = self.categories[index.row()]
        if role == PickerRole.ENTRY:
            return category
        if role == Qt.ItemDataRole.DisplayRole:
            return category.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return category.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{category.name}, {category.count}"
        return None
