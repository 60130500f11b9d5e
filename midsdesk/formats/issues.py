"""What a reader could not take as it stood: never dropped in silence."""

from dataclasses import dataclass
from enum import StrEnum

from midsdesk.model.build import PowerEntry, SlottedEnhancement


class Severity(StrEnum):
    """What became of the text: a remark, something else was taken for it, or nothing was."""

    INFO = "info"
    WARNING = "warning"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that was read otherwise than it was written.

    Attributes:
        place: As a player would say it: "Blaze, slot 3".
        original: The text of the file.
        outcome: What was made of it.
        line: Of the text, from 1; 0 where a form has no lines.
    """

    place: str
    original: str
    outcome: str
    severity: Severity = Severity.WARNING
    line: int = 0

    def __str__(self) -> str:
        shown = f" “{self.original}”" if self.original else ""
        return f"{self.place}:{shown} {self.outcome}"


@dataclass(frozen=True, slots=True)
class Understood:
    """A line of a text that was taken as it stood, and what it became."""

    line: int
    original: str
    outcome: str


class Part(StrEnum):
    """Which part of a build a choice decides."""

    POWER = "power"
    POWERSET = "powerset"
    PIECE = "piece"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a doubtful text may mean: its id, its name for people, and why it is offered."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A line or field that means one thing or another; a person decides.

    Attributes:
        place, original, outcome: As in an `Issue`.
        candidates: The likeliest first.
        part: What it decides. index: of the entry, or of the powerset's place.
        slot: Of the entry, from 0, for a piece; `alternate`: the other build's piece.
        entry: For a power: the entry as it would stand, with its slots, whatever its power.
        piece: For a piece: its level and grade, whatever its enhancement.
        line: Of the text, from 1; 0 where a form has no lines.
    """

    place: str
    original: str
    outcome: str
    candidates: tuple[Candidate, ...]
    part: Part
    index: int
    slot: int = 0
    alternate: bool = False
    entry: PowerEntry | None = None
    piece: SlottedEnhancement | None = None
    line: int = 0

    @property
    def key(self) -> str:
        """What to remember a decision under: the same text means the same the next time."""
        return f"{self.part}:{self.original.lower()}"
