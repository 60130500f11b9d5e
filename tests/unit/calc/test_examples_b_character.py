"""The worked examples of calculation reference B, section 10, that concern the character."""

from typing import Any

import pytest

from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Attribute, DamageType, StatusEffect
from tests.helpers.characters import (
    BOTH,
    GAME,
    MIDS,
    calculate,
    character,
    effect,
    io,
    near,
    numbers_of,
    overlay,
    piece,
    power,
    power_numbers,
    statistic,
    uncapped,
    wearing,
)

HEALTH, STAMINA = "Inherent.Fitness.Health", "Inherent.Fitness.Stamina"
SWIFT, HURDLE = "Inherent.Fitness.Swift", "Inherent.Fitness.Hurdle"
SPRINT = "Inherent.Inherent.Sprint"
FOCUSED_FIGHTING = "Scrapper_Defense.Super_Reflexes.Focused_Fighting"
TOUGH, WEAVE = "Pool.Fighting.Tough", "Pool.Fighting.Weave"
COMBAT_JUMPING, SUPER_SPEED = "Pool.Leaping.Combat_Jumping", "Pool.Speed.Super_Speed"
HASTEN = "Pool.Speed.Hasten"
INVINCIBILITY = "Tanker_Defense.Invulnerability.Invincibility"
ACCOLADES = "Temporary_Powers.Accolades"
LOTG = "Crafted_Luck_of_the_Gambler"
# "Vital" bonuses of the examples, by the set and number of pieces that give them.
RECOVERY_25 = ("Positrons_Blast", 2)

both = pytest.mark.parametrize("rules", BOTH)


@both
@pytest.mark.parametrize(
    ("archetypes", "hit_points", "regeneration", "share", "recovery"),
    [
        ("Blaster Sentinel", 1205, 5.0208, 0.4167, 1.6667),
        ("Controller Defender Dominator", 1017, 4.2375, 0.4167, 1.6667),
        ("Scrapper", 1339, 5.5792, 0.4167, 1.6667),
        ("Tanker", 1874, 7.8083, 0.4167, 1.6667),
        ("Brute", 1499, 6.2458, 0.4167, 1.6667),
        ("Stalker", 1204, 5.0167, 0.4167, 1.6667),
        ("Mastermind", 803, 3.3458, 0.4167, 1.6667),
        ("Corruptor Peacebringer Warshade", 1071, 4.4625, 0.4167, 1.6667),
        ("Arachnos_Soldier Arachnos_Widow", 1071, 5.3550, 0.5, 1.75),
    ],
)
def test_b_e01_naked(
    archetypes: str,
    hit_points: float,
    regeneration: float,
    share: float,
    recovery: float,
    rules: Rules,
) -> None:
    for name in archetypes.split():
        shown = calculate(character(f"Class_{name}"), rules)
        assert statistic(shown, "hit_points") == hit_points
        each_second = statistic(shown, "regeneration.per_second")
        assert each_second == near(regeneration)
        assert each_second / hit_points * 100 == near(share)
        assert hit_points / each_second == near(200 if share == 0.5 else 240)
        assert statistic(shown, "recovery.per_second") == near(recovery)


@both
def test_b_e01_naked_otherwise_nothing(rules: Rules) -> None:
    shown = calculate(character("Class_Scrapper"), rules)
    assert set(shown.totals.defense) == set(shown.totals.resistance) == {0}
    wanted = {
        "to_hit": 0,
        "accuracy": 0,
        "haste": 100,
        "damage": 100,
        "run_speed": 14.3182,
        "jump_height": 4,
        "fly_speed": 0,
        "perception": 500,
        "threat": 300,
    }
    assert {key: statistic(shown, key) for key in wanted} == {
        key: near(value) for key, value in wanted.items()
    }
    assert (shown.totals.run_speed, shown.totals.jump_speed) == (near(21), near(21))
    assert statistic(calculate(character("Class_Tanker"), rules), "threat") == near(400)


@both
def test_b_e02_health_and_stamina(rules: Rules) -> None:
    powers = {HEALTH: [io("Heal")], STAMINA: [io("Recovery")]}
    scrapper = calculate(character("Class_Scrapper", powers), rules)
    assert scrapper.totals.regeneration == near(0.5696)
    assert scrapper.totals.recovery == near(0.3560)
    assert statistic(scrapper, "regeneration") == near(156.9600)
    assert statistic(scrapper, "regeneration.per_second") == near(8.7571)
    assert statistic(scrapper, "recovery.per_second") == near(2.2600)

    journey = f"{ACCOLADES}.Portal_Jockey"
    powers = {HEALTH: [io("Heal"), piece("Crafted_Miracle_F", 40)], STAMINA: [io("Recovery")]}
    full = wearing(character("Class_Scrapper", {**powers, journey: ()}), RECOVERY_25)
    shown = calculate(full, rules)
    assert 1 + shown.totals.recovery == near(1.5310)
    assert statistic(shown, "recovery.per_second") == near(2.6793)
    assert statistic(shown, "endurance") == near(105)
    # Miracle works through its host, the set bonus does not.
    dark = wearing(character("Class_Scrapper", {**powers, journey: ()}, off=[HEALTH]), RECOVERY_25)
    assert 1 + calculate(dark, rules).totals.recovery == near(1.5310 - 0.15)


@both
@pytest.mark.parametrize(("lit", "recovery"), [(False, 2.3730), (True, 2.3760)])
def test_b_e02_arachnos(lit: bool, recovery: float, rules: Rules) -> None:
    conditioning = "Inherent.Inherent.Widow_Conditioning"
    build = character(
        "Class_Arachnos_Widow",
        {STAMINA: [io("Recovery")], conditioning: ()},
        off=() if lit else [conditioning],
    )
    assert statistic(calculate(build, rules), "recovery.per_second") == near(recovery)


@both
def test_b_e03_melee_defense(rules: Rules) -> None:
    three = [piece(f"{LOTG}_E"), piece(f"{LOTG}_A"), piece(f"{LOTG}_F")]
    powers = {
        WEAVE: three,
        COMBAT_JUMPING: [piece(f"{LOTG}_F")],
        FOCUSED_FIGHTING: three,
    }
    plain = character("Class_Scrapper", powers)
    shown = calculate(plain, rules)
    for name, wanted in ((WEAVE, 0.057811), (COMBAT_JUMPING, 0.021738)):
        melee = [
            each.magnitude
            for each in numbers_of(shown, name).effects
            if each.effect.damage_type == DamageType.MELEE and each.counted
        ]
        assert melee == [near(wanted)]
    assert shown.totals.defense[DamageType.MELEE] == near(0.293450)
    assert statistic(shown, "haste") == near(122.5)

    uniques = [piece("Crafted_Steadfast_Protection_B", 30), piece("Crafted_Gladiators_Armor_F")]
    hosted = character("Class_Scrapper", {**powers, TOUGH: uniques}, off=[TOUGH])
    shown = calculate(hosted, rules)
    assert shown.totals.defense[DamageType.MELEE] == near(0.353450)

    counted = {each.power.rpartition(".")[2]: each.counted for each in shown.counted}
    assert counted["Improved_Regeneration_4"] == 2
    assert counted["Increased_Health_2"] == 2
    assert shown.totals.regeneration == near(0.2)
    assert counted["Luck_of_the_Gambler"] == 3


@both
def test_b_e07_resistance_cap(rules: Rules) -> None:
    """Tough made strong enough for a raw 98 %."""
    for name, shown_percent in (("Tanker", 90), ("Scrapper", 75), ("Peacebringer", 85)):
        naked = calculate(character(f"Class_{name}", {TOUGH: ()}), rules)
        share = naked.totals.resistance[DamageType.SMASHING] / 1.5
        made = effect(TOUGH, Attribute.RESISTANCE, damage_type=1, scale=0.98 / share)
        build = character(f"Class_{name}", {TOUGH: ()})
        shown = calculate(build, rules, overlay(power(TOUGH, effects=(made,))))
        assert statistic(shown, "resistance.smashing") == near(shown_percent)
        assert uncapped(shown, "resistance.smashing") == near(98)


@both
@pytest.mark.parametrize(
    ("bonus", "costs", "net"),
    [
        ((), (0.2055, 0.2569, 0.2282, 0.0650, 0.2925), 1.0482),
        ((("Reactive_Defenses", 5),), (0.1996, 0.2495, 0.2224, 0.0627, 0.2819), 1.0161),
    ],
)
def test_b_e10_endurance_use(
    bonus: tuple[tuple[str, int], ...], costs: tuple[float, ...], net: float, rules: Rules
) -> None:
    powers = {
        FOCUSED_FIGHTING: [piece(f"{LOTG}_A")],
        WEAVE: [piece(f"{LOTG}_A")],
        TOUGH: [io("Endurance_Discount")],
        COMBAT_JUMPING: (),
        SPRINT: (),
    }
    clicks = {"Scrapper_Melee.Dark_Melee.Smite": ()}
    shown = calculate(wearing(character("Class_Scrapper", {**powers, **clicks}), *bonus), rules)
    each = [numbers_of(shown, name).enhanced for name in powers]
    assert tuple(one.endurance_cost / one.activate_period for one in each) == tuple(
        map(near, costs)
    )
    assert shown.totals.endurance_use == near(net)


@both
def test_b_e10_net_recovery(rules: Rules) -> None:
    """2.2600 of E2 less 1.0161; the time to fill 100 points with it."""
    powers = {
        FOCUSED_FIGHTING: [piece(f"{LOTG}_A")],
        WEAVE: [piece(f"{LOTG}_A")],
        TOUGH: [io("Endurance_Discount")],
        COMBAT_JUMPING: (),
        SPRINT: (),
        STAMINA: [io("Recovery")],
    }
    build = wearing(character("Class_Scrapper", powers), ("Reactive_Defenses", 5))
    shown = calculate(build, rules)
    assert statistic(shown, "endurance_net") == near(1.2439)
    assert statistic(shown, "endurance") / statistic(shown, "endurance_net") == pytest.approx(
        80.3916, abs=5e-4
    )


def points(value: float) -> Any:
    """Hit points of E11, for which the paper takes modifiers rounded to three decimals."""
    return pytest.approx(value, abs=5e-4)


ACCOLADE_POWERS = ("Freedom_Phalanx_Reserve", "Task_Force_Commander", "Portal_Jockey")
HEALTH_188 = [("Numinas_Convalesence", 3), ("Miracle", 3), ("Stupefy", 3)]


@both
def test_b_e11_hit_points(rules: Rules) -> None:
    accolades = {f"{ACCOLADES}.{name}": () for name in ACCOLADE_POWERS}
    shown = calculate(character("Class_Scrapper", accolades), rules)
    assert shown.totals.hit_points - 1339 == points(267.7240)

    five = [*HEALTH_188, ("Preventive_Medicine", 3), ("Reactive_Defenses", 3)]
    shown = calculate(wearing(character("Class_Scrapper", accolades), *five), rules)
    assert shown.totals.hit_points == points(1732.2196)
    assert shown.totals.hit_points / 1339 * 100 == near(129.3667)
    assert shown.capped.hit_points == shown.totals.hit_points
    assert shown.context.archetype.hit_points_cap == near(2409.518)
    assert statistic(shown, "endurance") == near(105)
    tanker = calculate(wearing(character("Class_Tanker", accolades), *five), rules)
    assert tanker.totals.hit_points == points(2424.5081)


@both
def test_b_e11_regeneration(rules: Rules) -> None:
    """Four "+10 %" bonuses (and the 12 % of Numina's two pieces left out: other sets)."""
    accolades = {f"{ACCOLADES}.{name}": () for name in ACCOLADE_POWERS}
    powers = {**accolades, HEALTH: [io("Heal")]}
    five = [("Miracle", 3), ("Stupefy", 3), ("Preventive_Medicine", 3), ("Reactive_Defenses", 3)]
    fifth = ("Trap_of_the_Hunter", 3)
    four = [("Luck_of_the_Gambler", 2), ("Sciroccos_Dervish", 2), ("Entropic_Chaos", 2)]
    build = wearing(character("Class_Scrapper", powers), *five, fifth, *four, four[0])
    shown = calculate(build, rules)
    assert 1 + shown.totals.regeneration == near(1.9696)
    assert shown.totals.hit_points == points(1732.2196)
    assert statistic(shown, "regeneration.per_second") == near(14.2157)
    cap = next(each.cap for each in shown.statistics if each.key == "regeneration.per_second")
    assert cap == near(301.1897)


@both
def test_b_e12_movement(rules: Rules) -> None:
    def shown(*powers: str) -> dict[str, float]:
        result = calculate(character("Class_Scrapper", dict.fromkeys(powers, ())), rules)
        return {each.key: each.value for each in result.statistics}

    assert shown(SWIFT, SPRINT)["run_speed"] == near(33.6477)
    fast = shown(SWIFT, SPRINT, SUPER_SPEED)
    assert fast["run_speed"] == near(83.7614)
    assert (fast["stealth_pve"], fast["threat"]) == (near(35), near(200))
    assert shown(HURDLE, COMBAT_JUMPING)["jump_speed"] == near(47.3550 * 0.6818182)
    assert shown(HURDLE, COMBAT_JUMPING)["jump_height"] == near(18.6720)
    assert shown(HURDLE, COMBAT_JUMPING, SPRINT)["jump_height"] == near(19.0720)
    # Without a power of flight, a bonus to flight speed lifts nobody.
    assert shown(SWIFT)["fly_speed"] == 0
    result = calculate(character("Class_Scrapper", {SWIFT: (), SPRINT: ()}), rules)
    caps = {each.key: each.cap for each in result.statistics}
    assert [caps[key] for key in ("run_speed", "jump_speed", "fly_speed")] == [
        near(92.5023),
        near(78.0),
        near(58.6364),
    ]
    assert result.totals.run_speed == near(49.35)


@pytest.mark.parametrize(
    ("raw", "shown"), [(0.45, 0.308155), (0.20, 0.170009), (0.353450, 0.263188)]
)
def test_b_e14_pvp_defense_curve(raw: float, shown: float) -> None:
    made = effect(WEAVE, Attribute.DEFENSE, damage_type=10, pv_mode=0, scale=raw / 0.075)
    catalog = overlay(power(WEAVE, effects=(made,)))
    build = character("Class_Scrapper", {WEAVE: ()})
    peaceful = calculate(build, MIDS, catalog)
    pvp = calculate(build, MIDS, catalog, pvp=True)
    assert peaceful.totals.defense[DamageType.MELEE] == near(raw)
    assert pvp.totals.defense[DamageType.MELEE] == near(shown)
    more = statistic(pvp, "elusivity.melee") - statistic(peaceful, "elusivity.melee")
    assert more == near(40)


@both
def test_b_e15_stack_slider(rules: Rules) -> None:
    for stacks, wanted in ((10, 0.237713), (1, 0.095085)):
        build = character(
            "Class_Tanker",
            {INVINCIBILITY: [io("Defense_Buff")] * 3},
            stacks={INVINCIBILITY: stacks},
        )
        defense = calculate(build, rules).totals.defense[DamageType.SMASHING]
        assert defense == near(wanted)


@both
def test_b_e16_probability_does_not_scale_totals(rules: Rules) -> None:
    build = character("Class_Scrapper", {TOUGH: [piece("Crafted_Gladiators_Armor_F")]})
    resistance = calculate(build, rules).totals.status_resistance
    assert resistance[StatusEffect.TELEPORT] == near(1.0)


def test_b_e17_haste_display_cap() -> None:
    attack = "Scrapper_Melee.Dark_Melee.Smite"
    haste = power(HASTEN, effects=(effect(HASTEN, Attribute.ENHANCEMENT, scale=4.5),))
    build = character("Class_Scrapper", {HASTEN: (), attack: [io("Recharge")] * 2})
    for rules, shown in ((MIDS, 400), (GAME, 500)):
        result = calculate(build, rules, overlay(haste))
        assert result.totals.haste == near(4.5)
        assert result.capped.haste == near(4.0)
        assert statistic(result, "haste") == near(shown)
        assert uncapped(result, "haste") == near(550)
        # 1 + 0.8332 + 4.5, but never more than five times as fast.
        assert numbers_of(result, attack).factors.recharge == near(5)
    assert power_numbers(build, attack, catalog=overlay(haste)).enhanced.recharge == near(6 / 5)
