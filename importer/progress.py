"""How a long import reports, and how it is told to stop."""

import json
import sys
import time
from collections.abc import Callable
from threading import Event
from typing import Final, TextIO, TypeAlias

_REPORT_EVERY_S: Final = 0.1


class ImportCancelled(BaseException):
    """The user asked to stop. Not an error, and no `except Exception` may swallow it."""


# Where reports go: stage, how much is done, of how much.
Sink: TypeAlias = Callable[[str, int, int], None]


class Progress:
    """Given to every stage: it reports with it, and learns from it that it should stop.

    Every stage calls `step` at least every 50 ms of work.
    """

    def __init__(self, sink: Sink | None = None, clock: Callable[[], float] = time.monotonic):
        self._sink = sink
        self._clock = clock
        self._stop = Event()
        self._stage = ""
        self._last = float("-inf")

    def cancel(self) -> None:
        """Ask the import to stop at its next step; safe from signal handlers and threads."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def begin(self, stage: str) -> None:
        """Name the stage the next steps belong to."""
        self._stage = stage
        self._last = float("-inf")
        self.check()

    def step(self, done: int, total: int) -> None:
        """Report; ten times a second at most, and always at the end of a stage.

        Raises:
            ImportCancelled: Somebody asked to stop.
        """
        self.check()
        now = self._clock()
        if self._sink and (done >= total or now - self._last >= _REPORT_EVERY_S):
            self._last = now
            self._sink(self._stage, done, total)

    def check(self) -> None:
        """Raise ImportCancelled if somebody asked to stop."""
        if self._stop.is_set():
            raise ImportCancelled


def json_lines(out: TextIO) -> Sink:
    """Return a sink that writes one JSON object a line."""

    def sink(stage: str, done: int, total: int) -> None:
        out.write(json.dumps({"stage": stage, "done": done, "total": total}) + "\n")
        out.flush()

    return sink


def bar(out: TextIO = sys.stderr) -> Sink:
    """Return a sink that draws one line, over and over."""

    def sink(stage: str, done: int, total: int) -> None:
        share = done / total if total else 1.0
        filled = round(share * 30)
        out.write(f"\r{stage:<12} [{'#' * filled}{'.' * (30 - filled)}] {share:4.0%}")
        if done >= total:
            out.write("\n")
        out.flush()

    return sink
