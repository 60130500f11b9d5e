"""Works out the effect of each difference while its dock is seen and nobody does anything.

One calculation at a time, a few hundredths of a second each; any change of the build or click or
key puts the rest off.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from midsdesk.app.document import Document
from midsdesk.app.quirks_view import QuirkRow, quirk_list, quirk_search
from midsdesk.errors import MidsdeskError
from midsdesk.model.build import Build
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.quirks.panel import QuirksPanel
from midsdesk.ui.why.asking import Asking

# The work rests this long after a change or an input; then it takes the window in slices.
_QUIET_MS, _SLICE_S = 400, 0.006
_INPUTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.HoverMove,
    }
)


class Watching(QObject):
    """One round at a time, for the build on show."""

    def __init__(
        self,
        panel: QuirksPanel,
        controller: DocumentController,
        asking: Asking,
        keep_rules: Callable[[Rules], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._controller = controller
        self._keep_rules = keep_rules
        self._rows = {row.id: row for row in quirk_list()}
        self._wanted: tuple[Document, Build, CalcSettings] | None = None
        self._search: Iterator[QuirkRow | None] | None = None
        self._done = self._listening = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._go_on)
        controller.changed.connect(self._changed)
        panel.rules_chosen.connect(self._choose)
        panel.followed.connect(lambda entry: asking.go_to(entry, -1))
        panel.set_rows(tuple(self._rows.values()))
        panel.installEventFilter(self)

    @property
    def done(self) -> bool:
        """All effects on the build on show are known."""
        return self._done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; the work goes on when the dock is seen, and rests while somebody acts."""
        if watched is self._panel and event.type() == QEvent.Type.Show:
            self._seen()
        elif watched is self._panel and event.type() == QEvent.Type.Hide:
            self._unseen()
        elif event.type() in _INPUTS and self._later.isActive():
            self._later.start(_QUIET_MS)
        return False

    def _seen(self) -> None:
        self._changed()
        if not self._done:
            self._begin()

    def _unseen(self) -> None:
        self._later.stop()
        self._listen(False)

    def _begin(self) -> None:
        self._listen(True)
        self._later.start(_QUIET_MS)

    def _listen(self, wanted: bool) -> None:
        """Hear of every input, for as long as there is work that must give way."""
        application = QCoreApplication.instance()
        if application is None or wanted == self._listening:
            return
        self._listening = wanted
        if wanted:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def _changed(self) -> None:
        document = self._controller.document
        if document is None:
            return
        self._panel.set_rules(document.settings.rules)
        now = (document, document.build, document.settings)
        if now == self._wanted:
            return
        self._wanted, self._search, self._done = now, None, False
        self._rows = {row.id: row for row in quirk_list()}
        self._panel.set_rows(tuple(self._rows.values()))
        if self._panel.isVisible():
            self._begin()

    def _go_on(self) -> None:
        if self._wanted is None or not self._panel.isVisible():
            return
        if self._search is None:
            document, build, settings = self._wanted
            self._search = quirk_search(build, document.catalog, settings)
        try:
            self._slice(self._search)
        except MidsdeskError:  # an archetype the game data lack: nothing can be computed
            self._listen(False)

    def _slice(self, search: Iterator[QuirkRow | None]) -> None:
        until, fresh = perf_counter() + _SLICE_S, False
        while perf_counter() < until:
            try:
                row = next(search)
            except StopIteration:
                self._done = True
                self._listen(False)
                break
            if row is not None:
                self._rows[row.id], fresh = row, True
        if fresh:
            self._panel.set_rows(tuple(self._rows.values()))
        if not self._done:
            self._later.start(0)

    def _choose(self, value: str) -> None:
        document, rules = self._controller.document, Rules(value)
        self._keep_rules(rules)
        if document is not None:
            document.set_settings(replace(document.settings, rules=rules))
