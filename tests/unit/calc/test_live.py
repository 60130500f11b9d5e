import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midsdesk.calc.live import (
    arcana_time,
    area_factor,
    live,
    shows_percent,
    single,
    table_duration,
    table_magnitude,
    tick_count,
)
from midsdesk.model.vocab import Aspect, Attribute, EffectArea, Override, Scaling
from tests.helpers.characters import effect, power

FLARES = "Blaster_Ranged.Fire_Blast.Flares"


@pytest.mark.parametrize(
    ("life", "period", "mids", "game"),
    [
        pytest.param(15.0, 0.2, 75, 76, id="0.2 s is a little more in single precision"),
        pytest.param(15.0, 0.5, 31, 31, id="0.5 s is exact"),
        pytest.param(4.3, 10.0, 1, 1, id="shorter than one period: at once, and no more"),
        pytest.param(10.0, 0.0, 0, 0, id="no period, no ticks"),
    ],
)
def test_ticks_of_a_pet(life: float, period: float, mids: int, game: int) -> None:
    assert tick_count(life, period, single_precision=True) == mids
    assert tick_count(life, period, single_precision=False) == game


@pytest.mark.parametrize(
    ("shape", "radius", "arc", "factor"),
    [
        pytest.param(EffectArea.SPHERE, 15, 360, 3.25, id="15 ft around"),
        pytest.param(EffectArea.SPHERE, 8, 0, 2.2, id="8 ft around"),
        pytest.param(EffectArea.CONE, 40, 45, 2.379958, id="a narrow cone"),
        pytest.param(EffectArea.CONE, 10, 360, 2.5, id="a cone all around is a sphere"),
        pytest.param(EffectArea.CHARACTER, 15, 90, 1.0, id="one target"),
        pytest.param(EffectArea.LOCATION, 15, 90, 1.0, id="any other shape"),
    ],
)
def test_area_factor(shape: EffectArea, radius: float, arc: float, factor: float) -> None:
    assert area_factor(radius, arc, shape) == pytest.approx(factor, abs=1e-6)


@pytest.mark.parametrize(
    ("cast", "arcana"),
    [
        (0.0, 0.132),
        (0.5, 0.66),
        (0.67, 0.924),
        (0.97, 1.188),
        (1.0, 1.188),
        (1.07, 1.32),
        (1.17, 1.32),
        (1.33, 1.584),
        (1.5, 1.716),
        (1.67, 1.848),
        (1.83, 1.98),
        (1.87, 2.112),
        (2.03, 2.244),
        (2.37, 2.508),
        (2.67, 2.904),
        (3.0, 3.168),
        (3.1, 3.3),
        (4.4, 4.62),
        pytest.param(1.848, 1.98, id="14 ticks exactly are 14, not 15"),
    ],
)
def test_arcana_time(cast: float, arcana: float) -> None:
    """The table of calculation reference A, section 8.4."""
    assert arcana_time(cast) == pytest.approx(arcana, abs=1e-9)


# Up to 7.1 s: from 55 ticks on single precision can gain one.
@given(st.integers(0, 54))
def test_whole_ticks_gain_just_one(ticks: int) -> None:
    assert arcana_time(single(0.132 * ticks)) == pytest.approx((ticks + 1) * 0.132)


@given(st.floats(-1e30, 1e30))
def test_single_precision_is_stable(value: float) -> None:
    assert single(single(value)) == single(value)
    assert math.isclose(single(value), value, rel_tol=1e-6, abs_tol=1e-37)


@pytest.mark.parametrize(
    ("scaling", "magnitude", "duration"),
    [
        pytest.param(Scaling.MAGNITUDE, 12.0, 4.0, id="the table makes it stronger"),
        pytest.param(Scaling.DURATION, 3.0, 4.0, id="the table makes it longer"),
        pytest.param(Scaling.EXPRESSION, 6.0, 4.0, id="an expression has no table factor"),
    ],
)
def test_which_number_the_table_scales(scaling: Scaling, magnitude: float, duration: float) -> None:
    made = effect(FLARES, Attribute.DAMAGE, scaling=scaling, scale=2.0, magnitude=3.0, duration=4.0)
    each = live(made, power(FLARES))
    # Damage tables are negative, damage comes out positive.
    assert table_magnitude(each, -2.0) == (12.0 if scaling is Scaling.MAGNITUDE else -magnitude)
    each.attribute = int(Attribute.HEAL)
    assert table_magnitude(each, 2.0) == magnitude
    assert table_duration(each, 2.0) == duration


@pytest.mark.parametrize(
    ("attribute", "aspect", "percent"),
    [
        pytest.param(Attribute.DAMAGE, Aspect.RESISTANCE, True, id="most are fractions"),
        pytest.param(Attribute.SILENT_KILL, Aspect.RESISTANCE, False, id="a lifespan"),
        pytest.param(Attribute.HIT_POINTS, Aspect.MAXIMUM, False, id="points of hit points"),
        pytest.param(Attribute.PERCEPTION_RADIUS, Aspect.MAXIMUM, True, id="other maxima"),
        pytest.param(Attribute.DAMAGE, Aspect.ABSOLUTE, False, id="absolute"),
        pytest.param(Attribute.STATUS, Aspect.CURRENT, False, id="status magnitudes"),
        pytest.param(Attribute.DEFENSE, Aspect.CURRENT, True, id="current values"),
    ],
)
def test_what_is_shown_in_percent(attribute: Attribute, aspect: Aspect, percent: bool) -> None:
    made = effect(FLARES, Attribute.DAMAGE)
    plain = replace(made, attribute=attribute, aspect=aspect, percent_override=0)
    assert shows_percent(plain) is percent
    assert shows_percent(replace(plain, percent_override=Override.YES))
    assert not shows_percent(replace(plain, percent_override=Override.NO))


def test_a_copy_is_a_new_effect() -> None:
    each = live(effect(FLARES, Attribute.DAMAGE), power(FLARES))
    other = each.copy(scale=9.0)
    assert (other.scale, other.effect) == (9.0, each.effect)
    assert each.scale != 9.0
