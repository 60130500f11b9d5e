"""An effect in force: a definition of the catalog with what its host power made of it.

Owns the magnitude, duration and tick rules of one effect. Values of this module are built once by
`midsdesk.calc.assemble` and never changed afterwards.

Source: calculation reference A, section 1.
"""

import math
import struct
from typing import Any, Final

from midsdesk.model.game import Effect, Power
from midsdesk.model.vocab import Aspect, Attribute, Override, Scaling

_F32: Final = struct.Struct("<f")

_POINTS_AT_MAXIMUM: Final = frozenset(
    {
        Attribute.HIT_POINTS,
        Attribute.ABSORB,
        Attribute.ENDURANCE,
        Attribute.SPEED_RUNNING,
        Attribute.SPEED_JUMPING,
        Attribute.SPEED_FLYING,
    }
)
_POINTS_AT_CURRENT: Final = frozenset(
    {Attribute.STATUS, Attribute.STEALTH_RADIUS, Attribute.STEALTH_RADIUS_PLAYER}
)
_DAMAGE: Final = int(Attribute.DAMAGE)


def single(value: float) -> float:
    """Round to single precision, as the old planner stores numbers."""
    return float(_F32.unpack(_F32.pack(value))[0])


class Live:
    """An effect in force.

    Attributes:
        effect: The definition. power: the power it was defined in.
        scale: Own scale, times the slider of stacks. n_duration: seconds.
        probability, ppm, ticks, delay, who, effect_class: as in force in this host.
        conditions: Its own and those of the effects that executed it.
        from_enhancement: A slotted piece brought it. granted: it came through a grant.
        absorbed: It comes from another power; absorbed_kind: that power's `Activation`;
            absorbed_power: that power, where it is known.
        column: Column of the modifier tables.
        magnitude, duration: Raw, before any strength.
        met, valid, fits: Its gate, its conditions, its PvE/PvP mode and class.
        asks: Its numbers depend on results of an earlier round.
        variable: The slider of stacks multiplies it.
    """

    __slots__ = (
        "absorbed",
        "absorbed_kind",
        "absorbed_power",
        "asks",
        "aspect",
        "attribute",
        "buffable",
        "class_column",
        "conditions",
        "damage_type",
        "delay",
        "duration",
        "effect",
        "effect_class",
        "fits",
        "from_enhancement",
        "ignores_ed",
        "ignores_scaling",
        "life",
        "magnitude",
        "met",
        "modifies",
        "n_duration",
        "power",
        "ppm",
        "probability",
        "scale",
        "stacking",
        "status",
        "ticks",
        "valid",
        "who",
    )

    asks: bool
    attribute: int
    damage_type: int
    status: int
    modifies: int
    aspect: int
    effect_class: int
    stacking: bool
    ignores_ed: bool
    effect: Effect
    power: Power
    scale: float
    n_duration: float
    probability: float
    ppm: float
    ticks: int
    delay: float
    who: int
    conditions: tuple[tuple[str, str], ...]
    buffable: bool
    ignores_scaling: bool
    from_enhancement: bool
    absorbed: bool
    absorbed_kind: int
    absorbed_power: Power | None
    class_column: int
    life: float
    magnitude: float
    duration: float
    met: bool
    valid: bool
    fits: bool

    def copy(self, **changes: Any) -> "Live":
        """Return a copy with some attributes changed."""
        new = Live.__new__(Live)
        for name in Live.__slots__:
            setattr(new, name, getattr(self, name))
        for name, value in changes.items():
            setattr(new, name, value)
        return new


def live(effect: Effect, power: Power) -> Live:
    """Return the effect as its own power has it, with nothing computed yet."""
    new = Live.__new__(Live)
    new.effect = effect
    new.power = power
    new.attribute = effect.attribute
    new.damage_type = effect.damage_type
    new.status = effect.status
    new.modifies = effect.modifies
    new.aspect = effect.aspect
    new.effect_class = effect.effect_class
    new.stacking = effect.stacking
    new.ignores_ed = effect.ignores_ed
    new.scale = effect.scale
    new.n_duration = effect.duration
    new.probability = effect.probability
    new.ppm = effect.ppm
    new.ticks = effect.ticks
    new.delay = effect.delay
    new.who = effect.to_who
    new.conditions = effect.conditions
    new.buffable = effect.buffable
    new.ignores_scaling = effect.ignores_scaling
    new.from_enhancement = False
    new.absorbed = False
    new.absorbed_kind = 0
    new.absorbed_power = None
    new.class_column = -1
    new.life = 0.0
    new.magnitude = new.duration = 0.0
    new.met = new.valid = new.fits = True
    new.asks = False
    return new


def shows_percent(effect: Effect) -> bool:
    """Return whether a magnitude is a fraction of something (and shown as percent).

    Source: calculation reference A, section 1.4.
    """
    if effect.percent_override != Override.AUTOMATIC:
        return effect.percent_override == Override.YES
    if effect.attribute == Attribute.SILENT_KILL or effect.aspect == Aspect.ABSOLUTE:
        return False
    if effect.aspect == Aspect.MAXIMUM:
        return effect.attribute not in _POINTS_AT_MAXIMUM
    if effect.aspect == Aspect.CURRENT:
        return effect.attribute not in _POINTS_AT_CURRENT
    return True


def table_magnitude(each: Live, modifier: float) -> float:
    """Return the raw magnitude of an effect that needs no expression.

    Damage tables are negative, so the sign of damage is turned: damage comes out positive.
    """
    scaling = each.effect.scaling
    if scaling == Scaling.MAGNITUDE:
        value = each.scale * each.effect.magnitude * modifier
    elif scaling == Scaling.DURATION:
        value = each.effect.magnitude
    else:
        value = each.scale * each.effect.magnitude
    return -value if each.attribute == _DAMAGE else value


def table_duration(each: Live, modifier: float) -> float:
    """Return the raw duration in seconds of an effect that needs no expression."""
    if each.effect.scaling == Scaling.DURATION:
        return each.scale * modifier
    return each.n_duration


def tick_count(life: float, period: float, *, single_precision: bool) -> int:
    """Return how often a pet's power acts in `life` seconds, once every `period`.

    Args:
        single_precision: Divide the single-precision numbers as they are (15 s / 0.2 s gives 75);
            otherwise 0.2 means 0.2 (76).
    """
    if period <= 0:
        return 0
    if single_precision:
        return 1 + math.floor(single(life) / single(period))
    return 1 + math.floor(round(life, 4) / round(period, 4) + 1e-9)


def area_factor(power_radius: float, arc: float, effect_area: int) -> float:
    """Return the area modifier A: how much a wider power is worth less for each target.

    Source: calculation reference A, section 3.2.
    """
    if effect_area == 2:
        return 1 + 0.15 * power_radius
    if effect_area == 3:
        return 1 + 0.15 * power_radius - 0.000366669992217794 * power_radius * (360 - arc)
    return 1.0


def arcana_time(cast: float) -> float:
    """Return a cast time in server ticks of 0.132 s, one tick for the round trip added."""
    ticks = math.ceil(single(single(cast) / single(0.132)))
    return (ticks + 1) * 0.132
