"""Paints contributors: sign, name, where from, value; what they are made of in a darker box."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from midsdesk.app.why import NotCounted, WhyRow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import RIGHT, draw_text, hairline, inner_ring, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.why.model import WhyRole, place_of

Index = QModelIndex | QPersistentModelIndex
_ROW, _INNER_ROW, _HEAD, _LEFT_OUT = 26, 21, 26, 38
# The words beside a long name keep this share of the room.
_DETAIL_KEEPS = 0.4
_SIDE, _ICON, _GAP, _STEP, _CHEVRON = 12, 14, 7, 14, 12


class WhyDelegate(QStyledItemDelegate):
    """Draws what `WhyModel` holds."""

    def __init__(self, theme: Theme, icons: Icons, view: QTreeView) -> None:
        """Draw in `theme`."""
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        content = index.data(WhyRole.CONTENT)
        height = _INNER_ROW if index.parent().isValid() else _ROW
        if isinstance(content, NotCounted):
            height = _LEFT_OUT
        elif isinstance(content, str):
            height = _HEAD
        return QSize(1, round(self._theme.scaled(height)))

    def name_box(self, rect: QRectF, index: Index) -> QRectF:
        """Return where the name of a row stands: the link to its place."""
        content = index.data(WhyRole.CONTENT)
        font = self._name_font(content, inner=index.parent().isValid())
        left = rect.left() + self._indent(index)
        name = content.name if isinstance(content, (WhyRow, NotCounted)) else ""
        height = rect.height() / 2 if isinstance(content, NotCounted) else rect.height()
        return QRectF(left, rect.top(), text_width(font, name), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        painter.save()
        rect = QRectF(self._view.viewport().rect())
        rect.setTop(option.rect.top())
        rect.setHeight(option.rect.height())
        content = index.data(WhyRole.CONTENT)
        self._background(painter, rect, option, index)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if isinstance(content, WhyRow):
            self._paint_row(painter, rect, index, content, hover=hover)
        elif isinstance(content, NotCounted):
            self._paint_left_out(painter, rect, index, content, hover=hover)
        else:
            self._paint_head(painter, rect, str(content))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            ring = rect.adjusted(2, 0, -2, 0)
            width = self._theme.px("focus_ring")
            inner_ring(painter, ring, self._theme.color("line.focus"), width, self._theme.scaled(3))
        painter.restore()

    def _background(
        self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: Index
    ) -> None:
        scaled = self._theme.scaled
        if index.parent().isValid():
            box = rect.adjusted(scaled(_SIDE + _ICON + _GAP), 0, -scaled(_SIDE), 0)
            self._box(painter, box, index)
        elif isinstance(index.data(WhyRole.CONTENT), str):
            return
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("bg.hover"))
        elif self._unfolded(index):
            painter.fillRect(rect, self._theme.color("accent_soft"))

    def _box(self, painter: QPainter, box: QRectF, index: Index) -> None:
        """Draw one row of the dark box, its corners round at both ends."""
        radius = self._theme.px("radius.s")
        top = index.row() == 0 and not index.parent().parent().isValid()
        bottom = _is_last(index) and not self._unfolded(index)
        path = QPainterPath()
        path.addRoundedRect(
            box.adjusted(0, 0 if top else -2 * radius, 0, 0 if bottom else 2 * radius),
            radius,
            radius,
        )
        painter.save()
        painter.setClipRect(box)
        painter.fillPath(path, self._theme.color("bg.input"))
        painter.restore()

    def _unfolded(self, index: Index) -> bool:
        shown = self._view.isExpanded(index)
        return shown and index.model().rowCount(index) > 0

    def _indent(self, index: Index) -> float:
        depth = 0
        parent = index.parent()
        while parent.isValid():
            depth += 1
            parent = parent.parent()
        inner = _STEP * max(0, depth - 1) + (_GAP + _CHEVRON if depth else 0)
        return self._theme.scaled(_SIDE + _CHEVRON * (not depth) + _ICON + _GAP + inner)

    def _name_font(self, content: object, *, inner: bool) -> QFont:
        strong = isinstance(content, (WhyRow, NotCounted)) and not inner
        return self._theme.font("strong" if strong else "body")

    def _paint_row(
        self, painter: QPainter, rect: QRectF, index: Index, row: WhyRow, *, hover: bool
    ) -> None:
        scaled, color = self._theme.scaled, self._theme.color
        inner = index.parent().isValid()
        right = rect.right() - scaled(_SIDE + (_SIDE if inner else 0))
        strong = self._theme.font("strong" if not inner or row.is_sum else "body")
        value_role = "state.worse" if row.loss else "text.primary"
        if row.is_sum:
            value_role = "num.enhanced"
        width = text_width(strong, row.text)
        value = QRectF(right - width, rect.top(), width, rect.height())
        draw_text(painter, value, row.text, strong, color(value_role), RIGHT)
        left = rect.left() + self._indent(index)
        if row.children:
            self._chevron(painter, rect, left - scaled(_CHEVRON if inner else 0), index)
        if not inner:
            icon = QRectF(0, 0, scaled(_ICON), scaled(_ICON))
            icon.moveCenter(rect.center())
            icon.moveLeft(left - scaled(_ICON + _GAP))
            self._icons.paint(painter, row.icon, icon, row.color)
        if row.is_sum:
            line_left = left - scaled(_CHEVRON)
            hairline(painter, line_left, rect.top(), right - line_left, color("line.subtle"))
        room = value.left() - scaled(_GAP) - left
        name_role = "text.secondary" if inner else "text.primary"
        font = self._name_font(row, inner=inner)
        font.setUnderline(hover and place_of(row) is not None)
        caption = self._theme.font("caption")
        kept = min(text_width(caption, row.detail) + scaled(_GAP), room * _DETAIL_KEEPS)
        name = QRectF(left, rect.top(), room - (kept if row.detail else 0), rect.height())
        used = draw_text(painter, name, row.name, font, color(name_role))
        rest = QRectF(left + used + scaled(_GAP), rect.top(), 0, rect.height())
        rest.setRight(value.left() - scaled(_GAP))
        if row.detail:
            draw_text(painter, rest, row.detail, caption, color("text.muted"))

    def _chevron(self, painter: QPainter, rect: QRectF, left: float, index: Index) -> None:
        scaled = self._theme.scaled
        depth_zero = not index.parent().isValid()
        x = rect.left() + scaled(_SIDE - 4) if depth_zero else left
        size, middle = scaled(7), rect.center().y()
        path = QPainterPath()
        if self._unfolded(index):
            path.moveTo(x, middle - size / 4)
            path.lineTo(x + size, middle - size / 4)
            path.lineTo(x + size / 2, middle + size / 3)
        else:
            path.moveTo(x + size / 4, middle - size / 2)
            path.lineTo(x + size * 0.8, middle)
            path.lineTo(x + size / 4, middle + size / 2)
        path.closeSubpath()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, self._theme.color("text.muted"))

    def _paint_left_out(
        self, painter: QPainter, rect: QRectF, index: Index, each: NotCounted, *, hover: bool
    ) -> None:
        scaled, color = self._theme.scaled, self._theme.color
        left = rect.left() + self._indent(index)
        right = rect.right() - scaled(_SIDE)
        line = QRectF(left, rect.top() + scaled(3), right - left, scaled(17))
        icon = QRectF(0, 0, scaled(_ICON), scaled(_ICON))
        icon.moveCenter(line.center())
        icon.moveLeft(left - scaled(_ICON + _GAP))
        self._icons.paint(painter, each.icon, icon, "text.muted")
        body = self._theme.font("body")
        width = text_width(body, each.text)
        value = QRectF(right - width, line.top(), width, line.height())
        draw_text(painter, value, each.text, body, color("text.muted"), RIGHT)
        name = QRectF(line)
        name.setRight(value.left() - scaled(_GAP))
        font = self._theme.font("strong")
        font.setUnderline(hover and each.entry is not None)
        draw_text(painter, name, each.name, font, color("text.secondary"))
        below = QRectF(left, line.bottom(), right - left, scaled(16))
        draw_text(painter, below, each.reason, self._theme.font("caption"), color("text.muted"))

    def _paint_head(self, painter: QPainter, rect: QRectF, text: str) -> None:
        scaled, color = self._theme.scaled, self._theme.color
        font = self._theme.font("caption")
        font.setWeight(QFont.Weight.DemiBold)
        line = rect.adjusted(scaled(_SIDE), scaled(4), -scaled(_SIDE), 0)
        used = draw_text(painter, line, text, font, color("text.secondary"))
        start = line.left() + used + scaled(_GAP)
        hairline(painter, start, line.center().y(), line.right() - start, color("line.subtle"))


def _is_last(index: Index) -> bool:
    """Return whether a row ends its box: nothing of the same top row comes after it."""
    model, here, above = index.model(), index.row(), index.parent()
    while above.isValid():
        if here != model.rowCount(above) - 1:
            return False
        here, above = above.row(), above.parent()
    return True
