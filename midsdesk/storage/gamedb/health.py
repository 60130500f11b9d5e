"""Whether a game database is what was once written: its hash, and SQLite's own check."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from midsdesk.errors import GameDatabaseError
from midsdesk.storage.gamedb.connection import ReadConnection

_AT_ONCE: Final = 1 << 20
_STEPS_PER_LOOK: Final = 100_000

Look = Callable[[int, int], None]


def file_hash(path: Path, look: Look) -> str:
    """Return the SHA-256 of a file.

    Args:
        path: Where it is.
        look: Told bytes done and bytes in all; may raise to stop.

    Raises:
        GameDatabaseError: It cannot be read.
    """
    found = hashlib.sha256()
    done = 0
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            while part := file.read(_AT_ONCE):
                found.update(part)
                done += len(part)
                look(done, total)
    except OSError as cause:
        raise GameDatabaseError(f"{path} cannot be read ({cause.strerror}).") from cause
    return found.hexdigest()


def meta(path: Path) -> dict[str, str]:
    """Return what a game database says about itself.

    Raises:
        GameDatabaseError: It is none, damaged, or of another version.
    """
    file = ReadConnection(path)
    try:
        return {name: value for name, value in file.rows("SELECT name, value FROM meta")}  # noqa: C416
    finally:
        file.close()


def flaws(path: Path, look: Look) -> tuple[str, ...]:
    """Return what SQLite finds wrong with a database, nothing for a whole one.

    Args:
        path: Where it is.
        look: Called every few milliseconds; may raise to stop.
    """
    try:
        with_stop = _Stopping(look)
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as cause:
        return (str(cause),)
    try:
        connection.set_progress_handler(with_stop, _STEPS_PER_LOOK)
        rows = connection.execute("PRAGMA integrity_check(5)").fetchall()
    except sqlite3.DatabaseError as cause:
        with_stop.again()
        return (str(cause),)
    finally:
        connection.close()
    return tuple(str(row[0]) for row in rows if row[0] != "ok")


class _Stopping:
    """Carries what `look` raised over the library, which would swallow it."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._raised: BaseException | None = None

    def __call__(self) -> int:
        try:
            self._look(0, 0)
        except BaseException as raised:  # noqa: BLE001 - it is raised again
            self._raised = raised
            return 1
        return 0

    def again(self) -> None:
        if self._raised is not None:
            raise self._raised
