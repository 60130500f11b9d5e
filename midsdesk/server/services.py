"""What a request needs: database, cache, limits, tokens, storage; made once for each worker."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, cast

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from starlette.requests import HTTPConnection

from midsdesk.server.blobs import Blobs
from midsdesk.server.cache import Cache
from midsdesk.server.db import sessions
from midsdesk.server.db.sql import Sql
from midsdesk.server.hints import Hub
from midsdesk.server.limits import Limits
from midsdesk.server.passwords import Passwords
from midsdesk.server.problems import CLIENT_TOO_OLD, SESSION_REVOKED, UNAUTHORIZED, ProblemError
from midsdesk.server.settings import Settings
from midsdesk.server.tokens import Identity, TokenMaker
from midsdesk.server.views import Views
from midsdesk.sync.protocol import PROTOCOL, PROTOCOL_HEADER

_BEARER: Final = re.compile(r"Bearer ([A-Za-z0-9._-]{20,2048})", re.IGNORECASE)


@dataclass(slots=True)
class Services:
    """The parts of a worker. `sql`: single statements. `engine`: transactions of several."""

    settings: Settings
    engine: AsyncEngine
    sql: Sql
    cache: Cache
    limits: Limits
    tokens: TokenMaker
    passwords: Passwords
    hub: Hub
    views: Views
    blobs: Blobs | None


def make_engine(settings: Settings) -> AsyncEngine:
    """Connections to PostgreSQL, each statement with a limit of time."""
    limit_ms = int(settings.statement_limit_s * 1000)
    return create_async_engine(
        settings.database_url,
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.pool_wait_s,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": 5,
            "prepare_threshold": 3,
            "options": f"-c statement_timeout={limit_ms} "
            f"-c idle_in_transaction_session_timeout={limit_ms}",
        },
    )


def services_of(connection: HTTPConnection) -> Services:
    """The services of the worker that answers."""
    return cast("Services", connection.app.state.services)


async def _services(connection: HTTPConnection) -> Services:
    """As a dependency: asynchronous, for others are sent to a thread (0.25 ms each)."""
    return services_of(connection)


Use = Annotated[Services, Depends(_services)]


def client_of(connection: HTTPConnection) -> str:
    """The address a request comes from, as far as trusted proxies vouch for it."""
    depth = services_of(connection).settings.trusted_proxies
    own = connection.client.host if connection.client else "local"
    if not depth:
        return own
    hops = [hop.strip() for hop in connection.headers.get("x-forwarded-for", "").split(",")]
    # The last hops were written by our own proxies; what stands before them anybody may claim.
    return (hops[-depth] if len(hops) >= depth else own)[:64] or own


def check_protocol(connection: HTTPConnection) -> None:
    """Refuse a client that speaks a protocol this server has given up.

    Raises:
        ProblemError: 426.
    """
    said = connection.headers.get(PROTOCOL_HEADER, "")
    if said and (not said.isascii() or not said.isdigit() or int(said[:6]) < PROTOCOL):
        raise ProblemError(CLIENT_TOO_OLD)


async def identify(connection: HTTPConnection, use: Use) -> Identity:
    """Who asks; counted against the account's limit.

    Raises:
        ProblemError: 401, 426 or 429.
    """
    check_protocol(connection)
    found = _BEARER.fullmatch(connection.headers.get("authorization", ""))
    if found is None:
        use.limits.request(f"ip:{client_of(connection)}", use.settings.anonymous_per_minute)
        raise ProblemError(UNAUTHORIZED)
    identity = use.tokens.identity(found.group(1))
    use.limits.request(f"account:{identity.account}", use.settings.requests_per_minute)
    await check_session(use, identity)
    return identity


async def check_session(use: Services, identity: Identity) -> None:
    """Whether the session of a token still stands.

    Raises:
        ProblemError: 401.
    """

    async def load() -> Any:
        return await sessions.account_of(use.sql, identity.session)

    held = await use.cache.get("session", str(identity.session), load)
    if held != str(identity.account):
        raise ProblemError(SESSION_REVOKED)


Who = Annotated[Identity, Depends(identify)]


async def anonymous(connection: HTTPConnection, use: Use) -> None:
    """Count a request of nobody against its address's limit.

    Raises:
        ProblemError: 426 or 429.
    """
    check_protocol(connection)
    use.limits.request(f"ip:{client_of(connection)}", use.settings.anonymous_per_minute)


Anyone = Depends(anonymous)
