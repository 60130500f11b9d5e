"""Tables of the user's database, and its version. Imports SQLAlchemy: never at a usual start."""

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

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

# Earlier contents of builds, the last 50 of each.
build_versions = Table(
    "build_versions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("build", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("saved_at", Float, nullable=False),
    Index("build_versions_build", "build", "number"),
)

# What sync knows of a build; the build itself is in `builds`, or deleted. differs: the content here
# is not the base. Rows of another account than the one signed in are parked.
sync_records = Table(
    "sync_records",
    metadata,
    Column("build", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("base", LargeBinary),
    Column("tag", String, nullable=False),
    Column("differs", Integer, nullable=False),
    Column("refused", String, nullable=False),
    Column("conflict_of", String, nullable=False),
    Index("sync_records_account", "account", "differs"),
)

# Hashes of what once was the base: tells a restored server from a changed build.
sync_agreed = Table(
    "sync_agreed",
    metadata,
    Column("build", String),
    Column("sha", LargeBinary),
    PrimaryKeyConstraint("build", "sha"),
)

# Writes under way, frozen; one of each build at most.
outbox = Table(
    "outbox",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("account", String, nullable=False),
    Column("build", String, nullable=False, unique=True),
    Column("key", String, nullable=False),
    Column("expected", String, nullable=False),
    Column("payload", LargeBinary),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Float, nullable=False),
)

sync_cursors = Table(
    "sync_cursors",
    metadata,
    Column("account", String, primary_key=True),
    Column("cursor", Integer, nullable=False),
)
