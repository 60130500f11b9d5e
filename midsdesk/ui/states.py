"""The menu of states: what the powers of the build ask for in a fight, to switch by hand.

It holds only what the build on show asks for, and is made anew each time it opens.
"""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from midsdesk.app import states
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.ui.controller import DocumentController


class StatesMenu(QMenu):
    """Switches and numbers of stacks; each is one step of the history."""

    def __init__(self, controller: DocumentController, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setTitle(self.tr("&States"))
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Make the rows for the build on show."""
        self.clear()
        document = self._controller.document
        offered = states.states(document) if document is not None else ()
        if document is None or not offered:
            empty = self.addAction(self.tr("No power of the build asks for any"))
            empty.setEnabled(False)
            return
        for each in offered:
            why = self.tr("For {0}").format(states.asked_by(document, each))
            if each.most <= 1:
                self._switch(self, each.name, why, each.power, 0 if each.on else 1, on=each.on)
                continue
            menu = self.addMenu(each.name)
            menu.setToolTipsVisible(True)
            now = each.stacks if each.on else 0
            for number in range(each.most + 1):
                text = self.tr("None") if number == 0 else str(number)
                self._switch(menu, text, why, each.power, number, on=number == now)

    def _switch(
        self, menu: QMenu, text: str, why: str, power: str, wanted: int, *, on: bool
    ) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        action.setToolTip(why)

        def make(document: Document) -> Command:
            return states.set_state(document, power, wanted)

        action.triggered.connect(lambda: self._controller.run(make))
        return action
