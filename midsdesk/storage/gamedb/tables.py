"""The tables of a game database as SQLAlchemy sees them, made from `columns`."""

from typing import Any, Final

from sqlalchemy import BLOB, Boolean, Column, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.types import TypeEngine, UserDefinedType

from midsdesk.storage.gamedb.columns import TABLES, Kind, TableSpec


class Exact(UserDefinedType[float]):
    """A float that SQLite stores as it is: a column without a type has no affinity.

    A REAL column would turn -0.0 into 0.0.
    """

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the column's type in SQL: none."""
        return ""


_TYPES: Final[dict[Kind, TypeEngine[Any]]] = {
    Kind.KEY: Integer(),
    Kind.INTEGER: Integer(),
    Kind.FLAG: Boolean(create_constraint=False),
    Kind.SINGLE: Exact(),
    Kind.TEXT: Text(),
    Kind.JSON: Text(),
    Kind.BLOB: BLOB(),
}

_metadata: Final = MetaData()


def _table(spec: TableSpec) -> Table:
    columns = [
        Column(
            column.name,
            _TYPES[column.kind],
            primary_key=column.kind is Kind.KEY,
            nullable=column.nullable,
        )
        for column in spec.columns
    ]
    return Table(spec.name, _metadata, *columns)


ALL: Final = {name: _table(spec) for name, spec in TABLES.items()}


def _indices() -> tuple[Index, ...]:
    made = []
    for name, spec in TABLES.items():
        for index in spec.indices:
            where = text(index.where) if index.where else None
            columns = [ALL[name].c[column] for column in index.columns]
            made.append(Index(index.name, *columns, sqlite_where=where))
    return tuple(made)


# To be created only after the rows are in.
INDICES: Final = _indices()
