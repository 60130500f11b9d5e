"""Sweeping: what is over is deleted, in the database and in storage. Safe to run twice and at once.

Order matters for storage: an object goes first, its row after it, so that nothing is ever left
there that no row names.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import create_engine, delete, select, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from midsdesk.server.blobs import Blobs, key_of
from midsdesk.server.db.tables import (
    exports,
    idempotency,
    orphaned_objects,
    password_resets,
    sessions,
    shares,
    used_tokens,
)
from midsdesk.server.settings import Settings

_BATCH: Final = 500
# Uploads that were announced and never confirmed.
_UNFINISHED: Final = timedelta(hours=2)
_USED_TOKENS: Final = timedelta(days=90)
_TOMBSTONES: Final = text(
    "WITH gone AS (DELETE FROM builds WHERE deleted AND updated < :before RETURNING account, seq), "
    "tops AS (SELECT account, max(seq) AS top, count(*) AS n FROM gone GROUP BY account), "
    "done AS (UPDATE accounts a SET floor = greatest(a.floor, tops.top) FROM tops "
    "WHERE a.id = tops.account) SELECT coalesce(sum(n), 0) FROM tops"
)
_VERSIONS: Final = text(
    "DELETE FROM build_versions v USING builds b WHERE b.account = v.account AND b.id = v.build "
    "AND v.revision <= b.revision - :kept"
)


def sweep(settings: Settings, now: datetime | None = None) -> dict[str, int]:
    """Delete what is over; returns how much of what."""
    moment = now or datetime.now(UTC)
    engine = create_engine(settings.database_url, poolclass=NullPool)
    blobs = Blobs(settings) if settings.s3_endpoint else None
    try:
        swept = {"files": _files(engine, blobs, moment), "orphans": _orphans(engine, blobs)}
        with engine.begin() as db:
            swept |= _rows(db, settings, moment)
    finally:
        engine.dispose()
        if blobs is not None:
            blobs.close()
    return swept


def _rows(db: Connection, settings: Settings, now: datetime) -> dict[str, int]:
    def gone(table: Any, condition: Any) -> int:
        return int(db.execute(delete(table).where(condition)).rowcount)

    keys = now - timedelta(days=settings.idempotency_days)
    before = now - timedelta(days=settings.tombstone_days)
    return {
        "sessions": gone(sessions, sessions.c.expires < now),
        "used_tokens": gone(used_tokens, used_tokens.c.used < now - _USED_TOKENS),
        "password_resets": gone(password_resets, password_resets.c.expires < now),
        "idempotency": gone(idempotency, idempotency.c.created < keys),
        "shares": gone(shares, shares.c.expires < now),
        "tombstones": int(db.execute(_TOMBSTONES, {"before": before}).scalar_one()),
        "versions": int(db.execute(_VERSIONS, {"kept": settings.versions_kept}).rowcount),
    }


def _files(engine: Engine, blobs: Blobs | None, now: datetime) -> int:
    if blobs is None:
        return 0
    over = (exports.c.expires < now) | (~exports.c.ready & (exports.c.created < now - _UNFINISHED))
    done = 0
    while True:
        with engine.begin() as db:
            query = select(exports.c.id, exports.c.account).where(over).limit(_BATCH)
            rows = db.execute(query.with_for_update(skip_locked=True)).all()
            for row in rows:
                blobs.remove_now(key_of(row.account, row.id))
                db.execute(delete(exports).where(exports.c.id == row.id))
        done += len(rows)
        if len(rows) < _BATCH:
            return done


def _orphans(engine: Engine, blobs: Blobs | None) -> int:
    if blobs is None:
        return 0
    with engine.begin() as db:
        keys = [row.key for row in db.execute(select(orphaned_objects.c.key))]
        for key in keys:
            blobs.remove_now(key)
            db.execute(delete(orphaned_objects).where(orphaned_objects.c.key == key))
    return len(keys)
