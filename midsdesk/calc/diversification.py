"""Enhancement Diversification (ED): why a fourth recharge enhancement is nearly worthless.

Owns the diminishing-returns curve and which curve an attribute is on. What is summed before it,
and what is added after it, is `midsdesk.calc.strengthen`'s business.
"""

from typing import Final

from midsdesk.model.vocab import Attribute, Schedule, StatusEffect

Thresholds = tuple[tuple[float, float, float], ...]

# Share of the raw strength that survives beyond each threshold.
# Source: game rule, unchanged since Issue 6; calculation reference A, section 6.2.
_SURVIVING: Final = (0.90, 0.70, 0.15)

_A, _B, _C, _D = int(Schedule.A), int(Schedule.B), int(Schedule.C), int(Schedule.D)

# Source: calculation reference A, section 6.1: by the attribute enhanced, all others are on A.
_SCHEDULE: Final = {
    int(Attribute.DEFENSE): _B,
    int(Attribute.RESISTANCE): _B,
    int(Attribute.TO_HIT): _B,
    int(Attribute.RANGE): _B,
    int(Attribute.INTERRUPT_TIME): _C,
}
_STATUS: Final = int(Attribute.STATUS)
_KNOCK: Final = (int(StatusEffect.KNOCKBACK), int(StatusEffect.KNOCKUP))


def schedule_of(attribute: int, status: int = 0) -> int:
    """Return the schedule an attribute's strength is diversified on (`Schedule`, 0 to 3)."""
    if attribute == _STATUS:
        return _D if status in _KNOCK else _A
    return _SCHEDULE.get(attribute, _A)


def diversify(raw: float, schedule: int, thresholds: Thresholds) -> float:
    """Apply ED to the summed strength of one attribute in one power.

    Args:
        raw: Sum of the slotted enhancements' strengths as a fraction (0.95 is +95 %). Not yet
            including set bonuses or other globals: those are added after ED.
        schedule: `Schedule` A to D; decides where the bands begin.
        thresholds: The ruleset's, three ascending fractions for each schedule.

    Returns:
        The effective strength, a fraction. Equal to `raw` up to the first threshold, never above
        `raw`, never decreasing in `raw`. Negative strengths pass unchanged. 0 for the schedules
        none and multiple.
    """
    if not 0 <= schedule <= _D:
        return 0.0
    first, second, third = thresholds[schedule]
    if raw <= first:
        return raw
    first_share, second_share, third_share = _SURVIVING
    effective = first + first_share * (min(raw, second) - first)
    if raw > second:
        effective += second_share * (min(raw, third) - second)
    if raw > third:
        effective += third_share * (raw - third)
    return effective


def band(raw: float, schedule: int, thresholds: Thresholds) -> int:
    """Return how deep `raw` lies: 0 untouched, 1 to 3 the bands of ED."""
    return sum(raw > limit for limit in thresholds[schedule])
