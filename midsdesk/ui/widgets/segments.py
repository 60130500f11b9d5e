"""A segmented control: one of a few choices, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget


class Segments(QFrame):
    """Buttons in a frame of which one is down."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        narrow: bool = False,
    ) -> None:
        """Show choices given as (key, text)."""
        super().__init__(parent)
        self.setProperty("segments", True)
        self.setProperty("narrow", narrow)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys: dict[QToolButton, str] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for key, text in choices:
            button = _Button(text, self)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            self._group.addButton(button)
            self._keys[button] = key
            layout.addWidget(button)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))

    def set_current(self, key: str) -> None:
        """Press one without telling; "" presses none."""
        self._group.setExclusive(bool(key))
        for button, own in self._keys.items():
            button.setChecked(own == key)
        self._group.setExclusive(True)


class _Button(QToolButton):
    """Wide enough for its text in bold, so that nothing moves when the choice does."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Room for the bold text."""
        hint = super().sizeHint()
        return QSize(hint.width() + (0 if self.isChecked() else 2), hint.height())
