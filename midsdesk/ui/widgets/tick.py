"""A check box drawn from the theme's own icons, sharp at every scale."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_BOX, _GAP, _HEIGHT = 16, 8, 24


class Tick(QCheckBox):
    """A box with a tick, and a text."""

    def __init__(self, theme: Theme, icons: Icons, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icons = icons
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """See Qt."""
        scaled = self._theme.scaled
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(round(scaled(_BOX + _GAP + 6)) + wide, round(scaled(_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """See Qt."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """The text takes a click, too."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        theme, scaled = self._theme, self._theme.scaled
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = scaled(_BOX)
        box = QRectF(scaled(2), (self.height() - size) / 2, size, size)
        checked = self.isChecked()
        if self.hasFocus():
            ring = scaled(2)
            painter.setPen(QPen(theme.color("line.focus"), theme.px("focus_ring")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = box.adjusted(-ring, -ring, ring, ring)
            painter.drawRoundedRect(around, scaled(4), scaled(4))
        line = "accent_fill" if checked else "line.control"
        painter.setPen(QPen(theme.color(line), 1))
        fill = "accent_fill" if checked else "bg.hover" if self.underMouse() else "bg.input"
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(box, scaled(3), scaled(3))
        if checked:
            inset = scaled(2)
            inner = box.adjusted(inset, inset, -inset, -inset)
            self._icons.paint(painter, "mark-ok", inner, "text.on_accent")
        text = QRectF(box.right() + scaled(_GAP), 0, self.width(), self.height())
        painter.setPen(theme.color("text.primary" if self.isEnabled() else "text.disabled"))
        painter.setFont(self.font())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()
