"""Presented values kept while what they were made of stays the same."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Memo:
    """The last value of each name. Not shared between documents; one thread only."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._parts: dict[str, dict[Hashable, Any]] = {}

    def value(self, name: str, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return the kept value if `key` equals the last one, else make it anew.

        Members of the key are compared by identity first, so an unchanged build costs nothing.
        """
        kept = self._kept.get(name)
        if kept is None or not _same(kept[0], key):
            kept = self._kept[name] = (key, make())
        return cast(T, kept[1])

    def parts(self, name: str) -> "Parts":
        """A generation of equal parts; see `Parts`."""
        return Parts(self._parts, name)


class Parts:
    """Parts made in one go; those whose key was there the last time are taken over unchanged."""

    def __init__(self, store: dict[str, dict[Hashable, Any]], name: str) -> None:
        self._old = store.get(name, {})
        self._new: dict[Hashable, Any] = {}
        store[name] = self._new

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the part with this key."""
        value = self._old.get(key)
        if value is None:
            value = self._new.get(key)
        if value is None:
            value = make()
        self._new[key] = value
        return cast(T, value)


def _same(first: tuple[object, ...], second: tuple[object, ...]) -> bool:
    return len(first) == len(second) and all(
        one is other or one == other for one, other in zip(first, second, strict=True)
    )
