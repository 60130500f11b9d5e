import os
import shutil
import sys
from pathlib import Path

import pytest

from midsdesk.app.gamedata import GameData
from midsdesk.app.jobs import JobCancelled
from midsdesk.app.settings import Settings
from midsdesk.errors import GameDatabaseError, ImportRefusedError, StorageError
from tests.helpers.gamedata import default_pack, packed_path

FAKE = """
import json, sys, time
from pathlib import Path
mode, out = sys.argv[1], Path(sys.argv[sys.argv.index("--out") + 1])
for done in range(1, 4):
    print(json.dumps({"stage": "insert", "done": done, "total": 3}), flush=True)
print("no json", flush=True)
if mode == "refuse":
    print(json.dumps({"error": {"code": "X", "message": "I12.mhd: cut short"}}), file=sys.stderr)
    sys.exit(1)
if mode == "hang":
    print(json.dumps({"stage": "index", "done": 0, "total": 1}), flush=True)
    time.sleep(60)
if mode == "crash":
    sys.exit(9)
(out / "homecoming-1.db").write_bytes(b"x")
print(json.dumps({"result": {"database": str(out / "homecoming-1.db")}}), flush=True)
"""


class Steps:
    def __init__(self, cancel_at: str = "") -> None:
        self.seen: list[tuple[int, int, str]] = []
        self.cancel_at = cancel_at

    def step(self, done: int, total: int, note: str = "") -> None:
        self.seen.append((done, total, note))
        if note == self.cancel_at:
            raise JobCancelled


def made(tmp_path: Path, mode: str = "fine") -> GameData:
    script = tmp_path / "fake.py"
    script.write_text(FAKE)
    settings = Settings(None, {})
    return GameData(tmp_path / "gamedata", settings, lambda: [sys.executable, str(script), mode])


def test_installing_reports_and_switches(tmp_path: Path) -> None:
    data, steps = made(tmp_path), Steps()
    assert data.current() is None
    found = data.install(Path("source"), steps)
    assert found.name == "homecoming-1"
    assert data.current() == found
    assert steps.seen == [(1, 3, "insert"), (2, 3, "insert"), (3, 3, "insert")]


def test_a_refused_source_says_what_the_importer_said(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match=r"I12\.mhd: cut short"):
        made(tmp_path, "refuse").install(Path("source"), Steps())


def test_a_crash_stays_in_the_child(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be imported"):
        made(tmp_path, "crash").install(Path("source"), Steps())


def test_cancelling_ends_the_child(tmp_path: Path) -> None:
    data = made(tmp_path, "hang")
    with pytest.raises(JobCancelled):
        data.install(Path("source"), Steps(cancel_at="index"))
    assert data.installed() == ()


def test_only_what_is_installed_can_be_chosen_and_only_databases_opened(tmp_path: Path) -> None:
    data = made(tmp_path)
    data.folder.mkdir()
    shutil.copy(packed_path(), data.folder / "good.db")
    (data.folder / "bad.db").write_bytes(b"rubbish")
    os.utime(data.folder / "good.db", (1, 1))
    data.choose("good")
    current = data.current()
    assert current is not None
    assert current.name == "good"
    with pytest.raises(GameDatabaseError):
        data.open(data.folder / "bad.db")
    with pytest.raises(GameDatabaseError, match="not installed"):
        data.choose("other")


def test_the_default_data_come_with_the_program(tmp_path: Path) -> None:
    assert made(tmp_path).default_source() == default_pack()


def test_the_real_importer_installs_them(tmp_path: Path) -> None:
    data, steps = GameData(tmp_path / "gamedata", Settings(None, {})), Steps()
    found = data.install(data.default_source(), steps)
    assert found.bytes > 1_000_000
    assert {note for _, _, note in steps.seen} >= {"read", "insert", "index"}
    catalog = data.open(found.path)
    assert catalog.archetype("Class_Blaster") is not None
    catalog.close()
