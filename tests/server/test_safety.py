"""What strangers and broken programs send: answered by the right status, and nothing else."""

import contextlib
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from midsdesk.server.app import create_app
from midsdesk.server.settings import Settings
from tests.helpers.server import SECRET, Account, Parts, Server
from tests.helpers.wire import content, put

# Open on purpose: what needs no account.
OPEN = {
    "/healthz", "/readyz", "/metrics", "/openapi.json", "/s/{code}", "/s/{code}/build.mdbuild",
    "/v1/archetypes", "/v1/powersets", "/v1/powers", "/v1/enhancement-sets",
    "/v1/shares/{code}", "/v1/shares/{code}/build", "/v1/shares/{code}/files/{file}",
    "/v1/auth/register", "/v1/auth/sign-in", "/v1/auth/refresh", "/v1/auth/sign-out",
    "/v1/auth/password-reset",
}  # fmt: skip
INJECTIONS = (
    "' OR '1'='1",
    "1; DROP TABLE accounts",
    "../../etc/passwd",
    "%00",
    "\\x00",
    "${jndi:x}",
)


def routes() -> list[tuple[str, str]]:
    """Method and path of every route of the description, and of those left out of it."""
    app = create_app(Settings(secret=SECRET))  # type: ignore[arg-type]
    paths = app.openapi()["paths"]
    return sorted((method.upper(), path) for path, ways in paths.items() for method in ways)


CLOSED = [(method, path) for method, path in routes() if path not in OPEN]


def test_every_route_is_open_on_purpose_or_closed() -> None:
    assert len(CLOSED) > 15


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_nobody_gets_in_without_an_account(server: Server, method: str, path: str) -> None:
    answer = requests.request(method, server.url + filled(path, {}), timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


@pytest.fixture(scope="module")
def victim(server: Server) -> Iterator[dict[str, str]]:
    """Everything an account may own."""
    who = Account(server.url, f"victim-{uuid.uuid4().hex[:10]}")
    build = uuid.uuid4()
    tag = put(who, build, content("Secret plan")).json()["tag"]
    share = who.call("POST", "/v1/shares", json={"build": str(build)}).json()["code"]
    announced = {"name": "x", "content_type": "text/csv", "size": 7, "sha256": "0" * 64}
    file = who.call("POST", "/v1/exports", json=announced).json()["id"]
    before = who.call("GET", "/v1/account/data").json()
    yield {"build": str(build), "revision": "1", "code": share, "file": file, "tag": tag}
    after = who.call("GET", "/v1/account/data").json()
    assert after["builds"] == before["builds"], "a stranger changed something"
    assert after["exports"] == before["exports"]
    assert [each["code"] for each in after["shares"]] == [share]
    who.close()


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_a_foreign_account_reaches_nothing(
    server: Server, victim: dict[str, str], method: str, path: str
) -> None:
    """Every route with the ids of somebody else: nothing of theirs is read, changed or named."""
    stranger = Account(server.url, f"stranger-{uuid.uuid4().hex[:10]}")
    headers = {"If-Match": f'"{victim["tag"]}"', "Idempotency-Key": uuid.uuid4().hex}
    body: dict[str, Any] = {"build": victim["build"], "exports": [victim["file"]]}
    if method == "PUT":
        answer = put(stranger, uuid.UUID(victim["build"]), content("Mine"), victim["tag"])
        assert (answer.status_code, answer.json().get("head")) == (412, None)
    elif path != "/v1/account/delete":
        answer = stranger.call(method, filled(path, victim), headers=headers, json=body)
        if "{" in path:
            assert answer.status_code == 404, answer.text
        assert "Secret plan" not in answer.text
        assert victim["code"] not in answer.text
    stranger.close()


def test_the_id_of_a_foreign_build_may_be_used_and_is_another_build(
    server: Server, victim: dict[str, str]
) -> None:
    """Ids are made by clients: nobody can take one away, nor learn that it exists."""
    stranger = Account(server.url, f"stranger-{uuid.uuid4().hex[:10]}")
    assert put(stranger, uuid.UUID(victim["build"]), content("Mine")).status_code == 201
    stranger.close()


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize(("method", "path"), [each for each in routes() if "{" in each[1]])
def test_injected_paths_find_nothing(
    account: Callable[..., Account], method: str, path: str, text: str
) -> None:
    values = dict.fromkeys(("build", "revision", "code", "file"), text)
    answer = account().call(method, filled(path, values), allow_redirects=False)
    assert answer.status_code in (404, 405, 422, 428), answer.text


@pytest.mark.parametrize("text", INJECTIONS)
def test_injected_words_are_words(account: Callable[..., Account], text: str) -> None:
    who = account()
    assert who.call("GET", "/v1/powersets", params={"archetype": text}).status_code == 404
    answer = who.call("GET", "/v1/changes", params={"since": text})
    assert answer.status_code == 422
    login = {"login": text, "password": "long enough to be one"}
    assert who.call("POST", "/v1/auth/sign-in", json=login).status_code in (401, 422)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="another host"),
        pytest.param({"X-Forwarded-Host": "evil.example"}, id="a forwarded host"),
        pytest.param({"X-Forwarded-For": "1.2.3.4, 5.6.7.8"}, id="a forged address"),
        pytest.param({"X-Original-URL": "/v1/account/data"}, id="another address"),
        pytest.param({"X-HTTP-Method-Override": "DELETE"}, id="another method"),
        pytest.param({"X-Request-Id": "a b\tc<script>"}, id="a request number that is none"),
        pytest.param({"Accept": "text/html"}, id="wants a page"),
        pytest.param({"Range": "bytes=0-1"}, id="wants a part"),
        pytest.param({"Content-Type": "text/plain"}, id="says it sends text"),
    ],
)
def test_header_games_change_nothing(
    account: Callable[..., Account], headers: dict[str, str]
) -> None:
    who, build = account(), uuid.uuid4()
    put(who, build, content("Mine"))
    answer = who.call("GET", f"/v1/builds/{build}", headers=headers)
    assert (answer.status_code, answer.content) == (200, content("Mine"))
    assert "evil" not in str(answer.headers)
    assert "<" not in answer.headers["X-Request-Id"]
    made = who.call("POST", "/v1/shares", json={"build": str(build)}, headers=headers)
    if made.ok:
        assert made.json()["url"].startswith(who.url)


def test_an_old_protocol_is_told_to_update(account: Callable[..., Account]) -> None:
    answer = account().call("GET", "/v1/changes", headers={"Midsdesk-Protocol": "0"})
    assert (answer.status_code, answer.json()["code"]) == (426, "client_too_old")


def raw(server: Server, *pieces: bytes, wait_s: float = 5.0) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait_s) as connection:
        answer = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            for piece in pieces:
                connection.sendall(piece)
            while piece := connection.recv(65536):
                answer += piece
                if b"\r\n\r\n" in answer:
                    break
        return answer


@pytest.mark.parametrize(
    ("pieces", "statuses"),
    [
        pytest.param((b"\x00\x01\x02\r\n\r\n",), (b"400", b""), id="no HTTP"),
        pytest.param((b"GET / HTTP/9.9\r\n\r\n",), (b"400", b"404", b"505", b""), id="no version"),
        pytest.param(
            (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",),
            (b"400", b"431", b"200", b""),
            id="a header without end",
        ),
        pytest.param(
            (b"POST /v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",),
            (b"413",),
            id="says it will send 100 MB",
        ),
        pytest.param(
            (
                b"POST /v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                *(b"10000\r\n" + b"a" * 65536 + b"\r\n" for _ in range(12)),
            ),
            (b"413", b""),
            id="sends without saying how much",
        ),
        pytest.param(
            (
                b"POST /v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                b"Content-Length: 40\r\n\r\nabcd",
            ),
            (b"400", b"422", b""),
            id="two lengths",
        ),
    ],
)
def test_broken_http(
    server: Server, pieces: tuple[bytes, ...], statuses: tuple[bytes, ...]
) -> None:
    answer = raw(server, *pieces)
    assert answer[9:12] in statuses
    assert requests.get(f"{server.url}/healthz", timeout=5).ok


@pytest.fixture(scope="module")
def impatient(parts: Parts) -> Iterator[Server]:
    made = Server({"MIDSDESK_DATABASE_URL": parts.database(), "MIDSDESK_BODY_LIMIT_S": "0.5"})
    yield made
    made.close()


def test_a_body_that_never_ends_is_cut_off(impatient: Server) -> None:
    head = b"POST /v1/auth/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    answer = raw(impatient, head, b"{")
    assert answer[9:12] == b"408"


def test_a_head_that_never_ends_is_cut_off(impatient: Server) -> None:
    """Slowloris: the connection is closed, and others are served meanwhile."""
    with contextlib.ExitStack() as stack:
        slow = [
            stack.enter_context(socket.create_connection(("127.0.0.1", impatient.port), timeout=20))
            for _ in range(50)
        ]
        for each in slow:
            each.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        began = time.monotonic()
        assert requests.get(f"{impatient.url}/healthz", timeout=5).ok
        assert slow[0].recv(100) == b"", "it was not closed"
        assert time.monotonic() - began < 15


def filled(path: str, values: dict[str, str]) -> str:
    made = {
        "build": str(uuid.uuid4()),
        "revision": "1",
        "code": "A" * 12,
        "file": str(uuid.uuid4()),
    }
    for name, value in {**made, **values}.items():
        path = path.replace(f"{{{name}}}", value)
    return path
