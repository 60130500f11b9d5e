"""The application: routes, middleware, and the parts that live as long as a worker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI
from redis.asyncio import Redis

from midsdesk.server import (
    account,
    auth,
    builds,
    changes,
    exports,
    gamedata,
    health,
    page,
    problems,
    shares,
    socket,
)
from midsdesk.server.blobs import Blobs
from midsdesk.server.cache import Cache
from midsdesk.server.db.sql import Sql
from midsdesk.server.hints import Hub
from midsdesk.server.limits import Limits
from midsdesk.server.middleware import Around
from midsdesk.server.passwords import Passwords
from midsdesk.server.services import Services, make_engine
from midsdesk.server.settings import Settings
from midsdesk.server.tokens import TokenMaker
from midsdesk.server.views import Views
from midsdesk.sync.protocol import PROBLEM_TYPE, PROTOCOL
from midsdesk.sync.protocol import Problem as WireProblem

_ROUTERS: Final = (auth, account, builds, changes, shares, exports, gamedata, socket, page, health)
_PROBLEM: Final[dict[int | str, dict[str, Any]]] = {
    "default": {"description": "A problem", "content": {PROBLEM_TYPE: {}}, "model": WireProblem}
}


def create_app(settings: Settings) -> FastAPI:
    """Make the application; nothing is connected before it starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        services = make_services(settings)
        app.state.services = services
        services.cache.on_message(services.hub.heard)
        await services.sql.open()
        await services.cache.start()
        services.views.start()
        try:
            yield
        finally:
            services.hub.close_all()
            await services.views.stop()
            await services.cache.stop()
            services.passwords.close()
            if services.blobs is not None:
                services.blobs.close()
            await services.engine.dispose()
            await services.sql.close()

    app = FastAPI(
        title="midsdesk",
        version=str(PROTOCOL),
        description="Builds of City of Heroes characters on all machines of a player.",
        lifespan=lifespan,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=_PROBLEM,
    )
    problems.install(app)
    app.add_middleware(Around, body_limit_s=settings.body_limit_s)
    for module in _ROUTERS:
        app.include_router(module.router)
    return app


def make_services(settings: Settings) -> Services:
    """The parts of one worker."""
    engine = make_engine(settings)
    redis: Redis | None = None
    if settings.redis_url:
        redis = Redis.from_url(settings.redis_url, socket_timeout=2.0, socket_connect_timeout=1.0)
    cache = Cache(redis)
    return Services(
        settings=settings,
        engine=engine,
        sql=Sql(settings),
        cache=cache,
        limits=Limits(cache),
        tokens=TokenMaker(settings.secret.get_secret_value(), settings.access_s),
        passwords=Passwords(settings.password_memory_kib, settings.password_time),
        hub=Hub(),
        views=Views(engine),
        blobs=Blobs(settings) if settings.s3_endpoint else None,
    )
