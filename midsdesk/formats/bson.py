"""BSON, as far as the share texts of spring 2023 need it. Reading only.

Source: build files, section 7.2.
"""

import struct
from typing import Any

from midsdesk.errors import BuildFormatError

_DEEPEST = 40
_SHORTEST = 5


def loads(data: bytes) -> dict[str, Any]:
    """Read a document.

    Raises:
        BuildFormatError: Damaged, too deep, or of a type no build has.
    """
    try:
        value, end = _document(data, 0, 0)
    except (struct.error, IndexError, ValueError) as cause:
        raise BuildFormatError("The share text is damaged: its inner form is broken.") from cause
    if end != len(data):
        raise BuildFormatError("The share text is damaged: its sizes disagree.")
    return value


def _document(data: bytes, at: int, depth: int) -> tuple[dict[str, Any], int]:
    if depth > _DEEPEST:
        raise BuildFormatError("The share text is damaged: it is nested far too deep for a build.")
    size = struct.unpack_from("<i", data, at)[0]
    end = at + size
    if size < _SHORTEST or end > len(data) or data[end - 1] != 0:
        raise BuildFormatError("The share text is damaged: its sizes disagree.")
    at += 4
    found: dict[str, Any] = {}
    while data[at] != 0:
        kind = data[at]
        stop = data.index(0, at + 1)
        name = data[at + 1 : stop].decode("utf-8")
        found[name], at = _value(data, stop + 1, kind, depth)
    if at != end - 1:
        raise BuildFormatError("The share text is damaged: its sizes disagree.")
    return found, end


def _value(data: bytes, at: int, kind: int, depth: int) -> tuple[Any, int]:
    if kind in (0x03, 0x04):
        value, end = _document(data, at, depth + 1)
        return (list(value.values()) if kind == 0x04 else value), end
    if kind == 0x02:
        size = struct.unpack_from("<i", data, at)[0]
        end = at + 4 + size
        if size < 1 or end > len(data):
            raise BuildFormatError("The share text is damaged: its sizes disagree.")
        return data[at + 4 : end - 1].decode("utf-8"), end
    if kind == 0x08:
        return data[at] != 0, at + 1
    if kind == 0x0A:
        return None, at
    fixed = {0x01: "<d", 0x10: "<i", 0x12: "<q"}.get(kind)
    if fixed is None:
        raise BuildFormatError(f"The share text is damaged: it holds a value of kind {kind}.")
    return struct.unpack_from(fixed, data, at)[0], at + struct.calcsize(fixed)
