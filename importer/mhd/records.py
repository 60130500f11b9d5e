"""The binary files that are a head and one or two lists of records.

EnhDB, Recipe, Salvage, GlobalMods, Compare, and AttribMod in its form before October 2020. I12
has section marks (`importer.mhd.powers`), SData a tail of its own (`importer.mhd.server_data`).

Source: the format description, sections 4 to 9.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from importer.mhd import binary
from importer.mhd.binary import Tick, Values
from importer.mhd.errors import CodecError, TrailingBytesError
from importer.mhd.headers import first_text, require_header
from importer.mhd.layout import (
    COMPARE_OVERRIDE,
    ENHANCEMENT,
    ENHANCEMENT_SET,
    ENHANCEMENTS_HEAD,
    MODIFIER_TABLE,
    MODIFIERS_HEAD,
    RECIPE,
    RECIPES_HEAD,
    SALVAGE,
    STR,
    Field,
    ListOf,
    Record,
)
from importer.mhd.older import OLD_HEADERS, layout_before, layouts_of, tried

Lists: TypeAlias = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class RecordsFormat:
    """What one such file looks like.

    Attributes:
        headers: First texts that are accepted, the usual one first; none if the file has no head.
        head: Fields before the lists; the first is the header.
        lists: Name in `importer.source.Source` -> layout, in file order.
    """

    headers: tuple[str, ...]
    head: Record
    lists: Mapping[str, ListOf]


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """Content of such a file: the head's fields by name, and the records of each list."""

    head: Mapping[str, Any]
    lists: Mapping[str, Values]


_HEADER_ONLY: Final = Record("head", (Field("header", STR),))

FORMATS: Final[Mapping[str, RecordsFormat]] = MappingProxyType(
    {
        "enhancements": RecordsFormat(
            ("Mids Reborn Enhancement Database",),
            ENHANCEMENTS_HEAD,
            {"enhancements": ListOf(ENHANCEMENT), "enhancement_sets": ListOf(ENHANCEMENT_SET)},
        ),
        "recipes": RecordsFormat(
            ("Mids Reborn Recipe Database",), RECIPES_HEAD, {"recipes": ListOf(RECIPE)}
        ),
        "salvage": RecordsFormat(
            ("Mids Reborn Salvage Database",), _HEADER_ONLY, {"salvage": ListOf(SALVAGE)}
        ),
        "effect_ids": RecordsFormat(
            (), Record("head", ()), {"effect_ids": ListOf(STR, stored_less_one=False)}
        ),
        "comparisons": RecordsFormat(
            ("Mids Reborn Comparison Overrides",),
            _HEADER_ONLY,
            {"comparisons": ListOf(COMPARE_OVERRIDE)},
        ),
        # The old header is the only one ever seen: the form was given up before the renaming.
        "modifiers_binary": RecordsFormat(
            (
                "Mids' Hero Designer Attribute Modifier Tables",
                "Mids Reborn Attribute Modifier Tables",
            ),
            MODIFIERS_HEAD,
            {"modifier_tables": ListOf(MODIFIER_TABLE)},
        ),
    }
)


def decode(form: str, data: bytes, tick: Tick | None = None) -> RecordsFile:
    """Read the file of kind `form` (a key of `FORMATS`).

    Args:
        form: The kind.
        data: The whole file.
        tick: Called with the byte position every few milliseconds; may raise to cancel.

    Raises:
        CodecError: With the byte position; nothing half-read is ever returned.
    """
    wanted = FORMATS[form]
    if wanted.headers:
        require_header(data, *wanted.headers)
    values, at = binary.read(wanted.head, data, 0)
    lists = {}
    for name, kind in wanted.lists.items():
        lists[name], at = binary.read_records(kind, data, at, tick)
    if at != len(data):
        raise TrailingBytesError(at, f"{len(data) - at} bytes too many")
    return RecordsFile(dict(zip(wanted.head.names, values, strict=True)), lists)


def decode_older(
    form: str, data: bytes, tick: Tick | None, first: CodecError
) -> tuple[RecordsFile, str]:
    """Read the file of kind `form` in one of its older layouts.

    Args:
        first: What today's layout said.

    Returns:
        The content as today's layout has it, and the day before which the file was written; ""
        if only its header is old.

    Raises:
        CodecError: No layout fits to the last byte.
    """
    wanted = FORMATS[form]
    old_header = OLD_HEADERS.get(form)
    is_old = old_header is not None and first_text(data) == old_header
    days = {each.before for record in _records_of(wanted) for each in layouts_of(record)}
    if not is_old and not days:
        raise first

    def attempts() -> Iterator[tuple[str, Callable[[], RecordsFile]]]:
        for day in [*([""] if is_old else []), *sorted(days, reverse=True)]:
            yield day, partial(_decode_as_of, wanted, data, day, tick)

    day, content = tried(attempts(), None if is_old else first, f"{form} file")
    return content, day


def _records_of(wanted: RecordsFormat) -> list[Record]:
    return [kind.item for kind in wanted.lists.values() if isinstance(kind.item, Record)]


def _decode_as_of(wanted: RecordsFormat, data: bytes, day: str, tick: Tick | None) -> RecordsFile:
    values, at = binary.read(wanted.head, data, 0)
    head = dict(zip(wanted.head.names, values, strict=True)) | {"header": wanted.headers[0]}
    lists: dict[str, Values] = {}
    for name, kind in wanted.lists.items():
        if not day or not isinstance(kind.item, Record):
            lists[name], at = binary.read_records(kind, data, at, tick)
            continue
        old = layout_before(kind.item, day)
        found, at = binary.read_records(replace(kind, item=old.item), data, at, tick)
        lists[name] = tuple(map(old.upgrade, found))
    if at != len(data):
        raise TrailingBytesError(at, f"{len(data) - at} bytes too many")
    return RecordsFile(head, lists)


def encode(form: str, head: Mapping[str, Any], lists: Lists) -> bytes:
    """Write the file: `encode(form, f.head, f.lists) == data` for `f = decode(form, data)`.

    Fields that `head` lacks are empty, and the header is then the usual one.
    """
    wanted = FORMATS[form]
    out = bytearray()
    usual = {**_empty(wanted.head), "header": next(iter(wanted.headers), "")}
    binary.write(wanted.head, [head.get(name, usual[name]) for name in wanted.head.names], out)
    for name, kind in wanted.lists.items():
        binary.write(kind, lists[name], out)
    return bytes(out)


def _empty(head: Record) -> dict[str, Any]:
    return {each.name: "" if each.kind is STR else 0 for each in head.fields}
