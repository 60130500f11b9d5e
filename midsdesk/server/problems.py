"""Every error the server answers with, in the form of RFC 9457, each declared once.

`code` is stable and what programs look at; `family` is that of the error tree, so that the window
knows where to show it. Nothing from inside (SQL, paths, traces) ever reaches an answer.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg
import sqlalchemy.exc
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from midsdesk.server.metrics import ALERTS
from midsdesk.sync.protocol import PROBLEM_TYPE, BuildHead
from midsdesk.sync.protocol import Problem as Wire

log = logging.getLogger("midsdesk.server")
_DISK_FULL = ("53100", "53000")
_MOST_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem."""

    code: str
    status: int
    title: str
    family: str = "validation"
    retry_after: int | None = None


MALFORMED: Final = Kind("malformed", 422, "The request is malformed")
NOT_A_BUILD: Final = Kind("not_a_build", 422, "The content is not a build file")
WRONG_TYPE: Final = Kind("wrong_type", 415, "This type of content is not taken here")
TOO_LARGE: Final = Kind("too_large", 413, "The request is too large")
BAD_HEADER: Final = Kind("bad_header", 400, "A header is malformed")
CONDITION_MISSING: Final = Kind("condition_missing", 428, "If-Match or If-None-Match is required")
KEY_MISSING: Final = Kind("key_missing", 428, "Idempotency-Key is required")
KEY_REUSED: Final = Kind("key_reused", 422, "The Idempotency-Key was used for other content")
STALE: Final = Kind("stale", 412, "The build has changed meanwhile", "business")
NOT_FOUND: Final = Kind("not_found", 404, "There is nothing here", "business")
GONE: Final = Kind("gone", 410, "This is no longer here", "business")
CURSOR_TOO_OLD: Final = Kind("cursor_too_old", 410, "The cursor is too old; list everything")
METHOD: Final = Kind("method", 405, "This method is not taken here")
NOT_ACCEPTABLE: Final = Kind("not_acceptable", 406, "This cannot be answered in that form")
UNAUTHORIZED: Final = Kind("unauthorized", 401, "Sign in first", "business")
TOKEN_STALE: Final = Kind("token_stale", 401, "The access token is over; refresh it", "business")
SESSION_REVOKED: Final = Kind("session_revoked", 401, "This session was ended", "business")
REFRESH_UNKNOWN: Final = Kind("refresh_unknown", 401, "The refresh token is not valid", "business")
WRONG_PASSWORD: Final = Kind("wrong_password", 401, "Name or password is wrong", "business")
RESET_REFUSED: Final = Kind("reset_refused", 401, "The reset token is not valid", "business")
LOGIN_TAKEN: Final = Kind("login_taken", 409, "This name is taken", "business")
CLOSED: Final = Kind("registration_closed", 403, "New accounts are not taken here", "business")
FORBIDDEN: Final = Kind("forbidden", 403, "This is not allowed", "business")
TOO_MANY: Final = Kind("too_many", 409, "The limit of this account is reached", "business")
UPLOAD_MISSING: Final = Kind("upload_missing", 409, "The upload is not there as announced")
CLIENT_TOO_OLD: Final = Kind("client_too_old", 426, "Update midsdesk to go on", "business")
RATE_LIMITED: Final = Kind("rate_limited", 429, "Too many requests", "external", 10)
TIMEOUT: Final = Kind("timeout", 408, "The request took too long to arrive", "external")
UNAVAILABLE: Final = Kind("unavailable", 503, "Try again soon", "external", 2)
STORAGE_FULL: Final = Kind("storage_full", 503, "The server has no room left", "external", 60)
NO_STORAGE: Final = Kind("no_storage", 503, "File storage is not available", "external", 30)
INTERNAL: Final = Kind("internal", 500, "A defect of the server", "system")

_BY_STATUS: Final = {
    kind.status: kind
    for kind in (
        NOT_FOUND,
        METHOD,
        UNAUTHORIZED,
        FORBIDDEN,
        BAD_HEADER,
        NOT_ACCEPTABLE,
        TOO_LARGE,
        TIMEOUT,
    )
}


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(
        self,
        kind: Kind,
        detail: str = "",
        *,
        retry_after: int | None = None,
        head: BuildHead | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail
        self.retry_after = retry_after if retry_after is not None else kind.retry_after
        self.head = head
        self.headers = dict(headers or {})


def answer(
    error: ProblemError, request_id: str, errors: Sequence[dict[str, str]] | None = None
) -> Response:
    """The response of a problem."""
    kind = error.kind
    body = Wire(
        type=f"urn:midsdesk:problem:{kind.code}",
        title=kind.title,
        status=kind.status,
        detail=error.detail,
        code=kind.code,
        family=kind.family,
        request_id=request_id,
        retry_after=error.retry_after,
        head=error.head,
        errors=list(errors) if errors else None,
    )
    headers = {"Cache-Control": "no-store", **error.headers}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if kind.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(
        body.model_dump_json(exclude_none=True), kind.status, headers, media_type=PROBLEM_TYPE
    )


def of_database(error: Exception) -> ProblemError:
    """What a failure of the database means to a client: nothing was done, ask again."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    if state in _DISK_FULL:
        ALERTS.labels("database_full").inc()
        log.critical("the database has no room left", extra={"sqlstate": state})
        return ProblemError(STORAGE_FULL)
    ALERTS.labels("database").inc()
    log.error("the database failed: %s", type(error).__name__, extra={"sqlstate": state})
    return ProblemError(UNAVAILABLE)


def install(app: FastAPI) -> None:
    """Give every error of an application this form."""

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemError)
        return answer(error, _request_id(request))

    async def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        errors = [
            {"at": ".".join(str(step) for step in flaw["loc"])[:200], "is": str(flaw["msg"])[:200]}
            for flaw in error.errors()[:_MOST_ERRORS]
        ]
        return answer(ProblemError(MALFORMED), _request_id(request), errors)

    async def of_framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        kind = _BY_STATUS.get(error.status_code, MALFORMED)
        return answer(ProblemError(kind, headers=error.headers), _request_id(request))

    async def database(request: Request, error: Exception) -> Response:
        return answer(of_database(error), _request_id(request))

    async def unstorable(request: Request, error: Exception) -> Response:
        # A NUL in a text, a number out of range: the request's fault, not the database's.
        log.warning("not for the database: %s", type(error).__name__)
        return answer(ProblemError(MALFORMED), _request_id(request))

    handlers: dict[Any, Any] = {
        ProblemError: problem,
        RequestValidationError: malformed,
        HTTPException: of_framework,
        sqlalchemy.exc.OperationalError: database,
        sqlalchemy.exc.InterfaceError: database,
        sqlalchemy.exc.InternalError: database,
        sqlalchemy.exc.TimeoutError: database,
        psycopg.OperationalError: database,
        psycopg.InterfaceError: database,
        sqlalchemy.exc.DataError: unstorable,
        psycopg.DataError: unstorable,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _request_id(request: Request) -> str:
    return str(request.scope.get("request_id", ""))
