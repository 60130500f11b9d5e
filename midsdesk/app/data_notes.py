"""What lies beside each game database: the note of what was written, the report of its import."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from midsdesk.host.atomic import write_file

NOTE: Final = ".note.json"
REPORT: Final = ".report.json"


@dataclass(frozen=True, slots=True)
class Note:
    """What was written, and what was found of it since.

    Attributes:
        sha256, bytes: Of the database.
        source: Where it came from, "" for the packed data. attached: the Mids folder beside it.
        added, checked: When it was written, and when it was last found whole; "" for never.
        flaw: What the last check found, "" for nothing.
        signed: Who signed the update package it came in, "" where it came in none.
    """

    sha256: str
    bytes: int
    source: str = ""
    attached: str = ""
    added: str = ""
    checked: str = ""
    flaw: str = ""
    signed: str = ""


def beside(path: Path, ending: str) -> Path:
    """Return the file of a game database with this ending."""
    return path.with_name(path.stem + ending)


def read_note(path: Path) -> Note | None:
    """Return the note of a database; None if there is none, or it is damaged."""
    try:
        return Note(**json.loads(beside(path, NOTE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_note(path: Path, note: Note) -> None:
    """Write the note of a database.

    Raises:
        StorageError: It cannot be written.
    """
    write_file(beside(path, NOTE), json.dumps(asdict(note), indent=2).encode())


def read_report(path: Path) -> dict[str, object] | None:
    """Return a report of an import; None if there is none, or it is damaged."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
