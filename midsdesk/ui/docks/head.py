"""The head of a dock: title, count chips, buttons that float and close it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QSizePolicy, QWidget

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import CENTER, draw_text, hairline, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.icon_button import IconButton

_HEIGHT = 28


class Chip(QWidget):
    """A count in a frame of the colour of a state; gone at zero."""

    def __init__(self, theme: Theme, role: str, name: str, parent: QWidget) -> None:
        """Show 0; `name` is said with the number."""
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._name = name
        self.count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_count(self, count: int) -> None:
        """Show a number."""
        self.count = count
        said = f"{count} {self._name}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setVisible(count > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """See Qt."""
        scaled = self._theme.scaled
        width = text_width(self._theme.font("caption"), str(self.count)) + scaled(12)
        return QSize(round(width), round(scaled(16)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.setPen(theme.color(f"state.{self._role}"))
        painter.setBrush(theme.color(f"state.{self._role}_bg"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px("radius.s"), theme.px("radius.s"))
        font = theme.font("caption")
        font.setWeight(font.Weight.DemiBold)
        draw_text(painter, box, str(self.count), font, theme.color(f"state.{self._role}"), CENTER)
        painter.end()


class DockHead(QWidget):
    """Title at the left, what the dock adds and the buttons at the right."""

    def __init__(
        self, theme: Theme, icons: Icons, title: str, extras: tuple[QWidget, ...] = ()
    ) -> None:
        """Belong to a dock once `QDockWidget.setTitleBarWidget` was called with this."""
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel(title, self)
        self._label.setProperty("type", "strong")
        self.float_button = IconButton(theme, icons, "act-float", self.tr("Float"), self)
        self.close_button = IconButton(theme, icons, "act-close", self.tr("Close"), self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        for part in (*extras, self.float_button, self.close_button):
            self._row.addWidget(part)
        self.float_button.clicked.connect(self._float)
        self.close_button.clicked.connect(self._close)
        theme.changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg.panel"))
        hairline(painter, 0, self.height() - 1, self.width(), self._theme.color("line.subtle"))
        painter.end()

    def _float(self) -> None:
        dock = self._dock()
        if dock is not None:
            dock.setFloating(not dock.isFloating())

    def _close(self) -> None:
        dock = self._dock()
        if dock is not None:
            dock.close()

    def _dock(self) -> QDockWidget | None:
        parent = self.parentWidget()
        return parent if isinstance(parent, QDockWidget) else None

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        self.setFixedHeight(round(scaled(_HEIGHT)))
        self._row.setContentsMargins(round(scaled(10)), 0, round(scaled(4)), 0)
        self._row.setSpacing(round(scaled(4)))
