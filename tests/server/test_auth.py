"""Accounts and sessions: rotation, reuse, revocation, passwords, limits, deletion."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from midsdesk.server.tokens import Identity, TokenMaker
from tests.helpers.server import PASSWORD, SECRET, Account, Parts, Server
from tests.helpers.wire import content, pipelined, put


def refresh(url: str, token: str, device: str = "test") -> requests.Response:
    body = {"refresh": token, "device": device}
    return requests.post(f"{url}/v1/auth/refresh", json=body, timeout=10)


def test_a_name_is_taken_once_whatever_its_case(account: Callable[..., Account]) -> None:
    who = account()
    body = {"login": who.login.upper(), "password": PASSWORD}
    again = requests.post(f"{who.url}/v1/auth/register", json=body, timeout=10)
    assert (again.status_code, again.json()["code"]) == (409, "login_taken")


def test_wrong_password_and_unknown_name_look_the_same(account: Callable[..., Account]) -> None:
    who = account()
    answers = [
        requests.post(
            f"{who.url}/v1/auth/sign-in",
            json={"login": login, "password": "wrong wrong"},
            timeout=10,
        )
        for login in (who.login, f"nobody-{uuid.uuid4().hex[:8]}")
    ]
    first, second = ({**each.json(), "request_id": ""} for each in answers)
    assert first == second
    assert {each.status_code for each in answers} == {401}


def test_a_refresh_token_is_good_once(account: Callable[..., Account]) -> None:
    who = account()
    first = who.tokens["refresh"]
    second = refresh(who.url, first).json()["refresh"]
    third = refresh(who.url, second).json()["refresh"]
    assert len({first, second, third}) == 3
    # The first again: its successor was used, so somebody else has it.
    reused = refresh(who.url, first)
    assert (reused.status_code, reused.json()["code"]) == (401, "session_revoked")
    assert refresh(who.url, third).status_code == 401, "the whole family is revoked"
    assert who.call("GET", "/v1/changes").json()["code"] == "session_revoked"


def test_a_lost_answer_is_given_again_to_the_same_device(account: Callable[..., Account]) -> None:
    who = account()
    lost = refresh(who.url, who.tokens["refresh"]).json()["refresh"]
    again = refresh(who.url, who.tokens["refresh"])
    assert again.json()["refresh"] == lost
    thief = refresh(who.url, who.tokens["refresh"], device="another")
    assert thief.status_code == 401
    assert refresh(who.url, lost).status_code == 401


def test_two_refreshes_at_once_agree(account: Callable[..., Account]) -> None:
    who = account()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refresh(who.url, who.tokens["refresh"]), range(8)))
    assert {each.status_code for each in answers} == {200}
    assert len({each.json()["refresh"] for each in answers}) == 1


def test_signing_out_ends_the_session_at_once(account: Callable[..., Account]) -> None:
    who = account()
    assert who.call("GET", "/v1/changes").ok
    out = who.call("POST", "/v1/auth/sign-out", json={"refresh": who.tokens["refresh"]})
    assert out.status_code == 204
    assert who.call("GET", "/v1/changes").status_code == 401


def test_signing_out_everywhere(account: Callable[..., Account]) -> None:
    who = account()
    other = Account(who.url, who.login, register=False)
    assert other.call("POST", "/v1/auth/sign-out-everywhere").status_code == 204
    assert {each.call("GET", "/v1/changes").status_code for each in (who, other)} == {401}
    other.close()


def test_changing_the_password_ends_other_sessions(account: Callable[..., Account]) -> None:
    who = account()
    other = Account(who.url, who.login, register=False)
    wrong = who.call("POST", "/v1/auth/password", json={"old": "not this one", "new": "x" * 12})
    assert wrong.status_code == 401
    body = {"old": PASSWORD, "new": "another long password"}
    assert who.call("POST", "/v1/auth/password", json=body).status_code == 204
    assert who.call("GET", "/v1/changes").ok
    assert other.call("GET", "/v1/changes").status_code == 401
    other.close()


def test_a_reset_token_of_the_operator_works_once(
    account: Callable[..., Account], server: Server
) -> None:
    who = account()
    token = server.command("reset-password", who.login).stdout.strip()
    body = {"token": token, "new": "a new long password"}
    url = f"{who.url}/v1/auth/password-reset"
    assert requests.post(url, json=body, timeout=10).status_code == 204
    assert requests.post(url, json=body, timeout=10).status_code == 401
    assert who.call("GET", "/v1/changes").status_code == 401
    again = {"login": who.login, "password": "a new long password"}
    assert requests.post(f"{who.url}/v1/auth/sign-in", json=again, timeout=10).ok
    assert server.command("reset-password", "nobody-at-all").returncode == 1


def test_an_access_token_ends_and_says_so(account: Callable[..., Account]) -> None:
    who = account()
    session = json.loads(_payload(who.tokens["access"]))["sid"]
    identity = Identity(uuid.UUID(who.tokens["account"]), uuid.UUID(session))
    over = TokenMaker(SECRET, -60).access(identity)
    headers = {"Authorization": f"Bearer {over}"}
    assert who.call("GET", "/v1/changes", headers=headers).json()["code"] == "token_stale"


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param("", id="nothing"),
        pytest.param("Bearer", id="no token"),
        pytest.param("Basic dXNlcjpwYXNzd29yZA==", id="another scheme"),
        pytest.param("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", id="unsigned"),
        pytest.param(
            "Bearer "
            + TokenMaker("another secret of enough letters", 900).access(
                Identity(uuid.UUID(int=1), uuid.UUID(int=2))
            ),
            id="signed by another",
        ),
        pytest.param(
            "Bearer "
            + TokenMaker(SECRET, 900).ticket(Identity(uuid.UUID(int=1), uuid.UUID(int=2))),
            id="a socket ticket",
        ),
        pytest.param("Bearer " + "A" * 5000, id="far too long"),
    ],
)
def test_forged_tokens_open_nothing(server: Server, forged: str) -> None:
    headers = {"Authorization": forged}
    answer = requests.get(f"{server.url}/v1/changes", headers=headers, timeout=10)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_all_data_can_be_taken_along_and_deleted(account: Callable[..., Account]) -> None:
    who, build = account(), uuid.uuid4()
    put(who, build, content("Mine"))
    share = who.call("POST", "/v1/shares", json={"build": str(build)}).json()
    data = who.call("GET", "/v1/account/data")
    assert "Mine" in data.text
    assert data.json()["account"]["login"] == who.login
    assert who.tokens["refresh"] not in data.text
    assert "argon2" not in data.text
    wrong = who.call("POST", "/v1/account/delete", json={"password": "not this one"})
    assert wrong.status_code == 401
    done = who.call("POST", "/v1/account/delete", json={"password": PASSWORD})
    assert done.status_code == 204
    assert who.call("GET", "/v1/changes").status_code == 401
    assert requests.get(f"{who.url}/v1/shares/{share['code']}", timeout=10).status_code == 404
    assert refresh(who.url, who.tokens["refresh"]).status_code == 401
    # The name is free again, and nothing of the old account is there.
    anew = Account(who.url, who.login)
    assert anew.call("GET", "/v1/builds?deleted=true").json()["builds"] == []
    anew.close()


@pytest.fixture(scope="module")
def strict(parts: Parts) -> Iterator[Server]:
    """A server with the limits that operators get."""
    made = Server(
        {
            "MIDSDESK_DATABASE_URL": parts.database(),
            "MIDSDESK_REDIS_URL": parts.valkey.url,
            "MIDSDESK_SIGN_INS_PER_MINUTE": "10",
            "MIDSDESK_ANONYMOUS_PER_MINUTE": "100000",
            "MIDSDESK_REQUESTS_PER_MINUTE": "60",
        }
    )
    yield made
    made.close()


def test_ten_thousand_guesses_get_ten_answers_a_minute(strict: Server) -> None:
    victim = Account(strict.url, f"victim-{uuid.uuid4().hex[:8]}")
    began = time.monotonic()
    guesses = (
        json.dumps({"login": victim.login, "password": f"guess number {number}"}).encode()
        for number in range(10_000)
    )
    counts = pipelined(strict.port, "/v1/auth/sign-in", guesses)
    # One minute may turn into the next while this runs.
    minutes = int((time.monotonic() - began) / 60) + 2
    assert set(counts) == {401, 429}
    assert counts[401] <= 10 * minutes
    metrics = requests.get(f"{strict.url}/metrics", timeout=10).text
    assert 'midsdesk_limited_total{of="sign_in"}' in metrics
    victim.close()


def test_an_account_that_asks_too_often_is_told_to_wait(strict: Server) -> None:
    who = Account(strict.url, f"busy-{uuid.uuid4().hex[:8]}")
    answers = [who.call("GET", "/v1/digest") for _ in range(80)]
    limited = [each for each in answers if each.status_code == 429]
    assert limited
    assert all(each.headers["Retry-After"].isdigit() for each in limited)
    assert answers[0].ok
    who.close()


def _payload(token: str) -> bytes:
    import base64

    middle = token.split(".")[1]
    return base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4))
