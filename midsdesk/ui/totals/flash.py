"""Shows which totals the last command changed: a tint that fades, or a dot that stays."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from midsdesk.ui.theme.tokens import Theme


class Flash(QObject):
    """Strength of the tint of each changed row, from 1 to 0; `moved` says: repaint."""

    moved = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        """Nothing has changed yet."""
        super().__init__(parent)
        self._theme = theme
        self._keys: frozenset[str] = frozenset()
        self._still = False
        self._level = 0.0
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.InQuad)
        self._fade.valueChanged.connect(self._step)

    def start(self, keys: frozenset[str]) -> None:
        """Mark these rows; earlier marks go."""
        self._fade.stop()
        self._keys = keys
        duration = self._theme.duration("flash")
        self._still = duration == 0
        self._level = 0.0 if self._still else 1.0
        if not self._still and keys:
            self._fade.setDuration(duration)
            self._fade.start()
        self.moved.emit()

    def tint(self, key: str) -> float:
        """Return how strong the row's background is tinted."""
        return self._level if key in self._keys else 0.0

    def has_dot(self, key: str) -> bool:
        """Motion is reduced and the row was changed by the last command."""
        return self._still and key in self._keys

    def _step(self, value: object) -> None:
        self._level = float(value) if isinstance(value, (int, float)) else 0.0
        self.moved.emit()
