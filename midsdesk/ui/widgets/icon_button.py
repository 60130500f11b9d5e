"""A small button that is nothing but an icon."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import inner_ring
from midsdesk.ui.theme.tokens import Theme


class IconButton(QAbstractButton):
    """A small icon: lock, float."""

    def __init__(self, theme: Theme, icons: Icons, icon: str, name: str, parent: QWidget) -> None:
        """Show `icon`; `name` is its accessible name and tool tip."""
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._icon = icon
        self._accent = False
        self.rename(icon, name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def rename(self, icon: str, name: str, *, accent: bool = False) -> None:
        """Show another icon with another name."""
        self._icon, self._accent = icon, accent
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """See Qt."""
        side = round(self._theme.px("hit_min"))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.hover"))
            painter.drawRoundedRect(rect, theme.px("radius.s"), theme.px("radius.s"))
        place = QRectF(0, 0, theme.scaled(13), theme.scaled(13))
        place.moveCenter(rect.center())
        role = "accent" if self._accent else "text.secondary"
        self._icons.paint(painter, self._icon, place, role)
        if self.hasFocus():
            width = theme.px("focus_ring")
            inner_ring(painter, rect, theme.color("line.focus"), width, theme.px("radius.s"))
        painter.end()
