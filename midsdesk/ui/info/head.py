"""Tabs and title of the info panel."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QWidget

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import CENTER, draw_text, hairline, inner_ring, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.icon_button import IconButton

_TAB_HEIGHT = 26
_ACTIVATION = {"click": "kind-click", "toggle": "kind-toggle", "auto": "kind-auto"}


class TabButton(QAbstractButton):
    """One tab: caption in capitals, an accent line while it is current."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        """Show `text`."""
        super().__init__(parent)
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def font_of(self, *, current: bool) -> QFont:
        """Return the font of the caption."""
        font = self._theme.font("caption")
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self._theme.scaled(0.3))
        if current:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        """See Qt."""
        width = text_width(self.font_of(current=True), self.text()) + self._theme.scaled(8)
        return QSize(round(width), round(self._theme.scaled(_TAB_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """See Qt."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """See Qt."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """See Qt."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        theme, rect = self._theme, QRectF(self.rect())
        current = self.isChecked()
        role = "text.primary" if current or self.underMouse() else "text.muted"
        draw_text(painter, rect, self.text(), self.font_of(current=current), theme.color(role),
                  CENTER)  # fmt: skip
        if current:
            line = QRectF(0, rect.height() - theme.scaled(2), rect.width(), theme.scaled(2))
            painter.fillRect(line, theme.color("accent"))
        if self.hasFocus():
            width = theme.px("focus_ring")
            inner_ring(painter, rect, theme.color("line.focus"), width, theme.scaled(3))
        painter.end()


class InfoTabs(QWidget):
    """The four tabs; ← and → move between them."""

    changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """The first is current."""
        super().__init__(parent)
        self._theme = theme
        names = (self.tr("INFO"), self.tr("EFFECTS"), self.tr("TOTALS"), self.tr("ENHANCE"))
        self._row = QHBoxLayout(self)
        self.buttons = tuple(TabButton(theme, name, self) for name in names)
        for number, button in enumerate(self.buttons):
            self._row.addWidget(button, 1)
            button.clicked.connect(lambda _checked=False, n=number: self.select(n))
        self.buttons[0].setChecked(True)
        self.restyle()

    @property
    def current(self) -> int:
        """Number of the current tab, from 0."""
        return next(n for n, button in enumerate(self.buttons) if button.isChecked())

    def select(self, number: int) -> None:
        """Go to a tab."""
        self.buttons[number].setChecked(True)
        self.changed.emit(number)

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        side = round(self._theme.scaled(6))
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(0)
        self.setFixedHeight(round(self._theme.scaled(_TAB_HEIGHT)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        wanted = (self.current + step) % len(self.buttons)
        self.select(wanted)
        self.buttons[wanted].setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        color = self._theme.color("line.subtle")
        hairline(painter, 0, self.height() - 1.0, self.width(), color)
        painter.end()


class InfoTitle(QWidget):
    """Title, activation glyph, lock, float."""

    lock_clicked = Signal()
    float_clicked = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Start blank."""
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._activation = ""
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setObjectName("info-title")
        self.glyph = QLabel(self)
        self.lock = IconButton(theme, icons, "act-unlock", self.tr("Keep this power here"), self)
        self.floating = IconButton(theme, icons, "act-float", self.tr("Float"), self)
        self.lock.clicked.connect(self.lock_clicked)
        self.floating.clicked.connect(self.float_clicked)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.label, 1)
        for part in (self.glyph, self.lock, self.floating):
            self._row.addWidget(part)
        self.restyle()

    def show_power(self, title: str, activation: str) -> None:
        """Show a power's title and how it is activated."""
        self.label.setText(title)
        self.label.setToolTip(title)
        self._activation = activation
        self._show_glyph()

    def set_locked(self, locked: bool) -> None:
        """Show whether the panel keeps this power."""
        name = self.tr("Follow the pointer again") if locked else self.tr("Keep this power here")
        self.lock.rename("act-lock" if locked else "act-unlock", name, accent=locked)

    def restyle(self) -> None:
        """Take fonts and sizes from the theme again."""
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(round(self._theme.scaled(2)))
        # A style sheet of the application would win over setFont.
        points = self._theme.points(self._theme.tokens.types["title"].px)
        color = self._theme.color("text.primary").name()
        self.label.setStyleSheet(f"font-size: {points:.2f}pt; font-weight: 600; color: {color};")
        self.label.setMinimumWidth(1)
        self._show_glyph()

    def _show_glyph(self) -> None:
        name = _ACTIVATION.get(self._activation)
        self.glyph.setVisible(name is not None)
        if name is not None:
            ratio = self.devicePixelRatioF()
            size = self._theme.scaled(13)
            self.glyph.setPixmap(self._icons.pixmap(name, size, "text.secondary", ratio))
            self.glyph.setAccessibleName(self._activation)
            self.glyph.setToolTip(self._activation.capitalize())
