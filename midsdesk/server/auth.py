"""Signing in and out: registration, tokens, passwords."""

from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from starlette.requests import Request

from midsdesk.server.db import accounts, sessions
from midsdesk.server.problems import (
    CLOSED,
    LOGIN_TAKEN,
    REFRESH_UNKNOWN,
    RESET_REFUSED,
    SESSION_REVOKED,
    WRONG_PASSWORD,
    ProblemError,
)
from midsdesk.server.services import Anyone, Services, Use, Who, client_of
from midsdesk.server.tokens import Identity
from midsdesk.sync.protocol import (
    Credentials,
    PasswordChange,
    PasswordReset,
    RefreshRequest,
    Tokens,
)

router = APIRouter(prefix="/v1/auth", tags=["auth"])
_MINUTE, _HOUR = 60, 3600


@router.post("/register", status_code=201, dependencies=[Anyone])
async def register(body: Credentials, request: Request, use: Use) -> Tokens:
    """Make an account and sign in."""
    if not use.settings.registration:
        raise ProblemError(CLOSED)
    most = use.settings.registrations_per_hour
    await use.limits.attempt("register", client_of(request), most, _HOUR)
    password = await use.passwords.hash(body.password)
    account, refresh = uuid4(), use.tokens.fresh_refresh()
    async with use.engine.begin() as db:
        if not await accounts.create(db, account, body.login, password):
            raise ProblemError(LOGIN_TAKEN)
        session = await sessions.open_session(
            db, account, body.device, refresh, use.settings.refresh_days
        )
    return _tokens(use, Identity(account, session), accounts.plain(body.login), refresh)


@router.post("/sign-in", dependencies=[Anyone])
async def sign_in(body: Credentials, request: Request, use: Use) -> Tokens:
    """Begin a session on a device."""
    most = use.settings.sign_ins_per_minute
    # By name, so that many addresses cannot share the guessing; by address, so that one cannot
    # try many names.
    await use.limits.attempt("sign_in", accounts.plain(body.login), most, _MINUTE)
    await use.limits.attempt("sign_in_from", client_of(request), most * 4, _MINUTE)
    found = await accounts.by_login(use.sql, body.login)
    if not await use.passwords.matches(found[1] if found else None, body.password) or not found:
        raise ProblemError(WRONG_PASSWORD)
    account, stored = found
    anew = await use.passwords.hash(body.password) if use.passwords.outdated(stored) else None
    refresh = use.tokens.fresh_refresh()
    async with use.engine.begin() as db:
        if anew is not None:
            await accounts.set_password(db, account, anew)
        session = await sessions.open_session(
            db, account, body.device, refresh, use.settings.refresh_days
        )
    return _tokens(use, Identity(account, session), accounts.plain(body.login), refresh)


@router.post("/refresh", dependencies=[Anyone])
async def refresh(body: RefreshRequest, use: Use) -> Tokens:
    """Exchange a refresh token for new tokens; a token is good for one use."""
    async with use.engine.begin() as db:
        rotated = await sessions.rotate(db, use.tokens, body.refresh, body.device, use.settings)
    if rotated.revoked is not None:
        await _ended(use, None, [rotated.revoked])
        raise ProblemError(SESSION_REVOKED, "The refresh token was used twice.")
    if rotated.identity is None:
        raise ProblemError(REFRESH_UNKNOWN)
    return _tokens(use, rotated.identity, rotated.login, rotated.refresh)


@router.post("/sign-out", status_code=204, dependencies=[Anyone])
async def sign_out(body: RefreshRequest, use: Use) -> Response:
    """End the session of a refresh token; done as well if it has ended."""
    async with use.engine.begin() as db:
        ended = await sessions.close_by_token(db, body.refresh)
    if ended is not None:
        await _ended(use, None, [ended])
    return Response(status_code=204)


@router.post("/sign-out-everywhere", status_code=204)
async def sign_out_everywhere(who: Who, use: Use) -> Response:
    """End all sessions of the account, this one too."""
    async with use.engine.begin() as db:
        ended = await sessions.close_all(db, who.account)
    await _ended(use, who.account, ended)
    return Response(status_code=204)


@router.post("/password", status_code=204)
async def change_password(body: PasswordChange, who: Who, use: Use) -> Response:
    """Change the password; all other sessions end."""
    await check_password(use, who, body.old)
    anew = await use.passwords.hash(body.new)
    async with use.engine.begin() as db:
        await accounts.set_password(db, who.account, anew)
        ended = await sessions.close_all(db, who.account, but=who.session)
    await _ended(use, who.account, ended)
    return Response(status_code=204)


@router.post("/password-reset", status_code=204, dependencies=[Anyone])
async def reset_password(body: PasswordReset, request: Request, use: Use) -> Response:
    """Set a password with a token that the operator printed; all sessions end."""
    await use.limits.attempt("reset", client_of(request), use.settings.sign_ins_per_minute, _MINUTE)
    anew = await use.passwords.hash(body.new)
    async with use.engine.begin() as db:
        account = await accounts.take_reset(db, body.token)
        if account is not None:
            await accounts.set_password(db, account, anew)
            ended = await sessions.close_all(db, account)
    if account is None:
        raise ProblemError(RESET_REFUSED)
    await _ended(use, account, ended)
    return Response(status_code=204)


async def check_password(use: Services, who: Identity, password: str) -> None:
    """Ask for the password again before something that cannot be taken back.

    Raises:
        ProblemError: 401 or 429.
    """
    most = use.settings.sign_ins_per_minute
    await use.limits.attempt("password", str(who.account), most, _MINUTE)
    stored = await accounts.password_of(use.sql, who.account)
    if not await use.passwords.matches(stored, password):
        raise ProblemError(WRONG_PASSWORD)


async def _ended(use: Services, account: UUID | None, ended: list[UUID]) -> None:
    """Make an end of sessions known to all workers, and to the open sockets of them."""
    for session in ended:
        await use.cache.forget("session", str(session))
    if account is not None:
        for session in ended:
            message = {"topic": f"account:{account}", "kind": "signed_out", "value": True}
            await use.cache.tell({**message, "session": str(session)})


def _tokens(use: Services, identity: Identity, login: str, refresh: str) -> Tokens:
    return Tokens(
        account=identity.account,
        login=login,
        access=use.tokens.access(identity),
        access_seconds=use.tokens.access_s,
        refresh=refresh,
    )
