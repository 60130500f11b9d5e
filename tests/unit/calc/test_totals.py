"""Caps and limits, on a character with one effect made as strong as needed."""

from dataclasses import replace

import pytest

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine, UnknownArchetypeError
from midsdesk.model.build import Build
from midsdesk.model.ids import ArchetypeId
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.vocab import Aspect, Attribute, DamageType, Scaling, ToWho
from tests.helpers.characters import (
    BOTH,
    GAME,
    MIDS,
    calculate,
    character,
    io,
    overlay,
    piece,
    power,
    statistic,
    uncapped,
)
from tests.helpers.gamedata import packed_catalog

HOST = "Pool.Speed.Hasten"

both = pytest.mark.parametrize("rules", BOTH)


def with_effect(
    value: float,
    attribute: Attribute,
    rules: Rules = GAME,
    archetype: str = "Class_Scrapper",
    **changes: object,
) -> Calculation:
    """Numbers of a character with `value` of one attribute and nothing else."""
    plain = replace(
        power(HOST).effects[0],
        attribute=attribute,
        modifies=0,
        scale=value,
        magnitude=1.0,
        modifier_table="Melee_Ones",
        scaling=Scaling.MAGNITUDE,
        aspect=Aspect.STRENGTH,
        to_who=ToWho.SELF,
    )
    made = replace(plain, **changes)  # type: ignore[arg-type]
    catalog = overlay(power(HOST, effects=(made,)))
    return calculate(character(archetype, {HOST: ()}), rules, catalog)


@both
@pytest.mark.parametrize(
    ("attribute", "name", "raw", "capped"),
    [
        pytest.param(Attribute.REGENERATION, "regeneration", 40.0, 29.0, id="3000 %"),
        pytest.param(Attribute.RECOVERY, "recovery", 6.0, 4.0, id="500 %"),
        pytest.param(Attribute.RECHARGE_TIME, "haste", 6.0, 4.0, id="500 % recharge"),
        pytest.param(Attribute.TO_HIT, "to_hit", 3.0, 3.0, id="to-hit has no cap"),
        pytest.param(Attribute.RANGE, "range", 3.0, 3.0, id="nor has range"),
        pytest.param(Attribute.THREAT_LEVEL, "threat", 9.0, 9.0, id="nor threat"),
    ],
)
def test_caps_of_a_scrapper(
    attribute: Attribute, name: str, raw: float, capped: float, rules: Rules
) -> None:
    shown = with_effect(raw, attribute, rules)
    assert getattr(shown.totals, name) == pytest.approx(raw)
    assert getattr(shown.capped, name) == pytest.approx(capped)


@both
@pytest.mark.parametrize(
    ("archetype", "cap"), [("Class_Scrapper", 5), ("Class_Brute", 7), ("Class_Defender", 4)]
)
def test_damage_cap(archetype: str, cap: float, rules: Rules) -> None:
    shown = with_effect(20.0, Attribute.DAMAGE_BUFF, rules, archetype, damage_type=DamageType.FIRE)
    # The largest of the types is shown.
    assert shown.totals.damage == pytest.approx(20)
    assert shown.capped.damage == pytest.approx(cap - 1)
    assert statistic(shown, "damage") == pytest.approx(100 * cap)
    assert uncapped(shown, "damage") == pytest.approx(2100)


@both
def test_hit_points_and_absorb_cap(rules: Rules) -> None:
    shown = with_effect(5000.0, Attribute.HIT_POINTS, rules, aspect=Aspect.MAXIMUM)
    assert shown.totals.hit_points == pytest.approx(6339)
    assert shown.capped.hit_points == pytest.approx(2409.518, rel=1e-6)
    shown = with_effect(5000.0, Attribute.ABSORB, rules, aspect=Aspect.MAXIMUM)
    assert shown.capped.absorb == shown.capped.hit_points == pytest.approx(1339)


@both
@pytest.mark.parametrize(
    ("archetype", "cap"),
    [("Class_Scrapper", 0.75), ("Class_Tanker", 0.9), ("Class_Peacebringer", 0.85)],
)
def test_resistance_cap(archetype: str, cap: float, rules: Rules) -> None:
    shown = with_effect(1.5, Attribute.RESISTANCE, rules, archetype, damage_type=DamageType.COLD)
    assert shown.totals.resistance[DamageType.COLD] == pytest.approx(1.5)
    assert shown.capped.resistance[DamageType.COLD] == pytest.approx(cap)
    assert shown.capped.resistance[DamageType.FIRE] == 0


@both
def test_defense_has_no_cap_but_a_guide_line(rules: Rules) -> None:
    shown = with_effect(2.0, Attribute.DEFENSE, rules, damage_type=DamageType.MELEE)
    assert shown.capped.defense[DamageType.MELEE] == pytest.approx(2)
    melee = next(each for each in shown.statistics if each.key == "defense.melee")
    assert (melee.cap, melee.soft_cap) == (None, 45)


@both
@pytest.mark.parametrize(
    ("attribute", "bonus", "raw", "capped"),
    [
        pytest.param(Attribute.SPEED_RUNNING, -2.0, 2.1, 2.1, id="never slower than a tenth"),
        pytest.param(Attribute.SPEED_RUNNING, 6.0, 147.0, 135.67, id="soft limit of running"),
        pytest.param(Attribute.SPEED_RUNNING, 20.0, 176.358, 135.67, id="hard limit of running"),
        pytest.param(Attribute.SPEED_JUMPING, 20.0, 166.257, 114.4, id="limits of jumping"),
    ],
)
def test_speeds(
    attribute: Attribute, bonus: float, raw: float, capped: float, rules: Rules
) -> None:
    name = "run_speed" if attribute is Attribute.SPEED_RUNNING else "jump_speed"
    shown = with_effect(bonus, attribute, rules)
    assert getattr(shown.totals, name) == pytest.approx(raw, rel=1e-5)
    assert getattr(shown.capped, name) == pytest.approx(capped, rel=1e-5)


@both
def test_a_raised_limit_lets_one_run_faster(rules: Rules) -> None:
    shown = with_effect(1.0, Attribute.SPEED_RUNNING, rules, aspect=Aspect.MAXIMUM)
    assert shown.totals.max_run_speed == pytest.approx(135.67 + 21, rel=1e-6)
    assert shown.totals.run_speed == pytest.approx(21)
    # The old planner forgets to copy the limits.
    assert shown.capped.max_run_speed == (0 if rules is MIDS else shown.totals.max_run_speed)


@both
def test_flight_needs_a_power_of_flight(rules: Rules) -> None:
    assert with_effect(1.0, Attribute.SPEED_FLYING, rules).totals.fly_speed == 0
    hover = character("Class_Scrapper", {"Pool.Flight.Fly": ()})
    shown = calculate(hover, rules)
    assert shown.totals.can_fly
    assert shown.totals.fly_speed > 31.5


@both
def test_jump_height_and_perception(rules: Rules) -> None:
    shown = with_effect(100.0, Attribute.JUMP_HEIGHT, rules)
    assert shown.totals.jump_height_ft == pytest.approx(404)
    assert shown.capped.jump_height_ft == pytest.approx(200)
    shown = with_effect(3.0, Attribute.PERCEPTION_RADIUS, rules)
    assert shown.totals.perception_ft == pytest.approx(2000)
    assert shown.capped.perception_ft == pytest.approx(1153, abs=0.5)


@pytest.mark.parametrize("value", [0.1, 0.45, 1.0])
def test_pvp_curve_never_lifts_a_defense(value: float) -> None:
    shown = with_effect(value, Attribute.DEFENSE, MIDS, damage_type=DamageType.AOE)
    assert 0 < shown.totals.defense[DamageType.AOE] <= value + 1e-6


@both
def test_nothing_lit_nothing_gained(rules: Rules) -> None:
    weave = "Pool.Fighting.Weave"
    dark = character("Class_Blaster", {weave: [io("Defense_Buff")]}, off=[weave])
    assert calculate(dark, rules).totals == calculate(character("Class_Blaster"), rules).totals


@both
def test_what_the_game_data_lack_is_left_out_and_named(rules: Rules) -> None:
    weave = "Pool.Fighting.Weave"
    known = character("Class_Blaster", {weave: [io("Defense_Buff")]})
    strange = character(
        "Class_Blaster",
        {"Nobody.Knows.This": [io("Damage")], weave: [io("Defense_Buff"), piece("Mystery_A")]},
    )
    engine = Engine(packed_catalog())
    result = engine.calculate(strange, CalcSettings(rules=rules))
    assert set(result.missing) == {"Nobody.Knows.This", "Mystery_A"}
    assert result.power(0) is None
    assert result.totals == calculate(known, rules).totals


def test_an_unknown_archetype_is_refused_in_words() -> None:
    with pytest.raises(UnknownArchetypeError) as caught:
        Engine(packed_catalog()).calculate(Build(ArchetypeId("Class_Nobody")))
    assert "Class_Nobody" in caught.value.user_message
