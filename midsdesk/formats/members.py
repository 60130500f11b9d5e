"""Members of a JSON object, read with patience: any case, missing, of the wrong type.

What is read otherwise than it was written becomes an `Issue`; members nobody asked for are kept.
"""

import json
import unicodedata
from typing import Any

from midsdesk.errors import BuildFormatError
from midsdesk.formats.issues import Choice, Issue, Severity, Understood

MAX_TEXT = 64 * 1024
_LONGEST_LINE = 240
_TRUE, _FALSE = ("true", "1"), ("false", "0")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Notes:
    """Collects issues and choices while a file is read, and the lines of a text it understood.

    Attributes:
        line: The line that is being read, from 1; what is noted is noted of it. 0 for none.
    """

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self.choices: list[Choice] = []
        self.understood: list[Understood] = []
        self.line = 0

    def add(
        self, place: str, original: Any, outcome: str, severity: Severity = Severity.WARNING
    ) -> None:
        """Note one thing; the original text is shortened."""
        text = original if isinstance(original, str) else json.dumps(original, default=str)
        shown = clean(text[:120], lines=False)
        self.issues.append(Issue(place, shown, outcome, severity, self.line))

    def take(self, line: int, original: str, outcome: str) -> None:
        """Note a line that was understood."""
        shown = clean(" ".join(original.split())[:_LONGEST_LINE], lines=False)
        self.understood.append(Understood(line, shown, clean(outcome, lines=False)))


class Members:
    """One JSON object. Every member is taken by name once; `rest` gives the others."""

    def __init__(self, value: dict[str, Any], place: str, notes: Notes) -> None:
        self._place = place
        self._notes = notes
        self._values: dict[str, tuple[str, Any]] = {}
        for name, member in value.items():
            self._values.setdefault(name.lower(), (name, member))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._values

    def take(self, name: str) -> Any:
        """The raw value, None if it is missing."""
        return self._values.pop(name.lower(), (name, None))[1]

    def text(self, name: str, default: str = "", *, lines: bool = False) -> str:
        """A text without control characters; numbers are taken for texts."""
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self._wrong(name, value, f"is no text; “{default}” is taken")
            return default
        raw = str(value)
        if len(raw) > MAX_TEXT:
            raise BuildFormatError(f"{self._place}: {name} is far too long; the file is damaged.")
        cleaned = clean(raw, lines=lines)
        if cleaned != raw:
            self._wrong(name, raw, "held control characters; they were removed")
        return cleaned

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number in a range; texts are taken for numbers."""
        value = self.take(name)
        if value is None:
            return default
        if isinstance(value, str) and value.strip().lstrip("-").isascii():
            digits = value.strip()
            value = int(digits) if len(digits) < 12 and digits.lstrip("-").isdigit() else value
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e12:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(name, value, f"is no number; {default} is taken")
            return default
        if not low <= value <= high:
            limited = min(max(value, low), high)
            self._wrong(name, str(value)[:20], f"is out of range; {limited} is taken")
            return limited
        return value

    def flag(self, name: str) -> bool:
        """True or false; false if missing."""
        value = self.take(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).lower()
        if word in (*_TRUE, *_FALSE):
            return word in _TRUE
        self._wrong(name, value, "is neither true nor false; false is taken")
        return False

    def items(self, name: str) -> list[Any]:
        """A list, empty if missing."""
        value = self.take(name)
        if value is None or isinstance(value, list):
            return value or []
        self._wrong(name, value, "is no list; it is left out", Severity.LOST)
        return []

    def child(self, name: str) -> "Members | None":
        """An object, None if missing or null."""
        value = self.take(name)
        if isinstance(value, dict):
            return Members(value, self._place, self._notes)
        if value is not None:
            self._wrong(name, value, "is no object; it is left out", Severity.LOST)
        return None

    def rest(self) -> dict[str, Any]:
        """The members not taken, as they were written."""
        return dict(self._values.values())

    def extras(self) -> str:
        """The same as JSON text, "" if there are none."""
        rest = self.rest()
        return json.dumps(rest, ensure_ascii=True) if rest else ""

    def _wrong(
        self, name: str, value: Any, outcome: str, severity: Severity = Severity.WARNING
    ) -> None:
        self._notes.add(f"{self._place}, {name}", value, outcome, severity)


def clean(text: str, *, lines: bool) -> str:
    """Remove control characters, marks of writing direction and broken characters."""
    if text.isascii() and text.isprintable():
        return text
    kept = "\n\r\t" if lines else ""
    return "".join(
        sign
        for sign in text
        if sign in kept
        or not (sign in _BIDI or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp"))
    )
