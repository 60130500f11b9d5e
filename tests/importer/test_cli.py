"""The command: exit codes, one line for each failure, progress, cancelling from outside."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importer.cli import main
from importer.progress import Progress, bar
from importer.source import Source
from midsdesk.storage.gamedb.columns import APPLICATION_ID
from tests.helpers.data_folder import write_folder
from tests.helpers.gamedata import ROOT, pack_file
from tests.helpers.made_source import with_changed

Written = Callable[[Source], Path]
Captured = pytest.CaptureFixture[str]


def _main(*arguments: object) -> int:
    return main([str(each) for each in arguments])


def test_run_stats_export_and_pack(
    source: Source, written: Written, tmp_path: Path, capsys: Captured
) -> None:
    path, database = written(source), tmp_path / "a.db"
    report = tmp_path / "report.json"
    assert _main("run", path, "--out", database, "--report", report) == 0
    assert "Issues       0 info, 0 warning, 0 error" in capsys.readouterr().out
    assert json.loads(report.read_text("utf-8"))["counts"]["powers"] == 12

    assert _main("stats", database) == 0
    assert "enhancement_lines" in capsys.readouterr().out
    assert _main("stats", database, "--json") == 0
    assert json.loads(capsys.readouterr().out)["meta"]["name"] == "Made"

    assert _main("export", database, "--format", "json", tmp_path / "b.json") == 0
    assert (tmp_path / "b.json").read_bytes() == path.read_bytes()

    assert _main("pack", database, "--out", tmp_path / "p", "--name", "Other", "--json") == 0
    packed = Path(json.loads(capsys.readouterr().out)["out"])
    assert packed.name == "other-2024.5.7.json.xz"
    assert _main("pack", path, "--out", tmp_path / "q", "--name", "Other") == 0
    assert (tmp_path / "q" / packed.name).read_bytes() == packed.read_bytes()


def test_a_mids_folder_is_exported_as_it_was(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_folder(folder)
    assert _main("check", folder) == 1, "its one power has no name, so no set"
    assert _main("run", folder, "--out", tmp_path / "a.db", "--force") == 0
    assert _main("export", tmp_path / "a.db", "--format", "mhd", tmp_path / "out") == 0
    for file in (tmp_path / "out").iterdir():
        assert file.read_bytes() == (folder / file.name).read_bytes(), file.name
    assert "There is no powerset (none)" in capsys.readouterr().err


def test_progress_is_one_object_a_line(
    source: Source, written: Written, tmp_path: Path, capsys: Captured
) -> None:
    assert _main("run", written(source), "--out", tmp_path / "a.db", "--progress", "json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    *steps, last = lines
    assert all(step.keys() == {"stage", "done", "total"} for step in steps)
    assert last["result"]["database"] == str(tmp_path / "a.db")
    assert last["result"]["severities"]["error"] == 0


def test_a_bar_is_drawn(source: Source, written: Written, tmp_path: Path, capsys: Captured) -> None:
    assert _main("check", written(source), "--progress", "bar") == 0
    assert "[##############################] 100%" in capsys.readouterr().err
    sink = bar(sys.stderr)
    sink("insert", 1, 2)
    sink("insert", 0, 0)
    assert "[###############...............]  50%" in capsys.readouterr().err


@pytest.mark.parametrize("as_json", [False, True])
def test_what_goes_wrong_is_one_line(
    source: Source, written: Written, tmp_path: Path, capsys: Captured, as_json: bool
) -> None:
    bad = written(with_changed(source, "archetypes", 0, hit_points=0))
    (tmp_path / "text.db").write_text("This is no database.")
    (tmp_path / "empty").mkdir()
    more = ["--progress", "json"] if as_json else []
    for expected, message, arguments in (
        (1, "hit_points: 0 is not above 0", ("run", bad, "--out", tmp_path / "a.db")),
        (1, "hit_points", ("check", bad)),
        (1, "There is no", ("check", tmp_path / "none")),
        (1, "I12.mhd is missing", ("check", tmp_path / "empty")),
        (1, "not a game database", ("stats", tmp_path / "text.db")),
        (1, "There is no game database", ("export", tmp_path / "none.db", tmp_path / "x.json")),
        (1, "not an export", ("pack", tmp_path / "text.db", "--out", tmp_path)),
        (3, "There is no folder", ("run", bad, "--out", tmp_path / "none" / "a.db")),
    ):
        assert _main(*arguments, *more) == expected
        (line,) = capsys.readouterr().err.splitlines()
        text = json.loads(line)["error"]["message"] if as_json else line
        assert message in text
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["run"], ["run", "x"], ["fly"], ["check", "x", "--progress", "loud"]]
)
def test_wrong_usage_is_2(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_report_is_written_when_the_import_is_refused(
    source: Source, written: Written, tmp_path: Path, capsys: Captured
) -> None:
    bad = written(with_changed(source, "archetypes", 0, hit_points=0))
    report = tmp_path / "report.json"
    assert _main("run", bad, "--out", tmp_path / "a.db", "--report", report) == 1
    assert json.loads(report.read_text("utf-8"))["severities"]["error"] == 1


def test_a_defect_is_reported_as_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("importer.pipeline.load", fail)
    assert _main("check", tmp_path) == 3
    assert "please report" in capsys.readouterr().err


def test_a_reader_that_went_away_cancels(
    source: Source, written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("sys.stdout.write", gone)
    assert _main("run", written(source), "--out", tmp_path / "a.db", "--progress", "json") == 130
    assert not (tmp_path / "a.db").exists()


def _start(out: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "importer", "run", str(pack_file()), "--progress", "json"]
    return subprocess.Popen(
        [*command, "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals are for other systems")
@pytest.mark.parametrize(
    ("stage", "number"),
    [
        ("read", signal.SIGTERM),
        ("insert", signal.SIGTERM),
        ("insert", signal.SIGINT),
        ("warm", signal.SIGTERM),
    ],
)
def test_a_signal_ends_the_import_and_leaves_nothing(
    tmp_path: Path, stage: str, number: signal.Signals
) -> None:
    out = tmp_path / "a.db"
    out.write_bytes(b"old")
    with _start(out) as process:
        assert process.stdout and process.stderr
        for line in process.stdout:
            if json.loads(line).get("stage") == stage:
                break
        time.sleep(0.05)
        begun = time.monotonic()
        process.send_signal(number)
        process.stdout.read()
        code = process.wait(5)
        took = time.monotonic() - begun
        error = json.loads(process.stderr.read())
    assert code == 130
    assert error["error"]["code"] == "MD-CANCELLED"
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]
    assert took < 3, "0.3 s on a quiet machine; see the benchmarks"


def test_progress_reports_ten_times_a_second_at_most() -> None:
    now = [0.0]
    seen: list[int] = []
    progress = Progress(lambda _stage, done, _total: seen.append(done), lambda: now[0])
    progress.begin("read")
    for done in range(101):
        progress.step(done, 100)
        now[0] += 0.01
    assert seen[0] == 0
    assert seen[-1] == 100
    assert len(seen) <= 12


def test_the_database_says_what_it_is(source: Source, written: Written, tmp_path: Path) -> None:
    assert _main("run", written(source), "--out", tmp_path / "a.db") == 0
    head = (tmp_path / "a.db").read_bytes()[:100]
    assert int.from_bytes(head[68:72], "big") == APPLICATION_ID
