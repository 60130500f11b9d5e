"""Hints: a socket is told that something changed, never what; who missed one finds it by pulling.

Each socket holds at most one waiting message a topic, so a slow reader costs nothing.
"""

import asyncio
from collections import defaultdict
from typing import Any, Final

from midsdesk.server.metrics import SOCKETS

CLOSE: Final = "close"


class Listener:
    """One open socket: the newest message of each kind, until it is fetched."""

    __slots__ = ("_waiting", "_wake", "session")

    def __init__(self, session: str = "") -> None:
        self.session = session
        self._waiting: dict[str, Any] = {}
        self._wake = asyncio.Event()

    def put(self, kind: str, value: Any) -> None:
        """Leave a message; an older one of its kind is overwritten."""
        self._waiting[kind] = value
        self._wake.set()

    async def next(self) -> dict[str, Any]:
        """Wait for messages and take all of them."""
        await self._wake.wait()
        self._wake.clear()
        taken, self._waiting = self._waiting, {}
        return taken


class Hub:
    """The open sockets of one worker, by topic (`account:...`, `share:...`)."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self.count = 0

    def join(self, topic: str, listener: Listener) -> None:
        """Begin to listen."""
        self._listeners[topic].add(listener)
        self.count += 1
        SOCKETS.inc()

    def leave(self, topic: str, listener: Listener) -> None:
        """Stop listening."""
        held = self._listeners.get(topic)
        if held is None or listener not in held:
            return
        held.discard(listener)
        self.count -= 1
        SOCKETS.dec()
        if not held:
            del self._listeners[topic]

    def listening(self, topic: str) -> int:
        """How many listen to a topic in this worker."""
        return len(self._listeners.get(topic, ()))

    def heard(self, message: dict[str, Any]) -> None:
        """Pass on a message of any worker: {"topic", "kind", "value"}, or a session's end."""
        topic, kind = str(message.get("topic", "")), str(message.get("kind", ""))
        session = message.get("session")
        for listener in tuple(self._listeners.get(topic, ())):
            if session is None or listener.session == session:
                listener.put(kind, message.get("value"))

    def close_all(self) -> None:
        """The worker stops: every socket is told to come back."""
        for listeners in tuple(self._listeners.values()):
            for listener in listeners:
                listener.put(CLOSE, 1012)
