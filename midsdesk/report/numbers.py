"""Totals as CSV and JSON, and how a number stands in a text."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, Final

from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.totals import Statistic
from midsdesk.report.names import set_name

_COLUMNS: Final = ("key", "label", "value", "uncapped", "cap", "unit")
_DECIMALS: Final = {"%": 1, "/s": 2, "s": 2, "mag": 2, "points": 0}
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_DIGITS: Final = 6


def shown(statistic: Statistic) -> str:
    """A number with its unit: "45.0 %", "1,606 points", "3.45/s"."""
    number = f"{statistic.value:,.{_DECIMALS.get(statistic.unit, 1)}f}"
    if statistic.unit in ("", "/s"):
        return f"{number}{statistic.unit}"
    return f"{number} {statistic.unit}"


def totals_csv(builds: Sequence[tuple[Build, Sequence[Statistic]]]) -> str:
    """One row a number, with the build in front; full precision, a point for the decimals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("build", *_COLUMNS))
    for build, statistics in builds:
        for each in statistics:
            cap = "" if each.cap is None else _number(each.cap)
            row = (
                each.key,
                each.label,
                _number(each.value),
                _number(each.uncapped),
                cap,
                each.unit,
            )
            writer.writerow((_harmless(build.name), *row))
    return out.getvalue()


def _number(value: float) -> float:
    return round(float(value), _DIGITS)


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def totals_json(build: Build, catalog: Catalog, statistics: Sequence[Statistic]) -> dict[str, Any]:
    """The numbers of one build, ready for `json.dumps`."""
    return {
        "name": build.name,
        "archetype": build.archetype,
        "level": build.level,
        "powersets": [set_name(catalog, each) for each in build.powersets if each],
        "data": {"name": catalog.name, "version": catalog.version},
        "totals": [
            {
                "key": each.key,
                "label": each.label,
                "value": _number(each.value),
                "uncapped": _number(each.uncapped),
                "cap": None if each.cap is None else _number(each.cap),
                "unit": each.unit,
            }
            for each in statistics
        ],
    }


def totals_text(value: Any) -> str:
    """JSON as it is written to a file."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
