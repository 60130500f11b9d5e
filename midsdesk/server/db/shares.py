"""Links and files in the database."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from midsdesk.server.db.sql import Sql
from midsdesk.server.db.tables import exports, shares


async def create(db: AsyncConnection, most: int, **values: Any) -> Any | None:
    """Make a link; None if the account has as many as it may."""
    held = select(func.count()).select_from(shares).where(shares.c.account == values["account"])
    if ((await db.execute(held)).scalar_one()) >= most:
        return None
    made = await db.execute(insert(shares).values(**values).returning(shares))
    return made.one()


async def attach(db: AsyncConnection, account: UUID, code: str, files: Sequence[UUID]) -> int:
    """Show uploaded files of an account on a link; returns how many there were."""
    done = await db.execute(
        update(exports)
        .where(exports.c.account == account, exports.c.id.in_(files), exports.c.ready)
        .values(share=code)
    )
    return int(done.rowcount)


async def of_account(db: Sql, account: UUID) -> list[Any]:
    """Links of an account, newest first."""
    return await db.rows(
        "SELECT code, build, name, content IS NULL AS live, views, created, expires FROM shares "
        "WHERE account = %s ORDER BY created DESC",
        (account,),
    )


async def revoke(db: AsyncConnection, account: UUID, code: str) -> bool:
    """End a link; False if the account has none of that code."""
    done = await db.execute(
        delete(shares).where(shares.c.account == account, shares.c.code == code)
    )
    return done.rowcount == 1


async def live_codes(db: Sql, account: UUID, build: UUID) -> list[str]:
    """Codes of links that follow a build."""
    rows = await db.rows(
        "SELECT code FROM shares WHERE account = %s AND build = %s AND content IS NULL",
        (account, build),
    )
    return [row.code for row in rows]


async def read(db: Sql, code: str) -> dict[str, Any] | None:
    """What a link shows; None if there is no such link. Of JSON's types, to be cached."""
    row = await db.first("SELECT * FROM shares WHERE code = %s", (code,))
    if row is None:
        return None
    tag, content, name = row.tag, row.content, row.name
    if content is None:
        now = await db.first(
            "SELECT v.tag, v.content, b.name FROM builds b JOIN build_versions v ON "
            "v.account = b.account AND v.build = b.id AND v.revision = b.revision "
            "WHERE b.account = %s AND b.id = %s",
            (row.account, row.build),
        )
        if now is None or now.content is None:
            return {"gone": True, "expires": None}
        tag, content, name = now.tag, now.content, now.name
    found = await db.rows(
        "SELECT * FROM exports WHERE share = %s AND ready AND expires > now()", (code,)
    )
    return {
        "gone": False,
        "name": name,
        "tag": tag,
        "live": row.content is None,
        "content": content.decode("utf-8", "surrogateescape"),
        "expires": row.expires.timestamp() if row.expires else None,
        "files": [
            {
                "id": str(file.id),
                "account": str(file.account),
                "name": file.name,
                "content_type": file.content_type,
                "size": file.size,
                "expires": file.expires.timestamp(),
            }
            for file in found
        ],
    }


async def announce(db: AsyncConnection, most: int, **values: Any) -> Any | None:
    """Note an upload that will come; None if the account has as many as it may."""
    held = select(func.count()).select_from(exports).where(exports.c.account == values["account"])
    if ((await db.execute(held)).scalar_one()) >= most:
        return None
    return (await db.execute(insert(exports).values(**values).returning(exports))).one()


async def export(db: Sql, account: UUID, file: UUID) -> Any | None:
    """A file of an account."""
    return await db.first("SELECT * FROM exports WHERE account = %s AND id = %s", (account, file))


async def ready(db: AsyncConnection, account: UUID, file: UUID) -> None:
    """The upload is there."""
    await db.execute(
        update(exports).where(exports.c.account == account, exports.c.id == file).values(ready=True)
    )


async def forget_export(db: AsyncConnection, account: UUID, file: UUID) -> str | None:
    """Delete the row of a file; returns the link that showed it ("" for none), None if unknown."""
    done = await db.execute(
        delete(exports)
        .where(exports.c.account == account, exports.c.id == file)
        .returning(exports.c.share)
    )
    row = done.first()
    return (row.share or "") if row else None
