"""Draws one slot: frame, letters or glyph, numbers. Drawn slots are kept as pixmaps."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from midsdesk.app.views import SlotFrame, SlotView
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

MARGIN = 4.0  # logical pixels around the box: pills and crowns stand out of it
_BOX = 28.0
_MAIN_COLOR = {
    SlotFrame.TRAINING: "kind.training",
    SlotFrame.DUAL: "kind.dual",
    SlotFrame.SINGLE: "kind.single",
    SlotFrame.INVENTION: "kind.invention",
    SlotFrame.SPECIAL: "kind.special",
    SlotFrame.SET: "rarity.rare",
    SlotFrame.ATTUNED: "kind.attuned",
    SlotFrame.SUPERIOR: "kind.superior",
    SlotFrame.ARCHETYPE: "kind.archetype",
    SlotFrame.ARCHETYPE_SUPERIOR: "kind.superior",
    SlotFrame.PVP: "kind.pvp",
}


@dataclass(frozen=True, slots=True)
class SlotState:
    """How a slot stands at the moment, besides what is in it."""

    hover: bool = False
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Overlays:
    """Which numbers the grid shows at its slots; `relative` is "numbers", "signs" or "none"."""

    level: bool = True
    slot_level: bool = True
    relative: str = "numbers"

    def applied(self, slot: SlotView) -> SlotView:
        """The slot with the numbers that are wanted."""
        if self.level and (self.relative == "numbers" or not slot.relative):
            return slot
        relative = slot.relative if self.relative == "numbers" else ""
        if self.relative == "signs" and slot.relative:
            relative = slot.relative[0] * int(slot.relative[1:])
        # Signs take the room of both.
        level = slot.level if self.level and not (self.relative == "signs" and relative) else ""
        return replace(slot, level=level, relative=relative)


_CALM = SlotState()
_Key = tuple[SlotFrame, str, str, str, str, str, bool, bool, SlotState, float, float]


class SlotArt:
    """Paints slots of the theme; one for the whole window."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        self._theme = theme
        self._icons = icons
        self._pixmaps: dict[_Key, QPixmap] = {}
        self.overlays = Overlays()
        theme.changed.connect(self._pixmaps.clear)

    def paint(
        self, painter: QPainter, box: QRectF, slot: SlotView, state: SlotState = _CALM
    ) -> None:
        """Draw a slot into its box; a box of another size scales it."""
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        margin = MARGIN * box.width() / _BOX
        pixmap = self.pixmap(slot, box.width(), ratio, state)
        painter.drawPixmap(QPointF(box.left() - margin, box.top() - margin), pixmap)

    def pixmap(
        self, slot: SlotView, size: float, ratio: float, state: SlotState = _CALM
    ) -> QPixmap:
        """Return a slot `size` pixels wide with a margin of `MARGIN` / 28 of it on each side."""
        key = (
            slot.frame, slot.color, slot.letters, slot.glyph, slot.level, slot.relative,
            slot.inactive, bool(slot.problem), state, size, ratio,
        )  # fmt: skip
        known = self._pixmaps.get(key)
        if known is None:
            known = self._pixmaps[key] = self._draw(slot, size, ratio, state)
        return known

    def _draw(self, slot: SlotView, size: float, ratio: float, state: SlotState) -> QPixmap:
        factor = size * ratio / _BOX
        pixels = round((_BOX + 2 * MARGIN) * factor)
        pixmap = QPixmap(QSize(pixels, pixels))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.scale(factor, factor)
        painter.translate(MARGIN, MARGIN)
        if state.preview:
            painter.setOpacity(0.7)
        self._frame(painter, slot, state)
        self._content(painter, slot)
        self._numbers(painter, slot)
        if slot.inactive:
            self._veil(painter)
        if slot.problem:
            self._icons.paint(painter, "mark-error", QRectF(19, -1, 9, 9), "state.error")
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _frame(self, painter: QPainter, slot: SlotView, state: SlotState) -> None:
        box = QRectF(0, 0, _BOX, _BOX)
        if slot.frame is SlotFrame.EMPTY:
            color = "slot.text" if state.hover else "slot.empty_line"
            self._icons.paint(painter, slot.frame, box, color)
            return
        color = "state.error" if slot.problem else slot.color
        main = _MAIN_COLOR[slot.frame]
        swaps = {main: color} if color else {}
        self._icons.paint(painter, slot.frame, box, None, swaps)
        if state.hover:  # drawn again a little larger: the frame looks thicker
            self._icons.paint(painter, slot.frame, box.adjusted(-0.7, -0.7, 0.7, 0.7), None, swaps)

    def _content(self, painter: QPainter, slot: SlotView) -> None:
        numbered = bool(slot.level or slot.relative)
        middle = 9.2 if numbered else 14.0
        if slot.letters:
            self._text(painter, slot.letters, QPointF(14, middle), "slot.text", outlined=True)
        elif slot.glyph:
            size = 12.0 if numbered else 15.0
            box = QRectF(14 - size / 2, middle - size / 2, size, size)
            self._icons.paint(painter, slot.glyph, box, "slot.text")

    def _numbers(self, painter: QPainter, slot: SlotView) -> None:
        if slot.relative:
            self._pill(painter, slot)
        elif slot.level:
            self._text(painter, slot.level, QPointF(14, 18.8), "num.invention", outlined=True)

    def _pill(self, painter: QPainter, slot: SlotView) -> None:
        font = self._micro(700)
        metrics = QFontMetricsF(font)
        level = metrics.horizontalAdvance(slot.level)
        width = level + metrics.horizontalAdvance(slot.relative) + 7
        pill = QRectF(14 - width / 2, 16.5, width, 12)
        painter.setPen(QPen(self._theme.color("line.control"), 1))
        painter.setBrush(self._theme.color("slot.badge"))
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), 5.5, 5.5)
        sign = "num.above" if slot.relative.startswith("+") else "num.below"
        baseline = pill.center().y() + metrics.capHeight() / 2
        painter.setFont(font)
        painter.setPen(self._theme.color("num.invention"))
        painter.drawText(QPointF(pill.left() + 3.5, baseline), slot.level)
        painter.setPen(self._theme.color(sign))
        painter.drawText(QPointF(pill.left() + 3.5 + level, baseline), slot.relative)

    def _text(
        self, painter: QPainter, text: str, middle: QPointF, role: str, *, outlined: bool
    ) -> None:
        font = self._micro(700)
        metrics = QFontMetricsF(font)
        path = QPainterPath()
        x = middle.x() - metrics.horizontalAdvance(text) / 2
        start = QPointF(x, middle.y() + metrics.capHeight() / 2)
        path.addText(start, font, text)
        if outlined:
            line = QPen(self._theme.color("slot.fill"), 2, Qt.PenStyle.SolidLine)
            line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, line)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        painter.drawText(start, text)

    def _veil(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.color("slot.inactive")))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
        painter.drawRect(QRectF(-MARGIN, -MARGIN, _BOX + 2 * MARGIN, _BOX + 2 * MARGIN))

    def _micro(self, weight: int) -> QFont:
        """Return the font of numbers at 100 %: the painter is scaled already."""
        theme = self._theme
        return theme.font_of(theme.tokens.types["micro"].px / theme.scale, weight)
