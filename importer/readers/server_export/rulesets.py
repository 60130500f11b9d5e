"""The rules that no export holds, from the default file; those of a realm come over them later."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from importer.curated import tables
from importer.source import Values
from midsdesk.errors import SourceFormatError
from midsdesk.storage.gamedb import rulesets

_NAME: Final = f"{rulesets.DEFAULT}.toml"
_SCHEDULES: Final = ("melee_boosts_33", "melee_boosts_20", "melee_boosts_40", "melee_boosts_60")
_LEVELS: Final = 53


def _folder() -> Path:
    checkout = Path(__file__).resolve().parents[3]
    places = [checkout / "resources", Path(sys.prefix) / "share" / "midsdesk" / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        places.insert(0, Path(frozen) / "resources")
    for place in places:
        if (place / "rulesets" / _NAME).is_file():
            return place / "rulesets"
    raise SourceFormatError(f"resources/rulesets/{_NAME} is missing; install midsdesk again.")


def load() -> Mapping[str, Any]:
    """Return the ruleset.

    Raises:
        SourceFormatError: It is missing or malformed.
    """
    return rulesets.whole(_folder() / _NAME)


def texts(rules: Mapping[str, Any], modifier_tables: Sequence[Values]) -> dict[str, Any]:
    """Return the small tables as a Mids folder has them.

    Args:
        rules: Of `load`.
        modifier_tables: The export's; strengths of inventions are taken from them.
    """
    levels = rulesets.levels(rules)
    return {
        "levels": levels,
        "respec_levels": levels,
        "maths": {
            "thresholds": _numbers(rules["enhancements"]["thresholds"]),
            "grades": _numbers(rules["enhancements"]["grades"]),
            "inventions": _inventions(modifier_tables)
            or _numbers(rules["enhancements"]["inventions"]),
        },
        "enhancement_classes": [
            {
                "index": int(index),
                "name": name,
                "short_name": short,
                "class_name": class_name,
                "description": "",
            }
            for index, name, short, class_name, _ in tables.read("enhancement_classes.tsv")
        ],
        "grades": {
            "set_types": [
                {"name": name, "short_name": short, "description": ""}
                for _, name, short, _ in tables.read("set_types.tsv")
            ],
            "special_enhancement_types": [
                {"name": each["name"], "short_name": each["short_name"], "description": ""}
                for each in rules["special"]
            ],
        },
        "server_data": _server(rules["server"]),
    }


def specials(rules: Mapping[str, Any]) -> dict[str, int]:
    """Return the first word of a special enhancement's name -> its kind."""
    return {
        each["begins"].lower(): number
        for number, each in enumerate(rules["special"])
        if each["begins"]
    }


def _numbers(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    return [[float(number) for number in row] for row in rows]


def _server(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()
    }


def _inventions(modifier_tables: Sequence[Values]) -> list[list[float]]:
    """Return the strengths of inventions by level and schedule; [] if a table is missing."""
    found = {name.lower(): rows for name, _, rows in modifier_tables}
    if any(name not in found for name in _SCHEDULES):
        return []
    return [[round(found[name][level][0], 6) for name in _SCHEDULES] for level in range(_LEVELS)]
