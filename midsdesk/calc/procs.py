"""How likely a chance effect fires.

Source: calculation reference A, section 3.
"""

from collections.abc import Callable
from typing import Final

from midsdesk.calc.live import area_factor
from midsdesk.calc.quirks import Quirk
from midsdesk.model.vocab import Activation

_CEILING: Final = 0.9
_FLOOR: Final = 0.05
_FLOOR_PER_PPM: Final = 0.015
# Toggles, autos and pseudo-pets roll once in this time.
PROC_WINDOW_S: Final = 10.0

# The old planner works with the recharge bonus it shows: up to 400 %.
_HASTE_SHOWN: Final = 3.0
# The game never lets strength fall below this. Source: calculation reference A, section 11 item 10.
_RECHARGE_FLOOR: Final = 0.25


def own_recharge(
    recharge: float,
    base_recharge: float,
    own_strength: float,
    haste: Callable[[], float],
    quirks: frozenset[Quirk],
) -> float:
    """Return the recharge in seconds that a power's own slots (and Alpha) alone would give it.

    Args:
        recharge: Seconds as it stands, base_recharge: seconds untouched.
        own_strength: Of its slots after diversification, and of Alpha; a fraction.
        haste: Gives the global recharge bonus, a fraction; asked by the old planner only, which
            subtracts it even where `recharge` holds none of it.
    """
    if recharge == 0:
        return 0.0
    if Quirk.PPM_SUBTRACTS_GLOBAL_RECHARGE not in quirks:
        return base_recharge / max(_RECHARGE_FLOOR, 1 + own_strength)
    divisor = base_recharge / recharge - min(_HASTE_SHOWN, haste())
    return base_recharge / divisor if divisor else float("inf")


def ppm_chance(
    ppm: float,
    *,
    activation: int,
    recharge: float,
    cast_time: float,
    radius: float,
    arc: float,
    effect_area: int,
) -> float:
    """Return the chance of an effect with `ppm` procs a minute in the power it sits in.

    Args:
        recharge: Seconds, see `own_recharge`.
        cast_time: Plain cast time in seconds, never in server ticks.

    Returns:
        A fraction between the floor (5 % and 1.5 % for each ppm) and 90 %.
    """
    factor = 0.75 * area_factor(radius, arc, effect_area) + 0.25
    window = recharge + cast_time if activation == Activation.CLICK else PROC_WINDOW_S
    chance = ppm * window / (60 * factor)
    return min(_CEILING, max(chance, _FLOOR + _FLOOR_PER_PPM * ppm))
