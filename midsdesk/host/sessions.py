"""Runs of the program: each holds a lock that the system lets go of, however the run ends."""

import os
import sys
import uuid
from pathlib import Path
from typing import IO

from midsdesk.errors import StorageError


class Session:
    """One run of the program; alive until closed or killed."""

    def __init__(self, folder: Path) -> None:
        """Begin a run.

        Raises:
            StorageError: The folder cannot be written.
        """
        self._folder = folder
        self.id = uuid.uuid4().hex
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: IO[bytes] | None = (folder / f"{self.id}.lock").open("wb")
        except OSError as cause:
            raise StorageError(f"{folder} cannot be written: {cause.strerror}.") from cause
        _lock(self._file)

    def close(self) -> None:
        """End the run and remove its lock file."""
        if self._file is not None:
            self._file.close()
            self._file = None
            (self._folder / f"{self.id}.lock").unlink(missing_ok=True)

    def is_alive(self, session: str) -> bool:
        """Whether a run, this one or another, still goes on. Removes the locks of dead ones."""
        if session == self.id:
            return self._file is not None
        path = self._folder / f"{Path(session).name}.lock"
        try:
            with path.open("rb+") as file:
                if not _lock(file):
                    return True
        except FileNotFoundError:
            return False
        except OSError:
            return True
        path.unlink(missing_ok=True)
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        """Take the lock; False if another run holds it."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        """Take the lock; False if another run holds it."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        os.set_inheritable(file.fileno(), False)
        return True
