"""Opening from everywhere: file dialog, drag and drop, clipboard, command line.

One way for all. What fails or is called off says so once and touches nothing that is open.
"""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from midsdesk.app import files, imports
from midsdesk.app.decisions import Decisions
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.app.import_rows import Mark
from midsdesk.app.imports import Brought, Import
from midsdesk.errors import MidsdeskError
from midsdesk.ui.files.import_report import ImportReport
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.messages import MessageArea, Remedy, Tone
from midsdesk.ui.workspace import Workspace

_LONGEST_SAID = 160
_MOST_DROPPED = 50


class Opening(QObject):
    """Brings builds into the window.

    Args:
        workspace: What there is to work with, None until the game data are open.
        show: Puts a new document into a tab.
        find: Goes to the tab of a file that is open already; True if it was.
    """

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        window: QWidget,
        messages: MessageArea,
        status: StatusStrip,
        workspace: Callable[[], Workspace | None],
        show: Callable[[Document], None],
        find: Callable[[Path], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._status = status
        self._workspace = workspace
        self._show = show
        self._find = find
        self._waiting: deque[Import] = deque()
        self._imports: WeakKeyDictionary[Document, Import] = WeakKeyDictionary()
        self.report = ImportReport(theme, icons, window)
        self.report.accepted.connect(self._accepted)
        self.report.rejected.connect(self._rejected)
        self.report.decided.connect(self._decided)
        self.report.reopened.connect(self._reopened)

    # --- where builds come from ---------------------------------------------------------------
    def ask(self) -> None:
        """Ask which files to open."""
        workspace = self._workspace()
        if workspace is None:
            return
        folder = workspace.settings.get("last_folder")
        kinds = ";;".join(
            (
                self.tr("Builds (*.mbd *.mdbuild *.mxd *.txt *.mhd *.html *.htm)"),
                self.tr("All files (*)"),
            )
        )
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Open builds"), folder, kinds)
        for name in names:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Open a file of any form, or go to its tab if it is open already."""
        if self._workspace() is not None and not self._find(path):
            self._bring(lambda: imports.from_file(path))

    def open_text(self, text: str, name: str) -> None:
        """Open a build that stands in a text."""
        self._bring(lambda: imports.from_text(text, name))

    def open_word(self, word: str) -> None:
        """Open what stands on the command line: a file, a link or a code."""
        path = Path(word)
        if path.is_file():
            self.open_file(path.absolute())
        else:
            self._bring(lambda: imports.from_word(word))

    def paste(self) -> None:
        """Open what is in the clipboard: files or a text."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime is None or not self.takes(mime):
            self._status.refuse(
                self.tr("There is neither a text nor a file to open in the clipboard.")
            )
            return
        self.open_mime(mime, self.tr("Clipboard"))

    def takes(self, mime: QMimeData) -> bool:
        """Whether there is anything that might hold a build."""
        return any(url.isLocalFile() for url in mime.urls()) or bool(mime.text().strip())

    def open_mime(self, mime: QMimeData, name: str) -> None:
        """Open the files, or else the text."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        for path in paths[:_MOST_DROPPED]:
            self.open_file(path)
        if len(paths) > _MOST_DROPPED:
            text = self.tr("{0} files are too many at once; the first {1} were opened.")
            self._messages.show_message(Tone.WARN, text.format(len(paths), _MOST_DROPPED))
        if not paths:
            self.open_text(mime.text(), name)

    def show_report(self, document: Document | None) -> None:
        """Show how the document was read, if it was."""
        made = self._imports.get(document) if document is not None else None
        if made is None or document is None:
            self._status.refuse(self.tr("This build was not imported; there is no report of it."))
            return
        imports.agree(made, document.build)
        changed = self.tr("It was changed since; decide it in the build itself.")

        def locked(index: int) -> str:
            return "" if imports.is_untouched(made, index, document.build) else changed

        self.report.show_import(made, locked)

    def forget_import(self, document: Document) -> None:
        """The build went to other game data; its report speaks of names that are gone."""
        self._imports.pop(document, None)

    def forget_decisions(self) -> None:
        """Forget what was decided about doubtful texts."""
        decisions = self._decisions()
        if decisions is None:
            return
        count = self._guarded(decisions.forget_all) or 0
        said = self.tr("No decision is remembered.")
        if count:
            said = self.tr("{0} decisions about doubtful names are forgotten.").format(count)
        self._status.say(said)

    # --- one way for all ----------------------------------------------------------------------
    def _bring(self, bring: Callable[[], Brought]) -> None:
        workspace = self._workspace()
        if workspace is None:
            return
        try:
            made = imports.read(bring(), workspace.catalog, workspace.decisions)
        except MidsdeskError as error:
            self._messages.show_message(Tone.ERROR, error.user_message)
            return
        if made.undecided:
            self._waiting.append(made)
            self._next()
        else:
            self._open(made)

    def _next(self) -> None:
        """Show the report of the next import that somebody must look at."""
        if self._waiting and not self.report.isVisible():
            self.report.show_import(self._waiting.popleft())

    def _accepted(self, made: Import) -> None:
        self._open(made)
        self._next()

    def _rejected(self, made: Import) -> None:
        text = self.tr("{0} was not opened; nothing has changed.")
        self._status.note(text.format(made.brought.name))
        self._next()

    def _open(self, made: Import) -> None:
        workspace = self._workspace()
        if workspace is None:
            return
        document = files.document_of(
            made, workspace.calculator_of(made.catalog), workspace.calc_settings()
        )
        self._imports[document] = made
        self._show(document)
        self._tell(made, document)
        if made.brought.path is not None:
            self._remember(workspace, made.brought.path)

    def _tell(self, made: Import, document: Document) -> None:
        rows, name = made.rows, made.brought.name
        odd = [row for row in rows if row.mark not in (Mark.UNDERSTOOD, Mark.NOTE)]
        if not odd:
            text = self.tr("Opened {0}: all {1} lines or fields were understood.")
            self._status.say(text.format(name, len(rows)))
            return
        self._status.say(self.tr("Opened {0}").format(name))
        first = f"{odd[0].place}: “{odd[0].original}” {odd[0].made}".replace("“” ", "")
        shown = first if len(first) < _LONGEST_SAID else f"{first[:_LONGEST_SAID]}…"
        if len(odd) > 1:
            shown = self.tr("{0} ({1} more)").format(shown, len(odd) - 1)
        text = self.tr("{0} was opened, but not all of it as it stood. {1}").format(name, shown)
        report = Remedy(self.tr("Show report"), lambda: self.show_report(document))
        self._messages.show_message(Tone.WARN, text, report)

    # --- decisions ----------------------------------------------------------------------------
    def _decided(self, made: Import, index: int, candidate: str, remember: bool) -> None:
        decisions = self._decisions()
        if decisions is not None and remember:
            self._guarded(lambda: decisions.remember(made.choices[index], candidate))
        self._apply(made, index)

    def _reopened(self, made: Import, index: int) -> None:
        decisions = self._decisions()
        if decisions is not None:
            self._guarded(lambda: decisions.forget(made.choices[index]))

    def _apply(self, made: Import, index: int) -> None:
        """Let a decision act on the document that is open already."""
        document = next((d for d, each in self._imports.items() if each is made), None)
        if document is None:
            return
        text = self.tr("Decide {0}").format(made.choices[index].place)
        document.do(Command(text, lambda build: made.with_decision(build, index)))

    def _decisions(self) -> Decisions | None:
        workspace = self._workspace()
        return workspace.decisions if workspace is not None else None

    def _remember(self, workspace: Workspace, path: Path) -> None:
        def keep() -> None:
            workspace.settings.add_recent_file(path)
            workspace.settings.set("last_folder", str(path.parent))

        self._guarded(keep)

    def _guarded(self, work: Callable[[], object]) -> int | None:
        try:
            result = work()
        except MidsdeskError as error:
            self._status.refuse(error.user_message)
            return None
        return result if isinstance(result, int) else None
