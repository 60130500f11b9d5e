"""The session as a machine: seven states, `step` is pure and total.

A pair of state and event that is not listed changes nothing. Being online is no state: editing and
the outbox depend on none of this.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias


class Phase(StrEnum):
    """The seven states."""

    ANONYMOUS = "anonymous"
    AUTHENTICATING = "authenticating"
    AUTHENTICATED = "authenticated"
    ACTIVE = "active"
    IDLE = "idle"
    REFRESHING = "refreshing token"
    EXPIRED = "expired"


class Event(StrEnum):
    """What may happen."""

    SIGN_IN_ASKED = "sign-in asked"
    STORED_TOKEN_FOUND = "stored token found"  # noqa: S105 - a word
    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    CAUGHT_UP = "caught up"
    CATCH_UP_FAILED = "catch-up failed"
    ACCESS_STALE = "access token stale"
    SESSION_REVOKED = "session revoked"
    LOCAL_SAVED = "local saved"
    REMOTE_HINT = "remote hint"
    QUIET = "quiet"
    SOCKET_LOST = "socket lost"
    USER_BACK = "user back"
    IDLE_TOO_LONG = "idle too long"
    REFRESHED = "refreshed"
    UNREACHABLE = "unreachable"
    TOKEN_REFUSED = "token refused"  # noqa: S105 - a word
    SIGN_OUT_ASKED = "sign-out asked"


class Effect(StrEnum):
    """What is to be done."""

    SIGN_IN = "sign in"
    STORE_TOKEN = "store token"  # noqa: S105 - a word
    REFRESH = "refresh"
    REFRESH_LATER = "refresh later"
    CYCLE_NOW = "cycle now"
    CYCLE_SOON = "cycle soon"
    CYCLE_LATER = "cycle later"
    OPEN_SOCKET = "open socket"
    CLOSE_SOCKET = "close socket"
    STOP_TIMERS = "stop timers"
    DROP_TOKENS = "drop tokens"
    REVOKE = "revoke"
    TELL_EXPIRED = "tell expired"


@dataclass(frozen=True, slots=True)
class State:
    """Where the session is.

    Attributes:
        resume: The state to go back to, while authenticating or refreshing.
    """

    phase: Phase = Phase.ANONYMOUS
    resume: Phase = Phase.ANONYMOUS


Effects: TypeAlias = tuple[Effect, ...]
_Rule: TypeAlias = tuple[Phase, Effects]
P, E, F = Phase, Event, Effect
_EXPIRE: Final[Effects] = (F.CLOSE_SOCKET, F.STOP_TIMERS, F.DROP_TOKENS, F.TELL_EXPIRED)
_WAKE: Final[_Rule] = (P.AUTHENTICATED, (F.CYCLE_NOW,))

# Phase and event to the next phase and what is done. Going through AUTHENTICATING and REFRESHING
# is below: they remember where from.
RULES: Final[dict[tuple[Phase, Event], _Rule]] = {
    (P.AUTHENTICATING, E.SIGNED_IN): (P.AUTHENTICATED, (F.STORE_TOKEN, F.CYCLE_NOW)),
    (P.AUTHENTICATED, E.CAUGHT_UP): (P.ACTIVE, (F.OPEN_SOCKET,)),
    (P.AUTHENTICATED, E.CATCH_UP_FAILED): (P.AUTHENTICATED, (F.CYCLE_LATER,)),
    (P.AUTHENTICATED, E.LOCAL_SAVED): (P.AUTHENTICATED, (F.CYCLE_SOON,)),
    (P.AUTHENTICATED, E.SESSION_REVOKED): (P.EXPIRED, _EXPIRE),
    (P.ACTIVE, E.LOCAL_SAVED): (P.ACTIVE, (F.CYCLE_SOON,)),
    (P.ACTIVE, E.REMOTE_HINT): (P.ACTIVE, (F.CYCLE_NOW,)),
    (P.ACTIVE, E.CATCH_UP_FAILED): (P.AUTHENTICATED, (F.CLOSE_SOCKET, F.CYCLE_LATER)),
    (P.ACTIVE, E.QUIET): (P.IDLE, (F.CLOSE_SOCKET, F.STOP_TIMERS)),
    (P.ACTIVE, E.SOCKET_LOST): (P.AUTHENTICATED, (F.CYCLE_LATER,)),
    (P.ACTIVE, E.SESSION_REVOKED): (P.EXPIRED, _EXPIRE),
    (P.IDLE, E.USER_BACK): _WAKE,
    (P.IDLE, E.LOCAL_SAVED): _WAKE,
    (P.IDLE, E.IDLE_TOO_LONG): (P.EXPIRED, _EXPIRE),
    (P.REFRESHING, E.UNREACHABLE): (P.REFRESHING, (F.REFRESH_LATER,)),
    (P.REFRESHING, E.USER_BACK): (P.REFRESHING, (F.REFRESH,)),
    (P.REFRESHING, E.TOKEN_REFUSED): (P.EXPIRED, _EXPIRE),
}
_STALE_IN: Final = (P.AUTHENTICATED, P.ACTIVE)
_OUT: Final[Effects] = (F.REVOKE, F.CLOSE_SOCKET, F.STOP_TIMERS, F.DROP_TOKENS)


def step(state: State, event: Event) -> tuple[State, Effects]:
    """What an event makes of a state, and what is to be done."""
    phase = state.phase
    if event is E.SIGN_OUT_ASKED and phase is not P.ANONYMOUS:
        return State(), _OUT
    if event is E.SIGN_IN_ASKED and phase in (P.ANONYMOUS, P.EXPIRED):
        return State(P.AUTHENTICATING, phase), (F.SIGN_IN,)
    if event is E.STORED_TOKEN_FOUND and phase is P.ANONYMOUS:
        return State(P.REFRESHING, P.AUTHENTICATED), (F.REFRESH,)
    if event is E.SIGN_IN_FAILED and phase is P.AUTHENTICATING:
        return State(state.resume), ()
    if event is E.ACCESS_STALE and phase in _STALE_IN:
        return State(P.REFRESHING, phase), (F.REFRESH,)
    if event is E.REFRESHED and phase is P.REFRESHING:
        # Whatever waited for the token goes on: a cycle finds out what that is.
        return State(state.resume), (F.STORE_TOKEN, F.CYCLE_NOW)
    rule = RULES.get((phase, event))
    if rule is None:
        return state, ()
    resume = state.resume if rule[0] is phase else P.ANONYMOUS
    return replace(state, phase=rule[0], resume=resume), rule[1]
