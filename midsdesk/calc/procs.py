"""How likely a chance effect fires.

Source: calculation reference A, section 3.
"""

from typing import Final

from midsdesk.calc.live import area_factor
from midsdesk.calc.quirks import Quirk
from midsdesk.model.vocab import Activation

_CEILING: Final = 0.9
_FLOOR: Final = 0.05
_FLOOR_PER_PPM: Final = 0.015
_TOGGLE_WINDOW_S: Final = 10.0


_HASTE_SHOWN: Final = 3.0


def shown_haste(haste: float, quirks: frozenset[Quirk]) -> float:
    """Return the recharge bonus the old planner works with: what it shows, up to 400 %."""
    return min(_HASTE_SHOWN, haste) if Quirk.HASTE_SHOWN_TO_400 in quirks else haste


def ppm_chance(
    ppm: float,
    *,
    activation: int,
    recharge: float,
    base_recharge: float,
    cast_time: float,
    radius: float,
    arc: float,
    effect_area: int,
    haste: float,
    quirks: frozenset[Quirk],
) -> float:
    """Return the chance of an effect with `ppm` procs a minute in the power it sits in.

    Args:
        recharge: Seconds as it stands, base_recharge: seconds untouched.
        cast_time: Plain cast time in seconds, never in server ticks.
        haste: Global recharge bonus contained in `recharge`, a fraction.

    Returns:
        A fraction between the floor (5 % and 1.5 % for each ppm) and 90 %.
    """
    factor = 0.75 * area_factor(radius, arc, effect_area) + 0.25
    if activation == Activation.CLICK:
        chance = ppm * (_own_recharge(recharge, base_recharge, haste, quirks) + cast_time)
    else:
        chance = ppm * _TOGGLE_WINDOW_S
    chance /= 60 * factor
    return min(_CEILING, max(chance, _FLOOR + _FLOOR_PER_PPM * ppm))


def _own_recharge(
    recharge: float, base_recharge: float, haste: float, quirks: frozenset[Quirk]
) -> float:
    """Return the recharge that only the power's own slotting (and Alpha) give."""
    if recharge == 0:
        return 0.0
    if recharge == base_recharge and Quirk.PPM_SUBTRACTS_GLOBAL_RECHARGE not in quirks:
        return recharge
    divisor = base_recharge / recharge - haste
    if divisor == 0:
        return float("inf")
    return base_recharge / divisor
