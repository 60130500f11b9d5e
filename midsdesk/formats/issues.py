"""What a reader could not take as it stood: never dropped in silence."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue matters to what was read."""

    INFO = "info"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that was read otherwise than it was written.

    Attributes:
        place: As a player would say it: "Blaze, slot 3".
        original: The text of the file.
        outcome: What was made of it.
    """

    place: str
    original: str
    outcome: str
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        shown = f" “{self.original}”" if self.original else ""
        return f"{self.place}:{shown} {self.outcome}"
