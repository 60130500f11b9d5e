"""Answers the sheet of game data: adding, checking, switching. Long work runs on a thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from midsdesk.app.data_desk import Compared, DataDesk, Offer
from midsdesk.app.data_rows import as_text, change_rows, summary
from midsdesk.app.datasets import Verdict
from midsdesk.app.gamedata import InstalledData
from midsdesk.app.jobs import Progress
from midsdesk.errors import MidsdeskError
from midsdesk.ui.builds import OpenBuilds
from midsdesk.ui.data.job import Job
from midsdesk.ui.data.running import Running
from midsdesk.ui.data.sheet import DataSheet
from midsdesk.ui.data.table import Line
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.messages import MessageArea, Remedy, Tone

T = TypeVar("T")


class DataManager(QObject):
    """One for the window."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        window: QWidget,
        builds: OpenBuilds,
        messages: MessageArea,
        status: StatusStrip,
    ) -> None:
        super().__init__(window)
        self._window, self._builds = window, builds
        self._messages, self._status = messages, status
        self._looking: Job | None = None
        self._offer: Offer | None = None
        self._attached = ""
        self._folders: tuple[Path, ...] = ()
        self._copied = ""
        self.sheet = DataSheet(theme, icons, window)
        self._running = Running(self.sheet, messages, status, self._refused, self)
        self._running.changed.connect(self.refresh)
        self._connect()
        builds.current_changed.connect(lambda _: self._refresh_open())

    @property
    def busy(self) -> bool:
        """Work goes on."""
        return self._running.busy

    def open(self) -> None:
        """Show the sheet."""
        if self._desk is None:
            self._status.refuse(self.tr("There are no game data to manage here."))
            return
        self.sheet.say("")
        if not self.busy:
            self.sheet.show_page(self.sheet.details)
        self.refresh()
        self.sheet.open(self.sheet.list)
        self._look_around()

    def stop(self) -> None:
        """End the work; called when the program ends."""
        self._running.stop()
        if self._looking is not None:
            self._looking.wait()

    def refresh(self, wanted: str = "") -> None:
        """Show the installed data sets as they are now."""
        desk = self._desk
        if desk is None:
            return
        sheet = self.sheet
        sheet.set_rows(desk.rows(self._builds.documents, self._builds.current), wanted)
        previous = desk.sets.previous()
        sheet.roll_back.setEnabled(previous is not None and not self.busy)
        self._show_row()

    # --- what is shown ---------------------------------------------------------------------
    @property
    def _desk(self) -> DataDesk | None:
        workspace = self._builds.workspace
        return workspace.desk if workspace is not None else None

    @property
    def _name(self) -> str:
        row = self.sheet.list.current_row
        return row.name if row is not None else ""

    def _connect(self) -> None:
        sheet, details = self.sheet, self.sheet.details
        sheet.chosen.connect(self._row_chosen)
        sheet.add_file.clicked.connect(self._ask_file)
        sheet.add_folder.clicked.connect(self._ask_folder)
        sheet.found.clicked.connect(lambda: self.show_offer(self._folders[0]))
        sheet.roll_back.clicked.connect(self._roll_back)
        sheet.cancel.clicked.connect(self._running.cancel)
        details.switch.clicked.connect(self._switch)
        details.use.clicked.connect(self._use)
        details.changes.clicked.connect(self._show_changes)
        details.verify.clicked.connect(self._verify)
        details.repair.clicked.connect(self._repair)
        details.remove.clicked.connect(self._remove)
        details.report.clicked.connect(self._show_report)
        sheet.offer.start.clicked.connect(self._start_offer)
        sheet.offer.attach.clicked.connect(self._ask_attached)
        sheet.stages.show_issues.clicked.connect(self._show_found)
        for page in (sheet.changes, sheet.issues):
            page.back.clicked.connect(self._back)
            page.copy.clicked.connect(self._copy)

    def _refresh_open(self) -> None:
        if self.sheet.isVisible():
            self.refresh()

    def _row_chosen(self) -> None:
        if self.sheet.pages.currentWidget() is not self.sheet.stages or not self.busy:
            self.sheet.show_page(self.sheet.details)
        self._show_row()

    def _show_row(self) -> None:
        desk, row = self._desk, self.sheet.list.current_row
        name = ""
        if self._builds.current is not None:
            name = self._builds.title_of(self._builds.current)
        self.sheet.details.show_row(row, name, busy=self.busy)
        has = desk is not None and row is not None and self._report_of(row.name) is not None
        self.sheet.details.report.setVisible(has)

    def _refused(self) -> dict[str, object] | None:
        return self._desk.sets.refused if self._desk is not None else None

    def _report_of(self, name: str) -> dict[str, object] | None:
        desk = self._desk
        try:
            return desk.sets.report(desk.item(name)) if desk is not None else None
        except MidsdeskError:
            return None

    def _back(self) -> None:
        self.sheet.show_page(self.sheet.details)
        self.sheet.list.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)
        self.sheet.say(self.tr("Copied."))

    # --- the open build --------------------------------------------------------------------
    def _switch(self) -> None:
        desk, document = self._desk, self._builds.current
        if desk is None or document is None:
            return
        compared = self._try(lambda: desk.switch(document, self._name))
        if compared is not None:
            self._builds.opening.forget_import(document)
            self._status.say(self.tr("{0} is on {1} now").format(self._title(), compared.after))
            self.refresh()
            self._show_compared(compared)
            self.sheet.say(self.tr("Switched. Undo takes it back."))

    def _show_changes(self) -> None:
        desk, document = self._desk, self._builds.current
        if desk is None or document is None:
            return
        compared = self._try(lambda: desk.compare(document, self._name))
        if compared is not None:
            self._show_compared(compared)
            self.sheet.say("")

    def _show_compared(self, compared: Compared) -> None:
        rows = change_rows(compared.changes)
        lines = tuple(
            Line((row.name, row.before, row.after), row.spoken, heading=row.heading) for row in rows
        )
        title = self.tr("{0}: {1} → {2}")
        found = compared.changes
        text = summary(found)
        page = self.sheet.changes
        page.show_lines(title.format(self._title(), compared.before, compared.after), text, lines)
        self._copied = as_text(found)
        self.sheet.show_page(page)
        (page.table if lines else page.back).setFocus()

    def _title(self) -> str:
        document = self._builds.current
        return self._builds.title_of(document) if document is not None else ""

    # --- the installed ones ----------------------------------------------------------------
    def _use(self) -> None:
        self._choose(lambda desk: desk.sets.choose(self._name))

    def _roll_back(self) -> None:
        self._choose(lambda desk: desk.sets.roll_back() and None)

    def _choose(self, choose: Callable[[DataDesk], object]) -> None:
        """Let new builds be made with another data set; it is opened first."""
        desk, workspace = self._desk, self._builds.workspace
        if desk is None or workspace is None:
            return

        def work() -> str:
            choose(desk)
            current = desk.sets.data.current()
            if current is None:
                return ""
            workspace.use(desk.opened(current.name))
            return current.name

        name = self._try(work)
        if name:
            self.refresh(name)
            row = self.sheet.list.current_row
            label = row.label if row is not None else name
            self.sheet.say(self.tr("New builds are made with {0} from now on.").format(label))

    def _remove(self) -> None:
        desk, name = self._desk, self._name
        if desk is None:
            return
        item = self._try(lambda: desk.remove(name, self._builds.documents))
        if item is None:
            return

        def bring_back() -> None:
            self._try(lambda: desk.sets.bring_back(item))
            self.refresh(name)

        again = Remedy(self.tr("Bring back"), bring_back)
        text = self.tr("The game data {0} were removed.").format(name)
        self._messages.show_message(Tone.OK, text, again)
        self.refresh()
        self.sheet.say(text)
        self.sheet.list.setFocus()

    def _verify(self) -> None:
        desk, name = self._desk, self._name
        item = self._try(lambda: desk.item(name)) if desk is not None else None
        if desk is None or item is None:
            return

        def told(verdict: object) -> None:
            assert isinstance(verdict, Verdict)
            text = self.tr("{0} is whole.").format(name)
            if verdict.flaws:
                text = f"{name}: {verdict.flaws[0]}"
            elif not verdict.noted:
                text = self.tr("{0} opens and reads well; there is no note to hold it against.")
                text = text.format(name)
            self.sheet.say(text)
            self._status.note(text)

        self.sheet.say(self.tr("Looking through {0}…").format(name))
        self._running.begin(lambda progress: desk.sets.verify(item, progress), told)

    def _repair(self) -> None:
        desk, name = self._desk, self._name
        item = self._try(lambda: desk.item(name)) if desk is not None else None
        if desk is None or item is None:
            return
        in_use = desk.sets.data.current() == item

        def told(made: object) -> None:
            assert isinstance(made, InstalledData)
            workspace = self._builds.workspace
            opened = self._try(lambda: desk.renewed(name, made, self._builds.documents))
            if opened is not None and in_use and workspace is not None:
                self._try(lambda: desk.sets.choose(made.name))
                workspace.use(opened)
            text = self.tr("{0} was written again.").format(made.name)
            self._added(text, made.name)

        def work(progress: Progress) -> object:
            return desk.sets.repair(item, progress, use=False)

        self._running.begin(work, told, self.tr("Repairing {0}").format(name))

    # --- adding ----------------------------------------------------------------------------
    def _ask_file(self) -> None:
        kinds = self.tr("Game data (*.zip *.json *.xz *.mdupdate);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Add game data from a file"), self._last_folder, kinds
        )
        if name:
            self.show_offer(Path(name))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Add game data from a folder"), self._last_folder
        )
        if name:
            self.show_offer(Path(name))

    def _added(self, text: str, name: str) -> None:
        self.refresh(name)
        self._running.tell(text, self._report_of(name))

    def _ask_attached(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a data folder of Mids"), self._last_folder
        )
        if name and self._offer is not None:
            self._attached = name
            self.sheet.offer.show_offer(self._offer, name)

    @property
    def _last_folder(self) -> str:
        workspace = self._builds.workspace
        return str(workspace.settings.get("last_folder")) if workspace is not None else ""

    def show_offer(self, path: Path) -> None:
        """Show what is about to be added."""
        desk = self._desk
        if desk is None or self.busy:
            return
        self._offer = desk.offer(path)
        self._attached = ""
        if self._offer.attachable and self._folders:
            self._attached = str(self._folders[0])
        self.sheet.offer.show_offer(self._offer, self._attached)
        self.sheet.say("")
        self.sheet.show_page(self.sheet.offer)
        page = self.sheet.offer
        (self.sheet.list if self._offer.refused else page.start).setFocus()

    def _start_offer(self) -> None:
        desk, offer = self._desk, self._offer
        if desk is None or offer is None:
            return
        attach = Path(self._attached) if self._attached else None
        use = self.sheet.offer.use.isChecked()

        def work(progress: Progress) -> object:
            return desk.sets.add(offer.path, progress, attach, use=False, older=True)

        def told(made: object) -> None:
            assert isinstance(made, InstalledData)
            text = self.tr("{0} was added.").format(made.name)
            self._added(text, made.name)
            if use:
                self._choose(lambda desk: desk.sets.choose(made.name))
            if not self.sheet.isVisible():
                show = Remedy(self.tr("Show"), self.open)
                self._messages.show_message(Tone.OK, text, show)

        self._running.begin(work, told, self.tr("Adding {0}").format(offer.path.name))

    def _look_around(self) -> None:
        """Look for data folders of Mids on this machine; it may take a moment."""
        desk = self._desk
        if desk is None or self._looking is not None:
            return
        self._looking = Job(lambda _: desk.found(), self)
        self._looking.succeeded.connect(self._found_folders)
        self._looking.finished.connect(self._looked)
        self._looking.start()

    def _found_folders(self, folders: object) -> None:
        assert isinstance(folders, tuple)
        self._folders = folders
        self.sheet.set_found(str(folders[0]) if folders else "")

    def _looked(self) -> None:
        job, self._looking = self._looking, None
        if job is not None:
            job.deleteLater()

    # --- lists -----------------------------------------------------------------------------
    def _show_report(self) -> None:
        self._running.fill_issues(self._report_of(self._name))
        self._show_found()

    def _show_found(self) -> None:
        page = self.sheet.issues
        self._copied = "\n".join(line.spoken for line in page.table.lines)
        self.sheet.show_page(page)
        (page.table if page.table.lines else page.back).setFocus()

    def _try(self, work: Callable[[], T]) -> T | None:
        """Do quick work; what is refused is said, and gives None."""
        try:
            return work()
        except MidsdeskError as error:
            self.sheet.say(error.user_message)
            self._status.refuse(error.user_message)
            return None
