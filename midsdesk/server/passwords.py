"""Passwords: Argon2id in threads, a few at a time, so that guessing costs the guesser."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from midsdesk.server.problems import UNAVAILABLE, ProblemError

_AT_ONCE: Final = 2
_MOST_WAITING: Final = 64


class Passwords:
    """Hashes and checks. At most two hashes are worked at once: 64 MiB each by default."""

    def __init__(self, memory_kib: int, time_cost: int) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="password")
        self._waiting = 0
        # Checked where no account is: an unknown name takes as long as a wrong password.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """Hash a password."""
        return str(await self._run(self._hasher.hash, password))

    async def matches(self, stored: str | None, password: str) -> bool:
        """Whether a password is the stored one; None: of no account, always false."""
        found = await self._run(self._verify, stored or self._nobody, password)
        return bool(found) and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: object, *values: str) -> object:
        if self._waiting >= _MOST_WAITING:
            raise ProblemError(UNAVAILABLE)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, work, *values)  # type: ignore[arg-type]
        finally:
            self._waiting -= 1
