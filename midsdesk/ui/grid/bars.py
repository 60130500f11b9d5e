"""Draws power bars with their slots, and the gold line."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from midsdesk.app.views import Bar, BarKind, Lamp
from midsdesk.ui.grid.lamps import paint_lamp, paint_lamp_hover
from midsdesk.ui.grid.layout import GridLayout
from midsdesk.ui.grid.slots import SlotArt, SlotState
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_LEVEL_OPACITY = 0.86
_GLYPHS = {"click": "kind-click", "toggle": "kind-toggle", "auto": "kind-auto"}


@dataclass(frozen=True, slots=True)
class BarState:
    """What the pointer and the keyboard do to a bar at the moment.

    Attributes:
        hover: The pointer is on the bar or its slots: the ghost slot shows.
        hover_lamp: 0 the light, 1 the proc light, -1 neither.
        focus: Column with the keyboard focus, -1 for none. selected: the bar is locked in the
            info panel.
        hover_slot: Column under the pointer, 0 for the bar, -1 for none.
        drop: Column something is dragged over, 0 for the bar, -1 for none; clean: letting go
            there asks nothing of others.
    """

    hover: bool = False
    hover_lamp: int = -1
    hover_slot: int = -1
    focus: int = -1
    selected: bool = False
    drop: int = -1
    clean: bool = True


@dataclass(frozen=True, slots=True)
class _Colors:
    top: str
    bottom: str
    line: str
    text: str
    width: float = 1.0
    dashed: bool = False


class BarArt:
    """Paints bars of the theme."""

    def __init__(self, theme: Theme, icons: Icons, slots: SlotArt) -> None:
        self._theme = theme
        self._icons = icons
        self._slots = slots

    def paint(
        self, painter: QPainter, layout: GridLayout, row: int, bar: Bar, state: BarState
    ) -> None:
        """Draw one row: bar, texts, lights, slots and their levels."""
        place = layout.places[row].bar
        colors = _colors(bar)
        self._body(painter, place, colors)
        if state.focus == 0 or state.selected:
            self._ring(painter, place)
        end = self._signs(painter, layout, row, bar, state, colors)
        self._name(painter, place, bar, colors, end)
        self._row_of_slots(painter, layout, row, bar, state)
        if state.drop == 0:
            self._target(painter, place, place.height() / 2, clean=state.clean)
        elif state.drop > 0:
            box = layout.slot(row, state.drop - 1)
            self._target(painter, box, box.height() / 2, clean=state.clean)

    def _target(self, painter: QPainter, box: QRectF, radius: float, *, clean: bool) -> None:
        """Mark what something is dragged over; dashed where others have to give way."""
        theme = self._theme
        pen = QPen(theme.color("bar.drop_ok" if clean else "bar.drop_warn"), theme.scaled(2))
        if not clean:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        away = theme.scaled(1)
        painter.drawRoundedRect(box.adjusted(away, away, -away, -away), radius, radius)

    def gold_line(self, painter: QPainter, layout: GridLayout) -> None:
        """Draw the line above the inherents with its caption."""
        if layout.gold_y is None:
            return
        theme = self._theme
        painter.setPen(QPen(theme.color("line.gold"), 1))
        painter.drawLine(QPointF(layout.left, layout.gold_y), QPointF(layout.right, layout.gold_y))
        caption = QCoreApplication.translate("Grid", "Inherent, incarnate and accolade powers")
        font = theme.font("caption")
        metrics = QFontMetricsF(font)
        x = layout.left + theme.scaled(31)
        width = metrics.horizontalAdvance(caption)
        pad = theme.scaled(7)
        height = metrics.height()
        back = QRectF(x - pad, layout.gold_y - height / 2, width + 2 * pad, height)
        painter.fillRect(back, theme.color("bg.window"))
        painter.setFont(font)
        painter.setPen(theme.color("accent"))
        painter.drawText(QPointF(x, layout.gold_y + metrics.capHeight() / 2), caption)

    def _body(self, painter: QPainter, place: QRectF, colors: _Colors) -> None:
        theme = self._theme
        fill = QLinearGradient(place.topLeft(), place.bottomLeft())
        fill.setColorAt(0, theme.color(colors.top))
        fill.setColorAt(1, theme.color(colors.bottom))
        width = colors.width if colors.width == 1 else theme.scaled(colors.width)
        pen = QPen(theme.color(colors.line), width)
        if colors.dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(fill)
        inner = place.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = inner.height() / 2
        painter.drawRoundedRect(inner, radius, radius)

    def _ring(self, painter: QPainter, place: QRectF) -> None:
        theme = self._theme
        line = theme.px("focus_ring")
        away = theme.scaled(1) + line / 2
        ring = place.adjusted(-away, -away, away, away)
        painter.setPen(QPen(theme.color("line.focus"), line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    def _signs(
        self,
        painter: QPainter,
        layout: GridLayout,
        row: int,
        bar: Bar,
        state: BarState,
        colors: _Colors,
    ) -> float:
        """Draw the right group and return where the name has to end."""
        theme = self._theme
        place = layout.places[row].bar
        middle = place.top() + theme.scaled(9)
        gap = theme.scaled(4)
        lamps = lamps_of(bar)
        for position, kind in enumerate(lamps):
            box = layout.lamp(row, position)
            procs = kind == 1
            paint_lamp(painter, theme, box, bar.proc_lamp if procs else bar.lamp, procs=procs)
            if state.hover_lamp == kind:
                paint_lamp_hover(painter, theme, box)
        right = (
            layout.lamp(row, len(lamps) - 1).left() - gap
            if lamps
            else (place.right() - theme.scaled(9))
        )
        signs = [("mark-error", 12.0)] if bar.problem else []
        if bar.activation in _GLYPHS and bar.kind in (BarKind.PICK, BarKind.INHERENT):
            signs.append((_GLYPHS[bar.activation], 11.0))
        for name, wanted in signs:
            size = theme.scaled(wanted)
            box = QRectF(right - size, middle - size / 2, size, size)
            painter.setOpacity(1.0 if name == "mark-error" else 0.75)
            self._icons.paint(painter, name, box, colors.text)
            right -= size + gap
        painter.setOpacity(1.0)
        return right

    def _name(
        self, painter: QPainter, place: QRectF, bar: Bar, colors: _Colors, end: float
    ) -> None:
        theme = self._theme
        baseline = place.top() + theme.scaled(12.5)
        x = place.left() + theme.scaled(11)
        color = theme.color(colors.text)
        level_font = theme.font_of(theme.tokens.types["strong"].px, 500)
        level = f"({bar.level})" if bar.level else ""
        painter.setFont(level_font)
        painter.setPen(_with_alpha(color, _LEVEL_OPACITY))
        painter.drawText(QPointF(x, baseline), level)
        if level:
            x += QFontMetricsF(level_font).horizontalAdvance(level) + theme.scaled(4)
        name = self._text_of(bar)
        font = theme.font("strong")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(color)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, end - x)
        painter.drawText(QPointF(x, baseline), shown)

    def _text_of(self, bar: Bar) -> str:
        if bar.kind is BarKind.NEXT:
            return QCoreApplication.translate("Grid", "next pick")
        return "" if bar.kind is BarKind.EMPTY else bar.name

    def _row_of_slots(
        self, painter: QPainter, layout: GridLayout, row: int, bar: Bar, state: BarState
    ) -> None:
        theme = self._theme
        for position, slot in enumerate(bar.slots):
            box = layout.slot(row, position)
            hover = SlotState(hover=state.hover_slot == position + 1)
            self._slots.paint(painter, box, self._slots.overlays.applied(slot), hover)
            if slot.bought_at and self._slots.overlays.slot_level:
                self._level(painter, layout, row, position, slot.bought_at, "num.slot_level")
            if state.focus == position + 1:
                line = theme.px("focus_ring")
                away = theme.scaled(2) - line / 2
                painter.setPen(QPen(theme.color("line.focus"), line))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(box.adjusted(-away, -away, away, away))
        if state.hover and bar.ghost_level and len(bar.slots) < 6:
            box = layout.slot(row, len(bar.slots))
            self._icons.paint(painter, "slot-ghost", box, None, {"kind.invention": "slot.ghost"})
            self._level(painter, layout, row, len(bar.slots), bar.ghost_level, "slot.ghost")

    def _level(
        self, painter: QPainter, layout: GridLayout, row: int, position: int, level: int, role: str
    ) -> None:
        painter.setFont(self._theme.font("micro"))
        painter.setPen(self._theme.color(role))
        box = layout.level_text(row, position)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(level))


def lamps_of(bar: Bar) -> list[int]:
    """Return the lights of a bar from the right: 0 its own, 1 that of its procs."""
    lamps = [0] if bar.lamp is not Lamp.NONE else []
    return [*lamps, 1] if bar.proc_lamp is not Lamp.NONE else lamps


def _colors(bar: Bar) -> _Colors:
    if bar.kind is BarKind.NEXT:
        return _Colors("bar.empty", "bar.empty", "bar.next_line", "text.primary", 2)
    if bar.kind is BarKind.EMPTY:
        return _Colors("bar.empty", "bar.empty", "bar.empty_line", "bar.empty_text", dashed=True)
    if bar.kind is BarKind.INHERENT:
        text = "text.primary" if bar.included else "bar.excluded_text"
        normal = _Colors("bar.inherent_top", "bar.inherent_bottom", "line.strong", text)
    elif not bar.included:
        normal = _Colors(
            "bar.excluded_top", "bar.excluded_bottom", "line.strong", "bar.excluded_text"
        )
    else:
        normal = _Colors("bar_top", "bar_bottom", "bar_line", "bar_text")
    if bar.problem:
        return _Colors(normal.top, normal.bottom, "state.error", normal.text, 2)
    return normal


def _with_alpha(color: QColor, alpha: float) -> QColor:
    faint = QColor(color)
    faint.setAlphaF(alpha)
    return faint
