"""Import and opening against their budgets.

The budgets of the house hold for a quiet machine; what a test may fail on is the ratio to a fixed
loop timed in the same run, with room for noise. The figures themselves are in the benchmark table.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from midsdesk.storage.gamedb.reader import GameDatabase
from tests.bench.budget import within
from tests.helpers.gamedata import ROOT, pack_file, packed_path
from tests.helpers.shared import HOMECOMING, SERVER_EXPORT, needs_shared

# A loop of the calibration takes some 50 ms where these were set.
_IMPORT_LOOPS = 8.0 / 0.05
_EXPORT_LOOPS = 40.0 / 0.05
_OPEN_LOOPS = 0.1 / 0.05
_SETS_LOOPS = 0.005 / 0.05
_CANCEL_LOOPS = 0.3 / 0.05
_PEAK_MB = 400
_EXPORT_PEAK_MB = 700
_ARCHETYPES = 15

Benchmark = Any


def _command(source: Path, out: Path, report: Path, *more: str) -> list[str]:
    arguments = ["run", source, "--out", out, "--report", report, "--progress", "json", *more]
    return [sys.executable, "-m", "importer", *map(str, arguments)]


def _whole(benchmark: Benchmark, command: list[str], report_file: Path, rounds: int) -> float:
    """Time an import of everything; return the most memory it had, MB."""

    def whole() -> None:
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    benchmark.pedantic(whole, rounds=rounds)
    report = json.loads(report_file.read_text("utf-8"))
    peak: float = max(stage["peak_mb"] or 0 for stage in report["stages"])
    benchmark.extra_info["peak_mb"] = round(peak)
    benchmark.extra_info["stages"] = {
        stage["stage"]: round(stage["seconds"], 2) for stage in report["stages"]
    }
    return peak


@needs_shared
def test_import_of_a_whole_folder(benchmark: Benchmark, calibration: float, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command = _command(HOMECOMING, tmp_path / "a.db", report)
    assert _whole(benchmark, command, report, rounds=2) < _PEAK_MB
    within(benchmark, calibration, "min", _IMPORT_LOOPS * 1.5)


@needs_shared
def test_import_of_the_servers_export(
    benchmark: Benchmark, calibration: float, tmp_path: Path
) -> None:
    """The zip with all its 26,252 files, with the Mids folder attached."""
    report = tmp_path / "report.json"
    command = _command(SERVER_EXPORT, tmp_path / "a.db", report, "--attach", str(HOMECOMING))
    assert _whole(benchmark, command, report, rounds=1) < _EXPORT_PEAK_MB
    within(benchmark, calibration, "min", _EXPORT_LOOPS * 1.5)


def test_opening(benchmark: Benchmark, calibration: float) -> None:
    path = packed_path()
    benchmark.pedantic(lambda: GameDatabase(path).close(), rounds=10, warmup_rounds=1)
    within(benchmark, calibration, "median", _OPEN_LOOPS * 1.5)


def test_powersets_of_an_archetype(benchmark: Benchmark, calibration: float) -> None:
    path = packed_path()

    def fresh() -> tuple[tuple[GameDatabase], dict[str, Any]]:
        return (GameDatabase(path),), {}

    def first_question(database: GameDatabase) -> None:
        assert len(database.powersets_of("Class_Blaster")) == 49

    benchmark.pedantic(first_question, setup=fresh, rounds=10)
    within(benchmark, calibration, "median", _SETS_LOOPS * 1.5)


def test_powers_of_a_set(benchmark: Benchmark, calibration: float) -> None:
    path = packed_path()

    def fresh() -> tuple[tuple[GameDatabase], dict[str, Any]]:
        return (GameDatabase(path),), {}

    def first_question(database: GameDatabase) -> None:
        assert len(database.powers("Blaster_Ranged.Fire_Blast")) == 9

    benchmark.pedantic(first_question, setup=fresh, rounds=10)
    within(benchmark, calibration, "median", _SETS_LOOPS * 1.5)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are for other systems")
def test_cancelling(benchmark: Benchmark, calibration: float, tmp_path: Path) -> None:
    """From the signal to the end of the process, in the stages with the longest steps."""
    stages = iter(["read", "schema", "insert", "index", "warm"] * 2)

    def running() -> tuple[tuple["subprocess.Popen[str]"], dict[str, Any]]:
        stage = next(stages)
        command = _command(pack_file(), tmp_path / "a.db", tmp_path / "report.json")
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout
        _wait(process.stdout, lambda line: line.get("stage") == stage)
        time.sleep(0.03)
        return (process,), {}

    def cancel(process: "subprocess.Popen[str]") -> None:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 130
        assert process.stdout
        process.stdout.close()

    benchmark.pedantic(cancel, setup=running, rounds=5)
    assert not (tmp_path / "a.db").exists()
    within(benchmark, calibration, "max", _CANCEL_LOOPS * 2)


def _wait(lines: Any, wanted: Callable[[dict[str, Any]], bool]) -> None:
    for line in lines:
        if wanted(json.loads(line)):
            return
