"""Accounts in the database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from midsdesk.server.db.sql import Sql
from midsdesk.server.db.tables import (
    accounts,
    build_versions,
    builds,
    exports,
    orphaned_objects,
    password_resets,
    sessions,
    shares,
)
from midsdesk.server.tokens import hashed


def plain(login: str) -> str:
    """The form in which a login is compared."""
    return login.casefold()


async def create(db: AsyncConnection, account: UUID, login: str, password: str) -> bool:
    """Make an account; False if the name is taken."""
    made = await db.execute(
        postgresql.insert(accounts)
        .values(id=account, login=plain(login), password=password)
        .on_conflict_do_nothing()
        .returning(accounts.c.id)
    )
    return made.first() is not None


async def by_login(db: Sql, login: str) -> tuple[UUID, str] | None:
    """Id and password hash of an account."""
    sql = "SELECT id, password FROM accounts WHERE login = %s"
    row = await db.first(sql, (plain(login),))
    return (row.id, row.password) if row else None


async def password_of(db: Sql, account: UUID) -> str | None:
    """Password hash of an account."""
    row = await db.first("SELECT password FROM accounts WHERE id = %s", (account,))
    return row.password if row else None


async def set_password(db: AsyncConnection, account: UUID, password: str) -> None:
    """Replace the password hash; resets that wait are void."""
    await db.execute(update(accounts).where(accounts.c.id == account).values(password=password))
    await db.execute(delete(password_resets).where(password_resets.c.account == account))


async def put_reset(db: AsyncConnection, login: str, token: str, hours: int) -> bool:
    """Keep a reset token for an account; False if there is no such account."""
    source = select(
        literal(hashed(token)), accounts.c.id, literal(datetime.now(UTC) + timedelta(hours=hours))
    ).where(accounts.c.login == plain(login))
    made = await db.execute(
        insert(password_resets)
        .from_select(["hash", "account", "expires"], source)
        .returning(password_resets.c.account)
    )
    return made.first() is not None


async def take_reset(db: AsyncConnection, token: str) -> UUID | None:
    """The account of a reset token, which is used up by asking."""
    taken = await db.execute(
        delete(password_resets)
        .where(password_resets.c.hash == hashed(token))
        .returning(password_resets.c.account, password_resets.c.expires)
    )
    row = taken.first()
    return row.account if row and row.expires > datetime.now(UTC) else None


async def remove(db: AsyncConnection, account: UUID, prefix: str) -> list[str]:
    """Delete an account and everything of it; returns the codes of its links.

    Its objects in storage are noted first, for the sweeper: they must not outlive it for long.
    """
    codes = await db.execute(select(shares.c.code).where(shares.c.account == account))
    found = [row.code for row in codes]
    keys = await db.execute(select(exports.c.id).where(exports.c.account == account))
    orphans = [{"key": f"{prefix}{account}/{row.id}"} for row in keys]
    if orphans:
        await db.execute(postgresql.insert(orphaned_objects).on_conflict_do_nothing(), orphans)
    await db.execute(delete(accounts).where(accounts.c.id == account))
    return found


async def everything(db: AsyncConnection, account: UUID) -> dict[str, Any]:
    """All data of an account, for its owner; hashes of secrets are left out."""
    owner = (await db.execute(select(accounts).where(accounts.c.id == account))).mappings().one()
    tables = {"sessions": sessions, "builds": builds, "shares": shares, "exports": exports}
    out: dict[str, Any] = {"account": {"login": owner["login"], "created": owner["created"]}}
    for name, table in tables.items():
        rows = await db.execute(select(table).where(table.c.account == account))
        out[name] = [_open(row) for row in rows.mappings()]
    rows = await db.execute(
        select(build_versions)
        .where(build_versions.c.account == account)
        .order_by(build_versions.c.build, build_versions.c.revision)
    )
    out["versions"] = [_open(row) for row in rows.mappings()]
    return out


def _open(row: Any) -> dict[str, Any]:
    hidden = ("account", "refresh")
    return {
        name: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        for name, value in row.items()
        if name not in hidden
    }
