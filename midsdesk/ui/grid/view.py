"""The build grid with hands: turns clicks and keys into what was asked for. It changes nothing."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from midsdesk.app.views import Bar, BarKind
from midsdesk.ui.grid.bars import lamps_of
from midsdesk.ui.grid.model import AnyIndex
from midsdesk.ui.grid.picture import GridPicture


class BuildGridView(GridPicture):
    """Shows a `Grid` and reports clicks and keys on bars, slots and lights.

    Entries and slots are named by their index in the build. A slot is counted from 0.
    """

    bar_activated = Signal(int)  # buy a slot; on an empty pick: make it the next one
    power_remove_requested = Signal(int)
    lamp_toggled = Signal(int)
    proc_lamp_toggled = Signal(int)
    picker_requested = Signal(int, int, QRect)  # rectangle of the slot in global coordinates
    next_piece_requested = Signal(int, int)
    piece_remove_requested = Signal(int, int)
    slot_remove_requested = Signal(int, int)
    pointed_at = Signal(int, int)  # entry and slot, -1 for none
    lock_requested = Signal(int, int)

    # --- mouse ---------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn a click into what was asked for."""
        self._pressed(event, double=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a slot removes it; on a bar it is just a second click."""
        self._pressed(event, double=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what the pointer is on."""
        point = self._to_content(event.position().toPoint())
        row = self._layout.hover_row(point)
        hit = self._layout.hit(point)
        lamp = self._lamp_at(row, point) if row >= 0 else -1
        self._set_hover((row, hit[1] if hit else -1, lamp))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Everything happens on press."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._set_hover((-1, -1, -1))
        super().leaveEvent(event)

    def _pressed(self, event: QMouseEvent, *, double: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        point = self._to_content(event.position().toPoint())
        hit = self._layout.hit(point)
        if hit is None:
            return
        row, column = hit
        bar = self._bars()[row]
        self.setCurrentIndex(self._model.index(row, column))
        if column == 0:
            self._pressed_bar(event, bar, self._lamp_at(row, point))
        else:
            self._pressed_slot(event, bar, column - 1, double=double)

    def _pressed_bar(self, event: QMouseEvent, bar: Bar, lamp: int) -> None:
        button, keys = event.button(), event.modifiers()
        if button == Qt.MouseButton.RightButton:
            self.lock_requested.emit(bar.entry, -1)
        elif button != Qt.MouseButton.LeftButton:
            return
        elif lamp == 0:
            self.lamp_toggled.emit(bar.entry)
        elif lamp == 1:
            self.proc_lamp_toggled.emit(bar.entry)
        elif keys & Qt.KeyboardModifier.AltModifier:
            self.power_remove_requested.emit(bar.entry)
        else:
            self.bar_activated.emit(bar.entry)

    def _pressed_slot(self, event: QMouseEvent, bar: Bar, slot: int, *, double: bool) -> None:
        button, keys = event.button(), event.modifiers()
        if button == Qt.MouseButton.RightButton:
            self.picker_requested.emit(bar.entry, slot, self.slot_rect(bar.entry, slot))
        elif button == Qt.MouseButton.MiddleButton:
            self.next_piece_requested.emit(bar.entry, slot)
        elif button == Qt.MouseButton.LeftButton:
            if keys & Qt.KeyboardModifier.AltModifier:
                self.power_remove_requested.emit(bar.entry)
            elif double or keys & Qt.KeyboardModifier.ShiftModifier:
                self.slot_remove_requested.emit(bar.entry, slot)

    def _lamp_at(self, row: int, point: QPointF) -> int:
        reach = (self._theme.px("hit_min") - self._theme.px("lamp")) / 2
        for position, kind in enumerate(lamps_of(self._bars()[row])):
            box: QRectF = self._layout.lamp(row, position).adjusted(-reach, -reach, reach, reach)
            if box.contains(point):
                return kind
        return -1

    def _set_hover(self, hover: tuple[int, int, int]) -> None:
        if hover == self._hover:
            return
        before, self._hover = self._hover, hover
        for row in {before[0], hover[0]} - {-1}:
            self._update_row(row)
        bar = self._bar(hover[0])
        self.pointed_at.emit(bar.entry if bar else -1, hover[1] - 1 if hover[1] > 0 else -1)

    # --- keys ----------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of bars and slots; arrows and letters are the view's own."""
        bar = self._bar(self.currentIndex().row())
        if bar is None or not self._key(event, bar, self.currentIndex().column() - 1):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent, bar: Bar, slot: int) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        on_slot = slot >= 0
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if on_slot:
                self.picker_requested.emit(bar.entry, slot, self.slot_rect(bar.entry, slot))
            else:
                self.bar_activated.emit(bar.entry)
        elif key == Qt.Key.Key_Space:
            (self.proc_lamp_toggled if shift else self.lamp_toggled).emit(bar.entry)
        elif key == Qt.Key.Key_Delete and on_slot:
            removal = self.slot_remove_requested if shift else self.piece_remove_requested
            removal.emit(bar.entry, slot)
        elif key == Qt.Key.Key_Delete and bar.kind is BarKind.PICK:
            self.power_remove_requested.emit(bar.entry)
        elif key == Qt.Key.Key_Period and on_slot:
            self.next_piece_requested.emit(bar.entry, slot)
        else:
            return False
        event.accept()
        return True

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Move the ring and the info panel."""
        super().currentChanged(current, previous)
        self._update_row(previous.row())
        self._update_row(current.row())
        bar = self._bar(current.row())
        if bar is not None:
            self.pointed_at.emit(bar.entry, current.column() - 1)
