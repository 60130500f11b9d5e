"""Paints the rows of the sets dock: sets with pips, bonus lines, the rule of five, sums."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from midsdesk.app.sets_view import BonusLine, FiveRow, SetRow, SumRow
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import CENTER, RIGHT, draw_text, hairline, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.rows import ROW_ROLE, ring

Index = QModelIndex | QPersistentModelIndex
_SIDE, _SLOT, _PIP, _PIP_STEP = 12, 28, 6, 9
_HEIGHTS = {SetRow: 34, BonusLine: 20, FiveRow: 24, SumRow: 20, str: 24}
_COUNT = 54
_ROOM_FOR_PIPS = 260


def pips(
    painter: QPainter, theme: Theme, right: float, middle: float, filled: int, all_: int
) -> float:
    """Draw small boxes, the first of them filled; return where they begin."""
    scaled = theme.scaled
    left = right - scaled(_PIP_STEP) * all_ + scaled(_PIP_STEP - _PIP)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(all_):
        box = QRectF(left + scaled(_PIP_STEP) * number, middle - scaled(_PIP) / 2, 0, 0)
        box.setSize(QRectF(0, 0, scaled(_PIP), scaled(_PIP)).size())
        on = number < filled
        painter.setPen(theme.color("accent" if on else "line.control"))
        painter.setBrush(theme.color("accent") if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), scaled(1), scaled(1))
    painter.restore()
    return left


class _Rows(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = _HEIGHTS.get(type(index.data(ROW_ROLE)), 20)
        return QSize(1, round(self._theme.scaled(height)))

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, color = QRectF(option.rect), self._theme.color
        if self._view.currentIndex().row() == index.row() and self._marks_current:
            painter.fillRect(rect, color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("bg.hover"))

    def _focus(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            ring(painter, QRectF(option.rect), self._theme)

    _marks_current = True


class SetDelegate(_Rows):
    """Slot, name over power, pips, count."""

    def __init__(self, theme: Theme, icons: Icons, art: SlotArt, view: QListView) -> None:
        """Draw in `theme`."""
        super().__init__(theme, icons, view)
        self._art = art

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, SetRow):
            return
        painter.save()
        self._background(painter, option, index)
        theme, scaled, rect = self._theme, self._theme.scaled, QRectF(option.rect)
        size, middle = scaled(_SLOT), rect.center().y()
        box = QRectF(rect.left() + scaled(_SIDE), middle - size / 2, size, size)
        self._art.paint(painter, box, row.view)
        right = rect.right() - scaled(_SIDE)
        count = f"{row.pieces}/{row.most}"
        font = theme.font("caption")
        place = QRectF(right - scaled(26), rect.top(), scaled(26), rect.height())
        draw_text(painter, place, count, font, theme.color("text.secondary"), RIGHT)
        begin = place.left()
        if rect.width() >= scaled(_ROOM_FOR_PIPS):
            begin = pips(painter, theme, begin - scaled(4), middle, row.pieces, row.most)
        if row.over:
            mark = QRectF(begin - scaled(20), middle - scaled(7), scaled(14), scaled(14))
            self._icons.paint(painter, "mark-error", mark, "state.error")
            begin = mark.left()
        left = box.right() + scaled(8)
        inside = QRectF(left, rect.top() + scaled(2), begin - left - scaled(8), scaled(16))
        draw_text(painter, inside, row.name, theme.font("strong"), theme.color("text.primary"))
        inside.translate(0, scaled(14))
        draw_text(painter, inside, row.power, font, theme.color("text.secondary"))
        self._focus(painter, option)
        painter.restore()


class BonusDelegate(_Rows):
    """Bonus lines of a set, copies of all bonuses, sums, and headings between them."""

    _marks_current = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        row = index.data(ROW_ROLE)
        painter.save()
        rect = QRectF(option.rect)
        if not isinstance(row, str):
            self._background(painter, option, index)
        inside = rect.adjusted(self._theme.scaled(_SIDE), 0, -self._theme.scaled(_SIDE), 0)
        if isinstance(row, str):
            self._heading(painter, inside, row)
        elif isinstance(row, BonusLine):
            self._line(painter, inside, row)
        elif isinstance(row, FiveRow):
            self._five(painter, inside, row)
        elif isinstance(row, SumRow):
            self._sum(painter, inside, row)
        self._focus(painter, option)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRectF, text: str) -> None:
        theme = self._theme
        font = QFont(theme.font("caption"))
        font.setWeight(QFont.Weight.DemiBold)
        used = draw_text(painter, rect, text, font, theme.color("text.secondary"))
        left = rect.left() + used + theme.scaled(8)
        hairline(painter, left, rect.center().y(), rect.right() - left, theme.color("line.subtle"))

    def _line(self, painter: QPainter, rect: QRectF, row: BonusLine) -> None:
        theme, scaled = self._theme, self._theme.scaled
        font = theme.font("strong" if row.active else "body")
        role = "text.primary" if row.active else "text.muted"
        draw_text(painter, rect, f"({row.needed})", font, theme.color(role))
        text = rect.adjusted(scaled(28), 0, -scaled(20), 0)
        role = "text.muted"
        if row.active:
            role = "state.error" if row.over else "num.enhanced"
            size = scaled(13)
            mark = QRectF(rect.right() - size, rect.center().y() - size / 2, size, size)
            self._icons.paint(painter, "mark-error" if row.over else "mark-ok", mark, role)
        said = self.tr("{0}, over the rule of five").format(row.text) if row.over else row.text
        draw_text(painter, text, said, theme.font("body"), theme.color(role))

    def _five(self, painter: QPainter, rect: QRectF, row: FiveRow) -> None:
        theme, scaled = self._theme, self._theme.scaled
        font, middle = theme.font("caption"), rect.center().y()
        box = QRectF(rect.right() - scaled(_COUNT), middle - scaled(8), scaled(_COUNT), scaled(16))
        if row.over:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("state.error"))
            painter.setBrush(theme.color("state.error_bg"))
            painter.drawRoundedRect(box, theme.px("radius.s"), theme.px("radius.s"))
            painter.restore()
            mark = QRectF(box.left() + scaled(4), middle - scaled(5.5), scaled(11), scaled(11))
            self._icons.paint(painter, "mark-error", mark, "state.error")
            bold = QFont(font)
            bold.setWeight(QFont.Weight.DemiBold)
            place = box.adjusted(scaled(15), 0, -scaled(2), 0)
            draw_text(painter, place, row.chip, bold, theme.color("state.error"), CENTER)
        else:
            draw_text(painter, box, row.chip, font, theme.color("text.muted"), RIGHT)
        begin = pips(painter, theme, box.left() - scaled(8), middle, row.counted, 5)
        text = QRectF(rect.left(), rect.top(), begin - rect.left() - scaled(10), rect.height())
        body = theme.font("body")
        used = draw_text(painter, text, row.text, body, theme.color("text.primary"))
        rest = text.adjusted(used + scaled(10), 0, 0, 0)
        if rest.width() > scaled(50) or rest.width() >= text_width(font, row.sources):
            draw_text(painter, rest, row.sources, font, theme.color("text.muted"), RIGHT)

    def _sum(self, painter: QPainter, rect: QRectF, row: SumRow) -> None:
        theme, scaled = self._theme, self._theme.scaled
        name = QRectF(rect.left(), rect.top(), min(scaled(150), rect.width() * 0.45), rect.height())
        draw_text(painter, name, row.name, theme.font("body"), theme.color("text.secondary"))
        value = QRectF(rect.right() - scaled(64), rect.top(), scaled(64), rect.height())
        draw_text(
            painter, value, row.text, theme.font("strong"), theme.color("text.primary"), RIGHT
        )
        left = name.right() + scaled(6)
        track = QRectF(
            left, rect.center().y() - scaled(4), value.left() - scaled(8) - left, scaled(8)
        )
        if track.width() > 0:
            painter.fillRect(track, theme.color("stat.track"))
            track.setWidth(track.width() * row.fill)
            painter.fillRect(track, theme.color(row.color))
