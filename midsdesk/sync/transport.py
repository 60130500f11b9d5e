"""The server over HTTP, with `requests`. Answers are checked: a server may be anybody.

Redirects are not followed (a token is for one server only), answers have a limit of size, and
everything that goes wrong is one of the external errors.
"""

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import pydantic
import requests

from midsdesk.errors import (
    AccessStaleError,
    ClientTooOldError,
    RateLimitedError,
    RefusedError,
    ServerFailedError,
    SignInExpiredError,
    UnreachableError,
)
from midsdesk.model.synced import Operation
from midsdesk.sync.ports import Gone, Stale
from midsdesk.sync.protocol import (
    BASE_HEADER,
    BUILD_TYPE,
    DEVICE_HEADER,
    PROTOCOL,
    PROTOCOL_HEADER,
    Changes,
    Digest,
    Problem,
    Share,
    ShareList,
    ShareRequest,
    SocketTicket,
    Tokens,
    Wire,
    Written,
)

W = TypeVar("W", bound=Wire)
_CONNECT_S, _READ_S = 5.0, 20.0
_LONGEST_ANSWER: Final = 4 * 1024 * 1024
_PIECE: Final = 64 * 1024
_DEFAULT_WAIT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class FetchedBuild:
    """A build as fetched; see `ports.Fetched`."""

    tag: str
    content: bytes | None
    known: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpTransport:
    """One server. `access` is set by who holds the tokens; not for several threads at once."""

    def __init__(self, url: str, device: str, session: requests.Session | None = None) -> None:
        self.url = url.rstrip("/")
        self.access = ""
        self._http = session or requests.Session()
        self._http.headers[PROTOCOL_HEADER] = str(PROTOCOL)
        # Headers hold Latin letters only.
        self._http.headers[DEVICE_HEADER] = device.encode("ascii", "replace").decode()[:64]
        self._device = device[:64] or "unnamed"

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def register(self, login: str, password: str) -> Tokens:
        """Make an account and sign in."""
        return self._sign_in("register", login, password)

    def sign_in(self, login: str, password: str) -> Tokens:
        """Sign in."""
        return self._sign_in("sign-in", login, password)

    def refresh(self, refresh: str) -> Tokens:
        """Exchange a refresh token.

        Raises:
            SignInExpiredError: It is of no use any more.
        """
        body = {"refresh": refresh, "device": self._device}
        answer = self._ask("POST", "/v1/auth/refresh", json=body)
        if answer.status == 401:
            raise SignInExpiredError("Your sign-in is over. Sign in again to go on syncing.")
        return self._read(answer, Tokens)

    def sign_out(self, refresh: str) -> None:
        """End the session."""
        self._checked(self._ask("POST", "/v1/auth/sign-out", json={"refresh": refresh}))

    def ticket(self) -> str:
        """A ticket for a socket."""
        return self._read(self._ask("POST", "/v1/socket-tickets"), SocketTicket).ticket

    def put(self, operation: Operation) -> Written:
        """Write. Raises Stale, RefusedError."""
        headers = {**_condition(operation), "Content-Type": BUILD_TYPE}
        path = f"/v1/builds/{operation.build}"
        return self._written(self._ask("PUT", path, headers=headers, data=operation.payload))

    def delete(self, operation: Operation) -> Written:
        """Delete. Raises Stale, RefusedError."""
        path = f"/v1/builds/{operation.build}"
        answer = self._ask("DELETE", path, headers=_condition(operation))
        if answer.status == 404:
            raise Stale(None)
        return self._written(answer)

    def fetch(self, build: str, base: str) -> FetchedBuild | None:
        """The head of a build; None if the server has none of it."""
        query = f"?base={base}" if base else ""
        answer = self._ask("GET", f"/v1/builds/{build}{query}")
        if answer.status == 404:
            return None
        if answer.status != 410:
            self._checked(answer)
        tag = answer.headers.get("ETag", "").strip('"')
        if not tag:
            raise ServerFailedError("The server's answer makes no sense.", of="fetch")
        known = answer.headers.get(BASE_HEADER) != "unknown"
        return FetchedBuild(tag, None if answer.status == 410 else answer.body, known)

    def changes(self, since: int) -> Changes:
        """A page of changes. Raises Gone."""
        answer = self._ask("GET", f"/v1/changes?since={since}")
        if answer.status == 410:
            raise Gone
        return self._read(answer, Changes)

    def digest(self) -> str:
        """Hash over everything the server has."""
        return self._read(self._ask("GET", "/v1/digest"), Digest).digest

    def share(self, request: ShareRequest) -> Share:
        """Make a link."""
        body = request.model_dump(mode="json")
        return self._read(self._ask("POST", "/v1/shares", json=body), Share)

    def shares(self) -> list[Share]:
        """The links of the account."""
        return self._read(self._ask("GET", "/v1/shares"), ShareList).shares

    def revoke(self, code: str) -> None:
        """End a link."""
        path = f"/v1/shares/{urllib.parse.quote(code, safe='')}"
        self._checked(self._ask("DELETE", path))

    def shared_build(self, code: str) -> bytes:
        """The build of a link, for anybody."""
        path = f"/v1/shares/{urllib.parse.quote(code, safe='')}/build"
        return self._checked(self._ask("GET", path)).body

    def _sign_in(self, call: str, login: str, password: str) -> Tokens:
        body = {"login": login, "password": password, "device": self._device}
        answer = self._ask("POST", f"/v1/auth/{call}", json=body)
        if answer.status == 401:
            raise RefusedError("Name or password is wrong.", code="wrong_password")
        return self._read(answer, Tokens)

    def _written(self, answer: _Answer) -> Written:
        if answer.status == 412:
            problem = _problem(answer)
            raise Stale(problem.head)
        return self._read(answer, Written)

    def _read(self, answer: _Answer, shape: type[W]) -> W:
        self._checked(answer)
        try:
            return shape.model_validate_json(answer.body)
        except pydantic.ValidationError as cause:
            raise ServerFailedError(
                "The server's answer makes no sense.", of=shape.__name__
            ) from cause

    def _checked(self, answer: _Answer) -> _Answer:
        """Pass an answer on, or raise what it means."""
        status = answer.status
        if 200 <= status < 300:
            return answer
        problem = _problem(answer)
        details = {"status": status, "code": problem.code, "request_id": problem.request_id}
        if status == 401 and problem.code == "token_stale":
            raise AccessStaleError("The access token is over.", **details)
        if status == 401:
            raise SignInExpiredError("Your sign-in is over. Sign in again to go on.", **details)
        if status == 426:
            raise ClientTooOldError(
                "The server needs a newer midsdesk. Update to go on.", **details
            )
        if status == 429 or (status == 503 and "Retry-After" in answer.headers):
            wait = _seconds(answer.headers.get("Retry-After", ""))
            raise RateLimitedError("The server asks to wait a moment.", retry_after=wait, **details)
        if status >= 500 or status in (408, 425) or status < 400:
            raise ServerFailedError("The server failed; your builds are kept here.", **details)
        raise RefusedError(f"The server refused: {problem.title}.", **details)

    def _ask(self, method: str, path: str, **more: Any) -> _Answer:
        headers = dict(more.pop("headers", {}))
        if self.access:
            headers["Authorization"] = f"Bearer {self.access}"
        try:
            with self._http.request(
                method,
                f"{self.url}{path}",
                headers=headers,
                timeout=(_CONNECT_S, _READ_S),
                allow_redirects=False,
                stream=True,
                **more,
            ) as answer:
                return _Answer(answer.status_code, answer.headers, _body(answer))
        except requests.RequestException as cause:
            raise UnreachableError(
                "The server cannot be reached. Your builds are kept here and sent later."
            ) from cause


def _body(answer: requests.Response) -> bytes:
    body = bytearray()
    for piece in answer.iter_content(_PIECE):
        body += piece
        if len(body) > _LONGEST_ANSWER:
            raise ServerFailedError("The server's answer is far too long.")
    return bytes(body)


def _condition(operation: Operation) -> dict[str, str]:
    tag = operation.expected
    condition = {"If-None-Match": "*"} if tag == "*" else {"If-Match": f'"{tag}"'}
    return {**condition, "Idempotency-Key": operation.key}


def _problem(answer: _Answer) -> Problem:
    try:
        return Problem.model_validate_json(answer.body)
    except pydantic.ValidationError:
        return Problem(type="about:blank", title="an answer without reason", status=answer.status)


def _seconds(text: str) -> float:
    return float(min(int(text), 3600)) if text.isascii() and text.isdigit() else _DEFAULT_WAIT_S
