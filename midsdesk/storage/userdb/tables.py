"""Tables of the user's database, and its version. Imports SQLAlchemy: never at a usual start."""

from sqlalchemy import Column, Float, Index, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

builds = Table(
    "builds",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("archetype", String, nullable=False),
    Column("path", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Float, nullable=False),
)

autosaves = Table(
    "autosaves",
    metadata,
    Column("id", String, primary_key=True),
    Column("session", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("saved_at", Float, nullable=False),
    Index("autosaves_session", "session"),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
