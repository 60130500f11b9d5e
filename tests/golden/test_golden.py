"""The old planner's own results, value by value.

Here the samples in every variant and every fourth of the other results; `make golden` compares
all of them and prints a table.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.golden.__main__ import main
from tests.golden.run import compare_all, result_name, theirs
from tests.helpers.gamedata import ROOT, packed_catalog
from tests.helpers.shared import SHARED, needs_shared

GOLDEN = SHARED / "golden"
CHUNKS = 8
STEP = 4

Row = dict[str, Any]
pytestmark = needs_shared


@cache
def index() -> tuple[Row, ...]:
    return tuple(json.loads((GOLDEN / "index.json").read_text("utf-8")))


def selected() -> list[Row]:
    samples = [row for row in index() if row["kind"] == "sample"]
    return samples + [row for row in index() if row["kind"] != "sample"][::STEP]


def label(row: Row) -> str:
    return f"{row['name']}.{row['variant']}"


def test_what_is_compared_here() -> None:
    rows = selected()
    assert len({row["name"] for row in rows if row["kind"] == "sample"}) == 11
    assert {row["kind"] for row in rows} == {row["kind"] for row in index()}
    assert {row["variant"] for row in rows} == {row["variant"] for row in index()}
    assert {row["archetype"] for row in rows} == {row["archetype"] for row in index()}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_equal_to_the_old_planner(chunk: int) -> None:
    rows = selected()[chunk::CHUNKS]
    missed = {
        label(row): tally.misses[:5]
        for row, tally in compare_all(packed_catalog(), rows, GOLDEN)
        if tally.misses
    }
    assert missed == {}


def _two_rows(folder: Path) -> tuple[Path, list[Row]]:
    """An index elsewhere, with absolute paths."""
    rows = [dict(row) for row in index() if row["kind"] == "sample"][:2]
    for row in rows:
        row["build"] = str((GOLDEN / row["build"]).resolve())
        row["result"] = str(GOLDEN / row["result"])
    path = folder / "index.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path, rows


def test_the_command_writes_a_result_for_each_row(tmp_path: Path) -> None:
    path, rows = _two_rows(tmp_path)
    out = tmp_path / "ours"
    command = [sys.executable, "-m", "tests.golden", str(path), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "all" in done.stdout
    assert {each.name for each in out.iterdir()} == {result_name(row) for row in rows}
    for row in rows:
        ours = json.loads((out / result_name(row)).read_text("utf-8"))
        wanted = theirs(row, path.parent)
        assert ours["totals"].keys() == wanted["totals"].keys()
        assert ours["archetype"] == wanted["archetype"]


def test_the_command_tells_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, rows = _two_rows(tmp_path)
    wrong = theirs(rows[0], tmp_path)
    wrong["totals"]["hp_max"] += 1
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    rows[0]["result"] = "wrong.json"
    path.write_text(json.dumps(rows[:1]), encoding="utf-8")
    assert main([str(path)]) == 1
    assert "hp_max" in capsys.readouterr().out


def test_rows_without_a_result_are_computed_and_not_compared(tmp_path: Path) -> None:
    path, rows = _two_rows(tmp_path)
    row = {key: value for key, value in rows[0].items() if key != "result"}
    path.write_text(json.dumps([row]), encoding="utf-8")
    assert main([str(path), "--out", str(tmp_path / "ours")]) == 0
    assert (tmp_path / "ours" / f"{label(row)}.json").is_file()
