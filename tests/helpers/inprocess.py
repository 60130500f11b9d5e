"""The server inside the test's process: the same application on the same database, no sockets.

For histories by the thousand: a request costs a third of one over a socket. What sockets add is
tested over sockets.
"""

import asyncio
import io
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from midsdesk.server.app import create_app
from midsdesk.server.settings import Settings

T = TypeVar("T")


class InProcess:
    """An application that runs on a loop of its own."""

    url = "http://in.process"

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._lifespan = self.app.router.lifespan_context(self.app)
        self._do(self._lifespan.__aenter__())

    def close(self) -> None:
        self._do(self._lifespan.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def ask(self, request: requests.PreparedRequest) -> tuple[int, Any, bytes]:
        status, headers, body = self._do(self._ask(request))
        return status, headers, body

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _ask(self, request: requests.PreparedRequest) -> Any:
        assert request.url is not None and request.method is not None
        parts = urlsplit(request.url)
        body = request.body or b""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [
                (name.lower().encode(), value.encode() if isinstance(value, str) else value)
                for name, value in request.headers.items()
            ],
            "client": ("127.0.0.1", 1),
            "server": ("in.process", 80),
        }
        sent = {
            "type": "http.request",
            "body": body.encode() if isinstance(body, str) else body,
            "more_body": False,
        }
        answer: dict[str, Any] = {"body": b""}

        async def receive() -> dict[str, Any]:
            return sent

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.update(status=message["status"], headers=message["headers"])
            else:
                answer["body"] += message.get("body", b"")

        await self.app(scope, receive, send)
        return answer["status"], answer["headers"], answer["body"]


class InProcessAdapter(BaseAdapter):
    """Sends the requests of a session to it."""

    def __init__(self, server: InProcess) -> None:
        super().__init__()
        self._server = server

    def send(self, request: requests.PreparedRequest, *_args: Any, **_more: Any) -> Any:
        status, headers, body = self._server.ask(request)
        answer = requests.Response()
        answer.status_code = status
        answer.headers = CaseInsensitiveDict(
            {name.decode(): value.decode() for name, value in headers}
        )
        answer.raw = io.BytesIO(body)
        answer.url = request.url or ""
        answer.request = request
        return answer

    def close(self) -> None:
        pass
