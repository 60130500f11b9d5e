"""Bringing the server's database to this version, and asking whether it is."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

HERE = Path(__file__).parent


def migrate(url: str) -> str:
    """Upgrade to the newest version; returns its name. Safe to run twice and at once."""
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            command.upgrade(config(connection), "head")
            return current(connection) or ""
    finally:
        engine.dispose()


@cache
def newest() -> str:
    """The version this program needs."""
    return ScriptDirectory(str(HERE / "migrations")).get_current_head() or ""


def current(connection: Connection) -> str | None:
    """The version a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def config(connection: Connection) -> Config:
    """Alembic's settings, on a connection."""
    made = Config()
    made.set_main_option("script_location", str(HERE / "migrations"))
    made.attributes["connection"] = connection
    return made
