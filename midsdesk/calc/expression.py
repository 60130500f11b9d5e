"""Formulas that some effects carry instead of a number. Parsed, never evaluated by Python.

`expression_parse` makes trees of two languages, `expression_tree` works them out,
`expression_words` knows what their words mean; this module puts them together.

Source: calculation reference A, section 2; City of Data, section A.10.
"""

from dataclasses import dataclass
from typing import Final

from midsdesk.calc.expression_parse import any_language, infix
from midsdesk.calc.expression_tree import ExpressionError, Word, evaluate
from midsdesk.calc.expression_words import Current, Scene, game_word, planner_word
from midsdesk.calc.live import area_factor
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Effect, Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Attribute, Scaling

# The one postfix text the old planner understands, by its letters.
_KNOWN: Final = (
    ".8 rechargetime power.base> 1 30 minmax * 1.8 + 2 * @stdresult * 10 / areafactor power.base> /"
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A formula that could not be worked out; its effect is 0.

    Attributes:
        power: The power whose effect carries it. reason: In English, for the user.
    """

    power: PowerId
    text: str
    reason: str


def value(text: str, scene: Scene) -> float:
    """Return the value of a formula.

    Raises:
        ExpressionError: It cannot be read, or a word is unknown.
    """
    if Quirk.POSTFIX_IS_ZERO not in scene.context.quirks:
        result = evaluate(any_language(text), lambda word: game_word(scene, word))
    elif _KNOWN in text.lower():
        return _hard_coded(text, scene)
    else:
        result = evaluate(infix(text), lambda word: planner_word(scene, word))
    if isinstance(result, str):
        raise ExpressionError("its value is a text, not a number")
    return result


def magnitude(scene: Scene) -> float:
    """Return the raw magnitude of an effect that carries a formula for it.

    Damage stands in negative tables, so its sign is turned.

    Raises:
        ExpressionError: See `value`.
    """
    found = value(scene.each.effect.magnitude_expression, scene)
    return -found if scene.each.attribute == Attribute.DAMAGE else found


def chance(scene: Scene) -> float:
    """Return the value of an effect's formula for its probability, 0 where it has none."""
    try:
        return min(1.0, max(0.0, value(scene.each.effect.probability_expression, scene)))
    except ExpressionError:
        return 0.0


def _hard_coded(text: str, scene: Scene) -> float:
    """Return the value of the one postfix text the old planner knows.

    Source: calculation reference A, section 2.5.
    """
    host = scene.host
    found = (min(30.0, max(0.0, scene.current.recharge)) * 0.8 + 1.8) / 5
    found /= area_factor(host.radius, host.arc, host.effect_area)
    found *= scene.each.scale
    if len(text) - len(_KNOWN) > 2:
        found *= _number(text[len(_KNOWN) + 1 : len(_KNOWN) + 3])
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as cause:
        raise ExpressionError(f"{text!r} is not a number") from cause


def has_formula(effect: Effect) -> bool:
    """Return whether a formula replaces the number of an effect's magnitude."""
    return effect.scaling == Scaling.EXPRESSION and bool(effect.magnitude_expression)


def reads_its_power(effect: Effect) -> bool:
    """Return whether a formula speaks of the power it stands in."""
    return has_formula(effect) and "power.base>" in effect.magnitude_expression


def as_base(host: Power) -> Current:
    """Return the attributes of a power nothing has changed yet."""
    return Current(host.endurance_cost, host.recharge_time, host.range)


__all__ = [
    "Current",
    "ExpressionError",
    "Flaw",
    "Scene",
    "Word",
    "as_base",
    "chance",
    "has_formula",
    "magnitude",
    "reads_its_power",
    "value",
]
