"""Undo and redo: snapshots of immutable builds, each step with a name."""

import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace

from midsdesk.app.ports import Calculator
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.catalog import Catalog

Edit = Callable[[Build], Build]
Data = tuple[Catalog, Calculator]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user asked for.

    Attributes:
        label: What the Edit menu shows after "Undo".
        edit: Pure; returns the new build or raises `RuleViolationError`.
        merge_key: Commands in a row with the same key undo as one (a dragged slider).
        piece: The piece it slots, for "the next piece of the set last used".
        told: One line about what it does, where the label is not enough.
        asked: Powers it is about; what happens to others along with it is told. None: nothing is.
    """

    label: str
    edit: Edit
    merge_key: Hashable | None = None
    piece: SlottedEnhancement | None = None
    told: str = ""
    asked: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A step from one build to another.

    Attributes:
        at: When it was taken, in seconds since 1970.
        data: The game data before and after, where the step went to others.
    """

    label: str
    before: Build
    after: Build
    merge_key: Hashable | None = None
    piece: SlottedEnhancement | None = None
    at: float = field(default=0.0, compare=False)
    data: tuple[Data, Data] | None = None


class History:
    """The current build and the way back. Knows nothing of Qt, disk or numbers."""

    def __init__(
        self, build: Build, *, limit: int = 500, clock: Callable[[], float] = time.time
    ) -> None:
        self.build = build
        self._clock = clock
        self._undo: deque[Change] = deque(maxlen=limit)
        self._redo: list[Change] = []

    @property
    def undo_label(self) -> str:
        """Name of the step that `undo` would take back, "" if there is none."""
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        """Name of the step that `redo` would do again, "" if there is none."""
        return self._redo[-1].label if self._redo else ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the steps done, oldest first."""
        return tuple(change.label for change in self._undo)

    @property
    def undone_labels(self) -> tuple[str, ...]:
        """Names of the steps undone, the one that `redo` does first at the front."""
        return tuple(change.label for change in reversed(self._redo))

    @property
    def steps(self) -> tuple[Change, ...]:
        """Steps done and undone, in the order they were taken."""
        return (*self._undo, *reversed(self._redo))

    @property
    def position(self) -> int:
        """How many of the steps are done."""
        return len(self._undo)

    def jump(self, position: int) -> Change | None:
        """Undo or do again until so many steps are done; one change, None where nothing moves."""
        before, label = self.build, ""
        data: tuple[Data, Data] | None = None
        while self.position > max(0, position):
            done = self._step_back()
            label, data = done.label, _joined(data, _turned(done.data))
        while self.position < position and self._redo:
            done = self._step_on()
            label, data = done.label, _joined(data, done.data)
        return Change(label, before, self.build, data=data) if label else None

    def do(self, command: Command) -> Change | None:
        """Run `command`. None: it changed nothing. If it raises, nothing has changed either."""
        after = command.edit(self.build)
        if after == self.build:
            return None
        now = self._clock()
        change = Change(command.label, self.build, after, command.merge_key, command.piece, now)
        last = self._undo[-1] if self._undo else None
        mergeable = last is not None and not self._redo and last.merge_key is not None
        if last is not None and mergeable and last.merge_key == command.merge_key:
            self._undo[-1] = replace(last, after=after, label=command.label, at=now)
        else:
            self._undo.append(change)
        self._redo.clear()
        self.build = after
        return change

    def put(self, change: Change) -> None:
        """Take a step whose outcome is known already."""
        self._undo.append(replace(change, at=self._clock()))
        self._redo.clear()
        self.build = change.after

    def undo(self) -> Change | None:
        """Step back; the returned change runs backwards, so views treat it like any other."""
        if not self._undo:
            return None
        done = self._step_back()
        return Change(done.label, done.after, done.before, data=_turned(done.data))

    def redo(self) -> Change | None:
        """Do the step undone last once more."""
        if not self._redo:
            return None
        done = self._step_on()
        return Change(done.label, before=done.before, after=done.after, data=done.data)

    def _step_back(self) -> Change:
        done = self._undo.pop()
        self._redo.append(done)
        self.build = done.before
        return done

    def _step_on(self) -> Change:
        done = self._redo.pop()
        self._undo.append(done)
        self.build = done.after
        return done


def _turned(data: tuple[Data, Data] | None) -> tuple[Data, Data] | None:
    return (data[1], data[0]) if data is not None else None


def _joined(
    first: tuple[Data, Data] | None, then: tuple[Data, Data] | None
) -> tuple[Data, Data] | None:
    """Return what two steps in a row do to the game data."""
    if first is None or then is None:
        return then or first
    return first[0], then[1]
