"""Around every request: number, time, size, log line; and no error without its proper form."""

import asyncio
import logging
import re
import time
from typing import Any, Final
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from midsdesk.server.metrics import ALERTS, REQUESTS, SECONDS, SPEED, speed_of
from midsdesk.server.problems import INTERNAL, TIMEOUT, TOO_LARGE, Kind, ProblemError, answer

log = logging.getLogger("midsdesk.server.access")
MAX_BODY: Final = 512 * 1024
_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9-]{8,64}")
_QUIET: Final = ("/healthz", "/readyz", "/metrics")
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)


def _ended(kind: Kind) -> HTTPException:
    """The body ended the request. Of the framework's own kind: any other it would take for its."""
    return HTTPException(kind.status, headers={"Connection": "close"})


class Around:
    """ASGI middleware; plain, because every request passes it."""

    def __init__(self, app: ASGIApp, body_limit_s: float) -> None:
        self.app = app
        self._body_limit_s = body_limit_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and see it out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = _Request(scope, receive, send, self._body_limit_s)
        try:
            request.check_length()
            await self.app(scope, request.receive, request.send)
        except HTTPException:
            await request.end_with(ProblemError(TOO_LARGE))
        except Exception:
            ALERTS.labels("defect").inc()
            log.exception("a request failed", extra={"request_id": request.id})
            await request.end_with(ProblemError(INTERNAL))
        finally:
            request.count()


class _Request:
    """One request on its way."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit_s: float) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._began = time.perf_counter()
        self._deadline = time.monotonic() + limit_s
        self._received = 0
        self._all_received = False
        self.status = 0
        self.id = self._id()
        scope["request_id"] = self.id

    def check_length(self) -> None:
        """Refuse what says itself that it is too long, before a byte of it is read."""
        said = self._header(b"content-length")
        if said.isdigit() and int(said[:18]) > MAX_BODY:
            raise _ended(TOO_LARGE)

    async def receive(self) -> Message:
        """The next part of the body, within size and time."""
        if self._all_received:
            return await self._receive()
        try:
            left = self._deadline - time.monotonic()
            message = await asyncio.wait_for(self._receive(), max(0.001, left))
        except TimeoutError:
            raise _ended(TIMEOUT) from None
        self._received += len(message.get("body", b""))
        if self._received > MAX_BODY:
            raise _ended(TOO_LARGE)
        self._all_received = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Send a part of the answer, with our headers at its head."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message.get("headers", ()), *_HEADERS]
            headers.append((b"x-request-id", self.id.encode()))
            if not any(name.lower() == b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", b"no-store"))
            message = {**message, "headers": headers}
        await self._send(message)

    async def end_with(self, problem: ProblemError) -> None:
        """Answer with a problem, unless an answer has begun."""
        if self.status:
            return
        problem.headers["Connection"] = "close"
        response = answer(problem, self.id)
        await response(self._scope, self._receive, self.send)

    def count(self) -> None:
        """Count the request and write its line."""
        seconds = time.perf_counter() - self._began
        route = _route(self._scope)
        status = self.status or 499
        method = self._scope["method"] if self.status not in (405, 0) else "OTHER"
        REQUESTS.labels(method, route, str(status)).inc()
        SECONDS.labels(route).observe(seconds)
        speed = speed_of(seconds)
        SPEED.labels(route, speed).inc()
        if route in _QUIET:
            return
        level = logging.WARNING if status >= 500 else logging.INFO
        if log.isEnabledFor(level):
            log.log(
                level,
                "request",
                extra={
                    "request_id": self.id,
                    "method": method,
                    "route": route,
                    "status": status,
                    "ms": round(seconds * 1000, 1),
                    "speed": speed,
                },
            )

    def _id(self) -> str:
        given = self._header(b"x-request-id")
        return given.decode() if _REQUEST_ID.fullmatch(given) else uuid4().hex

    def _header(self, name: bytes) -> bytes:
        return next((value for key, value in self._scope["headers"] if key == name), b"")


def _route(scope: Any) -> str:
    """The template of a route: never a path, which may hold codes and ids."""
    found = getattr(scope.get("route"), "path", None)
    return str(found) if found else "unmatched"
