"""Which effects are worth a line, and under which heading it stands."""

from enum import StrEnum
from typing import Final

from midsdesk.model.totals import FinalEffect
from midsdesk.model.vocab import Attribute, EffectClass, StatusEffect


class Group(StrEnum):
    """A heading of the effects page, in order."""

    DAMAGE = "Damage"
    DEFENSE = "Defense and resistance"
    HEAL = "Heal and endurance"
    STATUS = "Status"
    BUFF = "Buff and debuff"
    MOVEMENT = "Movement"
    SUMMON = "Summon"
    GRANTED = "Granted powers"
    OTHER = "Other"


_SILENT: Final[frozenset[int]] = frozenset(
    {
        Attribute.NONE,
        Attribute.VIEW_ATTRIBUTES,
        Attribute.METER,
        Attribute.REWARD,
        Attribute.SET_COSTUME,
        Attribute.SET_MODE,
        Attribute.UNSET_MODE,
        Attribute.TRANSLUCENCY,
        Attribute.DESIGNER_STATUS,
        Attribute.TOKEN_ADD,
        Attribute.ADD_BEHAVIOR,
        Attribute.CLEAR_FOG,
        Attribute.CLEAR_DAMAGERS,
        Attribute.SET_ZONE_VALUE,
        Attribute.NULL,
        Attribute.NULL_BOOL,
        Attribute.X_AFRAID,
        Attribute.X_AVOID,
        Attribute.FORCE_MOVE,
        Attribute.MOVEMENT_CONTROL,
        Attribute.MOVEMENT_FRICTION,
    }
)
_NAMING: Final[frozenset[int]] = frozenset(
    {
        Attribute.SUMMON,
        Attribute.GRANT_POWER,
        Attribute.REVOKE_POWER,
        Attribute.EXECUTE_POWER,
        Attribute.POWER_REDIRECT,
        Attribute.RECHARGE_POWER,
        Attribute.SILENT_KILL,
        Attribute.MODIFY_POWER,
    }
)
_TIMELESS: Final[frozenset[int]] = frozenset(
    {
        StatusEffect.KNOCKBACK,
        StatusEffect.KNOCKUP,
        StatusEffect.REPEL,
        StatusEffect.TELEPORT,
        StatusEffect.TOGGLE_DROP,
    }
)
WITH_STATUS: Final[frozenset[int]] = frozenset({Attribute.STATUS, Attribute.STATUS_RESISTANCE})
GROUPS: Final[dict[int, Group]] = {
    Attribute.DAMAGE: Group.DAMAGE,
    Attribute.DEFENSE: Group.DEFENSE,
    Attribute.RESISTANCE: Group.DEFENSE,
    Attribute.ELUSIVITY: Group.DEFENSE,
    Attribute.EFFECT_RESISTANCE: Group.DEFENSE,
    Attribute.HEAL: Group.HEAL,
    Attribute.HIT_POINTS: Group.HEAL,
    Attribute.REGENERATION: Group.HEAL,
    Attribute.ABSORB: Group.HEAL,
    Attribute.ENDURANCE: Group.HEAL,
    Attribute.RECOVERY: Group.HEAL,
    Attribute.STATUS: Group.STATUS,
    Attribute.STATUS_RESISTANCE: Group.STATUS,
    Attribute.SPEED_RUNNING: Group.MOVEMENT,
    Attribute.SPEED_JUMPING: Group.MOVEMENT,
    Attribute.SPEED_FLYING: Group.MOVEMENT,
    Attribute.JUMP_HEIGHT: Group.MOVEMENT,
    Attribute.FLY: Group.MOVEMENT,
    Attribute.MAX_RUN_SPEED: Group.MOVEMENT,
    Attribute.MAX_JUMP_SPEED: Group.MOVEMENT,
    Attribute.MAX_FLY_SPEED: Group.MOVEMENT,
    Attribute.SLOW: Group.MOVEMENT,
    Attribute.SUMMON: Group.SUMMON,
    Attribute.GRANT_POWER: Group.GRANTED,
    Attribute.REVOKE_POWER: Group.GRANTED,
    Attribute.EXECUTE_POWER: Group.GRANTED,
    Attribute.POWER_REDIRECT: Group.GRANTED,
    Attribute.RECHARGE_POWER: Group.GRANTED,
    Attribute.ENHANCEMENT: Group.BUFF,
    Attribute.DAMAGE_BUFF: Group.BUFF,
    Attribute.TO_HIT: Group.BUFF,
    Attribute.ACCURACY: Group.BUFF,
    Attribute.RECHARGE_TIME: Group.BUFF,
    Attribute.RANGE: Group.BUFF,
    Attribute.ENDURANCE_DISCOUNT: Group.BUFF,
    Attribute.INTERRUPT_TIME: Group.BUFF,
    Attribute.PERCEPTION_RADIUS: Group.BUFF,
    Attribute.STEALTH_RADIUS: Group.BUFF,
    Attribute.STEALTH_RADIUS_PLAYER: Group.BUFF,
    Attribute.THREAT_LEVEL: Group.BUFF,
}


def is_worth_a_line(final: FinalEffect) -> bool:
    """Return whether anybody would miss an effect that is left out."""
    effect = final.effect
    attribute = effect.attribute
    if attribute in _SILENT or final.effect_class == EffectClass.IGNORED:
        return False
    if final.probability <= 0:
        return False
    if attribute in (Attribute.EFFECT_RESISTANCE, Attribute.ENHANCEMENT) and effect.modifies in (
        Attribute.NONE,
        Attribute.NULL,
    ):
        return False
    if attribute in _NAMING:
        return attribute in (Attribute.SILENT_KILL, Attribute.MODIFY_POWER) or bool(
            target_of(final)
        )
    if attribute == Attribute.STATUS and final.magnitude > 0:
        lasting = final.duration > 0 or effect.status in _TIMELESS
        return lasting and abs(final.magnitude) > 1e-6
    return abs(final.magnitude) > 1e-6


def target_of(final: FinalEffect) -> str:
    """Return the entity, the power or the tag an effect names, "" for none."""
    effect = final.effect
    if effect.attribute == Attribute.POWER_REDIRECT:
        return effect.redirect
    if effect.attribute in (Attribute.CHANCE_MODIFIER, Attribute.REVOKE_POWER):
        return effect.reward or effect.summon
    return str(effect.summon or effect.reward) if effect.attribute in _NAMING else ""
