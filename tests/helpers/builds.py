"""Builds for tests, made on the packed game data."""

from functools import cache
from pathlib import Path

from midsdesk.app.document import Document
from midsdesk.edit import operations as ops
from midsdesk.formats import mbd
from midsdesk.model.build import Build
from tests.helpers.fake_calc import FakeCalculator
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import SHARED

BUILDS = SHARED / "data" / "builds"
SAMPLES = (
    "blaster-fire-energy",
    "blaster-partial-22",
    "controller-ill-rad",
    "defender-emp-psi-SOs",
    "mastermind-bots-traps",
    "peacebringer-triform",
    "scrapper-claws-wp",
    "sentinel-energy-sr",
    "soldier-crab",
    "tanker-invuln-ss",
    "widow-night",
)
ARCHERY = "Blaster_Ranged.Archery"
SNAP_SHOT = f"{ARCHERY}.Snap_Shot"
RAIN_OF_ARROWS = f"{ARCHERY}.Rain_of_Arrows"


@cache
def sample(name: str) -> Build:
    """One of the shared sample builds."""
    return mbd.decode((BUILDS / f"{name}.mbd").read_bytes(), packed_catalog())[0]


@cache
def empty_blaster() -> Build:
    """A new Archery blaster without a power."""
    catalog = packed_catalog()
    build = ops.new_build(catalog, "Class_Blaster", name="Ash", origin="Science")
    build = ops.change_powerset(build, catalog, 0, ARCHERY)
    return ops.change_powerset(build, catalog, 1, "Blaster_Support.Energy_Manipulation")


def taken(*powers: str, build: Build | None = None) -> Build:
    """The empty blaster with these powers taken in order."""
    result = build or empty_blaster()
    for power in powers:
        result = ops.take_power(result, packed_catalog(), power)
    return result


def document(build: Build | None = None, path: Path | None = None) -> Document:
    """A document over a made build with a calculator of zeros."""
    return Document(build or empty_blaster(), packed_catalog(), FakeCalculator(), path=path)
