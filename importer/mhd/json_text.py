"""JSON files with their white space: read, and written back as they were.

Numbers must be finite and nesting modest; anything else about the content is the caller's business.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Final

from importer.mhd.errors import BadJsonError, BadTextError

_BOM: Final = b"\xef\xbb\xbf"
# Enough for the style of any file: the first member, and a line or two.
_HEAD_CHARACTERS: Final = 4096


@dataclass(frozen=True, slots=True)
class JsonStyle:
    """How a JSON file is laid out.

    Attributes:
        indent: White space of one level; None: all on one line.
        comma: What separates items on one line.
        colon: What separates a name and its value.
        newline: Line ending.
        tail: White space after the last brace.
        bom: Whether it begins with a byte order mark.
        ascii: Whether other characters are written as escapes.
    """

    indent: str | None = "  "
    comma: str = ","
    colon: str = ": "
    newline: str = "\n"
    tail: str = ""
    bom: bool = False
    ascii: bool = False

    def as_head(self) -> dict[str, Any]:
        """Return it as JSON-able members."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class JsonText:
    """A JSON file.

    Attributes:
        value: What it says.
        style: How it is laid out.
        raw: The bytes, if the style alone does not give them back (mixed white space, other
            spellings of numbers); else None.
    """

    value: Any
    style: JsonStyle
    raw: bytes | None = None


def decode(data: bytes) -> JsonText:
    """Read a JSON file.

    Raises:
        BadJsonError: Not JSON, nested too deep, or with numbers that are not finite.
        BadTextError: Not UTF-8.
    """
    value, style = parse(data)
    again = serialise(value, style)
    return JsonText(value, style, None if again == data else data)


def encode(content: JsonText) -> bytes:
    """Write a JSON file: `encode(decode(data)) == data`."""
    return serialise(content.value, content.style) if content.raw is None else content.raw


def parse(
    data: bytes, object_hook: Callable[[dict[str, Any]], Any] | None = None
) -> tuple[Any, JsonStyle]:
    """Return the value and the style, without checking that the style gives `data` back.

    Args:
        data: The whole file.
        object_hook: Gets every object as soon as it is read and returns what stands for it.

    Raises:
        BadJsonError, BadTextError: See `decode`.
    """
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as cause:
        raise BadTextError(cause.start) from cause
    try:
        value = json.loads(
            text, object_hook=object_hook, parse_constant=_refuse, parse_float=_finite
        )
    except json.JSONDecodeError as cause:
        offset = len(text[: cause.pos].encode())
        raise BadJsonError(offset, f"Not valid JSON ({cause.msg})") from cause
    except RecursionError as cause:
        raise BadJsonError(None, "JSON nested too deep") from cause
    except ValueError as cause:
        raise BadJsonError(None, f"JSON with a number that cannot be used ({cause})") from cause
    return value, _style(text, bom=data.startswith(_BOM))


def serialise(value: Any, style: JsonStyle) -> bytes:
    """Write `value` in `style`.

    Raises:
        BadJsonError: Nested too deep, or a text holds half a character, which no file can.
    """
    try:
        text = json.dumps(
            value,
            indent=style.indent,
            separators=(style.comma, style.colon),
            ensure_ascii=style.ascii,
            allow_nan=False,
        )
    except RecursionError as cause:
        raise BadJsonError(None, "JSON nested too deep") from cause
    if style.newline != "\n":
        text = text.replace("\n", style.newline)
    try:
        return (_BOM if style.bom else b"") + (text + style.tail).encode()
    except UnicodeEncodeError as cause:
        raise BadJsonError(None, "A text holds half a character") from cause


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text[:40])
    return number


def _style(text: str, *, bom: bool) -> JsonStyle:
    head = text[:_HEAD_CHARACTERS]
    opening = re.match(r"[{\[](\r\n|\n|\r)([ \t]*)", head)
    colon = re.search(r'"(\s*:\s*)', head)
    comma = re.search(r"[\w\"\]}](,[ \t]*)", head)
    return JsonStyle(
        indent=opening[2] if opening else None,
        comma="," if opening else comma[1] if comma else ",",
        colon=colon[1] if colon else ": ",
        newline=opening[1] if opening else "\n",
        tail=text[len(text.rstrip(" \t\r\n")) :],
        bom=bom,
        ascii=text.isascii(),
    )
