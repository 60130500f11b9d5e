"""Rows of a game database to values of the model.

A shape is a query and a constructor derived from a dataclass: its fields are columns of the same
name, but for those renamed or filled in by hand. The kind of a column says how it is converted.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final

from midsdesk.model.game import (
    Archetype,
    Effect,
    Enhancement,
    EnhancementLine,
    EnhancementSet,
    Entity,
    Power,
    PowerAttributes,
    Powerset,
    Requirement,
)
from midsdesk.storage.gamedb.columns import TABLES, Kind

_Convert = Callable[[Any], Any]


@lru_cache(maxsize=1 << 14)
def tuples(text: str | None) -> Any:
    """Return what a JSON column holds, with tuples for lists; () for NULL."""
    return () if text is None else _tuples(json.loads(text))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value


@lru_cache(maxsize=1 << 10)
def _attributes(text: str | None) -> PowerAttributes | None:
    return None if text is None else PowerAttributes(*json.loads(text))


@lru_cache(maxsize=1 << 14)
def shared(text: str) -> str:
    """Return one object for equal texts: effects repeat few names very often."""
    return text


class Shape:
    """How one table becomes objects of one class.

    Attributes:
        columns: The columns to ask for, quoted, in the order of `make`'s values.
    """

    def __init__(
        self,
        model: type[Any],
        table: str,
        renamed: Mapping[str, str] | None = None,
        converted: Mapping[str, _Convert] | None = None,
        omitted: tuple[str, ...] = (),
    ) -> None:
        """Derive the shape.

        Args:
            model: A dataclass.
            table: A key of `columns.TABLES`.
            renamed: Field -> column, where they are not called alike.
            converted: Field -> conversion, beside those the column's kind gives.
            omitted: Fields that no column gives; the caller passes them by name.
        """
        kinds = {column.name: column.kind for column in TABLES[table].columns}
        by_kind: dict[Kind, _Convert] = {Kind.FLAG: bool, Kind.JSON: tuples}
        names = [each.name for each in fields(model) if each.name not in omitted]
        column_of = [(renamed or {}).get(name, name) for name in names]
        self.names: Final = tuple(names)
        self.columns: Final = ", ".join(f'"{table}"."{column}"' for column in column_of)
        self.width: Final = len(names)
        converts = [
            (converted or {}).get(name) or by_kind.get(kinds[column])
            for name, column in zip(names, column_of, strict=True)
        ]
        self._converts = tuple((at, convert) for at, convert in enumerate(converts) if convert)

    def values(self, row: tuple[Any, ...]) -> list[Any]:
        """Return the converted values of a row of `columns` (more may follow; they are kept)."""
        values = list(row)
        for at, convert in self._converts:
            values[at] = convert(values[at])
        return values


EFFECTS: Final = Shape(
    Effect,
    "effects",
    converted={
        "stacking": bool,
        "original": _attributes,
        "modified": _attributes,
        "modifier_table": shared,
        "effect_id": shared,
        "only_class": shared,
        "reward": shared,
        "magnitude_expression": shared,
    },
)
POWERS: Final = Shape(
    Power,
    "powers",
    renamed={
        "id": "full_name",
        "activation": "power_type",
        "has_variable": "variable_enabled",
        "inherent_kind": "inherent_type",
        "absorbs_summon_effects": "absorb_summon_effects",
        "absorbs_summon_attributes": "absorb_summon_attributes",
        "boostable": "boost_boostable",
    },
    omitted=("requirement", "effects"),
)
REQUIREMENTS: Final = Shape(Requirement, "powers")
ARCHETYPES: Final = Shape(
    Archetype,
    "archetypes",
    renamed={"id": "class_name", "kind": "class_type"},
    converted={"origins": lambda text: tuple(sorted(tuples(text)))},
)
POWERSETS: Final = Shape(
    Powerset,
    "powersets",
    renamed={"id": "full_name"},
    converted={"exclusive": lambda text: tuple(name for name, _ in tuples(text)) if text else ()},
    omitted=("powers",),
)
ENTITIES: Final = Shape(
    Entity,
    "entities",
    renamed={"id": "uid", "henchman": "kind", "archetype": "class_name"},
    converted={"henchman": lambda kind: bool(kind == 1)},
)
LINES: Final = Shape(
    EnhancementLine,
    "enhancement_lines",
    renamed={"aspect": "enhances", "status": "enhances_status"},
    omitted=("effect",),
)
# Levels count from 0 in the source, from 1 in the model; -1 is none there, 0 here.
ENHANCEMENTS: Final = Shape(
    Enhancement,
    "enhancements",
    renamed={"id": "uid", "set_id": "set_uid"},
    converted={
        "level_min": lambda level: level + 1,
        "level_max": lambda level: level + 1,
        "exclusive_group": lambda group: max(group, 0),
    },
    omitted=("piece", "power", "lines"),
)
SETS: Final = Shape(
    EnhancementSet,
    "enhancement_sets",
    renamed={"id": "uid"},
    converted={"level_min": lambda level: level + 1, "level_max": lambda level: level + 1},
    omitted=("pieces", "bonuses", "specials"),
)


def power(row: tuple[Any, ...], effects: tuple[Effect, ...]) -> Power:
    """Return a power from a row of `POWERS.columns` and then `REQUIREMENTS.columns`."""
    values = POWERS.values(row)
    requirement = requirement_of(row[POWERS.width :])
    before = POWERS.names.index("level") + 1
    fields = [*values[:before], requirement, *values[before : POWERS.width], effects]
    return Power(*fields)


@lru_cache(maxsize=1 << 10)
def requirement_of(row: tuple[Any, ...]) -> Requirement:
    """Return a requirement from a row of `REQUIREMENTS.columns`."""
    return Requirement(*REQUIREMENTS.values(row))
