"""Effects in plain words, made by our own code: "+16 % regeneration", "+5 % psionic defense".

Source of magnitudes: calculation reference A, section 1.2.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias

from midsdesk.app.numbers import signed
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Effect, Power
from midsdesk.model.vocab import (
    Aspect,
    Attribute,
    DamageType,
    EffectClass,
    PvMode,
    Scaling,
    StatusEffect,
    label,
)

_TOP_LEVEL: Final = 50
# Tag of the effects of a set bonus that reach henchmen only.
_HENCHMEN: Final = "Henchmen"
# In an expression: scale times table.
_STANDARD: Final = ("@stdresult", "@value")
_TYPED: Final = {
    Attribute.DEFENSE: "defense",
    Attribute.RESISTANCE: "resistance",
    Attribute.DAMAGE_BUFF: "damage",
    Attribute.ELUSIVITY: "elusivity",
    Attribute.DAMAGE: "damage",
}
_PLAIN: Final = {
    Attribute.REGENERATION: "regeneration",
    Attribute.RECOVERY: "recovery",
    Attribute.HIT_POINTS: "hit points",
    Attribute.ENDURANCE: "maximum endurance",
    Attribute.TO_HIT: "to-hit",
    Attribute.ACCURACY: "accuracy",
    Attribute.RECHARGE_TIME: "recharge",
    Attribute.SPEED_RUNNING: "run speed",
    Attribute.SPEED_JUMPING: "jump speed",
    Attribute.SPEED_FLYING: "fly speed",
    Attribute.JUMP_HEIGHT: "jump height",
    Attribute.PERCEPTION_RADIUS: "perception",
    Attribute.STEALTH_RADIUS: "stealth",
    Attribute.STEALTH_RADIUS_PLAYER: "stealth against players",
    Attribute.ENDURANCE_DISCOUNT: "endurance discount",
    Attribute.RANGE: "range",
    Attribute.HEAL: "healing",
    Attribute.ABSORB: "absorb",
    Attribute.INTERRUPT_TIME: "interrupt",
    Attribute.THREAT_LEVEL: "threat",
    Attribute.SLOW: "slow",
}
_STATUS_WORDS: Final = {
    StatusEffect.HELD: "hold",
    StatusEffect.STUNNED: "stun",
    StatusEffect.IMMOBILIZED: "immobilize",
    StatusEffect.CONFUSED: "confuse",
    StatusEffect.TERRORIZED: "fear",
    StatusEffect.SLEEP: "sleep",
}
_POINT_ATTRIBUTES: Final = frozenset({Attribute.STATUS, Attribute.STEALTH_RADIUS})
_SPEEDS: Final = ("run speed", "jump speed", "fly speed")
# Name, value, percent, against players only.
_Group: TypeAlias = tuple[str, float, bool, bool]
_DAMAGE_TYPES: Final = frozenset(range(DamageType.SMASHING, DamageType.PSIONIC + 1))


def base_magnitude(effect: Effect, catalog: Catalog, archetype: Archetype | None) -> float:
    """Magnitude of an effect before any strength; expressions count as the number they start from.

    That is scale times table where they name it, else the plain scale.
    """
    if effect.scaling == Scaling.DURATION:
        return effect.magnitude
    column = archetype.column if archetype else 0
    value = effect.scale * effect.magnitude
    formula = effect.magnitude_expression.lower()
    from_table = effect.scaling == Scaling.EXPRESSION and any(word in formula for word in _STANDARD)
    if effect.scaling == Scaling.MAGNITUDE or from_table:
        value *= catalog.modifier(effect.modifier_table, _TOP_LEVEL, column)
    return -value if effect.attribute == Attribute.DAMAGE else value


def describe_power(power: Power, catalog: Catalog, archetype: Archetype | None) -> str:
    """What a bonus power gives its owner, in one line; PvP-only effects say so.

    The share henchmen have of a bonus is theirs alone and not said.
    """
    own = [each for each in power.effects if each.effect_id != _HENCHMEN]
    return ", ".join(describe_effects(own, catalog, archetype))


def describe_effects(
    effects: Iterable[Effect], catalog: Catalog, archetype: Archetype | None
) -> list[str]:
    """One text for each group of effects that differ in type only."""
    groups: dict[_Group, list[int]] = {}
    for effect in effects:
        name = _name(effect)
        if not name or effect.effect_class in (EffectClass.IGNORED, EffectClass.SPECIAL):
            continue
        value, percent = shown_value(effect, catalog, archetype)
        if abs(value) < 1e-6:
            continue
        key = (name, round(value, 3), percent, effect.pv_mode == PvMode.PVP)
        kinds = groups.setdefault(key, [])
        kind = effect.damage_type if effect.attribute in _TYPED else effect.status
        if kind not in kinds:
            kinds.append(kind)
    _merge_speeds(groups)
    return [_text(key, kinds) for key, kinds in groups.items()]


def shown_value(
    effect: Effect, catalog: Catalog, archetype: Archetype | None
) -> tuple[float, bool]:
    """The number to show and whether it is a percentage."""
    value = base_magnitude(effect, catalog, archetype)
    if effect.attribute == Attribute.HIT_POINTS and effect.aspect == Aspect.MAXIMUM:
        points = archetype.hit_points if archetype else 0.0
        return (value / points * 100, True) if points else (value, False)
    if effect.attribute == Attribute.ENDURANCE and effect.aspect == Aspect.MAXIMUM:
        return value, False
    if effect.attribute in _POINT_ATTRIBUTES or effect.aspect == Aspect.ABSOLUTE:
        return value, False
    return value * 100, True


def _name(effect: Effect) -> str:
    """Name of what an effect changes, "" for what is not worth a line."""
    attribute = effect.attribute
    if attribute in (Attribute.ENHANCEMENT, Attribute.EFFECT_RESISTANCE):
        inner = effect.modifies
        name = _PLAIN.get(_attribute(inner), label(Attribute, inner))
        if inner in (Attribute.STATUS, Attribute.STATUS_RESISTANCE):
            return "@duration"
        return f"{name} resistance" if attribute == Attribute.EFFECT_RESISTANCE else name
    if attribute == Attribute.STATUS:
        return "@protection" if effect.magnitude * effect.scale < 0 else "@"
    if attribute == Attribute.STATUS_RESISTANCE:
        return "@resistance"
    known = _attribute(attribute)
    return _TYPED.get(known) or _PLAIN.get(known, "")


def _attribute(number: int) -> Attribute:
    try:
        return Attribute(number)
    except ValueError:
        return Attribute.NONE


def _text(key: _Group, kinds: list[int]) -> str:
    name, value, percent, pvp = key
    if name.startswith("@"):
        if set(_STATUS_WORDS) <= set(kinds):
            return f"{_number(value)}{' %' if percent else ''} status {name[1:]}".strip()
        statuses = [_STATUS_WORDS.get(_status(kind), label(StatusEffect, kind)) for kind in kinds]
        name = f"{'/'.join(statuses)} {name[1:]}".strip()
    elif name in _TYPED.values():
        types = _types(kinds)
        name = f"{types} {name}" if types else name
    return f"{_number(value)}{' %' if percent else ''} {name}{' (PvP)' if pvp else ''}"


def _number(value: float) -> str:
    return signed(value, 3).rstrip("0").rstrip(".")


def _merge_speeds(groups: dict[_Group, list[int]]) -> None:
    """Say "movement speed" where run, jump and fly speed change alike."""
    for key in tuple(groups):
        name, value, percent, pvp = key
        same = [(speed, value, percent, pvp) for speed in _SPEEDS]
        if name == _SPEEDS[0] and all(other in groups for other in same):
            for other in same:
                groups.pop(other)
            groups["movement speed", value, percent, pvp] = []


def _status(number: int) -> StatusEffect:
    try:
        return StatusEffect(number)
    except ValueError:
        return StatusEffect.NONE


def _types(kinds: list[int]) -> str:
    if set(kinds) >= _DAMAGE_TYPES or kinds == [DamageType.NONE]:
        return ""
    names = ["AoE" if kind == DamageType.AOE else label(DamageType, kind) for kind in kinds]
    return "/".join(names)
