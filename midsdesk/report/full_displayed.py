"""The statistics the old planner shows, under its own keys.

Source: calculation reference B, section 3.3.
"""

from typing import Any, Final

from midsdesk.calc.calculation import Calculation
from midsdesk.report.full_names import DAMAGE

# The old planner writes 5/3 in two ways; the differences are below its own precision.
_PERCENT_PER_SECOND: Final = 1.66666662693024
_POINTS_PER_SECOND: Final = 1.666667
_MPH: Final = 0.6818182
_METERS: Final = 0.3048
_HASTE_SHOWN: Final = 400.0


def displayed(calculation: Calculation) -> dict[str, Any]:
    """Return the shown statistics with their uncapped twins."""
    return {
        **_health(calculation),
        **_endurance(calculation),
        **_offense(calculation),
        **_movement(calculation),
        **_vectors(calculation),
    }


def _ratio(value: float, by: float) -> float:
    return value / by if by else float("inf")


def _health(calculation: Calculation) -> dict[str, float]:
    raw, capped = calculation.totals, calculation.capped
    archetype = calculation.context.archetype
    share = (1 + capped.regeneration) * archetype.base_regeneration * _PERCENT_PER_SECOND
    per_second = share * capped.hit_points / 100
    return {
        "hitpoints": capped.hit_points,
        "hitpoints_uncapped": raw.hit_points,
        "hitpoints_percent_of_base": 100 * capped.hit_points / archetype.hit_points,
        "regeneration_percent": 100 * (1 + capped.regeneration),
        "regeneration_percent_uncapped": 100 * (1 + raw.regeneration),
        "regeneration_percent_per_second": share,
        "regeneration_hp_per_second": per_second,
        "regeneration_seconds_to_full": _ratio(capped.hit_points, per_second),
        "absorb": raw.absorb,
    }


def _endurance(calculation: Calculation) -> dict[str, float]:
    raw, capped = calculation.totals, calculation.capped
    base = calculation.context.archetype.base_recovery * _POINTS_PER_SECOND
    maximum = 100 + raw.endurance
    recovery = (1 + capped.recovery) * base * (1 + raw.endurance / 100)
    net = recovery - raw.endurance_use
    return {
        "endurance_max": maximum,
        "recovery_percent": 100 * (1 + capped.recovery),
        "recovery_percent_uncapped": 100 * (1 + raw.recovery),
        "recovery_per_second": recovery,
        "recovery_per_second_uncapped": (1 + raw.recovery) * base * (1 + raw.endurance / 100),
        "endurance_use_per_second": raw.endurance_use,
        "recovery_net_per_second": net,
        "recovery_net_loss_per_second": -net,
        "seconds_to_full": _ratio(maximum, recovery),
        "seconds_to_full_net": _ratio(maximum, net),
        "seconds_to_zero_net": _ratio(maximum, -net),
    }


def _offense(calculation: Calculation) -> dict[str, float]:
    raw, capped = calculation.totals, calculation.capped
    archetype = calculation.context.archetype
    return {
        "to_hit_percent": 100 * raw.to_hit,
        "accuracy_percent": 100 * raw.accuracy,
        "end_reduction_percent": 100 * raw.endurance_discount,
        "haste_percent": min(_HASTE_SHOWN, 100 * (1 + capped.haste)),
        "haste_percent_uncapped": 100 * (1 + raw.haste),
        "damage_percent": min(100 * archetype.damage_cap, 100 * (1 + capped.damage)),
        "damage_percent_uncapped": 100 * (1 + raw.damage),
        "range": raw.range,
        "range_percent": 100 * raw.range,
        "threat": 100 * (raw.threat + archetype.base_threat),
    }


def _movement(calculation: Calculation) -> dict[str, float]:
    raw, capped = calculation.totals, calculation.capped
    found = {
        "perception_feet": capped.perception_ft,
        "perception_feet_uncapped": raw.perception_ft,
    }
    for unit, factor in (("mph", _MPH), ("feet_per_second", 1.0)):
        for key in ("run_speed", "jump_speed", "fly_speed"):
            found[f"{key}_{unit}"] = getattr(capped, key) * factor
            found[f"{key}_{unit}_uncapped"] = getattr(raw, key) * factor
    found["jump_height_feet"] = capped.jump_height_ft
    found["jump_height_meters"] = capped.jump_height_ft * _METERS
    return found


def _vectors(calculation: Calculation) -> dict[str, Any]:
    raw, capped = calculation.totals, calculation.capped
    return {
        "defense_percent": {name: raw.defense[i] * 100 for i, name in DAMAGE.items()},
        "resistance_percent": {name: capped.resistance[i] * 100 for i, name in DAMAGE.items()},
        "resistance_percent_uncapped": {
            name: raw.resistance[i] * 100 for i, name in DAMAGE.items()
        },
    }
