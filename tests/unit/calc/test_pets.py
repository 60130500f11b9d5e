"""Pets: who is summoned, with which powers, as strong as the summoner's slots make them."""

import pytest

from midsdesk.calc.explain import Explainer
from midsdesk.calc.pets import Pet, PetPower, pets
from midsdesk.calc.power_view import power_view
from midsdesk.calc.set_bonus import is_for_pets
from midsdesk.model.build import Build
from midsdesk.model.settings import Rules
from tests.helpers.characters import calculate, character, io, numbers_of, so
from tests.helpers.gamedata import default_catalog, packed_catalog

_DRONES = "Mastermind_Summon.Robotics.Battle_Drones"
_PROTECTORS = "Mastermind_Summon.Robotics.Protector_Bots"
_EQUIP = "Mastermind_Summon.Robotics.Equip_Robot"
_DECOY = "Controller_Control.Illusion_Control.Decoy"
_PHANTASM = "Controller_Control.Illusion_Control.Phantasm"
_MORTAR = "Mastermind_Buff.Traps.Acid_Mortar"


def _pets(build: Build, entry: int = 0) -> tuple[Pet, ...]:
    return pets(calculate(build, Rules.GAME), entry)


def test_three_drones_with_their_powers_by_tier() -> None:
    (drone,) = _pets(character("Class_Mastermind", {_DRONES: ()}))
    assert (drone.name, drone.count, drone.life) == ("Droid", 3, 0.0)
    assert drone.class_name == "Henchman"
    tiers = {each.power.display_name: (each.tier, each.upgraded) for each in drone.powers}
    assert tiers["Laser Burst"] == (0, True)
    assert tiers["Heavy Laser Burst"] == (1, False)
    assert tiers["Full Auto Laser"] == (2, False)


def test_an_upgrade_in_the_build_opens_its_tier() -> None:
    (drone,) = _pets(character("Class_Mastermind", {_DRONES: (), _EQUIP: ()}))
    tiers = {each.tier: (each.upgrade_name, each.upgraded) for each in drone.powers}
    assert tiers[1] == ("Equip Robot", True)
    assert tiers[2] == ("Upgrade Robot", False)


def test_the_summoners_slots_strengthen_the_pets_damage() -> None:
    plain = _pets(character("Class_Mastermind", {_DRONES: ()}))[0]
    slotted = _pets(character("Class_Mastermind", {_DRONES: [so("Damage")]}))[0]
    before, after = (
        next(each for each in pet.powers if each.power.display_name == "Smash").numbers.enhanced
        for pet in (plain, slotted)
    )
    assert before.damage == pytest.approx(29.0, abs=0.1)
    assert after.damage == pytest.approx(before.damage * 1.3333, rel=1e-3)


def test_a_pet_ignores_what_its_power_ignores() -> None:
    (drone,) = _pets(character("Class_Mastermind", {_DRONES: [io("Recharge")] * 2}))
    burst = next(each for each in drone.powers if each.power.display_name == "Laser Burst")
    assert burst.numbers.enhanced.recharge == burst.numbers.base.recharge == 4.0


def test_bonuses_of_the_character_do_not_reach_pets() -> None:
    alone = _pets(character("Class_Mastermind", {_DRONES: ()}))[0]
    hasty = _pets(character("Class_Mastermind", {_DRONES: (), "Pool.Speed.Hasten": ()}))[0]
    for first, second in zip(alone.powers, hasty.powers, strict=True):
        assert first.numbers.enhanced == second.numbers.enhanced


def test_a_pet_that_summons_has_pets_of_its_own() -> None:
    (phantasm,) = _pets(character("Class_Controller", {_PHANTASM: ()}))
    (decoy,) = phantasm.pets
    assert (phantasm.name, decoy.name, decoy.life) == ("Phantasm", "Decoy Phantasm", 30.0)
    assert decoy.pets == ()


def test_what_an_absorbed_pet_summons_is_listed_once_under_it() -> None:
    found = _pets(character("Class_Mastermind", {_PROTECTORS: ()}))
    assert [each.name for each in found] == ["Protector Bot"]
    assert [each.name for each in found[0].pets] == ["Seeker Drone"]


def test_decoys_come_in_threes_and_stay_a_minute() -> None:
    (decoy,) = _pets(character("Class_Controller", {_DECOY: ()}))
    assert (decoy.count, decoy.life) == (3, 60.0)


def test_a_pseudo_pet_is_readable_though_its_effects_are_absorbed() -> None:
    (mortar,) = _pets(character("Class_Mastermind", {_MORTAR: ()}))
    assert (mortar.name, mortar.count, mortar.life) == ("Acid Mortar", 1, 60.0)


def test_a_pets_numbers_can_be_viewed_and_explained() -> None:
    (drone,) = _pets(character("Class_Mastermind", {_DRONES: [so("Damage")] * 3}))
    smash = next(each for each in drone.powers if each.power.display_name == "Smash")
    view = power_view(drone.calculation, smash.entry)
    explanation = Explainer(drone.calculation).figure(smash.entry, "damage")
    assert view is not None and explanation is not None
    assert view.damage[2].activation == pytest.approx(smash.numbers.enhanced.damage)
    total = sum(each.value for each in explanation.contributions)
    assert total == pytest.approx(smash.numbers.enhanced.damage)


def test_powers_without_pets_and_empty_entries_have_none() -> None:
    build = character("Class_Blaster", {"Pool.Speed.Hasten": (), "": ()})
    assert _pets(build, 0) == () and _pets(build, 1) == ()


_ALPHA = "Incarnate.Alpha.Musculature_Core_Paragon"
# Smash of a drone: scale 1.16 × Melee_Damage of the class Minion_Henchman 25.0246 = 29.0285.
_SMASH = 1.16 * 25.0246


def _smash(build: Build, rules: Rules) -> tuple[Pet, PetPower]:
    (drone,) = pets(calculate(build, rules), 0)
    return drone, next(each for each in drone.powers if each.power.display_name == "Smash")


@pytest.mark.parametrize(
    ("slots", "mids", "game"),
    [
        # Alpha alone: 0.15 + 0.30 past diversification (reference A, E18).
        pytest.param(0, 1.0, 1.45, id="no slots"),
        # Three single origins 0.999: 0.7 + 0.9 × 0.2 + 0.7 × 0.099 = 0.9493. With 0.15 more, 1.149:
        # 0.7 + 0.18 + 0.07 + 0.15 × 0.149 = 0.97235, and 0.30 after it.
        pytest.param(3, 1.9493, 2.27235, id="three single origins"),
    ],
)
def test_alpha_strengthens_pets_in_the_game_only(slots: int, mids: float, game: float) -> None:
    build = character("Class_Mastermind", {_DRONES: [so("Damage")] * slots, _ALPHA: ()})
    for rules, factor in ((Rules.MIDS, mids), (Rules.GAME, game)):
        _, smash = _smash(build, rules)
        assert smash.numbers.enhanced.damage == pytest.approx(_SMASH * factor, rel=1e-4)


def test_an_alpha_that_is_off_or_out_of_reach_does_not() -> None:
    build = character("Class_Mastermind", {_DRONES: (), _ALPHA: ()}, off=[_ALPHA])
    assert _smash(build, Rules.GAME)[1].numbers.enhanced.damage == pytest.approx(_SMASH, rel=1e-4)
    lit = character("Class_Mastermind", {_DRONES: (), _ALPHA: ()})
    (drone,) = pets(calculate(lit, Rules.GAME, exemplar_level=40), 0)
    smash = next(each for each in drone.powers if each.power.display_name == "Smash")
    assert smash.numbers.enhanced.damage == smash.numbers.base.damage


def test_a_pets_damage_names_the_alpha_and_adds_up() -> None:
    build = character("Class_Mastermind", {_DRONES: [so("Damage")] * 3, _ALPHA: ()})
    drone, smash = _smash(build, Rules.GAME)
    explanation = Explainer(drone.calculation).figure(smash.entry, "damage")
    assert explanation is not None
    total = sum(each.value for each in explanation.contributions)
    assert total == pytest.approx(_SMASH * 2.27235, rel=1e-4)
    shares = [child for each in explanation.contributions for child in each.children]
    alpha = [each.value for each in shares if each.name == "Musculature Core Paragon"]
    assert sum(alpha) == pytest.approx(_SMASH * 0.45, rel=1e-4)
    assert {each.entry for each in shares if each.name == "Musculature Core Paragon"} == {None}


def test_supremacy_gives_henchmen_a_quarter_more_damage() -> None:
    """Scale 0.29 beside 1.16, by a condition of the data: 0.29 / 1.16 = 0.25."""
    powers = {_DRONES: (), "Inherent.Inherent.Supremacy": ()}
    _, smash = _smash(character("Class_Mastermind", powers), Rules.GAME)
    assert smash.numbers.enhanced.damage == pytest.approx(_SMASH * 1.25, rel=1e-4)


def test_no_set_bonus_of_the_data_is_for_pets() -> None:
    """So there is nothing to hand on to them; see docs/quirks.md."""
    catalog = packed_catalog()
    for family in catalog.enhancement_sets():
        names = [name for each in (*family.bonuses,) for name in each.powers]
        names += [name for each in family.specials for name in each]
        for name in names:
            power = catalog.power(name)
            assert power is None or not is_for_pets(power), name


@pytest.mark.parametrize(
    ("archetype", "mine", "expected"),
    [
        # Scales 2 and 1, and 1 at every second hit, times 55.6599 (small pets, level 50).
        ("Class_Blaster", "Blaster_Support.Gadgets.Trip_Mine", 3.5 * 55.6599),
        # Scales 1.3 and 0.65, and 0.65 at every second hit.
        ("Class_Defender", "Defender_Buff.Traps.Trip_Mine", 2.275 * 55.6599),
    ],
)
def test_a_mine_that_is_gone_when_it_went_off_counts_once(archetype, mine, expected) -> None:
    """It waits 260 s, its blast has a recharge of 20 s; but the mine destroys itself."""
    found = calculate(character(archetype, {mine: ()}), Rules.GAME, default_catalog())
    assert numbers_of(found, mine).base.damage == pytest.approx(expected, rel=1e-3)
