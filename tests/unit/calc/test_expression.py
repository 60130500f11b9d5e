import contextlib
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midsdesk.calc.context import Context
from midsdesk.calc.expression import ExpressionError, Scene, as_base, has_formula, value
from midsdesk.calc.expression_parse import any_language
from midsdesk.calc.expression_words import ASSUMED, Current
from midsdesk.calc.facts import Facts, gather
from midsdesk.calc.live import live
from midsdesk.model.build import Build
from midsdesk.model.ids import ArchetypeId
from midsdesk.model.settings import CalcSettings, Rules
from tests.helpers.characters import BOTH, GAME, MIDS, calculate, character, entry, overlay
from tests.helpers.gamedata import packed_catalog
from tests.unit.calc.quirk_world import HOST, OTHER, damage, defense, formula, power

KICK, CROSS = "Pool.Fighting.Kick", "Pool.Fighting.Cross_Punch"
BOXING = (
    "@StdResult * modifier>current * (1 + source.ownPowerNum?(Pool.Fighting.Kick)*0.15"
    " + source.ownPowerNum?(Pool.Fighting.Cross_Punch)*0.15)"
)
CLOSED = (
    ".8 rechargetime power.base> 1 30 minmax * 1.8 + 2 * @StdResult * 10 / areafactor power.base> /"
)
FRENZY = "Temporary_Powers.Temporary_Powers.Savage_Melee_Blood_Frenzy"


def scene(
    rules: Rules = GAME,
    *powers: str,
    facts: dict[str, Any] | None = None,
    scale: float = 1.0,
    table: str = "Melee_Ones",
    host: dict[str, Any] | None = None,
    current: Current | None = None,
    **settings: Any,
) -> Scene:
    """An effect of a Scrapper's power in a build of these powers."""
    archetype = packed_catalog().archetype("Class_Scrapper")
    assert archetype is not None
    given_settings = CalcSettings(rules=rules, **settings)
    context = Context.of(packed_catalog(), archetype, given_settings)
    build = Build(ArchetypeId("Class_Scrapper"), entries=tuple(entry(name) for name in powers))
    known: Facts = replace(
        gather(build, archetype, given_settings, context.quirks), **(facts or {})
    )
    made = power(HOST, formula("", scale, modifier_table=table), **(host or {}))
    each = live(made.effects[0], made)
    return Scene(each, made, current or as_base(made), context, known)


@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("10 - 4 - 3", 3),
        ("-2 * 3", -6),
        ("2 ^ 3 ^ 2", 64),
        ("7 % 4", 3),
        ("1 < 2 && 2 < 1", 0),
        ("1 < 2 || 2 < 1", 1),
        (".5e1", 5),
        ("minmax(5, 3, 1)", 3),
        ("minmax(0, 1, 3)", 1),
        ("if(gt(2, 1), 10, 20)", 10),
        ("ifless(1, 2, 3, 4)", 3),
        ("max(1, 4, 2) + min(3, 2)", 6),
        ("median(1, 9, 2)", 2),
        ("avg(1, 2, 6)", 3),
        ("and(1, 0) + or(1, 0)", 1),
        ("Sqrt(16)", 4),
        ("pi", math.pi),
        ("rand()", 0.5),
    ],
)
def test_arithmetic(text: str, expected: float, rules: Rules) -> None:
    assert value(text, scene(rules)) == pytest.approx(expected)


@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize(
    "text",
    ["", "1 +", "(1", "1 2", "nothing", "sin()", "sin(1, 2)", "1 / 0", "§", "sqrt(0-1)", "1 + 'a'"],
)
def test_what_cannot_be_worked_out_is_an_error(text: str, rules: Rules) -> None:
    with pytest.raises(ExpressionError):
        value(text, scene(rules))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(" * 100 + "1" + ")" * 100, "deep"),
        ("(" * 5000 + "1" + ")" * 5000, "long"),
        ("1" + "+1" * 5000, "long"),
        ("1 " + "negate " * 5000, "long"),
    ],
)
def test_huge_formulas_are_errors_and_no_crash(text: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=reason):
        value(text, scene())


@given(st.text(alphabet="0123456789.+-*/%^()<>=&|!,@'kHP% source>targetd?", max_size=40))
def test_no_text_does_anything_but_a_number_or_an_error(text: str) -> None:
    here = scene()
    with contextlib.suppress(ExpressionError):
        assert isinstance(value(text, here), float)


@pytest.mark.parametrize(
    ("powers", "expected"),
    [((), 47.5467), ((KICK,), 54.6788), ((KICK, CROSS), 61.8108)],
)
def test_a_e15_boxing(powers: tuple[str, ...], expected: float) -> None:
    here = scene(MIDS, *powers, scale=0.76, table="Melee_Damage")
    assert -value(BOXING, here) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize(("points", "expected"), [(1874, 562.2), (1339, 401.7)])
def test_a_e16_hit_points(points: float, expected: float, rules: Rules) -> None:
    here = scene(rules, facts={"hit_points": points})
    assert value("source>Max.kHitPoints * 0.3 * @Strength", here) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("tail", "recharge", "host", "expected"),
    [
        ("", 10.0, {}, 4.9),
        (" .5 *", 10.0, {}, 2.45),
        ("", 10 / 1.95, {}, 2.9513),
        ("", 10.0, {"effect_area": 2, "radius": 15.0}, 1.5077),
    ],
)
def test_a_e17_the_closed_formula(
    tail: str, recharge: float, host: dict[str, Any], expected: float
) -> None:
    here = scene(MIDS, scale=2.5, host=host, current=Current(10.0, recharge, 80.0))
    assert value(CLOSED + tail, here) == pytest.approx(expected, abs=1e-4)


def test_in_the_game_the_closed_formula_is_one_like_others() -> None:
    # (0.8 * 10 + 1.8 + 2 ...): read from left to right, 9.8 * 2 * 2.5 / 10.
    assert value(CLOSED, scene(GAME, scale=2.5)) == pytest.approx(4.9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("60 kHitPoints% source> - 0 100 minmax 60 / 0.2 *", 0.0, id="unhurt"),
        pytest.param("Max.kHitPoints source> 0.1 * @Strength *", 133.9, id="own hit points"),
        pytest.param(
            "30 source.TeamSize> 0.03 * 0.07 + rand >= @StdResult *", 0.1, id="chance of a critical"
        ),
        pytest.param(f"{FRENZY} source.ownPowerNum? .06 * 1.18 + @StdResult *", 1.36, id="stacks"),
        pytest.param("mod.kHeld source> 1 + 2 30 minmax negate", -2.0, id="not held"),
        pytest.param("ActivateAttackClick target.EventCount> 5 *", 0.0, id="no event"),
        pytest.param("2.0 45 kHitPoints% source> - 10 / pow 0.25 *", 2**-5.5 / 4, id="power"),
        pytest.param("20.0 2 / dup * 0.0 10.0 minmax", 10.0, id="twice the same"),
        pytest.param("activatetime power.base> 0.132 + @StdResult *", 1.132, id="cast time"),
        pytest.param("1 2 3 ifElse", 2.0, id="choice"),
        pytest.param("isPVPMap? !", 1.0, id="not in PvP"),
        pytest.param("-1", -1.0, id="a number"),
    ],
)
def test_the_game_s_language(text: str, expected: float) -> None:
    here = scene(GAME, FRENZY, facts={"hit_points": 1339.0, "sliders": {FRENZY.lower(): 3}})
    assert value(text, here) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("source>kHitPoints% < 50", 0),
        ("target>enttype eq 'critter' && source>arch eq @Class_Scrapper", 1),
        ("$archetype eq @Class_Brute", 0),
        ("!(target>kHeld > 0)", 1),
        ("source.EventTimeSince>Attacked > 10", 1),
        ("char>level >= 1", 1),
        (f"source.ownPower?({HOST}) + Owned?({OTHER})", 1),
        ("Source.Mode?(kDefensiveAdaptation)", 0),
        ("minmax(power.base>activatetime, 2, 5)", 2),
        ("0.3 > rand()", 0.3),
        ("rand() > 0.3", 0.7),
    ],
)
def test_the_server_s_infix(text: str, expected: float) -> None:
    assert value(text, scene(GAME, HOST)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"powerIs({HOST})", 1),
        (f"powerIsNot({HOST})", 0),
        ("powerGroupIn(Scrapper_Melee)", 1),
        ("powerGroupNotIn(Scrapper_Melee)", 0),
        ("source.owner>arch(scrapper)", 1),
        ("source.owner>archIn(Arachnos Soldier, Scrapper)", 1),
        ("powerActive(Nobody.Has.This)", 0),
        ("base.kToHit", 0.75),
        ("cur.kToHit", 7.0),
        ("maxEndurance", 105.0),
        ("power.base>activateperiod + power.base>endcost + power.base>range", 100.0),
        ("power.base>rechargetime * power.base>areafactor", 10.0),
        ("effect>scale", 1.0),
        ("GCMActive(Crit) + GCMScale(Crit)", 1.25),
        (f"{HOST}>variableVal", 4.0),
        (f"{HOST}>mag(1)", 0.25),
        ("modifier>current", 1.0),
    ],
)
@pytest.mark.parametrize("rules", BOTH)
def test_words_of_both(text: str, expected: float, rules: Rules) -> None:
    facts = {
        "to_hit": 0.07,
        "endurance": 105.0,
        "chances": {"Crit": 0.25},
        "sliders": {HOST.lower(): 4},
        "magnitudes": lambda name, index: 0.25 * (name == HOST.lower()) * index,
    }
    assert value(text, scene(rules, HOST, facts=facts)) == pytest.approx(expected)


def test_every_formula_of_the_data_can_be_worked_out() -> None:
    here = scene(facts={"hit_points": 1339.0})
    found = {
        each.magnitude_expression
        for powerset in packed_catalog().powersets()
        for one in packed_catalog().powers(powerset.id)
        for each in one.effects
        if each.magnitude_expression
    }
    assert len(found) > 50
    for text in found:
        assert math.isfinite(value(text, here)), text


def test_an_assumption_has_a_reason() -> None:
    assert all(each.reason.endswith(".") for each in ASSUMED.values())
    assert all(name == name.lower() for name in ASSUMED)


def test_a_tree_is_made_once() -> None:
    assert any_language("1 2 +") is any_language("1 2 +")


def test_a_formula_that_fails_is_reported_and_the_rest_is_right() -> None:
    broken = formula("1 + nonsense")
    made = power(HOST, broken, defense(0.1))
    found = calculate(character("Class_Scrapper", {HOST: ()}), GAME, overlay(made))
    assert has_formula(broken)
    assert found.totals.regeneration == 0
    assert found.totals.defense[1] == pytest.approx(0.1)
    (flaw,) = found.flaws
    assert (flaw.power, flaw.text) == (HOST, "1 + nonsense")
    assert "nonsense" in flaw.reason


@pytest.mark.parametrize("rules", BOTH)
def test_results_reach_formulas_in_the_second_round(rules: Rules) -> None:
    # 1339 points and 20 % of them more would be a circle: hit points are those of the first round.
    made = power(HOST, formula("source>Max.kHitPoints / 1339"))
    found = calculate(character("Class_Scrapper", {HOST: ()}), rules, overlay(made))
    assert found.totals.regeneration == pytest.approx(found.totals.hit_points / 1339, rel=1e-5)


@pytest.mark.parametrize("rules", BOTH)
def test_a_formula_for_the_chance_stands_alone(rules: Rules) -> None:
    made = power(HOST, replace(damage(), scaling=2, probability_expression="0.5 * 3", scale=-100.0))
    found = calculate(character("Class_Scrapper", {HOST: ()}), rules, overlay(made)).power(0)
    assert found is not None
    assert found.effects[0].probability == 1.0


@pytest.mark.parametrize("rules", BOTH)
def test_a_formula_for_the_duration_is_not_enhanced(rules: Rules) -> None:
    made = power(HOST, formula("1", duration_expression="2 * 6"))
    found = calculate(character("Class_Scrapper", {HOST: ()}), rules, overlay(made)).power(0)
    assert found is not None
    assert found.effects[0].duration == 12.0
