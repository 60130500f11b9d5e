"""Effects in plain words: real powers of the packed data, untouched by slots, level 50."""

from typing import Any

import pytest

from midsdesk.calc.describe import EffectLine, describe, lines_of
from midsdesk.calc.describe_groups import Group
from midsdesk.calc.describe_summary import summary
from midsdesk.calc.describe_words import type_list
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Attribute, DamageType
from tests.helpers.characters import calculate, character, piece
from tests.helpers.gamedata import packed_catalog

_CONTROLLER = "Class_Controller"
_BLASTER = "Class_Blaster"
_BLIND = "Controller_Control.Illusion_Control.Blind"
_BLAZE = "Blaster_Ranged.Fire_Blast.Blaze"
_METABOLISM = "Controller_Buff.Radiation_Emission.Accelerate_Metabolism"
_LINGERING = "Controller_Buff.Radiation_Emission.Lingering_radiation"
_POWER_BOOST = "Epic.Primal_Forces_Mastery.Power_Boost"
_DRONES = "Mastermind_Summon.Robotics.Battle_Drones"
_WEAVE = "Pool.Fighting.Weave"


def _lines(archetype: str, power: str, **settings: Any) -> tuple[EffectLine, ...]:
    calculation = calculate(character(archetype, {power: ()}), Rules.GAME, **settings)
    numbers, worked = calculation.power(0), calculation.worked[0]
    assert numbers is not None and worked is not None
    return lines_of(numbers.effects, worked.prepared.host, packed_catalog())


IN_FORCE = [
    (_CONTROLLER, _BLIND, "18.6 s hold (magnitude 3) on the target"),
    (_CONTROLLER, _BLIND, "14 s hold (magnitude 1) on the target, 20 % chance"),
    (_CONTROLLER, _BLIND, "30.6 psionic damage"),
    (_CONTROLLER, _BLIND, "summons Blind for 1 s"),
    (_CONTROLLER, _BLIND, "11.6 s sleep (magnitude 2) on the target"),
    (_BLASTER, _BLAZE, "132.6 fire damage"),
    (_BLASTER, _BLAZE, "14.1 fire damage, 5 times in 4.1 s (80 % each, stops at a miss)"),
    (_BLASTER, _WEAVE, "+3.5 % defense (all) to self"),
    (_BLASTER, _WEAVE, "+48.4 % resistance to immobilize to self"),
    (_BLASTER, "Pool.Speed.Hasten", "+70 % recharge to self for 120 s"),
    (_BLASTER, "Pool.Speed.Hasten", "−15 endurance to self, after 120 s"),
    (_BLASTER, "Inherent.Fitness.Stamina", "+25 % recovery to self"),
    (_BLASTER, "Pool.Flight.Fly", "flight to self"),
    (_BLASTER, "Inherent.Inherent.Sprint", "2 × +50 % run speed to self"),
    (
        "Class_Scrapper",
        "Scrapper_Defense.Willpower.Rise_to_the_Challenge",
        "−3.8 % to-hit on the target",
    ),
    (
        "Class_Scrapper",
        "Scrapper_Defense.Willpower.Rise_to_the_Challenge",
        "+100 % regeneration to self",
    ),
    (
        "Class_Tanker",
        "Tanker_Defense.Invulnerability.Dull_Pain",
        "2 × +374.81 maximum hit points to self for 120 s",
    ),
    (
        "Class_Tanker",
        "Tanker_Defense.Invulnerability.Dull_Pain",
        "heals 749.6 hit points to self",
    ),
    (_CONTROLLER, _METABOLISM, "+20 % damage (all) to self and allies for 120 s"),
    (
        _CONTROLLER,
        _METABOLISM,
        "+173 % resistance to hold, immobilize, sleep, stun to self and allies for 120 s",
    ),
    (_CONTROLLER, _METABOLISM, "+30 % recharge to self and allies for 120 s"),
    (
        _CONTROLLER,
        _METABOLISM,
        "+51.9 % resistance to recovery debuffs to self and allies for 120 s",
    ),
    (_CONTROLLER, _METABOLISM, "+30 % run speed, fly speed to self and allies for 120 s"),
    (_CONTROLLER, _LINGERING, "−75 % movement speed on the target for 30 s"),
    (_CONTROLLER, _LINGERING, "−3.5 ft/s maximum run speed on the target for 30 s"),
    (_CONTROLLER, _LINGERING, "−500 % regeneration on the target for 30 s"),
    (
        _CONTROLLER,
        _POWER_BOOST,
        "+122.9 % strength of hold, confuse, immobilize, sleep, stun, fear to self for 15 s",
    ),
    (_CONTROLLER, _POWER_BOOST, "+122.9 % strength of defense (all) to self for 15 s"),
    (
        _BLASTER,
        "Blaster_Support.Energy_Manipulation.Power_Thrust",
        "knockback (magnitude 16.62) on the target",
    ),
    (
        "Class_Defender",
        "Defender_Buff.Empathy.Absorb_Pain",
        "heals 669.3 hit points on the target",
    ),
    ("Class_Defender", "Defender_Buff.Empathy.Absorb_Pain", "108.4 special damage to self"),
    (
        "Class_Defender",
        "Defender_Buff.Kinetics.Transfusion",
        "heals 121.9 hit points on the target, 2 times in 1 s",
    ),
    ("Class_Mastermind", _DRONES, "summons Droid, after 2 s"),
    ("Class_Stalker", "Stalker_Melee.Claws.Strike", "60.1 lethal damage, 10 % chance"),
    ("Class_Stalker", "Stalker_Melee.Claws.Strike", "grants Assassins Focus, 66 % chance"),
    (_BLASTER, "Incarnate.Alpha.Spiritual_Core_Paragon", "level shift of +1 to self"),
]
NOT_IN_FORCE = [
    (_CONTROLLER, _BLIND, "30.6 psionic damage, with Containment on"),
    (_CONTROLLER, _BLIND, "4 s hold (magnitude 4) on the target, in PvP only"),
    (_BLASTER, _BLAZE, "+6.6 % damage (all) to self for 8.5 s, with Defiance on"),
    (
        "Class_Dominator",
        "Dominator_Control.Mind_Control.Mesmerize",
        "67 s sleep (magnitude 3.5) on the target, with Domination on",
    ),
    (
        "Class_Scrapper",
        "Scrapper_Defense.Willpower.Rise_to_the_Challenge",
        "taunt (magnitude 3) on the target, against special foes",
    ),
    (
        "Class_Mastermind",
        _DRONES,
        "3 × grants Heavy Laser Burst, with the first upgrade on",
    ),
]


@pytest.mark.parametrize(("archetype", "power", "wanted"), IN_FORCE)
def test_an_effect_in_force_in_words(archetype: str, power: str, wanted: str) -> None:
    found = [line.text for line in _lines(archetype, power) if line.in_force]
    assert wanted in found


@pytest.mark.parametrize(("archetype", "power", "wanted"), NOT_IN_FORCE)
def test_an_effect_not_in_force_says_what_it_needs(archetype: str, power: str, wanted: str) -> None:
    found = [line.text for line in _lines(archetype, power) if not line.in_force]
    assert wanted in found


@pytest.mark.parametrize(
    ("archetype", "power", "wanted"),
    [
        (_BLASTER, _BLAZE, "Single target. Fire damage, then burns."),
        (_BLASTER, _WEAVE, "Self. Raises defense."),
        (
            "Class_Defender",
            "Defender_Buff.Radiation_Emission.Radiation_Infection",
            "Area of 15 ft. Lowers to-hit and defense of the target.",
        ),
        (
            _CONTROLLER,
            _POWER_BOOST,
            "Self. Raises status effects, run speed and fly speed.",
        ),
    ],
)
def test_the_summary_says_whom_it_reaches_and_what_it_does(
    archetype: str, power: str, wanted: str
) -> None:
    calculation = calculate(character(archetype, {power: ()}), Rules.GAME)
    numbers, worked = calculation.power(0), calculation.worked[0]
    assert numbers is not None and worked is not None
    assert summary(numbers.effects, worked.prepared.host, packed_catalog()) == wanted


def test_an_equal_effect_for_pvp_makes_no_line_of_its_own() -> None:
    texts = [line.text for line in _lines(_BLASTER, _WEAVE)]
    assert [text for text in texts if "defense" in text] == ["+3.5 % defense (all) to self"]


def test_every_effect_is_in_one_line_at_most() -> None:
    for archetype, power, _ in IN_FORCE:
        indices = [index for line in _lines(archetype, power) for index in line.effects]
        assert len(indices) == len(set(indices))


def test_in_pvp_the_other_mode_is_named() -> None:
    texts = {line.text: line.in_force for line in _lines(_CONTROLLER, _BLIND, pvp=True)}
    assert texts["4 s hold (magnitude 4) on the target, in PvP only"]
    assert not texts["18.6 s hold (magnitude 3) on the target, in PvE only"]


def test_a_slot_shows_as_a_difference_and_a_proc_with_its_rate() -> None:
    slots = [piece("Crafted_Damage"), piece("Crafted_Apocalypse_F")]
    calculation = calculate(character(_BLASTER, {_BLAZE: slots}), Rules.GAME)
    numbers, worked = calculation.power(0), calculation.worked[0]
    assert numbers is not None and worked is not None
    lines = lines_of(numbers.effects, worked.prepared.host, packed_catalog())
    assert lines[0].enhanced and lines[0].magnitude > lines[0].base_magnitude
    proc = next(line for line in lines if line.from_enhancement)
    assert "procs a minute" in proc.text and not proc.enhanced


def test_groups_stand_in_their_order_and_none_is_empty() -> None:
    calculation = calculate(character(_CONTROLLER, {_METABOLISM: ()}), Rules.GAME)
    numbers, worked = calculation.power(0), calculation.worked[0]
    assert numbers is not None and worked is not None
    groups = describe(numbers.effects, worked.prepared.host, packed_catalog())
    order = list(Group)
    assert [order.index(each.group) for each in groups] == sorted(
        order.index(each.group) for each in groups
    )
    assert all(each.lines for each in groups)


def test_types_are_named_as_short_as_they_can_be() -> None:
    real = list(range(DamageType.SMASHING, DamageType.PSIONIC + 1))
    positions = [DamageType.MELEE, DamageType.RANGED, DamageType.AOE]
    assert type_list(real, Attribute.RESISTANCE) == "all"
    assert type_list(real[:-1], Attribute.RESISTANCE) == "all types but psionic"
    assert type_list(positions, Attribute.DEFENSE) == "melee, ranged, AoE"
    without_toxic = [kind for kind in real if kind != DamageType.TOXIC]
    assert type_list([*without_toxic, *positions], Attribute.DEFENSE) == "all"
    assert type_list(without_toxic, Attribute.DEFENSE) == "all types"
    assert type_list([DamageType.FIRE, DamageType.COLD], Attribute.RESISTANCE) == "fire, cold"
