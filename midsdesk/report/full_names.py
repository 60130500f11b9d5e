"""The names of the old planner's own keys, so that any result can be compared by anyone.

Source: the README of the golden results.
"""

from enum import IntEnum
from typing import Final

from midsdesk.model.vocab import (
    Activation,
    Aspect,
    Attribute,
    DamageType,
    EffectClass,
    PvMode,
    Scaling,
    StatusEffect,
    ToWho,
)

_OWN: Final = {
    Attribute.STATUS: "Mez",
    Attribute.STATUS_RESISTANCE: "MezResist",
    Attribute.EFFECT_RESISTANCE: "ResEffect",
    Attribute.SUMMON: "EntCreate",
    Attribute.SUMMON_X: "EntCreate_x",
    Attribute.CHANCE_MODIFIER: "GlobalChanceMod",
    Attribute.VIEW_ATTRIBUTES: "ViewAttrib",
    Attribute.SET_ZONE_VALUE: "SetSZEValue",
    Attribute.MODIFY_POWER: "ModifyAttrib",
    Attribute.XP_DEBT_PROTECTION: "XPDebtProtection",
    Attribute.XP_DEBT: "XPDebt",
}
_OWN_KEYS: Final = {
    Attribute.STATUS: "mez",
    Attribute.STATUS_RESISTANCE: "mez_resist",
    Attribute.EFFECT_RESISTANCE: "res_effect",
    Attribute.SUMMON: "ent_create",
    Attribute.SUMMON_X: "ent_create_x",
    Attribute.CHANCE_MODIFIER: "global_chance_mod",
    Attribute.VIEW_ATTRIBUTES: "view_attrib",
    Attribute.SET_ZONE_VALUE: "set_sze_value",
    Attribute.MODIFY_POWER: "modify_attrib",
}


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


TYPES: Final = {int(each): _OWN.get(each, _pascal(each.name)) for each in Attribute}
TYPE_KEYS: Final = {int(each): _OWN_KEYS.get(each, each.name.lower()) for each in Attribute}
DAMAGE: Final = {int(each): each.name.lower() for each in DamageType}
STATUS: Final = {int(each): each.name.lower() for each in StatusEffect}
ASPECTS: Final = {
    int(Aspect.RESISTANCE): "Res",
    int(Aspect.MAXIMUM): "Max",
    int(Aspect.ABSOLUTE): "Abs",
    int(Aspect.STRENGTH): "Str",
    int(Aspect.CURRENT): "Cur",
}
TARGETS: Final = {int(each): each.name.capitalize() for each in ToWho}
MODES: Final = {int(PvMode.ANY): "Any", int(PvMode.PVE): "PvE", int(PvMode.PVP): "PvP"}
SCALINGS: Final = {int(each): each.name.capitalize() for each in Scaling}
CLASSES: Final = {int(each): _pascal(each.name) for each in EffectClass}
ACTIVATIONS: Final = {
    int(each): "Auto_" if each is Activation.AUTO else _pascal(each.name) for each in Activation
}
RELATIVE: Final = (
    "None",
    "MinusThree",
    "MinusTwo",
    "MinusOne",
    "Even",
    "PlusOne",
    "PlusTwo",
    "PlusThree",
    "PlusFour",
    "PlusFive",
)
GRADES: Final = ("None", "TrainingO", "DualO", "SingleO")


def name_of(names: dict[int, str], number: int | IntEnum) -> str:
    """Return the key of a number, or the number itself where nobody named it."""
    return names.get(int(number), str(int(number)))
