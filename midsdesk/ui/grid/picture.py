"""The picture of the build: geometry and painting of the grid.

It stays a `QTableView` (rows are entries, column 0 the power, columns 1 to 6 its slots), so the
accessibility of tables speaks for every slot.
"""

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFrame, QTableView, QWidget

from midsdesk.app.views import Bar, Grid
from midsdesk.ui.grid.bars import BarArt, BarState
from midsdesk.ui.grid.dragging import Drag
from midsdesk.ui.grid.layout import GridLayout, Sizes
from midsdesk.ui.grid.model import AnyIndex, GridModel
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_Action = QAbstractItemView.CursorAction
_DEFAULT_COLUMNS = 3


class GridPicture(QTableView):
    """Draws the grid and answers where things are; what is clicked is told by `BuildGridView`."""

    def __init__(
        self, theme: Theme, icons: Icons, slots: SlotArt, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._art = BarArt(theme, icons, slots)
        self._model = GridModel(self)
        self._columns = _DEFAULT_COLUMNS
        self._layout = GridLayout(Grid((), ()), 700, 3, Sizes.of(theme))
        self._hover = (-1, -1, -1)  # row, column, light
        self._locked = -1
        self._drag = Drag(self.viewport(), theme)
        self.setModel(self._model)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAccessibleName(self.tr("Build grid"))
        self._model.modelReset.connect(self._lay_out)
        theme.changed.connect(self._lay_out)

    # --- what is shown -----------------------------------------------------------------
    def set_grid(self, grid: Grid) -> None:
        """Show a grid; only rows that differ are drawn again."""
        old = [(len(b.slots), b.ghost_level > 0) for b in self._bars()]
        focus = self._focused_entry()
        self._model.set_grid(grid)
        if old != [(len(b.slots), b.ghost_level > 0) for b in self._bars()]:
            self._lay_out()
        if focus is not None and not self.currentIndex().isValid():
            self.set_current(*focus)

    def set_columns(self, columns: int) -> None:
        """Choose how many columns to use where they fit."""
        self._columns = columns
        self._lay_out()

    @property
    def columns(self) -> int:
        """Columns in use."""
        return self._layout.columns

    @property
    def content_height(self) -> int:
        """Height of the whole picture."""
        return int(self._layout.height)

    def set_locked(self, entry: int) -> None:
        """Mark the bar whose power is locked in the info panel; -1 for none."""
        self._locked = entry
        self.viewport().update()

    def set_current(self, entry: int, slot: int = -1) -> None:
        """Move the keyboard focus to a bar or a slot."""
        row = self._model.row_of(entry)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, slot + 1))

    def current_entry(self) -> int:
        """Entry of the bar with the keyboard focus, -1 for none."""
        held = self._focused_entry()
        return held[0] if held else -1

    def bar_rect(self, entry: int) -> QRect:
        """Return where a bar with its slots stands, in global coordinates."""
        row = self._model.row_of(entry)
        if row < 0:
            return QRect()
        box = self._layout.whole(row).toAlignedRect().translated(0, -self.verticalOffset())
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    def slot_rect(self, entry: int, slot: int) -> QRect:
        """Return where a slot stands, in global coordinates."""
        box = self.visualRect(self._model.index(self._model.row_of(entry), slot + 1))
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    # --- geometry: everything QTableView would ask its headers ---------------------------
    def visualRect(self, index: AnyIndex) -> QRect:
        """Where a bar or a slot is drawn; empty where there is no slot."""
        if not index.isValid() or index.row() >= len(self._layout.places):
            return QRect()
        if index.column() == 0:
            box = self._layout.places[index.row()].bar
        elif self._model.slot(index) is not None:
            box = self._layout.slot(index.row(), index.column() - 1)
        else:
            return QRect()
        return box.toRect().translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The bar or slot at a point of the viewport."""
        hit = self._layout.hit(self._to_content(point))
        return self._model.index(*hit) if hit else QModelIndex()

    def scrollTo(
        self,
        index: AnyIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring the whole bar of an index into view."""
        if not index.isValid() or index.row() >= len(self._layout.places):
            return
        box = self._layout.whole(index.row())
        bar = self.verticalScrollBar()
        if box.top() < bar.value():
            bar.setValue(int(box.top()))
        elif box.bottom() > bar.value() + self.viewport().height():
            bar.setValue(int(box.bottom()) - self.viewport().height())

    def moveCursor(
        self, cursor_action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Arrows walk between bars as they are drawn; right enters the slots, left leaves them."""
        here = self.currentIndex()
        last = self._model.rowCount() - 1
        if last < 0:
            return QModelIndex()
        if not here.isValid():
            return self._model.index(0, 0)
        row, column = here.row(), here.column()
        if cursor_action in (_Action.MoveHome, _Action.MoveEnd):
            return self._model.index(0 if cursor_action == _Action.MoveHome else last, 0)
        if cursor_action in (_Action.MoveRight, _Action.MoveLeft):
            return self._moved_across(row, column, 1 if cursor_action == _Action.MoveRight else -1)
        steps = 4 if cursor_action in (_Action.MovePageUp, _Action.MovePageDown) else 1
        down = cursor_action in (_Action.MoveDown, _Action.MovePageDown, _Action.MoveNext)
        for _ in range(steps):
            row = self._below(row, 1 if down else -1, last)
        return self._model.index(row, min(column, self._slots_in(row)))

    def visualRegionForSelection(self, _selection: object) -> QRegion:
        """Nothing is ever selected; the current index carries the ring."""
        return QRegion()

    def updateGeometries(self) -> None:
        """Set the scroll bar from the picture's height."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(round(self._theme.px("bar_pitch") / 2))
        bar.setRange(0, max(0, self.content_height - height))

    def verticalOffset(self) -> int:
        """How far the picture is scrolled."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        """The picture never scrolls sideways."""
        return 0

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is drawn."""
        self.viewport().scroll(0, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the bars out again."""
        super().resizeEvent(event)
        self._lay_out()

    def dataChanged(self, top_left: AnyIndex, bottom_right: AnyIndex, _roles: object = ()) -> None:
        """Draw again only the rows that changed."""
        for row in range(top_left.row(), bottom_right.row() + 1):
            self._update_row(row)

    # --- painting ------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that lie in the region to be drawn."""
        painter = QPainter(self.viewport())
        dirty = event.rect()
        painter.fillRect(dirty, self._theme.color("bg.window"))
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        offset = self.verticalOffset()
        painter.translate(0, -offset)
        region = event.region().translated(0, offset)
        self._art.gold_line(painter, self._layout)
        for row, bar in enumerate(self._bars()):
            if region.intersects(self._layout.whole(row).toAlignedRect()):
                self._art.paint(painter, self._layout, row, bar, self._state(row, bar))
        painter.end()

    def _state(self, row: int, bar: Bar) -> BarState:
        current = self.currentIndex()
        focused = self.hasFocus() and current.row() == row
        over_row, over_column, over_lamp = self._hover
        over = over_row == row
        return BarState(
            hover=over,
            hover_lamp=over_lamp if over else -1,
            hover_slot=over_column if over else -1,
            focus=current.column() if focused else -1,
            selected=bar.entry == self._locked,
            drop=self._drop_column(bar.entry),
            clean=self._drag.outcome.clean and self._drag.outcome.allowed,
        )

    def _drop_column(self, entry: int) -> int:
        drop = self._drag.drop if self._drag.active else None
        return drop.target[1] + 1 if drop is not None and drop.target[0] == entry else -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring; the first bar takes it when none had it."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        self._update_row(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self._update_row(self.currentIndex().row())

    # --- helpers -------------------------------------------------------------------------
    def _bars(self) -> tuple[Bar, ...]:
        return self._model.grid.picks + self._model.grid.others

    def _bar(self, row: int) -> Bar | None:
        return self._model.bar(row)

    def _slots_in(self, row: int) -> int:
        bar = self._bar(row)
        return len(bar.slots) if bar else 0

    def _focused_entry(self) -> tuple[int, int] | None:
        index = self.currentIndex()
        bar = self._bar(index.row()) if index.isValid() else None
        return (bar.entry, index.column() - 1) if bar else None

    def _to_content(self, point: QPoint) -> QPointF:
        return QPointF(point.x(), point.y() + self.verticalOffset())

    def _update_row(self, row: int) -> None:
        if 0 <= row < len(self._layout.places):
            box = self._layout.whole(row).toAlignedRect()
            self.viewport().update(box.translated(0, -self.verticalOffset()))

    def _moved_across(self, row: int, column: int, step: int) -> QModelIndex:
        if 0 <= column + step <= self._slots_in(row):
            return self._model.index(row, column + step)
        return self._model.index(self._layout.neighbour(row, step, 0), 0)

    def _below(self, row: int, step: int, last: int) -> int:
        found = self._layout.neighbour(row, 0, step)
        return found if found != row else max(0, min(last, row + step))

    def _lay_out(self) -> None:
        width = self.viewport().width()
        self._layout = GridLayout(self._model.grid, width, self._columns, Sizes.of(self._theme))
        self.updateGeometries()
        self.viewport().update()
