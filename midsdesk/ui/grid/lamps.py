"""Lights of a bar: a disc for the power, a diamond for its procs. Off is hollow and slashed."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from midsdesk.app.views import Lamp
from midsdesk.ui.theme.tokens import Theme

_LINE = 1.6


def paint_lamp(
    painter: QPainter, theme: Theme, box: QRectF, lamp: Lamp, *, procs: bool = False
) -> None:
    """Draw a light into a box of 14 × 14 logical pixels."""
    if lamp is Lamp.NONE:
        return
    line = _LINE * box.width() / 14
    on = lamp is Lamp.ON
    if on:
        fill, rim = ("lamp.proc", "lamp.proc_rim") if procs else ("lamp.on", "lamp.on_rim")
    else:
        fill, rim = "lamp.off", "lamp.off_rim"
    pen = QPen(theme.color(rim), line)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(theme.color(fill))
    inner = box.adjusted(line / 2 + 0.5, line / 2 + 0.5, -line / 2 - 0.5, -line / 2 - 0.5)
    if procs:
        middle = inner.center()
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(middle.x(), inner.top()),
                    QPointF(inner.right(), middle.y()),
                    QPointF(middle.x(), inner.bottom()),
                    QPointF(inner.left(), middle.y()),
                ]
            )
        )
    else:
        painter.drawEllipse(inner)
    if not on:
        reach = inner.width() * (0.25 if procs else 0.354)
        middle = inner.center()
        painter.drawLine(
            QPointF(middle.x() - reach, middle.y() + reach),
            QPointF(middle.x() + reach, middle.y() - reach),
        )


def paint_lamp_hover(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw the ring that says the light can be clicked."""
    painter.setPen(QPen(theme.color("text.primary"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(-1.5, -1.5, 1.5, 1.5))
