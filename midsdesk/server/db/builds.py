"""Builds in the database. A write is one statement and one transaction; see write_build.sql."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import LargeBinary, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from midsdesk.server.db.tables import build_versions, builds
from midsdesk.sync.protocol import BuildHead

_WRITE: Final = text(
    "SELECT outcome, tag, revision, seq, followed FROM write_build(:account, :build, :expected, "
    ":key, :request, :content, :sha, :name, :archetype, :level, :device, :most)"
).bindparams(
    bindparam("account", type_=Uuid),
    bindparam("build", type_=Uuid),
    bindparam("request", type_=LargeBinary),
    bindparam("content", type_=LargeBinary),
)
_CHANGES: Final = text(
    "SELECT a.seq AS top, a.floor, b.* FROM accounts a LEFT JOIN LATERAL ("
    " SELECT id, tag, revision, seq, deleted, name, archetype, level, size, updated FROM builds"
    " WHERE account = a.id AND seq > :since ORDER BY seq LIMIT :most) b ON true "
    "WHERE a.id = :account ORDER BY b.seq"
).bindparams(bindparam("account", type_=Uuid))


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


async def write(db: AsyncConnection, what: Write) -> Outcome:
    """Do a write, whole or not at all."""
    values = {name: getattr(what, name) for name in Write.__slots__}
    return Outcome(*(await db.execute(_WRITE, values)).one())


async def changes(
    db: AsyncConnection, account: UUID, since: int, most: int
) -> tuple[int, int, list[BuildHead]]:
    """Number of the last change, number of the newest swept one, and heads after `since`."""
    values = {"account": account, "since": since, "most": most}
    rows = (await db.execute(_CHANGES, values)).all()
    heads = [_head(row) for row in rows if row.id is not None]
    return (rows[0].top, rows[0].floor, heads) if rows else (0, 0, [])


async def heads(db: AsyncConnection, account: UUID, *, deleted: bool) -> list[BuildHead]:
    """All heads of an account, newest change last."""
    query = select(builds).where(builds.c.account == account).order_by(builds.c.seq)
    if not deleted:
        query = query.where(~builds.c.deleted)
    return [_head(row) for row in await db.execute(query)]


async def tags(db: AsyncConnection, account: UUID) -> list[tuple[str, str]]:
    """Ids and tags of all heads, tombstones included."""
    rows = await db.execute(select(builds.c.id, builds.c.tag).where(builds.c.account == account))
    return [(str(row.id), row.tag) for row in rows]


async def head(db: AsyncConnection, account: UUID, build: UUID) -> BuildHead | None:
    """Where a build of an account stands."""
    rows = await db.execute(select(builds).where(builds.c.account == account, builds.c.id == build))
    row = rows.first()
    return _head(row) if row else None


async def content(
    db: AsyncConnection, account: UUID, build: UUID, revision: int | None = None
) -> tuple[str, bytes | None] | None:
    """Tag and content of the head or of a kept revision; content None for a tombstone."""
    versions = build_versions
    wanted = builds.c.revision if revision is None else revision
    rows = await db.execute(
        select(versions.c.tag, versions.c.content)
        .join(builds, (builds.c.account == versions.c.account) & (builds.c.id == versions.c.build))
        .where(
            versions.c.account == account, versions.c.build == build, versions.c.revision == wanted
        )
    )
    row = rows.first()
    return (row.tag, row.content) if row else None


async def knows(db: AsyncConnection, account: UUID, build: UUID, tag: str, revision: int) -> bool:
    """Whether a tag once was the head of a build; true as well for what was pruned since."""
    versions = build_versions
    rows = await db.execute(
        select(versions.c.revision, versions.c.tag)
        .where(
            versions.c.account == account,
            versions.c.build == build,
            versions.c.revision <= revision,
        )
        .order_by(versions.c.revision.desc())
        .limit(1)
    )
    row = rows.first()
    return row is None or row.revision < revision or row.tag == tag


async def versions_of(db: AsyncConnection, account: UUID, build: UUID) -> list[Any]:
    """Kept revisions of a build, newest first, without their contents."""
    table = build_versions
    columns = (table.c.revision, table.c.tag, table.c.device, table.c.created)
    size = text("coalesce(length(content), 0) AS size")
    rows = await db.execute(
        select(*columns, size)
        .where(table.c.account == account, table.c.build == build)
        .order_by(table.c.revision.desc())
    )
    return list(rows)


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
