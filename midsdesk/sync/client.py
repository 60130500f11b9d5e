"""The session put to work: carries out what the machine asks for, one thing at a time.

One thread owns it and everything it holds. Others post events; what there is to see is told to an
observer, on this thread.
"""

import logging
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from midsdesk.errors import (
    AccessStaleError,
    ExternalError,
    MidsdeskError,
    RateLimitedError,
    SignInExpiredError,
)
from midsdesk.sync.engine import Engine, Report, back_off_s
from midsdesk.sync.ports import TokenStore
from midsdesk.sync.protocol import Tokens
from midsdesk.sync.session import Effect, Event, Phase, State, step
from midsdesk.sync.transport import HttpTransport

log = logging.getLogger("midsdesk.sync")
SOON_S: Final = 2.0
QUIET_S: Final = 15 * 60.0
POLL_S: Final = 5 * 60.0
_REFRESH_EARLY_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Status:
    """What a window shows.

    Attributes:
        online: The server answered the last time it was asked.
        waiting: Builds the server does not have as they are here.
        lasting: The sign-in outlives the program.
        error: Of the last failure, None after a success.
    """

    phase: Phase = Phase.ANONYMOUS
    login: str = ""
    online: bool = True
    waiting: int = 0
    lasting: bool = True
    last_sync: float = 0.0
    error: MidsdeskError | None = None


class Store(Protocol):
    """What the client itself asks of the store."""

    def waiting(self) -> int:
        """How many builds the server does not have as they are here."""


class Socket(Protocol):
    """Listens for hints on a thread of its own."""

    def open(self, url: str) -> None:
        """Begin to listen."""

    def close(self) -> None:
        """Stop listening."""


Bind = Callable[[str], tuple[Engine, Store]]
Observer = Callable[[Status, Report | None], None]


class SyncClient:
    """One device's session with one server."""

    def __init__(
        self,
        transport: HttpTransport,
        tokens: TokenStore,
        bind: Bind,
        observe: Observer,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`bind` makes the engine and the store of an account."""
        self._transport = transport
        self._tokens = tokens
        self._bind = bind
        self._observe = observe
        self._socket: Socket | None = None
        self._clock = clock
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._credentials: tuple[str, str, bool] = ("", "", False)
        self._held: Tokens | None = None
        self._engine: Engine | None = None
        self._store: Store | None = None
        self._failures = 0
        self._cycle_at: float | None = None
        self._refresh_at: float | None = None
        self._stale_at: float | None = None
        self._quiet_at: float | None = None
        self.state = State()
        self.status = Status(lasting=tokens.lasting)

    def listen_with(self, socket: Socket) -> None:
        """Where hints come from; without one, polling finds every change."""
        self._socket = socket

    def start(self) -> None:
        """Go on where the last run of the program ended, if its token was kept."""
        if self._tokens.read() is not None:
            self.handle(Event.STORED_TOKEN_FOUND)

    def sign_in(self, login: str, password: str, *, register: bool = False) -> None:
        """Sign in, or make an account."""
        self._credentials = (login, password, register)
        self.post(Event.SIGN_IN_ASKED)

    def post(self, event: Event) -> None:
        """Something happened. From any thread."""
        self._events.put(event)

    def run(self) -> None:
        """Work until `stop`. The body of the thread that owns this."""
        self.start()
        while True:
            due = self.due
            try:
                # With nothing due this waits for an event: an idle planner costs nothing.
                wait = None if due is None else max(0.0, due - self._clock())
                event = self._events.get(timeout=wait)
            except queue.Empty:
                self.tick()
                continue
            if event is None:
                self._close_socket()
                return
            self.handle(event)
            self.tick()

    def stop(self) -> None:
        """End `run`. From any thread."""
        self._events.put(None)

    @property
    def due(self) -> float | None:
        """When the next thing is to be done, in seconds since 1970; None: nothing is planned."""
        times = (self._refresh_at, self._cycle_at, self._quiet_at)
        return min((at for at in times if at is not None), default=None)

    def tick(self) -> None:
        """Do what is due."""
        now = self._clock()
        if self._refresh_at is not None and now >= self._refresh_at:
            self._refresh_at = None
            self._refresh()
        if self._cycle_at is not None and now >= self._cycle_at:
            self._cycle_at = None
            self._cycle()
        if self._quiet_at is not None and now >= self._quiet_at and not self._waiting():
            self._quiet_at = None
            self.handle(Event.QUIET)

    def handle(self, event: Event) -> None:
        """Step the machine and do what it asks for. On the owning thread."""
        before = self.state
        self.state, effects = step(before, event)
        if self.state == before and not effects:
            log.debug("%s changes nothing while %s", event, before.phase)
        if event is Event.LOCAL_SAVED or self.state.phase is not before.phase:
            self._quiet_at = self._clock() + QUIET_S if self.state.phase is Phase.ACTIVE else None
        for effect in effects:
            self._do(effect)
        self._tell()

    def _do(self, effect: Effect) -> None:
        now = self._clock()
        actions: dict[Effect, Callable[[], None]] = {
            Effect.SIGN_IN: self._sign_in,
            Effect.STORE_TOKEN: self._store_token,
            Effect.REFRESH: self._refresh,
            Effect.REFRESH_LATER: lambda: self._later("_refresh_at", self._wait()),
            Effect.CYCLE_NOW: lambda: self._later("_cycle_at", 0.0),
            Effect.CYCLE_SOON: lambda: setattr(self, "_cycle_at", now + SOON_S),
            Effect.CYCLE_LATER: lambda: self._later("_cycle_at", self._wait()),
            Effect.OPEN_SOCKET: self._open_socket,
            Effect.CLOSE_SOCKET: self._close_socket,
            Effect.STOP_TIMERS: self._stop_timers,
            Effect.DROP_TOKENS: self._drop_tokens,
            Effect.REVOKE: self._revoke,
            Effect.TELL_EXPIRED: self._tell,
        }
        actions[effect]()

    def _sign_in(self) -> None:
        login, password, register = self._credentials
        self._credentials = ("", "", False)
        call = self._transport.register if register else self._transport.sign_in
        try:
            self._held = call(login, password)
        except MidsdeskError as error:
            self._failed(error)
            self.handle(Event.SIGN_IN_FAILED)
        else:
            self.handle(Event.SIGNED_IN)

    def _refresh(self) -> None:
        """Exchange the token. Nothing else asks the server meanwhile: one thread owns it."""
        token = self._held.refresh if self._held else self._tokens.read()
        if token is None:
            self.handle(Event.TOKEN_REFUSED)
            return
        try:
            self._held = self._transport.refresh(token)
        except SignInExpiredError as error:
            self._failed(error)
            self.handle(Event.TOKEN_REFUSED)
        except ExternalError as error:
            self._failed(error)
            self.handle(Event.UNREACHABLE)
        else:
            self._failures = 0
            self.handle(Event.REFRESHED)

    def _store_token(self) -> None:
        """Stored before it is used: a crash now costs nothing."""
        if self._held is None:
            return
        self._tokens.write(self._held.refresh)
        self._transport.access = self._held.access
        self._stale_at = self._clock() + max(0.0, self._held.access_seconds - _REFRESH_EARLY_S)
        account = str(self._held.account)
        self._engine, self._store = self._bind(account)
        self.status = replace(
            self.status, login=self._held.login, lasting=self._tokens.lasting, error=None
        )

    def _cycle(self) -> None:
        if self._engine is None or self.state.phase not in (Phase.AUTHENTICATED, Phase.ACTIVE):
            return
        if self._stale_at is not None and self._clock() >= self._stale_at:
            self._stale_at = None
            self.handle(Event.ACCESS_STALE)
            return
        try:
            report = self._engine.cycle()
        except AccessStaleError:
            self.handle(Event.ACCESS_STALE)
        except SignInExpiredError as error:
            self._failed(error)
            self.handle(Event.SESSION_REVOKED)
        except MidsdeskError as error:
            self._failed(error)
            self.handle(Event.CATCH_UP_FAILED)
        else:
            self._failures = 0
            # A lost hint is caught by the next pull; this is the next pull.
            self._cycle_at = self._clock() + POLL_S
            self.status = replace(self.status, online=True, error=None, last_sync=self._clock())
            self._tell(report)
            self.handle(Event.CAUGHT_UP)

    def _open_socket(self) -> None:
        if self._socket is None:
            return
        try:
            ticket = self._transport.ticket()
        except MidsdeskError as error:
            log.info("no socket: %s", error.code)
            return  # hints are a comfort; polling goes on
        base = self._transport.url.replace("http", "ws", 1)
        self._socket.open(f"{base}/v1/socket?ticket={ticket}")

    def _close_socket(self) -> None:
        if self._socket is not None:
            self._socket.close()

    def _stop_timers(self) -> None:
        self._cycle_at = self._refresh_at = self._quiet_at = None

    def _drop_tokens(self) -> None:
        self._held = None
        self._transport.access = ""
        self._tokens.forget()
        self._engine = self._store = None

    def _revoke(self) -> None:
        token = self._held.refresh if self._held else self._tokens.read()
        if token is None:
            return
        try:
            self._transport.sign_out(token)
        except MidsdeskError as error:
            log.info("the session could not be revoked: %s", error.code)

    def _failed(self, error: MidsdeskError) -> None:
        self._failures += 1
        unreachable = isinstance(error, ExternalError) and error.retryable
        self.status = replace(self.status, online=not unreachable, error=error)
        if error.critical:
            log.critical("sync stopped: %s", error.code)

    def _later(self, timer: str, wait: float) -> None:
        """Set a timer; one that is due earlier stays."""
        at = self._clock() + wait
        held: float | None = getattr(self, timer)
        setattr(self, timer, at if held is None else min(held, at))

    def _wait(self) -> float:
        wait = back_off_s(max(0, self._failures - 1))
        error = self.status.error
        if isinstance(error, RateLimitedError):
            wait = max(wait, float(str(error.details.get("retry_after", 0))))
        return wait

    def _waiting(self) -> int:
        return self._store.waiting() if self._store is not None else 0

    def _tell(self, report: Report | None = None) -> None:
        self.status = replace(self.status, phase=self.state.phase, waiting=self._waiting())
        self._observe(self.status, report)
