"""From the two sums to the character's totals, raw and capped.

Source: calculation reference B, sections 3.1, 3.2 and 4.1.
"""

import math
from dataclasses import replace
from typing import Final

from midsdesk.calc import cells
from midsdesk.calc.cells import Accumulator
from midsdesk.calc.context import Context
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Archetype
from midsdesk.model.totals import Totals
from midsdesk.model.vocab import Attribute, DamageType

_DAMAGE_TYPES: Final = 16
_STATUS_EFFECTS: Final = 20
_ATTRIBUTES: Final = 86
_SLOWEST: Final = -0.9
_PVP_STEEPNESS: Final = 1.2
# Smashing to psionic: the types a damage bonus can have.
_REAL_DAMAGE: Final = slice(
    cells.DAMAGE + int(DamageType.SMASHING), cells.DAMAGE + int(DamageType.PSIONIC) + 1
)
# Totals are made for every trial, and a member of an enumeration is slow to reach.
_ABSORB: Final = int(Attribute.ABSORB)
_ACCURACY: Final = int(Attribute.ACCURACY)
_ENDURANCE_DISCOUNT: Final = int(Attribute.ENDURANCE_DISCOUNT)
_HIT_POINTS: Final = int(Attribute.HIT_POINTS)
_JUMP_HEIGHT: Final = int(Attribute.JUMP_HEIGHT)
_MAX_FLY_SPEED: Final = int(Attribute.MAX_FLY_SPEED)
_MAX_JUMP_SPEED: Final = int(Attribute.MAX_JUMP_SPEED)
_MAX_RUN_SPEED: Final = int(Attribute.MAX_RUN_SPEED)
_PERCEPTION_RADIUS: Final = int(Attribute.PERCEPTION_RADIUS)
_RANGE: Final = int(Attribute.RANGE)
_RECHARGE_TIME: Final = int(Attribute.RECHARGE_TIME)
_RECOVERY: Final = int(Attribute.RECOVERY)
_REGENERATION: Final = int(Attribute.REGENERATION)
_SPEED_FLYING: Final = int(Attribute.SPEED_FLYING)
_SPEED_JUMPING: Final = int(Attribute.SPEED_JUMPING)
_SPEED_RUNNING: Final = int(Attribute.SPEED_RUNNING)
_STEALTH_RADIUS: Final = int(Attribute.STEALTH_RADIUS)
_STEALTH_RADIUS_PLAYER: Final = int(Attribute.STEALTH_RADIUS_PLAYER)
_THREAT_LEVEL: Final = int(Attribute.THREAT_LEVEL)
_TO_HIT: Final = int(Attribute.TO_HIT)


def _speed(bonus: float, base: float, hard: float) -> float:
    return min(hard, (1 + max(bonus, _SLOWEST)) * base)


def _pvp_defense(value: float) -> float:
    """Return a defense under the diminishing returns of PvP."""
    return value * (1 - 2 / math.pi * abs(math.atan(_PVP_STEEPNESS * value)))


def totals(
    globals_: Accumulator,
    own: Accumulator,
    *,
    endurance_use: float,
    can_fly: bool,
    context: Context,
) -> Totals:
    """Return the raw totals.

    Args:
        globals_: G, what the build adds to strengths. own: B, what it adds to the character.
        endurance_use: Points a second of the running toggles.
    """
    rules = context.ruleset
    effect = own[: cells.DEBUFF_EFFECT]
    defense = own[cells.DEFENSE : cells.DEFENSE + _DAMAGE_TYPES]
    if defense[0]:
        # Untyped defense works against everything.
        defense = [defense[0], *(value + defense[0] for value in defense[1:])]
    if context.settings.pvp:
        defense = [_pvp_defense(value) for value in defense]
    fly = _speed(effect[_SPEED_FLYING], rules.base_fly_speed, rules.hard_fly_speed)
    return Totals(
        hit_points=context.archetype.hit_points * context.base_share + effect[_HIT_POINTS],
        regeneration=effect[_REGENERATION],
        absorb=effect[_ABSORB],
        endurance=own[cells.ENDURANCE],
        recovery=effect[_RECOVERY],
        endurance_use=endurance_use,
        endurance_discount=globals_[_ENDURANCE_DISCOUNT],
        to_hit=effect[_TO_HIT],
        accuracy=globals_[_ACCURACY] + effect[_ACCURACY],
        damage=max(globals_[_REAL_DAMAGE]),
        haste=globals_[_RECHARGE_TIME] + effect[_RECHARGE_TIME],
        range=effect[_RANGE],
        perception_ft=rules.base_perception * (1 + effect[_PERCEPTION_RADIUS]),
        stealth_pve_ft=effect[_STEALTH_RADIUS],
        stealth_pvp_ft=effect[_STEALTH_RADIUS_PLAYER],
        threat=effect[_THREAT_LEVEL],
        run_speed=_speed(effect[_SPEED_RUNNING], rules.base_run_speed, rules.hard_run_speed),
        max_run_speed=rules.max_run_speed + effect[_MAX_RUN_SPEED] * rules.base_run_speed,
        jump_speed=_speed(effect[_SPEED_JUMPING], rules.base_jump_speed, rules.hard_jump_speed),
        max_jump_speed=rules.max_jump_speed + effect[_MAX_JUMP_SPEED] * rules.base_jump_speed,
        fly_speed=fly if can_fly else 0.0,
        max_fly_speed=rules.max_fly_speed + effect[_MAX_FLY_SPEED] * rules.base_fly_speed,
        jump_height_ft=(1 + max(effect[_JUMP_HEIGHT], _SLOWEST)) * rules.base_jump_height,
        can_fly=can_fly,
        defense=tuple(defense),
        resistance=tuple(own[cells.RESISTANCE : cells.RESISTANCE + _DAMAGE_TYPES]),
        elusivity=tuple(own[cells.ELUSIVITY : cells.ELUSIVITY + _DAMAGE_TYPES]),
        status_protection=tuple(own[cells.PROTECTION : cells.PROTECTION + _STATUS_EFFECTS]),
        status_resistance=tuple(
            own[cells.OWN_STATUS_RESISTANCE : cells.OWN_STATUS_RESISTANCE + _STATUS_EFFECTS]
        ),
        debuff_resistance=tuple(
            own[cells.DEBUFF_RESISTANCE : cells.DEBUFF_RESISTANCE + _ATTRIBUTES]
        ),
    )


def capped(raw: Totals, archetype: Archetype, context: Context) -> Totals:
    """Return the totals after the caps of the archetype and the realm."""
    hit_points, absorb = raw.hit_points, raw.absorb
    if archetype.hit_points_cap > 0:
        hit_points = min(hit_points, archetype.hit_points_cap * context.base_share)
        absorb = min(absorb, hit_points)
    copies = Quirk.SPEED_CAPS_NOT_COPIED not in context.quirks
    return replace(
        raw,
        damage=min(raw.damage, archetype.damage_cap - 1),
        haste=min(raw.haste, archetype.recharge_cap - 1),
        regeneration=min(raw.regeneration, archetype.regeneration_cap - 1),
        recovery=min(raw.recovery, archetype.recovery_cap - 1),
        resistance=tuple(min(value, archetype.resistance_cap) for value in raw.resistance),
        hit_points=hit_points,
        absorb=absorb,
        run_speed=min(raw.run_speed, raw.max_run_speed),
        jump_speed=min(raw.jump_speed, raw.max_jump_speed),
        fly_speed=min(raw.fly_speed, raw.max_fly_speed),
        jump_height_ft=min(raw.jump_height_ft, context.ruleset.max_jump_height),
        perception_ft=min(raw.perception_ft, archetype.perception_cap),
        max_run_speed=raw.max_run_speed if copies else 0.0,
        max_jump_speed=raw.max_jump_speed if copies else 0.0,
        max_fly_speed=raw.max_fly_speed if copies else 0.0,
    )
