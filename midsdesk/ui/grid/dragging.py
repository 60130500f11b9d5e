"""Dragging bars and slots: what is held, over what, and what would come of it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from midsdesk.ui.theme.tokens import Theme

_SCROLL_ZONE = 24
_NOTE_WIDTH = 280


@dataclass(frozen=True, slots=True)
class Drop:
    """Something let go over something else, or the same wish by keys.

    Attributes:
        first, target: Entry and slot; slot -1 is the power itself.
        shift, ctrl, alt: What is held down: move instead of swap, copy, exchange levels.
    """

    first: tuple[int, int]
    target: tuple[int, int]
    shift: bool = False
    ctrl: bool = False
    alt: bool = False

    @property
    def of_slots(self) -> bool:
        """A slot is dragged, not a bar."""
        return self.first[1] >= 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a drop would do.

    Attributes:
        text: In words. clean: nothing has to give way. allowed: it can be done at all.
    """

    text: str
    clean: bool = True
    allowed: bool = True


Foresee = Callable[[Drop], Outcome]


class Drag:
    """A press that may become a drag, and the note beside the pointer while it is one."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        self._theme = theme
        self._pressed: tuple[QPoint, tuple[int, int]] | None = None
        self._note = QLabel(view)
        self._note.setObjectName("drag-note")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("surface", "overlay")
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._note.hide()
        self.drop: Drop | None = None
        self.outcome = Outcome("")
        self.active = False

    @property
    def held(self) -> tuple[int, int] | None:
        """Entry and slot under the pressed button."""
        return self._pressed[1] if self._pressed is not None else None

    def press(self, point: QPoint, place: tuple[int, int]) -> None:
        """Remember what was pressed."""
        self._pressed = point, place

    def begins(self, point: QPoint) -> bool:
        """Return whether the pointer has gone far enough for a drag."""
        if self._pressed is None or self.active:
            return self.active
        distance = (point - self._pressed[0]).manhattanLength()
        self.active = distance >= QApplication.startDragDistance()
        return self.active

    def over(self, drop: Drop | None, outcome: Outcome, point: QPoint) -> None:
        """Show what would come of letting go here."""
        self.drop, self.outcome = drop, outcome
        if drop is None or not outcome.text:
            self._note.hide()
            return
        self._note.setText(outcome.text)
        wide = self._note.fontMetrics().horizontalAdvance(outcome.text)
        most = round(self._theme.scaled(_NOTE_WIDTH))
        self._note.setWordWrap(wide > most)
        self._note.setFixedWidth(min(wide, most) + round(self._theme.scaled(20)))
        self._note.adjustSize()
        parent = self._note.parentWidget()
        away = round(self._theme.scaled(14))
        left = min(point.x() + away, parent.width() - self._note.width() - 2) if parent else 0
        top = point.y() + away
        if parent is not None and top + self._note.height() > parent.height():
            top = point.y() - away - self._note.height()
        self._note.move(max(0, left), max(0, top))
        self._note.show()
        self._note.raise_()

    def end(self) -> Drop | None:
        """Forget everything; return what was let go over something it can do."""
        drop = self.drop if self.active and self.outcome.allowed else None
        self._pressed = None
        self.drop = None
        self.active = False
        self._note.hide()
        return drop

    def scroll_step(self, point: QPoint, height: int) -> int:
        """Return how far to scroll while the pointer is near an edge, pixels."""
        zone = round(self._theme.scaled(_SCROLL_ZONE))
        if not self.active:
            return 0
        if point.y() < zone:
            return point.y() - zone
        return max(0, point.y() - (height - zone))
