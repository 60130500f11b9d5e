"""Budgets as multiples of the calibration loop."""

from typing import Any


def within(benchmark: Any, calibration: float, statistic: str, loops: float) -> None:
    """Assert that a benchmark's `statistic` stays under `loops` calibration loops.

    Where benchmarks are switched off (`make test`), the work was still done once; only its time is
    not judged.
    """
    if benchmark.stats is not None:
        ratio = benchmark.stats[statistic] / calibration
        benchmark.extra_info["loops"] = round(ratio, 3)
        assert ratio < loops, f"{statistic} is {ratio:.2f} calibration loops, budget {loops:.2f}"
