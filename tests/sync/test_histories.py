"""Histories of three devices: hundreds here, 20,000 with `make soak`."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from midsdesk.server.settings import Settings
from tests.helpers.inprocess import InProcess, InProcessAdapter
from tests.helpers.server import CHEAP, Parts, Server
from tests.sync.history import Histories

HISTORIES = int(os.environ.get("MIDSDESK_HISTORIES", "500"))
# Split, so that several test processes share them. One in ten goes over real sockets.
PARTS = 3
OVER_SOCKETS = HISTORIES // 10


@pytest.fixture(scope="session")
def inside(parts: Parts) -> Iterator[InProcess]:
    cheap = {name.removeprefix("MIDSDESK_").lower(): value for name, value in CHEAP.items()}
    made = InProcess(
        Settings(database_url=parts.database(), redis_url=parts.valkey.url, **cheap)  # type: ignore[arg-type]
    )
    yield made
    made.close()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_edit_is_lost_and_all_devices_agree(part: int, inside: InProcess) -> None:
    Histories.url, Histories.wire = inside.url, InProcessAdapter(inside)
    run(f"part {part}", (HISTORIES - OVER_SOCKETS) // PARTS)


@pytest.mark.timeout(3600)
def test_nor_over_sockets(server: Server) -> None:
    Histories.url, Histories.wire = server.url, None
    run("over sockets", OVER_SOCKETS)


def run(what: str, histories: int) -> None:
    before = (Histories.requests, Histories.copies)
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=histories,
            stateful_step_count=10,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    requests, copies = Histories.requests - before[0], Histories.copies - before[1]
    print(f"{what}: {histories} histories, {requests} requests, {copies} conflict copies")
