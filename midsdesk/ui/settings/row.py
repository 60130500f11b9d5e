"""One row of a page: name, reason, a dot where it differs from the default, its control."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from midsdesk.app.preferences import Preference, shown_value
from midsdesk.app.settings import Settings
from midsdesk.ui.settings.controls import control_for
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import hairline, inner_ring
from midsdesk.ui.theme.tokens import Theme

_HEIGHT = 46
_TALL = frozenset({"members", "counts"})


class Dot(QAbstractButton):
    """Says that a setting differs from its default; a click gives that back."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        """Stay hidden until told."""
        super().__init__(parent)
        self._theme = theme
        text = self.tr("{0} differs from the default; click to give that back").format(name)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """See Qt."""
        side = round(self._theme.scaled(16))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rect = self._theme, QRectF(self.rect())
        dot = QRectF(0, 0, theme.scaled(6), theme.scaled(6))
        dot.moveCenter(rect.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(dot)
        if self.hasFocus():
            width = theme.px("focus_ring")
            inner_ring(painter, rect, theme.color("line.focus"), width, theme.px("radius.s"))
        painter.end()


class PreferenceRow(QWidget):
    """Shows a setting.

    Signals:
        chosen: Key and value of a setting. reset: the row whose default is wanted.
    """

    chosen = Signal(str, object)
    reset = Signal(object)

    def __init__(self, row: Preference, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.row = row
        self._theme = theme
        self.name = QLabel(row.title, self)
        self.note = QLabel(row.note, self)
        self.note.setProperty("type", "caption")
        self.note.setVisible(bool(row.note))
        self.dot = Dot(theme, row.title, self)
        self.control = control_for(row, theme, icons, self)
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addWidget(self.dot)
        head.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addLayout(head)
        texts.addWidget(self.note)
        texts.addStretch(1)
        line = QVBoxLayout(self) if row.kind in _TALL else QHBoxLayout(self)
        pad = round(theme.scaled(6 if row.kind in _TALL else 0))
        line.setContentsMargins(0, pad, 0, pad)
        line.addLayout(texts, 1)
        line.addWidget(self.control)
        self.setMinimumHeight(round(theme.scaled(_HEIGHT)))
        self.dot.clicked.connect(lambda: self.reset.emit(row))
        self.control.chosen.connect(self.chosen)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        if self.row.kind == "checks":
            self.control.show_value({key: settings.get(key) for key in self.row.keys})
        else:
            self.control.show_value(shown_value(self.row, settings))
        had_focus = self.dot.hasFocus()
        self.dot.setVisible(not all(settings.is_default(key) for key in self.row.keys))
        if had_focus and not self.dot.isVisible():
            self.give_focus()

    def give_focus(self) -> None:
        """Put the focus on the control."""
        for part in self.control.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line under the row."""
        painter = QPainter(self)
        bottom = self.height() - 1
        hairline(painter, 0, bottom, self.width(), self._theme.color("line.subtle"))
        painter.end()
