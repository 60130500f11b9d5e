"""Builds in the database. A write is one statement and one transaction; see write_build.sql."""

from dataclasses import astuple, dataclass
from typing import Any, Final
from uuid import UUID

from midsdesk.server.db.sql import Sql
from midsdesk.sync.protocol import BuildHead

_WRITE: Final = (
    "SELECT outcome, tag, revision, seq, followed FROM "
    "write_build(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_CHANGES: Final = (
    "SELECT a.seq AS top, a.floor, b.* FROM accounts a LEFT JOIN LATERAL ("
    " SELECT id, tag, revision, seq, deleted, name, archetype, level, size, updated FROM builds"
    " WHERE account = a.id AND seq > %s ORDER BY seq LIMIT %s) b ON true "
    "WHERE a.id = %s ORDER BY b.seq"
)
_CONTENT: Final = (
    "SELECT v.tag, v.content FROM builds b JOIN build_versions v "
    "ON v.account = b.account AND v.build = b.id "
    "WHERE b.account = %s AND b.id = %s AND v.revision = coalesce(%s::bigint, b.revision)"
)


@dataclass(frozen=True, slots=True)
class Write:
    """What is to be written; `content` None deletes. `expected`: a tag, or "*" for none yet."""

    account: UUID
    build: UUID
    expected: str
    key: str
    request: bytes
    content: bytes | None
    sha: str
    name: str
    archetype: str
    level: int
    device: str
    most: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it. `followed`: live links show this build."""

    outcome: str
    tag: str
    revision: int
    seq: int
    followed: bool


async def write(db: Sql, what: Write) -> Outcome:
    """Do a write, whole or not at all."""
    return Outcome(*(await db.rows(_WRITE, astuple(what)))[0])


async def changes(
    db: Sql, account: UUID, since: int, most: int
) -> tuple[int, int, list[BuildHead]]:
    """Number of the last change, number of the newest swept one, and heads after `since`."""
    rows = await db.rows(_CHANGES, (since, most, account))
    heads = [_head(row) for row in rows if row.id is not None]
    return (rows[0].top, rows[0].floor, heads) if rows else (0, 0, [])


async def heads(db: Sql, account: UUID, *, deleted: bool) -> list[BuildHead]:
    """All heads of an account, newest change last."""
    rows = await db.rows(
        "SELECT * FROM builds WHERE account = %s AND (%s OR NOT deleted) ORDER BY seq",
        (account, deleted),
    )
    return [_head(row) for row in rows]


async def tags(db: Sql, account: UUID) -> list[tuple[str, str]]:
    """Ids and tags of all heads, tombstones included."""
    rows = await db.rows("SELECT id, tag FROM builds WHERE account = %s", (account,))
    return [(str(row.id), row.tag) for row in rows]


async def head(db: Sql, account: UUID, build: UUID) -> BuildHead | None:
    """Where a build of an account stands."""
    sql = "SELECT * FROM builds WHERE account = %s AND id = %s"
    row = await db.first(sql, (account, build))
    return _head(row) if row else None


async def content(
    db: Sql, account: UUID, build: UUID, revision: int | None = None
) -> tuple[str, bytes | None] | None:
    """Tag and content of the head or of a kept revision; content None for a tombstone."""
    row = await db.first(_CONTENT, (account, build, revision))
    return (row.tag, row.content) if row else None


async def knows(db: Sql, account: UUID, build: UUID, tag: str, revision: int) -> bool:
    """Whether a tag once was the head of a build; true as well for what was pruned since."""
    row = await db.first(
        "SELECT revision, tag FROM build_versions WHERE account = %s AND build = %s "
        "AND revision <= %s ORDER BY revision DESC LIMIT 1",
        (account, build, revision),
    )
    return row is None or row.revision < revision or row.tag == tag


async def versions_of(db: Sql, account: UUID, build: UUID) -> list[Any]:
    """Kept revisions of a build, newest first, without their contents."""
    return await db.rows(
        "SELECT revision, tag, device, created, coalesce(length(content), 0) AS size "
        "FROM build_versions WHERE account = %s AND build = %s ORDER BY revision DESC",
        (account, build),
    )


def _head(row: Any) -> BuildHead:
    return BuildHead.model_construct(
        id=row.id,
        tag=row.tag,
        revision=row.revision,
        seq=row.seq,
        deleted=row.deleted,
        name=row.name,
        archetype=row.archetype,
        level=row.level,
        size=row.size,
        updated=row.updated,
    )
