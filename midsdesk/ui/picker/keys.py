"""Which key means what in the picker. Everything else is text for the search field."""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_Key = Qt.Key


class Act(Enum):
    """What a key asks for."""

    CLOSE = auto()
    CHOOSE = auto()
    FILL = auto()
    NEXT_TAB = auto()
    PREVIOUS_TAB = auto()
    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    LOWEST = auto()
    HIGHEST = auto()
    DEFAULT = auto()
    RESTORE = auto()
    MORE = auto()
    LESS = auto()
    DIGIT = auto()


_PLAIN = {
    _Key.Key_Escape: Act.CLOSE,
    _Key.Key_Return: Act.CHOOSE,
    _Key.Key_Enter: Act.CHOOSE,
    _Key.Key_Tab: Act.NEXT_TAB,
    _Key.Key_Backtab: Act.PREVIOUS_TAB,
    _Key.Key_Up: Act.UP,
    _Key.Key_Down: Act.DOWN,
    _Key.Key_PageUp: Act.PAGE_UP,
    _Key.Key_PageDown: Act.PAGE_DOWN,
    _Key.Key_Home: Act.LOWEST,
    _Key.Key_End: Act.HIGHEST,
}
_MORE, _LESS = "+", ("-", "−")


def act_of(event: QKeyEvent, *, empty: bool, at_start: bool, at_end: bool) -> Act | None:
    """Return what a key press asks for; None leaves it to the search field.

    Args:
        event: The key press.
        empty: Nothing is written in the search field.
        at_start: The text cursor stands before the first letter.
        at_end: The text cursor stands behind the last letter.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift = modifiers == Qt.KeyboardModifier.ShiftModifier
    if modifiers and not shift:
        return None
    text = event.text()
    if text.isdecimal() and len(text) == 1:
        return Act.DIGIT
    if text == _MORE or text in _LESS:
        return Act.MORE if text == _MORE else Act.LESS
    key = _Key(event.key())
    if shift:
        return _shifted(key)
    if key == _Key.Key_Left and at_start:
        return Act.LEFT
    if key == _Key.Key_Right and at_end:
        return Act.RIGHT
    if empty and key == _Key.Key_Space:
        return Act.DEFAULT
    if empty and key == _Key.Key_Backspace:
        return Act.RESTORE
    return _PLAIN.get(key)


def _shifted(key: Qt.Key) -> Act | None:
    if key in (_Key.Key_Return, _Key.Key_Enter):
        return Act.FILL
    return Act.PREVIOUS_TAB if key == _Key.Key_Backtab else None
