"""The user's database: opened fast, migrated only when its version differs.

WAL mode, one connection, any thread, one at a time. What leaves here is plain values.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from midsdesk.errors import (
    DiskFullError,
    MidsdeskError,
    StorageCorruptError,
    StorageError,
)
from midsdesk.storage.userdb.versions import APPLICATION_ID, CURRENT, MAJOR, major_of

T = TypeVar("T")
_BUSY_S = 5.0


@dataclass(frozen=True, slots=True)
class Autosave:
    """A document as it was a second after its last change.

    Attributes:
        id: Identity of the open document. session: the run of the program it was open in.
        name: For people. label: last step. path: its file, "" for none.
        content: The build as .mbd. saved_at: seconds since 1970.
    """

    id: str
    session: str
    name: str
    label: str
    path: str
    content: bytes
    saved_at: float


class UserDatabase:
    """What the user made, as far as this program keeps it itself."""

    def __init__(self, path: Path) -> None:
        """Open, create or upgrade the database at `path`.

        Raises:
            StorageCorruptError: The file is damaged or none of ours.
            StorageError: It cannot be opened, or the upgrade failed.
        """
        self.path = path
        self.read_only_reason = ""
        self._lock = RLock()
        self._connection = self._opened()

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def put_autosave(self, item: Autosave) -> None:
        """Keep an autosave, replacing the last one of the same document, in one transaction."""
        self._write(
            "INSERT INTO autosaves (id, session, name, label, path, content, saved_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "session = excluded.session, name = excluded.name, label = excluded.label, "
            "path = excluded.path, content = excluded.content, saved_at = excluded.saved_at",
            (item.id, item.session, item.name, item.label, item.path, item.content, item.saved_at),
        )

    def remove_autosave(self, document: str) -> None:
        """Forget the autosave of a document."""
        self._write("DELETE FROM autosaves WHERE id = ?", (document,))

    def autosaves(self) -> tuple[Autosave, ...]:
        """All autosaves, newest first."""
        rows = self._read(
            "SELECT id, session, name, label, path, content, saved_at FROM autosaves "
            "ORDER BY saved_at DESC, id"
        )
        return tuple(Autosave(*row) for row in rows)

    def setting(self, key: str) -> str | None:
        """A remembered value, None if there is none."""
        rows = self._read("SELECT value FROM settings WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def set_setting(self, key: str, value: str) -> None:
        """Remember a value."""
        self._write(
            "INSERT INTO settings (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Several statements, all or none; what an error leaves behind is as before.

        Raises:
            DiskFullError, StorageCorruptError, StorageError: Nothing was written.
        """
        if self.read_only_reason:
            raise StorageError(self.read_only_reason, path=self.path)
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as cause:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise _translated(self.path, cause) from cause

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a question."""
        return self._read(sql, values)

    def _opened(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as cause:
            raise StorageError(
                f"{self.path.parent} could not be made: {cause.strerror}.", path=self.path
            ) from cause
        connection = self._connect()
        try:
            version = self._guarded(lambda: self._version(connection))
            if version != CURRENT:
                connection = self._with_version(connection, version)
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self) -> sqlite3.Connection:
        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
            except BaseException:
                connection.close()
                raise
            return connection

        return self._guarded(connect)

    def _version(self, connection: sqlite3.Connection) -> int:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if owner != APPLICATION_ID and (version or owner or tables):
            raise StorageError(
                f"{self.path} is not the database of midsdesk; move it away and start again.",
                path=self.path,
            )
        return version

    def _with_version(self, connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
        if version > CURRENT:
            if major_of(version) > MAJOR:
                self.read_only_reason = (
                    "Your builds were last used by a newer midsdesk. They can be read, not "
                    "changed; install the newer version to go on."
                )
                connection.execute("PRAGMA query_only = ON")
            return connection
        connection.close()
        # Alembic is large: it is imported only on the day it is needed.
        from midsdesk.storage.userdb.migrate import migrate  # noqa: PLC0415

        migrate(self.path, version)
        return self._connect()

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._guarded(lambda: self._connection.execute(sql, values).fetchall())

    def _write(self, sql: str, values: Sequence[Any]) -> None:
        if self.read_only_reason:
            raise StorageError(self.read_only_reason, path=self.path)
        with self._lock:
            self._guarded(lambda: self._connection.execute(sql, values))

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as cause:
            raise _translated(self.path, cause) from cause


def _translated(path: Path, cause: sqlite3.Error) -> MidsdeskError:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError(f"No room is left on the disk for {path}.", path=path)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StorageCorruptError(
            f"{path} is damaged. Nothing is written to it; save your builds as files.", path=path
        )
    return StorageError(f"{path} could not be used: {cause}.", path=path)
