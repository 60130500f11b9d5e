"""Links: what they show, to whom, until when; files beside them; the page and hostile names."""

import hashlib
import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import requests
from websockets.sync.client import connect

from midsdesk.formats import share_code
from midsdesk.server.gc import sweep
from midsdesk.server.settings import Settings
from tests.helpers.gamedata import packed_catalog
from tests.helpers.server import Account, Server
from tests.helpers.wire import content, put


def get(url: str, **more: object) -> requests.Response:
    return requests.get(url, timeout=10, allow_redirects=False, **more)  # type: ignore[arg-type]


def shared(who: Account, data: bytes, **more: object) -> dict[str, object]:
    build = uuid.uuid4()
    tag = put(who, build, data).json()["tag"]
    made = who.call("POST", "/v1/shares", json={"build": str(build), **more})
    assert made.status_code == 201, made.text
    return {**made.json(), "tag": tag}


def test_a_link_keeps_what_the_build_was(account: Callable[..., Account]) -> None:
    who = account()
    link = shared(who, content("Then"))
    put(who, uuid.UUID(str(link["build"])), content("Now"), str(link["tag"]))
    assert get(f"{who.url}/v1/shares/{link['code']}").json()["name"] == "Then"
    assert get(f"{who.url}/s/{link['code']}/build.mdbuild").content == content("Then")


def test_a_live_link_follows_the_build_and_hints(account: Callable[..., Account]) -> None:
    who = account()
    link = shared(who, content("Then"), live=True)
    assert "Then" in get(f"{who.url}/s/{link['code']}").text
    socket = f"{who.url.replace('http', 'ws')}/v1/shares/{link['code']}/socket"
    with connect(socket, proxy=None) as hints:
        began = time.monotonic()
        new = put(who, uuid.UUID(str(link["build"])), content("Now"), str(link["tag"])).json()[
            "tag"
        ]
        assert json.loads(hints.recv(5)) == {"tag": new}
        assert time.monotonic() - began < 1.0
    assert get(f"{who.url}/v1/shares/{link['code']}").json()["tag"] == new
    assert "Now" in get(f"{who.url}/s/{link['code']}").text


def test_a_revoked_link_is_gone_at_once(account: Callable[..., Account]) -> None:
    who, other = account(), account()
    link = shared(who, content())
    assert get(f"{who.url}/s/{link['code']}").ok
    assert other.call("DELETE", f"/v1/shares/{link['code']}").status_code == 404
    assert who.call("DELETE", f"/v1/shares/{link['code']}").status_code == 204
    assert get(f"{who.url}/s/{link['code']}").status_code == 404
    assert get(f"{who.url}/v1/shares/{link['code']}/build").status_code == 404


def test_views_are_counted(account: Callable[..., Account]) -> None:
    who = account()
    link = shared(who, content())
    for _ in range(3):
        get(f"{who.url}/s/{link['code']}")
    assert who.call("GET", "/v1/shares").json()["shares"][0]["views"] == 3


def test_a_link_ends_with_its_day(account: Callable[..., Account], server: Server) -> None:
    who = account()
    link = shared(who, content(), expires_in_days=1)
    assert get(f"{who.url}/s/{link['code']}").ok
    later = datetime.now(UTC) + timedelta(days=2)
    swept = sweep(settings_of(server), later)
    assert swept["shares"] >= 1


@pytest.mark.parametrize("code", ("x", "a" * 12 + "/../..", "%2e%2e%2f", "A" * 12, "' OR 1=1"))
def test_codes_that_are_none(server: Server, code: str) -> None:
    assert get(f"{server.url}/s/{code}").status_code in (404, 422)


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE builds; --",
    "{{7*7}}${7*7}",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "\u202etxt.exe\u200b",
    "a\u0000b\r\nSet-Cookie: x=1",
    "😀" * 500,
)


class Page(HTMLParser):
    """Every tag, attribute and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text_and_nothing_else(
    account: Callable[..., Account], name: str
) -> None:
    who = account()
    picks = [{"power": name, "level": 1, "slots": [{"level": 1, "piece": {"enhancement": name}}]}]
    link = shared(who, content(name, comment=name, picks=picks, archetype=name, powersets=[name]))
    answer = get(f"{who.url}/s/{link['code']}")
    assert answer.ok
    assert "Set-Cookie" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    page = Page(answer.text)
    assert not {"script", "img", "iframe", "object", "form"} & set(page.tags)
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    links = [value or "" for name, value in page.attributes if name in ("href", "src")]
    assert all(each.startswith((who.url, "midsdesk://build/")) for each in links)


def test_the_page_opens_the_program_with_the_whole_build(account: Callable[..., Account]) -> None:
    who = account()
    link = shared(who, content("Whole"))
    page = Page(get(f"{who.url}/s/{link['code']}").text)
    (opening,) = [v for _, v in page.attributes if v and v.startswith(share_code.LINK)]
    assert share_code.decode(opening, packed_catalog()).name == "Whole"


def upload(who: Account, data: bytes, **lies: object) -> tuple[str, requests.Response]:
    announced = {
        "name": "totals.csv",
        "content_type": "text/csv",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        **lies,
    }
    ticket = who.call("POST", "/v1/exports", json=announced)
    assert ticket.status_code == 201, ticket.text
    value = ticket.json()
    sent = requests.put(value["url"], data=data, headers=value["headers"], timeout=10)
    return value["id"], sent


def test_a_file_goes_to_storage_and_comes_back_from_the_link(
    account: Callable[..., Account],
) -> None:
    who, data = account(), b"power,damage\nBlast,12\n"
    file, sent = upload(who, data)
    assert sent.status_code == 200, sent.text
    assert who.call("POST", f"/v1/exports/{file}/complete").status_code == 204
    link = shared(who, content(), exports=[file])
    (listed,) = get(f"{who.url}/v1/shares/{link['code']}").json()["files"]
    there = get(listed["url"])
    assert there.status_code == 307
    fetched = get(there.headers["Location"])
    assert fetched.content == data
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert who.call("DELETE", f"/v1/exports/{file}").status_code == 204
    assert get(there.headers["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("lies", "body"),
    [
        pytest.param({}, b"other content of same", id="another content"),
        pytest.param({"size": 5}, b"more than was announced", id="more bytes"),
    ],
)
def test_storage_takes_only_what_was_signed(
    account: Callable[..., Account], lies: dict[str, object], body: bytes
) -> None:
    who, data = account(), b"what was announced at"
    announced = {
        "name": "x.csv",
        "content_type": "text/csv",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        **lies,
    }
    ticket = who.call("POST", "/v1/exports", json=announced).json()
    headers = {**ticket["headers"], "Content-Length": str(len(body))}
    assert requests.put(ticket["url"], data=body, headers=headers, timeout=10).status_code >= 400
    done = who.call("POST", f"/v1/exports/{ticket['id']}/complete")
    assert (done.status_code, done.json()["code"]) == (409, "upload_missing")


def test_a_ticket_is_for_its_own_key(account: Callable[..., Account]) -> None:
    who, data = account(), b"content"
    announced = {
        "name": "x", "content_type": "text/csv", "size": 7,
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    ticket = who.call("POST", "/v1/exports", json=announced).json()
    elsewhere = ticket["url"].replace(ticket["id"], str(uuid.uuid4()))
    assert (
        requests.put(elsewhere, data=data, headers=ticket["headers"], timeout=10).status_code == 403
    )
    read = requests.get(ticket["url"], timeout=10)
    assert read.status_code == 403
    bucket = ticket["url"].split("/exports/")[0]
    assert requests.get(bucket, timeout=10).status_code == 403


def test_files_end_and_leave_nothing(account: Callable[..., Account], server: Server) -> None:
    who, data = account(), b"soon over"
    file, _ = upload(who, data)
    assert who.call("POST", f"/v1/exports/{file}/complete").status_code == 204
    link = shared(who, content(), exports=[file])
    (listed,) = get(f"{who.url}/v1/shares/{link['code']}").json()["files"]
    address = get(listed["url"]).headers["Location"]
    assert get(address).ok
    sweep(settings_of(server), datetime.now(UTC) + timedelta(days=31))
    assert get(address).status_code == 404
    assert who.call("POST", f"/v1/exports/{file}/complete").status_code == 404


def test_files_of_a_deleted_account_are_swept(
    account: Callable[..., Account], server: Server
) -> None:
    from tests.helpers.server import PASSWORD

    who, data = account(), b"mine no more"
    file, _ = upload(who, data)
    who.call("POST", f"/v1/exports/{file}/complete")
    link = shared(who, content(), exports=[file])
    (listed,) = get(f"{who.url}/v1/shares/{link['code']}").json()["files"]
    address = get(listed["url"]).headers["Location"]
    assert who.call("POST", "/v1/account/delete", json={"password": PASSWORD}).status_code == 204
    assert sweep(settings_of(server))["orphans"] >= 1
    assert get(address).status_code == 404


@pytest.mark.parametrize(
    ("lies", "status"),
    [
        pytest.param({"content_type": "text/html"}, 415, id="a page"),
        pytest.param({"size": 10**9}, 413, id="too large"),
        pytest.param({"sha256": "x"}, 422, id="no hash"),
        pytest.param({"name": "a\nb"}, 422, id="a name of two lines"),
    ],
)
def test_files_that_are_not_taken(
    account: Callable[..., Account], lies: dict[str, object], status: int
) -> None:
    announced = {"name": "x", "content_type": "text/csv", "size": 7, "sha256": "0" * 64, **lies}
    assert account().call("POST", "/v1/exports", json=announced).status_code == status


def settings_of(server: Server) -> Settings:
    prefix = "MIDSDESK_"
    values = {
        name.removeprefix(prefix).lower(): value
        for name, value in server.environment.items()
        if name.startswith(prefix)
    }
    known = {name: value for name, value in values.items() if name in Settings.model_fields}
    return Settings(**known)  # type: ignore[arg-type]
