"""The build grid with hands: turns clicks and keys into what was asked for. It changes nothing."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent

from midsdesk.app.piece_text import MIME_TYPE
from midsdesk.app.views import Bar, BarKind
from midsdesk.ui.grid.bars import lamps_of
from midsdesk.ui.grid.dragging import Drop, Foresee, Outcome
from midsdesk.ui.grid.model import AnyIndex
from midsdesk.ui.grid.picture import GridPicture

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


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
    lamp_pointed = Signal(int, int)  # entry and light: 0 its own, 1 that of its procs
    lock_requested = Signal(int, int)

    flip_requested = Signal(int)
    stacks_requested = Signal(int)
    copy_requested = Signal(int, int)
    paste_requested = Signal(int, int)
    dropped = Signal(object)  # a `Drop`

    foresee: Foresee | None = None  # tells what a drop would do

    # --- mouse ---------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn a press into what was asked for; what may become a drag waits for the release."""
        self._pressed(event, double=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a slot removes it; on a bar it is just a second click."""
        self._pressed(event, double=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what the pointer is on, or what is dragged over what."""
        position = event.position().toPoint()
        if self._drag.held is not None and self._drag.begins(position):
            self._dragged(position, event.modifiers())
            return
        point = self._to_content(position)
        row = self._layout.hover_row(point)
        hit = self._layout.hit(point)
        lamp = self._lamp_at(row, point) if row >= 0 else -1
        self._set_hover((row, hit[1] if hit else -1, lamp))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or do what the click asked for."""
        event.accept()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        held, dragged = self._drag.held, self._drag.active
        drop = self._drag.end()
        if dragged:
            self.viewport().unsetCursor()
            self.viewport().update()
            if drop is not None:
                self._let_go(drop)
        elif held is not None:
            self._clicked(*held, event.modifiers())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._set_hover((-1, -1, -1))
        super().leaveEvent(event)

    def _pressed(self, event: QMouseEvent, *, double: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        self._drag.end()
        position = event.position().toPoint()
        point = self._to_content(position)
        hit = self._layout.hit(point)
        if hit is None:
            return
        row, column = hit
        bar = self._bars()[row]
        self.setCurrentIndex(self._model.index(row, column))
        lamp = self._lamp_at(row, point) if column == 0 else -1
        button, shift = event.button(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if button == Qt.MouseButton.LeftButton:
            if lamp >= 0:
                (self.lamp_toggled if lamp == 0 else self.proc_lamp_toggled).emit(bar.entry)
            elif double and column > 0:
                self.slot_remove_requested.emit(bar.entry, column - 1)
            else:
                self._drag.press(position, (bar.entry, column - 1))
        elif button == Qt.MouseButton.RightButton and column == 0:
            (self.flip_requested.emit if shift else self._lock)(bar.entry)
        elif button == Qt.MouseButton.RightButton:
            self._ask_piece(bar.entry, column - 1)
        elif button == Qt.MouseButton.MiddleButton and column > 0:
            self.next_piece_requested.emit(bar.entry, column - 1)

    def _clicked(self, entry: int, slot: int, keys: Qt.KeyboardModifier) -> None:
        """Do what a left click without a drag asks for."""
        if keys & Qt.KeyboardModifier.AltModifier:
            self.power_remove_requested.emit(entry)
        elif slot < 0:
            self.bar_activated.emit(entry)
        elif keys & Qt.KeyboardModifier.ShiftModifier:
            self.slot_remove_requested.emit(entry, slot)

    def _lock(self, entry: int) -> None:
        self.lock_requested.emit(entry, -1)

    def _ask_piece(self, entry: int, slot: int) -> None:
        self.picker_requested.emit(entry, slot, self.slot_rect(entry, slot))

    # --- drag ----------------------------------------------------------------------------
    def _dragged(self, position: QPoint, keys: Qt.KeyboardModifier) -> None:
        held = self._drag.held
        if held is None:
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        step = self._drag.scroll_step(position, self.viewport().height())
        if step:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + step)
        point = self._to_content(position)
        target = self._target_of(held, point)
        drop, outcome = None, Outcome("")
        if target is not None and target != held:
            drop = _drop(held, target, keys)
            outcome = self.foresee(drop) if self.foresee is not None else outcome
        self._drag.over(drop, outcome, position)
        self.viewport().update()

    def _target_of(self, held: tuple[int, int], point: QPointF) -> tuple[int, int] | None:
        hit = self._layout.hit(point)
        if held[1] >= 0:
            return (self._bars()[hit[0]].entry, hit[1] - 1) if hit and hit[1] > 0 else None
        row = self._layout.hover_row(point)
        return (self._bars()[row].entry, -1) if row >= 0 else None

    def _let_go(self, drop: Drop) -> None:
        self.dropped.emit(drop)
        self.set_current(*drop.target)

    def _move_by_key(self, bar: Bar, slot: int, event: QKeyEvent) -> bool:
        """Move a bar or a slot's content one place: Alt and an arrow, Shift as in a drag."""
        across, down = _ARROWS[Qt.Key(event.key())]
        target = bar.entry, slot + across
        if slot < 0:
            row = self._layout.neighbour(self._model.row_of(bar.entry), across, down)
            target = self._bars()[row].entry, -1
        elif down or not 0 <= slot + across < len(bar.slots):
            return True
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if target != (bar.entry, slot):
            first = (bar.entry, slot)
            self._let_go(Drop(first, target, shift=shift and slot < 0, alt=shift and slot >= 0))
        return True

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
        if bar is not None and hover[2] >= 0:
            self.lamp_pointed.emit(bar.entry, hover[2])

    @property
    def is_hovered(self) -> bool:
        """The pointer is on a bar or a slot."""
        return self._hover[0] >= 0

    # --- keys ----------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of bars and slots; arrows and letters are the view's own."""
        bar = self._bar(self.currentIndex().row())
        if bar is None or not self._key(event, bar, self.currentIndex().column() - 1):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Copy and paste mean pieces here, not builds, while pieces are what is copied."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            paste = event.matches(QKeySequence.StandardKey.Paste)
            if event.matches(QKeySequence.StandardKey.Copy) or (paste and self._has_pieces()):
                event.accept()
                return True
        return super().event(event)

    @staticmethod
    def _has_pieces() -> bool:
        return QGuiApplication.clipboard().mimeData().hasFormat(MIME_TYPE)

    def _key(self, event: QKeyEvent, bar: Bar, slot: int) -> bool:
        key, keys = Qt.Key(event.key()), event.modifiers()
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        on_slot = slot >= 0
        if self._drag.active and key == Qt.Key.Key_Escape:
            self._drag.end()
            self.viewport().update()
        elif keys & Qt.KeyboardModifier.AltModifier and key in _ARROWS:
            self._move_by_key(bar, slot, event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit(bar.entry, slot)
        elif event.matches(QKeySequence.StandardKey.Paste) and self._has_pieces():
            self.paste_requested.emit(bar.entry, slot)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_piece(bar.entry, slot) if on_slot else self.bar_activated.emit(bar.entry)
        elif key == Qt.Key.Key_Space:
            (self.proc_lamp_toggled if shift else self.lamp_toggled).emit(bar.entry)
        elif key == Qt.Key.Key_F2:
            self.stacks_requested.emit(bar.entry)
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


def _drop(first: tuple[int, int], target: tuple[int, int], keys: Qt.KeyboardModifier) -> Drop:
    return Drop(
        first,
        target,
        shift=bool(keys & Qt.KeyboardModifier.ShiftModifier),
        ctrl=bool(keys & Qt.KeyboardModifier.ControlModifier),
        alt=bool(keys & Qt.KeyboardModifier.AltModifier),
    )
