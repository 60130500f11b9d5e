"""What a doubtful text may mean: rows to choose from, each with a name and what speaks for it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QWidget

from midsdesk.ui.theme.paint import text_width
from midsdesk.ui.theme.tokens import Theme

_HEIGHT, _RING, _PAD = 46, 14, 12


class OfferRow(QRadioButton):
    """One offer: a ring, a name, a line about it, and a chip at the right."""

    def __init__(
        self, theme: Theme, key: str, name: str, detail: str, chip: str, parent: QWidget
    ) -> None:
        super().__init__(name, parent)
        self._theme = theme
        self._detail = detail
        self._chip = chip
        self.key = key
        self.setAccessibleName(", ".join(each for each in (name, detail, chip) if each))
        self.setToolTip(f"{name}\n{detail}" if detail else name)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        high = round(theme.scaled(_HEIGHT))
        # A height of its own: the style sheet's is for plain radio buttons.
        self.setStyleSheet(f"min-height: {high}px; max-height: {high}px;")

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(200)), round(self._theme.scaled(_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(120)), round(self._theme.scaled(_HEIGHT)))

    def hitButton(self, pos: object) -> bool:
        """The whole row takes a click."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        theme, scaled = self._theme, self._theme.scaled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        chosen = self.isChecked()
        fill = "accent_soft" if chosen else "bg.hover" if self.underMouse() else "bg.panel"
        width, line = 1.0, "accent" if chosen else "line.subtle"
        if self.hasFocus():
            width, line = theme.px("focus_ring"), "line.focus"
        painter.setPen(QPen(theme.color(line), width))
        painter.setBrush(theme.color(fill))
        radius, half = theme.px("radius.m"), width / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
        left = scaled(_PAD)
        self._ring(painter, QPointF(left + scaled(_RING) / 2, box.center().y()), chosen=chosen)
        left += scaled(_RING + 9)
        right = self._draw_chip(painter, box) - scaled(8)
        room = QRectF(left, 0, max(1.0, right - left), box.height())
        self._texts(painter, room)
        painter.end()

    def _ring(self, painter: QPainter, centre: QPointF, *, chosen: bool) -> None:
        theme = self._theme
        radius = theme.scaled(_RING) / 2 - 1
        painter.setPen(QPen(theme.color("accent" if chosen else "line.control"), 1.2))
        painter.setBrush(theme.color("accent") if chosen else theme.color("bg.input"))
        painter.drawEllipse(centre, radius, radius)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.input"))
            painter.drawEllipse(centre, radius * 0.4, radius * 0.4)

    def _texts(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        lines = [(self.text(), "strong", "text.primary")]
        if self._detail:
            lines.append((self._detail, "caption", "text.muted"))
        high = theme.scaled(16)
        top = room.center().y() - high * len(lines) / 2
        for text, style, role in lines:
            painter.setFont(theme.font(style))
            painter.setPen(theme.color(role))
            line = QRectF(room.left(), top, room.width(), high)
            elide = Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(text, elide, int(room.width()))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += high

    def _draw_chip(self, painter: QPainter, box: QRectF) -> float:
        theme, scaled = self._theme, self._theme.scaled
        right = box.right() - scaled(10)
        if not self._chip:
            return right
        font = theme.font("caption")
        width = text_width(font, self._chip) + scaled(12)
        chip = QRectF(right - width, box.center().y() - scaled(8), width, scaled(16))
        painter.setPen(QPen(theme.color("state.ok"), 1))
        painter.setBrush(theme.color("state.ok_bg"))
        painter.drawRoundedRect(chip, scaled(3), scaled(3))
        painter.setFont(font)
        painter.setPen(theme.color("state.better"))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), self._chip)
        return chip.left()
