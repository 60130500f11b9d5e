"""Item model of the build grid: a row for each bar, column 0 the power, 1 to 6 its slots."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from midsdesk.app.views import Bar, Grid, SlotView

BAR_ROLE = int(Qt.ItemDataRole.UserRole)
SLOT_ROLE = BAR_ROLE + 1
COLUMNS = 7
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_EMPTY = Grid((), ())


class GridModel(QAbstractTableModel):
    """Holds one `Grid` and tells the view just the rows that differ from the one before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid = _EMPTY
        self._bars: tuple[Bar, ...] = ()

    @property
    def grid(self) -> Grid:
        """What is shown."""
        return self._grid

    def set_grid(self, grid: Grid) -> None:
        """Show another grid. The same entries in the same order keep the selection."""
        bars = grid.picks + grid.others
        before = self._bars
        same_shape = len(grid.picks) == len(self._grid.picks) and [b.entry for b in bars] == [
            b.entry for b in before
        ]
        if not same_shape:
            self.beginResetModel()
            self._grid, self._bars = grid, bars
            self.endResetModel()
            return
        self._grid, self._bars = grid, bars
        for row, (old, new) in enumerate(zip(before, bars, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, COLUMNS - 1))

    def bar(self, row: int) -> Bar | None:
        """Return the bar of a row, None outside the grid."""
        return self._bars[row] if 0 <= row < len(self._bars) else None

    def slot(self, index: AnyIndex) -> SlotView | None:
        """Return the slot at an index, None for a power or where there is no slot."""
        bar = self.bar(index.row()) if index.isValid() else None
        column = index.column()
        return bar.slots[column - 1] if bar and 1 <= column <= len(bar.slots) else None

    def row_of(self, entry: int) -> int:
        """Return the row of an entry of the build, -1 if it is not shown."""
        return next((row for row, bar in enumerate(self._bars) if bar.entry == entry), -1)

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        """One row a bar."""
        return 0 if parent.isValid() else len(self._bars)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        """The power and up to six slots."""
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a name, the spoken text, or the value itself."""
        bar = self.bar(index.row()) if index.isValid() else None
        if bar is None:
            return None
        slot = self.slot(index)
        if role == BAR_ROLE:
            return bar
        if role == SLOT_ROLE:
            return slot
        if role == Qt.ItemDataRole.DisplayRole:
            return bar.name if index.column() == 0 else slot.name if slot else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(bar, slot, index.column())
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Powers and slots can be reached; cells without a slot cannot."""
        if index.isValid() and (index.column() == 0 or self.slot(index) is not None):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def _spoken(self, bar: Bar, slot: SlotView | None, column: int) -> str:
        if column == 0:
            return bar.spoken
        if slot is None:
            return self.tr("no slot")
        if slot.spoken.startswith("slot "):
            return slot.spoken
        place = self.tr("slot {0} of {1}").format(column, len(bar.slots))
        return f"{place}, {slot.spoken}"
