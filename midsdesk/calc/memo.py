"""Remembering answers by value.

A stage's answer is kept under its inputs and under what it asked the rest of the build while it
worked. It is used again when the inputs are the same and the same questions get the same answers:
no dirty flags, so none can be forgotten; undo finds the old answers still there.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from midsdesk.calc.facts import Answer, Facts, Listening, Question

_Value = TypeVar("_Value")


class Memo(Generic[_Value]):
    """Answers by key, the least recently used forgotten first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[Hashable, _Value] = OrderedDict()

    def get(self, key: Hashable, compute: Callable[[], _Value]) -> _Value:
        """Return the answer for `key`, computed at most once."""
        values = self._values
        found = values.get(key)
        if found is None:
            found = values[key] = compute()
            if len(values) > self._limit:
                values.popitem(last=False)
        else:
            values.move_to_end(key)
        return found

    def __len__(self) -> int:
        return len(self._values)


class TracedMemo(Generic[_Value]):
    """Answers by key and by what was asked on the way."""

    _VARIANTS = 8

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[
            Hashable, list[tuple[tuple[tuple[Question, Answer], ...], _Value]]
        ] = OrderedDict()

    def get(self, key: Hashable, facts: Facts, compute: Callable[[Listening], _Value]) -> _Value:
        """Return the answer for `key` under `facts`; `compute` must ask only its argument."""
        variants = self._values.get(key)
        if variants is not None:
            self._values.move_to_end(key)
            for heard, value in variants:
                if all(facts.ask(*question) == answer for question, answer in heard):
                    return value
        listening = Listening(facts)
        value = compute(listening)
        if variants is None:
            variants = self._values[key] = []
            if len(self._values) > self._limit:
                self._values.popitem(last=False)
        variants.insert(0, (tuple(listening.heard.items()), value))
        del variants[self._VARIANTS :]
        return value

    def __len__(self) -> int:
        return sum(map(len, self._values.values()))
