"""Opening and converting files against their budgets, over catalogs that are in memory."""

import itertools
from typing import Any

import pytest

from midsdesk.formats import forms
from midsdesk.formats.forms import Form, read
from tests.bench.budget import within
from tests.helpers.builds import BUILDS, SAMPLES
from tests.helpers.gamedata import ROOT, packed_catalog
from tests.helpers.shared import needs_shared

CATALOG = packed_catalog()
SHIPPED = ROOT / "resources" / "samples" / "quiet-harbor.mbd"
# A loop of the calibration takes some 50 ms on the machine the budgets are meant for; machines
# for tests are noisy.
_LOOP_S, _NOISE = 0.05, 2.0
_MBD_S, _MXD_S, _THOUSAND_S = 0.020, 0.030, 30.0
_CONVERTED = 100

Benchmark = Any


def _loops(seconds: float) -> float:
    return seconds / _LOOP_S * _NOISE


def _warm(data: bytes) -> None:
    read(data, CATALOG)


def test_an_mbd_opens(benchmark: Benchmark, calibration: float) -> None:
    data = SHIPPED.read_bytes()
    _warm(data)
    benchmark.pedantic(lambda: read(data, CATALOG), rounds=20)
    within(benchmark, calibration, "median", _loops(_MBD_S))


@needs_shared
@pytest.mark.parametrize("name", ["blaster-fire-energy", "mastermind-bots-traps"])
def test_an_mxd_opens(benchmark: Benchmark, calibration: float, name: str) -> None:
    data = (BUILDS / f"{name}-3.20.mxd").read_bytes()
    _warm(data)
    benchmark.pedantic(lambda: read(data, CATALOG), rounds=20)
    within(benchmark, calibration, "median", _loops(_MXD_S))


@needs_shared
def test_a_thousand_files_are_converted(benchmark: Benchmark, calibration: float) -> None:
    """A tenth of them: from .mxd to .mbd, read and written."""
    files = [(BUILDS / f"{name}-3.20.mxd").read_bytes() for name in SAMPLES]

    def convert() -> None:
        for data in itertools.islice(itertools.cycle(files), _CONVERTED):
            forms.write(read(data, CATALOG).build, Form.MBD, CATALOG)

    convert()
    benchmark.pedantic(convert, rounds=2)
    within(benchmark, calibration, "min", _loops(_THOUSAND_S * _CONVERTED / 1000))
