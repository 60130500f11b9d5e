"""Devices of a player for tests: real client, real database, and a network that fails."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from midsdesk.app.merging import BuildMerger
from midsdesk.app.syncing import new_id
from midsdesk.formats import native
from midsdesk.formats.members import Notes
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.ids import ArchetypeId, PowerId
from midsdesk.storage.userdb.builds import BuildShelf, StoredBuild
from midsdesk.storage.userdb.database import UserDatabase
from midsdesk.storage.userdb.sync_store import UserSyncStore
from midsdesk.sync.client import SyncClient
from midsdesk.sync.engine import Engine, Report
from midsdesk.sync.session import Event, Phase
from midsdesk.sync.transport import HttpTransport
from tests.helpers.gamedata import packed_catalog
from tests.helpers.server import PASSWORD

START = 1_700_000_000.0
POWERS = ("Snap_Shot", "Aimed_Shot", "Fistful_of_Arrows")
FINE, LOST_REQUEST, LOST_ANSWER, KILLED = "fine", "lost request", "lost answer", "killed"


class KilledError(BaseException):
    """The program ended here, without a word."""


class Network(BaseAdapter):
    """Sends requests, and loses what `plan` says: one word for each request, then all is fine."""

    def __init__(self, wire: BaseAdapter | None = None) -> None:
        super().__init__()
        self._wire = wire or HTTPAdapter(pool_connections=1, pool_maxsize=1)
        self.plan: list[str] = []
        self.requests = 0

    def send(self, request: Any, *args: Any, **more: Any) -> requests.Response:
        what = self.plan.pop(0) if self.plan else FINE
        if what == LOST_REQUEST:
            raise requests.ConnectionError("lost on the way")
        self.requests += 1
        answer: requests.Response = self._wire.send(request, *args, **more)
        if what == FINE:
            return answer
        answer.content  # noqa: B018 - the server has done it
        answer.close()
        if what == KILLED:
            raise KilledError
        raise requests.ConnectionError("its answer was lost")

    def close(self) -> None:
        self._wire.close()


class Keyring:
    """Keeps a token as a keyring does: over the end of the program."""

    lasting = True

    def __init__(self) -> None:
        self.token: str | None = None

    def read(self) -> str | None:
        return self.token

    def write(self, secret: str) -> None:
        self.token = secret

    def forget(self) -> None:
        self.token = None


@cache
def database_template() -> Path:
    path = memory_folder() / "template.db"
    UserDatabase(path).close()
    return path


@cache
def memory_folder() -> Path:
    """A folder in memory where there is one: these tests are not about the disk."""
    place = "/dev/shm" if Path("/dev/shm").is_dir() else None
    return Path(tempfile.mkdtemp(prefix="midsdesk-devices-", dir=place))


@cache
def merger() -> BuildMerger:
    return BuildMerger(packed_catalog())


class Device:
    """One machine: program, database, keyring, network, clock."""

    def __init__(self, url: str, name: str, wire: BaseAdapter | None = None) -> None:
        self.url, self.name = url, name
        self.folder = Path(tempfile.mkdtemp(dir=memory_folder()))
        self.path = self.folder / "user.db"
        shutil.copy(database_template(), self.path)
        self.network = Network(wire)
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.mount("http://", self.network)
        self.keyring = Keyring()
        self.now = START
        self.reports: list[Report] = []
        self.start()

    def start(self) -> None:
        self.database = UserDatabase(self.path)
        self.shelf = BuildShelf(self.database)
        self.transport = HttpTransport(self.url, self.name, self.http)
        self.client = SyncClient(
            self.transport, self.keyring, self._bind, self._observe, clock=lambda: self.now
        )
        self.client.start()

    def restart(self) -> None:
        """The program ends without a word and is started again."""
        self.database.close()
        self.start()

    def close(self) -> None:
        self.database.close()
        self.http.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sign_in(self, login: str, *, register: bool = False) -> None:
        self.client.sign_in(login, PASSWORD, register=register)
        self.client.handle(Event.SIGN_IN_ASKED)
        assert self.client.state.phase is Phase.AUTHENTICATED, self.client.status

    def pump(self, plan: Iterable[str] = ()) -> None:
        """Let the program do what it does next, at the time it wants to."""
        self.network.plan = list(plan)
        try:
            self.client.handle(Event.USER_BACK)
            self.now = max(self.now, self.client.due or self.now)
            for _ in range(4):
                self.client.tick()
                if self.client.due is None or self.client.due > self.now:
                    break
        except KilledError:
            self.network.plan = []
            self.restart()
        finally:
            self.network.plan = []

    def cycle(self) -> None:
        """A cycle now, whatever is planned."""
        if self.client.state.phase is Phase.ACTIVE:
            self.client.handle(Event.REMOTE_HINT)
        self.pump()

    def contents(self) -> dict[str, bytes]:
        return {each.id: each.content for each in self.shelf.all()}

    def save(self, build: Build, key: str | None = None) -> str:
        chosen = key or new_id()
        content = native.encode_build(build)
        item = StoredBuild(chosen, build.name, build.archetype, "", content, self.now)
        self.shelf.put(item)
        self.client.handle(Event.LOCAL_SAVED)
        return chosen

    def delete(self, key: str) -> None:
        self.shelf.delete(key, self.now)
        self.client.handle(Event.LOCAL_SAVED)

    def open(self, key: str) -> Build:
        stored = self.shelf.get(key)
        assert stored is not None
        return decoded(stored.content)

    def _bind(self, account: str) -> tuple[Engine, UserSyncStore]:
        def clock() -> float:
            return self.now

        store = UserSyncStore(self.database, account, merger().describe, clock)
        words: Callable[[], str] = lambda: f"copy from {self.name}"  # noqa: E731
        engine = Engine(
            store, self.transport, merger(), new_id=new_id, copy_words=words, clock=clock
        )
        return engine, store

    def _observe(self, _status: object, report: Report | None) -> None:
        if report is not None:
            self.reports.append(report)


def decoded(content: bytes) -> Build:
    file, _ = native.decode(content, packed_catalog())
    assert isinstance(_, Notes)
    return file.build


def small_build(name: str) -> Build:
    """A build with three powers, small enough for thousands of histories."""
    entries = tuple(
        PowerEntry(PowerId(f"Blaster_Ranged.Archery.{power}"), level)
        for power, level in zip(POWERS, (1, 2, 4), strict=True)
    )
    return Build(ArchetypeId("Class_Blaster"), name=name, entries=entries, pick_count=3)


def with_token(build: Build, place: int, token: int) -> Build:
    """Write a number into one of six places of a build that merge one by one."""
    if place < len(POWERS):
        return build.with_entry(place, replace(build.entries[place], stacks=token))
    text = f"t{token}."
    if place == len(POWERS):
        return replace(build, name=text)
    return replace(build, comment=text) if place == len(POWERS) + 1 else replace(build, origin=text)


def tokens(build: Build) -> dict[int, int]:
    """The numbers that stand in a build, by place."""
    found = {place: entry.stacks for place, entry in enumerate(build.entries) if entry.stacks}
    for number, text in enumerate((build.name, build.comment, build.origin), len(POWERS)):
        head = text.partition(".")[0]
        if head.startswith("t") and head[1:].isdigit():
            found[number] = int(head[1:])
    return found
