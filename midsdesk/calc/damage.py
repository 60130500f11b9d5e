"""How much damage a power does for one activation.

Source: calculation reference A, section 8.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from midsdesk.model.game import Power
from midsdesk.model.settings import DamageMode
from midsdesk.model.vocab import Activation, Attribute, DamageType, EffectClass, ToWho

_ALMOST_CERTAIN: Final = 0.999
_PROC_WINDOW_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One damage effect in force.

    Attributes:
        magnitude: points. probability: 0 to 1. ticks: 0 and 1 alike.
        autos_too: A piece's chance effect rolls once in ten seconds in autos as in toggles.
    """

    attribute: int
    damage_type: int
    magnitude: float
    probability: float
    ticks: int
    cancel_on_miss: bool
    from_enhancement: bool
    effect_class: int
    who: int
    counts: bool
    autos_too: bool = False


def damage_of(hit: Hit, power: Power, mode: DamageMode) -> float:
    """Return the points one effect adds to an activation, 0 if it does not count."""
    if hit.attribute != Attribute.DAMAGE or hit.effect_class == EffectClass.IGNORED:
        return 0.0
    if not hit.counts or hit.probability <= 0:
        return 0.0
    if hit.damage_type == DamageType.SPECIAL and hit.who == ToWho.SELF:
        return 0.0
    if mode is DamageMode.MINIMUM and hit.probability <= _ALMOST_CERTAIN:
        return 0.0
    value = hit.magnitude
    if mode is DamageMode.AVERAGE:
        value *= hit.probability
    running = power.activation == Activation.TOGGLE or (
        power.activation == Activation.AUTO and hit.autos_too and power.activate_period > 0
    )
    if running and hit.from_enhancement:
        value *= power.activate_period / _PROC_WINDOW_S
    return value * repeats(hit, mode)


def repeats(hit: Hit, mode: DamageMode) -> float:
    """Return how many ticks are expected; each may need all earlier ones to hit."""
    if hit.ticks <= 1:
        return 1.0
    chance = hit.probability
    if hit.cancel_on_miss and mode is DamageMode.AVERAGE and chance < 1:
        return float((1 - chance**hit.ticks) / (1 - chance))
    return float(hit.ticks)


def damage(hits: Iterable[Hit], power: Power, mode: DamageMode) -> float:
    """Return the points of one activation."""
    return sum(damage_of(hit, power, mode) for hit in hits)
