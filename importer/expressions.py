"""The export's infix language: text to a tree, the tree to text, and what follows from it alone.

A tree is nested tuples, JSON-able: ("num", 5.0), ("str", "critter"), ("name", "source>kMeter"),
("call", "source.Mode?", argument ...), ("not", tree), ("neg", tree), ("==", tree, tree) and so on
for the binary operators. What cannot be parsed is ("text", text).
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

Tree: TypeAlias = tuple[Any, ...]

TRUE: Final[Tree] = ("num", 1.0)
FALSE: Final[Tree] = ("num", 0.0)

# A name may hold one ">" without spaces (object > value); with spaces it is the comparison.
_WORD: Final = r"[@$*]?[A-Za-z_*][\w.@$%*:]*(?:-[A-Za-z][\w.]*)*\??|\d+[A-Za-z_][\w.]*"
_TOKEN: Final = re.compile(
    rf"\s*(?:(?P<number>\d*\.\d+|\d+(?![\w]))|(?P<text>'[^']*')"
    rf"|(?P<name>mapname>|(?:{_WORD})(?:>(?:{_WORD}|\d+))*)|(?P<sign>&&|\|\||==|!=|<=|>=|[-+*/<>!(),]))"
)
_LEVELS: Final[tuple[tuple[str, ...], ...]] = (
    ("||",),
    ("&&",),
    ("==", "!=", "<", "<=", ">", ">=", "eq"),
    ("+", "-"),
    ("*", "/"),
)
_UNARY: Final = len(_LEVELS)
_DEEPEST: Final = 100


class _UnreadableError(ValueError):
    pass


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def parse(self) -> Tree:
        tree = self._binary(0)
        if self._at < len(self._tokens):
            raise _UnreadableError
        return tree

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        self._at += 1
        return token

    def _expect(self, sign: str) -> None:
        if self._next() != ("sign", sign):
            raise _UnreadableError

    def _binary(self, level: int) -> Tree:
        if level == _UNARY:
            return self._unary()
        left = self._binary(level + 1)
        while (token := self._peek())[1] in _LEVELS[level] and token[0] != "text":
            self._at += 1
            left = (token[1], left, self._binary(level + 1))
        return left

    def _unary(self) -> Tree:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnreadableError
        kind, value = self._next()
        if (kind, value) == ("sign", "!"):
            tree: Tree = ("not", self._unary())
        elif (kind, value) == ("sign", "-"):
            tree = ("neg", self._unary())
        elif (kind, value) == ("sign", "("):
            tree = self._binary(0)
            self._expect(")")
        elif kind == "number":
            tree = ("num", float(value))
        elif kind == "text":
            tree = ("str", value[1:-1])
        elif kind == "name":
            tree = self._named(value)
        else:
            raise _UnreadableError
        self._depth -= 1
        return tree

    def _named(self, name: str) -> Tree:
        if self._peek() != ("sign", "("):
            return ("name", name)
        self._at += 1
        arguments = []
        if self._peek() != ("sign", ")"):
            arguments.append(self._binary(0))
            while self._peek() == ("sign", ","):
                self._at += 1
                arguments.append(self._binary(0))
        self._expect(")")
        return ("call", name, *arguments)


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _UnreadableError
        kind, value = match.lastgroup, match.group(match.lastgroup)
        found.append(("sign", "eq") if value == "eq" else (kind, value))
        at = match.end()
    return found


@lru_cache(maxsize=1 << 13)
def parse(text: str) -> Tree:
    """Return the tree of an expression; ("text", text) for one that nobody can read."""
    try:
        return _Parser(text).parse()
    except (_UnreadableError, RecursionError):
        return ("text", text)


def is_read(tree: Tree) -> bool:
    """Whether a text could be parsed."""
    return bool(tree[0] != "text")


def to_text(tree: Tree) -> str:
    """Return a text that parses to the same tree."""
    match tree:
        case ("num", number):
            return f"{number:g}"
        case ("str", text):
            return f"'{text}'"
        case ("name" | "text", text):
            return str(text)
        case ("call", name, *arguments):
            return f"{name}({', '.join(to_text(each) for each in arguments)})"
        case ("not", inner):
            return f"!({to_text(inner)})"
        case ("neg", inner):
            return f"-({to_text(inner)})"
    return f"({to_text(tree[1])}) {tree[0]} ({to_text(tree[2])})"


def both(left: Tree | None, right: Tree | None) -> Tree | None:
    """Return "left and right"; None stands for no condition."""
    if left is None or right is None:
        return left or right
    return ("&&", left, right)


_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right if right else 0.0,
}


def number(tree: Tree, known: Callable[[str], float | None]) -> float | None:
    """Return the value of an arithmetic tree; None where it needs what is not known.

    Args:
        tree: The tree.
        known: Gives the value of a name, None for one it does not know.
    """
    match tree:
        case ("num", value):
            return float(value)
        case ("name", name):
            return known(name)
        case ("neg", inner):
            value = number(inner, known)
            return None if value is None else -value
        case ("call", "minmax", value, low, high):
            values = [number(each, known) for each in (value, low, high)]
            if any(each is None for each in values):
                return None
            middle, least, most = (each for each in values if each is not None)
            return min(max(middle, least), most)
        case (sign, left, right) if sign in _ARITHMETIC:
            first, second = number(left, known), number(right, known)
            if first is None or second is None:
                return None
            return _ARITHMETIC[sign](first, second)
    return None


def fold(tree: Tree, values: Mapping[str, float]) -> tuple[float, float] | None:
    """Return (a, b) where the tree is a + b * @StdResult; None where it is more than that.

    Args:
        tree: The tree.
        values: What is known: name in small letters -> value.
    """

    def at(standard: float) -> float | None:
        return number(
            tree,
            lambda name: standard if name.lower() == "@stdresult" else values.get(name.lower()),
        )

    first, second, third = at(0.0), at(1.0), at(2.0)
    if first is None or second is None or third is None:
        return None
    step = second - first
    # A clamp or a quotient around @StdResult is no straight line.
    return (first, step) if abs(third - first - 2 * step) < 1e-9 else None
