"""Message bars: errors, warnings and offers that box nobody in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from PySide6.QtWidgets import QSizePolicy as Policy

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_MOST = 3


class Tone(StrEnum):
    """Kind of a message; the values name tokens of the table `state`."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"
    OK = "ok"


_ICONS = {
    Tone.ERROR: "mark-error",
    Tone.WARN: "mark-warn",
    Tone.INFO: "mark-info",
    Tone.OK: "mark-ok",
}


@dataclass(frozen=True)
class Remedy:
    """A button of a message."""

    text: str
    run: Callable[[], None]


class MessageBar(QFrame):
    """One message with its buttons."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        tone: Tone,
        text: str,
        remedies: Sequence[Remedy],
        close: Callable[["MessageBar"], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        self._close = close
        self.setAccessibleName(text)
        self.setFixedHeight(round(theme.scaled(34)))
        row = QHBoxLayout(self)
        row.setContentsMargins(round(theme.scaled(14)), 0, round(theme.scaled(8)), 0)
        row.setSpacing(round(theme.scaled(8)))
        icon = QLabel(self)
        icon.setPixmap(icons.pixmap(_ICONS[tone], theme.scaled(16), f"state.{tone}"))
        row.addWidget(icon)
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(Policy.Policy.Ignored, Policy.Policy.Preferred)
        label.setToolTip(text)
        row.addWidget(label, 1)
        for remedy in remedies:
            button = QPushButton(remedy.text, self)
            button.setProperty("small", True)
            button.setObjectName("remedy")
            button.clicked.connect(lambda _=False, remedy=remedy: self._take(remedy))
            row.addWidget(button)
        shut = QToolButton(self)
        shut.setIcon(icons.icon("act-close", "text.muted", theme.scaled(14)))
        shut.setAccessibleName(self.tr("Close message"))
        shut.clicked.connect(lambda: close(self))
        row.addWidget(shut)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: close(self))
        self._leave_by_itself()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw background, band and lower line."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color(f"state.{self._tone}_bg"))
        band = QRectF(0, 0, theme.scaled(4), self.height())
        painter.fillRect(band, theme.color(f"state.{self._tone}"))
        line = QColor(theme.color("line.subtle"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, line)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer keeps it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Count again."""
        self._leave_by_itself()
        super().leaveEvent(event)

    def _leave_by_itself(self) -> None:
        if self._tone is Tone.OK:
            self._timer.start(self._theme.duration("undo_bar"))

    def _take(self, remedy: Remedy) -> None:
        self._close(self)
        remedy.run()


class MessageArea(QWidget):
    """At most three messages; older ones wait behind them."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._bars: list[MessageBar] = []
        self.setAccessibleName(self.tr("Messages"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    @property
    def bars(self) -> tuple[MessageBar, ...]:
        """What stands there, newest first."""
        return tuple(self._bars)

    @property
    def texts(self) -> list[str]:
        """What stands there, newest first."""
        return [bar.accessibleName() for bar in self._bars]

    def show_message(self, tone: Tone, text: str, *remedies: Remedy) -> None:
        """Add a message on top."""
        bar = MessageBar(self._theme, self._icons, tone, text, remedies, self.close_message, self)
        self._bars.insert(0, bar)
        self._layout.insertWidget(0, bar)
        self._arrange()

    def close_message(self, bar: MessageBar) -> None:
        """Take a message away."""
        if bar in self._bars:
            self._bars.remove(bar)
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self._arrange()

    def _arrange(self) -> None:
        for position, bar in enumerate(self._bars):
            bar.setVisible(position < _MOST)
        self.setVisible(bool(self._bars))
