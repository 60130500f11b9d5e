"""The whole import on a small source: same bytes twice, nothing left behind, clear refusals."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importer import pipeline
from importer.issues import Report, Severity
from importer.pipeline import Options
from importer.progress import ImportCancelled, Progress
from importer.source import Source
from midsdesk.errors import (
    DiskFullError,
    ImportRefusedError,
    InternalError,
    SourceFormatError,
    StorageError,
)
from midsdesk.storage.gamedb import writer
from midsdesk.storage.gamedb.reader import GameDatabase
from tests.helpers.made_source import with_changed

STAGES = [
    *("read", "schema", "reference", "rules", "transform", "insert", "index", "warm"),
    "statistics",
]
Written = Callable[[Source], Path]


def _run(path: Path, out: Path, report: Report | None = None, **options: Any) -> Path:
    return pipeline.run(path, out, Options(**options), report or Report(str(path)))


def test_all_nine_stages_report_and_are_timed(
    source: Source, written: Written, tmp_path: Path
) -> None:
    seen: list[tuple[str, int, int]] = []
    report = Report("")
    progress = Progress(lambda *step: seen.append(step))
    _run(written(source), tmp_path / "a.db", report, progress=progress)
    assert [stage.stage for stage in report.stages] == STAGES
    assert list(dict.fromkeys(stage for stage, _, _ in seen)) == STAGES
    assert all(0 <= done <= total for _, done, total in seen)
    assert {stage for stage, done, total in seen if done == total} >= set(STAGES)
    assert report.counts["effects"] == 14
    assert report.database_bytes == (tmp_path / "a.db").stat().st_size


def test_the_same_source_gives_the_same_bytes(
    source: Source, written: Written, tmp_path: Path
) -> None:
    path = written(source)
    first, second = _run(path, tmp_path / "a.db"), _run(path, tmp_path / "b.db")
    assert first.read_bytes() == second.read_bytes()


def test_a_folder_gets_a_file_named_by_content(
    source: Source, written: Written, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = _run(written(source), out, name="My Realm! 2")
    database = GameDatabase(path)
    assert path.name == f"my-realm-2-20240429-{database.key[:8]}.db"
    assert database.name == "My Realm! 2"
    assert _run(written(source), out, name="My Realm! 2") == path
    assert [each.name for each in out.iterdir()] == [path.name]


def test_the_hash_is_of_the_content_and_does_not_change_with_the_version(
    source: Source, written: Written, tmp_path: Path
) -> None:
    keys = set()
    for number, changed in enumerate(
        [source, source, with_changed(source, "powers", 0, range=81.0)]
    ):
        keys.add(GameDatabase(_run(written(changed), tmp_path / f"{number}.db")).key)
    assert len(keys) == 2


def test_errors_refuse_the_import_and_keep_the_old_file(
    source: Source, written: Written, tmp_path: Path
) -> None:
    out = _run(written(source), tmp_path / "a.db")
    before = out.read_bytes()
    bad = written(with_changed(source, "archetypes", 0, hit_points=0))
    report = Report("")
    with pytest.raises(ImportRefusedError, match="hit_points: 0 is not above 0"):
        _run(bad, out, report)
    assert report.count(Severity.ERROR) == 1
    assert out.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.db", "source.json"]
    _run(bad, out, force=True)
    assert out.read_bytes() != before


def test_checking_writes_nothing(source: Source, written: Written, tmp_path: Path) -> None:
    path = written(source)
    report = Report("")
    pipeline.check(path, Options(), report)
    assert report.counts["powers"] == 12
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_a_cancel_in_any_stage_leaves_nothing(
    source: Source, written: Written, tmp_path: Path, stage: str
) -> None:
    path = written(source)
    out = tmp_path / "a.db"
    out.write_bytes(b"old")

    def stop_there(name: str, _done: int, _total: int) -> None:
        if name == stage:
            progress.cancel()

    progress = Progress(stop_there)
    with pytest.raises(ImportCancelled):
        _run(path, out, progress=progress)
    assert out.read_bytes() == b"old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.db", "source.json"]


def test_a_long_statement_is_given_up_on_a_cancel(tmp_path: Path) -> None:
    progress = Progress()
    made = writer.GameDatabaseWriter(tmp_path / "a.db", stop=lambda: progress.cancelled)
    timer = threading.Timer(0.05, progress.cancel)
    timer.start()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    with pytest.raises(StorageError):
        made._run(endless)
    timer.join()
    made.close()


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, OSError])
def test_whatever_goes_wrong_nothing_is_left(
    source: Source,
    written: Written,
    tmp_path: Path,
    error: type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(writer.GameDatabaseWriter, "index", fail)
    with pytest.raises(error):
        _run(written(source), tmp_path / "a.db")
    assert [each.name for each in tmp_path.iterdir()] == ["source.json"]


def test_a_full_disk_is_said_to_be_full(
    source: Source, written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = writer.GameDatabaseWriter.insert

    def insert(self: writer.GameDatabaseWriter, *arguments: Any) -> int:
        self._run("PRAGMA max_page_count = 1")
        return whole(self, *arguments)

    monkeypatch.setattr(writer.GameDatabaseWriter, "insert", insert)
    with pytest.raises(DiskFullError, match="no room left on the disk"):
        _run(written(source), tmp_path / "a.db")
    assert [each.name for each in tmp_path.iterdir()] == ["source.json"]


def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    source: Source, written: Written, tmp_path: Path
) -> None:
    path = written(source)
    with pytest.raises(StorageError, match="There is no folder"):
        _run(path, tmp_path / "none" / "a.db")
    locked = tmp_path / "locked"
    locked.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        with pytest.raises(StorageError, match="Permission denied"):
            _run(path, locked)


def test_the_target_may_be_a_folder_in_the_way(
    source: Source, written: Written, tmp_path: Path
) -> None:
    (tmp_path / "a.db.partial").mkdir()
    with pytest.raises(StorageError):
        _run(written(source), tmp_path / "a.db")


def test_a_power_that_cannot_be_compiled_stops_the_import(
    source: Source, written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("importer.warm.live", fail)
    with pytest.raises(InternalError, match=r"Blaster\.Ice\.Bolt cannot be compiled"):
        _run(written(source), tmp_path / "a.db")
    assert [each.name for each in tmp_path.iterdir()] == ["source.json"]


def test_no_source_at_all(tmp_path: Path) -> None:
    with pytest.raises(SourceFormatError, match="There is no"):
        _run(tmp_path / "none", tmp_path / "a.db")


def test_the_report_is_readable_and_complete(
    source: Source, written: Written, tmp_path: Path
) -> None:
    bad = source
    for at in range(5):
        bad = with_changed(bad, "powers", at, sub_powers=("A.B.C",))
    report = Report("here")
    _run(written(bad), tmp_path / "a.db", report)
    text = report.as_text()
    assert "5 warning" in text
    assert text.count("There is no power A.B.C.") == 3
    assert "and 2 more like it (reference: I12.mhd sub_powers)" in text
    assert len(report.as_json()["issues"]) == 5
    assert report.as_json()["severities"] == {"info": 0, "warning": 5, "error": 0}


@pytest.mark.parametrize(
    ("name", "realm"),
    [("homecoming-2020", "Homecoming"), ("Rebirth", "Rebirth"), ("Thunderspy", "Thunderspy")],
)
def test_the_realm_is_told_from_the_name(name: str, realm: str) -> None:
    assert pipeline.realm_of(name) == realm
