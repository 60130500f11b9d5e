"""The real parts, once for all tests of the server in a process."""

import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from midsdesk.server.embedded import EmbeddedError
from tests.helpers.server import Account, Parts, Server


@pytest.fixture(scope="session")
def parts() -> Iterator[Parts]:
    made = Parts()
    try:
        made.postgres, made.valkey, made.storage  # noqa: B018 - started here
    except EmbeddedError as missing:
        if os.environ.get("MIDSDESK_REQUIRE_SERVICES", "1") == "1":
            pytest.fail(f"{missing}: run make setup", pytrace=False)
        pytest.skip(str(missing))
    yield made
    made.stop()


@pytest.fixture(scope="session")
def server(parts: Parts) -> Iterator[Server]:
    """One server with everything, for tests that leave it as it was."""
    settings = {
        "MIDSDESK_DATABASE_URL": parts.database(),
        "MIDSDESK_REDIS_URL": parts.valkey.url,
        **parts.storage.environment,
    }
    made = Server(settings)
    yield made
    made.close()


@pytest.fixture
def account(server: Server) -> Iterator[Callable[..., Account]]:
    """Makes accounts on the shared server."""
    made: list[Account] = []

    def make(**more: Any) -> Account:
        made.append(Account(server.url, f"user-{uuid.uuid4().hex[:12]}", **more))
        return made[-1]

    yield make
    for each in made:
        each.close()
