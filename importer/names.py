"""Looking names up the way the game's data does: without case, and with a guess at a miss."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from typing import Final

_CLOSE_ENOUGH: Final = 0.8
_COMPARED: Final = 200


class Names:
    """The names one kind of record has."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.lower(): name for name in names if name}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def _relatives(self) -> dict[str, list[str]]:
        """Names by their first parts, and by their last part."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self._names:
            family, _, last = key.rpartition(".")
            found[family].append(key)
            found[f"*.{last}"].append(key)
        return found

    def suggest(self, name: str) -> str:
        """Return "Did you mean X?" for a name that is not there; "" if nothing is like it."""
        key = name.lower()
        family, _, last = key.rpartition(".")
        relatives = [*self._relatives.get(f"*.{last}", ()), *self._relatives.get(family, ())]
        near = get_close_matches(key, relatives[:_COMPARED], n=1, cutoff=_CLOSE_ENOUGH)
        return f"Did you mean {self._names[near[0]]}?" if near else ""
