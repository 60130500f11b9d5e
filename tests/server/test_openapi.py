"""The description of the interface, and what it promises, tried with made-up requests."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from midsdesk.server.app import create_app
from midsdesk.server.settings import Settings
from tests.helpers.server import SECRET, Account, Server

app = create_app(Settings(secret=SECRET))  # type: ignore[arg-type]
# What ends the session this test speaks with.
ENDING = ["/v1/auth/sign-out", "/v1/auth/sign-out-everywhere", "/v1/account/delete"]
schema = schemathesis.openapi.from_dict(app.openapi(), config=SchemathesisConfig())


@pytest.fixture(scope="module")
def who(server: Server) -> Iterator[Account]:
    made = Account(server.url, f"schema-{uuid.uuid4().hex[:12]}")
    yield made
    made.close()


@schema.exclude(path=ENDING).parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_made_up_requests_get_described_answers(case: Any, server: Server, who: Account) -> None:
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {who.tokens['access']}"}
    answer = case.call(base_url=server.url, allow_redirects=False)
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    case.validate_response(
        answer,
        checks=(
            not_a_server_error,
            content_type_conformance,
            response_schema_conformance,
        ),
    ) if answer.status_code < 300 else is_problem(answer)


def is_problem(answer: Any) -> None:
    if answer.status_code in (304, 307):
        return
    assert answer.headers["content-type"][0].startswith("application/problem+json")
    value = json.loads(answer.content)
    assert value["status"] == answer.status_code
    assert value["code"]


def test_the_description_is_served(server: Server) -> None:
    served = requests.get(f"{server.url}/openapi.json", timeout=10).json()
    assert served == json.loads(json.dumps(app.openapi()))
    assert served["openapi"].startswith("3.")


def test_game_data_has_tags_and_is_not_sent_twice(server: Server) -> None:
    assert server.command("migrate").returncode == 0
    for path in (
        "/v1/archetypes",
        "/v1/powersets?archetype=Class_Blaster",
        "/v1/powers?powerset=Blaster_Ranged.Archery",
        "/v1/enhancement-sets",
    ):
        answer = requests.get(f"{server.url}{path}", timeout=10)
        assert answer.ok, answer.text
        assert len(answer.json()) > 5
        again = requests.get(
            f"{server.url}{path}", headers={"If-None-Match": answer.headers["ETag"]}, timeout=10
        )
        assert (again.status_code, again.content) == (304, b"")
    assert requests.get(f"{server.url}/v1/powersets?archetype=x", timeout=10).status_code == 404
    assert requests.get(f"{server.url}/v1/powersets?archetype=%00", timeout=10).status_code == 422
