"""A small export, made by hand: two classes, a few powers, one set; tests change what they need."""

import json
import zipfile
from pathlib import Path
from typing import Any

Files = dict[str, Any]

TABLE = [round(0.01 * level, 4) for level in range(1, 106)]
ONES = [1.0] * 105
BLOCKS = ("attrib_base", "attrib_max", "attrib_max_max", "attrib_strength_max")


def template(attribs: list[str], **changes: Any) -> dict[str, Any]:
    """One template with the export's rest values."""
    values: dict[str, Any] = {
        "attribs": attribs,
        "type": "Magnitude",
        "application_type": "OnTick",
        "aspect": "Current",
        "target": "Self",
        "table": "Melee_Ones",
        "scale": 1.0,
        "duration": "0 seconds",
        "magnitude": 1.0,
        "delay": 0.0,
        "duration_expression": "",
        "magnitude_expression": "",
        "application_period": 0.0,
        "tick_chance": 1.0,
        "stack": "Stack",
        "stack_limit": 2,
        "stack_key": None,
        "cancel_events": [],
        "suppress_events": [],
        "flags": [],
        "mode_name": None,
        "params": None,
        "boost_mod_allowed": "Science_Boost",
        "messages": {"display_attacker_hit": "You hit it."},
        "fx": {"continuing_fx": "A.FX"},
    }
    return values | changes


def group(*templates: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """One effect group."""
    values: dict[str, Any] = {
        "tags": [],
        "chance": 1.0,
        "ppm": 0.0,
        "delay": 0.0,
        "radius_inner": -1.0,
        "radius_outer": -1.0,
        "requires_expression": "",
        "flags": [],
        "child_effects": [],
        "templates": list(templates),
        "is_pvp": "EITHER",
    }
    return values | changes


def power(full_name: str, **changes: Any) -> dict[str, Any]:
    """One power's file."""
    name = full_name.rpartition(".")[2]
    values: dict[str, Any] = {
        "name": name,
        "full_name": full_name,
        "type": "Click",
        "display_name": name.replace("_", " "),
        "display_help": "A sentence that says what it does.",
        "display_short_help": "Self +Something",
        "icon": "some.png",
        "auto_issue": False,
        "attack_types": [],
        "requires": "",
        "accuracy": 1.0,
        "effect_area": "SingleTarget",
        "max_targets_hit": 0,
        "radius": 0.0,
        "arc": 0.0,
        "range": 0.0,
        "range_secondary": 0.0,
        "activation_time": 1.0,
        "root_time": 1.0,
        "interrupt_time": 0.0,
        "recharge_time": 10.0,
        "activate_period": 0.0,
        "endurance_cost": 5.2,
        "target_type": "Self",
        "target_visibility": "LineOfSight",
        "targets_affected": ["Self"],
        "targets_autohit": ["Self"],
        "boosts_allowed": [],
        "allowed_boostset_cats": [],
        "max_boosts": 6,
        "number_allowed": 1,
        "available_level": 0,
        "redirect": [],
        "effects": [],
        "activation_effects": [],
        "fx": {"animation_bits": ["A", "B"]},
    }
    return values | changes


def powerset(full_name: str, *powers: dict[str, Any], **changes: Any) -> Files:
    """A powerset's index and its powers' files."""
    folder = "powers/" + full_name.lower().replace(".", "/")
    index = {
        "name": full_name.rpartition(".")[2],
        "display_name": full_name.rpartition(".")[2].replace("_", " "),
        "display_help": "A sentence.",
        "available_level": [each["available_level"] for each in powers],
        "power_names": [each["full_name"] for each in powers],
        "power_display_names": [each["display_name"] for each in powers],
        "requires": "",
    } | changes
    files: Files = {f"{folder}/index.json": index}
    for each in powers:
        name = each["full_name"].rpartition(".")[2].lower()
        files[f"{folder}/{name}.json"] = each
    return files


def archetype(name: str, primary: str, secondary: str, **changes: Any) -> dict[str, Any]:
    """A class's file."""
    values: dict[str, Any] = {
        "name": name,
        "display_name": name.title(),
        "primary_category": primary,
        "secondary_category": secondary,
        "is_villain": False,
        "attrib_base": {
            "to_hit": 0.75,
            "regeneration": 0.25,
            "recovery": 1.0,
            "threat_level": 1.0,
            "perception_radius": 500.0,
        },
        "attrib_max": {
            "hit_points": [1204.7587] * 105,
            "regeneration": [5.0] * 105,
            "recovery": [5.0] * 105,
            "perception_radius": [1153.0] * 105,
        },
        "attrib_max_max": {"hit_points": [1847.3] * 105},
        "attrib_resistance_max": {"damage_type": {"smashing": [0.75] * 105}},
        "attrib_strength_max": {
            "damage_type": {"smashing": [5.0] * 105},
            "recharge_time": [5.0] * 105,
        },
    }
    return values | changes


def tables(**changes: list[float]) -> dict[str, Any]:
    """A class's tables."""
    named = {
        "Melee_Ones": ONES,
        "Ranged_Damage": [-each for each in TABLE],
        "Melee_Buff_Def": TABLE,
        "Melee_Boosts_33": TABLE,
        "Melee_Boosts_20": TABLE,
        "Melee_Boosts_40": TABLE,
        "Melee_Boosts_60": TABLE,
    }
    return {"named_tables": named | changes}


def boost(name: str, *groups: dict[str, Any], words: list[str], **changes: Any) -> Files:
    """An enhancement's power in a powerset of its own."""
    values = power(
        f"Boosts.{name}.{name}",
        type="Enhancement",
        boosts_allowed=[*words, "Magic_Boost"],
        effects=list(groups),
        activate_period=10.0,
        **changes,
    )
    return powerset(f"Boosts.{name}", values)


def strength(attribs: list[str], table: str, scale: float) -> dict[str, Any]:
    """A group that strengthens something."""
    flags = ["IgnoreStrength (4)", "Boost (11)"]
    each = template(attribs, aspect="Strength", table=table, scale=scale, flags=flags)
    return group(each)


def boost_set(name: str, **changes: Any) -> dict[str, Any]:
    """An enhancement set's file: two pieces, crafted and attuned."""
    values: dict[str, Any] = {
        "name": name,
        "display_name": name.replace("_", " "),
        "group_name": "Defense Sets",
        "conversion_groups": ["Rarity: Rare"],
        "boost_lists": [
            [f"Boosts.{how}_{name}_{letter}.{how}_{name}_{letter}" for how in ("Crafted",)]
            for letter in "AB"
        ],
        "min_level": 10,
        "max_level": 30,
        "bonuses": [
            {
                "min_boosts": 2,
                "max_boosts": 6,
                "auto_powers": ["set_bonus.set_bonus.small_bonus"],
                "requires": "",
                "is_pvp_bonus": False,
            }
        ],
        "computed": {"boost_infos": {}},
    }
    return values | changes


def files() -> Files:
    """The whole export."""
    primary = powerset(
        "Blaster_Ranged.Fire",
        power("Blaster_Ranged.Fire.Flares", available_level=0),
        power("Blaster_Ranged.Fire.Bolt", available_level=0),
        power("Blaster_Ranged.Fire.Nova", available_level=25),
    )
    secondary = powerset("Blaster_Support.Tricks", power("Blaster_Support.Tricks.Trap"))
    bonus = power(
        "Set_Bonus.Set_Bonus.Small_Bonus",
        type="Auto",
        targets_affected=["Own Pet (Alive)"],
        max_boosts=0,
        effects=[
            group(template(["Energy"], target="AnyAffected", scale=0.0075), tags=["Henchmen"])
        ],
        activation_effects=[group(template(["Energy"], scale=0.0188, duration="240 seconds"))],
    )
    defense = ["Base_Defense", "Melee", "Ranged"]
    return {
        "index.json": {"revision": "homecoming-20251209_7415"},
        "archetypes/index.json": {
            "player_archetypes": ["blaster"],
            "npc_archetypes": ["minion_pets"],
        },
        "archetypes/blaster.json": archetype("blaster", "Blaster_RANGED", "Blaster_SUPPORT"),
        "archetypes/minion_pets.json": archetype("minion_pets", "", ""),
        "tables/blaster.json": tables(),
        "tables/minion_pets.json": tables(Ranged_Damage=[-2.0] * 105),
        **primary,
        **secondary,
        **powerset("Set_Bonus.Set_Bonus", bonus),
        **boost(
            "Crafted_Lucky_Day_A",
            strength(defense, "Melee_Boosts_20", 0.625),
            strength(["EnduranceDiscount"], "Melee_Boosts_33", 0.625),
            words=["Enhance Defense"],
        ),
        **boost(
            "Crafted_Lucky_Day_B",
            strength(["RechargeTime"], "Melee_Boosts_33", 1.0),
            words=["Enhance Defense"],
        ),
        "boost_sets/lucky_day.json": boost_set("Lucky_Day"),
    }


def write_folder(path: Path, content: Files) -> Path:
    """Write the files as folders."""
    for name, value in content.items():
        place = path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else json.dumps(value)
        place.write_text(text, encoding="utf-8")
    return path


def write_zip(path: Path, content: Files) -> Path:
    """Write the files into one zip."""
    with zipfile.ZipFile(path, "w") as file:
        for name, value in content.items():
            file.writestr(name, value if isinstance(value, str) else json.dumps(value))
    return path
