"""Pets: who is summoned, with which powers, as strong as the summoner's slots make them."""

import pytest

from midsdesk.calc.explain import Explainer
from midsdesk.calc.pets import Pet, pets
from midsdesk.calc.power_view import power_view
from midsdesk.model.build import Build
from midsdesk.model.settings import Rules
from tests.helpers.characters import calculate, character, io, so

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
