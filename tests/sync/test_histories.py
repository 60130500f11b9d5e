"""Histories of three devices, by the thousand; `make soak` runs ten times as many."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.helpers.server import Server
from tests.sync.history import Histories

# Split, so that several test processes share them.
PARTS = 4
HISTORIES = int(os.environ.get("MIDSDESK_HISTORIES", "2000"))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_no_edit_is_lost_and_all_devices_agree(part: int, server: Server) -> None:
    Histories.url = server.url
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES // PARTS,
            stateful_step_count=10,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"part {part}: {Histories.requests} requests, {Histories.copies} conflict copies")
