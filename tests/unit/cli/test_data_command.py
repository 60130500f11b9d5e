import json
import shutil
from pathlib import Path

import pytest

from midsdesk.cli.main import main
from tests.helpers.gamedata import ROOT, default_path, packed_path

SAMPLE = ROOT / "resources" / "samples" / "quiet-harbor.mbd"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two installed data sets, the newer one in use."""
    monkeypatch.setenv("MIDSDESK_HOME", str(tmp_path))
    folder = tmp_path / "data" / "gamedata"
    folder.mkdir(parents=True)
    shutil.copy(packed_path(), folder / "old.db")
    shutil.copy(default_path(), folder / "today.db")
    return folder


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, object]:
    assert main(["data", *arguments, "--json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_listed_chosen_and_gone_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(capsys, "use", "today")
    answer(capsys, "use", "old")
    rows = answer(capsys, "list")["installed"]
    assert isinstance(rows, list)
    assert {row["name"]: row["in_use"] for row in rows} == {"old": True, "today": False}
    assert answer(capsys, "back") == {"in_use": "today"}


def test_a_damaged_one_fails_the_check(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "check", "old")["flaws"] == []
    (home / "old.db").write_bytes(b"rubbish")
    assert answer(capsys, "check", "old", code=1)["flaws"]


def test_what_differs_for_a_build(capsys: pytest.CaptureFixture[str]) -> None:
    paths = ["--before", str(packed_path()), "--after", str(default_path())]
    found = answer(capsys, "changes", str(SAMPLE), *paths)
    assert found["powers"]
    assert found["totals"]
    assert main(["data", "changes", str(SAMPLE), *paths]) == 0
    assert "→" in capsys.readouterr().out


def test_an_unknown_name_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "check", "nobody"]) != 0
    assert "not installed" in capsys.readouterr().err
