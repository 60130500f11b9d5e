"""The lights of all powers under names: a selector, and a field to name the present ones."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from midsdesk.app.presets import EVERYTHING_OFF, EVERYTHING_ON
from midsdesk.app.views import Choice
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.selector import Selector

_SAVE: Final = "\0save"
_REMOVE: Final = "\0remove"
_WIDTH: Final = 150


class PresetBox(QWidget):
    """Shows names; decides nothing.

    Signals:
        chosen: A name, or one of `EVERYTHING_ON` and `EVERYTHING_OFF`.
        named: The name the present lights shall have. removed: a name that is not wanted.
    """

    chosen = Signal(str)
    named = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start without any."""
        super().__init__(parent)
        self._theme = theme
        self._current = ""
        self.selector = Selector(theme, icons, self.tr("Lights of all powers"), self)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(self.tr("Name of these lights"))
        self.field.setPlaceholderText(self.tr("Name, then Enter"))
        self.field.setMaxLength(40)
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.addWidget(self.selector)
        self._layers.addWidget(self.field)
        self.selector.chosen.connect(self._choose)
        self.field.returnPressed.connect(self._name)
        self.field.installEventFilter(self)
        self.selector.installEventFilter(self)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_presets(self, names: tuple[str, ...], current: str) -> None:
        """Show names; `current` is "" where the lights are as no preset has them."""
        self._current = current if current in names else ""
        choices = [
            Choice(EVERYTHING_ON, self.tr("Everything on")),
            Choice(EVERYTHING_OFF, self.tr("Everything off")),
            *(Choice(name, name) for name in names),
            Choice(_SAVE, self.tr("Save these lights…")),
        ]
        if self._current:
            choices.append(Choice(_REMOVE, self.tr("Remove “{0}”").format(current)))
        self.selector.set_choices(tuple(choices), current, empty=self.tr("Lights as set"))

    def ask_name(self) -> None:
        """Let the present lights be named."""
        self.field.setText(self._current)
        self.field.selectAll()
        self._layers.setCurrentWidget(self.field)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; Esc, or leaving the field, names nothing. Arrows open, they switch nothing."""
        if watched is self.selector and isinstance(event, QKeyEvent):
            arrow = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if event.type() == QEvent.Type.KeyPress and arrow:
                self.selector.showPopup()
                return True
        if watched is self.field:
            kind = event.type()
            escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
            if kind == QEvent.Type.ShortcutOverride and escape:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and escape:
                self._close(focus=True)
                return True
            if kind == QEvent.Type.FocusOut:
                self._close(focus=False)
        return False

    def _choose(self, name: str) -> None:
        if name == _SAVE:
            self.ask_name()
        elif name == _REMOVE:
            self.removed.emit(self._current)
        else:
            self.chosen.emit(name)

    def _name(self) -> None:
        name = self.field.text()
        self._close(focus=True)
        self.named.emit(name)

    def _close(self, *, focus: bool) -> None:
        if self._layers.currentWidget() is self.field:
            self._layers.setCurrentWidget(self.selector)
            if focus:
                self.selector.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        self.setFixedSize(round(self._theme.scaled(_WIDTH)), self._theme.ipx("list_head"))
