import pytest
from hypothesis import given
from hypothesis import strategies as st

from midsdesk.calc.diversification import band, diversify, schedule_of
from midsdesk.model.vocab import Attribute, Schedule, StatusEffect
from tests.helpers.gamedata import packed_catalog

THRESHOLDS = packed_catalog().ruleset.enhancements.ed_thresholds
SCHEDULES = (Schedule.A, Schedule.B, Schedule.C, Schedule.D)

schedules = st.sampled_from(SCHEDULES)
strengths = st.floats(-3, 6)


def test_the_game_s_thresholds() -> None:
    wanted = ((0.7, 0.9, 1.0), (0.4, 0.5, 0.6), (0.8, 1.0, 1.2), (1.2, 1.5, 1.8))
    assert [pytest.approx(each) for each in wanted] == list(THRESHOLDS)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(0.50, 0.50, id="below the first threshold nothing is lost"),
        pytest.param(0.80, 0.79, id="90 % survives in the second band"),
        pytest.param(0.95, 0.915, id="70 % survives in the third"),
        pytest.param(1.332, 0.9998, id="four level-50 SOs: the last gives 5 %, not 33 %"),
        pytest.param(2.277, 1.14155, id="the longest bar of the damage graph"),
    ],
)
def test_schedule_a_points(raw: float, expected: float) -> None:
    assert diversify(raw, Schedule.A, THRESHOLDS) == pytest.approx(expected, abs=5e-5)


@given(raw=strengths, more=st.floats(0, 2), schedule=schedules)
def test_more_enhancement_never_hurts(raw: float, more: float, schedule: Schedule) -> None:
    stronger = diversify(raw + more, schedule, THRESHOLDS)
    assert stronger >= diversify(raw, schedule, THRESHOLDS) - 1e-12


@given(raw=strengths, schedule=schedules)
def test_never_above_what_is_slotted(raw: float, schedule: Schedule) -> None:
    effective = diversify(raw, schedule, THRESHOLDS)
    assert effective <= raw + 1e-12
    if raw <= THRESHOLDS[schedule][0]:
        assert effective == raw


@given(schedule=schedules, edge=st.integers(0, 2))
def test_no_step_at_a_threshold(schedule: Schedule, edge: int) -> None:
    limit = THRESHOLDS[schedule][edge]
    above, at = (diversify(raw, schedule, THRESHOLDS) for raw in (limit + 1e-9, limit))
    assert above == pytest.approx(at, abs=2e-9)


@pytest.mark.parametrize("schedule", [Schedule.NONE, Schedule.MULTIPLE])
def test_schedules_without_thresholds_give_nothing(schedule: Schedule) -> None:
    assert diversify(0.5, schedule, THRESHOLDS) == 0


@pytest.mark.parametrize(("raw", "deep"), [(0.5, 0), (0.75, 1), (0.95, 2), (1.1, 3)])
def test_bands(raw: float, deep: int) -> None:
    assert band(raw, Schedule.A, THRESHOLDS) == deep


@pytest.mark.parametrize(
    ("attribute", "status", "schedule"),
    [
        pytest.param(Attribute.DAMAGE, 0, Schedule.A, id="most things are on A"),
        pytest.param(Attribute.DEFENSE, 0, Schedule.B, id="defense"),
        pytest.param(Attribute.RESISTANCE, 0, Schedule.B, id="resistance"),
        pytest.param(Attribute.TO_HIT, 0, Schedule.B, id="to-hit"),
        pytest.param(Attribute.RANGE, 0, Schedule.B, id="range"),
        pytest.param(Attribute.INTERRUPT_TIME, 0, Schedule.C, id="interrupt"),
        pytest.param(Attribute.STATUS, StatusEffect.HELD, Schedule.A, id="holds"),
        pytest.param(Attribute.STATUS, StatusEffect.KNOCKBACK, Schedule.D, id="knockback"),
        pytest.param(Attribute.STATUS, StatusEffect.KNOCKUP, Schedule.D, id="knockup"),
    ],
)
def test_schedule_of_an_attribute(attribute: int, status: int, schedule: Schedule) -> None:
    assert schedule_of(attribute, status) == schedule
