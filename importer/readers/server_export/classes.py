"""Classes and their tables: base values, caps, and one modifier table for each name, a column for
each class (reference, A.8 and A.11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from importer.mhd import layout
from importer.progress import Progress
from importer.readers.json_export import as_single
from importer.readers.server_export.assumptions import archetype_of
from importer.readers.server_export.choices import PLAYED
from importer.readers.server_export.files import Export
from importer.source import Finding, Values
from midsdesk.errors import SourceFormatError
from midsdesk.model.vocab import ClassKind

# Order of the columns of the planner's files for the classes a player can have.
_FIRST: Final = [
    "blaster",
    "controller",
    "defender",
    "scrapper",
    "tanker",
    "peacebringer",
    "warshade",
    "sentinel",
    "brute",
    "stalker",
    "mastermind",
    "dominator",
    "corruptor",
    "arachnos_widow",
    "arachnos_soldier",
]
_EPIC: Final = frozenset({"peacebringer", "warshade", "arachnos_soldier", "arachnos_widow"})
_ORIGINS: Final = ("Magic", "Mutation", "Natural", "Science", "Technology")
_ROWS: Final = 55
_TOP: Final = 49
# The name of a table that stands for 1 and has no list.
ONES: Final = "Ones"


@dataclass(frozen=True, slots=True)
class Classes:
    """What was read of all classes.

    Attributes:
        archetypes, tables: Records.
        extras: Class name in small letters -> what the record has no place for.
        names: File name of a class -> class name.
        columns: Class name in small letters -> column.
    """

    archetypes: tuple[Values, ...]
    tables: tuple[Values, ...]
    extras: Mapping[str, Mapping[str, Any]]
    columns: Mapping[str, int]


def class_name(name: str) -> str:
    """Return the planner's name of a class: `minion_pets` is `Class_Minion_Pets`."""
    short = archetype_of(name)
    return "Class_" + "_".join(part[:1].upper() + part[1:] for part in short.split("_"))


def read(export: Export, progress: Progress) -> tuple[Classes, list[Finding]]:
    """Read all classes and all tables.

    Raises:
        SourceFormatError: The index is missing, or a class a player can have lacks its tables.
    """
    index = export.load("archetypes/index.json")
    played = [name.lower() for name in index.get("player_archetypes") or PLAYED]
    rest = [name.lower() for name in index.get("npc_archetypes") or ()]
    order = [name for name in _FIRST if name in played]
    order += sorted(name for name in played if name not in _FIRST) + sorted(rest)
    findings: list[Finding] = []
    records: list[Values] = []
    extras: dict[str, Mapping[str, Any]] = {}
    tables: dict[str, dict[int, Sequence[float]]] = {}
    casing: dict[str, str] = {}
    columns: dict[str, int] = {}
    for column, name in enumerate(order):
        progress.check()
        file, list_file = f"archetypes/{name}.json", f"tables/{name}.json"
        if file not in export:
            findings.append(_missing(file, f"class {name}", name in played))
            continue
        values = export.load(file)
        named = _tables(export, list_file, values)
        if not named:
            _no_tables(list_file, name, name in played, findings)
        for table, numbers in named.items():
            casing.setdefault(table.lower(), table)
            tables.setdefault(table.lower(), {})[column] = numbers
        record, extra = _archetype(values, column, playable=name in played)
        records.append(record)
        columns[class_name(name).lower()] = column
        extras[class_name(name).lower()] = extra
    made = tuple(_modifier_table(casing[key], tables[key], len(order)) for key in sorted(tables))
    ones = (ONES, 0, ((1.0,) * len(order),) * _ROWS)
    if ONES.lower() not in tables:
        made = (*made, ones)
    return Classes(tuple(records), made, extras, columns), findings


def _missing(file: str, record: str, playable: bool) -> Finding:
    severity = "error" if playable else "warning"
    return Finding(severity, file, record, "The file is missing.", "Fetch the export again.")


def _no_tables(file: str, name: str, playable: bool, findings: list[Finding]) -> None:
    message = "The class has no tables; all its numbers count as 0."
    findings.append(Finding("error" if playable else "warning", file, f"class {name}", message))


def _tables(export: Export, file: str, values: Mapping[str, Any]) -> Mapping[str, Sequence[float]]:
    """Return the tables of a class: its file of lists, else those beside its base values."""
    if file in export:
        try:
            found = export.load(file).get("named_tables")
        except (SourceFormatError, AttributeError):
            found = None
        if found:
            return {name: list(numbers) for name, numbers in found.items()}
    nested = values.get("named_tables") or {}
    return {
        name: list(table["values"] if isinstance(table, dict) else table)
        for name, table in nested.items()
    }


def _modifier_table(name: str, columns: Mapping[int, Sequence[float]], width: int) -> Values:
    """Return levels by columns; a class without the table has 0, as the game's look-up gives."""
    rows = []
    for level in range(_ROWS):
        row = [0.0] * width
        for column, numbers in columns.items():
            if level < len(numbers):
                row[column] = as_single(float(numbers[level]))
        rows.append(tuple(row))
    return name, 0, tuple(rows)


def at_level(value: Any, level: int = _TOP) -> float:
    """Return a list's value at a level counted from 0, or the number itself."""
    if isinstance(value, list):
        return float(value[min(level, len(value) - 1)]) if value else 0.0
    return float(value or 0.0)


def _of(values: Mapping[str, Any], block: str, name: str) -> float:
    found = (values.get(block) or {}).get(name)
    if isinstance(found, dict):  # damage_type: all kinds alike
        found = found.get("smashing")
    return at_level(found)


def _archetype(
    values: Mapping[str, Any], column: int, *, playable: bool
) -> tuple[Values, dict[str, Any]]:
    name = class_name(values["name"])
    base_regeneration = _of(values, "attrib_base", "regeneration")
    regeneration = _of(values, "attrib_max", "regeneration")
    hit_points = _of(values, "attrib_max", "hit_points")
    fields = {
        "display_name": values.get("display_name") or name,
        "hit_points": round(hit_points),
        "hit_points_cap": as_single(_of(values, "attrib_max_max", "hit_points")),
        "description": values.get("display_help") or "",
        "resistance_cap": as_single(_of(values, "attrib_resistance_max", "damage_type")),
        "origins": _ORIGINS,
        "class_name": name,
        "class_type": int(_kind(values, playable=playable)),
        "column": column,
        "short_description": values.get("display_short_help") or "",
        "primary_group": values.get("primary_category") or "",
        "secondary_group": values.get("secondary_category") or "",
        "playable": playable,
        "recharge_cap": as_single(_of(values, "attrib_strength_max", "recharge_time")),
        "damage_cap": as_single(_of(values, "attrib_strength_max", "damage_type")),
        "recovery_cap": as_single(_of(values, "attrib_max", "recovery")),
        "regeneration_cap": as_single(
            regeneration / base_regeneration if base_regeneration else regeneration
        ),
        "base_recovery": as_single(_of(values, "attrib_base", "recovery")),
        "base_regeneration": as_single(base_regeneration),
        "base_threat": as_single(_of(values, "attrib_base", "threat_level")),
        "perception_cap": as_single(_of(values, "attrib_max", "perception_radius")),
    }
    return tuple(fields[each] for each in layout.ARCHETYPE.names), _extra(values, hit_points)


def _extra(values: Mapping[str, Any], hit_points: float) -> dict[str, Any]:
    """Return exact values, and those by level that a lower level needs."""
    extra: dict[str, Any] = {"hit_points": hit_points}
    for name, block, attrib in (
        ("hit_points_by_level", "attrib_max", "hit_points"),
        ("hit_points_cap_by_level", "attrib_max_max", "hit_points"),
    ):
        numbers = (values.get(block) or {}).get(attrib)
        if isinstance(numbers, list):
            extra[name] = numbers[: _TOP + 1]
    damage = ((values.get("attrib_strength_max") or {}).get("damage_type") or {}).get("smashing")
    if isinstance(damage, list):
        extra["damage_cap_by_level"] = damage[: _TOP + 1]
    for name in ("level_up_respecs", "restrictions"):
        if values.get(name):
            extra[name] = values[name]
    extra["base_to_hit"] = _of(values, "attrib_base", "to_hit")
    extra["base_perception"] = _of(values, "attrib_base", "perception_radius")
    return extra


def _kind(values: Mapping[str, Any], *, playable: bool) -> ClassKind:
    name = archetype_of(values["name"])
    if not playable:
        if "henchman" in name:
            return ClassKind.HENCHMAN
        return ClassKind.PET if "pet" in name else ClassKind.NONE
    if values.get("is_villain") or name.startswith("arachnos"):
        return ClassKind.VILLAIN_EPIC if name in _EPIC else ClassKind.VILLAIN
    return ClassKind.HERO_EPIC if name in _EPIC else ClassKind.HERO
