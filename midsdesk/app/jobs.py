"""Long work: what a job is given to report with."""

from typing import Protocol


class JobCancelled(BaseException):
    """The user asked to stop. Not an error, and no `except Exception` may swallow it."""


class Progress(Protocol):
    """What a job is given to report with."""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report; call it at least every 50 ms of work. Raises JobCancelled on request."""
