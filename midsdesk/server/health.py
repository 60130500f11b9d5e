"""For operators: is it alive, is it ready, what has it counted."""

import asyncio
import hmac
from typing import Any

import psycopg
from fastapi import APIRouter, Response
from starlette.requests import Request

from midsdesk.server.db import migrate
from midsdesk.server.metrics import exposition
from midsdesk.server.problems import UNAUTHORIZED, ProblemError
from midsdesk.server.services import Services, Use

router = APIRouter(tags=["operation"])
_LIMIT_S = 2.0


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"description": "Not ready"}})
async def ready(use: Use, response: Response) -> dict[str, Any]:
    """The parts answer. Only the database decides: without the others the server goes on."""
    database = await _database(use)
    if database != "ready":
        response.status_code = 503
    return {
        "status": "ready" if database == "ready" else "not ready",
        "database": database,
        "valkey": _word(await use.cache.alive(), bool(use.settings.redis_url)),
        "storage": _word(use.blobs is not None and await use.blobs.alive(), use.blobs is not None),
    }


@router.get("/metrics", response_class=Response, include_in_schema=False)
async def metrics(request: Request, use: Use) -> Response:
    """What was counted, for Prometheus; with a token where one is set."""
    token = use.settings.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "")
    if token and not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise ProblemError(UNAUTHORIZED)
    return Response(exposition(), media_type="text/plain; version=0.0.4; charset=utf-8")


async def _database(use: Services) -> str:
    try:
        async with asyncio.timeout(_LIMIT_S):
            row = await use.sql.first("SELECT version_num FROM alembic_version")
    except psycopg.errors.UndefinedTable:
        return "not migrated"
    except (psycopg.Error, TimeoutError, OSError):
        return "gone"
    return "ready" if row and row.version_num == migrate.newest() else "not migrated"


def _word(alive: bool, wanted: bool) -> str:
    return "ready" if alive else "gone" if wanted else "not used"
