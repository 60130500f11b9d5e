"""Flaws the importer found, and the report of an import.

Issues are collected, never raised: one bad record does not hide the next.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final


class Severity(StrEnum):
    """How bad an issue is."""

    INFO = "info"  # good to know
    WARNING = "warning"  # something is left out or guessed
    ERROR = "error"  # numbers would be wrong: the import stops, unless it is forced


@dataclass(frozen=True, slots=True)
class Issue:
    """One flaw.

    Attributes:
        severity: How bad.
        stage: Who found it: read, schema, reference, rules.
        file: Of the source, as people know it; empty for what concerns the whole.
        record: Which record, such as "power Pool.Flight.Hover"; empty for a whole file.
        field: Which value of it, such as "effects[3].scale"; empty for the whole record.
        message: What is wrong.
        suggestion: What to do, such as "did you mean Pool.Flight.Fly?"; may be empty.
    """

    severity: Severity
    stage: str
    file: str
    record: str
    field: str
    message: str
    suggestion: str = ""

    @property
    def place(self) -> str:
        """File, record and field as one text."""
        return ", ".join(part for part in (self.file, self.record, self.field) if part)


@dataclass(frozen=True, slots=True)
class StageFigures:
    """What a stage took.

    Attributes:
        seconds: Wall time.
        peak_mb: Highest memory of the process up to its end, in megabytes; None if unknown.
    """

    stage: str
    seconds: float
    peak_mb: float | None


_SHOWN_OF_A_KIND: Final = 3


@dataclass(slots=True)
class Report:
    """All there is to say about an import.

    Attributes:
        source: What was read.
        database: What was written; None for a check.
        content_hash: Of everything in it.
        counts: Table -> rows.
    """

    source: str
    name: str = ""
    version: str = ""
    database: str | None = None
    database_bytes: int = 0
    content_hash: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    stages: list[StageFigures] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def add(self, issues: Iterable[Issue]) -> None:
        """Collect more issues."""
        self.issues.extend(issues)

    def count(self, severity: Severity) -> int:
        """Return how many issues are of `severity`."""
        return sum(issue.severity is severity for issue in self.issues)

    @property
    def seconds(self) -> float:
        """Wall time of all stages."""
        return sum(stage.seconds for stage in self.stages)

    def as_json(self) -> dict[str, Any]:
        """Return a JSON-able value with everything."""
        return {
            "source": self.source,
            "name": self.name,
            "version": self.version,
            "database": self.database,
            "database_bytes": self.database_bytes,
            "content_hash": self.content_hash,
            "counts": self.counts,
            "stages": [asdict(stage) for stage in self.stages],
            "seconds": round(self.seconds, 3),
            "severities": {each.value: self.count(each) for each in Severity},
            "issues": [asdict(issue) for issue in self.issues],
        }

    def as_text(self) -> str:
        """Return a table for people: figures, and a few issues of each kind."""
        lines = [f"Game data    {self.name} {self.version}".rstrip(), f"Source       {self.source}"]
        if self.database:
            lines.append(f"Database     {self.database} ({self.database_bytes / 1e6:.1f} MB)")
        lines += [f"Content      {self.content_hash}", ""]
        lines += [f"{name:<20}{number:>9,}" for name, number in self.counts.items()]
        lines += ["", f"{'stage':<14}{'seconds':>9}{'peak MB':>10}"]
        for stage in self.stages:
            peak = "" if stage.peak_mb is None else f"{stage.peak_mb:.0f}"
            lines.append(f"{stage.stage:<14}{stage.seconds:>9.2f}{peak:>10}")
        lines += [f"{'all':<14}{self.seconds:>9.2f}", ""]
        lines.append("Issues       " + ", ".join(f"{self.count(each)} {each}" for each in Severity))
        return "\n".join([*lines, *self._issue_lines()])

    def _issue_lines(self) -> list[str]:
        """Return the worst first; of each kind the first few and how many more."""
        kinds: Counter[tuple[Severity, str, str]] = Counter()
        shown: list[tuple[int, str]] = []
        order = list(reversed(Severity))
        for issue in self.issues:
            kind = (issue.severity, issue.stage, _kind(issue))
            kinds[kind] += 1
            if kinds[kind] <= _SHOWN_OF_A_KIND:
                hint = f" {issue.suggestion}" if issue.suggestion else ""
                text = f"  {issue.severity:<8} {issue.place}: {issue.message}{hint}"
                shown.append((order.index(issue.severity), text))
        lines = [text for _, text in sorted(shown, key=lambda entry: entry[0])]
        for (severity, stage, what), number in sorted(kinds.items()):
            if number > _SHOWN_OF_A_KIND:
                more = number - _SHOWN_OF_A_KIND
                lines.append(f"  {severity:<8} and {more} more like it ({stage}: {what})")
        return lines


def _kind(issue: Issue) -> str:
    """Return what similar issues share: the file and the field without its numbers."""
    name = "".join(letter for letter in issue.field if not letter.isdigit())
    return f"{issue.file} {name}".strip()
