"""What the export does not say of a power and a planner needs: sliders, lights, places."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from importer.curated import tables
from importer.mhd import layout
from importer.readers.server_export.classes import class_name
from importer.readers.server_export.effects import Made
from importer.source import Values
from midsdesk.model.vocab import Activation, Attribute, InherentKind, PvMode, ToWho

_ON_SELF: Final = frozenset({ToWho.SELF, ToWho.ALL})
# Attributes a click that is lit adds to the sums for a while.
_BUFFS: Final = frozenset(
    {
        Attribute.DEFENSE,
        Attribute.RESISTANCE,
        Attribute.DAMAGE_BUFF,
        Attribute.TO_HIT,
        Attribute.ENHANCEMENT,
        Attribute.REGENERATION,
        Attribute.RECOVERY,
        Attribute.HIT_POINTS,
        Attribute.ABSORB,
        Attribute.STATUS_RESISTANCE,
    }
)


@cache
def _inherents() -> dict[str, tuple[tuple[str, ...], int, int]]:
    """Return the power's name -> classes, kind and place of what enters builds by itself."""
    found = {}
    for power, classes, kind, place, _ in tables.read("inherents.tsv"):
        names = () if classes == "-" else tuple(each.strip() for each in classes.split(","))
        found[power.lower()] = (names, int(InherentKind[kind]), int(place))
    return found


@cache
def _sliders() -> dict[str, tuple[str, int, int, int]]:
    return {
        power.lower(): (name, int(least), int(most), int(start))
        for power, name, least, most, start, _ in tables.read("sliders.tsv")
    }


def hints(power: Mapping[str, Any], made: Sequence[Made]) -> dict[str, Any]:
    """Return what the export does not say and a planner needs; a Mids folder knows better."""
    name, least, most, start = _sliders().get(power["full_name"].lower(), ("", 0, 0, 0))
    click = power["type"] == "Click"
    return {
        "click_buff": click and any(_is_buff(each.values) for each in made),
        "always_toggle": power["type"] == "Toggle" and "_defense." in power["full_name"].lower(),
        "allow_front_loading": False,
        "variable_enabled": bool(name),
        "variable_override": False,
        "variable_name": name,
        "variable_min": least,
        "variable_max": most,
        "variable_start": start,
        "sub_powers": (),
        "skip_max": False,
        "inherent_type": int(InherentKind.NONE),
        "display_location": 0,
        "exclusive_auto": True,
        "exclusive_ignored": False,
        "never_auto_update": False,
        "never_auto_update_requirements": False,
        "include_flag": False,
        "forced_class": "",
        "sort_override": False,
        "boost_boostable": bool((power.get("boost_info") or {}).get("boostable")),
        "boost_use_player_level": bool((power.get("boost_info") or {}).get("attuned")),
        "hidden": False,
        "active": False,
        "taken": False,
        "stacks": 0,
    }


def _is_buff(values: Values) -> bool:
    position = layout.EFFECT.position
    return (
        values[position["to_who"]] in _ON_SELF
        and values[position["attribute"]] in _BUFFS
        and values[position["duration"]] > 0
        and values[position["pv_mode"]] != PvMode.PVP
    )


@cache
def _lights() -> frozenset[str]:
    """Return the states of a fight that a player switches, by full name in small letters."""
    return frozenset(power.lower() for power, _ in tables.read("lights.tsv"))


def inherent(full_name: str) -> dict[str, Any]:
    """Return the fields of a power that enters builds by itself; none for any other."""
    if full_name.lower() not in _inherents():
        return {}
    classes, kind, place = _inherents()[full_name.lower()]
    light = {"power_type": int(Activation.TOGGLE)} if full_name.lower() in _lights() else {}
    return {
        **light,
        "required_classes": tuple(class_name(each) for each in classes),
        "required_powers": (),
        "forbidden_powers": (),
        "include_flag": True,
        "inherent_type": kind,
        "display_location": place,
        "hidden": False,
    }
