from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midsdesk.calc.procs import own_recharge, ppm_chance
from midsdesk.calc.quirks import quirks_of
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Activation, EffectArea
from tests.helpers.characters import BOTH, GAME, MIDS, calculate, character, numbers_of, piece

SINGLE: dict[str, Any] = {
    "activation": Activation.CLICK,
    "recharge": 10.0,
    "cast_time": 1.0,
    "radius": 0.0,
    "arc": 0.0,
    "effect_area": EffectArea.CHARACTER,
}


def chance(ppm: float, **changes: Any) -> float:
    return ppm_chance(ppm, **{**SINGLE, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, 3.5 * 11 / 60, id="recharge and cast time over a minute"),
        pytest.param({"recharge": 5.0}, 3.5 * 6 / 60, id="a shorter recharge, a lower chance"),
        pytest.param({"recharge": 0.0}, 0.05 + 0.015 * 3.5, id="the floor"),
        pytest.param({"recharge": 90.0}, 0.9, id="the ceiling"),
        pytest.param({"activation": Activation.TOGGLE}, 35 / 60, id="toggles: ten seconds"),
        pytest.param({"activation": Activation.AUTO}, 35 / 60, id="autos: ten seconds"),
        pytest.param(
            {"effect_area": EffectArea.SPHERE, "radius": 15.0},
            3.5 * 11 / (60 * 2.6875),
            id="shared out over a sphere",
        ),
    ],
)
def test_points(changes: dict[str, Any], expected: float) -> None:
    assert chance(3.5, **changes) == pytest.approx(expected)


@given(ppm=st.floats(0.1, 10), recharge=st.floats(0, 300), cast=st.floats(0, 5))
def test_always_between_floor_and_ceiling(ppm: float, recharge: float, cast: float) -> None:
    value = chance(ppm, recharge=recharge, cast_time=cast)
    assert min(0.9, 0.05 + 0.015 * ppm) <= value <= 0.9


def recharge(rules: Rules, now: float, own: float, haste: float) -> float:
    return own_recharge(now, 10.0, own, lambda: haste, quirks_of(rules))


@given(own=st.floats(0.1, 1.0), haste=st.floats(0.05, 2.5))
def test_global_recharge_is_taken_out_again(own: float, haste: float) -> None:
    for rules in BOTH:
        assert recharge(rules, 10 / (1 + own + haste), own, haste) == pytest.approx(
            10 / (1 + own), rel=1e-9
        )


def test_a_power_untouched_by_recharge() -> None:
    """The old planner takes the global recharge off although the base power has none."""
    assert recharge(GAME, 10, 0.0, 0.7) == 10
    assert recharge(MIDS, 10, 0.0, 0.7) == pytest.approx(10 / 0.3)
    assert recharge(MIDS, 10, 0.0, 1.0) == float("inf")
    assert recharge(MIDS, 10, 0.0, 2.0) == pytest.approx(-10)
    assert recharge(GAME, 0, 0.0, 0.7) == recharge(MIDS, 0, 0.0, 0.7) == 0


def test_the_old_planner_takes_off_only_the_haste_it_shows() -> None:
    assert recharge(MIDS, 10 / 6, 0.0, 4.5) == pytest.approx(10 / 3)


def test_a_proc_can_be_put_out() -> None:
    flares = "Blaster_Ranged.Fire_Blast.Flares"
    build = character("Class_Blaster", {flares: [piece("Crafted_Apocalypse_F")]})
    quiet = build.entries[0]
    dark = build.with_entry(0, replace(quiet, procs_off=True))
    for rules in BOTH:
        on, off = (numbers_of(calculate(each, rules), flares).enhanced for each in (build, dark))
        assert on.damage > off.damage == pytest.approx(63.1871, abs=1e-4)
        ignored = calculate(build, rules, ignore_enhancement_effects=True)
        assert numbers_of(ignored, flares).enhanced.damage == off.damage
