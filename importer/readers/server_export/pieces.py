"""Enhancements: what a piece strengthens, by which schedule, and where it may be used."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from importer.mhd import layout
from importer.readers.json_export import as_single
from importer.readers.server_export import attribs
from importer.readers.server_export.groups import flat
from importer.readers.server_export.powers import class_numbers
from importer.source import Values
from midsdesk.model.vocab import (
    Attribute,
    BuffMode,
    DamageType,
    EnhancedAspect,
    EnhancementKind,
    ExclusiveGroup,
    LineMode,
    Schedule,
    StatusEffect,
)

_SCHEDULES: Final = {
    "33": Schedule.A,
    "20": Schedule.B,
    "40": Schedule.C,
    "60": Schedule.D,
}
_BY_SCHEDULE: Final = re.compile(r"(?:melee|ranged)_boosts_(\d+)", re.IGNORECASE)
# Flat strengths: which schedule an aspect has where no table says it (reference: Maths).
_FLAT_B: Final = frozenset(
    {
        EnhancedAspect.DEFENSE,
        EnhancedAspect.RANGE,
        EnhancedAspect.RESISTANCE,
        EnhancedAspect.TO_HIT,
    }
)
_SUPERIOR: Final = 1.25
# What a single-origin piece gives, by schedule.
_SINGLE_ORIGIN: Final = {Schedule.A: 1 / 3, Schedule.B: 0.2, Schedule.C: 0.4, Schedule.D: 0.6}
_CLOSE: Final = 0.01
_ASPECTS: Final = {
    Attribute.ACCURACY: EnhancedAspect.ACCURACY,
    Attribute.DEFENSE: EnhancedAspect.DEFENSE,
    Attribute.ENDURANCE_DISCOUNT: EnhancedAspect.ENDURANCE_DISCOUNT,
    Attribute.ENDURANCE: EnhancedAspect.ENDURANCE,
    Attribute.SPEED_FLYING: EnhancedAspect.SPEED_FLYING,
    Attribute.HEAL: EnhancedAspect.HEAL,
    Attribute.HIT_POINTS: EnhancedAspect.HIT_POINTS,
    Attribute.INTERRUPT_TIME: EnhancedAspect.INTERRUPT,
    Attribute.JUMP_HEIGHT: EnhancedAspect.JUMP_HEIGHT,
    Attribute.SPEED_JUMPING: EnhancedAspect.SPEED_JUMPING,
    Attribute.STATUS: EnhancedAspect.STATUS,
    Attribute.RANGE: EnhancedAspect.RANGE,
    Attribute.RECHARGE_TIME: EnhancedAspect.RECHARGE_TIME,
    Attribute.RECOVERY: EnhancedAspect.RECOVERY,
    Attribute.REGENERATION: EnhancedAspect.REGENERATION,
    Attribute.SPEED_RUNNING: EnhancedAspect.SPEED_RUNNING,
    Attribute.TO_HIT: EnhancedAspect.TO_HIT,
    Attribute.ABSORB: EnhancedAspect.ABSORB,
}
_BUFF_WORDS: Final = {
    ("Enhance Defense", EnhancedAspect.DEFENSE): BuffMode.BUFF_ONLY,
    ("Enhance Defense DeBuff", EnhancedAspect.DEFENSE): BuffMode.DEBUFF_ONLY,
    ("Enhance ToHit Buffs", EnhancedAspect.TO_HIT): BuffMode.BUFF_ONLY,
    ("Enhance ToHit DeBuffs", EnhancedAspect.TO_HIT): BuffMode.DEBUFF_ONLY,
}
# Status effects no enhancement of the planner raises by themselves.
_UNUSED_STATUSES: Final = frozenset({StatusEffect.REPEL, StatusEffect.TELEPORT})


@dataclass(frozen=True, slots=True)
class Line:
    """One strength of a piece."""

    aspect: int
    status: int
    schedule: int
    multiplier: float
    buff_mode: int


def lines(power: Mapping[str, Any], *, kind: int, superior: bool) -> tuple[Line, ...]:
    """Return what a piece strengthens, in file order, each once.

    Args:
        power: The enhancement's power.
        kind: `EnhancementKind`.
        superior: Its numbers are a quarter higher; a planner keeps that as a mark.
    """
    words = tuple(power.get("boosts_allowed") or ())
    slow = "Enhance Slow Movement" in words and not _speeds_up(words)
    found: dict[tuple[int, int], Line] = {}
    for _, template in flat(power["effects"]):
        if template["aspect"] != "Strength":
            continue
        if "Boost" not in {flag.partition(" (")[0] for flag in template.get("flags") or ()}:
            continue
        for attrib in template["attribs"]:
            for aspect, status in _raises(attrib, template, words):
                line = _line(aspect, status, template, words, kind=kind, superior=superior)
                if line and (aspect, status) not in found:
                    found[aspect, status] = line
    speeds = [each for each in found.values() if each.aspect in _SPEEDS]
    if slow and speeds:
        model = speeds[0]
        line = Line(int(EnhancedAspect.SLOW), -1, model.schedule, model.multiplier, 0)
        found[line.aspect, -1] = line
    return tuple(found.values())


_SPEEDS: Final = frozenset(
    {EnhancedAspect.SPEED_RUNNING, EnhancedAspect.SPEED_FLYING, EnhancedAspect.SPEED_JUMPING}
)


def _speeds_up(words: Sequence[str]) -> bool:
    return any(
        word in ("Enhance Running Speed", "Enhance Flying Speed", "Enhance Jump") for word in words
    )


def _raises(
    attrib: str, template: Mapping[str, Any], words: Sequence[str]
) -> list[tuple[int, int]]:
    meaning = attribs.meaning(attrib, template["aspect"])
    if meaning is None:
        return []
    if meaning.attribute == Attribute.DAMAGE_BUFF:
        if meaning.damage_type > DamageType.PSIONIC:
            return []
        resists = _is_resistance(template["table"], words)
        return [(int(EnhancedAspect.RESISTANCE if resists else EnhancedAspect.DAMAGE), -1)]
    if meaning.attribute != Attribute.ENHANCEMENT:
        return []
    found = _ASPECTS.get(Attribute(meaning.modifies))
    if found is None:
        return []
    if found == EnhancedAspect.STATUS:
        status = StatusEffect(meaning.status)
        return [] if status in _UNUSED_STATUSES else [(int(found), int(status))]
    return [(int(found), -1)]


def _is_resistance(table: str, words: Sequence[str]) -> bool:
    """Strength of a damage type raises damage dealt and damage resisted; schedules tell them apart.

    Flat pieces have no schedule: what they fit tells.
    """
    match = _BY_SCHEDULE.fullmatch(table)
    if match:
        return _SCHEDULES.get(match.group(1)) == Schedule.B
    return "Enhance Damage Resistance" in words and "Enhance Damage" not in words


def _line(
    aspect: int,
    status: int,
    template: Mapping[str, Any],
    words: Sequence[str],
    *,
    kind: int,
    superior: bool,
) -> Line | None:
    scale = float(template["scale"]) * float(template["magnitude"])
    match = _BY_SCHEDULE.fullmatch(template["table"])
    if match:
        schedule = int(_SCHEDULES.get(match.group(1), Schedule.NONE))
        multiplier = scale / _SUPERIOR if superior else scale
    elif kind in (EnhancementKind.NORMAL, EnhancementKind.SPECIAL):
        schedule = int(flat_schedule(scale, aspect, status))
        multiplier = 1.0
    else:
        return None
    mode = BuffMode.ANY
    for word in words:
        mode = _BUFF_WORDS.get((word, EnhancedAspect(aspect)), mode)
    return Line(aspect, status, schedule, as_single(round(multiplier, 4)), int(mode))


def flat_schedule(strength: float, aspect: int, status: int) -> Schedule:
    """Return the schedule a flat strength of a single-origin piece is of; else the aspect's own."""
    for schedule, value in _SINGLE_ORIGIN.items():
        if abs(strength - value) < _CLOSE:
            return schedule
    if aspect in _FLAT_B:
        return Schedule.B
    if aspect == EnhancedAspect.INTERRUPT:
        return Schedule.C
    if status in (StatusEffect.KNOCKBACK, StatusEffect.KNOCKUP):
        return Schedule.D
    return Schedule.A


def record(
    *,
    uid: str,
    name: str,
    short_name: str,
    description: str,
    kind: int,
    number: int,
    power: Mapping[str, Any],
    made: Sequence[Line],
    set_index: int = -1,
    set_uid: str = "",
    levels: tuple[int, int] = (0, 52),
    special_kind: int = 0,
    unique: bool = False,
    group: int = 0,
    superior: bool = False,
    is_proc: bool = False,
) -> Values:
    """Return the record of an enhancement."""
    modes = {line.buff_mode for line in made if line.buff_mode}
    fields = {
        "static_index": number,
        "name": name,
        "short_name": short_name,
        "description": description,
        "kind": kind,
        "special_kind": special_kind,
        "classes": tuple(each - 1 for each in class_numbers(power.get("boosts_allowed") or ()))
        if kind != EnhancementKind.SET
        else (),
        "image": "",
        "set_index": set_index,
        "set_uid": set_uid,
        "effect_chance": 1.0,
        "level_min": levels[0],
        "level_max": levels[1],
        "unique": unique,
        "exclusive_group": group,
        "buff_mode": modes.pop() if len(modes) == 1 else 0,
        "effects": tuple(_packed(line) for line in made),
        "uid": uid,
        "recipe": "",
        "superior": superior,
        "is_proc": is_proc,
        "is_scalable": False,
    }
    return tuple(fields[each] for each in layout.ENHANCEMENT.names)


def _packed(line: Line) -> Values:
    fields = {
        "mode": int(LineMode.STRENGTH),
        "buff_mode": line.buff_mode,
        "enhances": line.aspect,
        "enhances_status": line.status,
        "schedule": line.schedule,
        "multiplier": line.multiplier,
        "effect": None,
    }
    return tuple(fields[each] for each in layout.ENHANCEMENT_EFFECT.names)


def exclusive_group(names: Sequence[str], place: int, *, of_archetype: bool) -> int:
    """Return the planner's group of pieces that exclude each other.

    Across sets only the stealth pieces do; a piece of an archetype's set excludes its superior
    form, which stands at the same place.
    """
    if any("celerity" in name for name in names):
        return int(ExclusiveGroup.STEALTH)
    if of_archetype and len(names) > 1:
        return int(ExclusiveGroup.ARCHETYPE_A) + min(place, 5)
    return 0
