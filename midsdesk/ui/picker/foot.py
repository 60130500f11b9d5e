"""Bottom of the picker: the set of what is current, and the keys."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from midsdesk.app.views import PieceView, SetView, SlotFrame
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import CENTER, RIGHT, draw_text, text_width
from midsdesk.ui.theme.tokens import Theme

HEIGHT = 102
_SIDE, _PIP = 12, 16
_MOST_PIPS = 6
_FRAME_COLORS = {
    SlotFrame.SET: "rarity.rare",
    SlotFrame.ATTUNED: "kind.attuned",
    SlotFrame.SUPERIOR: "kind.superior",
    SlotFrame.ARCHETYPE: "kind.archetype",
    SlotFrame.ARCHETYPE_SUPERIOR: "kind.superior",
    SlotFrame.PVP: "kind.pvp",
}


class PickerFoot(QWidget):
    """Shows the set with its pips and bonuses, or the plain piece; below it the keys."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Start without a piece."""
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._set: SetView | None = None
        self._piece: PieceView | None = None
        self._warning = ""
        self._hints = (
            (self.tr("Enter"), self.tr("slot")),
            (self.tr("⇧ Enter"), self.tr("fill the power")),
            (self.tr("0–9"), self.tr("level")),
            (self.tr("+ −"), self.tr("boosters")),
        )
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        self.setFixedHeight(round(self._theme.scaled(HEIGHT)))

    def show_set(self, shown: SetView | None, piece: PieceView | None) -> None:
        """Show a set, or a piece of none."""
        self._set, self._piece, self._warning = shown, piece, ""
        self.setAccessibleDescription(self.spoken())
        self.setToolTip("\n".join(f"({n}) {text}" for n, text, _ in self.bonus_lines()))
        self.update()

    def warn(self, reason: str) -> None:
        """Say why nothing happened, until something else is current."""
        self._warning = reason
        self.update()

    def bonus_lines(self) -> tuple[tuple[int, str, bool], ...]:
        """Return the bonuses shown."""
        return self._set.bonus_lines if self._set else ()

    def spoken(self) -> str:
        """Return all of it as text."""
        if self._set is None:
            return self._piece.name if self._piece else ""
        lines = "; ".join(f"{count}: {text}" for count, text, _ in self._set.bonus_lines)
        return f"{self._set.name}, {self._set.level_range}. {lines}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scaled = self._theme.scaled
        line = QRectF(scaled(_SIDE), scaled(6), self.width() - scaled(2 * _SIDE), scaled(20))
        self._paint_title(painter, line)
        bonuses = QRectF(line.left(), line.bottom(), line.width(), scaled(48))
        if self._warning:
            color = self._theme.color("state.warn")
            draw_text(painter, bonuses.adjusted(0, 0, 0, -scaled(30)), self._warning,
                      self._theme.font("caption"), color)  # fmt: skip
        elif self._set is not None:
            self._paint_bonuses(painter, bonuses, self._set)
        elif self._piece is not None and self._piece.detail:
            draw_text(painter, bonuses.adjusted(0, 0, 0, -scaled(30)), self._piece.detail,
                      self._theme.font("caption"), self._theme.color("text.muted"))  # fmt: skip
        self._paint_keys(painter)
        painter.end()

    def _paint_title(self, painter: QPainter, line: QRectF) -> None:
        name = self._set.name if self._set else self._piece.name if self._piece else ""
        place = QRectF(line)
        if self._set is not None:
            place.setRight(self._paint_pips(painter, line, self._set) - self._theme.scaled(8))
        font, color = self._theme.font("strong"), self._theme.color("text.primary")
        used = draw_text(painter, place, name, font, color)
        if self._set is not None:
            rest = place.adjusted(used + self._theme.scaled(8), 0, 0, 0)
            draw_text(painter, rest, self._set.level_range, self._theme.font("caption"),
                      self._theme.color("text.muted"))  # fmt: skip

    def _paint_pips(self, painter: QPainter, line: QRectF, shown: SetView) -> float:
        """Draw a frame for each piece in the power, a ghost for the next; return the left edge."""
        count = min(len(shown.pieces), _MOST_PIPS)
        size, step = self._theme.scaled(_PIP), self._theme.scaled(_PIP + 6)
        left = line.right() - count * step + (step - size)
        frame = shown.slot.frame
        swaps = {_FRAME_COLORS.get(frame, "rarity.rare"): shown.slot.color}
        for number in range(count):
            box = QRectF(left + number * step, line.center().y() - size / 2, size, size)
            if number < shown.slotted:
                self._icons.paint(painter, frame, box, None, swaps)
            elif number == shown.slotted:
                self._icons.paint(painter, "slot-ghost", box, "slot.ghost")
            else:
                self._icons.paint(painter, "slot-empty", box, "slot.empty_line")
        return left

    def _paint_bonuses(self, painter: QPainter, area: QRectF, shown: SetView) -> None:
        theme = self._theme
        gap, height = theme.scaled(12), theme.scaled(16)
        at = QPointF(area.topLeft())
        for needed, text, active in shown.bonus_lines:
            following = needed == shown.slotted + 1
            font = theme.font("caption")
            if following:
                font.setWeight(font.Weight.DemiBold)
            role = "num.enhanced" if active else "text.primary" if following else "text.muted"
            whole = f"({needed}) {text}"
            width = min(text_width(font, whole), area.width())
            if at.x() + width > area.right() + 1:
                at = QPointF(area.left(), at.y() + height)
            if at.y() + height > area.bottom() + 1:
                draw_text(painter, QRectF(area.right() - gap, area.bottom() - height, gap, height),
                          "…", font, theme.color("text.muted"), RIGHT)  # fmt: skip
                return
            draw_text(painter, QRectF(at.x(), at.y(), width + 1, height), whole, font,
                      theme.color(role))  # fmt: skip
            at.setX(at.x() + width + gap)

    def _paint_keys(self, painter: QPainter) -> None:
        theme, scaled = self._theme, self._theme.scaled
        font = theme.font("caption")
        height = scaled(17)
        x, y = scaled(_SIDE), self.height() - height - scaled(7)
        for key, means in self._hints:
            width = text_width(font, key) + scaled(10)
            cap = QRectF(x, y, width, height)
            painter.setPen(QPen(theme.color("line.strong"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), scaled(3), scaled(3))
            draw_text(painter, cap, key, font, theme.color("text.secondary"), CENTER)
            x = cap.right() + scaled(6)
            words = text_width(font, means)
            draw_text(painter, QRectF(x, y, words + 1, height), means, font,
                      theme.color("text.muted"))  # fmt: skip
            x += words + scaled(12)
