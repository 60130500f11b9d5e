"""Records of the source to rows of the game database, and back.

Both directions are made from the layouts and the tables' columns, by name: what a record has, its
row has. Positions are the source's; nothing is sorted, because the order of a Mids list means
something (first of a duplicate, order of powers in a set).
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from importer.expressions import to_text
from importer.mhd import layout
from importer.mhd.layout import ListOf, Optional, Record
from importer.source import EffectExtra, Source, Values
from midsdesk.storage.gamedb.columns import TABLES

Row: TypeAlias = tuple[Any, ...]

# What the twelve values are where an effect does not use them: nearly everywhere.
UNUSED_VALUES: Final = (-1.0, -1.0, -1, -1.0, 0, -1.0, -1.0, -1, -1.0, -1.0, -1.0, -1.0)

# Lists that have a table of their own instead of a column.
_OWN_TABLE: Final = frozenset({"effects", "bonuses", "special_bonuses", "levels"})


@lru_cache(maxsize=1 << 15)
def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def to_json(value: Any) -> str | None:
    """Return a list as a JSON column has it: NULL for an empty one."""
    return _text(value) if value else None


@lru_cache(maxsize=1 << 15)
def from_json(text: str | None) -> Any:
    """Return the tuples of a JSON column."""
    return () if text is None else _tuples(json.loads(text))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value


def _values_text(value: Values) -> str | None:
    # UNUSED_VALUES has no zero but an area, so == tells all differences, even of signs.
    return None if value == UNUSED_VALUES else _text(value)


def _maker(record: Record) -> Callable[[Values], list[Any]]:
    """Return what makes a row of a record: lists and the twelve values become text."""
    dropped: list[int] = []
    texts: list[tuple[int, Callable[[Any], str | None]]] = []
    for index, each in enumerate(record.fields):
        if each.name in _OWN_TABLE or isinstance(each.kind, Optional):
            dropped.insert(0, index)
        elif isinstance(each.kind, Record):
            texts.append((index, _values_text))
        elif isinstance(each.kind, ListOf):
            texts.append((index, to_json))

    def make(values: Values) -> list[Any]:
        row = list(values)
        for index, encode in texts:
            row[index] = encode(row[index])
        for index in dropped:
            del row[index]
        return row

    return make


def _plain(record: Record, records: Sequence[Values]) -> Iterator[Row]:
    """Yield position, fields."""
    make = _maker(record)
    for position, values in enumerate(records):
        yield (position, *make(values))


def _with_extra(source: Source, name: str, record: Record) -> Iterator[Row]:
    """Yield position, fields, what the source knows beside them."""
    make = _maker(record)
    assert record.key
    at = record.position[record.key]
    for position, values in enumerate(getattr(source, name)):
        yield (position, *make(values), json_of(source.extras.of(name, values[at])))


def json_of(value: Any) -> str | None:
    """Return the text of a JSON column, the same for the same value; NULL for nothing."""
    return canonical_json(value) if value else None


def _archetypes(source: Source) -> Iterator[Row]:
    """Hit points are whole in a record; the exact ones count, where they are known."""
    at = 1 + layout.ARCHETYPE.position["hit_points"]
    name_at = layout.ARCHETYPE.position["class_name"]
    rows = _with_extra(source, "archetypes", layout.ARCHETYPE)
    for values, row in zip(source.archetypes, rows, strict=True):
        exact = source.extras.of("archetypes", values[name_at]).get("hit_points")
        yield row if exact is None else (*row[:at], exact, *row[at + 1 :])


def powerset_positions(source: Source) -> dict[str, int]:
    """Return the position of each powerset by its name in small letters; the first counts."""
    at = layout.POWERSET.position["full_name"]
    found: dict[str, int] = {}
    for position, values in enumerate(source.powersets):
        found.setdefault(values[at].lower(), position)
    return found


def powerset_name(power: str) -> str:
    """Return the first two parts of a power's full name, in small letters."""
    parts = power.lower().split(".", 2)
    return ".".join(parts[:2]) if len(parts) > 2 else ""


def _powers(source: Source) -> Iterator[Row]:
    sets = powerset_positions(source)
    at = layout.POWER.position["full_name"]
    make = _maker(layout.POWER)
    for position, values in enumerate(source.powers):
        powerset = sets.get(powerset_name(values[at]))
        tree = source.extras.requirements.get(values[at].lower())
        requirement = None if tree is None else to_text(tree)
        extra = json_of(source.extras.of("powers", values[at]))
        yield (position, powerset, *make(values), requirement, extra)


_EFFECT_TAIL: Final = (None, None, None)


def _tail(extra: EffectExtra | None) -> Row:
    if extra is None:
        return _EFFECT_TAIL
    return json_of(extra.condition), json_of(extra.formulas), json_of(extra.extra)


def _effect_row(values: Values, owner: str, extra: EffectExtra | None = None) -> Row:
    original, modified, conditions = values[-3:]
    return (
        None if values[0] == owner else values[0],
        *values[1:-3],
        None if original == UNUSED_VALUES else _text(original),
        None if modified == UNUSED_VALUES else _text(modified),
        _text(conditions) if conditions else None,
        *_tail(extra),
    )


def _effects(source: Source) -> Iterator[Row]:
    name_at, at = (layout.POWER.position[name] for name in ("full_name", "effects"))
    position = 0
    for power, values in enumerate(source.powers):
        name = values[name_at]
        extras = source.extras.effects.get(name.lower(), ())
        for ordinal, effect in enumerate(values[at]):
            extra = extras[ordinal] if ordinal < len(extras) else None
            yield (position, power, None, ordinal, *_effect_row(effect, name, extra))
            position += 1
    at = layout.ENHANCEMENT.position["effects"]
    effect_at = layout.ENHANCEMENT_EFFECT.position["effect"]
    line = 0
    for enhancement in source.enhancements:
        for values in enhancement[at]:
            if values[effect_at] is not None:
                yield (position, None, line, 0, *_effect_row(values[effect_at], ""))
                position += 1
            line += 1


def _lines(source: Source) -> Iterator[Row]:
    at = layout.ENHANCEMENT.position["effects"]
    make = _maker(layout.ENHANCEMENT_EFFECT)
    position = 0
    for enhancement, values in enumerate(source.enhancements):
        for line in values[at]:
            yield (position, enhancement, *make(line))
            position += 1


def _bonuses(source: Source) -> Iterator[Row]:
    bonuses_at = layout.ENHANCEMENT_SET.position["bonuses"]
    specials_at = layout.ENHANCEMENT_SET.position["special_bonuses"]
    position = 0
    for owner, values in enumerate(source.enhancement_sets):
        for special, text, pv_mode, slotted, powers in values[bonuses_at]:
            yield (position, owner, False, special, text, pv_mode, slotted, to_json(powers))
            position += 1
        for special, text, powers in values[specials_at]:
            yield (position, owner, True, special, text, None, None, to_json(powers))
            position += 1


def _recipe_levels(source: Source) -> Iterator[Row]:
    at = layout.RECIPE.position["levels"]
    make = _maker(layout.RECIPE_LEVEL)
    position = 0
    for recipe, values in enumerate(source.recipes):
        for level in values[at]:
            yield (position, recipe, *make(level))
            position += 1


def _modifier_tables(source: Source) -> Iterator[Row]:
    for position, (table_id, base_index, rows) in enumerate(source.modifier_tables):
        lengths = [len(row) for row in rows]
        numbers = [number for row in rows for number in row]
        blob = struct.pack(f"<{len(numbers)}f", *numbers)
        yield (position, table_id, base_index, "", json.dumps(lengths), blob)


def singles(blob: bytes) -> list[float]:
    """Return the numbers of a blob of little-endian singles."""
    numbers = array("f", blob)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()


def _files(source: Source) -> Iterator[Row]:
    for position, file in enumerate(source.files):
        raw = None if file.raw is None else zlib.compress(file.raw, 6)
        head = canonical_json(dict(file.head)) if file.head else None
        yield (position, file.name, file.form, head, raw)


def canonical_json(value: Any) -> str:
    """Return JSON that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _texts(source: Source) -> Iterator[Row]:
    for position, (form, value) in enumerate(sorted(source.texts.items())):
        yield (position, form, canonical_json(value))


_MAKERS: Final[dict[str, Callable[[Source], Iterator[Row]]]] = {
    "source_files": _files,
    "texts": _texts,
    "archetypes": _archetypes,
    "powersets": lambda source: _with_extra(source, "powersets", layout.POWERSET),
    "powers": _powers,
    "effects": _effects,
    "entities": lambda source: _with_extra(source, "entities", layout.ENTITY),
    "enhancements": lambda source: _with_extra(source, "enhancements", layout.ENHANCEMENT),
    "enhancement_lines": _lines,
    "enhancement_sets": lambda source: _with_extra(
        source, "enhancement_sets", layout.ENHANCEMENT_SET
    ),
    "set_bonuses": _bonuses,
    "recipes": lambda source: _plain(layout.RECIPE, source.recipes),
    "recipe_levels": _recipe_levels,
    "salvage": lambda source: _plain(layout.SALVAGE, source.salvage),
    "effect_ids": lambda source: enumerate(source.effect_ids),
    "comparisons": lambda source: _plain(layout.COMPARE_OVERRIDE, source.comparisons),
    "modifier_tables": _modifier_tables,
}


def tables(source: Source) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield every table but `meta` with its rows, in the order of `columns.TABLES`."""
    for name in TABLES:
        if name in _MAKERS:
            yield name, _MAKERS[name](source)


def total_rows(source: Source) -> int:
    """Return how many rows `tables` will give, near enough for a progress bar."""
    effects_at = layout.POWER.position["effects"]
    levels_at = layout.RECIPE.position["levels"]
    return (
        sum(1 + len(values[effects_at]) for values in source.powers)
        + sum(1 + len(values[levels_at]) for values in source.recipes)
        + len(source.powersets)
        + 6 * len(source.enhancements)
        + 12 * len(source.enhancement_sets)
    )
