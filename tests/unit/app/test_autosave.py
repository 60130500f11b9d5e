import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from midsdesk.app import commands
from midsdesk.app.autosave import Autosaver
from midsdesk.app.files import save_document
from midsdesk.errors import MidsdeskError, StorageError
from midsdesk.host.sessions import Session
from midsdesk.storage.userdb.database import UserDatabase
from tests.helpers.builds import SNAP_SHOT, document
from tests.helpers.fake_calc import FakeCalculator
from tests.helpers.gamedata import packed_catalog

ROOT = Path(__file__).parents[3]


class Later:
    """A scheduler whose time passes when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, seconds: float, work: Callable[[], None]) -> Callable[[], None]:
        self.waiting.append(work)
        return lambda: self.waiting.remove(work) if work in self.waiting else None

    def pass_time(self) -> None:
        for work in list(self.waiting):
            self.waiting.remove(work)
            work()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[UserDatabase]:
    made = UserDatabase(tmp_path / "user.db")
    yield made
    made.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session(tmp_path / "sessions")
    yield made
    made.close()


def test_one_second_after_the_last_change(database: UserDatabase, session: Session) -> None:
    later = Later()
    saver = Autosaver(database, session, later)
    made = document()
    saver.watch(made)
    assert later.waiting == []
    made.do(commands.take_power(made, SNAP_SHOT))
    made.do(commands.add_slot(made, 0))
    assert len(later.waiting) == 1
    assert database.autosaves() == ()
    later.pass_time()
    (kept,) = database.autosaves()
    assert (kept.name, kept.label, kept.path) == ("Ash", "Add a slot to Snap Shot", "")
    assert saver.recoverable() == []


def test_undoing_everything_saving_and_closing_clear_it(
    database: UserDatabase, session: Session, tmp_path: Path
) -> None:
    later = Later()
    saver = Autosaver(database, session, later)
    made = document()
    saver.watch(made)
    made.do(commands.take_power(made, SNAP_SHOT))
    saver.flush()
    assert len(database.autosaves()) == 1
    made.undo()
    assert database.autosaves() == ()
    made.redo()
    later.pass_time()
    save_document(made, tmp_path / "ash.mbd")
    assert database.autosaves() == ()
    made.do(commands.add_slot(made, 0))
    later.pass_time()
    assert len(database.autosaves()) == 1
    saver.release(made)
    assert database.autosaves() == ()
    assert later.waiting == []


def test_what_a_dead_run_left_is_restored_and_kept(
    database: UserDatabase, session: Session, tmp_path: Path
) -> None:
    dead = Session(tmp_path / "sessions")
    before = Autosaver(database, dead, Later())
    made = document()
    before.watch(made)
    made.do(commands.take_power(made, SNAP_SHOT))
    before.flush()
    dead.close()

    later = Later()
    saver = Autosaver(database, session, later)
    (left,) = saver.recoverable()
    assert (left.name, left.label, left.path) == ("Ash", "Take Snap Shot", None)
    restored = saver.restore(left.id, packed_catalog(), FakeCalculator())
    assert restored is not None
    assert restored[0].build.entries == made.build.entries
    assert restored[0].modified
    later.pass_time()
    assert saver.recoverable() == []
    assert len(database.autosaves()) == 1
    saver.discard(left.id)
    assert saver.restore(left.id, packed_catalog(), FakeCalculator()) is None


def test_a_failing_database_is_told_not_raised(
    database: UserDatabase, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[MidsdeskError] = []
    saver = Autosaver(database, session, Later(), told.append)
    made = document()
    saver.watch(made)
    made.do(commands.take_power(made, SNAP_SHOT))

    def fail(_item: object) -> None:
        raise StorageError("no")

    monkeypatch.setattr(database, "put_autosave", fail)
    saver.flush()
    assert len(told) == 1


CHILD = """
import sys, time
from pathlib import Path
from midsdesk.app import commands
from midsdesk.app.autosave import Autosaver
from midsdesk.host.sessions import Session
from midsdesk.storage.userdb.database import UserDatabase
from tests.helpers.builds import SNAP_SHOT, document

home = Path(sys.argv[1])
database, session = UserDatabase(home / "user.db"), Session(home / "sessions")
saver = Autosaver(database, session)
made = document()
saver.watch(made)
made.do(commands.take_power(made, SNAP_SHOT))
while not database.autosaves():
    time.sleep(0.02)
print("ready", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX thing")
def test_autosave_survives_kill_9(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        database, session = UserDatabase(tmp_path / "user.db"), Session(tmp_path / "sessions")
        saver = Autosaver(database, session)
        assert saver.recoverable() == []
        child.send_signal(signal.SIGKILL)
        child.wait()
        (left,) = saver.recoverable()
        assert left.label == "Take Snap Shot"
        restored = saver.restore(left.id, packed_catalog(), FakeCalculator())
        assert restored is not None
        assert restored[0].build.find(SNAP_SHOT) == 0
        saver.release(restored[0])
        assert saver.recoverable() == []
        session.close()
        database.close()
