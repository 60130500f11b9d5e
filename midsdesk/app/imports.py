"""Opening whatever a player has: a file, a dropped text, a link, a code. One way for all.

An `Import` is a build as it was read; nothing is open yet, and nothing that is open was touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from midsdesk.app.decisions import AS_READ, Decisions
from midsdesk.app.import_rows import Mark, Row, rows_of
from midsdesk.app.import_search import named
from midsdesk.errors import BuildFormatError, StorageError
from midsdesk.formats import forms
from midsdesk.formats.detect import MAX_BYTES
from midsdesk.formats.forms import Choice, Reading, decided
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog

_LINKS: Final = ("midsdesk:", "mrb:", "http:", "https:")


@dataclass(frozen=True, slots=True)
class Brought:
    """Something to open. `path`: its file, None for a text."""

    data: bytes
    name: str
    path: Path | None = None


def from_file(path: Path) -> Brought:
    """Bring a file.

    Raises:
        StorageError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as cause:
        raise StorageError(f"{path} does not exist any more.", path=path) from cause
    except (OSError, ValueError) as cause:
        reason = "it is a folder" if path.is_dir() else getattr(cause, "strerror", None)
        reason = "you may not read it" if isinstance(cause, PermissionError) else reason
        raise StorageError(f"{path} could not be read: {reason or cause}.", path=path) from cause
    return Brought(data, path.name, path)


def from_text(text: str, name: str) -> Brought:
    """Bring a text: of the clipboard, dropped, or of the command line."""
    return Brought(text.encode("utf-8", errors="replace"), name)


def from_word(word: str) -> Brought:
    """Bring what stands on the command line: a file, or a link or code.

    Raises:
        StorageError: It is meant as a file and cannot be read.
    """
    if word.lower().startswith("file:"):
        from urllib.parse import unquote, urlsplit  # noqa: PLC0415 - rarely needed

        return from_file(Path(unquote(urlsplit(word).path)))
    if not word.lower().startswith(_LINKS):
        path = Path(word).expanduser()
        if path.exists() or not _reads_like_a_build(word):
            return from_file(path.absolute())
    return from_text(word, "Command line")


def _reads_like_a_build(word: str) -> bool:
    try:
        return forms.detect(word.encode("utf-8", errors="replace")) is not None
    except BuildFormatError:
        return False


class Import:
    """A build as it was read, with what a person may decide.

    Attributes:
        decided: By index of the choice, the id decided for; `AS_READ` leaves it.
        recalled: Indices of those decided earlier, in another file.
    """

    def __init__(self, brought: Brought, reading: Reading, catalog: Catalog) -> None:
        """Use `read` instead."""
        self.brought = brought
        self.reading = reading
        self.catalog = catalog
        self.decided: dict[int, str] = {}
        self.recalled: frozenset[int] = frozenset()
        self._rows = rows_of(reading, catalog)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is doubtful."""
        return self.reading.choices

    @property
    def undecided(self) -> tuple[int, ...]:
        """Indices of the choices that nobody has decided."""
        return tuple(n for n in range(len(self.choices)) if n not in self.decided)

    @property
    def build(self) -> Build:
        """The build with everything decided so far."""
        build = self.reading.build
        for index in sorted(self.decided):
            build = self.with_decision(build, index)
        return build

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every line or field, with the decisions in words."""
        return tuple(self._shown(row) for row in self._rows)

    @property
    def doubtful(self) -> bool:
        """Something was not taken as it stood."""
        marks = {row.mark for row in self.rows}
        return not marks <= {Mark.UNDERSTOOD, Mark.NOTE}

    def with_decision(self, build: Build, index: int) -> Build:
        """A build with one choice decided as it stands here."""
        candidate = self.decided[index]
        return decided(build, self.choices[index], candidate) if candidate else build

    def decide(self, index: int, candidate: str) -> None:
        """Decide a choice: the id of what it means, `AS_READ` to leave it."""
        self.decided[index] = candidate
        self.recalled -= {index}

    def undecide(self, index: int) -> None:
        """Open a choice again."""
        self.decided.pop(index, None)
        self.recalled -= {index}

    def text(self) -> str:
        """The whole report as plain text, for posting it to somebody who can help."""
        lines = [f"{self.brought.name}: {self.reading.form}"]
        for row in self.rows:
            where = f"line {row.line}" if row.line else ""
            where = ", ".join(part for part in (where, row.place) if part)
            lines.append(
                f"[{row.mark}] {where}: {row.original} -> {row.made}".replace(":  ->", ":")
            )
        return "\n".join(lines) + "\n"

    def _shown(self, row: Row) -> Row:
        candidate = self.decided.get(row.choice)
        if candidate is None:
            return row
        how = "as decided before" if row.choice in self.recalled else "as you decided"
        if candidate == AS_READ:
            return replace(row, made=f"left as it is, {how}", mark=Mark.DECIDED)
        name = named(self.choices[row.choice], candidate, self.reading.build, self.catalog)
        return replace(row, made=f"{name}, {how}", mark=Mark.DECIDED)


def read(brought: Brought, catalog: Catalog, decisions: Decisions | None = None) -> Import:
    """Read what was brought; what was decided about the same texts before is decided again.

    Raises:
        BuildFormatError: No build, damaged, or not for these game data; names file and place.
    """
    try:
        reading = forms.read(brought.data, catalog, brought.name)
    except BuildFormatError as cause:
        text = f"{brought.name}: {cause.user_message}"
        raise BuildFormatError(text, path=brought.path) from cause
    made = Import(brought, reading, catalog)
    if decisions is not None:
        _recall(made, decisions)
    return made


def _recall(made: Import, decisions: Decisions) -> None:
    found = {}
    taken: set[str] = {entry.power.lower() for entry in made.reading.build.entries}
    for index, choice in enumerate(made.choices):
        candidate = decisions.recall(choice, made.catalog)
        if candidate is None or (candidate and candidate.lower() in taken):
            continue
        found[index] = candidate
        if choice.part == forms.Part.POWER:
            taken.add(candidate.lower())
    made.decided.update(found)
    made.recalled = frozenset(found)


def agree(made: Import, build: Build) -> None:
    """Open the decisions again that a build, edited since, no longer has."""
    for index in tuple(made.decided):
        choice = made.choices[index]
        as_decided = _place(made.build, choice)
        if _place(build, choice) not in (as_decided, None) and as_decided is not None:
            made.undecide(index)


def is_untouched(made: Import, index: int, build: Build) -> bool:
    """Whether the place that a choice decides stands in a build as it was read or decided."""
    choice = made.choices[index]
    place = _place(build, choice)
    return place is not None and place in (
        _place(made.reading.build, choice),
        _place(made.build, choice),
    )


def _place(build: Build, choice: Choice) -> object:
    """What stands where a choice decides, None if there is no such place."""
    if choice.part == forms.Part.POWERSET:
        return build.powersets[choice.index]
    if choice.index >= len(build.entries):
        return None
    entry = build.entries[choice.index]
    if choice.part == forms.Part.POWER:
        return entry
    if choice.slot >= len(entry.slots):
        return None
    slot = entry.slots[choice.slot]
    return entry.power, slot.level, slot.alternate if choice.alternate else slot.enhancement


def summary(rows: Sequence[Row]) -> tuple[int, int, int, int]:
    """How many rows there are, need a choice, were guessed or decided, and were left out."""
    marks = [row.mark for row in rows]
    guessed = marks.count(Mark.GUESSED) + marks.count(Mark.DECIDED)
    return len(rows), marks.count(Mark.CHOICE), guessed, marks.count(Mark.LOST)
