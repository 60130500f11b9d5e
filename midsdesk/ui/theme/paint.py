"""Small strokes that painted rows share: hairlines, hatches, elided text, triangles.

All lengths come scaled; a hairline is one device pixel whatever the zoom.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from midsdesk.ui.theme.tokens import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def device_pixel(painter: QPainter) -> float:
    """Return the length of one device pixel in the painter's units."""
    device = painter.device()
    return 1.0 / device.devicePixelRatio() if device is not None else 1.0


def hairline(painter: QPainter, x: float, y: float, width: float, color: QColor) -> None:
    """Draw a horizontal line one device pixel thick, on whole device pixels."""
    if width <= 0:
        return
    unit = device_pixel(painter)
    painter.fillRect(QRectF(x, round(y / unit) * unit, width, unit), color)


def floating_ground(painter: QPainter, rect: QRectF, theme: Theme, role: str) -> None:
    """Draw what a surface above the window stands on: a rounded field with a line around it."""
    painter.setPen(QPen(theme.color("line.strong"), 1))
    painter.setBrush(theme.color(role))
    radius = theme.px("radius.l")
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def text_width(font: QFont, text: str) -> float:
    """Return how wide the text is in this font."""
    return float(QFontMetricsF(font).horizontalAdvance(text))


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Draw one line, elided at the end where it does not fit; return the drawn width."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)
    return min(rect.width(), float(metrics.horizontalAdvance(shown)))


def hatch(painter: QPainter, rect: QRectF, color: QColor, unit: float) -> None:
    """Fill a rectangle with stripes at 45 degrees; `unit` is one scaled pixel."""
    if rect.width() <= 0:
        return
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, 2.0 * unit)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    height, step = rect.height(), 5.0 * unit
    x = rect.left() - height
    while x < rect.right() + height:
        low, high = QPointF(x - unit, rect.bottom() + unit), QPointF(x + height + unit, rect.top())
        painter.drawLine(low, high + QPointF(0.0, -unit))
        x += step
    painter.restore()


def vertical_hatch(painter: QPainter, rect: QRectF, color: QColor, unit: float) -> None:
    """Fill a rectangle with upright stripes: the sign of a negative value."""
    step, width = 4.0 * unit, 2.5 * unit
    x = rect.right() - width - unit
    while x + width > rect.left():
        left = max(x, rect.left())
        painter.fillRect(QRectF(left, rect.top(), x + width - left, rect.height()), color)
        x -= step


def triangle(painter: QPainter, rect: QRectF, color: QColor, *, up: bool) -> None:
    """Draw a filled triangle pointing up or down."""
    tip, base = (rect.top(), rect.bottom()) if up else (rect.bottom(), rect.top())
    path = QPainterPath(QPointF(rect.left(), base))
    path.lineTo(rect.right(), base)
    path.lineTo(rect.center().x(), tip)
    path.closeSubpath()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, color)
    painter.restore()


def inner_ring(painter: QPainter, rect: QRectF, color: QColor, width: float, radius: float) -> None:
    """Draw the focus ring of rows that touch: inside the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()
