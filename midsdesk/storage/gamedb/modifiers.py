"""Modifier tables: read whole when first asked for, looked up a million times after."""

import json
import sys
from array import array
from functools import cached_property

from midsdesk.storage.gamedb.connection import ReadConnection

_Rows = tuple[tuple[float, ...], ...]


class ModifierTables:
    """Base values by table, level and archetype column."""

    def __init__(self, file: ReadConnection) -> None:
        self._file = file
        self._loaded: dict[str, _Rows | None] = {}

    @cached_property
    def _positions(self) -> dict[str, int]:
        rows = self._file.rows("SELECT id, position FROM modifier_tables ORDER BY position DESC")
        return {name.lower(): position for name, position in rows}

    def has(self, table: str) -> bool:
        """Whether the table exists."""
        return table.lower() in self._positions

    def value(self, table: str, level: int, column: int) -> float:
        """Return the value at a level (from 1) and a column; 0 for what is not there."""
        if table not in self._loaded:
            self._loaded[table] = self._load(table)
        rows = self._loaded[table]
        if rows is None or not 1 <= level <= len(rows):
            return 0.0
        row = rows[level - 1]
        return row[column] if 0 <= column < len(row) else 0.0

    def _load(self, table: str) -> _Rows | None:
        position = self._positions.get(table.lower())
        if position is None:
            return None
        query = "SELECT row_lengths, numbers FROM modifier_tables WHERE position = ?"
        ((lengths, blob),) = self._file.rows(query, (position,))
        numbers = array("f", blob)
        if sys.byteorder == "big":
            numbers.byteswap()
        rows = []
        start = 0
        for length in json.loads(lengths):
            rows.append(tuple(numbers[start : start + length]))
            start += length
        return tuple(rows)
