"""Data files of older days: the layouts since 2019, and what they become today.

The files carry no format number. A file is tried in every layout there was, the newest first; the
right one is the one that reads to exactly the last byte. What is read is brought up to date, so
that nothing behind this module knows how old a file is.

Source: the format description, section 16.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from importer.mhd import layout
from importer.mhd.binary import Values
from importer.mhd.errors import CodecError, OlderFormatError
from importer.mhd.layout import Field, Item, ListOf, Optional, Record

# Kind of file -> its first text before February 2022.
OLD_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "powers": "Mids' Hero Designer Database MK II",
        "enhancements": "Mids' Hero Designer Enhancement Database",
        "recipes": "Mids' Hero Designer Recipe Database",
        "salvage": "Mids' Hero Designer Salvage Database",
        "comparisons": "Mids' Hero Designer Comparison Overrides",
    }
)
_SPLIT: Final = "///"
_EFFECTS: Final = "2022-04-17"
# Days on which fields came: (record, field) -> day. Before it, files lack the field.
_SINCE: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("power", "base_recharge_time"): "2019-09-27",
        ("power", "enhancement_classes"): "2019-10-16",
        ("power", "inherent_type"): "2020-06-29",
        ("power", "variable_override"): "2020-09-23",
        ("power", "active"): "2020-10-05",
        ("power", "taken"): "2020-10-05",
        ("power", "stacks"): "2020-10-21",
        ("effect", "power_attribute"): "2020-10-21",
        ("effect", "original"): "2020-10-21",
        ("effect", "modified"): "2020-10-21",
        ("effect", "conditions"): "2020-10-21",
        ("enhancement", "is_proc"): "2021-01-06",
        ("power", "variable_start"): "2021-02-11",
        ("recipe", "generic"): "2021-03-09",
        ("recipe", "virtual"): "2021-03-09",
        ("recipe", "hidden"): "2021-03-09",
        ("effect", "ignores_scaling"): "2021-08-01",
        ("enhancement", "is_scalable"): "2021-12-16",
        ("effect", "duration_expression"): _EFFECTS,
        ("effect", "probability_expression"): _EFFECTS,
    }
)
# A recipe's slot had one number more for a while.
_SLOT_NUMBER: Final = ("2020-12-19", "2021-02-24")
_EXTRA_NUMBER: Final = Field("recipe_number", layout.I32)

Upgrade: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True)
class OldLayout:
    """A layout as it was just before a day.

    Attributes:
        before: The day, such as "2020-10-21"; files are at least that old.
        item: What the file holds in place of today's record.
        upgrade: Makes today's record of one of these.
    """

    before: str
    item: Item
    upgrade: Upgrade


@cache
def layouts_of(record: Record) -> tuple[OldLayout, ...]:
    """The layouts a record had, the newest first; without today's."""
    days = sorted({_SINCE[key] for key in _SINCE} | set(_SLOT_NUMBER), reverse=True)
    found: list[OldLayout] = []
    seen: Item = record
    for day in days:
        item, upgrade = _as_of(record, day)
        if item != seen:
            found.append(OldLayout(day, item, upgrade))
            seen = item
    return tuple(found)


@cache
def layout_before(record: Record, day: str) -> OldLayout:
    """The layout a record had just before a day."""
    item, upgrade = _as_of(record, day)
    return OldLayout(day, item, upgrade)


def _as_of(item: Item, day: str) -> tuple[Item, Upgrade]:
    """An item just before a day, and what makes today's value of it."""
    match item:
        case ListOf():
            inner, upgrade = _as_of(item.item, day)
            return replace(item, item=inner), lambda values: tuple(map(upgrade, values))
        case Optional():
            inner, upgrade = _as_of(item.item, day)
            assert isinstance(inner, Record)
            return replace(
                item, item=inner
            ), lambda value: None if value is None else upgrade(value)
        case Record():
            return _record_as_of(item, day)
        case _:
            return item, _same


def _record_as_of(record: Record, day: str) -> tuple[Record, Upgrade]:
    fields: list[Field] = []
    upgrades: list[tuple[str, Upgrade]] = []
    missing: list[str] = []
    for each in record.fields:
        if day <= _SINCE.get((record.name, each.name), ""):
            missing.append(each.name)
            continue
        inner, upgrade = _as_of(each.kind, day)
        fields.append(Field(each.name, inner))
        if upgrade is not _same:
            upgrades.append((each.name, upgrade))
    if record is layout.RECIPE_INGREDIENT and _SLOT_NUMBER[0] < day <= _SLOT_NUMBER[1]:
        fields.append(_EXTRA_NUMBER)
    changed = tuple(fields)
    if changed == record.fields:
        return record, _same
    old = Record(record.name, changed, record.key)
    return old, _upgrader(record, old, tuple(upgrades), tuple(missing))


def _upgrader(
    record: Record, old: Record, upgrades: tuple[tuple[str, Upgrade], ...], missing: tuple[str, ...]
) -> Upgrade:
    names, wanted = old.names, record.names
    defaults = {name: _default(record, name) for name in missing}
    one_expression = "probability_expression" in missing
    same_recharge = "base_recharge_time" in missing

    def upgrade(values: Values) -> Values:
        found = dict(zip(names, values, strict=True))
        for name, change in upgrades:
            found[name] = change(found[name])
        found |= defaults
        if one_expression:
            found |= _three_expressions(found["magnitude_expression"])
        if same_recharge:
            found["base_recharge_time"] = found["recharge_time"]
        return tuple([found[name] for name in wanted])

    return upgrade


def _three_expressions(text: str) -> dict[str, str]:
    """One old expression: the magnitude, and behind three slashes the probability."""
    magnitude, found, probability = text.partition(_SPLIT)
    if not found:
        return {"duration_expression": "", "probability_expression": ""}
    return {
        "duration_expression": "",
        "magnitude_expression": magnitude.strip(),
        "probability_expression": probability.strip(),
    }


def _default(record: Record, name: str) -> Any:
    """What a field becomes that a file is too old to hold."""
    kind = next(each.kind for each in record.fields if each.name == name)
    if kind in (layout.ORIGINAL_VALUES, layout.MODIFIED_VALUES):
        assert isinstance(kind, Record)
        return tuple(0 if each.name == "effect_area" else _minus_one(each) for each in kind.fields)
    if isinstance(kind, ListOf):
        return ()
    plain: dict[Item, Any] = {layout.BOOL: False, layout.F32: 0.0, layout.STR: ""}
    return plain.get(kind, 0)


def _minus_one(each: Field) -> float | int:
    return -1.0 if each.kind is layout.F32 else -1


def _same(value: Any) -> Any:
    return value


def tried(
    attempts: Iterator[tuple[str, Callable[[], Any]]], first: CodecError | None, what: str
) -> tuple[str, Any]:
    """Return the day and the result of the first attempt that fits.

    Args:
        attempts: Day before which a layout held, and what reads the file in it to its last byte.
        first: What today's layout said, None where the header alone told the age.
        what: What the file is called.

    Raises:
        CodecError: None fits: what today's layout said, or that the file is damaged or too old.
    """
    for day, attempt in attempts:
        try:
            return day, attempt()
        except CodecError:
            continue
    if first is not None:
        raise first
    message = (
        f"This is the older format of a {what}, but in none of its layouts since September 2019: "
        "it is damaged, or older still"
    )
    raise OlderFormatError(None, message)
