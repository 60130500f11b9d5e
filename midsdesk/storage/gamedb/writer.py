"""Writing a game database: tables, rows, indices, search index, check.

The file gets its final name only from the caller, after everything here and a test reading went
well. The same rows in the same order give the same bytes: no clock, no random, fixed page size,
indices made after the rows.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from midsdesk.errors import DiskFullError, StorageCorruptError, StorageError
from midsdesk.storage.gamedb import search_rows
from midsdesk.storage.gamedb.columns import APPLICATION_ID, SCHEMA_VERSION, TABLES
from midsdesk.storage.gamedb.tables import ALL, INDICES

ROWS_AT_ONCE: Final = 5_000
_PAGE_BYTES: Final = 4_096
# SQLite's own steps between two looks at the stop flag: about a millisecond.
_STEPS_PER_LOOK: Final = 20_000

_SEARCH: Final = (
    "CREATE VIRTUAL TABLE search USING fts5(name, also, gives, kind UNINDEXED, id UNINDEXED,"
    " tokenize = \"unicode61 remove_diacritics 2 tokenchars '-'\", prefix = '1 2 3')"
)
_SEARCH_ROW: Final = "INSERT INTO search (name, also, gives, kind, id) VALUES (?, ?, ?, ?, ?)"
_SEARCH_END: Final = "INSERT INTO search (search) VALUES ('optimize')"

Look = Callable[[], None]


class GameDatabaseWriter:
    """One new game database, open for writing.

    Raises (from every method):
        DiskFullError: No room is left; StorageError: the file cannot be written.
    """

    def __init__(self, path: Path, *, stop: Callable[[], bool] = lambda: False) -> None:
        """Create the file, replacing a leftover of the same name.

        Args:
            path: Where to write; the folder must exist.
            stop: Asked every few milliseconds; if true, the running statement is given up with
                an error that the caller's own check for a cancel must forestall.
        """
        self._path = path
        self._connection: Connection | None = None
        try:
            path.unlink(missing_ok=True)
            path.touch()
        except OSError as cause:
            raise _storage_error(cause, path) from cause
        self._engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        self._connection = self._guarded(self._engine.connect)
        raw = self._connection.connection.dbapi_connection
        assert raw is not None
        raw.set_progress_handler(stop, _STEPS_PER_LOOK)
        self._run(f"PRAGMA page_size = {_PAGE_BYTES}")
        self._run("PRAGMA journal_mode = OFF")
        self._run("PRAGMA synchronous = OFF")
        self._run("PRAGMA cache_size = -65536")
        self._run(f"PRAGMA application_id = {APPLICATION_ID}")
        self._run(f"PRAGMA user_version = {SCHEMA_VERSION}")
        for table in ALL.values():
            self._guarded(partial(self._connection.execute, CreateTable(table)))

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]], look: Look) -> int:
        """Insert rows, 5,000 at a time, all in the one transaction.

        Args:
            table: A key of `columns.TABLES`.
            rows: Values in the order of its columns.
            look: Called between the parts; may raise to cancel.

        Returns:
            How many there were.
        """
        names = TABLES[table].names
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'
        count = 0
        left = iter(rows)
        while part := list(islice(left, ROWS_AT_ONCE)):
            self._run(sql, part)
            count += len(part)
            look()
        return count

    def index(self, look: Look) -> None:
        """Make the indices and the search index, and let SQLite count."""
        connection = self._open
        for index in INDICES:
            look()
            self._guarded(partial(connection.execute, CreateIndex(index)))
        look()
        self._run(_SEARCH)
        left = search_rows.rows(self._rows)
        while part := list(islice(left, ROWS_AT_ONCE)):
            look()
            self._run(_SEARCH_ROW, part)
        for statement in (_SEARCH_END, "ANALYZE"):
            look()
            self._run(statement)

    def finish(self, meta: Mapping[str, str], look: Look) -> None:
        """Write the meta rows, commit, check the file and close it.

        Raises:
            StorageCorruptError: What was written does not pass SQLite's own check.
        """
        self.insert("meta", sorted(meta.items()), look)
        self._guarded(self._open.commit)
        found = self._guarded(
            lambda: self._open.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        )
        look()
        if found != ["ok"]:
            raise StorageCorruptError(
                "The new game database was damaged while it was written; try another disk.",
                path=str(self._path),
                found=found[:5],
            )
        self.close()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def close(self) -> None:
        """Close the file; twice is harmless."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._engine.dispose()

    @property
    def _open(self) -> Connection:
        assert self._connection is not None
        return self._connection

    def _rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        return (
            tuple(row) for row in self._guarded(lambda: self._open.exec_driver_sql(sql).fetchall())
        )

    def _run(self, sql: str, rows: list[tuple[Any, ...]] | None = None) -> None:
        self._guarded(lambda: self._open.exec_driver_sql(sql, rows))

    def _guarded(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except (DBAPIError, OSError) as cause:
            raise _storage_error(cause, self._path) from cause


def _storage_error(cause: Exception, path: Path) -> StorageError:
    text = str(cause.orig) if isinstance(cause, DBAPIError) else str(cause)
    number = cause.errno if isinstance(cause, OSError) else None
    if number == errno.ENOSPC or "disk is full" in text:
        return DiskFullError(
            f"There is no room left on the disk for {path}; free some and try again.",
            path=str(path),
        )
    if isinstance(cause, OSError | OperationalError):
        return StorageError(
            f"Cannot write {path} ({_reason(cause, text)}); choose another place.", path=str(path)
        )
    return StorageError(f"Cannot write {path} ({text}).", path=str(path))


def _reason(cause: Exception, text: str) -> str:
    return cause.strerror or text if isinstance(cause, OSError) else text
