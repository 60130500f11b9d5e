"""Fixtures for tests of server and sync: PostgreSQL, Valkey, S3 and a server, once a process.

Everything of the server is imported when a test asks for it: other tests need none of it.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.helpers.server import Account, Parts, Server


@pytest.fixture(scope="session")
def parts() -> Iterator[Parts]:
    """The real parts; failing without them, or skipping where that is allowed."""
    from midsdesk.server.embedded import EmbeddedError
    from tests.helpers.server import Parts

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
    from tests.helpers.server import Server

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
    from tests.helpers.server import Account

    made: list[Account] = []

    def make(**more: Any) -> Account:
        made.append(Account(server.url, f"user-{uuid.uuid4().hex[:12]}", **more))
        return made[-1]

    yield make
    for each in made:
        each.close()
