import re
from pathlib import Path

import pytest

import midsdesk.calc
from midsdesk.calc.quirks import ALL, Quirk, quirks_of
from midsdesk.calc.quirks_text import TEXTS
from midsdesk.model.settings import Rules
from tests.unit.calc.quirk_cases import CASES
from tests.unit.calc.quirk_world import Case

CODE = Path(midsdesk.calc.__file__).parent
DOCUMENT = Path(__file__).parents[3] / "docs" / "quirks.md"
# These name and explain the quirks; they make no number.
EXPLAINING = ("quirks", "explain", "describe")

each_case = pytest.mark.parametrize(
    ("quirk", "case"), [pytest.param(quirk, case, id=quirk.value) for quirk, case in CASES.items()]
)


@each_case
def test_the_old_planner_s_answer(quirk: Quirk, case: Case) -> None:
    assert case.answer(Rules.MIDS) == pytest.approx(case.mids, rel=2e-5, abs=1e-6)


@each_case
def test_the_game_s_answer(quirk: Quirk, case: Case) -> None:
    assert case.answer(Rules.GAME) == pytest.approx(case.game, rel=2e-5, abs=1e-6)


@each_case
def test_this_quirk_and_no_other_makes_the_difference(quirk: Quirk, case: Case) -> None:
    # Neutralising a click matters only where clicks count at all.
    needed = {Quirk.CLICK_NEUTRALISED_AT_BASE: {Quirk.SLOTTED_CLICK_COUNTS}}.get(quirk, set())
    alone = frozenset({quirk, *needed})
    assert case.answer(Rules.GAME, alone) == pytest.approx(case.mids, rel=2e-5, abs=1e-6)
    assert case.answer(Rules.MIDS, ALL - {quirk}) == pytest.approx(case.game, rel=2e-5, abs=1e-6)


def test_every_quirk_has_a_case_and_a_text() -> None:
    assert set(CASES) == set(Quirk) == set(TEXTS)


@pytest.mark.parametrize("quirk", list(Quirk))
def test_it_acts_in_one_place(quirk: Quirk) -> None:
    found = [
        path.name
        for path in CODE.glob("*.py")
        if not path.name.startswith(EXPLAINING)
        for _ in re.findall(rf"(?<!`)\bQuirk\.{quirk.name}\b", path.read_text(encoding="utf-8"))
    ]
    assert len(found) == 1, found


@pytest.mark.parametrize("quirk", list(Quirk))
def test_its_text_says_something(quirk: Quirk) -> None:
    text = TEXTS[quirk]
    assert all((text.name, text.old, text.ours, text.source))
    assert text.old.endswith(".") and text.ours.endswith(".")


@pytest.mark.parametrize("quirk", list(Quirk))
def test_the_document_names_it(quirk: Quirk) -> None:
    assert f"`{quirk.value}`" in DOCUMENT.read_text(encoding="utf-8")


def test_rulesets_have_all_or_none() -> None:
    assert quirks_of(Rules.MIDS) == ALL
    assert not quirks_of(Rules.GAME)
