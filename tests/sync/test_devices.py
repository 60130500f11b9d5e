"""Devices with names: conflicts, deletions, foreign accounts, restored servers, refusals."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from midsdesk.app.syncing import make_client, new_id
from midsdesk.errors import RefusedError
from midsdesk.formats import native
from midsdesk.storage.userdb.builds import BuildShelf, StoredBuild
from midsdesk.storage.userdb.database import UserDatabase
from midsdesk.sync.client import Status
from midsdesk.sync.engine import Report, back_off_s
from midsdesk.sync.protocol import ShareRequest
from midsdesk.sync.session import Event, Phase
from midsdesk.sync.transport import HttpTransport
from tests.helpers.devices import (
    LOST_ANSWER,
    LOST_REQUEST,
    Device,
    Keyring,
    decoded,
    small_build,
    with_token,
)
from tests.helpers.gamedata import packed_catalog
from tests.helpers.server import PASSWORD, Server

Make = Callable[..., Device]


@pytest.fixture
def device(server: Server) -> Iterator[Make]:
    made: list[Device] = []
    login = f"d-{uuid.uuid4().hex}"

    def make(name: str, *, of: str = "") -> Device:
        made.append(Device(server.url, name))
        made[-1].sign_in(of or login, register=bool(of) or len(made) == 1)
        return made[-1]

    yield make
    for each in made:
        each.close()


def names(device: Device) -> list[str]:
    return sorted(decoded(each).name for each in device.contents().values())


def synced(*devices: Device) -> None:
    for _ in range(2):
        for each in devices:
            each.cycle()


def test_changes_of_different_things_merge(device: Make) -> None:
    desk, laptop = device("desk"), device("laptop")
    key = desk.save(small_build("Ash"))
    synced(desk, laptop)
    desk.save(replace(desk.open(key), comment="from the desk"), key)
    laptop.save(replace(laptop.open(key), origin="Science"), key)
    synced(desk, laptop)
    for each in (desk, laptop):
        build = each.open(key)
        assert (build.comment, build.origin) == ("from the desk", "Science")


def test_changes_of_the_same_thing_are_both_kept(device: Make) -> None:
    desk, laptop = device("desk"), device("laptop")
    key = desk.save(small_build("Ash"))
    synced(desk, laptop)
    desk.save(replace(desk.open(key), comment="desk"), key)
    laptop.save(replace(laptop.open(key), comment="laptop"), key)
    synced(desk, laptop)
    assert names(desk) == names(laptop) == ["Ash", "Ash (copy from laptop)"]
    comments = {decoded(each).comment for each in desk.contents().values()}
    assert comments == {"desk", "laptop"}


def test_an_edit_beats_a_deletion(device: Make) -> None:
    desk, laptop = device("desk"), device("laptop")
    key = desk.save(small_build("Ash"))
    synced(desk, laptop)
    desk.delete(key)
    laptop.save(replace(laptop.open(key), comment="still used"), key)
    synced(desk, laptop)
    assert desk.open(key).comment == laptop.open(key).comment == "still used"


def test_a_deletion_reaches_the_other_device_and_stays_among_versions(device: Make) -> None:
    desk, laptop = device("desk"), device("laptop")
    key = desk.save(small_build("Ash"))
    synced(desk, laptop)
    desk.delete(key)
    synced(desk, laptop)
    assert laptop.contents() == {}
    assert decoded(laptop.shelf.versions(key)[0][1]).name == "Ash"


def test_a_lost_answer_does_not_write_twice(device: Make) -> None:
    desk, laptop = device("desk"), device("laptop")
    desk.save(small_build("Ash"))
    desk.pump([LOST_ANSWER])
    assert desk.client.status.waiting == 1
    assert not desk.client.status.online
    synced(desk, laptop)
    assert names(laptop) == ["Ash"]


def test_offline_everything_goes_on_and_is_sent_later(device: Make) -> None:
    desk, laptop = device("desk"), device("laptop")
    for number in range(5):
        desk.save(small_build(f"Build {number}"))
        desk.pump([LOST_REQUEST] * 3)
    assert desk.client.status.waiting == 5
    desk.restart()
    synced(desk, laptop)
    assert len(names(laptop)) == 5


def test_another_account_gets_nothing_of_the_first(device: Make) -> None:
    desk = device("desk")
    key = desk.save(small_build("Ash"))
    desk.pump([LOST_REQUEST] * 3)
    desk.client.handle(Event.SIGN_OUT_ASKED)
    other = f"o-{uuid.uuid4().hex}"
    desk.sign_in(other, register=True)
    synced(desk)
    assert desk.client.status.waiting == 0
    elsewhere = Device(desk.url, "elsewhere")
    elsewhere.sign_in(other)
    synced(elsewhere)
    assert elsewhere.contents() == {}
    assert key in desk.contents(), "the build stays on this device, parked"
    elsewhere.close()


def test_what_the_server_refuses_is_kept_here_and_not_sent_again(device: Make) -> None:
    desk = device("desk")
    key = desk.save(replace(small_build("Ash"), comment="x" * 60_000, extras=""))
    huge = native.encode_build(small_build("Huge")).replace(b"Huge", b"H" * 300_000)
    desk.shelf.put(StoredBuild(new_id(), "Huge", "", "", huge, 1.0))
    synced(desk)
    sent = desk.network.requests
    synced(desk)
    assert desk.client.status.waiting == 1
    assert desk.network.requests - sent <= 4, "it is not sent again and again"
    assert key in desk.contents()


def test_reused_refresh_tokens_end_the_session_and_keep_the_builds(device: Make) -> None:
    desk = device("desk")
    old = desk.keyring.token
    desk.save(small_build("Ash"))
    synced(desk)
    for _ in range(2):
        desk.client.handle(Event.ACCESS_STALE)
        desk.pump()
    desk.keyring.token = old
    desk.save(small_build("Birch"))
    desk.restart()
    assert desk.client.state.phase is Phase.EXPIRED
    assert len(desk.contents()) == 2
    assert desk.keyring.token is None


def test_back_off_doubles_with_jitter_up_to_five_minutes() -> None:
    assert back_off_s(0, lambda: 1.0) == 1.0
    assert back_off_s(3, lambda: 1.0) == 8.0
    assert back_off_s(3, lambda: 0.0) == 4.0
    assert back_off_s(50, lambda: 1.0) == 300.0


def test_ids_are_uuids_of_version_7() -> None:
    made = [uuid.UUID(new_id()) for _ in range(100)]
    assert {each.version for each in made} == {7}
    assert len(set(made)) == 100


def test_a_link_opens_on_a_machine_that_never_saw_the_build(device: Make) -> None:
    desk = device("desk")
    key = desk.save(replace(small_build("Ash"), comment="shared"))
    synced(desk)
    link = desk.transport.share(ShareRequest(build=uuid.UUID(key)))
    stranger = HttpTransport(desk.url, "a stranger's")
    assert decoded(stranger.shared_build(link.code)).comment == "shared"
    assert [each.code for each in desk.transport.shares()] == [link.code]
    desk.transport.revoke(link.code)
    with pytest.raises(RefusedError):
        stranger.shared_build(link.code)
    stranger.close()


def test_two_programs_see_each_others_change_within_a_second(
    server: Server, tmp_path: object
) -> None:
    """With threads, sockets and hints, as the window runs them."""
    import threading
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    login, clients, threads, shelves = f"w-{uuid.uuid4().hex}", [], [], []
    active = [threading.Event(), threading.Event()]
    taken = threading.Event()

    def observer(number: int) -> Callable[[Status, Report | None], None]:
        def observe(status: Status, report: Report | None) -> None:
            if status.phase is Phase.ACTIVE:
                active[number].set()
            if number == 1 and report is not None and report.taken:
                taken.set()

        return observe

    for number in range(2):
        database = UserDatabase(tmp_path / f"{number}.db")
        shelves.append((database, BuildShelf(database)))
        client = make_client(
            database, packed_catalog(), server.url, f"window {number}", observer(number), Keyring()
        )
        client.sign_in(login, PASSWORD, register=number == 0)
        thread = threading.Thread(target=client.run, daemon=True)
        thread.start()
        clients.append(client)
        threads.append(thread)
        assert active[number].wait(15)
    # The socket of the second is open a moment after it is active.
    end = time.monotonic() + 5
    while "midsdesk_sockets 2.0" not in metrics(server) and time.monotonic() < end:
        taken.wait(0.05)
    content = native.encode_build(with_token(small_build(""), 3, 7))
    shelves[0][1].put(StoredBuild(new_id(), "t7.", "", "", content, 1.0))
    clients[0].post(Event.USER_BACK)
    clients[0].post(Event.REMOTE_HINT)
    began = time.monotonic()
    assert taken.wait(5)
    assert time.monotonic() - began < 1.0
    assert [each.content for each in shelves[1][1].all()] == [content]
    for client, thread, (database, _) in zip(clients, threads, shelves, strict=True):
        client.stop()
        thread.join(5)
        assert not thread.is_alive()
        database.close()


def metrics(server: Server) -> str:
    import requests

    return requests.get(f"{server.url}/metrics", timeout=5).text
