"""How often links were opened: counted in memory, written every few seconds.

A worker that is killed loses what it has not written; a view is worth no more than that.
"""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

EVERY_S: Final = 2.0


class Views:
    """View counts that wait to be written."""

    def __init__(self, engine: AsyncEngine, every_s: float = EVERY_S) -> None:
        self._engine = engine
        self._every_s = every_s
        self._counts: Counter[str] = Counter()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write from time to time."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Write what waits and end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.flush()

    def saw(self, code: str) -> None:
        """Count one view."""
        self._counts[code] += 1

    async def flush(self) -> None:
        """Write what waits; where that fails it goes on waiting."""
        counts, self._counts = self._counts, Counter()
        if not counts:
            return
        sql = text("UPDATE shares SET views = views + :n WHERE code = :code")
        rows = [{"code": code, "n": n} for code, n in sorted(counts.items())]
        try:
            async with self._engine.begin() as db:
                await db.execute(sql, rows)
        except SQLAlchemyError:
            self._counts.update(counts)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            with suppress(OSError):
                await self.flush()
