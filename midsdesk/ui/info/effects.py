"""One effect in words, a link to the explanation of its number."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from midsdesk.app.views import EffectText
from midsdesk.ui.theme.paint import inner_ring
from midsdesk.ui.theme.tokens import Theme


class EffectLabel(QLabel):
    """Wraps its text; muted where the effect is not in force."""

    explained = Signal(str)

    def __init__(self, theme: Theme, effect: EffectText, parent: QWidget) -> None:
        """Show `effect`."""
        super().__init__(effect.text, parent)
        self._theme = theme
        self._effect = effect
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        said = effect.text if effect.in_force else self.tr("{0} (not in force)").format(effect.text)
        self.setAccessibleName(said)
        if effect.key:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._dress()

    def enterEvent(self, event: QEnterEvent) -> None:
        """See Qt."""
        self._dress(hover=bool(self._effect.key))
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """See Qt."""
        self._dress()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """See Qt."""
        super().focusInEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Qt."""
        inside = self.rect().contains(event.position().toPoint())
        if self._effect.key and event.button() == Qt.MouseButton.LeftButton and inside:
            self.explained.emit(self._effect.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.explained.emit(self._effect.key)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            theme = self._theme
            width = theme.px("focus_ring")
            rect = QRectF(self.rect())
            inner_ring(painter, rect, theme.color("line.focus"), width, theme.scaled(3))
            painter.end()

    def _dress(self, *, hover: bool = False) -> None:
        theme, effect = self._theme, self._effect
        role = "text.secondary" if effect.in_force else "text.muted"
        if effect.in_force and effect.enhanced:
            role = "num.enhanced"
        points = theme.points(theme.tokens.types["body"].px)
        line = "underline" if hover else "none"
        self.setStyleSheet(
            f"font-size: {points:.2f}pt; color: {theme.color(role).name()};"
            f" text-decoration: {line}; padding: {round(theme.scaled(2))}px;"
        )
