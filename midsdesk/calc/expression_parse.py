"""From the text of a formula to its tree: the infix language and the game's postfix one.

Source: calculation reference A, sections 2.2 to 2.5; City of Data, section A.10.
"""

import re
from functools import lru_cache
from typing import Final

from midsdesk.calc.expression_tree import (
    CONSTANTS,
    FUNCTIONS,
    Call,
    ExpressionError,
    Node,
    Number,
    Text,
    Word,
    call,
)

_KEPT: Final = 4096
# Longer ones would make trees too deep to walk; real ones have a few dozen words.
_LONGEST: Final = 300
_DEEPEST: Final = 60
_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.\-:]*"
_OBJECT: Final = (
    r"(?:caster>modifier|modifier|effect|caster|char|auto|maintarget|source\.owner|target\.owner"
    r"|source|target|power\.base|power\.boosted)"
)
# What takes a name in parentheses, and the name may hold anything but a parenthesis.
_ASKING: Final = (
    r"[A-Za-z.]+\?|source\.owner>arch(?:In)?|caster>modifier|power(?:Group(?:Not)?In|Is(?:Not)?"
    r"|VectorsContains|Active)|GCM(?:Active|Scale)"
)
_TOKEN: Final = re.compile(
    rf"""\s*(?:
      (?P<slider>[A-Za-z_][A-Za-z_.\-]*)>variableVal\b
    | (?P<magnitude>{_NAME})>mag\((?P<index>\d+)\)
    | (?P<asking>{_ASKING})\s*\((?P<argument>[^()]*)\)
    | (?P<event>(?:source|target)\.Event[A-Za-z]+>)(?P<which>\w+)
    | (?P<value>{_OBJECT}>[A-Za-z_][\w.]*(?:>current)?%?)
    | (?P<random>rand\(\))
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | '(?P<text>[^']*)'
    | (?P<word>@\w+ | [A-Za-z.]+\? | (?:cur|base|max|mod|str)\.k\w+ | k[A-Z]\w*%?)
    | (?P<name>[A-Za-z$][A-Za-z0-9_]*)
    | (?P<operator>&&|\|\||<=|>=|==|!=|[-+*/%^()<>!,])
    )""",
    re.VERBOSE,
)
_LEVELS: Final = (
    frozenset({"&&", "||"}),
    frozenset({"<", ">", "<=", ">=", "==", "!=", "eq", "ne"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
_BARE_WORDS: Final = frozenset({"ifPvE", "ifPvP", "maxEndurance", "distance", "prevdistance"})


@lru_cache(_KEPT)
def infix(text: str) -> Node:
    """Return the tree of an infix formula.

    Raises:
        ExpressionError: It is none; the message names the place.
    """
    return _Infix(text).whole()


@lru_cache(_KEPT)
def postfix(text: str) -> Node:
    """Return the tree of a postfix formula: words, separated by blanks, that work on a stack.

    Raises:
        ExpressionError: A word lacks operands, or not exactly one value is left.
    """
    stack: list[Node] = []
    words = text.split()
    if len(words) > _LONGEST:
        raise ExpressionError("too long")
    for word in words:
        _push(word, stack)
    if len(stack) == 1 and isinstance(stack[0], Text):
        raise ExpressionError(f"{text!r} is no formula")
    if len(stack) != 1:
        raise ExpressionError(f"{len(stack)} values are left, not one")
    return stack[0]


def any_language(text: str) -> Node:
    """Return the tree of a formula in whichever language it is.

    Raises:
        ExpressionError: It is in neither; the message is that of the likelier one.
    """
    try:
        return infix(text)
    except ExpressionError as first:
        try:
            return postfix(text)
        except ExpressionError as second:
            likelier = second if _ends_in_operator(text) else first
            raise likelier from None


def _ends_in_operator(text: str) -> bool:
    words = text.lower().rsplit(maxsplit=1)
    return bool(words) and (words[-1] in FUNCTIONS or words[-1].endswith(">"))


def _push(word: str, stack: list[Node]) -> None:
    lower = word.lower()
    if lower == "dup":
        stack.append(_pop(word, stack))
        stack.append(stack[-1])
    elif lower in FUNCTIONS:
        wanted = FUNCTIONS[lower][0]
        count = 2 if wanted < 0 else wanted
        operands = [_pop(word, stack) for _ in range(count)][::-1]
        stack.append(Call(lower, tuple(operands)))
    elif word.endswith(">") or (word.endswith("?") and "." in word):
        _push_question(word, stack)
    elif (number := _number(word)) is not None:
        stack.append(Number(number))
    elif word.startswith("@") or word.endswith("?") or lower in ("rand", "distance"):
        stack.append(Word(word))
    else:
        stack.append(Text(word.strip("'")))


def _push_question(word: str, stack: list[Node]) -> None:
    """Put a value or question on the stack; what it is about stands before it."""
    about = _pop(word, stack)
    if isinstance(about, Text):
        asks = word.endswith("?") or "event" in word.lower()
        stack.append(Word(word, about.value) if asks else Word(word + about.value))
    elif isinstance(about, Number):
        stack.append(Word(word, f"{about.value:g}"))
    else:
        raise ExpressionError(f"{word!r} needs a name before it")


def _pop(word: str, stack: list[Node]) -> Node:
    if not stack:
        raise ExpressionError(f"{word!r} lacks an operand")
    return stack.pop()


def _number(word: str) -> float | None:
    if not re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", word):
        return None
    return float(word)


class _Infix:
    """A parser that goes down level by level; `_at` is the next token."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, Node | None]] = []
        place = 0
        text = text.rstrip()
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None or found.end() == place:
                raise ExpressionError(f"cannot read {text[place : place + 20]!r}")
            self._tokens.append(_token(found))
            place = found.end()
            if len(self._tokens) > _LONGEST:
                raise ExpressionError("too long")
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """Return the tree of all tokens."""
        tree = self._level(0)
        if self._at < len(self._tokens):
            raise ExpressionError(f"{self._tokens[self._at][1]!r} is left over")
        return tree

    def _next(self) -> tuple[str, str]:
        if self._at < len(self._tokens):
            kind, text, _ = self._tokens[self._at]
            return kind, text
        return "end", ""

    def _take(self, text: str) -> bool:
        if self._next() == ("operator", text):
            self._at += 1
            return True
        return False

    def _level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        left = self._level(level + 1)
        while self._next()[1] in _LEVELS[level] and self._next()[0] in ("operator", "name"):
            name = self._next()[1]
            self._at += 1
            left = call(name, [left, self._level(level + 1)])
        return left

    def _unary(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError("nested too deeply")
        try:
            if self._take("-"):
                return call("negate", [self._unary()])
            if self._take("!"):
                return call("!", [self._unary()])
            left = self._atom()
            while self._take("^"):
                left = call("^", [left, self._atom()])
            return left
        finally:
            self._depth -= 1

    def _atom(self) -> Node:
        kind, text = self._next()
        if kind == "end":
            raise ExpressionError("it ends too early")
        if self._take("("):
            inner = self._level(0)
            self._close()
            return inner
        node = self._tokens[self._at][2]
        self._at += 1
        if node is not None:
            return node
        if kind != "name":
            raise ExpressionError(f"{text!r} stands where a value should")
        return self._named(text)

    def _named(self, text: str) -> Node:
        lower = text.lower()
        if not self._take("("):
            if lower in CONSTANTS:
                return Number(CONSTANTS[lower])
            return Word(text)
        operands: list[Node] = []
        if not self._take(")"):
            operands.append(self._level(0))
            while self._take(","):
                operands.append(self._level(0))
            self._close()
        if lower == "random":
            return Word("rand()")
        return call(lower, operands)

    def _close(self) -> None:
        if not self._take(")"):
            raise ExpressionError("a closing parenthesis is missing")


def _token(found: "re.Match[str]") -> tuple[str, str, Node | None]:
    """Return kind, text and, for what is complete by itself, the node."""
    group = found.groupdict()
    text = found[0].strip()
    if group["number"] is not None:
        return "number", text, Number(float(group["number"]))
    if group["text"] is not None:
        return "text", text, Text(group["text"])
    if group["slider"] is not None:
        return "word", text, Word(">variableVal", group["slider"])
    if group["magnitude"] is not None:
        return "word", text, Word(">mag", f"{group['magnitude']} {group['index']}")
    if group["asking"] is not None:
        return "word", text, Word(group["asking"], group["argument"].strip())
    if group["event"] is not None:
        return "word", text, Word(group["event"], group["which"])
    if group["value"] is not None:
        return "word", text, Word(group["value"])
    if group["random"] is not None:
        return "word", text, Word("rand()")
    if group["word"] is not None or group["name"] in _BARE_WORDS:
        return "word", text, Word(text)
    if group["name"] is not None:
        return "name", group["name"], None
    return "operator", group["operator"], None
