import json

import pytest

from midsdesk.calc.quirks import Quirk
from midsdesk.cli.main import main
from tests.helpers.gamedata import ROOT, packed_path

SAMPLE = ROOT / "resources" / "samples" / "quiet-harbor.mbd"


def test_every_quirk_is_listed_with_its_effect_on_the_build(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["quirks", str(SAMPLE), "--data", str(packed_path()), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["id"] for row in rows} == {quirk.value for quirk in Quirk}
    assert all(row["old"] and row["ours"] and row["source"] for row in rows)
    changing = [bool(row["changes"]) for row in rows]
    assert changing == sorted(changing, reverse=True)


def test_people_read_what_the_old_planner_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quirks", str(SAMPLE), "--data", str(packed_path())]) == 0
    assert "the old planner:" in capsys.readouterr().out
