"""Search against its budget: 30 ms a keystroke on a quiet machine."""

from typing import Any

import pytest

from midsdesk.app.search import Search
from tests.bench.budget import within
from tests.helpers.characters import character
from tests.helpers.gamedata import default_catalog

# A loop of the calibration takes some 50 ms where this was set.
_KEY_LOOPS = 0.03 / 0.05
BUILD = character(
    "Class_Scrapper",
    {"Scrapper_Defense.Super_Reflexes.Focused_Fighting": (), "Scrapper_Melee.Katana.Hack": ()},
)


@pytest.mark.parametrize(
    "text", ["f", "lotg", "kb prot", "gives ranged defense", "usable in my powers gives def"]
)
def test_a_keystroke(benchmark: Any, calibration: float, text: str) -> None:
    search = Search(default_catalog(), default_catalog())
    assert search.find(text, BUILD)
    benchmark.pedantic(lambda: search.find(text, BUILD), rounds=20, warmup_rounds=1)
    within(benchmark, calibration, "max", _KEY_LOOPS)
