"""The user's builds: each with its last versions. Saving is one transaction."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from midsdesk.storage.userdb.database import UserDatabase

VERSIONS_KEPT: Final = 50
# Written whenever a build changes: whether it now differs from what the server has.
_COMPARE: Final = (
    "UPDATE sync_records SET refused = '', differs = NOT (base IS "
    "(SELECT content FROM builds WHERE id = sync_records.build)) WHERE build = ?"
)


@dataclass(frozen=True, slots=True)
class StoredBuild:
    """A build as it is kept.

    Attributes:
        path: The file it was opened from, "" for none. content: as .mdbuild.
        changed_at: Seconds since 1970.
    """

    id: str
    name: str
    archetype: str
    path: str
    content: bytes
    changed_at: float


class BuildShelf:
    """All builds of this device, of every account and of none."""

    def __init__(self, database: UserDatabase) -> None:
        self._database = database

    def put(self, build: StoredBuild) -> None:
        """Save a build; what it was before is kept as a version.

        Raises:
            StorageError: Nothing was saved.
        """
        with self._database.transaction() as db:
            put_in(db, build)
            db.execute(_COMPARE, (build.id,))

    def delete(self, build: str, at: float) -> None:
        """Delete a build; its last content stays among its versions."""
        with self._database.transaction() as db:
            delete_in(db, build, at)
            db.execute(_COMPARE, (build,))

    def get(self, build: str) -> StoredBuild | None:
        """One build."""
        rows = self._database.rows(f"{_SELECT} WHERE id = ?", (build,))
        return StoredBuild(*rows[0]) if rows else None

    def all(self) -> tuple[StoredBuild, ...]:
        """All builds, last changed first."""
        rows = self._database.rows(f"{_SELECT} ORDER BY changed_at DESC, id")
        return tuple(StoredBuild(*row) for row in rows)

    def versions(self, build: str) -> tuple[tuple[float, bytes], ...]:
        """Time and content of earlier versions, newest first."""
        rows = self._database.rows(
            "SELECT saved_at, content FROM build_versions WHERE build = ? ORDER BY number DESC",
            (build,),
        )
        return tuple((row[0], row[1]) for row in rows)


_SELECT: Final = "SELECT id, name, archetype, path, content, changed_at FROM builds"


def put_in(db: sqlite3.Connection, build: StoredBuild) -> None:
    """Save a build inside a transaction."""
    _keep_version(db, build.id, build.changed_at, build.content)
    db.execute(
        "INSERT INTO builds (id, name, archetype, path, content, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
        "archetype = excluded.archetype, path = excluded.path, content = excluded.content, "
        "changed_at = excluded.changed_at",
        (build.id, build.name, build.archetype, build.path, build.content, build.changed_at),
    )


def delete_in(db: sqlite3.Connection, build: str, at: float) -> None:
    """Delete a build inside a transaction."""
    _keep_version(db, build, at, None)
    db.execute("DELETE FROM builds WHERE id = ?", (build,))


def _keep_version(db: sqlite3.Connection, build: str, at: float, instead: bytes | None) -> None:
    """Put what a build is now among its versions, unless it stays the same."""
    db.execute(
        "INSERT INTO build_versions (build, content, saved_at) "
        "SELECT id, content, ? FROM builds WHERE id = ? AND content IS NOT ?",
        (at, build, instead),
    )
    db.execute(
        "DELETE FROM build_versions WHERE build = ? AND number NOT IN (SELECT number FROM "
        "build_versions WHERE build = ? ORDER BY number DESC LIMIT ?)",
        (build, build, VERSIONS_KEPT),
    )
