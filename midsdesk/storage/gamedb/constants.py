"""The realm's constants out of the small tables the source came with."""

from collections.abc import Mapping, Sequence
from typing import Any

from midsdesk.model.game import EnhancementClass, SetType, StaticIndexReplacement
from midsdesk.model.ruleset import EnhancementTables, LevelGrant, Ruleset

Entries = Sequence[Mapping[str, Any]]

# Ruleset field -> member of the server's constants.
_SERVER_DATA = {
    "base_to_hit": "base_to_hit",
    "base_run_speed": "base_run_speed",
    "base_jump_speed": "base_jump_speed",
    "base_fly_speed": "base_fly_speed",
    "base_jump_height": "base_jump_height",
    "base_perception": "base_perception",
    "max_run_speed": "max_run_speed",
    "max_jump_speed": "max_jump_speed",
    "max_fly_speed": "max_fly_speed",
    "max_jump_height": "max_jump_height",
    "hard_run_speed": "max_max_run_speed",
    "hard_jump_speed": "max_max_jump_speed",
    "hard_fly_speed": "max_max_fly_speed",
    "max_slots": "max_slots",
    "inherent_slotting": "enable_inherent_slotting",
    "health_slots": "health_slots",
    "stamina_slots": "stamina_slots",
}


def ruleset(realm: str, texts: Mapping[str, Any]) -> Ruleset:
    """Return the constants of `realm`.

    Args:
        realm: Its name.
        texts: Parsed small tables: levels, respec_levels, maths, server_data.

    Raises:
        KeyError: One of them is missing.
    """
    server = texts["server_data"]
    maths = texts["maths"]
    return Ruleset(
        realm=realm,
        levels=_levels(texts["levels"]),
        respec_levels=_levels(texts.get("respec_levels") or texts["levels"]),
        enhancements=EnhancementTables(
            ed_thresholds=tuple(zip(*maths["thresholds"], strict=True)),
            grades=tuple(tuple(row) for row in maths["grades"]),
            inventions=tuple(tuple(row) for row in maths["inventions"]),
        ),
        health_slot_levels=(server["health_slot_1_level"], server["health_slot_2_level"]),
        stamina_slot_levels=(server["stamina_slot_1_level"], server["stamina_slot_2_level"]),
        incarnates=tuple(sorted(server["enabled_incarnates"].items())),
        **{name: server[member] for name, member in _SERVER_DATA.items()},
    )


def _levels(rows: Entries) -> tuple[LevelGrant, ...]:
    return tuple(LevelGrant(row["picks"], row["slots"]) for row in rows)


def enhancement_classes(texts: Mapping[str, Any]) -> tuple[EnhancementClass, ...]:
    """Return the classes of enhancements in the source's order."""
    rows: Entries = texts.get("enhancement_classes") or ()
    return tuple(
        EnhancementClass(row["index"], row["name"], row["short_name"], row["class_name"])
        for row in rows
    )


def set_types(texts: Mapping[str, Any], name: str) -> tuple[SetType, ...]:
    """Return a list of TypeGrades.json: `set_types` or `special_enhancement_types`."""
    rows: Entries = (texts.get("grades") or {}).get(name) or ()
    return tuple(SetType(row["name"], row["short_name"]) for row in rows)


def power_aliases(texts: Mapping[str, Any]) -> dict[str, str]:
    """Return names that other game data use for a power, in small letters, to the names here."""
    rows: Entries = texts.get("cryptic_names") or ()
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(str(row["other"]).lower(), str(row["name"]))
    return names


def former_names(texts: Mapping[str, Any]) -> Mapping[str, str]:
    """Return ids in small letters to the names under which the things were shown once."""
    found: Mapping[str, str] = texts.get("former_names") or {}
    return found


def exchanged_names(texts: Mapping[str, Any], version: str) -> Mapping[str, str]:
    """Return names that data of `version` give to another power: in small letters to ours."""
    table = texts.get("exchanged_names") or {}
    made, until = parts_of(version), parts_of(str(table.get("until") or ""))
    names: Mapping[str, str] = table.get("names") or {}
    return names if made and made <= until else {}


def parts_of(version: str) -> tuple[int, ...]:
    """Return a version such as "2020.9.27" as numbers; what is no number is left out."""
    return tuple(int(part) for part in version.split(".") if part.isdigit() and len(part) < 10)


def static_index_replacements(texts: Mapping[str, Any]) -> tuple[StaticIndexReplacement, ...]:
    """Return the power numbers that have moved."""
    rows: Entries = texts.get("replacements") or ()
    return tuple(
        StaticIndexReplacement(row["archetype"] or "", row["old"], row["new"]) for row in rows
    )
