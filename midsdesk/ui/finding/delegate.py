"""Paints a row of the search: icon or slot, name with what matched, detail, what Enter does."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from midsdesk.app.everything import Row, matches
from midsdesk.ui.finding.model import ITEM_ROLE, Index
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import RIGHT, draw_text, text_width
from midsdesk.ui.theme.tokens import Theme

_ELIDE = Qt.TextElideMode.ElideRight
_ROW, _HEAD, _SIDE, _ICON, _SLOT, _BETWEEN = 32, 24, 14, 16, 26, 8


class FoundDelegate(QStyledItemDelegate):
    """Draws what `FoundModel` holds; `text` is what was typed."""

    def __init__(self, theme: Theme, icons: Icons, art: SlotArt, view: QListView) -> None:
        """Draw in `theme`."""
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._art = art
        self.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        tall = _ROW if isinstance(index.data(ITEM_ROLE), Row) else _HEAD
        return QSize(1, round(self._theme.scaled(tall)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        item = index.data(ITEM_ROLE)
        painter.save()
        rect = QRectF(option.rect)
        if isinstance(item, Row):
            current = bool(option.state & QStyle.StateFlag.State_Selected)
            over = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._row(painter, rect, item, current=current, over=over)
        elif isinstance(item, str):
            inside = rect.adjusted(self._theme.scaled(_SIDE), 0, 0, 0)
            color = self._theme.color("text.secondary")
            draw_text(painter, inside, item, self._theme.font("caption"), color)
        painter.restore()

    def _row(self, painter: QPainter, rect: QRectF, row: Row, *, current: bool, over: bool) -> None:
        theme, scaled = self._theme, self._theme.scaled
        if current:
            painter.fillRect(rect, theme.color("accent_soft"))
            band = QRectF(rect.left(), rect.top(), scaled(3), rect.height())
            painter.fillRect(band, theme.color("accent"))
        elif over:
            painter.fillRect(rect, theme.color("bg.hover"))
        size = scaled(_SLOT if row.view is not None else _ICON)
        middle = rect.left() + scaled(_SIDE + _SLOT / 2)
        box = QRectF(middle - size / 2, rect.center().y() - size / 2, size, size)
        if row.view is not None:
            self._art.paint(painter, box, row.view)
        else:
            self._icons.paint(painter, row.icon, box, "text.secondary")
        left = rect.left() + scaled(_SIDE + _SLOT + _BETWEEN)
        right = self._right(painter, rect, row, current=current)
        used = self._name(painter, QRectF(left, rect.top(), right - left, rect.height()), row)
        left += used + scaled(_BETWEEN)
        if right - left > scaled(24):
            inside = QRectF(left, rect.top(), right - left, rect.height())
            color = theme.color("text.secondary")
            draw_text(painter, inside, row.detail, theme.font("caption"), color)

    def _right(self, painter: QPainter, rect: QRectF, row: Row, *, current: bool) -> float:
        """Draw what Enter does, or the keys of a command; return where the rest has to end."""
        theme, scaled = self._theme, self._theme.scaled
        end = rect.right() - scaled(_SIDE)
        font = theme.font("caption")
        if row.keys:
            width = text_width(font, row.keys) + scaled(10)
            chip = QRectF(end - width, rect.center().y() - scaled(8), width, scaled(16))
            painter.setPen(theme.color("line.control"))
            painter.drawRoundedRect(chip, theme.px("radius.s"), theme.px("radius.s"))
            inside = chip.adjusted(scaled(5), 0, 0, 0)
            draw_text(painter, inside, row.keys, font, theme.color("text.secondary"))
            end = chip.left() - scaled(_BETWEEN)
        text = row.refusal or (row.promise if current else "")
        if text:
            width = min(text_width(font, text), rect.width() * 0.4)
            inside = QRectF(end - width, rect.top(), width + 1, rect.height())
            color = "state.warn" if row.refusal else "text.primary"
            draw_text(painter, inside, text, font, theme.color(color), RIGHT)
            end = inside.left() - scaled(_BETWEEN)
        return end

    def _name(self, painter: QPainter, rect: QRectF, row: Row) -> float:
        """Draw the name with the matched letters in bold and accent; return its width."""
        plain = self._theme.font("body")
        bold = QFont(plain)
        bold.setWeight(QFont.Weight.Bold)
        shown = QFontMetricsF(bold).elidedText(row.name, _ELIDE, rect.width())
        spans = [(at, at + length) for at, length in matches(shown, self.text)]
        baseline = rect.center().y() + QFontMetricsF(plain).capHeight() / 2
        x, at = rect.left(), 0
        while at < len(shown):
            inside = next(((a, b) for a, b in spans if a <= at < b), None)
            end = inside[1] if inside else min((a for a, _ in spans if a > at), default=len(shown))
            part = shown[at:end]
            painter.setFont(bold if inside else plain)
            painter.setPen(self._theme.color("accent" if inside else "text.primary"))
            painter.drawText(QPointF(x, baseline), part)
            x += text_width(painter.font(), part)
            at = end
        return x - rect.left()
