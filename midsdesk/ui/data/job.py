"""Work with game data off the window's thread, with progress and a way to stop it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from midsdesk.app.jobs import JobCancelled, Progress
from midsdesk.errors import InternalError, MidsdeskError


class Job(QThread):
    """Runs once; its signals come to the window's thread.

    Signals:
        progressed: Done, total, name of the stage.
        succeeded: What the work returned. failed: the error. cancelled: it was stopped.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Callable[[Progress], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work

    def run(self) -> None:
        """Work off the window's thread."""
        try:
            result = self._work(self)
        except JobCancelled:
            self.cancelled.emit()
        except MidsdeskError as error:
            self.failed.emit(error)
        except Exception as error:  # noqa: BLE001 - nothing above this thread would hear of it
            text = f"Something unforeseen happened ({error!r}); please report this."
            self.failed.emit(InternalError(text))
        else:
            self.succeeded.emit(result)

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report; see `midsdesk.app.jobs.Progress`."""
        if self.isInterruptionRequested():
            raise JobCancelled
        self.progressed.emit(done, total, note)
