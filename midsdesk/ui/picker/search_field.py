"""The picker's search field: keeps the focus, and hands every key to the picker first."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_HEIGHT, _ICON, _LEFT = 28, 14, 30
KeyTaker = Callable[[QKeyEvent], bool]


class SearchField(QLineEdit):
    """A line edit drawn by itself; `taker` sees each key and says whether it took it."""

    def __init__(self, theme: Theme, icons: Icons, taker: KeyTaker, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._taker = taker
        self.setObjectName("picker-search")
        self.setFrame(False)
        self.setPlaceholderText(self.tr("Search: piece, set, LotG, ranged def …"))
        self.setAccessibleName(self.tr("Search enhancements"))
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        text = self._theme.color("text.primary").name()
        height = round(self._theme.scaled(_HEIGHT))
        self.setStyleSheet(
            "QLineEdit { background: transparent; border: none; padding: 0; margin: 0;"
            f" min-height: {height}px; max-height: {height}px; color: {text}; }}"
        )
        self.setFont(self._theme.font("body"))
        self.setFixedHeight(height)
        left, right = round(self._theme.scaled(_LEFT)), round(self._theme.scaled(8))
        self.setTextMargins(left, 0, right, 0)

    def clear_quietly(self) -> None:
        """Take the words away without saying so."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def at_end(self) -> bool:
        """The text cursor is behind the last letter and nothing is selected."""
        return self.cursorPosition() == len(self.text()) and not self.hasSelectedText()

    def at_start(self) -> bool:
        """The text cursor is before the first letter and nothing is selected."""
        return self.cursorPosition() == 0 and not self.hasSelectedText()

    def event(self, event: QEvent) -> bool:
        """See Qt; Tab belongs to the picker, and Esc must not reach the window's shortcuts."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and self._taker(event):
                event.accept()
                return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        line = self._theme.px("focus_ring") if focus else 1.0
        color = self._theme.color("line.focus" if focus else "line.control")
        painter.setPen(QPen(color, line))
        painter.setBrush(self._theme.color("bg.input"))
        half = line / 2
        radius = self._theme.px("radius.s")
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, radius, radius)
        size = self._theme.scaled(_ICON)
        place = QRectF(self._theme.scaled(10), (self.height() - size) / 2, size, size)
        self._icons.paint(painter, "act-search", place, "text.muted")
        painter.end()
        super().paintEvent(event)
