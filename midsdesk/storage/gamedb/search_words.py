"""What an effect gives, in the words players search by.

The words are our own; the abbreviations are those of players' posts (reference: posts of builds).
"""

from functools import cache
from typing import Final

from midsdesk.model.vocab import Attribute, DamageType, EnhancedAspect, StatusEffect, ToWho

# What players write -> the word of the index.
SHORT: Final = {
    "acc": "accuracy",
    "abs": "absorb",
    "cj": "combat jumping",
    "conf": "confuse",
    "dam": "damage",
    "ddr": "defense debuff resistance",
    "def": "defense",
    "disorient": "stun",
    "disorients": "stun",
    "dmg": "damage",
    "dur": "duration",
    "end": "endurance",
    "endmod": "recovery",
    "endrdx": "endurance discount",
    "endred": "endurance discount",
    "ff": "force feedback",
    "hp": "hit points",
    "imm": "immobilize",
    "immob": "immobilize",
    "kb": "knockback",
    "kd": "knockback",
    "ku": "knockup",
    "mez": "status",
    "neg": "negative",
    "nrg": "energy",
    "perc": "perception",
    "prot": "protection",
    "psi": "psionic",
    "rech": "recharge",
    "rchg": "recharge",
    "recov": "recovery",
    "regen": "regeneration",
    "res": "resistance",
    "rng": "ranged",
    "ss": "super speed",
    "stunned": "stun",
    "th": "to-hit",
    "tohit": "to-hit",
    "tp": "teleport",
    "s/l": "smashing lethal",
    "f/c": "fire cold",
    "e/n": "energy negative",
}

_TYPES: Final[dict[int, str]] = {
    DamageType.SMASHING: "smashing",
    DamageType.LETHAL: "lethal",
    DamageType.FIRE: "fire",
    DamageType.COLD: "cold",
    DamageType.ENERGY: "energy",
    DamageType.NEGATIVE: "negative",
    DamageType.TOXIC: "toxic",
    DamageType.PSIONIC: "psionic",
    DamageType.MELEE: "melee",
    DamageType.RANGED: "ranged",
    DamageType.AOE: "aoe",
}
_STATUSES: Final[dict[int, str]] = {
    StatusEffect.CONFUSED: "confuse",
    StatusEffect.HELD: "hold",
    StatusEffect.IMMOBILIZED: "immobilize",
    StatusEffect.KNOCKBACK: "knockback",
    StatusEffect.KNOCKUP: "knockup",
    StatusEffect.PLACATE: "placate",
    StatusEffect.REPEL: "repel",
    StatusEffect.SLEEP: "sleep",
    StatusEffect.STUNNED: "stun",
    StatusEffect.TAUNT: "taunt",
    StatusEffect.TERRORIZED: "fear",
    StatusEffect.TELEPORT: "teleport",
    StatusEffect.UNTOUCHABLE: "untouchable",
    StatusEffect.INTANGIBLE: "intangible",
}
_PLAIN: Final[dict[int, str]] = {
    Attribute.ACCURACY: "accuracy",
    Attribute.ABSORB: "absorb",
    Attribute.ENDURANCE: "endurance",
    Attribute.ENDURANCE_DISCOUNT: "endurance discount",
    Attribute.FLY: "fly",
    Attribute.HEAL: "heal",
    Attribute.HIT_POINTS: "maximum hit points",
    Attribute.INTERRUPT_TIME: "interrupt",
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
    Attribute.THREAT_LEVEL: "threat",
    Attribute.TO_HIT: "to-hit",
    Attribute.LEVEL_SHIFT: "level shift",
    Attribute.SUMMON: "summon pet",
}
_TYPED: Final[dict[int, str]] = {
    Attribute.DAMAGE: "damage",
    Attribute.DAMAGE_BUFF: "damage bonus",
    Attribute.DEFENSE: "defense",
    Attribute.RESISTANCE: "resistance",
    Attribute.ELUSIVITY: "elusivity",
}
_ASPECTS: Final[dict[int, str]] = {
    EnhancedAspect.ACCURACY: "accuracy",
    EnhancedAspect.DAMAGE: "damage",
    EnhancedAspect.DEFENSE: "defense",
    EnhancedAspect.ENDURANCE_DISCOUNT: "endurance discount",
    EnhancedAspect.ENDURANCE: "endurance",
    EnhancedAspect.SPEED_FLYING: "fly speed",
    EnhancedAspect.HEAL: "heal",
    EnhancedAspect.INTERRUPT: "interrupt",
    EnhancedAspect.JUMP_HEIGHT: "jump height",
    EnhancedAspect.SPEED_JUMPING: "jump speed",
    EnhancedAspect.RANGE: "range",
    EnhancedAspect.RECHARGE_TIME: "recharge",
    EnhancedAspect.RECOVERY: "recovery",
    EnhancedAspect.RESISTANCE: "resistance",
    EnhancedAspect.SPEED_RUNNING: "run speed",
    EnhancedAspect.TO_HIT: "to-hit",
    EnhancedAspect.SLOW: "slow",
    EnhancedAspect.ABSORB: "absorb",
}


@cache
def effect_words(
    attribute: int, damage_type: int, status: int, modifies: int, to_who: int, negative: bool
) -> str:
    """What one effect gives, "" for what nobody searches.

    Args:
        attribute, damage_type, status, modifies, to_who: Of the effect.
        negative: Its magnitude is below 0.
    """
    if attribute == Attribute.STATUS:
        name = _STATUSES.get(status, "")
        if not name:
            return ""
        return f"{name} protection status" if negative else name
    if attribute == Attribute.STATUS_RESISTANCE:
        name = _STATUSES.get(status, "")
        return f"{name} resistance status" if name else ""
    if attribute in (Attribute.ENHANCEMENT, Attribute.EFFECT_RESISTANCE):
        name = _name(modifies, damage_type, status)
        if attribute == Attribute.EFFECT_RESISTANCE:
            return f"{name} debuff resistance" if name else ""
        return name and f"{name}{' debuff' if negative else ''}"
    name = _name(attribute, damage_type, status)
    harm = negative != (attribute == Attribute.DAMAGE)
    aimed = to_who == ToWho.TARGET and attribute != Attribute.DAMAGE
    return f"{name} debuff" if name and harm and aimed else name


def _name(attribute: int, damage_type: int, status: int) -> str:
    if attribute in (Attribute.STATUS, Attribute.STATUS_RESISTANCE):
        name = _STATUSES.get(status, "")
        return f"{name} duration" if name else ""
    if attribute in _TYPED:
        kind = _TYPES.get(damage_type, "")
        return f"{kind} {_TYPED[attribute]}".strip()
    return _PLAIN.get(attribute, "")


def aspect_words(aspect: int, status: int) -> str:
    """What a piece enhances, "" for nothing known."""
    if aspect == EnhancedAspect.STATUS:
        name = _STATUSES.get(status, "")
        return f"{name} duration" if name else ""
    return _ASPECTS.get(aspect, "")


_SMALL: Final = frozenset({"of", "the", "and", "a", "an", "in", "for", "to"})


def initials(name: str) -> str:
    """Abbreviations of a name: "lotg lg" for "Luck of the Gambler"; "" for a single word."""
    words = ["".join(each for each in word if each.isalnum()) for word in name.lower().split()]
    words = [word for word in words if word]
    if len(words) < 2:
        return ""
    every = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if word not in _SMALL)
    return " ".join(dict.fromkeys((every, large)))
