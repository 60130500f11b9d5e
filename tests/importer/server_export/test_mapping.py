"""Each rule of the mapping on one small power (reference, section B)."""

from collections.abc import Callable
from typing import Any

import pytest

from importer.mhd import layout
from importer.readers.server_export.attribs import meaning
from midsdesk.model.vocab import (
    Activation,
    Aspect,
    AttackVector,
    Attribute,
    DamageType,
    EffectArea,
    EnhancedAspect,
    Entities,
    PowersetKind,
    Scaling,
    StatusEffect,
    ToWho,
)
from tests.importer.server_export import made_export
from tests.importer.server_export.conftest import Read, fields
from tests.importer.server_export.made_export import group, power, template

WithPower = Callable[..., Read]
ReadFiles = Callable[[made_export.Files], Read]
TEST = "Blaster_Ranged.Fire.Test"
LIGHT = "Temporary_Powers.Temporary_Powers.Light"


@pytest.mark.parametrize(
    ("attrib", "aspect", "expected"),
    [
        ("Fire_Dmg", "Absolute", (Attribute.DAMAGE, DamageType.FIRE, 0, 0)),
        ("Fire_Dmg", "Resistance", (Attribute.RESISTANCE, DamageType.FIRE, 0, 0)),
        ("Fire_Dmg", "Strength", (Attribute.DAMAGE_BUFF, DamageType.FIRE, 0, 0)),
        ("Heal_Dmg", "Absolute", (Attribute.HEAL, 0, 0, 0)),
        ("Heal_Dmg", "Strength", (Attribute.ENHANCEMENT, 0, 0, Attribute.HEAL)),
        ("Area", "Current", (Attribute.DEFENSE, DamageType.AOE, 0, 0)),
        ("Area", "Strength", (Attribute.ENHANCEMENT, DamageType.AOE, 0, Attribute.DEFENSE)),
        ("Toxic", "Current", (Attribute.DEFENSE, DamageType.TOXIC, 0, 0)),
        ("Base_Defense", "Current", (Attribute.DEFENSE, 0, 0, 0)),
        ("Base_Defense", "Resistance", (Attribute.EFFECT_RESISTANCE, 0, 0, Attribute.DEFENSE)),
        ("Psionic_Elusivity", "Strength", (Attribute.ELUSIVITY, DamageType.PSIONIC, 0, 0)),
        ("ElusivityBase", "Strength", (Attribute.ENHANCEMENT, 0, 0, Attribute.ELUSIVITY)),
        ("Held", "Current", (Attribute.STATUS, 0, StatusEffect.HELD, 0)),
        ("Held", "Resistance", (Attribute.STATUS_RESISTANCE, 0, StatusEffect.HELD, 0)),
        ("Held", "Strength", (Attribute.ENHANCEMENT, 0, StatusEffect.HELD, Attribute.STATUS)),
        ("Taunt", "Absolute", (Attribute.STATUS, 0, StatusEffect.TAUNT, 0)),
        ("RunningSpeed", "Maximum", (Attribute.SPEED_RUNNING, 0, 0, 0)),
        ("RechargeTime", "Strength", (Attribute.ENHANCEMENT, 0, 0, Attribute.RECHARGE_TIME)),
        ("RechargeTime", "Resistance", (Attribute.EFFECT_RESISTANCE, 0, 0, 25)),
        ("StealthRadius_PVP", "Current", (Attribute.STEALTH_RADIUS_PLAYER, 0, 0, 0)),
        ("Cancel_Effects", "Strength", (Attribute.UNSET_MODE, 0, 0, 0)),
        ("Execute_Power", "Strength", (Attribute.EXECUTE_POWER, 0, 0, 0)),
    ],
)
def test_attribute_and_aspect(attrib: str, aspect: str, expected: tuple[int, ...]) -> None:
    found = meaning(attrib, aspect)
    assert found is not None
    assert (found.attribute, found.damage_type, found.status, found.modifies) == expected


@pytest.mark.parametrize("attrib", ["Evade", "Sonic_Dmg", "Never_Seen"])
def test_an_attribute_no_planner_has(attrib: str, with_power: WithPower) -> None:
    found = with_power(effects=[group(template([attrib]))])
    assert meaning(attrib, "Current") is None
    assert found.effects(TEST) == []
    assert f"1 effects of {attrib} (Current) are left out" in found.texts()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Magnitude", (Scaling.MAGNITUDE, 2.0, 3.0, 10.0)),
        ("Duration", (Scaling.DURATION, 2.0, 3.0, 0.0)),
        ("Constant", (Scaling.EXPRESSION, 2.0, 3.0, 10.0)),
    ],
)
def test_numbers(kind: str, expected: tuple[float, ...], with_power: WithPower) -> None:
    each = template(["Held"], type=kind, scale=2.0, magnitude=3.0, duration="10 seconds")
    (effect,) = with_power(effects=[group(each)]).effects(TEST)
    names = ("scaling", "scale", "magnitude", "duration")
    assert tuple(effect[name] for name in names) == expected


def test_the_other_fields_of_a_row(with_power: WithPower) -> None:
    each = template(
        ["Fire_Dmg"],
        aspect="Absolute",
        target="AnyAffected",
        table="Ranged_Damage",
        duration="3.1 seconds",
        application_period=1.0,
        tick_chance=0.8,
        stack="Replace",
        flags=["CancelOnMiss (2)", "IgnoreStrength (4)", "NearGround (3)"],
    )
    found = with_power(targets_affected=["Foe (Alive)"], effects=[group(each, ppm=2.0)])
    (effect,) = found.effects(TEST)
    assert effect["ticks"] == 4
    assert effect["probability"] == pytest.approx(0.8)
    assert effect["stacking"] == 0
    assert not effect["buffable"]
    assert effect["resistible"]
    assert effect["cancel_on_miss"]
    assert effect["near_ground"]
    assert effect["ppm"] == 2.0
    assert effect["aspect"] == Aspect.ABSOLUTE
    assert effect["effect_id"] == "Damage"
    assert effect["modifier_table"] == "Ranged_Damage"


@pytest.mark.parametrize(
    ("affected", "target", "expected"),
    [
        (["Self"], "Self", ToWho.SELF),
        (["Foe (Alive)"], "Self", ToWho.SELF),
        (["Foe (Alive)"], "AnyAffected", ToWho.TARGET),
        (["Self"], "AnyAffected", ToWho.ALL),
        (["Ally (Alive)", "Self"], "AnyAffected", ToWho.ALL),
        (["Ally (Alive)"], "AnyAffected", ToWho.TARGET),
        (["Own Pet (Alive)"], "AnyAffected", ToWho.TARGET),
        (["Self"], "SelfAndPets", ToWho.SELF),
    ],
)
def test_whom_an_effect_reaches(
    affected: list[str], target: str, expected: ToWho, with_power: WithPower
) -> None:
    found = with_power(
        targets_affected=affected, effects=[group(template(["Melee"], target=target))]
    )
    assert found.effects(TEST)[0]["to_who"] == expected


def test_core_numbers_of_a_power(with_power: WithPower) -> None:
    found = with_power(
        type="Toggle",
        arc=0.7854,
        effect_area="Cone",
        radius=40.0,
        max_targets_hit=10,
        activation_time=1.67,
        endurance_cost=0.13,
        activate_period=0.5,
        attack_types=["Area", "Fire", "Incarnate"],
        targets_affected=["Foe (Alive)"],
        target_type="Foe (Alive)",
        boosts_allowed=["Enhance Damage", "Enhance Accuracy", "Magic_Boost"],
        allowed_boostset_cats=["Universal Damage Sets", "Ranged Damage"],
        strengths_disallowed=["Range", "Arc"],
        modes_disallowed=["Disable_All"],
        exclusion_groups=["Some_Group"],
    ).power(TEST)
    assert found["power_type"] == Activation.TOGGLE
    assert (found["arc"], found["effect_area"]) == (45, EffectArea.CONE)
    assert found["cast_time"] == pytest.approx(1.67)
    assert found["base_recharge_time"] == found["recharge_time"] == 10.0
    assert found["attack_types"] == AttackVector.AOE_ATTACK | AttackVector.FIRE_ATTACK
    assert found["entities_affected"] == Entities.FOE
    assert found["enhancement_classes"] == (1, 4)
    assert found["set_types"] == (2, 44)
    assert found["ignored_enhancements"] == (EnhancedAspect.RANGE,)
    assert found["modes_disallowed"] == 2
    assert found["exclusive_groups"] == ("Some_Group",)
    assert found["max_targets"] == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16 - 6 * Source.Mode?(kNoCap)", 16),
        ("minmax(source.ownPowerNum?(A.B.C) + 1, 1, 11)", 1),
        ("no formula (", 5),
    ],
)
def test_most_targets_at_rest(text: str, expected: int, with_power: WithPower) -> None:
    found = with_power(max_targets_hit=5, max_targets_expression=text)
    assert found.power(TEST)["max_targets"] == expected


def test_a_power_without_slots_takes_no_enhancement(with_power: WithPower) -> None:
    found = with_power(
        max_boosts=0,
        boosts_allowed=["Enhance Damage"],
        allowed_boostset_cats=["Ranged Damage"],
    ).power(TEST)
    assert found["enhancement_classes"] == found["set_types"] == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ((), (), ())),
        ("$archetype == @Class_Sentinel", (("Class_Sentinel",), (), ())),
        ("Blaster_Ranged.Fire.Flares", ((), (("Blaster_Ranged.Fire.Flares", ""),), ())),
        ("!Blaster_Support.Tricks", ((), (), (("Blaster_Support.Tricks", ""),))),
        (
            "(Blaster_Ranged.Fire.Flares + Blaster_Support.Tricks.Trap) > 1",
            ((), (("Blaster_Ranged.Fire.Flares", "Blaster_Support.Tricks.Trap"),), ()),
        ),
        ("char>accesslevel >= 0", ((), (), ())),
    ],
)
def test_requirements(text: str, expected: tuple[Any, ...], read: ReadFiles) -> None:
    content = made_export.files()
    content |= made_export.powerset("Pool.Speed", power("Pool.Speed.Run", requires=text))
    found = read(content).power("Pool.Speed.Run")
    names = ("required_classes", "required_powers", "forbidden_powers")
    # A trap can only be laid by whoever has tricks: the class follows from the powers.
    assert tuple(found[name] for name in names) == expected


@pytest.mark.parametrize("text", ["0", "char>accesslevel > 9"])
def test_a_power_nobody_takes_has_no_level(text: str, with_power: WithPower) -> None:
    found = with_power(requires=text)
    assert found.power(TEST)["level"] == 0
    assert found.source.extras.of("powers", TEST)["closed"] is True


def test_grants_executes_and_summons_name_what_they_mean(with_power: WithPower) -> None:
    params = {"type": "Power", "power_names": [LIGHT], "count": 2}
    entity = {"type": "EntCreate", "entity_def": None, "redirects": [LIGHT]}
    filters = {"type": "EffectFilter", "tags": ["One", "Two"]}
    found = with_power(
        power(LIGHT, available_level=-1),
        effects=[
            group(template(["Grant_Power"], params=params)),
            group(template(["Execute_Power"], params=params)),
            group(template(["Create_Entity"], params=entity)),
            group(template(["Global_Chance_Mod"], params=filters)),
            group(template(["Set_Mode"], mode_name="Some")),
        ],
    )
    rows = [(each["summon"], each["reward"]) for each in found.effects(TEST)]
    pseudo = "PseudoPet_Blaster_Ranged_Fire_Test"
    assert rows == [
        (LIGHT, ""),
        (LIGHT, ""),
        (pseudo, ""),
        ("", "One"),
        ("", "Two"),
        ("", "Some"),
    ]
    (pet,) = (fields(layout.ENTITY, values) for values in found.source.entities)
    assert (pet["uid"], pet["class_name"], pet["powersets"]) == (pseudo, "", (LIGHT,))
    assert found.power(TEST)["absorb_summon_effects"]
    assert {"One", "Two"} <= set(found.source.effect_ids)


def test_henchmen_know_their_upgrades(read: ReadFiles) -> None:
    content = made_export.files()
    names = [f"Mastermind_Pets.Bot{tier}.Zap" for tier in ("", "_2", "_3")]
    for name in names:
        content |= made_export.powerset(name.rpartition(".")[0], power(name))

    def upgrade(name: str, target: str, level: int) -> dict[str, Any]:
        params = {"type": "Power", "power_names": [target]}
        each = group(
            template(["Grant_Power"], params=params, target="AnyAffected"),
            requires_expression="target.VillainName>Pets_Bot",
        )
        return power(f"Mastermind_Summon.Robots.{name}", effects=[each], available_level=level)

    summon = template(["Create_Entity"], params={"type": "EntCreate", "entity_def": "Pets_Bot"})
    content |= made_export.powerset(
        "Mastermind_Summon.Robots",
        power("Mastermind_Summon.Robots.Summon", effects=[group(summon)]),
        upgrade("Upgrade", names[2], 25),
        upgrade("Equip", names[1], 5),
    )
    content["entities/pets_bot.json"] = {
        "name": "Pets_Bot",
        "commandable_pet": 1,
        "copy_creator_mods": False,
        "power_tags": ["FullHenchman"],
        "defaults": {
            "character_class_name": "minion_pets",
            "powers": [{"power_category": "Mastermind_Pets", "power_set": "Bot", "power": "*"}],
        },
        "levels": [{"display_names": ["Battle Bot"]}],
    }
    (pet,) = (fields(layout.ENTITY, values) for values in read(content).source.entities)
    assert pet == {
        "uid": "Pets_Bot",
        "display_name": "Battle Bot",
        "kind": 1,
        "class_name": "Class_Minion_Pets",
        "powersets": ("Mastermind_Pets.Bot", "Mastermind_Pets.Bot_2", "Mastermind_Pets.Bot_3"),
        "upgrade_powers": (
            "Mastermind_Summon.Robots.Equip",
            "Mastermind_Summon.Robots.Upgrade",
        ),
    }


@pytest.mark.parametrize(
    ("name", "values", "part"),
    [
        ("Pets_Patch", {}, True),
        ("Pets_Imp", {"can_zone": True}, False),
        ("Pets_Bot", {"commandable_pet": 1}, False),
        ("Pets_Chain_Jump2", {}, False),
        ("Pets_Traps_Acid_Mortar", {"can_zone": True}, True),
        ("Pets_Shade", {}, False),
    ],
    ids=["patch", "follows", "commanded", "next jump", "listed as part", "listed as none"],
)
def test_what_stays_where_it_was_put_is_part_of_its_power(
    name: str, values: dict[str, Any], part: bool, read: ReadFiles
) -> None:
    content = made_export.files()
    summon = template(["Create_Entity"], params={"type": "EntCreate", "entity_def": name})
    content |= made_export.powerset("Blaster_Ranged.Fire", power(TEST, effects=[group(summon)]))
    content[f"entities/{name.lower()}.json"] = {
        "name": name,
        "commandable_pet": 0,
        "can_zone": False,
        "defaults": {"character_class_name": "minion_pets", "powers": []},
        "levels": [],
        **values,
    }
    assert read(content).power(TEST)["absorb_summon_effects"] is part


def test_classes_and_tables(read: ReadFiles) -> None:
    found = read(made_export.files()).source
    blaster, pets = (fields(layout.ARCHETYPE, values) for values in found.archetypes)
    assert (blaster["class_name"], pets["class_name"]) == ("Class_Blaster", "Class_Minion_Pets")
    assert blaster["primary_group"] == "Blaster_Ranged"
    assert blaster["hit_points"] == 1205
    assert found.extras.of("archetypes", "Class_Blaster")["hit_points"] == 1204.7587
    assert blaster["regeneration_cap"] == 20.0
    tables = {name: rows for name, _, rows in found.modifier_tables}
    assert len(tables["Ranged_Damage"]) == 55
    assert tables["Ranged_Damage"][49] == pytest.approx((-0.5, -2.0))


def test_powersets(read: ReadFiles) -> None:
    found = {
        each["full_name"]: each
        for values in read(made_export.files()).source.powersets
        for each in (fields(layout.POWERSET, values),)
    }
    assert found["Blaster_Ranged.Fire"]["kind"] == PowersetKind.PRIMARY
    assert found["Blaster_Support.Tricks"]["kind"] == PowersetKind.SECONDARY
    assert found["Blaster_Support.Tricks"]["archetype"] == "Class_Blaster"
    assert found["Set_Bonus.Set_Bonus"]["kind"] == PowersetKind.SET_BONUS
