"""One powerset place: its selector and, under it, its words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from midsdesk.app.views import WordList
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.selector import Selector
from midsdesk.ui.words.view import WordListView


class PlaceBlock(QWidget):
    """A selector over a pick list."""

    powerset_chosen = Signal(int, str)

    def __init__(
        self, theme: Theme, icons: Icons, place: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = place
        self.head = Selector(theme, icons, self.tr("Powerset"), self)
        self.head.setProperty("type", "strong")
        self.words = WordListView(theme, icons, self)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.head)
        self._layout.addWidget(self.words)
        self.head.chosen.connect(lambda name: self.powerset_chosen.emit(place, name))
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_words(self, shown: WordList) -> None:
        """Show a place."""
        empty = self.tr("Choose {0}").format(shown.title.lower())
        self.head.setAccessibleName(self.tr("{0} powerset").format(shown.title))
        reason = shown.lock_reason if shown.locked else ""
        self.head.set_choices(shown.choices, shown.powerset, reason, empty)
        self.words.setAccessibleName(self.tr("{0} powers").format(shown.title))
        self.words.set_words(shown.words)

    def _restyle(self) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(round(self._theme.scaled(2)))
