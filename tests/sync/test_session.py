"""The session machine: total, and every way through it that the design names."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midsdesk.sync.session import Effect, Event, Phase, State, step

E, P, F = Event, Phase, Effect


@pytest.mark.parametrize(("phase", "event"), list(product(Phase, Event)))
def test_every_pair_has_an_answer(phase: Phase, event: Event) -> None:
    state, effects = step(State(phase, Phase.ACTIVE), event)
    assert isinstance(state, State)
    assert all(isinstance(each, Effect) for each in effects)


@pytest.mark.parametrize(
    ("events", "ends"),
    [
        pytest.param((E.SIGN_IN_ASKED, E.SIGNED_IN, E.CAUGHT_UP), P.ACTIVE, id="signing in"),
        pytest.param((E.SIGN_IN_ASKED, E.SIGN_IN_FAILED), P.ANONYMOUS, id="wrong password"),
        pytest.param((E.STORED_TOKEN_FOUND, E.REFRESHED), P.AUTHENTICATED, id="next start"),
        pytest.param((E.STORED_TOKEN_FOUND, E.UNREACHABLE), P.REFRESHING, id="offline start"),
        pytest.param(
            (E.STORED_TOKEN_FOUND, E.TOKEN_REFUSED, E.SIGN_IN_ASKED, E.SIGN_IN_FAILED),
            P.EXPIRED,
            id="expired, then a wrong password: still expired",
        ),
        pytest.param(
            (E.SIGN_IN_ASKED, E.SIGNED_IN, E.CAUGHT_UP, E.ACCESS_STALE, E.REFRESHED),
            P.ACTIVE,
            id="a stale token in between",
        ),
        pytest.param(
            (E.SIGN_IN_ASKED, E.SIGNED_IN, E.CAUGHT_UP, E.QUIET, E.USER_BACK),
            P.AUTHENTICATED,
            id="back from a pause",
        ),
        pytest.param(
            (E.SIGN_IN_ASKED, E.SIGNED_IN, E.CAUGHT_UP, E.SOCKET_LOST),
            P.AUTHENTICATED,
            id="the socket is lost",
        ),
    ],
)
def test_ways(events: tuple[Event, ...], ends: Phase) -> None:
    state = State()
    for event in events:
        state, _ = step(state, event)
    assert state.phase is ends


@given(st.lists(st.sampled_from(Event)))
def test_signing_out_always_ends_anonymous_and_without_tokens(events: list[Event]) -> None:
    state = State()
    for event in events:
        state, _ = step(state, event)
    anonymous = state.phase is P.ANONYMOUS
    state, effects = step(state, E.SIGN_OUT_ASKED)
    assert state.phase is P.ANONYMOUS
    assert anonymous or {F.DROP_TOKENS, F.CLOSE_SOCKET, F.STOP_TIMERS} <= set(effects)


@given(st.lists(st.sampled_from(Event)))
def test_nothing_is_asked_of_the_server_without_a_session(events: list[Event]) -> None:
    state = State()
    for event in events:
        before = state
        state, effects = step(state, event)
        if before.phase in (P.ANONYMOUS, P.EXPIRED):
            assert not {F.CYCLE_NOW, F.CYCLE_SOON, F.OPEN_SOCKET} & set(effects)


@given(st.lists(st.sampled_from(Event)))
def test_a_token_is_stored_before_anything_uses_it(events: list[Event]) -> None:
    state = State()
    for event in events:
        state, effects = step(state, event)
        if event in (E.SIGNED_IN, E.REFRESHED) and effects:
            assert effects[0] is F.STORE_TOKEN
