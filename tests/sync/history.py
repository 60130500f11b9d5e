"""The protocol as a state machine: three real devices, the real server, a network that fails.

What must hold at the end of every history: all devices have the same builds, and every number
somebody wrote is still there, unless somebody who had seen it wrote another one in its place or
deleted the build.
"""

import itertools
import uuid
from typing import ClassVar

import jwt
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from requests.adapters import BaseAdapter

from midsdesk.server.tokens import Identity, TokenMaker
from midsdesk.sync.session import Phase
from tests.helpers.devices import (
    FINE,
    KILLED,
    LOST_ANSWER,
    LOST_REQUEST,
    Device,
    decoded,
    small_build,
    tokens,
    with_token,
)
from tests.helpers.server import SECRET

DEVICES = 3
ROUNDS = 8
devices = st.integers(0, DEVICES - 1)
places = st.integers(0, 5)
actions = st.sampled_from(("edit", "edit", "edit", "create", "delete", "nothing"))
# What the network does with the next requests; None: the device stays offline.
plans = st.none() | st.lists(
    st.sampled_from((FINE, FINE, LOST_REQUEST, LOST_ANSWER, KILLED)), max_size=5
)
picks = st.integers(0, 1000)


class Histories(RuleBasedStateMachine):
    """One history."""

    url: ClassVar[str] = ""
    wire: ClassVar[BaseAdapter | None] = None
    requests: ClassVar[int] = 0
    copies: ClassVar[int] = 0

    @initialize()
    def begin(self) -> None:
        self.numbers = itertools.count(1)
        self.written: set[int] = set()
        self.replaced: set[int] = set()
        login = f"h-{uuid.uuid4().hex}"
        self.devices = [Device(self.url, f"device {n}", self.wire) for n in range(DEVICES)]
        for number, device in enumerate(self.devices):
            device.sign_in(login, register=number == 0)
        # Something they all have, so that there is something to disagree about.
        self.devices[0].save(with_token(small_build(""), 3, self._number()))
        for device in self.devices:
            device.pump()

    @rule(at=devices, what=actions, which=picks, place=places, plan=plans)
    def work(self, at: int, what: str, which: int, place: int, plan: list[str] | None) -> None:
        """Somebody does something on a device, which then syncs or stays offline."""
        device = self.devices[at]
        key = self._chosen(device, which)
        if what == "create" or (what == "edit" and key is None):
            device.save(with_token(small_build(""), 3, self._number()))
        elif what == "edit" and key is not None:
            build = device.open(key)
            self.replaced |= {tokens(build)[place]} if place in tokens(build) else set()
            device.save(with_token(build, place, self._number()), key)
        elif what == "delete" and key is not None:
            self.replaced |= set(tokens(device.open(key)).values())
            device.delete(key)
        if plan is not None:
            device.pump(plan)

    @rule(at=devices, seconds=st.sampled_from((-86_400.0, 3_600.0, 90_000.0)))
    def restarts_at_another_time(self, at: int, seconds: float) -> None:
        self.devices[at].now += seconds
        self.devices[at].restart()

    @precondition(lambda self: any(each.transport.access for each in self.devices))
    @rule(at=devices)
    def access_token_ends(self, at: int) -> None:
        transport = self.devices[at].transport
        if transport.access:
            claims = jwt.decode(transport.access, options={"verify_signature": False})
            who = Identity(uuid.UUID(claims["sub"]), uuid.UUID(claims["sid"]))
            transport.access = TokenMaker(SECRET, -60).access(who)

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        try:
            self._come_to_rest()
            self._check()
        finally:
            for device in self.devices:
                type(self).requests += device.network.requests
                type(self).copies += sum(len(each.copies) for each in device.reports)
                device.close()

    def _come_to_rest(self) -> None:
        for _ in range(ROUNDS):
            for device in self.devices:
                device.now += 600.0
                device.cycle()
            if self._at_rest():
                return

    def _at_rest(self) -> bool:
        first = self.devices[0].contents()
        return all(
            each.contents() == first
            and each.client.status.waiting == 0
            and each.client.state.phase is Phase.ACTIVE
            for each in self.devices
        )

    def _check(self) -> None:
        states = [(each.client.state, each.client.status) for each in self.devices]
        assert self._at_rest(), states
        left = [tokens(decoded(each)) for each in self.devices[0].contents().values()]
        there = {number for build in left for number in build.values()}
        assert self.written - self.replaced <= there, "an edit was lost"

    def _number(self) -> int:
        number = next(self.numbers)
        self.written.add(number)
        return number

    @staticmethod
    def _chosen(device: Device, which: int) -> str | None:
        keys = sorted(device.contents())
        return keys[which % len(keys)] if keys else None
