"""Effects in plain words: real powers of the packed data, untouched by slots, level 50."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from midsdesk.calc.describe import EffectLine, describe, lines_of
from midsdesk.calc.describe_groups import Group
from midsdesk.calc.describe_summary import summary
from midsdesk.calc.describe_words import suppression_in_words, tag_in_words, type_list
from midsdesk.calc.engine import Engine
from midsdesk.calc.power_view_alone import alone
from midsdesk.model.build import Build
from midsdesk.model.ids import ArchetypeId
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Attribute, DamageType, Suppression
from midsdesk.storage.gamedb.reader import GameDatabase
from tests.helpers.characters import calculate, character, piece
from tests.helpers.gamedata import default_catalog, packed_catalog

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


# Each line worked out by hand from the raw values of the packed data: scale × entry of the modifier
# table (level 50, column of the archetype). The arithmetic stands above each line. A status effect
# has its own magnitude, and scale × table is its duration (reference A, 1.3 to 1.5).
_WHILE_FREE = ", suppressed while held, asleep or stunned"  # suppression 1 | 2 | 4
IN_FORCE = [
    # Ranged_Immobilize 1.8625: 10 × 1.8625 s = 18.625 s; 7.5 × 1.8625 s = 13.97 s, chance 0.2.
    (_CONTROLLER, _BLIND, "18.6 s hold (magnitude 3) on the target"),
    (_CONTROLLER, _BLIND, "14 s hold (magnitude 1) on the target, 20 % chance"),
    # Ranged_Damage −30.5856 (a damage table, so the sign turns): 1 × 30.5856.
    (_CONTROLLER, _BLIND, "30.6 psionic damage"),
    (_CONTROLLER, _BLIND, "summons Blind for 1 s"),
    # Its pet's power, Melee_Sleep of the class Minion_Pets 1.161: 10 × 1.161 s.
    (_CONTROLLER, _BLIND, "11.6 s sleep (magnitude 2) on the target"),
    # Ranged_Damage of blasters −62.5615: 2.12 × 62.5615 = 132.63; 0.225 × 62.5615 = 14.08.
    (_BLASTER, _BLAZE, "132.6 fire damage"),
    (_BLASTER, _BLAZE, "14.1 fire damage, 5 times in 4.1 s (80 % each, stops at a miss)"),
    # Melee_Buff_Def 0.07: 0.5 × 0.07 = 0.035, for all positions and all types but toxic.
    (_BLASTER, _WEAVE, f"+3.5 % defense (all) to self{_WHILE_FREE}"),
    # Melee_Res_Boolean 0.2768: 1.75 × 0.2768 = 0.4844.
    (_BLASTER, _WEAVE, f"+48.4 % resistance to immobilize to self{_WHILE_FREE}"),
    # Melee_Ones 1: 0.7 and −15 points, 120 s later; it recharges in 450 s, so it cannot stack.
    (_BLASTER, "Pool.Speed.Hasten", "+70 % recharge to self for 120 s"),
    (_BLASTER, "Pool.Speed.Hasten", "−15 endurance to self, after 120 s"),
    # 0.25 × 1.
    (_BLASTER, "Inherent.Fitness.Stamina", "+25 % recovery to self"),
    (_BLASTER, "Pool.Flight.Fly", "flight to self"),
    # Two effects of 0.5 × 1 each.
    (_BLASTER, "Inherent.Inherent.Sprint", f"2 × +50 % run speed to self{_WHILE_FREE}"),
    # Melee_DeBuff_ToHit −0.075: 0.5 × −0.075 = −0.0375.
    (
        "Class_Scrapper",
        "Scrapper_Defense.Willpower.Rise_to_the_Challenge",
        "−3.8 % to-hit on the target",
    ),
    # 1 × 1.
    (
        "Class_Scrapper",
        "Scrapper_Defense.Willpower.Rise_to_the_Challenge",
        "+100 % regeneration to self",
    ),
    # Melee_HealSelf 187.4069: two effects of 2 × 187.4069 = 374.81; 4 × 187.4069 = 749.63.
    (
        "Class_Tanker",
        "Tanker_Defense.Invulnerability.Dull_Pain",
        "2 × +374.81 maximum hit points to self for 120 s",
    ),
    (
        "Class_Tanker",
        "Tanker_Defense.Invulnerability.Dull_Pain",
        "heals self for 749.6 hit points",
    ),
    # Ranged_Buff_Dmg 0.1: 2 × 0.1. Ranged_Res_Boolean 0.346: 5 × 0.346 = 1.73; 1.5 × 0.346 = 0.519.
    # Ranged_Ones 1: 0.3. All for 120 s, it recharges in 422 s.
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
    # Ranged_Slow −1.25: 0.6 × −1.25 = −0.75 of running, jumping and flying.
    (_CONTROLLER, _LINGERING, "−75 % movement speed on the target for 30 s"),
    # Ranged_SpeedRunning 3.5, aspect maximum: −1 × 3.5 base speeds of 21 ft/s, 0.6818 mph each:
    # −3.5 × 21 × 0.6818 = −50.1 mph (reference B, 3.2: the base speed times the sum).
    (_CONTROLLER, _LINGERING, "−50.1 mph maximum run speed on the target for 30 s"),
    # Ranged_Ones 1: −5.
    (_CONTROLLER, _LINGERING, "−500 % regeneration on the target for 30 s"),
    # Melee_Stun 1.8625: 0.66 × 1.8625 = 1.22925, as strength.
    (
        _CONTROLLER,
        _POWER_BOOST,
        "+122.9 % strength of hold, confuse, immobilize, sleep, stun, fear to self for 15 s",
    ),
    (_CONTROLLER, _POWER_BOOST, "+122.9 % strength of defense (all) to self for 15 s"),
    # Melee_Knockback 2.0771: 8 × 2.0771 = 16.617.
    (
        _BLASTER,
        "Blaster_Support.Energy_Manipulation.Power_Thrust",
        "knockback (magnitude 16.62) on the target",
    ),
    # Ranged_Heal 133.8621: 5 × 133.8621 = 669.31. Ranged_Damage −36.1466: 3 × 36.1466 = 108.44.
    (
        "Class_Defender",
        "Defender_Buff.Empathy.Absorb_Pain",
        "heals the target for 669.3 hit points",
    ),
    ("Class_Defender", "Defender_Buff.Empathy.Absorb_Pain", "108.4 special damage to self"),
    # Its pet's power, Melee_Heal of the class Minion_Pets 54.6808: 2.23 × 54.6808 = 121.94; once a
    # second in a life of 1 s, both ends counted (reference A, 1.6).
    (
        "Class_Defender",
        "Defender_Buff.Kinetics.Transfusion",
        "heals the target for 121.9 hit points, 2 times in 1 s",
    ),
    ("Class_Mastermind", _DRONES, "summons Droid, after 2 s"),
    # Melee_Damage −55.6102: 1.08 × 55.6102 = 60.06, chance 0.1; 0.66.
    ("Class_Stalker", "Stalker_Melee.Claws.Strike", "60.1 lethal damage, 10 % chance"),
    ("Class_Stalker", "Stalker_Melee.Claws.Strike", "grants Assassins Focus, 66 % chance"),
    # 1 × 1.
    (_BLASTER, "Incarnate.Alpha.Spiritual_Core_Paragon", "level shift of +1 to self"),
    # 1.0 × 1; the data know the tag by its name only.
    (_BLASTER, "Pool.Flight.Fly", "+100 % chance of effects that need flight"),
    # 0.5 × 1 for 120 s, and it is ready again after 2 s + 1 s: two of them would overlap.
    (
        "Class_Controller",
        "Controller_Buff.Kinetics.Speed_Boost",
        "+50 % recovery on the target for 120 s, does not stack",
    ),
]
NOT_IN_FORCE = [
    # 1 × 30.5856, special case Containment.
    (_CONTROLLER, _BLIND, "30.6 psionic damage, with Containment on"),
    # Ranged_Ones 1: 4 × 1 s; suppression 1 | 2 | 4 | 8 | 16.
    (
        _CONTROLLER,
        _BLIND,
        "4 s hold (magnitude 4) on the target, in PvP only, "
        "suppressed while held, asleep, stunned, immobilized or afraid",
    ),
    # 0.066 × 1 for all eight types.
    (_BLASTER, _BLAZE, "+6.6 % damage (all) to self for 8.5 s, with Defiance on"),
    # Ranged_Sleep of dominators 1.49: 45 × 1.49 s = 67.05 s.
    (
        "Class_Dominator",
        "Dominator_Control.Mind_Control.Mesmerize",
        "67 s sleep (magnitude 3.5) on the target, with Domination on",
    ),
    # 1.25 × 1 s, renewed once a second while the toggle runs.
    (
        "Class_Scrapper",
        "Scrapper_Defense.Willpower.Rise_to_the_Challenge",
        "taunt (magnitude 3) on the target, against special foes",
    ),
    # Three effects.
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
    assert [text for text in texts if "defense" in text] == [
        f"+3.5 % defense (all) to self{_WHILE_FREE}"
    ]


def test_every_effect_is_in_one_line_at_most() -> None:
    for archetype, power, _ in IN_FORCE:
        indices = [index for line in _lines(archetype, power) for index in line.effects]
        assert len(indices) == len(set(indices))


def test_in_pvp_the_other_mode_is_named() -> None:
    texts = {line.text: line.in_force for line in _lines(_CONTROLLER, _BLIND, pvp=True)}
    hold = "4 s hold (magnitude 4) on the target, in PvP only"
    assert any(text.startswith(hold) and in_force for text, in_force in texts.items())
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


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        (Suppression.HELD, "suppressed while held"),
        (Suppression.HELD | Suppression.SLEEP, "suppressed while held or asleep"),
        (
            Suppression.ATTACKED | Suppression.HIT_BY_FOE | Suppression.MISSION_OBJECT_CLICK,
            "suppressed after an attack, a hit by a foe or a click on a mission object",
        ),
        (
            Suppression.PHASED | Suppression.DAMAGED,
            "suppressed while phased and after damage",
        ),
    ],
)
def test_what_suppresses_an_effect_is_said_in_words(events: Suppression, wanted: str) -> None:
    assert suppression_in_words(events) == wanted


def test_every_event_that_suppresses_has_words() -> None:
    for event in Suppression:
        assert suppression_in_words(event).startswith(("suppressed while ", "suppressed after "))


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("MLCrit", "critical hits on minions and lieutenants"),
        ("PresenceHealLow", "the effects of Presence Heal Low"),
        ("HailofBulletsFire", "the effects of Hail of Bullets Fire"),
    ],
)
def test_tags_of_the_data_become_words(tag: str, wanted: str) -> None:
    assert tag_in_words(tag) == wanted


def _words_of(archetype: str, power: str) -> list[str]:
    return [line.text for line in _lines(archetype, power)]


def test_a_harmful_effect_that_ignores_resistance_says_so() -> None:
    """Melee_Slow −1.25: 0.5 × −1.25 = −0.625. The slow is marked not resistible, the lower maximum
    speed is not: −1 × Melee_SpeedRunning 3.5 × 21 ft/s × 0.6818 = −50.1 mph."""
    texts = _words_of(_CONTROLLER, "Controller_Buff.Kinetics.Siphon_Speed")
    assert "−62.5 % movement speed on the target for 60 s, irresistible" in texts
    assert "−50.1 mph maximum run speed on the target for 60 s" in texts


def test_a_number_that_a_power_changes_of_itself_is_named_with_its_value() -> None:
    texts = _words_of(_BLASTER, "Blaster_Support.Energy_Manipulation.Stun")
    assert "changes its radius to 20 ft, with Power Boost on" in texts


@pytest.mark.parametrize("data", [packed_catalog, default_catalog])
def test_no_line_of_any_power_shows_a_raw_name(data: Callable[[], GameDatabase]) -> None:
    """All powers that a character may take: no underscore, no words written as one."""
    catalog, raw = data(), re.compile(r"_|[a-z][A-Z]|  ")
    found: dict[str, str] = {}
    for archetype in ("Class_Blaster", "Class_Scrapper", "Class_Mastermind", "Class_Peacebringer"):
        calculation = Engine(catalog).calculate(Build(ArchetypeId(archetype)))
        for family in catalog.powersets_of(archetype):
            powers = catalog.powers(family.id)
            numbers = alone(calculation, powers)
            for index, power in enumerate(powers):
                got = numbers.power(index)
                for line in lines_of(got.effects, power, catalog) if got else ():
                    if raw.search(re.sub("PvP|PvE|AoE", "X", line.text)):
                        found[line.text] = power.id
    assert found == {}
