"""What an operator can find out before a player does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from midsdesk.server.blobs import Blobs, OpenBucketError
from midsdesk.server.db import migrate
from midsdesk.server.settings import Settings

OLDEST_POSTGRES: Final = 150000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `fatal`: the server must not start."""

    what: str
    fine: bool
    said: str
    fatal: bool = False


def examine(settings: Settings) -> list[Finding]:
    """Look at everything the server needs."""
    looks: tuple[Callable[[Settings], Finding], ...] = (_database, _valkey, _storage, _address)
    return [look(settings) for look in looks]


def _database(settings: Settings) -> Finding:
    engine = create_engine(
        settings.database_url, poolclass=NullPool, connect_args={"connect_timeout": 5}
    )
    try:
        with engine.connect() as db:
            number = int(db.exec_driver_sql("SHOW server_version_num").scalar_one())
            version = migrate.current(db)
    except SQLAlchemyError as error:
        return Finding("database", False, f"cannot be reached ({type(error).__name__})", True)
    finally:
        engine.dispose()
    if number < OLDEST_POSTGRES:
        return Finding("database", False, "is older than PostgreSQL 15", True)
    if version != migrate.newest():
        said = f"is at version {version or 'none'}: run “midsdesk-server migrate”"
        return Finding("database", False, said, True)
    return Finding("database", True, f"PostgreSQL {number // 10000}, version {version}")


def _valkey(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding("valkey", True, "not used: one worker on one machine only")
    try:
        with Redis.from_url(
            settings.redis_url, socket_timeout=2, socket_connect_timeout=2
        ) as redis:
            redis.ping()
    except (RedisError, OSError) as error:
        return Finding("valkey", False, f"cannot be reached ({type(error).__name__})")
    return Finding("valkey", True, "answers")


def _storage(settings: Settings) -> Finding:
    if not settings.s3_endpoint:
        return Finding("storage", True, "not used: links without files")
    blobs = Blobs(settings)
    try:
        blobs.check()
    except OpenBucketError as error:
        return Finding("storage", False, f"is open to everybody: {error}", True)
    except (BotoCoreError, ClientError, ValueError) as error:
        return Finding("storage", False, f"cannot be used ({type(error).__name__})")
    finally:
        blobs.close()
    return Finding("storage", True, "answers us, and refuses strangers")


def _address(settings: Settings) -> Finding:
    local = any(name in settings.public_url for name in ("127.0.0.1", "localhost"))
    if not local and not settings.public_url.startswith("https://"):
        return Finding("address", False, "is not https: passwords would travel in the open")
    return Finding("address", True, settings.public_url)
