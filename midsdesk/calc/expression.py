"""Formulas that some effects carry instead of a number. Parsed, never evaluated by Python.

Source: calculation reference A, section 2.
"""

from typing import Final

from midsdesk.calc.context import Context
from midsdesk.calc.facts import Asked
from midsdesk.calc.live import Live, area_factor
from midsdesk.model.game import Power

# The one postfix text the old planner understands, by its letters.
_KNOWN: Final = (
    ".8 rechargetime power.base> 1 30 minmax * 1.8 + 2 * @stdresult * 10 / areafactor power.base> /"
)


def magnitude(each: Live, host: Power, recharge: float, context: Context, facts: Asked) -> float:
    """Return the value of an effect's magnitude expression.

    Args:
        recharge: Of the host as it stands, seconds.

    Returns:
        The value; 0 where the text cannot be evaluated.
    """
    text = each.effect.magnitude_expression
    if _KNOWN in text.lower():
        value = (min(30.0, max(0.0, recharge)) * 0.8 + 1.8) / 5
        value /= area_factor(host.radius, host.arc, host.effect_area)
        value *= each.scale
        rest = text[len(_KNOWN) :]
        if len(rest) > 2:
            value *= _number(text[len(_KNOWN) + 1 : len(_KNOWN) + 3])
        return value
    return 0.0


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
