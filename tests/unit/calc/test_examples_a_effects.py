"""The worked examples of calculation reference A, section 10, that concern other effects."""

import pytest

from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import (
    Attribute,
    BuffMode,
    DamageType,
    EnhancedAspect,
    Scaling,
    StatusEffect,
    ToWho,
)
from tests.helpers.characters import (
    BOTH,
    GAME,
    MIDS,
    Piece,
    calculate,
    character,
    effect,
    effects,
    io,
    near,
    numbers_of,
    overlay,
    piece,
    power,
    power_numbers,
    so,
    special,
    statistic,
)

FOCUSED_FIGHTING = "Scrapper_Defense.Super_Reflexes.Focused_Fighting"
TOUGH, WEAVE = "Pool.Fighting.Tough", "Pool.Fighting.Weave"
HEALTH, STAMINA = "Inherent.Fitness.Health", "Inherent.Fitness.Stamina"
BLOCK_OF_ICE = "Controller_Control.Ice_Control.Block_of_Ice"
POWER_PUSH = "Blaster_Ranged.Energy_Blast.Power_Push"
INFECTION = "Defender_Buff.Radiation_Emission.Radiation_Infection"
SIPHON_SPEED = "Controller_Buff.Kinetics.Siphon_Speed"
FIRE_BLAST = "Blaster_Ranged.Fire_Blast.Fire_Blast"
HASTEN, COMBAT_JUMPING = "Pool.Speed.Hasten", "Pool.Leaping.Combat_Jumping"
TACTICS = "Pool.Leadership.Tactics"
SOUL_DRAIN = "Scrapper_Melee.Dark_Melee.Soul_Drain"
RECONSTRUCTION = "Scrapper_Defense.Regeneration.Reconstruction"
CARAPACE = "Scrapper_Defense.Bio_Organic_Armor.Ablative_Carapace"
CARDIAC = "Incarnate.Alpha.Cardiac_Core_Boost"
MUSCULATURE = "Incarnate.Alpha.Musculature_Core_Paragon"

both = pytest.mark.parametrize("rules", BOTH)


def only(archetype: str, name: str, *pieces: Piece) -> Build:
    return character(archetype, {name: pieces})


@both
def test_a_e04_focused_fighting(rules: Rules) -> None:
    for pieces, defense, resistance in (
        ((), 0.13875, 0.1384),
        ([io("Defense_Buff")] * 3, 0.219884, 0.219329),
    ):
        build = only("Class_Scrapper", FOCUSED_FIGHTING, *pieces)
        calculation = calculate(build, rules)
        assert calculation.totals.defense[DamageType.MELEE] == near(defense)
        debuffs = calculation.totals.debuff_resistance
        assert debuffs[Attribute.DEFENSE] == near(resistance)
        protection = calculation.totals.status_protection[StatusEffect.CONFUSED]
        assert protection == near(-10.3800)
        elusive = calculate(build, rules, pvp=True).totals.elusivity[DamageType.MELEE]
        assert elusive == near(0.1)
        assert calculation.totals.endurance_use == near(0.26)
    build = only("Class_Scrapper", FOCUSED_FIGHTING, io("Endurance_Discount"))
    assert calculate(build, rules).totals.endurance_use == near(0.1826)


@both
@pytest.mark.parametrize(
    ("archetype", "base", "hamidon", "inventions"),
    [("Class_Scrapper", 0.1125, 0.177356, 0.1783), ("Class_Tanker", 0.15, 0.236475, 0.2377)],
)
def test_a_e05_tough_with_a_hamidon(
    archetype: str, base: float, hamidon: float, inventions: float, rules: Rules
) -> None:
    ribosome = piece("Hamidon_Res_Damage_Endurance_Discount")
    two = [io("Res_Damage")] * 2
    for pieces, wanted in (
        ((), base),
        ((*two, ribosome), hamidon),
        ((*two, io("Res_Damage")), inventions),
    ):
        totals = calculate(only(archetype, TOUGH, *pieces), rules).totals
        assert totals.resistance[DamageType.SMASHING] == near(wanted)
    totals = calculate(only(archetype, TOUGH, *two, ribosome), rules).totals
    assert totals.endurance_use == near(0.2438)


@both
def test_a_e06_health_and_stamina(rules: Rules) -> None:
    for pieces, fraction, points in (((), 0.4, 2.2317), ([io("Heal")] * 2, 0.73328, 4.0911)):
        numbers = power_numbers(only("Class_Scrapper", HEALTH, *pieces), HEALTH, rules)
        (found,) = effects(numbers, Attribute.REGENERATION)
        assert found.magnitude == near(fraction)
        # Points a second, as the old planner's text has them.
        assert 1339 / 100 * found.magnitude * 0.25 * 1.666667 == near(points)
        (sleep,) = effects(numbers, Attribute.STATUS_RESISTANCE, pv_mode=0)
        assert sleep.magnitude == near(0.6055)
    build = only("Class_Scrapper", STAMINA, *[io("Recovery")] * 3)
    (found,) = effects(power_numbers(build, STAMINA, rules), Attribute.RECOVERY)
    assert found.magnitude == near(0.4977)
    assert found.magnitude * 1.666667 == near(0.8295)


@both
def test_a_e07_block_of_ice_lengthens_but_does_not_deepen(rules: Rules) -> None:
    for pieces, durations in (
        ((), (22.35, 16.7625)),
        ([io("Hold")] * 2, (40.9720, 30.7290)),
    ):
        build = only("Class_Controller", BLOCK_OF_ICE, *pieces)
        numbers = power_numbers(build, BLOCK_OF_ICE, rules)
        holds = effects(numbers, Attribute.STATUS, status=StatusEffect.HELD)
        assert tuple(each.duration for each in holds) == tuple(map(near, durations))
        assert [each.magnitude for each in holds] == [3, 1]
        assert numbers.enhanced.accuracy == near(0.9)
    build = only("Class_Controller", BLOCK_OF_ICE, io("Accuracy"))
    chance = power_numbers(build, BLOCK_OF_ICE, rules).enhanced.accuracy
    # No attack of the game hits more often than 95 times in 100.
    assert chance == near(1.2816 if rules is MIDS else 0.95)


KNOCKDOWN = piece("Crafted_Sudden_Acceleration_F")


@pytest.mark.parametrize(
    ("pieces", "mids", "game"),
    [
        pytest.param((), 13.2936, 13.2936, id="bare"),
        pytest.param((io("Knockback"),), 23.4499, 23.4499, id="one invention"),
        pytest.param((io("Knockback"),) * 3, 36.6079, 36.6079, id="three: diversified on D"),
        pytest.param((KNOCKDOWN,), 0.1920, 0.67, id="knockback to knockdown"),
        pytest.param((KNOCKDOWN, io("Knockback")), 10.3483, 0.67, id="and one invention"),
    ],
)
def test_a_e08_power_push(pieces: tuple[Piece, ...], mids: float, game: float) -> None:
    build = only("Class_Blaster", POWER_PUSH, *pieces)
    for rules, wanted in ((MIDS, mids), (GAME, game)):
        numbers = power_numbers(build, POWER_PUSH, rules)
        (knock,) = effects(numbers, Attribute.STATUS, status=StatusEffect.KNOCKBACK)
        assert knock.magnitude == near(wanted)


ENZYMES = (piece("Hamidon_DeBuff_Endurance_Discount"),) * 2


@pytest.mark.parametrize(
    ("pieces", "to_hit", "defense", "defense_in_game"),
    [
        pytest.param((), -0.3125, -0.3125, -0.3125, id="bare"),
        pytest.param((io("ToHit_DeBuff"),) * 2, -0.4678, -0.3125, -0.3125, id="to-hit debuffs"),
        # The debuff's enhancements are on schedule A: 0.848 gives 0.8332, not 0.5972.
        pytest.param((io("Defense_DeBuff"),) * 2, -0.3125, -0.4991, -0.5729, id="defense debuffs"),
        pytest.param(ENZYMES, -0.4375, -0.4906, -0.3125 * 1.666, id="enzymes"),
        pytest.param((io("Defense_Buff"),), -0.3125, -0.3125, -0.3125, id="a buff's: wrong sign"),
    ],
)
def test_a_e09_radiation_infection(
    pieces: tuple[Piece, ...], to_hit: float, defense: float, defense_in_game: float
) -> None:
    build = only("Class_Defender", INFECTION, *pieces)
    for rules, wanted in ((MIDS, defense), (GAME, defense_in_game)):
        numbers = power_numbers(build, INFECTION, rules)
        assert [each.magnitude for each in effects(numbers, Attribute.TO_HIT)] == [near(to_hit)]
        assert [each.magnitude for each in effects(numbers, Attribute.DEFENSE)] == [near(wanted)]


@both
def test_a_e09_endurance_with_enzymes(rules: Rules) -> None:
    numbers = power_numbers(only("Class_Defender", INFECTION, *ENZYMES), INFECTION, rules)
    assert numbers.enhanced.endurance_cost == near(0.1561)


def _run_speeds(build: Build, rules: Rules, catalog: Catalog | None = None) -> tuple[float, float]:
    numbers = power_numbers(build, SIPHON_SPEED, rules, catalog)
    slow = effects(numbers, Attribute.SPEED_RUNNING, to_who=ToWho.TARGET, pv_mode=0)
    (quick,) = effects(numbers, Attribute.SPEED_RUNNING, to_who=ToWho.SELF)
    return slow[0].magnitude, quick.magnitude


@pytest.mark.parametrize(
    ("pieces", "target", "self_mids", "self_game"),
    [
        pytest.param((), -0.625, 2.975, 2.975, id="bare"),
        # A plain slow enhancement quickens its owner in the old planner only.
        pytest.param((io("Snare"),) * 2, -1.1458, 5.4538, 2.975, id="inventions"),
        pytest.param((piece("Stereocilia"),) * 2, -1.0413, 2.975, 2.975, id="debuffs only"),
    ],
)
def test_a_e10_siphon_speed(
    pieces: tuple[Piece, ...], target: float, self_mids: float, self_game: float
) -> None:
    build = character("Class_Controller", {SIPHON_SPEED: pieces}, stacks={SIPHON_SPEED: 1})
    # The 2020 data have no Stereocilia: made after the paper's table of specials.
    stereocilia = special(
        "Stereocilia",
        (EnhancedAspect.SPEED_RUNNING, BuffMode.DEBUFF_ONLY),
        (EnhancedAspect.SLOW, BuffMode.ANY),
    )
    catalog = overlay(pieces=[stereocilia])
    assert _run_speeds(build, MIDS, catalog) == (near(target), near(self_mids))
    assert _run_speeds(build, GAME, catalog) == (near(target), near(self_game))


@both
def test_a_e10_three_stacks_quicken_only_the_caster(rules: Rules) -> None:
    build = character("Class_Controller", {SIPHON_SPEED: ()}, stacks={SIPHON_SPEED: 3})
    assert _run_speeds(build, rules) == (near(-0.625), near(8.925))


@both
@pytest.mark.parametrize(
    ("archetype", "absorb"), [("Class_Tanker", 562.2), ("Class_Scrapper", 401.7)]
)
def test_a_e16_a_share_of_hit_points(archetype: str, absorb: float, rules: Rules) -> None:
    share = effect(
        CARAPACE,
        Attribute.ABSORB,
        scaling=Scaling.EXPRESSION,
        magnitude_expression="source>Max.kHitPoints * 0.3 * @Strength",
        scale=1.0,
    )
    catalog = overlay(power(CARAPACE, effects=(share,)))
    numbers = power_numbers(only(archetype, CARAPACE), CARAPACE, rules, catalog)
    assert [each.magnitude for each in numbers.effects] == [near(absorb)]


def test_a_e18_musculature_on_defense_debuffs() -> None:
    build = character("Class_Defender", {INFECTION: [io("Defense_DeBuff")] * 2, MUSCULATURE: ()})
    (found,) = effects(power_numbers(build, INFECTION), Attribute.DEFENSE)
    assert found.magnitude == near(-0.5730)
    # On schedule A: 0.848 + 0.11 = 0.958 gives 0.88 + 0.7 x 0.058, and 0.22 beyond it.
    (found,) = effects(power_numbers(build, INFECTION, GAME), Attribute.DEFENSE)
    assert found.magnitude == near(-0.3125 * (1 + 0.9206 + 0.22))


@both
def test_a_e19_cardiac_core_boost(rules: Rules) -> None:
    for slots, cost in ((0, 3.9098), (1, 3.1269), (3, 2.4847)):
        build = character(
            "Class_Blaster", {FIRE_BLAST: [so("Endurance_Discount")] * slots, CARDIAC: ()}
        )
        figures = power_numbers(build, FIRE_BLAST, rules).enhanced
        assert figures.endurance_cost == near(cost)
        assert figures.range == near(96.0)


@both
def test_a_e20_hasten(rules: Rules) -> None:
    powers = {HASTEN: [io("Recharge")] * 2}
    off = power_numbers(character("Class_Blaster", powers, off=[HASTEN]), HASTEN, rules)
    assert off.enhanced.recharge == near(245.4724)
    lit = power_numbers(character("Class_Blaster", powers), HASTEN, rules)
    assert lit.enhanced.recharge == near(177.6409)


@both
def test_a_e21_soul_drain_with_five_foes(rules: Rules) -> None:
    for pieces, to_hit in (((), 0.2), ((io("ToHit_Buff"),), 0.2510)):
        build = character("Class_Scrapper", {SOUL_DRAIN: pieces}, stacks={SOUL_DRAIN: 5})
        calculation = calculate(build, rules)
        numbers = numbers_of(calculation, SOUL_DRAIN)
        assert calculation.totals.to_hit == near(to_hit)
        assert calculation.totals.damage == near(1.0)
        damage = effects(numbers, Attribute.DAMAGE)[0]
        assert (damage.base_magnitude, damage.scale) == (near(62.5615), near(1.0))


@both
def test_a_e23_reconstruction(rules: Rules) -> None:
    for pieces, heal in (((), 334.6553), ([io("Heal")] * 3, 666.2317)):
        build = only("Class_Scrapper", RECONSTRUCTION, *pieces)
        numbers = power_numbers(build, RECONSTRUCTION, rules)
        assert effects(numbers, Attribute.HEAL)[0].magnitude == near(heal)
        (toxic,) = effects(numbers, Attribute.RESISTANCE, damage_type=DamageType.TOXIC)
        assert toxic.magnitude == near(0.15)


@both
def test_a_e31_weave_with_six_set_pieces(rules: Rules) -> None:
    slots = [
        piece(f"Crafted_{name}_{letter}", level)
        for name, level in (("Luck_of_the_Gambler", 50), ("Kismet", 30), ("Red_Fortune", 50))
        for letter in "AB"
    ]
    build = character(
        "Class_Scrapper", {WEAVE: slots, COMBAT_JUMPING: [piece("Crafted_Luck_of_the_Gambler_F")]}
    )
    calculation = calculate(build, rules)
    assert statistic(calculation, "haste") == near(107.5)
    figures = numbers_of(calculation, WEAVE).enhanced
    assert figures.endurance_cost == near(0.0932)
    assert figures.recharge == near(5.5013)
    (melee,) = effects(
        numbers_of(calculation, WEAVE), Attribute.DEFENSE, damage_type=DamageType.MELEE
    )
    assert melee.magnitude_factor == near(1.6048)


@both
def test_a_e32_to_hit_in_the_chance_to_hit(rules: Rules) -> None:
    smite = "Scrapper_Melee.Dark_Melee.Smite"
    build = character("Class_Scrapper", {smite: (), TACTICS: ()})
    assert calculate(build, rules).totals.to_hit == near(0.07)
    assert power_numbers(build, smite, rules).enhanced.accuracy == near(0.8200)
