"""Paints headings and rows of the totals, wide and slim."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from midsdesk.app.views import TotalsGroup, TotalsRow
from midsdesk.ui.theme.paint import (
    RIGHT,
    draw_text,
    hairline,
    inner_ring,
    text_width,
    triangle,
)
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.bars import BarPainter
from midsdesk.ui.totals.flash import Flash
from midsdesk.ui.totals.model import TotalsRole

SLIM_BELOW = 240
_MARGIN, _GAP = 10, 7
_NAME, _VALUE, _DELTA, _BAR_MIN = 84, 56, 46, 48
_SLIM_ROW, _SLIM_TEXT, _SLIM_BAR, _HEAD = 27, 17, 4, 22
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a wide row stand, from left to right."""

    name: QRectF
    bar: QRectF
    value: QRectF
    delta: QRectF


class TotalsDelegate(QStyledItemDelegate):
    """Draws what `TotalsModel` holds; asks the flash for tints."""

    def __init__(self, theme: Theme, flash: Flash, view: QTreeView) -> None:
        """Draw in `theme`; `view` tells width, focus and what is folded."""
        super().__init__(view)
        self._theme = theme
        self._flash = flash
        self._view = view
        self._bars = BarPainter(theme)
        self.reserve_delta = False

    @property
    def slim(self) -> bool:
        """The view is too narrow for a bar between name and value."""
        return self._view.viewport().width() < self._theme.scaled(SLIM_BELOW)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        if index.data(TotalsRole.GROUP) is not None:
            height = self._theme.scaled(_HEAD)
        elif self.slim:
            height = self._theme.scaled(_SLIM_ROW)
        else:
            height = self._theme.px("total_row")
        return QSize(round(self._theme.scaled(1)), round(height))

    def columns(self, rect: QRectF) -> Columns:
        """Lay out a wide row; the delta column only where it is reserved."""
        scaled = self._theme.scaled
        right = rect.right() - scaled(_MARGIN)
        delta = scaled(_DELTA) if self.reserve_delta else 0.0
        delta_left = right - delta
        value_right = delta_left - (scaled(_GAP) if delta else 0.0)
        value_left = value_right - scaled(_VALUE)
        name_left = rect.left() + scaled(_MARGIN)
        bar_left = name_left + scaled(_NAME) + scaled(_GAP)
        bar_right = max(value_left - scaled(_GAP), bar_left + scaled(_BAR_MIN))
        height = self._theme.px("total_bar")
        top, full = rect.top(), rect.height()
        return Columns(
            QRectF(name_left, top, scaled(_NAME) + scaled(_GAP) / 2, full),
            QRectF(bar_left, top + (full - height) / 2, bar_right - bar_left, height),
            QRectF(value_left, top, value_right - value_left, full),
            QRectF(delta_left, top, delta, full),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        group, row = index.data(TotalsRole.GROUP), index.data(TotalsRole.ROW)
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        if isinstance(group, TotalsGroup):
            self._paint_head(painter, rect, group, folded=not self._view.isExpanded(index))
        elif isinstance(row, TotalsRow):
            preview = index.data(TotalsRole.PREVIEW)
            self._background(
                painter, rect, row, hover=bool(state & QStyle.StateFlag.State_MouseOver)
            )
            paint = self._paint_slim if self.slim else self._paint_wide
            paint(painter, rect, row, preview if isinstance(preview, TotalsRow) else None)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            ring = rect.adjusted(1, 0, -1, 0)
            width = self._theme.px("focus_ring")
            inner_ring(painter, ring, self._theme.color("line.focus"), width, self._theme.scaled(3))
        painter.restore()

    def _background(self, painter: QPainter, rect: QRectF, row: TotalsRow, *, hover: bool) -> None:
        if hover:
            painter.fillRect(rect, self._theme.color("bg.hover"))
        tint = self._flash.tint(row.key)
        if tint > 0:
            color = self._theme.color("accent_soft")
            color.setAlphaF(tint)
            painter.fillRect(rect, color)
        if self._flash.has_dot(row.key):
            size = self._theme.scaled(5)
            left = rect.left() + (self._theme.scaled(_MARGIN) - size) / 2
            middle = rect.top() + self._theme.scaled(_SLIM_TEXT if self.slim else 20) / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawEllipse(QRectF(left, middle - size / 2, size, size))

    def _paint_head(
        self, painter: QPainter, rect: QRectF, group: TotalsGroup, *, folded: bool
    ) -> None:
        scaled, color = self._theme.scaled, self._theme.color
        line = rect.adjusted(scaled(_MARGIN), 0, -scaled(_MARGIN), 0)
        bold = self._theme.font("caption")
        bold.setWeight(bold.Weight.DemiBold)
        left = line.left() + draw_text(painter, line, group.title, bold, color("text.secondary"))
        note = group.note
        if folded:
            rows = len(group.rows)
            note = self.tr("%n row(s)", "", rows).replace("(s)", "" if rows == 1 else "s")
            mark = QRectF(left + scaled(6), rect.center().y() - scaled(2), scaled(7), scaled(4.5))
            triangle(painter, mark, color("text.muted"), up=False)
            left = mark.right()
        right = line.right()
        if note:
            font = self._theme.font("caption")
            room = max(0.0, line.right() - left - scaled(_GAP))
            width = min(text_width(font, note), room)
            place = QRectF(line.right() - width, line.top(), width, line.height())
            draw_text(painter, place, note, font, color("text.muted"), RIGHT)
            right = place.left() - scaled(_GAP)
        start = left + scaled(_GAP)
        hairline(painter, start, rect.center().y(), right - start, color("line.subtle"))

    def _paint_wide(
        self, painter: QPainter, rect: QRectF, row: TotalsRow, preview: TotalsRow | None
    ) -> None:
        at = self.columns(rect)
        body, color = self._theme.font("body"), self._theme.color
        draw_text(painter, at.name, row.name, body, color("text.secondary"))
        self._bars.paint(painter, at.bar, row, preview)
        self._paint_value(painter, at.value, row)
        if self.reserve_delta:
            self._paint_delta(painter, at.delta, preview or row)

    def _paint_slim(
        self, painter: QPainter, rect: QRectF, row: TotalsRow, preview: TotalsRow | None
    ) -> None:
        scaled, color = self._theme.scaled, self._theme.color
        inner = rect.adjusted(scaled(_MARGIN), scaled(2), -scaled(_MARGIN), 0)
        text = QRectF(inner.left(), inner.top(), inner.width(), scaled(_SLIM_TEXT))
        changed = preview or row
        if self.reserve_delta and changed.delta:
            self._paint_delta(painter, text, changed)
            value_right = text.right() - scaled(_DELTA) - scaled(2)
        else:
            value_right = text.right()
        width = text_width(self._theme.font("strong"), row.text)
        value = QRectF(value_right - width, text.top(), width, text.height())
        self._paint_value(painter, value, row)
        name = QRectF(text)
        name.setRight(value.left() - scaled(_MARGIN if row.at_cap else 4))
        draw_text(painter, name, row.name, self._theme.font("body"), color("text.secondary"))
        bar = QRectF(inner.left(), text.bottom() + scaled(1), inner.width(), scaled(_SLIM_BAR))
        self._bars.paint(painter, bar, row, preview)

    def _paint_value(self, painter: QPainter, rect: QRectF, row: TotalsRow) -> None:
        scaled = self._theme.scaled
        font = self._theme.font("strong")
        color = self._theme.color("state.worse" if row.negative else "text.primary")
        width = text_width(font, row.text)
        # A value longer than its column may reach into the gap before it rather than lose digits.
        place = rect.adjusted(-max(0.0, width - rect.width()), 0, 0, 0)
        draw_text(painter, place, row.text, font, color, RIGHT)
        if row.at_cap:
            height = scaled(11)
            left = rect.right() - width - scaled(8)
            block = QRectF(left, rect.center().y() - height / 2, scaled(4.5), height)
            apart = block.adjusted(-scaled(2), 0, 0, 0)
            painter.fillRect(apart, self._theme.color("bg.panel"))
            painter.fillRect(block, self._theme.color("stat.over_cap"))

    def _paint_delta(self, painter: QPainter, rect: QRectF, row: TotalsRow) -> None:
        text = row.delta.lstrip("▲▼ ")
        if not text:
            return
        scaled = self._theme.scaled
        color = _delta_color(self._theme, row.delta_good)
        font = self._theme.font("caption")
        font.setWeight(font.Weight.DemiBold)
        width = text_width(font, text)
        place = QRectF(rect.right() - width, rect.top(), width, rect.height())
        draw_text(painter, place, text, font, color, RIGHT)
        size = scaled(8)
        mark = QRectF(
            place.left() - size - scaled(3),
            rect.center().y() - size / 2 + scaled(0.5),
            size,
            size * 0.85,
        )
        triangle(painter, mark, color, up=not text.startswith(("−", "-")))


def _delta_color(theme: Theme, good: bool | None) -> QColor:
    if good is None:
        return theme.color("text.muted")
    return theme.color("state.better" if good else "state.worse")
