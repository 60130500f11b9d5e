"""What the user decided about doubtful texts of imports: remembered, and used the next time.

A decision is kept under the text it was about: the same misspelt name means the same thing in the
next file, whoever made it.
"""

import json
from typing import Final, Protocol

from midsdesk.errors import MidsdeskError
from midsdesk.formats.issues import Choice, Part
from midsdesk.model.catalog import Catalog

_KEY: Final = "import.decisions"
_MOST: Final = 2_000
# Decided to stay as it was read: nothing of what was offered.
AS_READ: Final = ""


class Store(Protocol):
    """Keeps texts under keys; the user's database does."""

    def setting(self, key: str) -> str | None:
        """A remembered value, None if there is none."""

    def set_setting(self, key: str, value: str) -> None:
        """Remember a value."""


class MemoryStore:
    """Keeps texts for as long as the program runs."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        """A remembered value, None if there is none."""
        return self._values.get(key)

    def set_setting(self, key: str, value: str) -> None:
        """Remember a value."""
        self._values[key] = value


class Decisions:
    """Decisions by the text they were about, the oldest first."""

    def __init__(self, store: Store | None = None) -> None:
        """Read what is kept; what cannot be read is as if nothing was."""
        self._store = store or MemoryStore()
        self._made = _read(self._store)

    def __len__(self) -> int:
        return len(self._made)

    def recall(self, choice: Choice, catalog: Catalog) -> str | None:
        """What was decided about this text, None if nothing was or the data no longer have it."""
        decided = self._made.get(choice.key)
        if decided is None or decided == AS_READ:
            return decided
        if any(decided == each.id for each in choice.candidates):
            return decided
        # A number means another thing in other data: only what is offered counts.
        named = not any(sign.isdigit() for sign in choice.original)
        return decided if named and _is_known(decided, choice.part, catalog) else None

    def remember(self, choice: Choice, candidate: str) -> None:
        """Keep a decision.

        Raises:
            MidsdeskError: It could not be kept; it holds as long as the program runs.
        """
        self._made.pop(choice.key, None)
        self._made[choice.key] = candidate
        while len(self._made) > _MOST:
            self._made.pop(next(iter(self._made)))
        self._keep()

    def forget(self, choice: Choice) -> bool:
        """Take a decision back; True if there was one.

        Raises:
            MidsdeskError: It could not be kept so.
        """
        if self._made.pop(choice.key, None) is None:
            return False
        self._keep()
        return True

    def forget_all(self) -> int:
        """Take all decisions back; returns how many there were.

        Raises:
            MidsdeskError: It could not be kept so.
        """
        count = len(self._made)
        self._made.clear()
        self._keep()
        return count

    def _keep(self) -> None:
        self._store.set_setting(_KEY, json.dumps(self._made))


def _read(store: Store) -> dict[str, str]:
    try:
        value = json.loads(store.setting(_KEY) or "{}")
    except (MidsdeskError, ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {key: each for key, each in value.items() if isinstance(each, str)}


def _is_known(name: str, part: Part, catalog: Catalog) -> bool:
    if part == Part.POWER:
        return catalog.power(name) is not None
    if part == Part.POWERSET:
        return catalog.powerset(name) is not None
    return catalog.enhancement(name) is not None
