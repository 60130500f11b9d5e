"""The tree of a formula, and how it is worked out.

Both languages, the planner's infix and the game's postfix, become this tree; nothing is ever handed
to Python to evaluate.

Source: calculation reference A, section 2.4; City of Data, section A.10.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Answer = float | str
Ask = Callable[["Word"], Answer]


class ExpressionError(ValueError):
    """A formula cannot be read or worked out; its effect is 0 and the reason is reported."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes, or a bare name in the postfix language."""

    value: str


@dataclass(frozen=True, slots=True)
class Word:
    """Something to be asked: a value of the character, the power, the target.

    Attributes:
        key: As written, its argument taken out ("source>Max.kHitPoints", "source.ownPower?").
        argument: Of a question, as written.
    """

    key: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with its operands."""

    name: str
    operands: tuple["Node", ...]


Node = Number | Text | Word | Call

RANDOM: Final = frozenset({"rand()", "rand"})
_COMPARED_WITH_CHANCE: Final = frozenset({">", ">=", "<", "<="})


def _minmax(value: float, one: float, other: float) -> float:
    low, high = min(one, other), max(one, other)
    return min(high, max(low, value))


def _divide(one: float, other: float) -> float:
    if other == 0:
        raise ExpressionError("division by zero")
    return one / other


def _median(*values: float) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _power(base: float, exponent: float) -> float:
    try:
        result: float | complex = base**exponent
    except (OverflowError, ZeroDivisionError) as cause:
        raise ExpressionError(f"{base:g} to the power {exponent:g} has no value") from cause
    if isinstance(result, complex):
        raise ExpressionError(f"{base:g} to the power {exponent:g} is not a real number")
    return result


_Function = Callable[..., float]
# Name: (number of operands, -1 for any from one; function).
FUNCTIONS: Final[Mapping[str, tuple[int, _Function]]] = {
    "+": (2, lambda a, b: a + b),
    "-": (2, lambda a, b: a - b),
    "*": (2, lambda a, b: a * b),
    "/": (2, _divide),
    "%": (2, lambda a, b: math.fmod(a, b) if b else _divide(a, b)),
    "^": (2, _power),
    "negate": (1, lambda a: -a),
    "!": (1, lambda a: float(not a)),
    "<": (2, lambda a, b: float(a < b)),
    ">": (2, lambda a, b: float(a > b)),
    "<=": (2, lambda a, b: float(a <= b)),
    ">=": (2, lambda a, b: float(a >= b)),
    "==": (2, lambda a, b: float(a == b)),
    "!=": (2, lambda a, b: float(a != b)),
    "&&": (2, lambda a, b: float(bool(a) and bool(b))),
    "||": (2, lambda a, b: float(bool(a) or bool(b))),
    "eq": (2, lambda a, b: float(a == b)),
    "ne": (2, lambda a, b: float(a != b)),
    "gt": (2, lambda a, b: float(a > b)),
    "gte": (2, lambda a, b: float(a >= b)),
    "lt": (2, lambda a, b: float(a < b)),
    "lte": (2, lambda a, b: float(a <= b)),
    "and": (2, lambda a, b: float(bool(a) and bool(b))),
    "or": (2, lambda a, b: float(bool(a) or bool(b))),
    "minmax": (3, _minmax),
    "pow": (2, _power),
    "sin": (1, math.sin),
    "cos": (1, math.cos),
    "tan": (1, math.tan),
    "csc": (1, lambda a: _divide(1, math.sin(a))),
    "sec": (1, lambda a: _divide(1, math.cos(a))),
    "cot": (1, lambda a: _divide(1, math.tan(a))),
    "asin": (1, math.asin),
    "acos": (1, math.acos),
    "atan": (1, math.atan),
    "acot": (1, lambda a: math.pi / 2 - math.atan(a)),
    "loge": (1, math.log),
    "log10": (1, math.log10),
    "logn": (2, math.log),
    "sqrt": (1, math.sqrt),
    "abs": (1, abs),
    "if": (3, lambda c, a, b: a if c else b),
    "ifelse": (3, lambda c, a, b: a if c else b),
    "ifless": (4, lambda a, b, x, y: x if a < b else y),
    "ifmore": (4, lambda a, b, x, y: x if a > b else y),
    "ifequal": (4, lambda a, b, x, y: x if a == b else y),
    "ceiling": (1, lambda a: float(math.ceil(a))),
    "floor": (1, lambda a: float(math.floor(a))),
    "truncate": (1, lambda a: float(math.trunc(a))),
    "round": (1, lambda a: float(round(a))),
    "max": (-1, max),
    "min": (-1, min),
    "avg": (-1, lambda *all_: sum(all_) / len(all_)),
    "median": (-1, _median),
}
CONSTANTS: Final[Mapping[str, float]] = {"e": math.e, "pi": math.pi}
_TAKES_TEXTS: Final = frozenset({"eq", "ne", "==", "!="})


def call(name: str, operands: Sequence[Node]) -> Call:
    """Return a call after checking name and number of operands.

    Raises:
        ExpressionError: Unknown function or wrong number of operands.
    """
    wanted, _ = FUNCTIONS.get(name, (None, None))
    if wanted is None:
        raise ExpressionError(f"unknown function {name!r}")
    if len(operands) != wanted and not (wanted < 0 < len(operands)):
        raise ExpressionError(f"{name!r} takes {wanted} operands, not {len(operands)}")
    return Call(name, tuple(operands))


def evaluate(node: Node, ask: Ask) -> Answer:
    """Work a tree out.

    A comparison with a fresh random number gives the chance that it holds, so a formula has an
    expected value and the same one at each reading.

    Args:
        ask: Answers words; raises ExpressionError for those it does not know.

    Raises:
        ExpressionError: A word nobody knows, a text where a number is needed, no real result.
    """
    match node:
        case Number(value):
            return value
        case Text(text):
            return text
        case Word():
            return ask(node)
    chance = _chance(node, ask)
    if chance is not None:
        return chance
    operands = [evaluate(each, ask) for each in node.operands]
    if node.name not in _TAKES_TEXTS and any(isinstance(each, str) for each in operands):
        raise ExpressionError(f"{node.name!r} needs numbers")
    if node.name in _TAKES_TEXTS:
        operands = [each.lower() if isinstance(each, str) else each for each in operands]
    try:
        return float(FUNCTIONS[node.name][1](*operands))
    except (ArithmeticError, TypeError, ValueError) as cause:
        raise ExpressionError(f"{node.name!r}: {cause}") from cause


def _chance(node: Call, ask: Ask) -> float | None:
    """Return the chance of a comparison with a random number, None if it is none."""
    if node.name not in _COMPARED_WITH_CHANCE:
        return None
    left, right = node.operands
    for number, other, below in ((right, left, ">"), (left, right, "<")):
        if isinstance(number, Word) and number.key in RANDOM:
            limit = evaluate(other, ask)
            if isinstance(limit, str):
                raise ExpressionError(f"{node.name!r} needs numbers")
            chance = min(1.0, max(0.0, limit))
            return chance if node.name.startswith(below) else 1 - chance
    return None
