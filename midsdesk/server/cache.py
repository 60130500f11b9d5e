"""Three levels: memory, Valkey, PostgreSQL, and the channel that ties the workers together.

Only speed depends on Valkey. While the channel is down, memory is not trusted (another worker's
change could not reach it) and every look-up goes to PostgreSQL: slower, never wrong. A value read
before a change and stored after it is kept out by a generation that every change counts on; what
might still slip through is gone after `L2_S` seconds.
"""

import asyncio
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

from midsdesk.server.metrics import CACHE, CHANNEL

log = logging.getLogger("midsdesk.server.cache")
Load = Callable[[], Awaitable[Any]]
Heard = Callable[[dict[str, Any]], None]
CHANNEL_NAME: Final = "midsdesk:channel"
L1_S: Final = 30.0
L2_S: Final = 60
_L1_ENTRIES: Final = 20_000
_GENERATION_S: Final = 600
_AGAIN_S: Final = 0.5
_PING_S: Final = 5.0
_DOWN_S: Final = 1.0
# Stores only if nothing has changed since the generation was read.
_STORE: Final = """
if (redis.call('GET', KEYS[2]) or '') == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) return 1
end return 0
"""
_GONE: Final = (RedisError, OSError, TimeoutError, asyncio.TimeoutError)


class Cache:
    """Look-ups by kind and key, of values that JSON can hold."""

    def __init__(self, redis: Redis | None) -> None:
        self._redis = redis
        self._l1: OrderedDict[str, tuple[float, Any]] = OrderedDict()
        self._loading: dict[str, asyncio.Future[Any]] = {}
        self._name = uuid4().hex
        self._epoch = 0
        self._down_until = 0.0
        self._listening = False
        self._hears: list[Heard] = []
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen to the other workers."""
        if self._redis is not None:
            self._task = asyncio.create_task(self._listen(self._redis))

    async def stop(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._redis is not None:
            await self._redis.aclose()

    def on_message(self, hears: Heard) -> None:
        """Call `hears` for every message of any worker but an invalidation."""
        self._hears.append(hears)

    @property
    def listening(self) -> bool:
        """Changes of other workers reach this one; true as well where there is no other."""
        return self._listening or self._redis is None

    async def get(self, kind: str, key: str, load: Load) -> Any:
        """Look a value up; `load` asks PostgreSQL. Concurrent look-ups of a key share one load."""
        name = f"{kind}:{key}"
        if self.listening and (held := self._l1.get(name)) and held[0] > time.monotonic():
            CACHE.labels(kind, "l1").inc()
            return held[1]
        running = self._loading.get(name)
        if running is not None:
            CACHE.labels(kind, "waited").inc()
            return await asyncio.shield(running)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._loading[name] = future
        try:
            value = await self._fetch(kind, name, load)
        except BaseException as error:
            if not future.done():
                future.set_exception(
                    error if isinstance(error, Exception) else RuntimeError("given up")
                )
                future.exception()  # nobody may be waiting
            raise
        else:
            if not future.done():
                future.set_result(value)
            return value
        finally:
            if self._loading.get(name) is future:
                del self._loading[name]

    async def forget(self, kind: str, key: str) -> None:
        """A value has changed in PostgreSQL: no worker may answer with the old one."""
        name = f"{kind}:{key}"
        self._drop(name)
        if self._redis is None:
            return
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.incr(f"midsdesk:gen:{name}")
                pipe.expire(f"midsdesk:gen:{name}", _GENERATION_S)
                pipe.delete(f"midsdesk:{name}")
                pipe.publish(CHANNEL_NAME, json.dumps({"forget": name}))
                await pipe.execute()
        except _GONE as error:
            self._failed(error)

    async def tell(self, message: dict[str, Any]) -> None:
        """Tell every worker, this one first and at once."""
        self._heard(message)
        if self._redis is None or self._is_down():
            return
        try:
            await self._redis.publish(CHANNEL_NAME, json.dumps({**message, "from": self._name}))
        except _GONE as error:
            self._failed(error)

    async def count(self, name: str, seconds: int) -> int | None:
        """Count an event under a name for all workers; None where Valkey is gone."""
        if self._redis is None or self._is_down():
            return None
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.incr(f"midsdesk:{name}")
                pipe.expire(f"midsdesk:{name}", seconds, nx=True)
                counted, _ = await pipe.execute()
                return int(counted)
        except _GONE as error:
            self._failed(error)
            return None

    async def alive(self) -> bool:
        """Whether Valkey answers."""
        if self._redis is None:
            return False
        try:
            return bool(await asyncio.wait_for(self._redis.ping(), _DOWN_S))
        except _GONE:
            return False

    async def _fetch(self, kind: str, name: str, load: Load) -> Any:
        epoch = self._epoch
        generation: Any = None
        redis = self._redis if self._listening and not self._is_down() else None
        if redis is not None:
            try:
                held, generation = await redis.mget(f"midsdesk:{name}", f"midsdesk:gen:{name}")
                if held is not None:
                    CACHE.labels(kind, "l2").inc()
                    value = json.loads(held)
                    self._keep(name, value, epoch)
                    return value
            except _GONE as error:
                self._failed(error)
                redis = None
        value = await load()
        CACHE.labels(kind, "l3").inc()
        self._keep(name, value, epoch)
        if redis is not None:
            try:
                keys = (f"midsdesk:{name}", f"midsdesk:gen:{name}")
                await redis.eval(_STORE, 2, *keys, generation or b"", json.dumps(value), L2_S)
            except _GONE as error:
                self._failed(error)
        return value

    def _keep(self, name: str, value: Any, epoch: int) -> None:
        if not self.listening or epoch != self._epoch:
            return  # something changed while this was looked up
        self._l1[name] = (time.monotonic() + L1_S, value)
        self._l1.move_to_end(name)
        while len(self._l1) > _L1_ENTRIES:
            self._l1.popitem(last=False)

    def _drop(self, name: str) -> None:
        self._epoch += 1
        self._l1.pop(name, None)
        self._loading.pop(name, None)  # who asks from now on starts a look-up of their own

    def _heard(self, message: dict[str, Any]) -> None:
        for hears in self._hears:
            hears(message)

    def _is_down(self) -> bool:
        return time.monotonic() < self._down_until

    def _failed(self, error: BaseException) -> None:
        if not self._is_down():
            log.warning("Valkey is gone (%s); going on without it", type(error).__name__)
        self._down_until = time.monotonic() + _DOWN_S

    async def _listen(self, redis: Redis) -> None:
        while True:
            try:
                async with redis.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(CHANNEL_NAME)
                    await channel.ping()
                    self._listens(True)
                    await self._hear(channel)
            except _GONE:
                pass
            except asyncio.CancelledError:
                self._listens(False)
                raise
            except Exception:
                log.exception("the channel failed")
            self._listens(False)
            await asyncio.sleep(_AGAIN_S)

    async def _hear(self, channel: Any) -> None:
        pinged = time.monotonic()
        while True:
            message = await channel.get_message(timeout=_PING_S)
            if time.monotonic() - pinged > _PING_S:
                await channel.ping()
                pinged = time.monotonic()
            if message is None or message.get("type") != "message":
                continue
            value = json.loads(message["data"])
            if "forget" in value:
                self._drop(str(value["forget"]))
            elif value.pop("from", None) != self._name:
                self._heard(value)

    def _listens(self, listens: bool) -> None:
        # What was missed while nobody listened may have changed anything.
        self._epoch += 1
        self._l1.clear()
        self._listening = listens
        CHANNEL.set(1 if listens else 0)
