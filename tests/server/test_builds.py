"""Builds over the wire: conditions, keys, tombstones, changes, digest, limits."""

import json
import uuid
from collections.abc import Callable

import pytest

from midsdesk.sync.protocol import MAX_BUILD_BYTES, digest_of, tag_of
from tests.helpers.server import Account
from tests.helpers.wire import content, put


def test_a_build_is_written_read_changed_and_deleted(account: Callable[..., Account]) -> None:
    who, build = account(), uuid.uuid4()
    made = put(who, build, content("One"))
    assert made.status_code == 201
    assert made.headers["ETag"] == f'"{tag_of(1, content("One"))}"'
    changed = put(who, build, content("Two"), made.json()["tag"])
    assert (changed.status_code, changed.json()["revision"]) == (200, 2)
    read = who.call("GET", f"/v1/builds/{build}")
    assert read.content == content("Two")
    tag = changed.json()["tag"]
    headers = {"If-Match": f'"{tag}"', "Idempotency-Key": "delete-it"}
    gone = who.call("DELETE", f"/v1/builds/{build}", headers=headers)
    assert gone.json()["tag"] == "3-deleted"
    after = who.call("GET", f"/v1/builds/{build}")
    assert (after.status_code, after.headers["ETag"]) == (410, '"3-deleted"')
    versions = who.call("GET", f"/v1/builds/{build}/versions").json()["versions"]
    assert [(each["revision"], each["deleted"]) for each in versions] == [
        (3, True),
        (2, False),
        (1, False),
    ]
    assert who.call("GET", f"/v1/builds/{build}/versions/1").content == content("One")


def test_who_knows_less_is_told_where_the_build_stands(account: Callable[..., Account]) -> None:
    who, build = account(), uuid.uuid4()
    first = put(who, build, content("One")).json()["tag"]
    second = put(who, build, content("Two"), first).json()["tag"]
    stale = put(who, build, content("Three"), first)
    assert stale.status_code == 412
    assert stale.headers["Content-Type"] == "application/problem+json"
    assert stale.json()["head"]["tag"] == second
    assert put(who, build, content("New")).status_code == 412


def test_a_key_makes_a_write_happen_once(account: Callable[..., Account]) -> None:
    who, build = account(), uuid.uuid4()
    first = put(who, build, content(), key="the-same-key")
    again = put(who, build, content(), key="the-same-key")
    assert (again.status_code, again.json()) == (201, first.json())
    other = put(who, build, content("Other"), key="the-same-key")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"If-None-Match": None}, 428, id="no condition"),
        pytest.param({"Idempotency-Key": None}, 428, id="no key"),
        pytest.param({"If-Match": '"1-0123456789abcdef"'}, 400, id="both conditions"),
        pytest.param({"If-None-Match": '"x"'}, 400, id="a tag where only * goes"),
        pytest.param({"Idempotency-Key": "x"}, 400, id="a key too short"),
        pytest.param({"Content-Type": "text/plain"}, 415, id="another type"),
    ],
)
def test_headers_are_needed(
    account: Callable[..., Account], headers: dict[str, str], status: int
) -> None:
    assert put(account(), uuid.uuid4(), content(), **headers).status_code == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        pytest.param(b"", 422, id="empty"),
        pytest.param(b"{", 422, id="cut short"),
        pytest.param(b"[]", 422, id="no object"),
        pytest.param(b'{"format":"mdbuild","version":1}', 422, id="no build in it"),
        pytest.param(b"\xff\xfe\x00", 422, id="no text"),
        pytest.param(b'{"a":' * 5000 + b"1" + b"}" * 5000, 422, id="nested deep"),
        pytest.param(content("x" * MAX_BUILD_BYTES), 413, id="too large"),
        pytest.param(content(picks=[{"level": 10**30}]), 422, id="a number beyond all levels"),
    ],
)
def test_what_is_no_build_is_refused(
    account: Callable[..., Account], data: bytes, status: int
) -> None:
    answer = put(account(), uuid.uuid4(), data)
    assert answer.status_code == status
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


def test_a_build_of_a_newer_program_is_kept_as_it_is(account: Callable[..., Account]) -> None:
    who, build = account(), uuid.uuid4()
    newer = json.dumps({"format": "mdbuild", "version": 9, "build": {"name": "New\x00"}}).encode()
    assert put(who, build, newer).status_code == 201
    assert who.call("GET", f"/v1/builds/{build}").content == newer
    assert who.call("GET", "/v1/builds").json()["builds"][0]["name"] == "New"


def test_changes_come_in_order_and_in_pages(account: Callable[..., Account]) -> None:
    who = account()
    ids = [uuid.uuid4() for _ in range(5)]
    for each in ids:
        put(who, each, content(str(each)))
    first = who.call("GET", "/v1/changes?limit=2").json()
    assert [each["id"] for each in first["changes"]] == [str(each) for each in ids[:2]]
    assert (first["cursor"], first["more"]) == (2, True)
    rest = who.call("GET", "/v1/changes?since=2").json()
    assert [each["seq"] for each in rest["changes"]] == [3, 4, 5]
    assert who.call("GET", "/v1/changes?since=5").json() == {
        "cursor": 5,
        "more": False,
        "changes": [],
    }
    ahead = who.call("GET", "/v1/changes?since=6")
    assert (ahead.status_code, ahead.json()["code"]) == (410, "cursor_too_old")


def test_the_digest_is_over_ids_and_tags(account: Callable[..., Account]) -> None:
    who, build = account(), uuid.uuid4()
    tag = put(who, build, content()).json()["tag"]
    assert who.call("GET", "/v1/digest").json()["digest"] == digest_of([(str(build), tag)])


def test_the_server_says_whether_it_knows_a_base(account: Callable[..., Account]) -> None:
    who, build = account(), uuid.uuid4()
    first = put(who, build, content("One")).json()["tag"]
    put(who, build, content("Two"), first)
    known = who.call("GET", f"/v1/builds/{build}?base={first}")
    assert known.headers["Midsdesk-Base"] == "known"
    unknown = who.call("GET", f"/v1/builds/{build}?base=1-ffffffffffffffff")
    assert unknown.headers["Midsdesk-Base"] == "unknown"
