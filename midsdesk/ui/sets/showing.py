"""Keeps the sets dock up to date while it is in sight, and does what it asks for."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from midsdesk.app.sets_view import sets_view
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.sets.panel import SetsPanel
from midsdesk.ui.why.asking import Asking

# The second calculation waits until the last change is this old.
_LATER_MS = 40


class SetsShowing(QObject):
    """Between the document and the dock."""

    def __init__(
        self,
        panel: SetsPanel,
        controller: DocumentController,
        asking: Asking,
        find: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._controller = controller
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.show_now)
        controller.changed.connect(self._changed)
        panel.place_wanted.connect(asking.go_to)
        panel.total_wanted.connect(asking.explain_total)
        panel.search_wanted.connect(find)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; what comes into sight shows the build at once."""
        if event.type() == QEvent.Type.Show:
            self.show_now()
        return False

    def show_now(self) -> None:
        """Show the sets of the build."""
        document = self._controller.document
        if document is not None:
            self._panel.set_view(sets_view(document))

    def _changed(self) -> None:
        if self._panel.isVisible():
            self._later.start(_LATER_MS)
