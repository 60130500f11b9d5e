"""Every value is of the kind its layout says: strict, and fast enough to look at all of them.

The validators are derived from the layouts; a whole record is one pydantic tuple, so the loop over
its fields runs in compiled code.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from importer.issues import Issue, Severity
from importer.mhd import layout
from importer.mhd.layout import Item, ListOf, Optional, Record, Repeated, Scalar
from importer.progress import Progress
from importer.source import Source, Values
from midsdesk.errors import ImportRefusedError

_STRICT: Final = ConfigDict(strict=True)
_AT_ONCE: Final = 200
_I32_MAX: Final = 2**31 - 1
_SINGLE_MAX: Final = 3.4028234663852886e38
# Above this share of bad records of one kind the source is not what it claims to be.
_TOO_MANY: Final = 0.01
_SHOWN_OF_A_FILE: Final = 500

# List of `Source` -> the layout of its records and the file people know it from.
LISTS: Final[dict[str, tuple[Record, str]]] = {
    "archetypes": (layout.ARCHETYPE, "I12.mhd"),
    "powersets": (layout.POWERSET, "I12.mhd"),
    "powers": (layout.POWER, "I12.mhd"),
    "entities": (layout.ENTITY, "I12.mhd"),
    "enhancements": (layout.ENHANCEMENT, "EnhDB.mhd"),
    "enhancement_sets": (layout.ENHANCEMENT_SET, "EnhDB.mhd"),
    "recipes": (layout.RECIPE, "Recipe.mhd"),
    "salvage": (layout.SALVAGE, "Salvage.mhd"),
    "comparisons": (layout.COMPARE_OVERRIDE, "Compare.mhd"),
    "modifier_tables": (layout.MODIFIER_TABLE, "AttribMod.json"),
}


def _type_of(item: Item) -> Any:
    """Return the type of an item, put together at run time, which mypy cannot follow."""
    match item:
        case Scalar():
            return _SCALARS[item]
        case ListOf():
            return _list_of(item.item)
        case Repeated():
            return Annotated[
                _list_of(item.item), Field(min_length=item.times, max_length=item.times)
            ]
        case Optional():
            return _type_of(item.item) | None
        case Record():
            return GenericAlias(tuple, tuple(_type_of(each.kind) for each in item.fields))


def _list_of(item: Item) -> Any:
    return GenericAlias(tuple, (_type_of(item), ...))


_SCALARS: Final[dict[Scalar, Any]] = {
    Scalar.I32: Annotated[int, Field(ge=-_I32_MAX - 1, le=_I32_MAX)],
    Scalar.F32: Annotated[float, Field(ge=-_SINGLE_MAX, le=_SINGLE_MAX, allow_inf_nan=False)],
    Scalar.BOOL: bool,
    Scalar.DATE: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)],
    # The bound also makes pydantic look for halves of characters, which no file can hold.
    Scalar.STR: Annotated[str, Field(max_length=1 << 20)],
}


@cache
def _adapter(record: Record) -> TypeAdapter[Any]:
    kind: Any = GenericAlias(list, (_type_of(record),))
    return TypeAdapter(kind, config=_STRICT)


def check(source: Source, progress: Progress) -> tuple[Source, list[Issue]]:
    """Look at every value.

    Returns:
        The source without the records that do not fit, and an issue for each bad value.

    Raises:
        ImportRefusedError: More than one record of a kind in a hundred does not fit.
    """
    issues: list[Issue] = []
    kept: dict[str, Any] = {}
    total = sum(len(getattr(source, name)) for name in LISTS)
    done = 0
    for name, (record, file) in LISTS.items():
        records: tuple[Values, ...] = getattr(source, name)
        bad: set[int] = set()
        for start in range(0, len(records), _AT_ONCE):
            progress.step(done + start, total)
            for index, issue in _flaws(record, file, records, start):
                bad.add(index)
                if len(issues) < _SHOWN_OF_A_FILE:
                    issues.append(issue)
        done += len(records)
        if bad:
            _refuse_many(record, file, len(bad), len(records), issues)
            kept[name] = tuple(each for at, each in enumerate(records) if at not in bad)
    issues += _check_texts(source)
    progress.step(total, total)
    return (replace(source, **kept) if kept else source), issues


def _refuse_many(record: Record, file: str, bad: int, total: int, issues: list[Issue]) -> None:
    if bad > max(1, total * _TOO_MANY):
        first = issues[-1] if issues else None
        raise ImportRefusedError(
            f"{file}: {bad} of {total} {record.name} records are malformed"
            f"{f' (such as {first.place}: {first.message})' if first else ''}."
            " The file is damaged or of another kind.",
            bad=bad,
            total=total,
        )


def _flaws(
    record: Record, file: str, records: Sequence[Values], start: int
) -> Iterator[tuple[int, Issue]]:
    part = list(records[start : start + _AT_ONCE])
    try:
        _adapter(record).validate_python(part)
    except ValidationError as error:
        for flaw in error.errors(include_url=False, include_input=False, include_context=False):
            index, *rest = flaw["loc"]
            assert isinstance(index, int)
            place = path_of(record, [step for step in rest if isinstance(step, int)])
            name = name_of(record, records[start + index], start + index)
            yield (
                start + index,
                Issue(Severity.ERROR, "schema", file, name, place, flaw["msg"] + "."),
            )


def name_of(record: Record, values: Values, index: int) -> str:
    """Return what a person calls a record: its kind and key, or its number from 1."""
    if record.key:
        at = record.position[record.key]
        key = values[at] if isinstance(values, tuple) and at < len(values) else None
        if isinstance(key, str) and key:
            return f"{record.name} {key}"
    return f"{record.name} {index + 1}"


def path_of(item: Item, steps: Sequence[int]) -> str:
    """Return where a value is, by names: (43, 2, 21) of a power is "effects[2].scale"."""
    text = ""
    for step in steps:
        if isinstance(item, Optional):
            item = item.item
        if isinstance(item, Record):
            if step >= len(item.fields):
                return text
            text += f".{item.fields[step].name}" if text else item.fields[step].name
            item = item.fields[step].kind
        elif isinstance(item, ListOf | Repeated):
            text += f"[{step}]"
            item = item.item
    return text


class _Members(BaseModel):
    """A JSON object of a small table; members beside those needed are let pass."""

    model_config = ConfigDict(strict=True)


class _Level(_Members):
    picks: Annotated[int, Field(ge=0, le=100)]
    slots: Annotated[int, Field(ge=0, le=100)]


class _Maths(_Members):
    thresholds: Annotated[list[list[float]], Field(min_length=3, max_length=3)]
    grades: Annotated[list[list[float]], Field(min_length=4, max_length=4)]
    inventions: Annotated[list[list[float]], Field(min_length=50)]


class _Class(_Members):
    index: int
    name: str
    short_name: str
    class_name: str


class _Grade(_Members):
    name: str
    short_name: str


class _Grades(_Members):
    set_types: list[_Grade]
    special_enhancement_types: list[_Grade]


class _Replacement(_Members):
    old: int
    new: int


class _OtherName(_Members):
    name: str


class _ServerData(_Members):
    base_to_hit: float
    base_fly_speed: float
    base_jump_speed: float
    base_jump_height: float
    base_run_speed: float
    base_perception: float
    max_fly_speed: float
    max_jump_speed: float
    max_jump_height: float
    max_run_speed: float
    max_max_fly_speed: float
    max_max_jump_speed: float
    max_max_run_speed: float
    max_slots: int
    enable_inherent_slotting: bool
    health_slots: int
    health_slot_1_level: int
    health_slot_2_level: int
    stamina_slots: int
    stamina_slot_1_level: int
    stamina_slot_2_level: int
    enabled_incarnates: dict[str, bool]


@dataclass(frozen=True, slots=True)
class _Text:
    file: str
    kind: Any
    required: bool = True


_LEVELS: Final = Annotated[list[_Level], Field(min_length=50, max_length=50)]
_TEXTS: Final = {
    "levels": _Text("NLevels.mhd", _LEVELS),
    "respec_levels": _Text("RLevels.mhd", _LEVELS, required=False),
    "maths": _Text("Maths.mhd", _Maths),
    "enhancement_classes": _Text("EClasses.mhd", list[_Class]),
    "grades": _Text("TypeGrades.json", _Grades),
    "server_data": _Text("SData.json", _ServerData),
    "replacements": _Text("PowersReplTable.mhd", list[_Replacement], required=False),
    "cryptic_names": _Text("CrypticPowerNames.mhd", list[_OtherName], required=False),
}


@cache
def _text_adapter(form: str) -> TypeAdapter[Any]:
    return TypeAdapter(_TEXTS[form].kind)


def _check_texts(source: Source) -> list[Issue]:
    """Check the small tables.

    Raises:
        ImportRefusedError: One of those without which nothing works is missing or malformed.
    """
    for form, text in _TEXTS.items():
        value = source.texts.get(form)
        if value is None:
            if text.required:
                raise ImportRefusedError(f"{text.file} is missing, and nothing works without it.")
            continue
        try:
            _text_adapter(form).validate_python(value)
        except ValidationError as error:
            flaw = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(step) for step in flaw["loc"])
            raise ImportRefusedError(f"{text.file}: {place}: {flaw['msg']}.") from error
    return []
