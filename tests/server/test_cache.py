"""The three levels: who answers, one load for many, no stale value, and the same without Valkey."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from redis.asyncio import Redis

from midsdesk.server.cache import Cache
from midsdesk.server.metrics import REGISTRY
from tests.helpers.server import Parts


def looked_up(level: str, kind: str) -> float:
    return REGISTRY.get_sample_value("midsdesk_cache_total", {"kind": kind, "level": level}) or 0.0


async def listening(cache: Cache) -> None:
    for _ in range(200):
        if cache.listening:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the channel did not open")


def loader(value: dict[str, Any], calls: list[int]) -> Callable[[], Any]:
    async def load() -> Any:
        calls.append(1)
        await asyncio.sleep(0.01)
        return dict(value)

    return load


@pytest.fixture
def url(parts: Parts) -> str:
    return parts.valkey.url


def test_memory_then_valkey_then_the_database(url: str) -> None:
    async def run() -> None:
        one, two = Cache(Redis.from_url(url)), Cache(Redis.from_url(url))
        for each in (one, two):
            await each.start()
            await listening(each)
        calls: list[int] = []
        load = loader({"n": 1}, calls)
        before = {level: looked_up(level, "levels") for level in ("l1", "l2", "l3")}
        for cache in (one, one, two, two):
            assert await cache.get("levels", "k", load) == {"n": 1}
        after = {level: looked_up(level, "levels") - before[level] for level in before}
        assert after == {"l3": 1, "l1": 2, "l2": 1}
        assert len(calls) == 1
        for each in (one, two):
            await each.stop()

    asyncio.run(run())


def test_a_hundred_at_once_load_once(url: str) -> None:
    async def run() -> None:
        cache = Cache(Redis.from_url(url))
        await cache.start()
        await listening(cache)
        calls: list[int] = []
        load = loader({"n": 1}, calls)
        await asyncio.gather(*(cache.get("stampede", "k", load) for _ in range(100)))
        assert len(calls) == 1
        await cache.stop()

    asyncio.run(run())


def test_a_change_reaches_every_worker(url: str) -> None:
    async def run() -> None:
        one, two = Cache(Redis.from_url(url)), Cache(Redis.from_url(url))
        value = {"n": 1}
        for each in (one, two):
            await each.start()
            await listening(each)
            assert await each.get("changes", "k", loader(value, [])) == {"n": 1}
        value["n"] = 2
        await one.forget("changes", "k")
        assert await one.get("changes", "k", loader(value, [])) == {"n": 2}
        for _ in range(100):
            if await two.get("changes", "k", loader(value, [])) == {"n": 2}:
                break
            await asyncio.sleep(0.01)
        else:
            raise AssertionError("the other worker kept the old value")
        for each in (one, two):
            await each.stop()

    asyncio.run(run())


def test_a_value_read_before_a_change_is_not_kept_after_it(url: str) -> None:
    async def run() -> None:
        cache = Cache(Redis.from_url(url))
        await cache.start()
        await listening(cache)
        value, reading, go_on = {"n": 1}, asyncio.Event(), asyncio.Event()

        async def slow() -> Any:
            found = dict(value)
            reading.set()
            await go_on.wait()
            return found

        task = asyncio.create_task(cache.get("race", "k", slow))
        await reading.wait()
        value["n"] = 2
        await cache.forget("race", "k")
        go_on.set()
        await task
        assert await cache.get("race", "k", loader(value, [])) == {"n": 2}
        await cache.stop()

    asyncio.run(run())


def test_emptied_at_any_moment(url: str) -> None:
    async def run() -> None:
        redis = Redis.from_url(url)
        cache = Cache(Redis.from_url(url))
        await cache.start()
        await listening(cache)
        for number in range(50):
            value = {"n": number}
            await cache.forget("emptied", "k")
            if number % 3 == 0:
                await redis.flushall()
            assert await cache.get("emptied", "k", loader(value, [])) == value
        await cache.stop()
        await redis.aclose()

    asyncio.run(run())


def test_without_valkey_memory_serves_one_worker() -> None:
    async def run() -> None:
        cache = Cache(None)
        await cache.start()
        calls: list[int] = []
        for _ in range(3):
            await cache.get("alone", "k", loader({"n": 1}, calls))
        assert len(calls) == 1
        assert await cache.count("x", 10) is None
        await cache.stop()

    asyncio.run(run())


def test_an_unreachable_valkey_means_no_memory_either() -> None:
    """Another worker's change could not be heard of: every look-up goes to the database."""

    async def run() -> None:
        cache = Cache(Redis.from_url("unix:///nowhere/at/all.sock"))
        await cache.start()
        calls: list[int] = []
        for _ in range(3):
            assert await cache.get("gone", "k", loader({"n": 1}, calls)) == {"n": 1}
        assert len(calls) == 3
        await cache.forget("gone", "k")
        await cache.stop()

    asyncio.run(run())
