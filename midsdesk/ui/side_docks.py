"""The docks one works beside: sets & bonuses, history, notes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from midsdesk.ui.controller import DocumentController
from midsdesk.ui.docks.bottom import BottomDocks
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.history.panel import HistoryPanel
from midsdesk.ui.notes import NotesPanel
from midsdesk.ui.search import Searching
from midsdesk.ui.sets.panel import SetsPanel
from midsdesk.ui.sets.showing import SetsShowing
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.why.asking import Asking


class SideDocks(QObject):
    """Makes the docks and connects them with the document."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        art: SlotArt,
        docks: BottomDocks,
        controller: DocumentController,
        asking: Asking,
        searching: Searching,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self.sets = SetsPanel(theme, icons, art)
        self.history = HistoryPanel(theme, icons, controller)
        docks.add("sets", self.tr("Sets and bonuses"), self.sets, self.sets.head)
        self.notes = NotesPanel(theme, icons, controller)
        docks.add("notes", self.tr("Notes"), self.notes, self.notes.head)
        docks.add("history", self.tr("History"), self.history, self.history.head)

        def find() -> None:
            searching.open("sets: usable in my powers ")

        self._showing = SetsShowing(self.sets, controller, asking, find, self)
