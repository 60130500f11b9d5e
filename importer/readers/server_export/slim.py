"""Only what a planner needs of a power's file: no animation, no messages, no rest values."""

from collections.abc import Mapping
from sys import intern
from typing import Any, Final

_POWER: Final = (
    "name",
    "full_name",
    "type",
    "display_name",
    "display_help",
    "display_short_help",
    "icon",
    "auto_issue",
    "attack_types",
    "requires",
    "activate_requires",
    "target_requires",
    "accuracy",
    "number_allowed",
    "caster_near_ground",
    "target_near_ground",
    "cast_when_dead",
    "cast_through",
    "notify_ai_when",
    "effect_area",
    "max_targets_hit",
    "max_targets_expression",
    "radius",
    "arc",
    "range",
    "range_secondary",
    "activation_time",
    "root_time",
    "interrupt_time",
    "recharge_time",
    "activate_period",
    "endurance_cost",
    "power_lifetime",
    "power_lifetime_ingame",
    "toggle_detoggle_time",
    "target_type",
    "target_type_secondary",
    "target_visibility",
    "targets_affected",
    "targets_autohit",
    "boosts_allowed",
    "allowed_boostset_cats",
    "exclusion_groups",
    "modes_required",
    "modes_disallowed",
    "recharge_groups",
    "ignore_strength",
    "strengths_disallowed",
    "global_strengths_disallowed",
    "proc_allowed",
    "procs_only_on_main_target",
    "do_not_save",
    "max_boosts",
    "boost_info",
    "available_level",
    "archetypes",
    "redirect",
    "show_in_info",
    "show_in_manage",
    "chain_effect_expr",
    "chain_delay",
    "enforced_level_bought",
)
_TEMPLATE_REST: Final[dict[str, Any]] = {
    "application_type": "OnTick",
    "duration": "0 seconds",
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
    "mode_name": None,
    "params": None,
}
_ALWAYS_KEPT: Final = ("type", "aspect", "target", "table")
_GROUP_REST: Final[dict[str, Any]] = {
    "tags": [],
    "chance": 1.0,
    "ppm": 0.0,
    "delay": 0.0,
    "radius_inner": -1.0,
    "radius_outer": -1.0,
    "requires_expression": "",
    "flags": [],
    "is_pvp": "EITHER",
}
_PARAMS: Final = [
    "type",
    "power_names",
    "count",
    "entity_def",
    "class_name",
    "display_name",
    "redirects",
    "tags",
    "tokens",
]


def power(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the power with what is needed of it."""
    kept: dict[str, Any] = {name: values[name] for name in _POWER if name in values}
    for name in ("effects", "activation_effects"):
        kept[name] = [_group(group) for group in values.get(name) or ()]
    return kept


def _group(values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {
        name: values[name]
        for name, rest in _GROUP_REST.items()
        if name in values and values[name] != rest
    }
    children = [_group(child) for child in values.get("child_effects") or ()]
    if children:
        kept["child_effects"] = children
    kept["templates"] = [_template(each) for each in values.get("templates") or ()]
    return kept


def _template(values: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: intern(str(values.get(name) or "")) for name in _ALWAYS_KEPT}
    kept["attribs"] = tuple(intern(name) for name in values.get("attribs") or ())
    kept["scale"] = values.get("scale", 0.0)
    kept["magnitude"] = values.get("magnitude", 0.0)
    for name, rest in _TEMPLATE_REST.items():
        if name in values and values[name] != rest:
            kept[name] = values[name]
    if values.get("flags"):
        kept["flags"] = tuple(intern(flag) for flag in values["flags"])
    if values.get("params"):
        kept["params"] = {
            name: values["params"][name] for name in _PARAMS if values["params"].get(name)
        }
    return kept


_NUMBERS: Final = (
    "accuracy",
    "radius",
    "arc",
    "range",
    "range_secondary",
    "activation_time",
    "interrupt_time",
    "recharge_time",
    "activate_period",
    "endurance_cost",
)


def stand_in(full_name: str, display_name: str) -> dict[str, Any]:
    """Return a power of which only the name is known."""
    return {
        "name": full_name.rpartition(".")[2],
        "full_name": full_name,
        "type": "Auto",
        "display_name": display_name,
        "effect_area": "SingleTarget",
        "target_type": "Self",
        "targets_affected": ["Self"],
        "targets_autohit": ["Self"],
        "available_level": -1,
        "max_boosts": 6,
        "number_allowed": 1,
        **dict.fromkeys(_NUMBERS, 0.0),
        "effects": [],
        "activation_effects": [],
        "lost": True,
    }
