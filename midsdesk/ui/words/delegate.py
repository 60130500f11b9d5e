"""Draws one power word: glyph, name, state by colour and shape."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from midsdesk.app.views import Word, WordState
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.words.model import WORD_ROLE, AnyIndex

_COLORS = {
    WordState.AVAILABLE: "word.available",
    WordState.UNAVAILABLE: "word.unavailable",
    WordState.TAKEN: "word.taken",
    WordState.TAKEN_LATE: "word.taken_late",
    WordState.ILLEGAL: "word.illegal",
    WordState.HEADING: "word.heading",
}
_GLYPHS = {
    WordState.AVAILABLE: "state-available",
    WordState.UNAVAILABLE: "state-unavailable",
    WordState.TAKEN: "state-taken",
    WordState.TAKEN_LATE: "state-taken-late",
    WordState.ILLEGAL: "state-illegal",
}
_PADDING, _GLYPH, _GAP = 4.0, 9.0, 5.0


class WordDelegate(QStyledItemDelegate):
    """Paints words by the theme."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are alike."""
        return QSize(self._theme.ipx("word_column"), self._theme.ipx("word_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw background, glyph, name and ring."""
        word: Word | None = index.data(WORD_ROLE)
        if word is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        row = QRectF(option.rect)
        self._background(painter, row, state)
        if word.state is WordState.HEADING:
            self._heading(painter, row, word)
        else:
            self._word(painter, row, word)
        if state & QStyle.StateFlag.State_HasFocus:
            line = self._theme.px("focus_ring")
            painter.setPen(QPen(self._theme.color("line.focus"), line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = row.adjusted(line / 2, line / 2, -line / 2, -line / 2)
            painter.drawRoundedRect(ring, self._theme.px("radius.s"), self._theme.px("radius.s"))
        painter.restore()

    def _background(self, painter: QPainter, row: QRectF, state: QStyle.StateFlag) -> None:
        role = ""
        if state & QStyle.StateFlag.State_MouseOver:
            role = "bg.hover"
        elif state & QStyle.StateFlag.State_Selected:
            role = "accent_soft"
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(role))
            radius = self._theme.px("radius.s")
            painter.drawRoundedRect(row, radius, radius)

    def _word(self, painter: QPainter, row: QRectF, word: Word) -> None:
        theme = self._theme
        color = _COLORS[word.state]
        size = theme.scaled(_GLYPH)
        x = row.left() + theme.scaled(_PADDING)
        box = QRectF(x, row.center().y() - size / 2, size, size)
        self._icons.paint(painter, _GLYPHS[word.state], box, color)
        font = theme.font("body")
        font.setItalic(word.state is WordState.ILLEGAL)
        x += size + theme.scaled(_GAP)
        self._text(painter, row, x, word.name, font, color)

    def _heading(self, painter: QPainter, row: QRectF, word: Word) -> None:
        theme = self._theme
        x = row.left() + theme.scaled(_PADDING)
        font = theme.font("strong")
        self._text(painter, row, x, word.name, font, _COLORS[WordState.HEADING])
        start = x + QFontMetricsF(font).horizontalAdvance(word.name) + theme.scaled(_GAP)
        painter.setPen(QPen(theme.color("line.subtle"), 1))
        y = round(row.center().y()) + 0.5
        if start < row.right():
            painter.drawLine(QPointF(start, y), QPointF(row.right(), y))

    def _text(
        self, painter: QPainter, row: QRectF, x: float, text: str, font: object, color: str
    ) -> None:
        metrics = QFontMetricsF(font)  # type: ignore[call-overload]
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, row.right() - x - 2)
        painter.setFont(font)  # type: ignore[arg-type]
        painter.setPen(self._theme.color(color))
        painter.drawText(QPointF(x, row.center().y() + metrics.capHeight() / 2), shown)
