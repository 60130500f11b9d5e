"""Sessions in the database: sign-ins by device, rotation of refresh tokens, reuse."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from midsdesk.server.db.sql import Sql
from midsdesk.server.db.tables import accounts, sessions, used_tokens
from midsdesk.server.settings import Settings
from midsdesk.server.tokens import Identity, TokenMaker, hashed


@dataclass(frozen=True, slots=True)
class Rotated:
    """Outcome of a refresh: new token, or None and the session that was revoked, if any."""

    identity: Identity | None
    login: str = ""
    refresh: str = ""
    revoked: UUID | None = None


async def open_session(
    db: AsyncConnection, account: UUID, device: str, refresh: str, days: int
) -> UUID:
    """Begin a family of refresh tokens; returns the session."""
    session = uuid4()
    await db.execute(
        insert(sessions).values(
            id=session,
            account=account,
            device=device,
            refresh=hashed(refresh),
            expires=datetime.now(UTC) + timedelta(days=days),
        )
    )
    return session


async def account_of(db: Sql, session: UUID) -> str:
    """The account of a session; "" once it has ended."""
    sql = "SELECT account FROM sessions WHERE id = %s AND expires > now()"
    row = await db.first(sql, (session,))
    return str(row.account) if row else ""


async def rotate(
    db: AsyncConnection, tokens: TokenMaker, refresh: str, device: str, settings: Settings
) -> Rotated:
    """Exchange a refresh token, in the transaction of `db`.

    A token that was used before gives the same successor again for a short while, to the same
    device and as long as the successor was not used itself: its answer may have been lost. Any
    other reuse ends the whole family.
    """
    now = datetime.now(UTC)
    shown = hashed(refresh)
    successor = tokens.successor(refresh)
    row = (
        await db.execute(
            select(sessions.c.id, sessions.c.account, sessions.c.expires, accounts.c.login)
            .join(accounts, accounts.c.id == sessions.c.account)
            .where(sessions.c.refresh == shown)
            .with_for_update(of=sessions)
        )
    ).first()
    if row is not None:
        if row.expires <= now:
            return Rotated(None)
        await db.execute(insert(used_tokens).values(hash=shown, session=row.id))
        await db.execute(
            update(sessions)
            .where(sessions.c.id == row.id)
            .values(
                refresh=hashed(successor),
                used=now,
                expires=now + timedelta(days=settings.refresh_days),
            )
        )
        return Rotated(Identity(row.account, row.id), row.login, successor)
    used = (
        await db.execute(
            select(
                used_tokens.c.used,
                sessions.c.id,
                sessions.c.account,
                sessions.c.device,
                sessions.c.refresh,
                accounts.c.login,
            )
            .join(sessions, sessions.c.id == used_tokens.c.session)
            .join(accounts, accounts.c.id == sessions.c.account)
            .where(used_tokens.c.hash == shown)
            .with_for_update(of=sessions)
        )
    ).first()
    if used is None:
        return Rotated(None)
    fresh = now - used.used <= timedelta(seconds=settings.refresh_grace_s)
    if fresh and used.device == device and used.refresh == hashed(successor):
        return Rotated(Identity(used.account, used.id), used.login, successor)
    await db.execute(delete(sessions).where(sessions.c.id == used.id))
    return Rotated(None, revoked=used.id)


async def close_by_token(db: AsyncConnection, refresh: str) -> UUID | None:
    """End the session of a refresh token; None if there is none."""
    ended = await db.execute(
        delete(sessions).where(sessions.c.refresh == hashed(refresh)).returning(sessions.c.id)
    )
    row = ended.first()
    return row[0] if row else None


async def close_all(db: AsyncConnection, account: UUID, but: UUID | None = None) -> list[UUID]:
    """End all sessions of an account, or all but one."""
    condition = sessions.c.account == account
    if but is not None:
        condition &= sessions.c.id != but
    ended = await db.execute(delete(sessions).where(condition).returning(sessions.c.id))
    return [row[0] for row in ended]
