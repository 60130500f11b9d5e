"""What sync keeps on this device, of one account: records, writes under way, cursor.

Fulfils `midsdesk.sync.ports.SyncStore`. Rows of other accounts are never touched, nor sent.
"""

import sqlite3
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from midsdesk.model.synced import Operation, SyncRecord
from midsdesk.storage.userdb.builds import StoredBuild, delete_in, put_in
from midsdesk.storage.userdb.database import UserDatabase

_AGREED_KEPT: Final = 200
_RECORD: Final = (
    "SELECT r.build, b.content, r.base, r.tag, r.refused, r.conflict_of, r.account "
    "FROM sync_records r LEFT JOIN builds b ON b.id = r.build WHERE r.build = ?"
)
Describe = Callable[[bytes], tuple[str, str]]


class UserSyncStore:
    """The store of one account. `describe` gives name and archetype of a content, for lists."""

    def __init__(
        self,
        database: UserDatabase,
        account: str,
        describe: Describe,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._account = account
        self._describe = describe
        self._clock = clock

    def adopt(self) -> None:
        """Builds of no account belong to this one from now on."""
        found = self._database.rows(
            "SELECT 1 FROM builds WHERE id NOT IN (SELECT build FROM sync_records) LIMIT 1"
        )
        if not found:
            return
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO sync_records (build, account, base, tag, differs, refused, "
                "conflict_of) SELECT id, ?, NULL, '', 1, '', '' FROM builds "
                "WHERE id NOT IN (SELECT build FROM sync_records)",
                (self._account,),
            )

    def dirty(self) -> tuple[str, ...]:
        """Builds that differ from their base, are not refused and have no operation."""
        rows = self._database.rows(
            "SELECT build FROM sync_records WHERE account = ? AND differs AND refused = '' "
            "AND build NOT IN (SELECT build FROM outbox) ORDER BY build",
            (self._account,),
        )
        return tuple(row[0] for row in rows)

    def waiting(self) -> int:
        """How many builds the server does not have as they are here."""
        rows = self._database.rows(
            "SELECT count(*) FROM sync_records WHERE account = ? AND differs", (self._account,)
        )
        return int(rows[0][0])

    def record(self, build: str) -> SyncRecord | None:
        """What is known of a build."""
        rows = self._database.rows(_RECORD, (build,))
        return _record(rows[0]) if rows and rows[0][6] == self._account else None

    def tags(self) -> tuple[tuple[str, str], ...]:
        """Build and tag of everything the server has, as far as known here."""
        rows = self._database.rows(
            "SELECT build, tag FROM sync_records WHERE account = ? AND tag <> ''", (self._account,)
        )
        return tuple((row[0], row[1]) for row in rows)

    def agreed_before(self, build: str, content: bytes) -> bool:
        """Whether this content was once what both sides agreed on."""
        rows = self._database.rows(
            "SELECT 1 FROM sync_agreed WHERE build = ? AND sha = ?", (build, _sha(content))
        )
        return bool(rows)

    def operations(self) -> tuple[Operation, ...]:
        """Writes under way, oldest first."""
        rows = self._database.rows(
            "SELECT key, build, expected, payload, attempts, next_try FROM outbox "
            "WHERE account = ? ORDER BY number",
            (self._account,),
        )
        return tuple(Operation(*row) for row in rows)

    def begin(self, operation: Operation) -> None:
        """Keep a write before it is sent."""
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO outbox (account, build, key, expected, payload, attempts, next_try) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self._account,
                    operation.build,
                    operation.key,
                    operation.expected,
                    operation.payload,
                    operation.attempts,
                    operation.next_try,
                ),
            )

    def postpone(self, operation: Operation) -> None:
        """Keep a new number of attempts and time of the next."""
        with self._database.transaction() as db:
            db.execute(
                "UPDATE outbox SET attempts = ?, next_try = ? WHERE key = ?",
                (operation.attempts, operation.next_try, operation.key),
            )

    def acknowledge(self, operation: Operation, tag: str) -> None:
        """The server has it: its payload is the base. An empty tag: the server has nothing."""
        with self._database.transaction() as db:
            _drop(db, operation)
            db.execute(
                "UPDATE sync_records SET base = ?, tag = ?, refused = '' WHERE build = ?",
                (operation.payload, tag, operation.build),
            )
            self._settle(db, operation.build, operation.payload)

    def refuse(self, operation: Operation, code: str) -> None:
        """The server will not take it; it is not sent again until the build changes."""
        with self._database.transaction() as db:
            _drop(db, operation)
            now = db.execute("SELECT content FROM builds WHERE id = ?", (operation.build,))
            if (row := now.fetchone()) and row[0] == operation.payload:
                db.execute(
                    "UPDATE sync_records SET refused = ? WHERE build = ?", (code, operation.build)
                )

    def apply(
        self,
        seen: SyncRecord | None,
        record: SyncRecord,
        copy: SyncRecord | None = None,
        drop: Operation | None = None,
    ) -> bool:
        """Put a record, its build and a conflict copy in place, and drop an operation.

        Returns:
            False, and nothing done, if the build has changed since it was `seen`.
        """
        with self._database.transaction() as db:
            rows = db.execute(_RECORD, (record.build,)).fetchall()
            if rows and rows[0][6] != self._account:
                return True  # of another account: parked, never touched
            now = _record(rows[0]) if rows else None
            if (now.local if now else None) != (seen.local if seen else None):
                return False
            if drop is not None:
                _drop(db, drop)
            for each in (record, copy):
                if each is not None:
                    self._put(db, each)
        return True

    def cursor(self) -> int:
        """Up to which change this device has pulled."""
        sql = "SELECT cursor FROM sync_cursors WHERE account = ?"
        rows = self._database.rows(sql, (self._account,))
        return int(rows[0][0]) if rows else 0

    def set_cursor(self, cursor: int) -> None:
        """Pulled up to here."""
        if cursor == self.cursor():
            return
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO sync_cursors (account, cursor) VALUES (?, ?) "
                "ON CONFLICT (account) DO UPDATE SET cursor = excluded.cursor",
                (self._account, cursor),
            )

    def _put(self, db: sqlite3.Connection, record: SyncRecord) -> None:
        row = db.execute(
            "SELECT content, path, changed_at FROM builds WHERE id = ?", (record.build,)
        ).fetchone()
        if record.local is None:
            if row is not None:
                delete_in(db, record.build, self._clock())
        elif row is None or row[0] != record.local:
            name, archetype = self._describe(record.local)
            path = row[1] if row else ""
            moment = self._clock()
            put_in(db, StoredBuild(record.build, name, archetype, path, record.local, moment))
        db.execute(
            "INSERT INTO sync_records (build, account, base, tag, differs, refused, conflict_of) "
            "VALUES (?, ?, ?, ?, 0, ?, ?) ON CONFLICT (build) DO UPDATE SET "
            "base = excluded.base, tag = excluded.tag, refused = excluded.refused, "
            "conflict_of = excluded.conflict_of",
            (
                record.build,
                self._account,
                record.base,
                record.tag,
                record.refused,
                record.conflict_of,
            ),
        )
        self._settle(db, record.build, record.base)

    def _settle(self, db: sqlite3.Connection, build: str, base: bytes | None) -> None:
        """After the base has changed: compare, remember it, forget what nobody has any more."""
        db.execute(
            "UPDATE sync_records SET differs = NOT (base IS (SELECT content FROM builds "
            "WHERE id = sync_records.build)) WHERE build = ?",
            (build,),
        )
        if base is not None:
            db.execute("INSERT OR IGNORE INTO sync_agreed VALUES (?, ?)", (build, _sha(base)))
            db.execute(
                "DELETE FROM sync_agreed WHERE build = ? AND rowid NOT IN (SELECT rowid FROM "
                "sync_agreed WHERE build = ? ORDER BY rowid DESC LIMIT ?)",
                (build, build, _AGREED_KEPT),
            )
        db.execute(
            "DELETE FROM sync_records WHERE build = ? AND tag = '' AND base IS NULL "
            "AND build NOT IN (SELECT id FROM builds)",
            (build,),
        )


def _drop(db: sqlite3.Connection, operation: Operation) -> None:
    db.execute("DELETE FROM outbox WHERE key = ?", (operation.key,))


def _record(row: Any) -> SyncRecord:
    return SyncRecord(row[0], row[1], row[2], row[3], row[4], row[5])


def _sha(content: bytes) -> bytes:
    return sha256(content).digest()
