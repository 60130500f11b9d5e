"""Data sets: adding, checking, repairing, going back, and starting with damaged ones."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from midsdesk.app.datasets import HISTORY, DataSets
from midsdesk.app.gamedata import GameData, InstalledData
from midsdesk.app.jobs import JobCancelled
from midsdesk.app.settings import Settings
from midsdesk.app.shelf import Shelf
from midsdesk.calc.engine import Engine
from midsdesk.cli.main import main as cli_main
from midsdesk.errors import GameDatabaseError, ImportRefusedError, StorageError
from midsdesk.host.paths import user_paths
from tests.helpers.gamedata import default_path, packed_path

# Stands for the importer: copies the source, if it is a database, under a name of its own.
FAKE = """
import json, shutil, sys
from pathlib import Path
source = Path(sys.argv[2])
out = Path(sys.argv[sys.argv.index("--out") + 1])
for done in range(1, 4):
    print(json.dumps({"stage": "insert", "done": done, "total": 3}), flush=True)
if "--report" in sys.argv:
    Path(sys.argv[sys.argv.index("--report") + 1]).write_text(json.dumps({"name": source.name}))
if "refuse" in source.name:
    print(json.dumps({"error": {"code": "X", "message": "cut short"}}), file=sys.stderr)
    sys.exit(1)
made = out / (source.stem + ".db")
shutil.copy(PACKED if source.suffix == ".xz" else source, made)
print(json.dumps({"result": {"database": str(made)}}), flush=True)
"""


class Steps:
    def __init__(self, cancel_at: str = "") -> None:
        self.seen: list[str] = []
        self.cancel_at = cancel_at

    def step(self, done: int, total: int, note: str = "") -> None:
        del done, total
        self.seen.append(note)
        if note == self.cancel_at:
            raise JobCancelled


@pytest.fixture
def sets(tmp_path: Path) -> DataSets:
    script = tmp_path / "fake.py"
    script.write_text(f"PACKED = {str(default_path())!r}\n{FAKE}")
    settings = Settings(None, {})
    data = GameData(tmp_path / "gamedata", settings, lambda: [sys.executable, str(script)])
    return DataSets(data, settings)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A source that becomes the data of 2020."""
    return Path(shutil.copy(packed_path(), tmp_path / "old.db"))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A source that becomes the data of today."""
    return Path(shutil.copy(default_path(), tmp_path / "new.db"))


def damage(item: InstalledData) -> None:
    """Overwrite a page in the middle, as a bad disk does; the file still opens."""
    with item.path.open("r+b") as file:
        file.seek(item.path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)


def test_several_are_installed_and_one_is_in_use(sets: DataSets, old: Path, new: Path) -> None:
    steps = Steps()
    sets.add(old, steps)
    sets.add(new, steps)
    assert "insert" in steps.seen
    assert "note" in steps.seen
    listed = {each.installed.name: each for each in sets.listed()}
    assert {name: each.in_use for name, each in listed.items()} == {"new": True, "old": False}
    assert listed["old"].version == "2020.12.1"
    assert listed["new"].realm == "Homecoming"
    assert listed["old"].source == str(old)
    assert sets.report(listed["old"].installed) == {"name": "old.db"}


def test_a_refused_source_leaves_what_was(sets: DataSets, old: Path, tmp_path: Path) -> None:
    before = sets.add(old, Steps())
    (tmp_path / "refuse.db").write_bytes(b"")
    with pytest.raises(ImportRefusedError, match="cut short"):
        sets.add(tmp_path / "refuse.db", Steps())
    assert sets.data.current() == before
    assert [path.name for path in sets.data.folder.glob("new*")] == []


def test_a_cancelled_addition_leaves_what_was(sets: DataSets, old: Path, new: Path) -> None:
    before = sets.add(old, Steps())
    with pytest.raises(JobCancelled):
        sets.add(new, Steps(cancel_at="insert"))
    assert sets.data.current() == before


def test_a_whole_database_passes(sets: DataSets, old: Path) -> None:
    steps = Steps()
    verdict = sets.verify(sets.add(old, Steps()), steps)
    assert verdict.whole
    assert verdict.noted
    assert {"hash", "integrity"} <= set(steps.seen)


def test_without_a_note_sqlite_alone_decides(sets: DataSets, old: Path) -> None:
    item = sets.add(old, Steps())
    item.path.with_name("old.note.json").unlink()
    verdict = sets.verify(item, Steps())
    assert (verdict.whole, verdict.noted) == (True, False)


def test_a_damaged_page_is_found(sets: DataSets, old: Path) -> None:
    item = sets.add(old, Steps())
    damage(item)
    verdict = sets.verify(item, Steps())
    assert not verdict.whole
    assert "hash has changed" in verdict.flaws[0]
    assert len(verdict.flaws) > 1


def test_a_check_can_be_stopped(sets: DataSets, old: Path) -> None:
    item = sets.add(old, Steps())
    for stage in ("hash", "integrity"):
        with pytest.raises(JobCancelled):
            sets.verify(item, Steps(cancel_at=stage))


def test_repaired_from_its_source(sets: DataSets, old: Path) -> None:
    item = sets.add(old, Steps())
    damage(item)
    made = sets.repair(item, Steps())
    assert sets.verify(made, Steps()).whole
    assert (item.path.parent / "old.db.damaged").is_file()
    with sets_open(sets, made) as catalog:
        assert catalog == "2020.12.1"


def test_repaired_from_the_packed_data_where_the_source_is_gone(sets: DataSets, old: Path) -> None:
    item = sets.add(old, Steps())
    damage(item)
    old.unlink()
    made = sets.repair(item, Steps())
    assert sets.verify(made, Steps()).whole
    note = sets.note(made)
    assert note is not None
    assert note.source == ""


class sets_open:  # noqa: N801 - reads as a function
    """The version of a data set, opened for a moment."""

    def __init__(self, sets: DataSets, item: InstalledData) -> None:
        self._catalog = sets.data.open(item.path)

    def __enter__(self) -> str:
        return self._catalog.version

    def __exit__(self, *_: object) -> None:
        self._catalog.close()


def test_going_back_and_back_again(sets: DataSets, old: Path, new: Path) -> None:
    first, second = sets.add(old, Steps()), sets.add(new, Steps())
    assert sets.data.current() == second
    assert sets.roll_back() == first
    assert sets.data.current() == first
    with pytest.raises(GameDatabaseError, match="no former game data"):
        sets.roll_back()
    sets.choose(second.name)
    assert sets.previous() == first


def test_what_can_no_longer_be_opened_is_nothing_to_go_back_to(
    sets: DataSets, old: Path, new: Path
) -> None:
    first = sets.add(old, Steps())
    sets.add(new, Steps())
    first.path.write_bytes(b"rubbish")
    assert sets.previous() is None


def test_a_note_is_no_must(sets: DataSets, old: Path) -> None:
    item = sets.add(old, Steps())
    item.path.with_name("old.note.json").write_text("{")
    item.path.with_name("old.report.json").write_text("[]")
    assert sets.note(item) is None
    assert sets.report(item) is None


def test_the_first_start_installs_the_packed_data(sets: DataSets) -> None:
    started = sets.start(Steps())
    started.catalog.close()
    assert started.message == ""
    assert started.catalog.version.startswith("2025")


def test_a_damaged_database_is_set_aside_and_the_packed_one_takes_its_place(
    sets: DataSets, old: Path
) -> None:
    item = sets.add(old, Steps())
    item.path.write_bytes(b"rubbish")
    started = sets.start(Steps())
    started.catalog.close()
    assert "were set aside as old.db.damaged" in started.message
    assert "\n" not in started.message
    assert started.installed.name != "old"
    again = sets.start(Steps())
    again.catalog.close()
    assert again.message == ""


def test_another_installed_one_goes_before_the_packed_one(
    sets: DataSets, old: Path, new: Path
) -> None:
    sets.add(old, Steps())
    item = sets.add(new, Steps())
    item.path.write_bytes(b"rubbish")
    started = sets.start(Steps())
    started.catalog.close()
    assert started.installed.name == "old"


def test_setting_aside_twice_keeps_both(sets: DataSets, old: Path) -> None:
    for ending in ("", "-2"):
        item = sets.add(old, Steps())
        assert sets.set_aside(item).name == f"old.db.damaged{ending}"


def test_the_history_is_short(sets: DataSets, old: Path) -> None:
    for number in range(12):
        sets.add(Path(shutil.copy(old, old.with_name(f"old{number}.db"))), Steps())
    assert len(sets._settings.get(HISTORY)) <= 8


def test_a_check_is_noted(sets: DataSets, old: Path) -> None:
    item = sets.add(old, Steps())
    sets.verify(item, Steps())
    (listed,) = sets.listed()
    assert listed.checked
    assert listed.fault == ""
    damage(item)
    sets.verify(item, Steps())
    (listed,) = sets.listed()
    assert listed.checked == ""
    assert "hash has changed" in listed.fault


def test_added_for_later_leaves_what_is_in_use(sets: DataSets, old: Path, new: Path) -> None:
    first = sets.add(old, Steps())
    sets.add(new, Steps(), use=False)
    assert sets.data.current() == first
    assert sets.previous() is None


def test_removed_brought_back_and_gone_for_good(sets: DataSets, old: Path, new: Path) -> None:
    first, second = sets.add(old, Steps()), sets.add(new, Steps())
    with pytest.raises(GameDatabaseError, match="use other game data first"):
        sets.remove(second)
    sets.remove(first)
    assert [each.installed.name for each in sets.listed()] == ["new"]
    sets.bring_back(first)
    assert len(sets.listed()) == 2
    sets.remove(first)
    sets.empty()
    assert not list(sets.data.folder.glob("old*"))
    with pytest.raises(StorageError, match="cannot be brought back"):
        sets.bring_back(first)


def test_the_report_of_a_refused_source_is_kept_for_a_look(sets: DataSets, tmp_path: Path) -> None:
    (tmp_path / "refuse.db").write_bytes(b"")
    with pytest.raises(ImportRefusedError):
        sets.add(tmp_path / "refuse.db", Steps())
    assert sets.refused == {"name": "refuse.db"}


def of_realm(source: Path, realm: str) -> Path:
    """Turn a copied database into one of another realm."""
    with closing(sqlite3.connect(source)) as file, file:
        file.execute("UPDATE meta SET value = ? WHERE name = 'realm'", (realm,))
        file.execute("UPDATE meta SET value = ? WHERE name = 'name'", (realm,))
    return source


def test_two_realms_open_at_once_each_with_its_own_rules(sets: DataSets, new, tmp_path) -> None:
    other = of_realm(Path(shutil.copy(new, tmp_path / "other.db")), "Rebirth")
    ours, theirs = sets.add(new, Steps()), sets.add(other, Steps())
    (sets.data.folder / "rebirth.toml").write_text("[server]\nmax_slots = 72\n")
    shelf = Shelf(sets.data, Engine)
    assert shelf.get(ours).catalog.ruleset.max_slots == 67
    assert shelf.get(theirs).catalog.ruleset.max_slots == 72
    assert shelf.get(theirs).catalog.ruleset.realm == "Rebirth"
    shelf.close()


def test_whose_rules_they_are_is_listed(sets: DataSets, old, new, tmp_path) -> None:
    other = of_realm(Path(shutil.copy(new, tmp_path / "other.db")), "Rebirth")
    for each in (old, new, other):
        sets.add(each, Steps())
    said = {each.installed.name: each.rules for each in sets.listed()}
    assert said == {
        "old": "their own",
        "new": "homecoming.toml",
        "other": "the default, homecoming.toml: Rebirth has no file of its own",
    }
    (sets.data.folder / "rebirth.toml").write_text("[server]\nmax_slots = 72\n")
    said = {each.installed.name: each.rules for each in sets.listed()}
    assert said["other"] == "rebirth.toml, a file beside the data"


def test_a_malformed_ruleset_is_said_at_start_and_the_data_open(sets: DataSets, new) -> None:
    made = sets.add(new, Steps())
    path = sets.data.folder / "homecoming.toml"
    path.write_text("[server]\nmax_slots = 6.5\n")
    told = f"The ruleset {path} has a flaw: [server] max_slots must be a whole number from 0."
    started, message = sets.open_current()
    assert started is not None
    assert (started.installed, started.message, message) == (made, told, told)
    assert started.catalog.ruleset.max_slots == 67
    started.catalog.close()
    (row,) = sets.listed()
    assert (row.rules, row.rules_fault, row.fault) == ("homecoming.toml", told, "")


def test_the_command_line_says_whose_rules(new, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("MIDSDESK_HOME", str(tmp_path / "home"))
    folder = user_paths().game_databases
    folder.mkdir(parents=True)
    shutil.copy(of_realm(new, "Rebirth"), folder / "rebirth.db")
    assert cli_main(["data", "list"]) == 0
    assert "rules: the default, homecoming.toml: Rebirth has no file" in capsys.readouterr().out
    (folder / "rebirth.toml").write_text("[server]\nslots = 6\n")
    assert cli_main(["data", "list"]) == 0
    out = capsys.readouterr().out
    assert "rules: the default" in out
    assert f"The ruleset {folder / 'rebirth.toml'} has a flaw: [server] slots is not known." in out
