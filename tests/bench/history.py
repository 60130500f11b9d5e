"""Keeps what `make bench` measured in build/bench-history.tsv, a line for each run.

A line holds the time, the commit ("+" where the tree differs from it), the milliseconds of the
calibration loop, and for each benchmark its median in milliseconds with the ratio to that loop.
"""

import subprocess
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from tests.helpers.gamedata import ROOT

CALIBRATION = pytest.StashKey[float]()
FILE = ROOT / "build" / "bench-history.tsv"
HEAD = "when\tcommit\tloop ms\tbenchmarks: median ms (ratio to the loop)\n"


def commit() -> str:
    """Return the commit of the tree, with "+" if the tree differs from it."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(ROOT), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return (git("rev-parse", "--short", "HEAD") or "?") + ("+" if changed else "")


def line(when: str, at: str, loop: float, medians: Iterable[tuple[str, float]]) -> str:
    """Return one line; `loop` and medians are seconds."""
    shown = [
        f"{name}: {median * 1000:.3f} ({median / loop:.4f})" for name, median in sorted(medians)
    ]
    return "\t".join([when, at, f"{loop * 1000:.1f}", *shown]) + "\n"


def append(path: Path, text: str) -> None:
    """Add a line to the file, with a head if it is new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a", encoding="utf-8") as file:
        file.write(HEAD + text if new else text)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the line after a run of benchmarks only."""
    config = session.config
    measured = getattr(config, "_benchmarksession", None)
    if not config.getoption("benchmark_only", default=False) or measured is None:
        return
    medians = [(each.name, each.stats.median) for each in measured.benchmarks if each.stats.data]
    loop = config.stash.get(CALIBRATION, 0.0)
    if medians and loop:
        when = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        append(FILE, line(when, commit(), loop, medians))
