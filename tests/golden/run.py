"""Compute rows of an index and compare them with the old planner's results."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from midsdesk.calc.engine import Engine
from midsdesk.formats import mbd
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.report.full import full
from tests.golden.compare import Tally, compare
from tests.golden.opening import open_build


def settings_of(row: dict[str, Any]) -> CalcSettings:
    """Return the settings of an index row: what differs from a fresh installation."""
    given = row.get("settings", {})
    return CalcSettings(
        rules=Rules.MIDS,
        pvp=given.get("pvp", False),
        scaling_to_hit=given.get("scaling_to_hit", 0.75),
        exemplar_level=given.get("force_level", 50),
        suppression=given.get("suppression", 0),
        team_size=given.get("team_size", 1),
        team_members=tuple(sorted(given.get("team_members", {}).items())),
        arcana_time=given.get("use_arcana_time", False),
        ignore_enhancement_effects=given.get("ignore_enhancement_effects", False),
        ignore_set_bonuses=given.get("ignore_set_bonus_effects", False),
        sliders_moved=given.get("restore_lights", False),
    )


def result_name(row: dict[str, Any]) -> str:
    """Return the name of a row's result file, without folder and packing."""
    name = Path(row["result"]).name if row.get("result") else f"{row['name']}.{row['variant']}.json"
    return name.removesuffix(".gz")


def compute(engine: Engine, catalog: Catalog, row: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return our result for one row; its build's path is relative to `folder` or absolute."""
    saved, _ = mbd.decode((folder / row["build"]).read_bytes(), catalog)
    given = row.get("settings", {})
    build = open_build(saved, catalog, restore_lights=given.get("restore_lights", False))
    return full(engine.calculate(build, settings_of(row)))


def theirs(row: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the old planner's result for one row."""
    path = folder / row["result"]
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return dict(json.loads(data))


def compare_all(
    catalog: Catalog, rows: list[dict[str, Any]], folder: Path
) -> Iterator[tuple[dict[str, Any], Tally]]:
    """Yield each row with its tally."""
    engine = Engine(catalog)
    for row in rows:
        yield row, compare(compute(engine, catalog, row, folder), theirs(row, folder))
