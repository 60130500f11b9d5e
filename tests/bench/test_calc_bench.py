"""The calculator against its budgets, on level-50 builds.

Every measured step is an edit nobody has seen before; the table shows milliseconds, a test fails
on the ratio to the calibration loop.
"""

import gc
import random
import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from midsdesk.calc.engine import Engine
from midsdesk.formats import mbd
from midsdesk.host.memory import settle
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.settings import CalcSettings
from midsdesk.model.vocab import Grade
from midsdesk.rules.slotting import accepts
from tests.helpers.builds import sample
from tests.helpers.gamedata import ROOT, packed_catalog
from tests.helpers.shared import needs_shared

# A loop of the calibration takes some 50 ms on the machine the budgets are meant for.
_LOOP_S = 0.05
_ONE_CHANGE_S, _ONE_CHANGE_P95_S = 0.001, 0.003
_TOGGLE_S = 0.002
_COLD_S = 0.010
_TRIAL_S = 1 / 5000
# Machines for tests are noisy.
_NOISE = 2.0
_ROUNDS = 300
_TRIALS = 1000
_EDITS = 10_000
_REMEMBERED = 40_000
_CACHES_MB, _GROWTH_MB = 250, 40

Benchmark = Any
CATALOG = packed_catalog()
GAME = CalcSettings()
SHIPPED = "quiet-harbor"
LEVEL_50 = pytest.mark.parametrize(
    "name",
    [
        SHIPPED,
        pytest.param("tanker-invuln-ss", marks=needs_shared),
        pytest.param("mastermind-bots-traps", marks=needs_shared),
        pytest.param("peacebringer-triform", marks=needs_shared),
    ],
)


@cache
def build_of(name: str) -> Build:
    if name != SHIPPED:
        return sample(name)
    path = ROOT / "resources" / "samples" / f"{name}.mbd"
    return mbd.decode(path.read_bytes(), CATALOG)[0]


@cache
def _fitting(power: str) -> tuple[SlottedEnhancement, ...]:
    """What a player could put into a power."""
    found = CATALOG.power(power)
    if found is None:
        return ()
    pieces = [each for each in CATALOG.enhancements() if accepts(found, each, CATALOG)]
    return tuple(SlottedEnhancement(each.id, grade=Grade.SINGLE) for each in pieces)


def _changed(build: Build, chance: random.Random) -> Build:
    """The build with another piece in one of its slots."""
    places = [place for place, entry in enumerate(build.entries) if entry.slots]
    place = chance.choice(places)
    entry = build.entries[place]
    index = chance.randrange(len(entry.slots))
    slot = replace(entry.slots[index], enhancement=chance.choice(_fitting(entry.power)))
    slots = (*entry.slots[:index], slot, *entry.slots[index + 1 :])
    return build.with_entry(place, replace(entry, slots=slots))


def _toggled(build: Build, chance: random.Random) -> Build:
    place = chance.randrange(len(build.entries))
    entry = build.entries[place]
    return build.with_entry(place, replace(entry, included=not entry.included))


def _walk(
    build: Build, step: Callable[[Build, random.Random], Build], seed: int = 1
) -> Iterator[Build]:
    """Builds, each one step from the one before."""
    chance = random.Random(seed)
    while True:
        build = step(build, chance)
        yield build


def _judge(
    benchmark: Benchmark, what: str, seconds: float, budget: float, calibration: float
) -> None:
    """Note how much of its budget it takes on the machine they are meant for; fail far beyond."""
    budgets = seconds / calibration * _LOOP_S / budget
    benchmark.extra_info[f"budgets, {what}"] = round(budgets, 2)
    assert budgets < _NOISE


def _measure(benchmark: Benchmark, builds: Iterator[Build], engine: Engine) -> None:
    def next_build() -> tuple[tuple[Build], dict[str, Any]]:
        return (next(builds),), {}

    benchmark.pedantic(
        lambda build: engine.calculate(build, GAME).totals, setup=next_build, rounds=_ROUNDS
    )


@cache
def _load_everything() -> None:
    """Have the catalog in memory: what is measured is the calculator."""
    CATALOG.warm([each.id for each in CATALOG.powersets()])
    settle()


def _warm(name: str) -> Engine:
    _load_everything()
    engine = Engine(CATALOG)
    engine.calculate(build_of(name), GAME)
    return engine


@LEVEL_50
def test_one_enhancement_changed(benchmark: Benchmark, calibration: float, name: str) -> None:
    _measure(benchmark, _walk(build_of(name), _changed), _warm(name))
    if benchmark.stats is None:
        return
    p95 = sorted(benchmark.stats.stats.data)[int(_ROUNDS * 0.95)]
    benchmark.extra_info["p95_ms"] = round(p95 * 1000, 3)
    _judge(benchmark, "one change", benchmark.stats["median"], _ONE_CHANGE_S, calibration)
    _judge(benchmark, "p95", p95, _ONE_CHANGE_P95_S, calibration)


@LEVEL_50
def test_a_toggle(benchmark: Benchmark, calibration: float, name: str) -> None:
    _measure(benchmark, _walk(build_of(name), _toggled), _warm(name))
    if benchmark.stats is not None:
        _judge(benchmark, "toggle", benchmark.stats["median"], _TOGGLE_S, calibration)


@LEVEL_50
def test_everything_cold(benchmark: Benchmark, calibration: float, name: str) -> None:
    """A new engine over a catalog that has its powers in memory."""
    _warm(name)
    benchmark.pedantic(
        lambda engine: engine.calculate(build_of(name), GAME).totals,
        setup=lambda: ((Engine(CATALOG),), {}),
        rounds=15,
    )
    if benchmark.stats is not None:
        _judge(benchmark, "cold", benchmark.stats["median"], _COLD_S, calibration)


@LEVEL_50
def test_what_if_trials(benchmark: Benchmark, calibration: float, name: str) -> None:
    """Each trial changes one slot of the same build."""
    chance, build, engine = random.Random(2), build_of(name), _warm(name)

    def trials() -> tuple[tuple[list[Build]], dict[str, Any]]:
        return ([_changed(build, chance) for _ in range(_TRIALS)],), {}

    def run(builds: list[Build]) -> None:
        for each in builds:
            _ = engine.calculate(each, GAME).totals

    benchmark.pedantic(run, setup=trials, rounds=8)
    if benchmark.stats is None:
        return
    each = benchmark.stats["min"] / _TRIALS
    benchmark.extra_info["trials_a_second"] = round(1 / each)
    _judge(benchmark, "trials", each, _TRIAL_S, calibration)


def _resident_mb() -> float:
    """Memory of this process; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * resource.getpagesize() / 2**20


def test_memory_over_ten_thousand_edits(benchmark: Benchmark) -> None:
    """What the engine keeps stops growing: it is full long before the last edit."""

    def either(build: Build, chance: random.Random) -> Build:
        return (_changed if chance.random() < 0.8 else _toggled)(build, chance)

    engine = _warm(SHIPPED)
    walk = _walk(build_of(SHIPPED), either)
    kept: list[int] = []
    sizes = [_resident_mb()]

    def edit_all() -> None:
        for number in range(1, _EDITS + 1):
            engine.calculate(next(walk), GAME)
            if number % 1000 == 0:
                kept.append(engine.remembered)
            if number in (_EDITS // 2, _EDITS):
                gc.collect()
                sizes.append(_resident_mb())

    benchmark.pedantic(edit_all, rounds=1)
    benchmark.extra_info["remembered"] = max(kept)
    benchmark.extra_info["resident_mb"] = [round(each) for each in sizes]
    assert max(kept) < _REMEMBERED
    assert sizes[1] - sizes[0] < _CACHES_MB
    assert sizes[2] - sizes[1] < _GROWTH_MB
