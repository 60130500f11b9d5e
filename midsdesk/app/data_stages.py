"""The nine stages of an import as a list shows them: how far each is, its time, what it found."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

# Name in the importer's progress -> title, and its usual share of the time.
STAGES: Final = (
    ("read", "Read", 0.30),
    ("schema", "Schema", 0.12),
    ("reference", "References", 0.06),
    ("rules", "Game rules", 0.03),
    ("transform", "Transform", 0.05),
    ("insert", "Insert", 0.24),
    ("index", "Index", 0.06),
    ("warm", "Warm cache", 0.13),
    ("statistics", "Statistics", 0.01),
)
# What the importer tells apart and a player need not.
_PART_OF: Final = {"attach": "read", "note": "statistics"}


class State(StrEnum):
    """How far a stage is."""

    WAITING = "waiting"
    NOW = "now"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage.

    Attributes:
        detail: What there is to say of it. share: how much is done, 0 to 1.
        seconds: It took, or has taken so far. issues: it found.
    """

    number: int
    title: str
    state: State
    detail: str = ""
    share: float = 0.0
    seconds: float = 0.0
    issues: int = 0


class StageWatch:
    """Follows one import by what its progress says."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()
        self._entered = self._begun
        self._at = -1
        self._done, self._total = 0, 0
        self._seconds = [0.0] * len(STAGES)
        self._issues: Counter[int] = Counter()
        self._ended = self._whole = False

    def step(self, done: int, total: int, name: str) -> None:
        """Take what the progress says; names that are no stage are passed over."""
        at = _number(name)
        if at is None or self._ended:
            return
        if at != self._at:
            now = self._clock()
            if self._at >= 0:
                self._seconds[self._at] += now - self._entered
            self._entered, self._at = now, at
        self._done, self._total = done, total

    def end(self, report: Mapping[str, Any] | None, *, whole: bool) -> None:
        """The import is over.

        Args:
            report: Of the import, None if there is none.
            whole: It came to a good end.
        """
        if self._at >= 0 and not self._ended:
            self._seconds[self._at] += self._clock() - self._entered
        self._ended, self._whole = True, whole
        for issue in (report or {}).get("issues", ()):
            at = _number(str(issue.get("stage", "")))
            if at is not None and issue.get("severity") != "info":
                self._issues[at] += 1

    @property
    def share(self) -> float:
        """How much of all is done, 0 to 1."""
        if self._ended and self._whole:
            return 1.0
        before = sum(weight for _, _, weight in STAGES[: max(0, self._at)])
        now = STAGES[self._at][2] * self._now if self._at >= 0 else 0.0
        return min(1.0, before + now)

    @property
    def caption(self) -> str:
        """Where it is, and how long it may still take."""
        if self._at < 0:
            return "starting"
        if self._ended:
            return f"{self._clock_text()} in all"
        text = f"stage {self._at + 1} of {len(STAGES)}"
        spent = self._clock() - self._begun
        if self.share < 0.1 or spent < 1.0:
            return text
        left = spent / self.share - spent
        return f"{text} · about {max(1, round(left))} s left"

    @property
    def rows(self) -> tuple[StageRow, ...]:
        """All nine."""
        return tuple(self._row(at) for at in range(len(STAGES)))

    @property
    def _now(self) -> float:
        return self._done / self._total if self._total > 0 else 0.0

    def _clock_text(self) -> str:
        return f"{sum(self._seconds):.1f} s"

    def _row(self, at: int) -> StageRow:
        title, issues = STAGES[at][1], self._issues[at]
        if at > self._at:
            state = State.DONE if self._ended and self._whole else State.WAITING
            return StageRow(at + 1, title, state, issues=issues)
        if at < self._at or (self._ended and self._whole):
            detail = _counted(issues) if issues else ""
            return StageRow(
                at + 1, title, State.DONE, detail, 1.0, self._seconds[at], issues=issues
            )
        if self._ended:
            return StageRow(at + 1, title, State.STOPPED, _counted(issues) if issues else "stopped")
        detail = f"{self._done:,} of {self._total:,}" if self._total > 1 else ""
        spent = self._seconds[at] + self._clock() - self._entered
        return StageRow(at + 1, title, State.NOW, detail, self._now, spent)


def _number(name: str) -> int | None:
    wanted = _PART_OF.get(name, name)
    return next((at for at, (known, *_) in enumerate(STAGES) if known == wanted), None)


def _counted(issues: int) -> str:
    return "1 remark" if issues == 1 else f"{issues:,} remarks"


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One flaw of a source: how bad, where, what."""

    severity: str
    place: str
    message: str


_ORDER: Final = {"error": 0, "warning": 1, "info": 2}


def issue_rows(report: Mapping[str, Any] | None) -> tuple[IssueRow, ...]:
    """The flaws in a report, the worst first."""
    found = []
    for issue in (report or {}).get("issues", ()):
        place = ", ".join(str(issue.get(name) or "") for name in ("file", "record", "field"))
        text = f"{issue.get('message', '')} {issue.get('suggestion', '')}".strip()
        found.append(IssueRow(str(issue.get("severity", "")), place.strip(", "), text))
    return tuple(sorted(found, key=lambda row: _ORDER.get(row.severity, 1)))
