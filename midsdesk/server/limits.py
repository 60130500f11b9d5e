"""Limits on rates: of everything by worker, of what can be abused by all workers together.

Without Valkey each worker counts alone, so the limits grow with the number of workers; they never
vanish.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from midsdesk.server.cache import Cache
from midsdesk.server.metrics import LIMITED
from midsdesk.server.problems import RATE_LIMITED, ProblemError

_MOST_KEYS: Final = 50_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """Token buckets in memory: a burst is fine, a stream is not."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait_s(self, key: str, per_minute: int, now: float) -> float:
        """Take one token; 0.0, or the seconds until there is one."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(float(per_minute), now)
            if len(self._buckets) > _MOST_KEYS:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        rate = per_minute / 60.0
        bucket.tokens = min(float(per_minute), bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.tokens >= 1.0:
            bucket.tokens -= 1.0
            return 0.0
        return (1.0 - bucket.tokens) / rate


class Limits:
    """The limits of one worker, and through Valkey of all."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._buckets = Buckets()

    def request(self, who: str, per_minute: int) -> None:
        """Count a request of an account or address.

        Raises:
            ProblemError: 429.
        """
        wait = self._buckets.wait_s(who, per_minute, time.monotonic())
        if wait:
            raise self._refused("requests", wait)

    async def attempt(self, of: str, who: str, most: int, seconds: int) -> None:
        """Count an attempt that many workers must not multiply (signing in, registering).

        Raises:
            ProblemError: 429.
        """
        # Names never stand in Valkey as they are.
        name = f"limit:{of}:{sha256(who.encode()).hexdigest()[:24]}:{int(time.time()) // seconds}"
        counted = await self._cache.count(name, seconds)
        if counted is None:
            per_minute = max(1, most * 60 // seconds)
            wait = self._buckets.wait_s(f"{of}:{who}", per_minute, time.monotonic())
        else:
            wait = 0.0 if counted <= most else seconds - time.time() % seconds
        if wait:
            raise self._refused(of, wait)

    @staticmethod
    def _refused(of: str, wait: float) -> ProblemError:
        LIMITED.labels(of).inc()
        return ProblemError(RATE_LIMITED, retry_after=max(1, int(wait) + 1))
