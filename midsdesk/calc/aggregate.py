"""What an entry contributes to the two sums: G (strength of all powers) and B (the character).

Source: calculation reference B, sections 2.5 and 2.6.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from midsdesk.calc import cells
from midsdesk.calc.cells import Contribution
from midsdesk.calc.context import Context
from midsdesk.calc.live import Live, shows_percent
from midsdesk.calc.prepare import Prepared, from_boost
from midsdesk.calc.quirks import Quirk
from midsdesk.model.vocab import (
    Activation,
    Aspect,
    Attribute,
    EffectClass,
    SpecialCase,
    ToWho,
)

Chances = dict[str, float]

_ENHANCEMENT: Final = int(Attribute.ENHANCEMENT)
_DAMAGE_BUFF: Final = int(Attribute.DAMAGE_BUFF)
_DAMAGE: Final = int(Attribute.DAMAGE)
_STATUS: Final = int(Attribute.STATUS)
_STATUS_RESISTANCE: Final = int(Attribute.STATUS_RESISTANCE)
_EFFECT_RESISTANCE: Final = int(Attribute.EFFECT_RESISTANCE)
_ACCURACY: Final = int(Attribute.ACCURACY)
_TO_HIT: Final = int(Attribute.TO_HIT)
_RANGE: Final = int(Attribute.RANGE)
_ABSORB: Final = int(Attribute.ABSORB)
_DEFENSE: Final = int(Attribute.DEFENSE)
_ENDURANCE: Final = int(Attribute.ENDURANCE)
_TERTIARY: Final = int(EffectClass.TERTIARY)
_MAXIMUM: Final = int(Aspect.MAXIMUM)
_CLICK: Final = int(Activation.CLICK)
# Effects that raise the strength of powers.
STRENGTHS: Final = (_ENHANCEMENT, _DAMAGE_BUFF)
# Effects that count whatever kind of power they stand in.
_EVERYWHERE: Final = (int(Attribute.CHANCE_MODIFIER), int(Attribute.FLY))
_ON_SELF: Final = (int(ToWho.SELF), int(ToWho.ALL))
_LATEST_S: Final = 5.0
_LEFT_OUT: Final = (int(EffectClass.IGNORED), int(EffectClass.SPECIAL))
_MOVEMENT: Final = frozenset(
    {
        int(Attribute.SPEED_RUNNING),
        int(Attribute.SPEED_JUMPING),
        int(Attribute.SPEED_FLYING),
        int(Attribute.JUMP_HEIGHT),
    }
)
_MAXIMUM_OF: Final = {
    int(Attribute.SPEED_RUNNING): int(Attribute.MAX_RUN_SPEED),
    int(Attribute.SPEED_JUMPING): int(Attribute.MAX_JUMP_SPEED),
    int(Attribute.SPEED_FLYING): int(Attribute.MAX_FLY_SPEED),
}
_VECTORS: Final = {
    int(Attribute.DEFENSE): cells.DEFENSE,
    int(Attribute.RESISTANCE): cells.RESISTANCE,
    int(Attribute.ELUSIVITY): cells.ELUSIVITY,
}
_TYPED: Final = (_DEFENSE, int(Attribute.RESISTANCE))


def chance_of(each: Live, chances: Chances) -> float:
    """Return the chance that counts for the sums: only whether it is above 0 matters.

    Effects with procs a minute never fall below their floor, so they count.
    """
    base = 1.0 if each.ppm > 0 else each.probability
    if chances:
        base += chances.get(each.effect.effect_id, 0.0)
    return base if base > 0 else 0.0


def may_reach_sums(each: Live, context: Context, *, silent: bool) -> bool:
    """Return whether an effect could change one of the sums if it were in force.

    Args:
        silent: Its entry is lit for the sake of its pieces only, see `is_silent`.
    """
    if each.attribute in _EVERYWHERE:
        return True
    if silent and not each.from_enhancement:
        return False
    if each.attribute in STRENGTHS:
        return True
    on_self = each.fits and each.who in _ON_SELF and each.attribute != _DAMAGE
    return on_self and _may_count(each, context)


def suppressed(each: Live, context: Context) -> bool:
    """Return whether a chosen event switches the effect off."""
    return bool(each.effect.suppression & context.settings.suppression)


def _counts_at_all(each: Live) -> bool:
    return each.fits and each.met and each.valid and each.who in _ON_SELF


def _counts_in_sums(each: Live, suppression: int) -> bool:
    """Return whether an effect takes part in the plain sums (everything but its chance).

    Args:
        suppression: The chosen events.
    """
    # All in one expression: it is asked of every effect of every entry.
    return (
        each.fits
        and each.met
        and each.valid
        and each.who in _ON_SELF
        and each.effect_class not in _LEFT_OUT
        and each.delay <= _LATEST_S
        and not each.effect.suppression & suppression
    )


def _may_count(each: Live, context: Context) -> bool:
    return (
        each.effect_class not in _LEFT_OUT
        and each.delay <= _LATEST_S
        and not suppressed(each, context)
    )


def _repeated(each: Live) -> int:
    return each.ticks if each.ticks > 1 and each.stacking else 1


def global_contributions(
    effects: Iterable[Live], chances: Chances, context: Context, *, debuffs: bool = False
) -> tuple[Contribution, ...]:
    """Return what effects add to G, in order.

    Args:
        debuffs: The power is a set bonus against movement: its speeds touch debuffs only.
    """
    found: list[Contribution] = []
    suppression = context.settings.suppression
    heeds = Quirk.GLOBALS_IGNORE_SUPPRESSION not in context.quirks
    for each in effects:
        if each.attribute not in STRENGTHS or not _counts_at_all(each):
            continue
        if from_boost(each) or chance_of(each, chances) <= 0:
            continue
        counts = _counts_in_sums(each, suppression)
        if heeds and not counts:
            continue
        if each.modifies not in (_DAMAGE, _DAMAGE_BUFF):
            cell = _global_cell(each, debuffs=debuffs)
            if cell is not None:
                found.append((cell, each.magnitude))
        if each.attribute == _DAMAGE_BUFF and counts:
            tertiary = each.from_enhancement and each.effect_class == _TERTIARY
            if not tertiary and not _is_defiance(each):
                found.append((cells.DAMAGE + each.damage_type, each.magnitude * _repeated(each)))
    return tuple(found)


def _global_cell(each: Live, *, debuffs: bool) -> int | None:
    modifies = each.modifies
    if modifies == _STATUS:
        return cells.STATUS + each.status
    if modifies in _TYPED:
        return _VECTORS[modifies] + each.damage_type
    if modifies == _ACCURACY:
        return None
    if modifies in _MOVEMENT and debuffs:
        return cells.DEBUFF_EFFECT + modifies
    return cells.EFFECT + modifies


def _is_defiance(each: Live) -> bool:
    """Return whether a damage buff is the Blaster's own, which the sums leave out."""
    if each.effect.special_case == SpecialCase.DEFIANCE:
        return True
    return any("defiance" in key.lower() for key, _ in each.conditions)


def is_silent(entry: Prepared, context: Context) -> bool:
    """Return whether an entry is lit for the sake of its slotted pieces only.

    A click that is no click buff lights up by itself as soon as a piece sits in it. Powers that
    cannot be slotted are lit by the user alone, who means it.
    """
    host = entry.host
    click = host.activation == _CLICK and not host.click_buff
    return click and entry.slottable and Quirk.SLOTTED_CLICK_COUNTS not in context.quirks


class SelfItem(NamedTuple):
    """One way an effect reaches the character.

    Attributes:
        place: Of the effect in its entry. cell: in B; times: ticks.
        neutral: A click that only looks lit: its raw number is taken away again.
        of_hit_points: The number is a share of the maximum hit points.
    """

    place: int
    cell: int
    times: int
    neutral: bool = False
    of_hit_points: bool = False


def self_items(entry: Prepared, effects: Sequence[Live], context: Context) -> tuple[SelfItem, ...]:
    """Return all ways the effects of an entry could reach the character, in order."""
    host = entry.host
    click = host.activation == _CLICK and not host.click_buff
    silent = is_silent(entry, context)
    suppression = context.settings.suppression
    untyped = Quirk.UNTYPED_DEFENSE_LOST not in context.quirks
    found: list[SelfItem] = []
    for index, each in enumerate(effects):
        if each.who not in _ON_SELF or each.attribute == _DAMAGE:
            continue
        if silent and not each.from_enhancement:
            continue
        if not _counts_in_sums(each, suppression):
            continue
        times = _repeated(each)
        boost = from_boost(each)
        if each.attribute == _ENHANCEMENT and each.modifies == _RANGE:
            stays_out = boost and Quirk.BOOST_RANGE_IN_TOTALS not in context.quirks
            if not stays_out:
                found.append(SelfItem(index, cells.EFFECT + _RANGE, times))
        if boost:
            continue
        second = _second_cell(each)
        if second is not None:
            found.append(SelfItem(index, second, times))
        cell = _self_cell(each, untyped=untyped)
        if cell is None:
            continue
        if _is_plain(each, cell):
            neutral = click and not each.from_enhancement
            share = each.attribute == _ABSORB and shows_percent(each.effect)
            found.append(SelfItem(index, cell, times, neutral, share))
        else:
            found.append(SelfItem(index, cell, times))
    return tuple(found)


def _second_cell(each: Live) -> int | None:
    """Return the cell of B an effect goes to beside `_self_cell`; None for nowhere."""
    attribute = each.attribute
    if attribute == _STATUS:
        return cells.PROTECTION + each.status
    if attribute == _STATUS_RESISTANCE:
        return cells.OWN_STATUS_RESISTANCE + each.status
    if attribute == _EFFECT_RESISTANCE:
        return cells.DEBUFF_RESISTANCE + each.modifies
    return None


def _is_plain(each: Live, cell: int) -> bool:
    """Return whether an effect goes to its cell as an effect like any other."""
    if cell >= cells.DAMAGE or cell == cells.EFFECT + _TO_HIT:
        return False
    return cell != cells.EFFECT + _ACCURACY or each.attribute == _ACCURACY


def _self_cell(each: Live, *, untyped: bool) -> int | None:
    """Return the one cell of B an effect goes to; None for nowhere.

    Args:
        untyped: Defense against no type in particular counts.
    """
    attribute, modifies = each.attribute, each.modifies
    if attribute == _ENDURANCE and each.aspect == _MAXIMUM:
        return cells.ENDURANCE
    if attribute != _EFFECT_RESISTANCE:
        if modifies == _STATUS:
            return cells.STATUS + each.status
        if modifies == _STATUS_RESISTANCE:
            return cells.STATUS_RESISTANCE + each.status
    if attribute in _VECTORS and (
        each.damage_type or (untyped and attribute == _DEFENSE and not each.absorbed)
    ):
        return _VECTORS[attribute] + each.damage_type
    if attribute != _EFFECT_RESISTANCE:
        if modifies == _ACCURACY:
            return cells.EFFECT + _ACCURACY
        if modifies in _MAXIMUM_OF and each.aspect == _MAXIMUM:
            return cells.EFFECT + _MAXIMUM_OF[modifies]
    if attribute == _TO_HIT:
        tertiary = each.from_enhancement and each.effect_class == _TERTIARY
        return None if tertiary else cells.EFFECT + attribute
    if attribute in _MAXIMUM_OF and each.aspect == _MAXIMUM:
        return cells.EFFECT + _MAXIMUM_OF[attribute]
    return cells.EFFECT + attribute


def counted(
    entry: Prepared, effects: Sequence[Live], chances: Chances, context: Context
) -> frozenset[int]:
    """Return the indices of the effects that reach one of the two sums."""
    found = {
        item.place
        for item in self_items(entry, effects, context)
        if chance_of(effects[item.place], chances) > 0 and not from_boost(effects[item.place])
    }
    silent = is_silent(entry, context)
    found |= {
        index
        for index, each in enumerate(effects)
        if (not silent or each.from_enhancement) and global_contributions((each,), chances, context)
    }
    return frozenset(found)


def add(into: cells.Accumulator, contributions: Iterable[Contribution]) -> None:
    """Add contributions in order."""
    for cell, value in contributions:
        into[cell] += value
