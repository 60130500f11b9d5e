from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midsdesk.calc.damage import Hit, damage, damage_of, repeats
from midsdesk.model.settings import DamageMode
from midsdesk.model.vocab import Activation, Attribute, DamageType, EffectClass, ToWho
from tests.helpers.characters import power

AVERAGE, MAXIMUM, MINIMUM = DamageMode.AVERAGE, DamageMode.MAXIMUM, DamageMode.MINIMUM
CLICK = power("Blaster_Ranged.Fire_Blast.Flares")
TOGGLE = replace(CLICK, activation=Activation.TOGGLE, activate_period=2.0)
PLAIN = Hit(
    attribute=Attribute.DAMAGE,
    damage_type=DamageType.FIRE,
    magnitude=100.0,
    probability=1.0,
    ticks=0,
    cancel_on_miss=False,
    from_enhancement=False,
    effect_class=EffectClass.PRIMARY,
    who=ToWho.TARGET,
    counts=True,
)


def of(mode: DamageMode = AVERAGE, toggle: bool = False, **changes: Any) -> float:
    hit = replace(PLAIN, **changes)
    return damage_of(hit, TOGGLE if toggle else CLICK, mode)


def test_points() -> None:
    assert of() == 100
    assert of(ticks=1) == of(ticks=0) == 100
    assert of(ticks=4) == 400
    assert of(probability=0.1) == pytest.approx(10)
    assert of(MAXIMUM, probability=0.1) == 100
    assert of(MINIMUM, probability=0.1) == 0
    assert of(MINIMUM, probability=1.0) == 100


def test_ticks_that_stop_at_the_first_miss() -> None:
    """Each tick needs all earlier ones: 0.5 + 0.25 + 0.125."""
    assert of(ticks=3, probability=0.5, cancel_on_miss=True) == pytest.approx(87.5)
    assert of(MAXIMUM, ticks=3, probability=0.5, cancel_on_miss=True) == 300
    assert of(ticks=3, probability=0.5) == pytest.approx(150)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"attribute": Attribute.HEAL}, id="not damage"),
        pytest.param({"effect_class": EffectClass.IGNORED}, id="ignored"),
        pytest.param({"counts": False}, id="its condition or mode fails"),
        pytest.param({"probability": 0.0}, id="impossible"),
        pytest.param(
            {"damage_type": DamageType.SPECIAL, "who": ToWho.SELF}, id="what it costs its owner"
        ),
    ],
)
def test_what_does_not_count(changes: dict[str, Any]) -> None:
    for mode in DamageMode:
        assert of(mode, **changes) == 0


def test_a_piece_in_a_toggle_fires_once_in_ten_seconds() -> None:
    assert of(from_enhancement=True, toggle=True) == pytest.approx(20)
    assert of(from_enhancement=True) == 100
    assert of(toggle=True) == 100


# Above 99.9 % the minimum takes an effect for certain.
@given(chance=st.floats(0.01, 0.999) | st.just(1.0), ticks=st.integers(0, 20), cancel=st.booleans())
def test_the_average_lies_between_minimum_and_maximum(
    chance: float, ticks: int, cancel: bool
) -> None:
    hit = replace(PLAIN, probability=chance, ticks=ticks, cancel_on_miss=cancel)
    low, middle, high = (damage([hit], CLICK, mode) for mode in (MINIMUM, AVERAGE, MAXIMUM))
    assert low <= middle + 1e-9
    assert middle <= high + 1e-9
    assert repeats(hit, MAXIMUM) == max(1, ticks)
