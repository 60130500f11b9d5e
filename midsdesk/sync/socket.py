"""Hints from the server, on a thread of their own: something changed, pull it."""

import json
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from midsdesk.sync.protocol import PROTOCOL, PROTOCOL_HEADER
from midsdesk.sync.session import Event

log = logging.getLogger("midsdesk.sync")
_OPEN_S: Final = 5.0
_LONGEST: Final = 4096
_SIGNED_OUT: Final = 4401


class HintSocket:
    """One socket at a time; tells of hints and of its own end."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        self._post = post
        self._connection: ClientConnection | None = None
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    def open(self, url: str) -> None:
        """Begin to listen."""
        self.close()
        self._closing = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(url, self._closing), name="hints", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._closing.set()
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, WebSocketException):
                connection.close()

    def _run(self, url: str, closing: threading.Event) -> None:
        event = Event.SOCKET_LOST
        try:
            with connect(
                url,
                open_timeout=_OPEN_S,
                close_timeout=1,
                max_size=_LONGEST,
                proxy=None,
                additional_headers={PROTOCOL_HEADER: str(PROTOCOL)},
            ) as connection:
                self._connection = connection
                if closing.is_set():
                    return
                for message in connection:
                    if "seq" in json.loads(message):
                        self._post(Event.REMOTE_HINT)
                if connection.close_code == _SIGNED_OUT:
                    event = Event.SESSION_REVOKED
        except (OSError, WebSocketException, ValueError, TypeError) as error:
            log.info("the socket ended: %s", type(error).__name__)
        if not closing.is_set():
            self._post(event)
