"""Parts that die: PostgreSQL, Valkey, the server itself; a backup restored; a bucket left open."""

import json
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from midsdesk.server.embedded import Postgres, Valkey, client_programs
from midsdesk.sync.session import Phase
from tests.helpers.devices import Device, decoded, small_build, tokens, with_token
from tests.helpers.server import Account, Parts, Server
from tests.helpers.wire import content, put

SYNCS = 200
DEATHS = 6


class Own:
    """Parts of this module's own, to be killed."""

    def __init__(self, folder: Path) -> None:
        from midsdesk.server.db.migrate import migrate

        folder.chmod(0o755)
        self.postgres = Postgres(folder / "pg")
        self.valkey = Valkey(folder / "vk")
        self.url = self.postgres.make("midsdesk")
        migrate(self.url)
        self.settings = {
            "MIDSDESK_DATABASE_URL": self.url,
            "MIDSDESK_REDIS_URL": self.valkey.url,
            "MIDSDESK_POOL_WAIT_S": "0.5",
        }
        self.server = Server(self.settings)

    def close(self) -> None:
        self.server.close()
        self.valkey.stop()
        self.postgres.stop()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="mdown"))
    made = Own(folder)
    yield made
    made.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.timeout(200)
@pytest.mark.parametrize("victim", ["server", "postgres", "valkey", "client"])
def test_nothing_acknowledged_is_lost_when_a_part_is_killed(own: Own, victim: str) -> None:
    """200 syncs, and in the middle of them a part dies again and again."""
    login = f"k-{uuid.uuid4().hex}"
    device = Device(own.server.url, "desk")
    device.sign_in(login, register=True)
    written: dict[str, int] = {}
    done = threading.Event()
    killer = threading.Thread(target=kill, args=(own, victim, done))
    killer.start()
    try:
        for number in range(1, SYNCS + 1):
            key = f"{uuid.UUID(int=number % 20 + 1)}"
            build = device.open(key) if key in device.contents() else small_build("")
            device.save(with_token(build, 3, number), key)
            written[key] = number
            device.cycle()
            if victim == "client" and number % (SYNCS // DEATHS) == 0:
                device.restart()
    finally:
        done.set()
        killer.join()
    rested(device)
    other = Device(own.server.url, "laptop")
    other.sign_in(login)
    rested(other)
    found = {key: tokens(decoded(each))[3] for key, each in other.contents().items()}
    assert found == written
    for each in (device, other):
        each.close()


def kill(own: Own, victim: str, done: threading.Event) -> None:
    for _ in range(DEATHS):
        if done.wait(0.4):
            return
        if victim == "server":
            own.server.kill()
            own.server.start()
        elif victim == "postgres":
            own.postgres.kill()
            own.postgres.revive()
        elif victim == "valkey":
            own.valkey.kill()
            if done.wait(0.3):
                own.valkey.start()
                return
            own.valkey.start()


def rested(device: Device, login: str = "") -> None:
    """Until a cycle is complete; with a login, signing in again where that is asked for."""
    end = time.monotonic() + 30
    before = len(device.reports)
    while time.monotonic() < end:
        device.now += 600.0
        if login and device.client.state.phase is Phase.EXPIRED:
            device.sign_in(login)
        device.cycle()
        reports = device.reports[before:]
        if reports and reports[-1].complete and not device.client.status.waiting:
            return
        time.sleep(0.1)
    raise AssertionError(device.client.status)


def test_a_backup_is_restored_and_clients_heal_the_server(own: Own, tmp_path: Path) -> None:
    """The way of docs/server.md: pg_dump, and a day later pg_restore."""
    login = f"b-{uuid.uuid4().hex}"
    desk, laptop = Device(own.server.url, "desk"), Device(own.server.url, "laptop")
    desk.sign_in(login, register=True)
    laptop.sign_in(login)
    kept = desk.save(with_token(small_build(""), 3, 1))
    deleted = desk.save(with_token(small_build(""), 3, 2))
    rested(desk)
    rested(laptop)
    dump = tmp_path / "backup.dump"
    run_tool("pg_dump", own.url, "--format=custom", f"--file={dump}")
    # A day of work, all of it acknowledged.
    desk.save(with_token(desk.open(kept), 3, 3), kept)
    desk.delete(deleted)
    created = desk.save(with_token(small_build(""), 3, 4))
    rested(desk)
    rested(laptop)
    laptop.save(with_token(laptop.open(kept), 4, 5), kept)
    rested(laptop)
    own.server.kill()
    run_tool("pg_restore", own.url, "--clean", "--if-exists", str(dump))
    own.server.start()
    # A session whose tokens are newer than the backup is begun anew; no build depends on it.
    for _ in range(3):
        rested(laptop, login)
        rested(desk, login)
    for each in (desk, laptop):
        found = {key: tokens(decoded(data)) for key, data in each.contents().items()}
        # Both may have written the first after the backup: then one of them became a copy.
        assert found[kept] == {3: 3, 4: 5}
        assert found[created] == {3: 4}
        assert deleted not in found
        assert len(found) <= 3
        each.close()
    fresh = Device(own.server.url, "new machine")
    fresh.sign_in(login)
    rested(fresh)
    assert {key: tokens(decoded(data)) for key, data in fresh.contents().items()} == found
    fresh.close()


def run_tool(name: str, url: str, *words: str) -> None:
    program = client_programs() / name
    address = url.replace("postgresql+psycopg://", "postgresql://")
    subprocess.run([program, f"--dbname={address}", *words], check=True, capture_output=True)


def test_valkey_emptied_or_gone_changes_no_answer(own: Own) -> None:
    who = Account(own.server.url, f"v-{uuid.uuid4().hex[:12]}")
    build = uuid.uuid4()
    tag = put(who, build, content("Then")).json()["tag"]
    link = who.call("POST", "/v1/shares", json={"build": str(build), "live": True}).json()
    url = f"{who.url}/v1/shares/{link['code']}"
    assert requests.get(url, timeout=5).json()["name"] == "Then"
    own.valkey.kill()
    try:
        tag = put(who, build, content("Now"), tag).json()["tag"]
        assert requests.get(url, timeout=5).json()["name"] == "Now"
        assert requests.get(f"{who.url}/readyz", timeout=5).json()["valkey"] == "gone"
        assert who.call("DELETE", f"/v1/shares/{link['code']}").status_code == 204
        assert requests.get(url, timeout=5).status_code == 404
        assert who.call("POST", "/v1/auth/sign-out-everywhere").status_code == 204
        assert who.call("GET", "/v1/changes").status_code == 401
    finally:
        own.valkey.start()
    assert who.call("GET", "/v1/changes").status_code == 401
    who.close()


def test_without_its_database_the_server_says_so_and_comes_back(own: Own) -> None:
    who = Account(own.server.url, f"p-{uuid.uuid4().hex[:12]}")
    assert who.call("GET", "/v1/changes").ok
    own.postgres.kill()
    try:
        answer = who.call("GET", "/v1/changes")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["Retry-After"]
        assert requests.get(f"{who.url}/readyz", timeout=10).status_code == 503
        assert requests.get(f"{who.url}/healthz", timeout=10).ok
        assert "midsdesk_alerts_total" in requests.get(f"{who.url}/metrics", timeout=10).text
    finally:
        own.postgres.revive()
    end = time.monotonic() + 15
    while not who.call("GET", "/v1/changes").ok:
        assert time.monotonic() < end
        time.sleep(0.1)
    who.close()


def test_a_bucket_that_strangers_may_use_stops_the_start(parts: Parts, tmp_path: Path) -> None:
    from midsdesk.server.embedded import Storage

    class Open(Storage):
        """A store without users: everybody may do everything."""

        def _spawned(self, weed: str, ports: list[int]) -> "subprocess.Popen[bytes]":
            users = tmp_path / "open" / "s3.json"
            everybody = {"name": "anonymous", "actions": ["Read", "Write", "List"]}
            value = json.loads(users.read_text())
            value["identities"].append(everybody)
            users.write_text(json.dumps(value))
            return super()._spawned(weed, ports)

    storage = Open(tmp_path / "open")
    settings = {"MIDSDESK_DATABASE_URL": parts.database(), **storage.environment}
    try:
        with pytest.raises(RuntimeError, match="open to everybody"):
            Server(settings)
    finally:
        storage.stop()


def test_two_workers_and_two_machines_share_everything(parts: Parts) -> None:
    """Two server processes, the second with two workers, one database, one Valkey."""
    settings = {
        "MIDSDESK_DATABASE_URL": parts.database(),
        "MIDSDESK_REDIS_URL": parts.valkey.url,
    }
    one, two = Server(settings), Server({**settings, "MIDSDESK_WORKERS": "2"})
    try:
        first = Account(one.url, f"m-{uuid.uuid4().hex[:12]}")
        second = Account(two.url, first.login, register=False)
        build, tag = uuid.uuid4(), ""
        from websockets.sync.client import connect

        ticket = second.call("POST", "/v1/socket-tickets").json()["ticket"]
        with connect(
            f"{two.url.replace('http', 'ws')}/v1/socket?ticket={ticket}", proxy=None
        ) as hints:
            for number in range(20):
                who = (first, second)[number % 2]
                answer = put(who, build, content(f"Version {number}"), tag)
                assert answer.ok, answer.text
                tag = answer.json()["tag"]
                began = time.monotonic()
                while json.loads(hints.recv(5)).get("seq") != number + 1:
                    pass
                assert time.monotonic() - began < 1.0
        again = f"{two.url.replace('http', 'ws')}/v1/socket?ticket={ticket}"
        with pytest.raises(Exception, match=r"403|4401|rejected"), connect(again, proxy=None):
            pass
        # Ended on one machine, ended on the other.
        assert second.call("GET", "/v1/changes").ok
        assert first.call("POST", "/v1/auth/sign-out-everywhere").status_code == 204
        end = time.monotonic() + 1
        while second.call("GET", "/v1/changes").ok:
            assert time.monotonic() < end
        assert 'route="/v1/builds/{build}"' in requests.get(f"{two.url}/metrics", timeout=5).text
        first.close()
        second.close()
    finally:
        one.close()
        two.close()
