"""Everything in a game database, row by row: for exports and statistics."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from midsdesk.storage.gamedb.columns import TABLES, Kind
from midsdesk.storage.gamedb.connection import ReadConnection


class Dump:
    """A game database as the tables it is made of.

    Raises (from every method):
        GameDatabaseError: The file is missing, none of ours, damaged, or of another version.
    """

    def __init__(self, path: Path) -> None:
        self._file = ReadConnection(path)

    def meta(self) -> dict[str, str]:
        """What the database says about itself."""
        return dict(self._file.rows("SELECT name, value FROM meta"))

    def counts(self) -> dict[str, int]:
        """Table -> rows."""
        return {
            name: self._file.value(f'SELECT count(*) FROM "{name}"')
            for name in TABLES
            if name != "meta"
        }

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield the rows in order, columns by name; flags are bools, JSON stays text."""
        spec = TABLES[table]
        columns = ", ".join(f'"{name}"' for name in spec.names)
        flags = [column.name for column in spec.columns if column.kind is Kind.FLAG]
        for values in self._file.rows(f'SELECT {columns} FROM "{table}" ORDER BY position'):
            row = dict(zip(spec.names, values, strict=True))
            for name in flags:
                row[name] = bool(row[name])
            yield row

    def close(self) -> None:
        """Close the file."""
        self._file.close()
