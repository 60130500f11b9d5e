"""Attribute and aspect of the export to the planner's effect type (reference, B.3)."""

from dataclasses import dataclass
from typing import Final

from midsdesk.model.vocab import Aspect, Attribute, DamageType, StatusEffect

ASPECTS: Final = {
    "Resistance": Aspect.RESISTANCE,
    "Maximum": Aspect.MAXIMUM,
    "Absolute": Aspect.ABSOLUTE,
    "Strength": Aspect.STRENGTH,
    "Current": Aspect.CURRENT,
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one attrib in one aspect is for a planner."""

    attribute: int
    damage_type: int = 0
    status: int = 0
    modifies: int = 0


_DAMAGES: Final = {
    "smashing": DamageType.SMASHING,
    "lethal": DamageType.LETHAL,
    "fire": DamageType.FIRE,
    "cold": DamageType.COLD,
    "energy": DamageType.ENERGY,
    "negative_energy": DamageType.NEGATIVE,
    "toxic": DamageType.TOXIC,
    "psionic": DamageType.PSIONIC,
    "special": DamageType.SPECIAL,
    "unique1": DamageType.UNIQUE1,
    "unique2": DamageType.UNIQUE2,
    "unique3": DamageType.UNIQUE3,
}
_DEFENSES: Final = {
    **{name: kind for name, kind in _DAMAGES.items() if kind <= DamageType.PSIONIC},
    "melee": DamageType.MELEE,
    "ranged": DamageType.RANGED,
    "area": DamageType.AOE,
    "base_defense": DamageType.NONE,
}
_STATUSES: Final = {
    "held": StatusEffect.HELD,
    "stunned": StatusEffect.STUNNED,
    "sleep": StatusEffect.SLEEP,
    "immobilized": StatusEffect.IMMOBILIZED,
    "confused": StatusEffect.CONFUSED,
    "terrorized": StatusEffect.TERRORIZED,
    "knockback": StatusEffect.KNOCKBACK,
    "knockup": StatusEffect.KNOCKUP,
    "repel": StatusEffect.REPEL,
    "teleport": StatusEffect.TELEPORT,
    "untouchable": StatusEffect.UNTOUCHABLE,
    "intangible": StatusEffect.INTANGIBLE,
    "onlyaffectsself": StatusEffect.ONLY_AFFECTS_SELF,
    "afraid": StatusEffect.AFRAID,
    "avoid": StatusEffect.AVOID,
    "taunt": StatusEffect.TAUNT,
    "placate": StatusEffect.PLACATE,
}
_PLAIN: Final = {
    "heal_dmg": Attribute.HEAL,
    "tohit": Attribute.TO_HIT,
    "recovery": Attribute.RECOVERY,
    "regeneration": Attribute.REGENERATION,
    "endurance": Attribute.ENDURANCE,
    "hitpoints": Attribute.HIT_POINTS,
    "absorb": Attribute.ABSORB,
    "perceptionradius": Attribute.PERCEPTION_RADIUS,
    "rechargetime": Attribute.RECHARGE_TIME,
    "accuracy": Attribute.ACCURACY,
    "range": Attribute.RANGE,
    "endurancediscount": Attribute.ENDURANCE_DISCOUNT,
    "interrupttime": Attribute.INTERRUPT_TIME,
    "jumpheight": Attribute.JUMP_HEIGHT,
    "fly": Attribute.FLY,
    "threatlevel": Attribute.THREAT_LEVEL,
    "runningspeed": Attribute.SPEED_RUNNING,
    "flyingspeed": Attribute.SPEED_FLYING,
    "jumpingspeed": Attribute.SPEED_JUMPING,
    "stealthradius_pve": Attribute.STEALTH_RADIUS,
    "stealthradius_pvp": Attribute.STEALTH_RADIUS_PLAYER,
    "movementcontrol": Attribute.MOVEMENT_CONTROL,
    "movementfriction": Attribute.MOVEMENT_FRICTION,
    "meter": Attribute.METER,
    "rage": Attribute.RAGE,
    "null": Attribute.NULL,
}
# Things that happen; the aspect says nothing.
_DEEDS: Final = {
    "create_entity": Attribute.SUMMON,
    "grant_power": Attribute.GRANT_POWER,
    "grant_boosted_power": Attribute.GRANT_POWER,
    "revoke_power": Attribute.REVOKE_POWER,
    "recharge_power": Attribute.RECHARGE_POWER,
    "execute_power": Attribute.EXECUTE_POWER,
    "set_mode": Attribute.SET_MODE,
    "unset_mode": Attribute.UNSET_MODE,
    "cancel_effects": Attribute.UNSET_MODE,
    "global_chance_mod": Attribute.CHANCE_MODIFIER,
    "level_shift": Attribute.LEVEL_SHIFT,
    "debt_protection": Attribute.XP_DEBT_PROTECTION,
    "add_token": Attribute.TOKEN_ADD,
    "translucency": Attribute.TRANSLUCENCY,
    "designer_status": Attribute.DESIGNER_STATUS,
    "combat_phase": Attribute.COMBAT_PHASE,
    "vision_phase": Attribute.VISION_PHASE,
    "exclusive_vision_phase": Attribute.EXCLUSIVE_VISION_PHASE,
    "silent_kill": Attribute.SILENT_KILL,
    "set_costume": Attribute.SET_COSTUME,
    "view_attributes": Attribute.VIEW_ATTRIBUTES,
    "add_behavior": Attribute.ADD_BEHAVIOR,
    "clear_damagers": Attribute.CLEAR_DAMAGERS,
    "clear_fog": Attribute.CLEAR_FOG,
    "reward": Attribute.REWARD,
    "reward_source_team": Attribute.REWARD_SOURCE_TEAM,
    "ninja_run": Attribute.NINJA_RUN,
    "beast_run": Attribute.BEAST_RUN,
    "steam_jump": Attribute.STEAM_JUMP,
    "jump pack": Attribute.JUMPPACK,
    "jump_pack": Attribute.JUMPPACK,
    "walk": Attribute.WALK,
    "glide": Attribute.GLIDE,
    "hoverboard": Attribute.HOVERBOARD,
    "hover board": Attribute.HOVERBOARD,
    "magic carpet": Attribute.MAGIC_CARPET,
    "magic_carpet": Attribute.MAGIC_CARPET,
    "force_move": Attribute.FORCE_MOVE,
    "set_szevalue": Attribute.SET_ZONE_VALUE,
    "set_script_value": Attribute.SET_ZONE_VALUE,
    "power_chance_mod": Attribute.CHANCE_MODIFIER,
    "drop_toggles": Attribute.DROP_TOGGLES,
    "stealth": Attribute.STEALTH,
    "hover_board": Attribute.HOVERBOARD,
    "set_token": Attribute.TOKEN_ADD,
    "xp_debt": Attribute.XP_DEBT,
    "experiencegain": Attribute.EXPERIENCE_GAIN,
    "influencegain": Attribute.INFLUENCE_GAIN,
    "prestigegain": Attribute.PRESTIGE_GAIN,
}
# Known to have no planner type, and no player number behind them (reference, C.2 and C.7).
WITHOUT_TYPE: Final = frozenset(
    {
        "evade",
        "radiation_dmg",
        "electrical_dmg",
        "sonic_dmg",
        "quantum_dmg",
        "radiation",
        "electrical",
        "sonic",
        "quantum",
        "radiation_elusivity",
        "electrical_elusivity",
        "sonic_elusivity",
        "quantum_elusivity",
        "elusivity",
        "script_notify",
        "timetoroot",
    }
)


def meaning(attrib: str, aspect: str) -> Meaning | None:
    """Return what an attrib is in an aspect; None where the planner has no word for it."""
    name = attrib.lower()
    side = ASPECTS.get(aspect, Aspect.CURRENT)
    if name in _DEEDS:
        return Meaning(_DEEDS[name])
    found = _damage(name, side) or _defense(name, side) or _elusivity(name, side)
    if found:
        return found
    if name in _STATUSES:
        return _status(_STATUSES[name], side)
    plain = _PLAIN.get(name)
    if plain is None:
        return None
    if side == Aspect.RESISTANCE:
        return Meaning(Attribute.EFFECT_RESISTANCE, modifies=plain)
    if side == Aspect.STRENGTH:
        return Meaning(Attribute.ENHANCEMENT, modifies=plain)
    return Meaning(plain)


def _damage(name: str, side: Aspect) -> Meaning | None:
    kind = _DAMAGES.get(name.removesuffix("_dmg")) if name.endswith("_dmg") else None
    if kind is None:
        return None
    if side == Aspect.RESISTANCE:
        return Meaning(Attribute.RESISTANCE, kind)
    if side == Aspect.STRENGTH:
        return Meaning(Attribute.DAMAGE_BUFF, kind)
    return Meaning(Attribute.DAMAGE, kind)


def _defense(name: str, side: Aspect) -> Meaning | None:
    kind = _DEFENSES.get(name)
    if kind is None:
        return None
    if side == Aspect.RESISTANCE:
        return Meaning(Attribute.EFFECT_RESISTANCE, kind, modifies=Attribute.DEFENSE)
    if side == Aspect.STRENGTH:
        return Meaning(Attribute.ENHANCEMENT, kind, modifies=Attribute.DEFENSE)
    return Meaning(Attribute.DEFENSE, kind)


def _elusivity(name: str, side: Aspect) -> Meaning | None:
    if name == "elusivitybase":
        if side == Aspect.STRENGTH:
            return Meaning(Attribute.ENHANCEMENT, modifies=Attribute.ELUSIVITY)
        return Meaning(Attribute.ELUSIVITY)
    kind = _DEFENSES.get(name.removesuffix("_elusivity"))
    if kind is None or not name.endswith("_elusivity"):
        return None
    return Meaning(Attribute.ELUSIVITY, kind)


def _status(status: StatusEffect, side: Aspect) -> Meaning:
    if side == Aspect.RESISTANCE:
        return Meaning(Attribute.STATUS_RESISTANCE, status=status)
    if side == Aspect.STRENGTH:
        return Meaning(Attribute.ENHANCEMENT, status=status, modifies=Attribute.STATUS)
    return Meaning(Attribute.STATUS, status=status)
