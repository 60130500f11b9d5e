"""A power of the export as a planner's record (reference, A.3 and B.2)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from importer import expressions
from importer.curated import tables
from importer.expressions import Tree
from importer.mhd import layout
from importer.readers.json_export import as_single
from importer.readers.server_export import hints, lists, requirements
from importer.readers.server_export.choices import Owner
from importer.readers.server_export.classes import class_name
from importer.readers.server_export.conditions import Reader
from importer.readers.server_export.effects import Made, Maker
from importer.readers.server_export.groups import condition_of
from importer.readers.server_export.requirements import Needs
from importer.source import Values
from midsdesk.calc.live import area_factor
from midsdesk.model.vocab import Activation, Attribute, EffectArea, PowersetKind

_POOL_LEVEL: Final = 4
_CAST_FLAGS: Final = {"caster_near_ground": 0x1, "target_near_ground": 0x2}
_CAST_WHEN_DEAD: Final = 0x4
_NOTIFY: Final = {"Always": 0, "Never": 1, "MissOnly": 2, "HitOnly": 3}
_BORROWED: Final = frozenset({Activation.BOOST, Activation.GLOBAL_BOOST})


@dataclass(frozen=True, slots=True)
class MadePower:
    """A record and what it has no place for."""

    values: Values
    requirement: Tree | None
    effects: tuple[Made, ...]
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a power stands.

    Attributes:
        kind: Of its powerset. owner: class of its category, "" for none; small letters.
        set_condition: What the whole set asks for.
        number: For old files.
    """

    kind: int
    owner: str
    set_condition: Tree | None
    number: int


def degrees(radians: float) -> int:
    """Return an angle in whole degrees."""
    return round(radians * 180 / math.pi)


def pick_level(available: int, kind: int) -> int:
    """Return the level a power can be taken at, from 1; 0 if it is never picked.

    The first powers of a pool say 1, though a pool opens at 4.
    """
    if available < 0:
        return 0
    return max(available + 1, _POOL_LEVEL) if kind == PowersetKind.POOL else available + 1


class PowerMaker:
    """Makes the powers of one export."""

    def __init__(self, maker: Maker, reader: Reader, members: Mapping[str, Sequence[str]]) -> None:
        self._maker = maker
        self._reader = reader
        self._members = members
        self.plain_entities: frozenset[str] = frozenset()

    def make(self, power: Mapping[str, Any], place: Place) -> MadePower:
        """Return the record of a power."""
        name = power["full_name"]
        condition = expressions.both(place.set_condition, condition_of(power.get("requires") or ""))
        needs = requirements.read(condition, self._reader, name, self._members)
        owner = self._owner(power, place, needs)
        made = tuple(self._maker.effects(owner, power))
        fields = {
            **_identity(power, place),
            **_needs(needs),
            **_numbers(power),
            **_reach(power),
            **_slots(power),
            **_levels(power, place, needs),
            **hints.hints(power, made),
            "include_flag": _is_granted(power, place, needs),
            **self._summons(made),
            "effects": tuple(each.values for each in made),
        }
        fields.update(hints.inherent(name))
        values = tuple(fields[each] for each in layout.POWER.names)
        return MadePower(values, condition, made, _extra(power, needs))

    def _owner(self, power: Mapping[str, Any], place: Place, needs: Needs) -> Owner:
        activation = lists.ACTIVATIONS.get(power["type"], Activation.CLICK)
        classes = (place.owner,) if place.owner else needs.classes
        return Owner(
            name=power["full_name"],
            mask=lists.bits(power.get("targets_affected") or (), lists.TARGETS),
            archetypes=classes,
            numbers={} if activation in _BORROWED else own_numbers(power),
        )

    def _summons(self, made: Sequence[Made]) -> dict[str, Any]:
        """Pseudo-pets are part of the power; pets that fight for themselves are not."""
        summon_at = layout.EFFECT.position["summon"]
        attribute_at = layout.EFFECT.position["attribute"]
        names = {
            each.values[summon_at].lower()
            for each in made
            if each.values[attribute_at] == Attribute.SUMMON
        }
        absorbs = any(
            name.startswith("pseudopet_") or name in self.plain_entities for name in names
        )
        return {
            "absorb_summon_effects": absorbs,
            "absorb_summon_attributes": absorbs,
            "show_summon_anyway": False,
        }


def own_numbers(power: Mapping[str, Any]) -> dict[str, float]:
    """Return a power's own numbers by the names expressions have for them."""
    area = lists.AREAS.get(power["effect_area"], EffectArea.NONE)
    return {
        "power.base>activatetime": power["activation_time"],
        "power.base>activateperiod": power["activate_period"],
        "power.base>rechargetime": power["recharge_time"],
        "power.base>endcost": power["endurance_cost"],
        "power.base>range": power["range"],
        "power.base>areafactor": area_factor(power["radius"], degrees(power["arc"]), int(area)),
    }


def _identity(power: Mapping[str, Any], place: Place) -> dict[str, Any]:
    group, powerset, name = power["full_name"].split(".", 2)
    return {
        "static_index": place.number,
        "full_name": power["full_name"],
        "group_name": group,
        "set_name": powerset,
        "power_name": name,
        "display_name": power.get("display_name") or name.replace("_", " "),
        "short_description": power.get("display_short_help") or "",
        "description": power.get("display_help") or "",
    }


def _needs(needs: Needs) -> dict[str, Any]:
    return {
        "required_classes": tuple(class_name(each) for each in needs.classes),
        "excluded_classes": (),
        "required_powers": needs.required,
        "forbidden_powers": needs.forbidden,
    }


def _numbers(power: Mapping[str, Any]) -> dict[str, Any]:
    recharge = as_single(power["recharge_time"])
    return {
        "power_type": int(lists.ACTIVATIONS.get(power["type"], Activation.CLICK)),
        "accuracy": as_single(power["accuracy"]),
        "range": as_single(power["range"]),
        "range_secondary": as_single(power["range_secondary"]),
        "endurance_cost": as_single(power["endurance_cost"]),
        "interrupt_time": as_single(power["interrupt_time"]),
        "cast_time": as_single(power["activation_time"]),
        "recharge_time": recharge,
        "base_recharge_time": recharge,
        "activate_period": as_single(power["activate_period"]),
        "effect_area": int(lists.AREAS.get(power["effect_area"], EffectArea.NONE)),
        "radius": as_single(power["radius"]),
        "arc": degrees(power["arc"]),
        "max_targets": most_targets(power),
        "usage_time": 0,
        "life_time": int(power.get("power_lifetime") or 0),
        "life_time_in_game": int(power.get("power_lifetime_ingame") or 0),
        "charges": 0,
        "number_allowed": int(power.get("number_allowed") or 1),
        "do_not_save": bool(power.get("do_not_save")),
    }


def most_targets(power: Mapping[str, Any]) -> int:
    """Return how many targets a power hits; a formula is read with nothing lit and no stacks."""
    text = power.get("max_targets_expression") or ""
    if text:
        found = expressions.number(_at_rest(expressions.parse(text)), lambda _: None)
        if found is not None:
            return max(0, round(found))
    return int(power.get("max_targets_hit") or 0)


def _at_rest(tree: Tree) -> Tree:
    if tree[0] == "call" and tree[1].endswith("?"):
        return expressions.FALSE
    return tuple(_at_rest(each) if isinstance(each, tuple) else each for each in tree)


def _reach(power: Mapping[str, Any]) -> dict[str, Any]:
    secondary = power.get("target_type_secondary")
    flags = sum(flag for name, flag in _CAST_FLAGS.items() if power.get(name))
    if power.get("cast_when_dead", "AliveOnly") != "AliveOnly":
        flags |= _CAST_WHEN_DEAD
    return {
        "attack_types": lists.bits(power.get("attack_types") or (), lists.VECTORS),
        "exclusive_groups": tuple(power.get("exclusion_groups") or ()),
        "entities_affected": lists.bits(power.get("targets_affected") or (), lists.TARGETS),
        "entities_auto_hit": lists.bits(power.get("targets_autohit") or (), lists.TARGETS),
        "target": lists.bits((power["target_type"],), lists.TARGETS),
        "target_secondary": lists.bits((secondary,), lists.TARGETS) if secondary else 0,
        "needs_line_of_sight": power.get("target_visibility") == "LineOfSight",
        "modes_required": lists.modes(power.get("modes_required") or ()),
        "modes_disallowed": lists.modes(power.get("modes_disallowed") or ()),
        "cast_flags": flags,
        "ai_report": _NOTIFY.get(power.get("notify_ai_when", "Always"), 0),
        "cast_through_hold": "hold" in (power.get("cast_through") or ()),
        "ignores_strength": bool(power.get("ignore_strength")),
    }


@cache
def _class_numbers() -> dict[str, int]:
    return {row[3]: int(row[0]) for row in tables.read("enhancement_classes.tsv")}


def class_numbers(words: Sequence[str]) -> tuple[int, ...]:
    """Return the indices of the enhancement classes that the export's words mean."""
    numbers = _class_numbers()
    names = (lists.boost_classes().get(word, "") for word in words)
    return tuple(sorted({numbers[name] for name in names if name in numbers}))


def _slots(power: Mapping[str, Any]) -> dict[str, Any]:
    allowed = power.get("boosts_allowed") or ()
    types = power.get("allowed_boostset_cats") or ()
    if not power.get("max_boosts"):
        types = ()
    numbers = lists.set_type_numbers()
    item = power["type"] in ("Enhancement", "Inspiration")
    slotted = power.get("max_boosts") and not item
    ignored = {
        int(lists.ASPECTS_IGNORED[name])
        for name in power.get("strengths_disallowed") or ()
        if name in lists.ASPECTS_IGNORED
    }
    return {
        "max_boosts": "",
        "boosts_allowed": tuple(lists.boost_classes().get(word, word) for word in allowed),
        "enhancement_classes": class_numbers(allowed)
        if slotted or power["type"] == "Global Enhancement"
        else (),
        "set_types": tuple(sorted(numbers[name] for name in types if name in numbers)),
        "ignored_enhancements": tuple(sorted(ignored)),
        "ignored_buffs": _ignored_buffs(power),
    }


def _ignored_buffs(power: Mapping[str, Any]) -> tuple[int, ...]:
    names = power.get("global_strengths_disallowed") or ()
    found = {int(lists.ASPECTS_IGNORED[name]) for name in names if name in lists.ASPECTS_IGNORED}
    # A planner knows one damage for all types: only where all of them are left out.
    if sum(name.endswith("_Dmg") for name in names) >= len(_ALL_DAMAGE):
        found.add(int(lists.DAMAGE_IGNORED))
    return tuple(sorted(found))


_ALL_DAMAGE: Final = ["Smashing", "Lethal", "Fire", "Cold", "Energy", "Negative_Energy"]


# Kinds of sets whose powers a player picks.
_PICKED: Final = frozenset(
    {PowersetKind.PRIMARY, PowersetKind.SECONDARY, PowersetKind.POOL, PowersetKind.ANCILLARY}
)


def _is_granted(power: Mapping[str, Any], place: Place, needs: Needs) -> bool:
    """Whether a power enters a build with another one of its set: stances, kinds of ammunition.

    Powers of forms are given a second time among the inherents, and enter from there.
    """
    stance = power["available_level"] < 0 and power["type"] == "Toggle"
    return stance and place.kind in _PICKED and bool(needs.required)


def _levels(power: Mapping[str, Any], place: Place, needs: Needs) -> dict[str, Any]:
    # What the server gives by itself takes no pick, whatever its level says.
    given = needs.never or power.get("auto_issue")
    level = 0 if given else pick_level(power["available_level"], place.kind)
    return {"available": max(power["available_level"], 0), "level": level}


def _extra(power: Mapping[str, Any], needs: Needs) -> dict[str, Any]:
    """Return what no field holds; rest values are left out."""
    extra: dict[str, Any] = {}
    for name in (
        "activate_requires",
        "target_requires",
        "max_targets_expression",
        "chain_effect_expr",
        "recharge_groups",
        "modes_required",
        "toggle_detoggle_time",
        "procs_only_on_main_target",
        "auto_issue",
        "lost",
    ):
        if power.get(name):
            extra[name] = power[name]
    if power.get("proc_allowed") == "None":
        extra["no_procs"] = True
    if power["effect_area"] == "Chain":
        extra["chain"] = True
    if needs.never:
        extra["closed"] = True
    if not needs.whole:
        extra["requirement_in_part"] = True
    icon = power.get("icon")
    if icon:
        extra["icon"] = icon
    return extra
