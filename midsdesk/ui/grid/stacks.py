"""The slider of a power that scales with foes, stacks or time: a small box beside its bar."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from midsdesk.ui.theme.tokens import Theme

_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StacksBox(QFrame):
    """A slider over the window; every step is told, Esc and Enter close it."""

    chosen = Signal(int, int)  # entry and stacks

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._entry = -1
        self._back: QWidget | None = None
        self.setObjectName("stacks")
        self.setProperty("surface", "overlay")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        row = QHBoxLayout(self)
        self._name = QLabel(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self._value = QLabel(self)
        self._value.setProperty("type", "strong")
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part in (self._name, self.slider, self._value):
            row.addWidget(part)
        self.slider.valueChanged.connect(self._changed)
        self.slider.installEventFilter(self)
        self.hide()

    def open_at(
        self, entry: int, name: str, span: tuple[int, int], stacks: int, bar: QRect, back: QWidget
    ) -> None:
        """Open below a bar.

        Args:
            span: Fewest and most stacks. bar: where the bar stands, in global coordinates.
            back: Where the focus goes when the box closes.
        """
        self._entry, self._back = -1, back
        self._name.setText(name)
        self.slider.setAccessibleName(name)
        self.slider.setRange(*span)
        self.slider.setPageStep(max(1, (span[1] - span[0]) // 5))
        self.slider.setValue(stacks)
        self._value.setText(str(self.slider.value()))
        self._value.setMinimumWidth(round(self._theme.scaled(34)))
        self.slider.setMinimumWidth(round(self._theme.scaled(150)))
        self.adjustSize()
        window = self.parentWidget()
        place = window.mapFromGlobal(bar.bottomLeft()) if window else QPoint()
        if window is not None:
            top = place.y() + 2
            if top + self.height() > window.height():
                top = window.mapFromGlobal(bar.topLeft()).y() - self.height() - 2
            left = max(0, min(place.x(), window.width() - self.width()))
            self.move(left, top)
        self._entry = entry
        self.show()
        self.raise_()
        self.slider.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Close on Esc, Enter and when the focus leaves."""
        if event.type() == QEvent.Type.FocusOut:
            self._close(give_back=False)
        elif isinstance(event, QKeyEvent) and event.key() in _CLOSING:
            if event.type() == QEvent.Type.KeyPress:
                self._close(give_back=True)
            return True
        return False

    def _changed(self, value: int) -> None:
        self._value.setText(str(value))
        if self._entry >= 0:
            self.chosen.emit(self._entry, value)

    def _close(self, *, give_back: bool) -> None:
        self._entry = -1
        self.hide()
        if give_back and self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)
