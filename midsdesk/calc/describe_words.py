"""Words for what effects change. English, one word for one thing (the house's dictionary)."""

from collections.abc import Collection
from typing import Final

from midsdesk.model.vocab import Attribute, DamageType, StatusEffect, label

# Speeds and the like, each "+10 % <name>".
PLAIN: Final[dict[int, str]] = {
    Attribute.ACCURACY: "accuracy",
    Attribute.ENDURANCE_DISCOUNT: "endurance discount",
    Attribute.INTERRUPT_TIME: "interrupt speed",
    Attribute.JUMP_HEIGHT: "jump height",
    Attribute.PERCEPTION_RADIUS: "perception",
    Attribute.RANGE: "range",
    Attribute.RECHARGE_TIME: "recharge",
    Attribute.RECOVERY: "recovery",
    Attribute.REGENERATION: "regeneration",
    Attribute.SLOW: "slow",
    Attribute.SPEED_FLYING: "fly speed",
    Attribute.SPEED_JUMPING: "jump speed",
    Attribute.SPEED_RUNNING: "run speed",
    Attribute.STEALTH_RADIUS: "stealth",
    Attribute.STEALTH_RADIUS_PLAYER: "stealth against players",
    Attribute.THREAT_LEVEL: "threat",
    Attribute.TO_HIT: "to-hit",
    Attribute.MAX_RUN_SPEED: "maximum run speed",
    Attribute.MAX_JUMP_SPEED: "maximum jump speed",
    Attribute.MAX_FLY_SPEED: "maximum fly speed",
    Attribute.XP_DEBT_PROTECTION: "protection from experience debt",
    Attribute.EXPERIENCE_GAIN: "experience",
    Attribute.INFLUENCE_GAIN: "influence",
    Attribute.RAGE: "rage",
    Attribute.LEVEL_SHIFT: "level shift",
    Attribute.ENDURANCE: "endurance",
    Attribute.HEAL: "healing",
    Attribute.HIT_POINTS: "maximum hit points",
    Attribute.ABSORB: "absorb",
    Attribute.DEFENSE: "defense",
    Attribute.RESISTANCE: "resistance",
    Attribute.DAMAGE: "damage",
    Attribute.DAMAGE_BUFF: "damage",
    Attribute.ELUSIVITY: "elusivity",
    Attribute.SUMMON: "summons",
}
# Those with a list of types behind them.
TYPED: Final[frozenset[int]] = frozenset(
    {Attribute.DEFENSE, Attribute.RESISTANCE, Attribute.DAMAGE_BUFF, Attribute.ELUSIVITY}
)
# A strength of these is the thing itself: "+70 % recharge".
STRENGTHS: Final[frozenset[int]] = frozenset(
    {
        Attribute.ACCURACY,
        Attribute.ENDURANCE_DISCOUNT,
        Attribute.INTERRUPT_TIME,
        Attribute.RANGE,
        Attribute.RECHARGE_TIME,
    }
)
SPEEDS: Final[tuple[int, ...]] = (
    Attribute.SPEED_RUNNING,
    Attribute.SPEED_JUMPING,
    Attribute.SPEED_FLYING,
)
_STATUS: Final[dict[int, str]] = {
    StatusEffect.CONFUSED: "confuse",
    StatusEffect.HELD: "hold",
    StatusEffect.IMMOBILIZED: "immobilize",
    StatusEffect.STUNNED: "stun",
    StatusEffect.TERRORIZED: "fear",
    StatusEffect.ONLY_AFFECTS_SELF: "only affecting self",
    StatusEffect.TOGGLE_DROP: "toggle drop",
    StatusEffect.INTANGIBLE: "intangibility",
    StatusEffect.UNTOUCHABLE: "untouchability",
}
_POSITIONS: Final = frozenset({DamageType.MELEE, DamageType.RANGED, DamageType.AOE})
_TYPES: Final = frozenset(
    kind for kind in DamageType if DamageType.SMASHING <= kind <= DamageType.PSIONIC
)
_ONLY_RARELY: Final = frozenset({DamageType.TOXIC})


def status_name(status: int) -> str:
    """Return a status effect in words: "hold"."""
    return _STATUS.get(status) or label(StatusEffect, status)


def type_name(kind: int) -> str:
    """Return a type of damage in words; "AoE" keeps its capitals."""
    return "AoE" if kind == DamageType.AOE else label(DamageType, kind)


def plain_name(attribute: int) -> str:
    """Return an attribute in words."""
    return PLAIN.get(attribute) or label(Attribute, attribute)


def status_list(kinds: Collection[int]) -> str:
    """Return status effects in words: "hold, stun"."""
    return ", ".join(status_name(kind) for kind in sorted(kinds, key=_status_order))


def _status_order(kind: int) -> tuple[bool, int]:
    return kind != StatusEffect.HELD, kind


def type_list(kinds: Collection[int], attribute: int) -> str:
    """Return types in words: "all", "all positions", "all types but psionic", or a list.

    Defense against toxic attacks exists on some realms only, so it may be missing from "all".
    """
    found = {kind for kind in kinds if kind}
    rare = _ONLY_RARELY if attribute == Attribute.DEFENSE else frozenset()
    positions, types = found & _POSITIONS, found & _TYPES
    all_types = types >= _TYPES - rare
    if attribute == Attribute.DEFENSE and all_types and positions == _POSITIONS:
        return "all"
    if attribute == Attribute.DEFENSE:
        parts = [_positions(positions), _typed(types, all_types=all_types)]
        return ", ".join(part for part in parts if part)
    if all_types:
        return "all"
    return _typed(types, all_types=False) or ", ".join(type_name(kind) for kind in sorted(found))


def _positions(found: Collection[int]) -> str:
    if len(found) == len(_POSITIONS):
        return "melee, ranged, AoE"
    return ", ".join(type_name(kind) for kind in sorted(found))


def _typed(found: Collection[int], *, all_types: bool) -> str:
    missing = _TYPES - set(found)
    if all_types:
        return "all types"
    if len(missing) == 1 and len(found) > 1:
        return f"all types but {type_name(next(iter(missing)))}"
    return ", ".join(type_name(kind) for kind in sorted(found))
