"""Remembering answers by value.

A stage's answer is kept under its inputs and under what it asked the rest of the build while it
worked. It is used again when the inputs are the same and the same questions get the same answers:
no dirty flags, so none can be forgotten; undo finds the old answers still there.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from midsdesk.calc.facts import Answer, Facts, Listening, Question

_Value = TypeVar("_Value")
_Owner = TypeVar("_Owner")


class Memo(Generic[_Value]):
    """Answers by key. When it is full the older half goes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: dict[Hashable, _Value] = {}

    def get(self, key: Hashable, compute: Callable[[], _Value]) -> _Value:
        """Return the answer for `key`, computed if nobody remembers it."""
        found = self._values.get(key)
        if found is None:
            if len(self._values) >= self._limit:
                _halve(self._values)
            found = self._values[key] = compute()
        return found

    def __len__(self) -> int:
        return len(self._values)


class IdentityMemo(Generic[_Owner, _Value]):
    """Answers by the very object: builds share what an edit left alone, so hashing is not needed.

    The object is kept alive, so that its identity is not given to another.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: dict[int, tuple[_Owner, _Value]] = {}

    def get(self, owner: _Owner, compute: Callable[[_Owner], _Value]) -> _Value:
        """Return the answer for `owner`, computed if nobody remembers it."""
        found = self._values.get(id(owner))
        if found is None:
            if len(self._values) >= self._limit:
                _halve(self._values)
            found = self._values[id(owner)] = (owner, compute(owner))
        return found[1]

    def __len__(self) -> int:
        return len(self._values)


class TracedMemo(Generic[_Value]):
    """Answers by key and by what was asked on the way."""

    _VARIANTS = 8

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: dict[Hashable, list[tuple[tuple[tuple[Question, Answer], ...], _Value]]] = {}

    def find(self, key: Hashable, facts: Facts) -> _Value | None:
        """Return what is remembered for `key` under `facts`, None if nothing is."""
        for heard, value in self._values.get(key, ()):
            for question, answer in heard:
                if facts.ask(*question) != answer:
                    break
            else:
                return value
        return None

    def get(self, key: Hashable, facts: Facts, compute: Callable[[Listening], _Value]) -> _Value:
        """Return the answer for `key` under `facts`; `compute` must ask only its argument."""
        found = self.find(key, facts)
        if found is not None:
            return found
        variants = self._values.get(key)
        listening = Listening(facts)
        value = compute(listening)
        if variants is None:
            if len(self._values) >= self._limit:
                _halve(self._values)
            variants = self._values[key] = []
        variants.insert(0, (tuple(listening.heard.items()), value))
        del variants[self._VARIANTS :]
        return value

    def __len__(self) -> int:
        return sum(map(len, self._values.values()))


def _halve(values: "dict[Hashable, _Value] | dict[int, _Value]") -> None:
    """Forget the older half; dictionaries keep the order of insertion."""
    for key in list(values)[: len(values) // 2 + 1]:
        del values[key]  # type: ignore[arg-type]
