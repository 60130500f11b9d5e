"""The yardstick of all benchmarks: machines differ and are noisy, ratios differ less."""

import time

import pytest

from tests.bench import history

# A file in build/ that a person can read keeps what `make bench` measured.
pytest_sessionfinish = history.pytest_sessionfinish

_STEPS = 600_000
_ROUNDS = 5


def _loop() -> float:
    """Run a fixed piece of plain Python and return its seconds: some 50 ms."""
    begun = time.perf_counter()
    total = 0
    table: dict[int, int] = {}
    for step in range(_STEPS):
        total += step % 7
        table[step & 255] = total
    return time.perf_counter() - begun


@pytest.fixture
def calibration(request: pytest.FixtureRequest) -> float:
    """Seconds of the fixed loop on this machine now; the best of a few."""
    found = min(_loop() for _ in range(_ROUNDS))
    request.config.stash[history.CALIBRATION] = found
    return found
