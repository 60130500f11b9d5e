"""Long work with game data, one at a time: its thread, its progress, its end."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from midsdesk.app.data_stages import StageWatch, issue_rows
from midsdesk.app.jobs import Progress
from midsdesk.errors import MidsdeskError
from midsdesk.ui.data.job import Job
from midsdesk.ui.data.sheet import DataSheet
from midsdesk.ui.data.table import Line
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.widgets.messages import MessageArea, Tone

Report = dict[str, object]
_TICK_MS, _PARTS = 200, 1000
_INFO = ("mark-info", "state.info")
_SIGNS = {"error": ("mark-error", "state.error"), "warning": ("mark-warn", "state.warn")}


class Running(QObject):
    """Shows in the sheet how far it is; the window stays free meanwhile.

    Signals:
        changed: It began, or is over.
    """

    changed = Signal()

    def __init__(
        self,
        sheet: DataSheet,
        messages: MessageArea,
        status: StatusStrip,
        refused: Callable[[], Report | None],
        parent: QObject,
    ) -> None:
        """`refused` gives the report of a source that was at fault."""
        super().__init__(parent)
        self._sheet, self._messages, self._status = sheet, messages, status
        self._refused = refused
        self._job: Job | None = None
        self._watch: StageWatch | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show)

    @property
    def busy(self) -> bool:
        """Work goes on."""
        return self._job is not None

    def begin(
        self, work: Callable[[Progress], object], told: Callable[[object], None], title: str = ""
    ) -> None:
        """Begin work.

        Args:
            work: Done off the window's thread.
            told: Given what it returned.
            title: Of an import, whose stages are shown; "" for other work.
        """
        if self._job is not None:
            return
        self._job = Job(work, self)
        self._job.progressed.connect(self._progressed)
        self._job.succeeded.connect(lambda result: self._ended(lambda: told(result)))
        self._job.failed.connect(lambda error: self._ended(lambda: self._failed(error)))
        self._job.cancelled.connect(lambda: self._ended(self._cancelled))
        self._sheet.set_busy(busy=True)
        if title:
            self._show_stages(title)
        self.changed.emit()
        self._job.start()

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._job is not None:
            self._job.requestInterruption()
            self._sheet.set_busy(busy=True, cancelling=True)

    def stop(self) -> None:
        """Stop it and wait for its end; called when the program ends."""
        if self._job is not None:
            self._job.requestInterruption()
            self._job.wait()

    def tell(self, text: str, report: Report | None) -> None:
        """Tell what an import came to."""
        if self._watch is not None:
            self._watch.end(report, whole=True)
            self._show()
        rows = issue_rows(report)
        found = self.tr("{0} remarks about the source.").format(len(rows)) if rows else ""
        self._sheet.stages.say(f"{text} {found}".strip(), issues=bool(rows))
        self.fill_issues(report)
        self._sheet.show_page(self._sheet.stages)
        self._sheet.say(text)
        self._status.say(text)
        if self._sheet.isVisible():
            self._sheet.list.setFocus()

    def fill_issues(self, report: Report | None) -> None:
        """Fill the list of what an import found."""
        rows = issue_rows(report)
        lines = tuple(
            Line(
                (row.place, row.message),
                f"{row.severity}: {row.place}: {row.message}",
                sign=_SIGNS.get(row.severity, _INFO),
            )
            for row in rows
        )
        said = self.tr("{0} remarks, the worst first.").format(len(rows))
        self._sheet.issues.show_lines(self.tr("What the import found"), said, lines)

    def _show_stages(self, title: str) -> None:
        self._watch = StageWatch()
        stages = self._sheet.stages
        stages.title.setText(title)
        stages.say("", issues=False)
        self._show()
        self._tick.start()
        self._sheet.say("")
        self._sheet.show_page(stages)
        self._sheet.cancel.setFocus()

    def _ended(self, tell: Callable[[], None]) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.wait()
            job.deleteLater()
        self._tick.stop()
        self._status.set_progress(0, 0)
        self._sheet.set_busy(busy=False)
        tell()
        self._watch = None
        self.changed.emit()

    def _cancelled(self) -> None:
        text = self.tr("Cancelled; nothing has changed.")
        self._sheet.show_page(self._sheet.details)
        self._sheet.say(text)
        self._status.note(text)
        if self._sheet.isVisible():
            self._sheet.list.setFocus()

    def _failed(self, error: MidsdeskError) -> None:
        if self._watch is not None:
            report = self._refused()
            self._watch.end(report, whole=False)
            self._show()
            self._sheet.stages.say(error.user_message, issues=bool(issue_rows(report)))
            self.fill_issues(report)
        self._sheet.say(error.user_message)
        if self._sheet.isVisible():
            self._sheet.list.setFocus()
        else:
            self._messages.show_message(Tone.ERROR, error.user_message)

    def _progressed(self, done: int, total: int, stage: str) -> None:
        if self._watch is not None:
            self._watch.step(done, total, stage)
            self._show()
            self._status.set_progress(round(self._watch.share * _PARTS), _PARTS)

    def _show(self) -> None:
        if self._watch is not None:
            self._sheet.stages.show_watch(self._watch)
