"""The bar of a totals row: fill, caps, what is lost above them, what a preview would change."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from midsdesk.app.views import TotalsRow
from midsdesk.ui.theme.paint import hatch, vertical_hatch
from midsdesk.ui.theme.tokens import Theme

# Where zero stands on the track of a negative value, unless the value needs more room.
_ZERO_AT = 0.25
_EQUAL = 1e-4


@dataclass(frozen=True, slots=True)
class BarPainter:
    """Draws bars in a theme."""

    theme: Theme

    def paint(
        self, painter: QPainter, bar: QRectF, row: TotalsRow, preview: TotalsRow | None
    ) -> None:
        """Draw the bar into `bar`; marks stand out of it above and below."""
        unit = self.theme.scaled(1.0)
        path = QPainterPath()
        path.addRoundedRect(bar, 2 * unit, 2 * unit)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, self.theme.color("stat.track"))
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        if row.negative:
            self._negative(painter, bar, row)
        else:
            self._positive(painter, bar, row, preview)
        painter.restore()
        self._marks(painter, bar, row)

    def _positive(
        self, painter: QPainter, bar: QRectF, row: TotalsRow, preview: TotalsRow | None
    ) -> None:
        unit = self.theme.scaled(1.0)
        wanted = preview.fill if preview and not preview.negative else row.fill
        kept = min(row.fill, wanted)
        fill = _part(bar, 0.0, kept)
        rounded = QPainterPath()
        radius = min(2 * unit, fill.width() / 2)
        rounded.addRoundedRect(fill, radius, radius)
        painter.fillPath(rounded, self.theme.color(row.color))
        if row.over is not None:
            lost = _part(bar, row.cap if row.cap is not None else row.fill, row.over)
            hatch(painter, lost, self.theme.color("stat.over_cap"), unit)
        if preview and abs(wanted - row.fill) > _EQUAL:
            good = preview.delta_good if preview.delta_good is not None else wanted > row.fill
            color = self.theme.color("state.better" if good else "state.worse")
            hatch(painter, _part(bar, kept, max(row.fill, wanted)), color, unit)

    def _negative(self, painter: QPainter, bar: QRectF, row: TotalsRow) -> None:
        zero = max(_ZERO_AT, min(1.0, row.fill))
        unit = self.theme.scaled(1.0)
        below = _part(bar, zero - min(1.0, row.fill), zero)
        vertical_hatch(painter, below, self.theme.color(row.color), unit)
        line = QRectF(below.right() - unit / 2, bar.top(), unit, bar.height())
        painter.fillRect(line, self.theme.color("stat.mark_cap"))

    def _marks(self, painter: QPainter, bar: QRectF, row: TotalsRow) -> None:
        unit = self.theme.scaled(1.0)
        reach = 3 * unit if bar.height() > 6 * unit else 2 * unit
        if row.cap is not None:
            mark = self._mark(bar, row.cap, reach)
            painter.fillRect(mark, self.theme.color("stat.mark_cap"))
        if row.soft_cap is not None:
            mark = self._mark(bar, row.soft_cap, reach)
            dotted(painter, mark, self.theme.color("stat.mark_soft"), unit)

    def _mark(self, bar: QRectF, at: float, reach: float) -> QRectF:
        width = self.theme.scaled(2.0)
        x = bar.left() + min(1.0, max(0.0, at)) * bar.width() - width / 2
        x = min(x, bar.right() - width)
        return QRectF(round(x), bar.top() - reach, width, bar.height() + 2 * reach)


def dotted(painter: QPainter, line: QRectF, color: QColor, unit: float) -> None:
    """Draw an upright line as dots of its own width."""
    y = line.top()
    while y < line.bottom() - unit / 2:
        height = min(2 * unit, line.bottom() - y)
        painter.fillRect(QRectF(line.left(), y, line.width(), height), color)
        y += 3 * unit


def _part(bar: QRectF, start: float, end: float) -> QRectF:
    """Return the stretch of the bar between two positions from 0 to 1."""
    left = bar.left() + min(1.0, max(0.0, start)) * bar.width()
    right = bar.left() + min(1.0, max(0.0, end)) * bar.width()
    return QRectF(left, bar.top(), max(0.0, right - left), bar.height())
