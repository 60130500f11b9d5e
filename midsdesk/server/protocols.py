"""HTTP as uvicorn reads it, with a limit of time for the head of a request.

uvicorn waits for ever for the end of a request's headers; a few thousand clients that send one
letter a minute would hold every socket. A proxy in front has such a limit of its own; this one
holds where there is none.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_LIMIT_S: Final = 10.0


class GuardedProtocol(HttpToolsProtocol):
    """Closes connections whose request's head does not arrive in time."""

    head_limit_s = HEAD_LIMIT_S
    _guard: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A connection: its first head is awaited."""
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Bytes: of a head, where no request is under way."""
        if self._guard is None and (self.cycle is None or self.cycle.response_complete):
            self._wait_for_head()
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        self._guard = self.loop.call_later(self.head_limit_s, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._guard is not None:
            self._guard.cancel()
            self._guard = None

    def _too_slow(self) -> None:
        self._guard = None
        if not self.transport.is_closing():
            self.transport.close()
