"""The worked examples of calculation reference B, section 10, that concern attacks and bonuses."""

from collections.abc import Sequence

import pytest

from midsdesk.model.build import Build
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Attribute
from tests.helpers.characters import (
    BOTH,
    GAME,
    MIDS,
    Piece,
    calculate,
    character,
    effects,
    io,
    near,
    numbers_of,
    overlay,
    piece,
    power,
    statistic,
    wearing,
)

# A ten-second attack, as the examples have it.
ATTACK = "Blaster_Ranged.Fire_Blast.Blaze"
HASTEN = "Pool.Speed.Hasten"
LOTG = piece("Crafted_Luck_of_the_Gambler_F")
SPIRITUAL = "Incarnate.Alpha.Spiritual_Core_Paragon"
MUSCULATURE = "Incarnate.Alpha.Musculature_Core_Paragon"
# Sets that give "recharge +7.5 %" (the same bonus power) by so many pieces.
HUGE_RECHARGE = (
    ("Sting_of_the_Manticore", 5),
    ("Basilisks_Gaze", 4),
    ("Panacea", 5),
    ("Gladiators_Net", 5),
    ("Mocking_Beratement", 6),
    ("Kinetic_Crash", 6),
)
DEFENSE_POWERS = (
    "Pool.Leaping.Combat_Jumping",
    "Pool.Fighting.Weave",
    "Pool.Leadership.Defense",
    "Scrapper_Defense.Super_Reflexes.Focused_Fighting",
    "Scrapper_Defense.Super_Reflexes.Focused_Senses",
    "Scrapper_Defense.Super_Reflexes.Evasion",
)

both = pytest.mark.parametrize("rules", BOTH)


def _globals(count: int) -> dict[str, Sequence[Piece]]:
    return {name: [LOTG] for name in DEFENSE_POWERS[:count]}


@both
@pytest.mark.parametrize(
    ("gamblers", "sets", "haste"),
    [
        pytest.param(6, 0, 0.375, id="the sixth global adds nothing"),
        pytest.param(5, 5, 0.75, id="globals and bonuses of one size are two powers"),
        pytest.param(2, 6, 0.525, id="the sixth bonus adds nothing"),
    ],
)
def test_b_e04_rule_of_five(gamblers: int, sets: int, haste: float, rules: Rules) -> None:
    build = wearing(character("Class_Scrapper", _globals(gamblers)), *HUGE_RECHARGE[:sets])
    shown = calculate(build, rules)
    assert shown.totals.haste == near(haste)
    assert statistic(shown, "haste") == near(100 + 100 * haste)
    counts = {each.power.rpartition(".")[2]: (each.count, each.counted) for each in shown.counted}
    assert counts["Luck_of_the_Gambler"] == (gamblers, min(gamblers, 5))
    if sets:
        assert counts["Improved_Recharge_Time_5"] == (sets, min(sets, 5))
    dropped = [power for each in shown.sets for power in each.over_five]
    assert len(dropped) == max(0, gamblers - 5) + max(0, sets - 5)


@both
def test_b_e04_six_accuracy_bonuses(rules: Rules) -> None:
    nine_percent = [
        ("Sciroccos_Dervish", 4),
        ("Obliteration", 4),
        ("Positrons_Blast", 4),
        ("Luck_of_the_Gambler", 4),
        ("Trap_of_the_Hunter", 4),
        ("Pacing_of_the_Turtle", 4),
    ]
    for count in (5, 6):
        build = wearing(character("Class_Scrapper"), *nine_percent[:count])
        assert calculate(build, rules).own_sums[Attribute.ACCURACY] == near(0.45)


def _hasty(*, gamblers: int = 0, hasten: bool = True, alpha: str = "") -> Build:
    two = [io("Recharge")] * 2
    powers: dict[str, Sequence[Piece]] = {ATTACK: two, HASTEN: two, **_globals(gamblers)}
    if alpha:
        powers[alpha] = ()
    build = character("Class_Blaster", powers, off=() if hasten else [HASTEN])
    return wearing(build, *HUGE_RECHARGE[:5])


@both
@pytest.mark.parametrize(
    ("gamblers", "factor", "attack", "hasten"),
    [
        pytest.param(0, 2.908200, 3.4386, 154.7349, id="hasten and five bonuses"),
        pytest.param(5, 3.283200, 3.0458, 137.0614, id="and five globals"),
    ],
)
def test_b_e05_haste(
    gamblers: int, factor: float, attack: float, hasten: float, rules: Rules
) -> None:
    shown = calculate(_hasty(gamblers=gamblers), rules)
    numbers = numbers_of(shown, ATTACK)
    assert numbers.base.recharge == 10
    assert numbers.factors.recharge == near(factor)
    assert numbers.enhanced.recharge == near(attack)
    assert numbers_of(shown, HASTEN).enhanced.recharge == near(hasten)


@both
def test_b_e05_haste_shown_and_capped(rules: Rules) -> None:
    shown = calculate(_hasty(), rules)
    assert statistic(shown, "haste") == near(207.5)
    assert shown.context.archetype.recharge_cap == 5
    dark = calculate(_hasty(hasten=False), rules)
    assert numbers_of(dark, HASTEN).enhanced.recharge == near(203.7859)


@both
def test_b_e06_alpha_with_its_share_past_ed(rules: Rules) -> None:
    shown = calculate(_hasty(alpha=SPIRITUAL), rules)
    numbers = numbers_of(shown, ATTACK)
    assert numbers.factors.recharge == near(3.323600)
    assert numbers.enhanced.recharge == near(3.0088)
    # What Alpha gives each power is no global bonus.
    assert statistic(shown, "haste") == near(207.5)


@both
@pytest.mark.parametrize(
    ("alpha", "factor"), [pytest.param("", 1.990800, id="bare"), (MUSCULATURE, 2.313300)]
)
def test_b_e08_alpha_damage_and_ed(alpha: str, factor: float, rules: Rules) -> None:
    powers: dict[str, Sequence[Piece]] = {ATTACK: [io("Damage")] * 3}
    if alpha:
        powers[alpha] = ()
    numbers = numbers_of(calculate(character("Class_Blaster", powers), rules), ATTACK)
    assert effects(numbers, Attribute.DAMAGE)[0].magnitude_factor == near(factor)
    assert numbers.enhanced.damage / numbers.base.damage == near(factor)


# Sets that give "damage +2.5 %" by so many pieces.
DAMAGE_25 = (
    ("Touch_of_Death", 4),
    ("Malaises_Illusions", 4),
    ("Efficacy_Adaptor", 5),
    ("Performance_Shifter", 5),
    ("Force_Feedback", 5),
)


@both
def test_b_e09_brute_with_fury(rules: Rules) -> None:
    fury = "Inherent.Inherent.Rage_Buff"
    smite = "Brute_Melee.Dark_Melee.Smite"
    build = character("Class_Brute", {smite: [io("Damage")] * 3, fury: ()}, stacks={fury: 80})
    shown = calculate(wearing(build, *DAMAGE_25), rules)
    assert shown.totals.damage == near(1.725)
    assert statistic(shown, "damage") == near(272.5)
    numbers = numbers_of(shown, smite)
    assert numbers.enhanced.damage == near(numbers.base.damage * 3.715800)
    assert shown.context.archetype.damage_cap == 7


@both
def test_b_e09_a_scrapper_reaches_the_same_factor(rules: Rules) -> None:
    buff = power("Pool.Speed.Hasten", effects=power("Inherent.Inherent.Rage_Buff").effects)
    strong = power(
        buff.id,
        has_variable=True,
        variable_max=100,
        effects=buff.effects,
    )
    smite = "Scrapper_Melee.Dark_Melee.Smite"
    build = character(
        "Class_Scrapper", {smite: [io("Damage")] * 3, buff.id: ()}, stacks={buff.id: 80}
    )
    shown = calculate(wearing(build, *DAMAGE_25), rules, overlay(strong))
    assert effects(numbers_of(shown, smite), Attribute.DAMAGE)[0].magnitude_factor == near(3.7158)
    assert shown.context.archetype.damage_cap == 5


@pytest.mark.parametrize(
    ("kismet_on", "to_hit", "chance"),
    [
        pytest.param(True, 0.75, 1.226340, id="even foe"),
        pytest.param(True, 0.48, 0.817560, id="three levels above"),
        pytest.param(False, 0.75, 1.135500, id="host of Kismet off"),
    ],
)
def test_b_e13_accuracy(kismet_on: bool, to_hit: float, chance: float) -> None:
    weave = "Pool.Fighting.Weave"
    build = character(
        "Class_Blaster",
        {ATTACK: [io("Accuracy")], weave: [piece("Crafted_Kismet_E", 30)]},
        off=() if kismet_on else [weave],
    )
    build = wearing(build, ("Positrons_Blast", 4))
    for rules in (MIDS, GAME):
        numbers = numbers_of(calculate(build, rules, scaling_to_hit=to_hit), ATTACK)
        # The game never lets a chance to hit exceed 95 %.
        assert numbers.enhanced.accuracy == near(chance if rules is MIDS else min(0.95, chance))
    assert numbers.base.accuracy == 1
