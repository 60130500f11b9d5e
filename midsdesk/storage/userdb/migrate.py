"""Bringing the user's database to the current version. Imports Alembic: only when needed."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import NullPool

from midsdesk.errors import StorageError
from midsdesk.storage.userdb.versions import APPLICATION_ID, CURRENT


def copy_of(path: Path, version: int) -> Path:
    """Where the copy goes that is made before a migration from `version`."""
    return path.with_name(f"{path.name}.before-{CURRENT}-from-{version}")


def migrate(path: Path, version: int) -> None:
    """Create or upgrade the database at `path`; an existing one is copied first.

    Raises:
        StorageError: The copy or the migration failed; the copy still holds what was.
    """
    if version:
        _copy(path, copy_of(path, version))
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    event.listen(engine, "connect", _no_own_transactions)
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {CURRENT:d}")
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID:d}")
    except Exception as cause:
        raise StorageError(
            f"{path} could not be brought to this version; it is unchanged.", path=path
        ) from cause
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _no_own_transactions(connection: sqlite3.Connection, _record: object) -> None:
    """Let SQLAlchemy begin transactions, so that changes of tables are part of them."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _copy(path: Path, target: Path) -> None:
    source = sqlite3.connect(path)
    try:
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            copy.close()
    except sqlite3.Error as cause:
        raise StorageError(f"{path} could not be copied before its upgrade.", path=path) from cause
    finally:
        source.close()
