"""Delta chips: triangle, sign, number, short word."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter, QPen

from midsdesk.ui.theme.paint import LEFT, draw_text, text_width, triangle
from midsdesk.ui.theme.tokens import Theme

HEIGHT = 16
_PADDING, _TRIANGLE, _GAP, _RADIUS = 5, 6, 5, 3


def _font(theme: Theme) -> QFont:
    font = theme.font("caption")
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _plain(text: str) -> str:
    return text.lstrip("▲▼ ")


def _has_sign(text: str) -> bool:
    return _plain(text).startswith(("+", "−", "-"))


def chip_width(theme: Theme, text: str) -> float:
    """Return how wide the chip of a text is."""
    sign = _TRIANGLE + _GAP if _has_sign(text) else 0
    return text_width(_font(theme), _plain(text)) + theme.scaled(2 * _PADDING + 2 + sign)


def paint_chip(
    painter: QPainter, theme: Theme, right: float, top: float, text: str, good: bool | None
) -> float:
    """Draw a chip that ends at `right`; return its left edge. `good` None is neutral.

    The triangle shows the direction of the number, the colour whether it is good.
    """
    shown, scaled = _plain(text), theme.scaled
    fore, back = {
        True: ("state.better", "state.ok_bg"),
        False: ("state.worse", "state.error_bg"),
        None: ("text.secondary", "bg.raised"),
    }[good]
    color = theme.color(fore)
    box = QRectF(right - chip_width(theme, text), top, chip_width(theme, text), scaled(HEIGHT))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color if good is not None else theme.color("line.control"), 1))
    painter.setBrush(theme.color(back))
    radius = scaled(_RADIUS)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()
    inner = box.adjusted(scaled(_PADDING + 1), 0, 0, 0)
    if _has_sign(text):
        size = scaled(_TRIANGLE)
        mark = QRectF(inner.left(), box.center().y() - size * 0.4, size, size * 0.8)
        triangle(painter, mark, color, up=shown.startswith("+"))
        inner.setLeft(mark.right() + scaled(_GAP))
    draw_text(painter, inner, shown, _font(theme), color, LEFT)
    return box.left()
