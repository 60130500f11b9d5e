"""Words for what effects change. English, one word for one thing (the house's dictionary)."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from midsdesk.model.vocab import Attribute, DamageType, StatusEffect, Suppression, label

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
# What a foe's resistance weakens, or a second use could make stronger.
WEAKENED: Final[frozenset[int]] = frozenset(
    {
        *TYPED,
        *SPEEDS,
        Attribute.TO_HIT,
        Attribute.ACCURACY,
        Attribute.RECHARGE_TIME,
        Attribute.REGENERATION,
        Attribute.RECOVERY,
        Attribute.ENDURANCE,
        Attribute.ENHANCEMENT,
        Attribute.HIT_POINTS,
        Attribute.PERCEPTION_RADIUS,
        Attribute.RANGE,
        Attribute.JUMP_HEIGHT,
        Attribute.STATUS_RESISTANCE,
        Attribute.EFFECT_RESISTANCE,
    }
)
_WHILE: Final[dict[int, str]] = {
    Suppression.HELD: "held",
    Suppression.SLEEP: "asleep",
    Suppression.STUNNED: "stunned",
    Suppression.IMMOBILIZED: "immobilized",
    Suppression.TERRORIZED: "afraid",
    Suppression.KNOCKED: "knocked down",
    Suppression.PHASED: "phased",
    Suppression.CONFUSED: "confused",
}
_AFTER: Final[dict[int, str]] = {
    Suppression.ATTACKED: "an attack",
    Suppression.ACTIVATE_ATTACK_CLICK: "the start of an attack",
    Suppression.HIT_BY_FOE: "a hit by a foe",
    Suppression.DAMAGED: "damage",
    Suppression.MISSION_OBJECT_CLICK: "a click on a mission object",
}
# Tags of effects, as the data write them; others are split into their words.
_TAGS: Final[dict[str, str]] = {
    "BossCrit": "critical hits on bosses",
    "CritLarge": "critical hits on bosses",
    "ECCritModLarge": "critical hits on bosses",
    "MLCrit": "critical hits on minions and lieutenants",
    "CritSmall": "critical hits on minions and lieutenants",
    "ECCritModSmall": "critical hits on minions and lieutenants",
    "PlayerCrit": "critical hits on players",
    "CritPlayer": "critical hits on players",
    "ECCritModPlayer": "critical hits on players",
    "Lethal": "the effects of plain ammunition",
    "LethalKB10": "the knockback of plain ammunition",
    "LethalKB25": "the knockback of plain ammunition",
    "LethalKB50": "the knockback of plain ammunition",
    "LethalKB70": "the knockback of plain ammunition",
    "FireDamage": "the damage of fire ammunition",
    "FireDamageDoT": "the burning of fire ammunition",
    "ColdDamage": "the effects of cold ammunition",
    "ToxicDamage": "the effects of toxic ammunition",
    "FlightActive": "effects that need flight",
    "StealthOn": "effects that need stealth",
    "SpeedRefresh": "recharging at once",
}
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SMALL: Final = frozenset({"of", "the", "and"})
_POSITIONS: Final = frozenset({DamageType.MELEE, DamageType.RANGED, DamageType.AOE})
_TYPES: Final = frozenset(
    kind for kind in DamageType if DamageType.SMASHING <= kind <= DamageType.PSIONIC
)
_ONLY_RARELY: Final = frozenset({DamageType.TOXIC})


def suppression_in_words(events: int) -> str:
    """Return what switches an effect off for a while: "suppressed while held or asleep"."""
    states = [name for event, name in _WHILE.items() if events & event]
    deeds = [name for event, name in _AFTER.items() if events & event]
    parts = [f"while {either(states)}" if states else "", f"after {either(deeds)}" if deeds else ""]
    return f"suppressed {' and '.join(part for part in parts if part)}"


def either(names: Sequence[str]) -> str:
    """Return "held, asleep or stunned"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def tag_in_words(tag: str) -> str:
    """Return what a tag of effects stands for: "critical hits on bosses"."""
    return _TAGS.get(tag) or f"the effects of {split_words(tag)}"


def split_words(name: str) -> str:
    """Return a name of the data as words: "Hail of Bullets Fire" for "HailofBulletsFire"."""
    text = re.sub(r"(?<=[a-z])(of|and)(?=[A-Z])", r" \1 ", name.replace("_", " "))
    words = _WORDS.findall(text)
    return " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in words)


def spaced(title: str) -> str:
    """Return a title; one that the data write as one word is split into its words."""
    return split_words(title) if re.search("_|[a-z][A-Z]", title) else title


def status_name(status: int) -> str:
    """Return a status effect in words: "hold"."""
    return _STATUS.get(status) or label(StatusEffect, status)


def type_name(kind: int) -> str:
    """Return a type of damage in words; "AoE" keeps its capitals."""
    return "AoE" if kind == DamageType.AOE else label(DamageType, kind)


def plain_name(attribute: int) -> str:
    """Return an attribute in words."""
    return PLAIN.get(attribute) or label(Attribute, attribute)


def strength_name(attribute: int, status: int, modifies: int) -> str:
    """Return what a strength raises, with a capital: "Damage", "Hold", "Defense"."""
    if attribute == Attribute.STATUS:
        name = status_name(status)
    elif attribute == Attribute.EFFECT_RESISTANCE:
        name = f"{plain_name(modifies)} debuff resistance"
    elif attribute == Attribute.ENHANCEMENT:
        name = plain_name(modifies)
    else:
        name = plain_name(attribute)
    return name[:1].upper() + name[1:]


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
