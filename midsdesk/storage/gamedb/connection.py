"""Opening a game database file for reading: quick, immutable, and only what is one."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from threading import RLock
from typing import Any

from midsdesk.errors import GameDatabaseError
from midsdesk.storage.gamedb.columns import APPLICATION_ID, SCHEMA_VERSION

_AGAIN = "Import the game data again."


class ReadConnection:
    """A connection that any thread may use, one at a time."""

    def __init__(self, path: Path) -> None:
        """Open `path`.

        Raises:
            GameDatabaseError: The file is missing, none of ours, damaged, or of another version.
        """
        self.path = path
        self._lock = RLock()
        self._connection = self._open(path)
        try:
            self._check()
        except BaseException:
            self._connection.close()
            raise

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            if not path.is_file():
                raise GameDatabaseError(f"There is no game database at {path}.", path=str(path))
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            return sqlite3.connect(uri, uri=True, check_same_thread=False)
        except (sqlite3.Error, OSError) as cause:
            raise GameDatabaseError(
                f"{path} cannot be opened ({cause}).", path=str(path)
            ) from cause

    def _check(self) -> None:
        found = self.value("PRAGMA application_id")
        if found != APPLICATION_ID:
            raise GameDatabaseError(f"{self.path} is not a game database of midsdesk.")
        version = self.value("PRAGMA user_version")
        if version != SCHEMA_VERSION:
            what = "an older" if version < SCHEMA_VERSION else "a newer"
            raise GameDatabaseError(
                f"{self.path} was made by {what} version of midsdesk. {_AGAIN}",
                found=version,
                expected=SCHEMA_VERSION,
            )

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query.

        Raises:
            GameDatabaseError: The file is damaged.
        """
        try:
            with self._lock:
                return self._connection.execute(sql, tuple(values)).fetchall()
        except sqlite3.DatabaseError as cause:
            if "file is not a database" in str(cause):
                raise GameDatabaseError(
                    f"{self.path} is not a game database of midsdesk."
                ) from cause
            raise GameDatabaseError(
                f"The game database {self.path} is damaged ({cause}). {_AGAIN}"
            ) from cause

    def value(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """Return the first value of the first row; None if there is no row."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
