"""Paints the picker's field of icons, its rows, headings and categories."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from midsdesk.app.views import PickerCategory, PieceView, SetView
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.picker.chips import HEIGHT, chip_width, paint_chip
from midsdesk.ui.picker.model import Heading, PickerRole, slot_look
from midsdesk.ui.theme.paint import LEFT, RIGHT, draw_text, text_width
from midsdesk.ui.theme.tokens import Theme

ROW, HEADING, CELL, CATEGORY = 44, 26, 44, 26
_CELL_ICON, _ROW_ICON = 32, 28
_ICON_LEFT, _TEXT_LEFT, _RIGHT = 11, 46, 10
_MOST_CHIPS = 2
Index = QModelIndex | QPersistentModelIndex


class PieceDelegate(QStyledItemDelegate):
    """Draws entries; `field` switches between icons and rows."""

    def __init__(self, theme: Theme, art: SlotArt, parent: QWidget) -> None:
        """Draw slots with `art`, so they look as in the grid."""
        super().__init__(parent)
        self._theme = theme
        self._art = art
        self.field = True
        self.short_names = False
        self.cell = QSize(CELL, CELL)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        if self.field:
            return self.cell
        heading = isinstance(index.data(PickerRole.ENTRY), Heading)
        height = self._theme.scaled(HEADING if heading else ROW)
        return QSize(round(self._theme.scaled(80)), round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        entry = index.data(PickerRole.ENTRY)
        rect = QRectF(option.rect)
        state = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if isinstance(entry, Heading):
            self._heading(painter, rect, entry.text)
        elif isinstance(entry, (PieceView, SetView)):
            paint = self._cell if self.field else self._row
            paint(painter, rect, entry, current=current, hover=hover)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRectF, text: str) -> None:
        font = self._theme.font("caption")
        font.setWeight(font.Weight.DemiBold)
        line = rect.adjusted(self._theme.scaled(10), self._theme.scaled(3), 0, 0)
        draw_text(painter, line, text, font, self._theme.color("text.secondary"))

    def _cell(
        self,
        painter: QPainter,
        rect: QRectF,
        entry: PieceView | SetView,
        *,
        current: bool,
        hover: bool,
    ) -> None:
        theme, scaled = self._theme, self._theme.scaled
        side = scaled(CELL)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QPointF(rect.center().x() + 0.5, rect.center().y() + 0.5))
        if current or hover:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = theme.color("accent") if current else QColor(Qt.GlobalColor.transparent)
            painter.setPen(QPen(color, scaled(1.5)))
            painter.setBrush(theme.color("accent_soft" if current else "bg.hover"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), scaled(6), scaled(6))
        size = scaled(_CELL_ICON)
        icon = QRectF(round(box.center().x() - size / 2), round(box.center().y() - size / 2),
                      size, size)  # fmt: skip
        self._art.paint(painter, icon, slot_look(entry))
        if isinstance(entry, SetView) and entry.slotted:
            self._count(painter, box, f"{entry.slotted}/{len(entry.pieces)}")

    def _count(self, painter: QPainter, box: QRectF, text: str) -> None:
        """Write how many pieces of the set sit in the power already."""
        theme, scaled = self._theme, self._theme.scaled
        font = theme.font("micro")
        width = text_width(font, text) + scaled(4)
        pill = QRectF(box.right() - width + scaled(8), box.top() - scaled(1), width, scaled(13))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("state.ok_bg"))
        painter.drawRoundedRect(pill, scaled(3), scaled(3))
        draw_text(
            painter, pill, text, font, theme.color("num.enhanced"), Qt.AlignmentFlag.AlignCenter
        )

    def _row(
        self,
        painter: QPainter,
        rect: QRectF,
        entry: PieceView | SetView,
        *,
        current: bool,
        hover: bool,
    ) -> None:
        theme, scaled = self._theme, self._theme.scaled
        if current:
            painter.fillRect(rect, theme.color("accent_soft"))
            edge = QRectF(rect.left(), rect.top(), scaled(3), rect.height())
            painter.fillRect(edge, theme.color("accent"))
        elif hover:
            painter.fillRect(rect, theme.color("bg.hover"))
        size = scaled(_ROW_ICON)
        icon = QRectF(rect.left() + scaled(_ICON_LEFT), rect.center().y() - size / 2, size, size)
        self._art.paint(painter, icon, slot_look(entry))
        right = rect.right() - scaled(_RIGHT)
        if isinstance(entry, PieceView) and not entry.refused:
            right = self._chips(painter, rect, entry) - scaled(6)
        self._texts(painter, rect, entry, right)

    def _texts(
        self, painter: QPainter, rect: QRectF, entry: PieceView | SetView, right: float
    ) -> None:
        theme, scaled = self._theme, self._theme.scaled
        refused = entry.refused if isinstance(entry, PieceView) else ""
        second = entry.detail if isinstance(entry, PieceView) else entry.level_range
        left = rect.left() + scaled(_TEXT_LEFT)
        upper = QRectF(left, rect.top() + scaled(5), right - left, scaled(17))
        lower = QRectF(left, upper.bottom(), right - left, scaled(16))
        name_font = theme.font("body" if refused else "strong")
        name_color = theme.color("text.muted" if refused else "text.primary")
        name = entry.name.partition(": ")[2] if self.short_names else ""
        draw_text(painter, upper, name or entry.name, name_font, name_color)
        color = theme.color("state.warn" if refused else "text.muted")
        draw_text(painter, lower, refused or second, theme.font("caption"), color)

    def _chips(self, painter: QPainter, rect: QRectF, entry: PieceView) -> float:
        """Draw at most two chips under each other; return where the texts must end."""
        scaled = self._theme.scaled
        right = rect.right() - scaled(_RIGHT)
        left = right
        shown = entry.deltas[:_MOST_CHIPS]
        height, gap = scaled(HEIGHT), scaled(2)
        top = rect.center().y() - (len(shown) * height + (len(shown) - 1) * gap) / 2
        for text, good in shown:
            paint_chip(painter, self._theme, right, round(top), text, good)
            left = min(left, right - chip_width(self._theme, text))
            top += height + gap
        return left


class CategoryDelegate(QStyledItemDelegate):
    """Draws a category with its count."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Draw in `theme`."""
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(60)), round(self._theme.scaled(CATEGORY)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        category = index.data(PickerRole.ENTRY)
        if not isinstance(category, PickerCategory):
            return
        theme, scaled = self._theme, self._theme.scaled
        rect = QRectF(option.rect).adjusted(scaled(6), 0, -scaled(6), 0)
        state = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if current or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent_soft" if current else "bg.hover"))
            painter.drawRoundedRect(rect, scaled(3), scaled(3))
        inner = rect.adjusted(scaled(8), 0, -scaled(8), 0)
        count = str(category.count)
        width = text_width(theme.font("caption"), count)
        draw_text(painter, inner, count, theme.font("caption"), theme.color("text.muted"), RIGHT)
        name = inner.adjusted(0, 0, -width - scaled(4), 0)
        font = theme.font("strong" if current else "body")
        color = theme.color("text.primary" if current else "text.secondary")
        draw_text(painter, name, category.name, font, color, LEFT)
        painter.restore()
