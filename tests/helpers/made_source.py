"""A small game of our own making, whole enough to be played: the importer's test data."""

from dataclasses import replace
from typing import Any

from importer.mhd import layout
from importer.mhd.layout import Record
from importer.readers.json_export import as_single, rest_value
from importer.source import Source, SourceFile, Values


def record(kind: Record, /, **fields: Any) -> Values:
    """A record with the given fields; all others have their rest values."""
    values = dict(zip(kind.names, rest_value(kind), strict=True))
    assert fields.keys() <= values.keys(), fields.keys() - values.keys()
    return tuple((values | fields).values())


def changed(kind: Record, values: Values, /, **fields: Any) -> Values:
    """A record with some fields changed."""
    named = dict(zip(kind.names, values, strict=True))
    assert fields.keys() <= named.keys(), fields.keys() - named.keys()
    return tuple((named | fields).values())


def archetype(class_name: str, column: int, **fields: Any) -> Values:
    defaults: dict[str, Any] = {
        "display_name": class_name.removeprefix("Class_"),
        "description": "A sentence about it.",
        "class_type": 1,
        "playable": True,
        "primary_group": f"{class_name}_Attack",
        "secondary_group": f"{class_name}_Support",
        "origins": ("Science", "Magic"),
        "hit_points": 1000,
        "hit_points_cap": 1600.5,
        "resistance_cap": 0.75,
        **dict.fromkeys(("recharge_cap", "damage_cap", "recovery_cap", "regeneration_cap"), 5.0),
        **dict.fromkeys(("base_recovery", "base_regeneration", "perception_cap"), 1.0),
    }
    return record(layout.ARCHETYPE, **(defaults | fields), class_name=class_name, column=column)


def powerset(full_name: str, kind: int, **fields: Any) -> Values:
    defaults = {"display_name": full_name.rpartition(".")[2].replace("_", " ")}
    return record(
        layout.POWERSET,
        **(defaults | fields),
        full_name=full_name,
        set_name=full_name.rpartition(".")[2],
        kind=kind,
    )


def effect(**fields: Any) -> Values:
    defaults = {
        "attribute": 3,
        "damage_type": 3,
        "modifier_table": "Ranged_Damage",
        "effect_id": "Ones",
        "scale": as_single(1.64),
        "magnitude": 1.0,
        "probability": 1.0,
        "aspect": 2,
        "to_who": 1,
        "stacking": 1,
        "only_class_index": -1,
    }
    return record(layout.EFFECT, **(defaults | fields))


def power(full_name: str, *effects: Values, **fields: Any) -> Values:
    group, powerset_, name = full_name.split(".")
    owned = tuple(changed(layout.EFFECT, each, power=full_name) for each in effects)
    defaults = {
        "display_name": name.replace("_", " "),
        "description": "A sentence, long enough to be seen.",
        "short_description": "Short words",
        "static_index": sum(map(ord, full_name)),
        "level": 1,
        "accuracy": 1.0,
        "range": 80.0,
        "enhancement_classes": (1, 4),
        "set_types": (0,),
    }
    return record(
        layout.POWER,
        **(defaults | fields),
        full_name=full_name,
        group_name=group,
        set_name=powerset_,
        power_name=name,
        effects=owned,
    )


def enhancement(uid: str, **fields: Any) -> Values:
    line = record(layout.ENHANCEMENT_EFFECT, enhances=1, enhances_status=-1, multiplier=0.5)
    defaults: dict[str, Any] = {
        "name": uid.replace("_", " "),
        "short_name": uid[:3],
        "kind": 4,
        "special_kind": -1,
        "static_index": sum(map(ord, uid)),
        "level_min": 9,
        "level_max": 49,
        "effects": (line,),
    }
    return record(layout.ENHANCEMENT, **(defaults | fields), uid=uid)


def modifier_table(name: str, value: float = -10.5, columns: int = 3) -> Values:
    return name, 0, tuple((value + level, *(0.25,) * (columns - 1)) for level in range(55))


def _levels() -> list[dict[str, Any]]:
    return [
        {
            "level": level,
            "picks": level % 2,
            "slots": 2 * (1 - level % 2),
            "inspirations": 3,
            "remark": "A remark.",
        }
        for level in range(1, 51)
    ]


def texts() -> dict[str, Any]:
    """The small tables."""
    steps = [0.7, 0.4, 0.8, 1.2]
    server = {
        "base_to_hit": 0.75,
        "base_fly_speed": 31.5,
        "base_jump_speed": 21.0,
        "base_jump_height": 4.0,
        "base_run_speed": 21.0,
        "base_perception": 500.0,
        "max_fly_speed": 86.0,
        "max_jump_speed": 114.4,
        "max_jump_height": 200.0,
        "max_run_speed": 135.67,
        "max_max_fly_speed": 257.985,
        "max_max_jump_speed": 166.257,
        "max_max_run_speed": 176.358,
        "max_slots": 50,
        "enable_inherent_slotting": False,
        "health_slots": 2,
        "health_slot_1_level": 8,
        "health_slot_2_level": 16,
        "stamina_slots": 2,
        "stamina_slot_1_level": 12,
        "stamina_slot_2_level": 22,
        "enabled_incarnates": {"Alpha": True, "Omega": False},
        "manifest_uri": "https://example.invalid/manifest",
    }
    kinds = ("Accuracy", "Interrupt", "Confuse", "Damage")
    return {
        "levels": _levels(),
        "respec_levels": _levels(),
        "maths": {
            "thresholds": [[step + row / 10 for step in steps] for row in range(3)],
            "grades": [[0.083, 0.05, 0.1, 0.15]] * 4,
            "inventions": [[level / 100] * 4 for level in range(53)],
        },
        "enhancement_classes": [
            {
                "index": index,
                "name": name,
                "short_name": name[:3],
                "class_name": f"{name}_Boost",
                "description": "A sentence.",
            }
            for index, name in enumerate(kinds, 1)
        ],
        "grades": {
            "set_types": [
                {"name": name, "short_name": name, "description": ""}
                for name in ("Untyped", "Ranged Damage")
            ],
            "enhancement_grades": [],
            "special_enhancement_types": [
                {"name": "None", "short_name": "None", "description": "A sentence."},
                {"name": "Hamidon Origin", "short_name": "HO", "description": "A sentence."},
            ],
        },
        "server_data": server,
        "forum_codes": [{"name": "A forum", "notes": "A sentence."}],
    }


_EXPRESSION = effect(
    scaling=2,
    magnitude_expression="rand() * 2",
    modified=(1.5, -1.0, 90, -1.0, 3, -1.0, -1.0, -1, -1.0, -1.0, -1.0, -0.0),
    conditions=(("Taken:Blaster.Fire.Flares", "True"),),
)


def source() -> Source:
    """The whole small game, without a flaw."""
    own = effect(attribute=13, modifier_table="Melee_Ones", scale=-0.0)
    proc = record(layout.ENHANCEMENT_EFFECT, mode=1, enhances=-1, enhances_status=-1, effect=own)
    bonus = ("Set_Bonus.Set_Bonus.Damage_1", -1)
    luck = record(
        layout.ENHANCEMENT_SET,
        display_name="Luck",
        short_name="Lck",
        uid="Luck",
        description="A sentence.",
        level_min=9,
        level_max=49,
        enhancement_indices=(0, 1),
        bonuses=((-1, "Words", 0, 2, (bonus,)), (-1, "", 0, 0, ())),
        special_bonuses=((0, "", ()), (1, "Words", (bonus,))),
    )
    ingredient = ("S_Iron", 2, 0)
    recipe = record(
        layout.RECIPE,
        rarity=2,
        internal_name="Luck_A",
        external_name="Luck: Accuracy (Recipe)",
        levels=((9, 100, 200, 0, 0, (ingredient, ("", 0, -1))), (10, 1, 2, 0, 0, ())),
    )
    return Source(
        name="Made",
        files=(
            SourceFile("bbcode.mhd", "forum_codes", raw=b"#END#\n"),
            SourceFile(
                "I12.mhd",
                "powers",
                {
                    "version": "2024.5.7",
                    "year": -1,
                    "month": 0,
                    "day": 0,
                    "saved": 638_500_000_000_000_000,
                    "issue": 27,
                    "page": 1,
                    "page_word": "Page",
                },
            ),
        ),
        archetypes=(
            archetype("Class_Blaster", 0, primary_group="Blaster", secondary_group="Support"),
            archetype("Class_Tanker", 1, primary_group="Armor", secondary_group="Melee"),
            archetype("Class_Pet", 2, playable=False, class_type=6, resistance_cap=90.0),
        ),
        powersets=(
            powerset("Blaster.Ice", 1, archetype="Class_Blaster"),
            powerset("Blaster.Fire", 1, archetype="Class_Blaster", description="A sentence."),
            powerset("Support.Devices", 2, archetype="Class_Blaster"),
            powerset("Armor.Stone", 1, archetype="Class_Tanker", exclusive=(("Melee.Club", 4),)),
            powerset("Melee.Club", 2, archetype="Class_Tanker"),
            powerset("Pool.Flight", 5),
            powerset("Epic.Flame", 3),
            powerset("Epic.Cold", 3),
            powerset("Boosts.Crafted_Luck_A", 10),
            powerset("Set_Bonus.Set_Bonus", 9),
            powerset("Pets.Drone", 8),
        ),
        powers=(
            power("Blaster.Fire.Flares", effect(), effect(damage_type=2), level=1),
            power("Blaster.Ice.Bolt", effect()),
            power("Blaster.Fire.Blaze", effect(), _EXPRESSION, level=18),
            power(
                "Support.Devices.Drone",
                effect(attribute=38, summon="Pets_Drone"),
                required_powers=(("Blaster.Fire.Flares", ""),),
            ),
            power("Armor.Stone.Skin", effect(attribute=29, aspect=4)),
            power("Melee.Club.Swing", effect()),
            power("Pool.Flight.Fly", effect(attribute=10), level=4, power_type=2),
            power("Epic.Flame.Char", effect(), level=35, required_classes=("class_blaster",)),
            power("Epic.Cold.Chill", effect(), level=35, excluded_classes=("Class_Blaster",)),
            power("Boosts.Crafted_Luck_A.Crafted_Luck_A", effect(attribute=9)),
            power("Set_Bonus.Set_Bonus.Damage_1", effect(attribute=4)),
            power("Pets.Drone.Shot", effect()),
        ),
        entities=(
            record(
                layout.ENTITY,
                uid="Pets_Drone",
                display_name="Drone",
                kind=1,
                class_name="Class_Pet",
                powersets=("Pets.Drone",),
            ),
        ),
        enhancements=(
            enhancement("Crafted_Luck_A", set_uid="Luck", recipe="Luck_A"),
            enhancement("Crafted_Luck_B", set_uid="luck", effects=(proc,), is_proc=True),
            enhancement("Magic_Accuracy", kind=1, classes=(0, 3), level_min=-1, level_max=-1),
        ),
        enhancement_sets=(luck,),
        recipes=(recipe,),
        salvage=(("S_Iron", "Iron", 1, 9, 24, 0),),
        effect_ids=("Ones",),
        comparisons=(("Fire", "Flares", "Words"),),
        modifier_tables=(
            modifier_table("Ranged_Damage"),
            modifier_table("Melee_Ones", 1.0),
        ),
        texts=texts(),
    )


def with_changed(made: Source, name_: str, at: int, /, **fields: Any) -> Source:
    """The source with fields of one record of one list changed."""
    from importer.schema import LISTS

    records = list(getattr(made, name_))
    records[at] = changed(LISTS[name_][0], records[at], **fields)
    lists: dict[str, Any] = {name_: tuple(records)}
    return replace(made, **lists)
