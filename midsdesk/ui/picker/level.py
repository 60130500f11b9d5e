"""The level of the picker: digits, + and −, lowest, highest, back to what it was."""

from collections.abc import Callable
from time import monotonic

from midsdesk.model.vocab import RelativeLevel
from midsdesk.ui.picker.source import LevelLimits, Wish

# A second digit joins the first within this time; players know it from the old planner.
_JOIN_S = 5.0
Clock = Callable[[], float]


class LevelEntry:
    """Keeps the wish and the digits being typed."""

    def __init__(self, start: Wish, clock: Clock = monotonic) -> None:
        """Start with the level of the slot; `restore` comes back to it."""
        self._start = start
        self._clock = clock
        self._digits = ""
        self._typed_at = 0.0
        self._asked_relative = False
        self.wish = start

    def digit(self, digit: str) -> None:
        """Type a digit; the second one joins the first.

        What was typed is kept as it is: another piece may have the level that this one has not.
        """
        now = self._clock()
        joins = len(self._digits) == 1 and now - self._typed_at <= _JOIN_S
        self._digits = self._digits + digit if joins else digit
        self._typed_at = now
        self.wish = Wish(max(1, int(self._digits)), self.wish.relative)

    def step(self, by: int, limits: LevelLimits) -> None:
        """Change the relative level, or the number of boosters."""
        now = limits.clamped(self.wish).relative
        low, high = limits.relative_lowest, limits.relative_highest
        self._asked_relative = True
        self._set(self.wish.level, RelativeLevel(min(max(now + by, low), high)))

    def turn(self, by: int, limits: LevelLimits) -> None:
        """Change the level by one, or the relative level where there is no other."""
        now = limits.clamped(self.wish)
        if limits.numbered:
            level = min(max(now.level + by, limits.lowest), limits.highest)
            self._set(level, now.relative)
        else:
            self.step(by, limits)

    def lowest(self, limits: LevelLimits) -> None:
        """Go to the lowest level, or relative level where there is no other."""
        if limits.numbered:
            self._set(limits.lowest, self.wish.relative)
        else:
            self._set(self.wish.level, limits.relative_lowest)

    def highest(self, limits: LevelLimits) -> None:
        """Go to the highest level, or relative level where there is no other."""
        if limits.numbered:
            self._set(limits.highest, self.wish.relative)
        else:
            self._set(self.wish.level, limits.relative_highest)

    def default(self, limits: LevelLimits) -> None:
        """Go to the default level, and even."""
        self._set(limits.default, RelativeLevel.EVEN)

    def restore(self) -> None:
        """Go back to the level the slot had."""
        self._asked_relative = False
        self._set(self._start.level, self._start.relative)

    def leave_piece(self) -> None:
        """Another kind is looked at: boosters of the old piece do not go along unasked."""
        if not self._asked_relative:
            self._set(self.wish.level, RelativeLevel.EVEN)

    def _set(self, level: int, relative: RelativeLevel) -> None:
        self._digits = ""
        self.wish = Wish(level, relative)


def shown_level(wish: Wish, limits: LevelLimits) -> str:
    """Return the text of the level box: "50", "50+5", "+3", "even"."""
    possible = limits.clamped(wish)
    steps = int(possible.relative) - int(RelativeLevel.EVEN)
    sign = f"+{steps}" if steps > 0 else f"−{-steps}" if steps < 0 else ""
    if not limits.numbered:
        return sign or "±0"
    return f"{possible.level}{sign}"
