"""AttribMod.json: base values by modifier table, level and archetype column.

A table becomes a tuple of `layout.MODIFIER_TABLE`, as from the binary form
(`importer.mhd.records`, "modifiers_binary"); its values are singles, held exactly in floats.

Source: the format description, section 9.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from importer.mhd import json_text
from importer.mhd.binary import Tick, Values, shortest_decimal
from importer.mhd.errors import BadJsonError
from importer.mhd.json_text import JsonStyle
from importer.source import Finding

LEVELS: Final = 55
_I32_LIMIT: Final = 2**31
_HEAD: Final = (
    ("Revision", "revision", int, 0),
    ("RevisionDate", "revision_date", str, "0001-01-01T00:00:00"),
    ("SourceIndex", "source_index", str, ""),
    ("SourceTables", "source_tables", str, ""),
)


@dataclass(frozen=True, slots=True)
class ModifiersFile:
    """Content of AttribMod.json.

    Attributes:
        head: revision, revision_date (ISO text), source_index, source_tables, style.
        tables: By `layout.MODIFIER_TABLE`.
        findings: Rows that were missing or too many, members of a wrong kind.
    """

    head: Mapping[str, Any]
    tables: tuple[Values, ...]
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, tick: Tick | None = None) -> ModifiersFile:
    """Read AttribMod.json.

    Args:
        data: The whole file.
        tick: Called with a rough byte position every few milliseconds; may raise to cancel.

    Raises:
        CodecError: Not JSON, or a table that is not numbers.
    """
    seen = 0

    def compact(members: dict[str, Any]) -> dict[str, Any]:
        nonlocal seen
        seen += 1
        if tick:
            tick(min(seen * 50_000, len(data)))
        if isinstance(members.get("Table"), list):
            members["Table"] = _singles(members["Table"], members.get("ID"))
        return members

    content, style = json_text.parse(data, compact)
    if not isinstance(content, dict) or not isinstance(content.get("Modifier") or [], list):
        raise BadJsonError(None, 'No list "Modifier"')
    findings: list[Finding] = []
    tables = tuple(
        _table(each, number, findings) for number, each in enumerate(content.get("Modifier") or ())
    )
    head: dict[str, Any] = {"style": style.as_head()}
    for member, name, kind, default in _HEAD:
        value = content.get(member, default)
        head[name] = value if isinstance(value, kind) else default
    return ModifiersFile(head, tables, tuple(findings))


def encode(head: Mapping[str, Any], tables: Sequence[Values]) -> bytes:
    """Write AttribMod.json: each single as its shortest decimal, members in the usual order."""
    content: dict[str, Any] = {
        "Modifier": [
            {
                "Table": [[shortest_decimal(value) for value in row] for row in rows],
                "BaseIndex": base_index,
                "ID": table_id,
            }
            for table_id, base_index, rows in tables
        ]
    }
    content |= {member: head.get(name, default) for member, name, _kind, default in _HEAD}
    return json_text.serialise(content, JsonStyle(**head.get("style", {})))


def _singles(rows: list[Any], table_id: object) -> tuple[tuple[float, ...], ...]:
    try:
        return tuple(
            struct.unpack(f"<{len(row)}f", struct.pack(f"<{len(row)}f", *row))
            for row in (row or () for row in rows)
        )
    except (struct.error, TypeError, OverflowError) as cause:
        message = f"Modifier table {str(table_id)[:60]!r} holds something that is no number"
        raise BadJsonError(None, message) from cause


def _table(members: object, number: int, findings: list[Finding]) -> Values:
    if not isinstance(members, dict):
        raise BadJsonError(None, f"Modifier table {number + 1} is no object")
    table_id, base_index = members.get("ID") or "", members.get("BaseIndex") or 0
    rows = members.get("Table") or ()
    if not isinstance(table_id, str) or not isinstance(rows, tuple):
        raise BadJsonError(None, f"Modifier table {number + 1} has an ID or rows of a wrong kind")
    _check_text(table_id, number)
    place = f"modifier table {table_id or number + 1}"
    if not isinstance(base_index, int) or not -_I32_LIMIT <= base_index < _I32_LIMIT:
        findings.append(Finding("warning", "", place, "BaseIndex is no number; taken as 0"))
        base_index = 0
    if len(rows) != LEVELS:
        message = f"{len(rows)} rows instead of {LEVELS}; missing ones are taken as empty"
        findings.append(Finding("warning", "", place, message))
        rows = (*rows, *((),) * LEVELS)[:LEVELS]
    return table_id, base_index, rows


def _check_text(text: str, number: int) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as cause:
        raise BadJsonError(None, f"The ID of modifier table {number + 1} is no text") from cause
