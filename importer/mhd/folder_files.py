"""The files of a data folder: which there are, how each is read, and how each is written back.

A file has a *form*: the name of what reads it. Names are compared without case; what a file holds
goes before what it is called, as far as its first bytes tell.

Source: the format description, sections 1 and 15.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from importer.mhd import (
    grades,
    json_text,
    modifiers,
    older_powers,
    powers,
    records,
    replacements,
    rows,
    server_data,
    text_tables,
)
from importer.mhd.binary import Tick, Values
from importer.mhd.errors import CodecError
from importer.mhd.headers import first_text
from importer.mhd.older import OLD_HEADERS
from importer.source import Finding, Source, SourceFile

# As many first bytes as `identify` needs.
SNIFFED_BYTES: Final = 64


class Need(Enum):
    """What becomes of an import without the file."""

    REQUIRED = "there is none"
    OPTIONAL = "it is poorer"
    UNUSED = "it is the same"


@dataclass(frozen=True)
class Kind:
    """One file a data folder may hold.

    Attributes:
        name: As it is usually called.
        need: Whether an import can do without.
        severity: Of the finding when it is missing; empty: none.
        without: What is missing then, as the end of a sentence.
    """

    name: str
    need: Need = Need.UNUSED
    severity: str = ""
    without: str = ""


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "powers": Kind("I12.mhd", Need.REQUIRED),
        "maths": Kind("Maths.mhd", Need.REQUIRED),
        "levels": Kind("NLevels.mhd", Need.REQUIRED),
        "respec_levels": Kind("RLevels.mhd", Need.REQUIRED),
        "enhancement_classes": Kind("EClasses.mhd", Need.REQUIRED),
        "grades": Kind("TypeGrades.json", Need.REQUIRED),
        "server_data": Kind("SData.json", Need.REQUIRED),
        "enhancements": Kind("EnhDB.mhd", Need.OPTIONAL, "error", "there are no enhancements"),
        "modifiers": Kind("AttribMod.json", Need.OPTIONAL, "error", "every modifier counts as 0"),
        "recipes": Kind("Recipe.mhd", Need.OPTIONAL, "warning", "there are no recipes"),
        "salvage": Kind("Salvage.mhd", Need.OPTIONAL, "warning", "there is no salvage"),
        "origins": Kind("Origins.mhd", Need.OPTIONAL, "warning", "origins have no graphics"),
        "effect_ids": Kind("GlobalMods.mhd", Need.OPTIONAL, "info", "effect ids are not checked"),
        "comparisons": Kind("Compare.mhd", Need.OPTIONAL, "info", "comparisons keep their words"),
        "replacements": Kind(
            "PowersReplTable.mhd", Need.OPTIONAL, "info", "old builds keep renumbered powers"
        ),
        "cryptic_names": Kind(
            "CrypticPowerNames.mhd", Need.OPTIONAL, "info", "names of other servers are unknown"
        ),
        "modifiers_binary": Kind("AttribMod.mhd"),
        "server_data_binary": Kind("SData.mhd"),
        "old_levels": Kind("Levels.mhd"),
        "set_types": Kind("SetTypes.mhd"),
        "forum_codes": Kind("bbcode.mhd"),
        "comparisons_json": Kind("Compare.json"),
        "database_2007": Kind("I9.mhd"),
        "update_manifest": Kind("UpdateManifest.xml"),
    }
)
# An older form stands in where the newer file is missing.
STAND_INS: Final[Mapping[str, str]] = MappingProxyType(
    {"modifiers": "modifiers_binary", "server_data": "server_data_binary"}
)

_OF_2007: Final = "i9.mhd"
_BY_NAME: Final = {kind.name.casefold(): form for form, kind in KINDS.items()} | {
    "example updatemanifest.xml": "update_manifest"
}
_BY_HEADER: Final = (
    {powers.HEADER: "powers", server_data.HEADER: "server_data_binary"}
    | {header: form for form, each in records.FORMATS.items() for header in each.headers}
    | {header: form for form, header in OLD_HEADERS.items()}
)


def identify(name: str, start: bytes) -> str | None:
    """Return the form of a file by its first `SNIFFED_BYTES` and its name; None: not one of ours.

    A binary file is what its header says. A text in braces is JSON whatever its extension, and
    the other way round (an AttribMod.mhd may be either).
    """
    path = PurePath(name.casefold())
    if path.suffix not in (".mhd", ".json"):
        return _BY_NAME.get(path.name)
    if form := _BY_HEADER.get(first_text(start) or ""):
        # The database of 2007 has the first text of the one that took over from it.
        return _BY_NAME[path.name] if path.name == _OF_2007 else form
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _BY_NAME.get(path.stem + ".json")
    return _BY_NAME.get(path.name) or _BY_NAME.get(path.stem + ".mhd")


@dataclass(frozen=True, slots=True)
class Content:
    """What one file gives to a `Source`.

    Attributes:
        file: Its entry.
        lists: Field of `Source` -> records.
        texts: Form -> value.
        findings: Without the file's name.
    """

    file: SourceFile
    lists: Mapping[str, Values] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


_Decoder: TypeAlias = Callable[[str, str, bytes, Tick | None], Content]

_POWER_LISTS: Final = ("archetypes", "powersets", "powers", "entities")
_POWER_HEAD: Final = ("version", "year", "month", "day", "saved", "issue", "page", "page_word")


def _powers(name: str, form: str, data: bytes, tick: Tick | None) -> Content:
    findings: tuple[Finding, ...] = ()
    try:
        found = powers.decode(data, tick)
    except CodecError as cause:
        found, day = older_powers.decode_older(data, tick, cause)
        findings = (_brought_up_to_date(day),)
    head = {each: getattr(found, each) for each in _POWER_HEAD}
    lists = {each: getattr(found, each) for each in _POWER_LISTS}
    return Content(SourceFile(name, form, head), lists, findings=findings)


def _records(name: str, form: str, data: bytes, tick: Tick | None) -> Content:
    findings: tuple[Finding, ...] = ()
    try:
        found = records.decode(form, data, tick)
    except CodecError as cause:
        found, day = records.decode_older(form, data, tick, cause)
        findings = (_brought_up_to_date(day),)
    return Content(SourceFile(name, form, found.head), found.lists, findings=findings)


def _brought_up_to_date(day: str) -> Finding:
    age = f"of before {day}" if day else "of before February 2022"
    message = f"The file is {age} and was brought up to date; what it is too old to say is empty"
    return Finding("info", "", "", message)


def _modifiers(name: str, form: str, data: bytes, tick: Tick | None) -> Content:
    found = modifiers.decode(data, tick)
    file = SourceFile(name, form, found.head, data)
    return Content(file, {"modifier_tables": found.tables}, findings=found.findings)


def _server_data(name: str, form: str, data: bytes, _tick: Tick | None) -> Content:
    value, findings = server_data.values_of(json_text.decode(data))
    return Content(SourceFile(name, form, raw=data), texts={form: value}, findings=findings)


def _server_data_binary(name: str, form: str, data: bytes, _tick: Tick | None) -> Content:
    fields, switches = server_data.decode_binary(data)
    value = server_data.values_of_binary(fields, switches)
    head = {"fields": fields, "incarnates": switches}
    return Content(SourceFile(name, form, head), texts={"server_data": value})


def _grades(name: str, form: str, data: bytes, _tick: Tick | None) -> Content:
    value = grades.values_of(json_text.decode(data))
    return Content(SourceFile(name, form, raw=data), texts={form: value})


def _comparisons_json(name: str, form: str, data: bytes, _tick: Tick | None) -> Content:
    json_text.decode(data)
    return Content(SourceFile(name, form, raw=data))


def _table(name: str, form: str, data: bytes, _tick: Tick | None) -> Content:
    value, findings = _TABLES[form](rows.decode(data).rows)
    return Content(SourceFile(name, form, raw=data), texts={form: value}, findings=findings)


def _raw(name: str, form: str, data: bytes, _tick: Tick | None) -> Content:
    return Content(SourceFile(name, form, raw=data))


_TABLES: Final = {
    **text_tables.PARSERS,
    "replacements": replacements.powers,
    "cryptic_names": replacements.power_names,
    "forum_codes": replacements.forum_codes,
}
_DECODERS: Final[Mapping[str, _Decoder]] = MappingProxyType(
    {
        "powers": _powers,
        **dict.fromkeys(records.FORMATS, _records),
        "modifiers": _modifiers,
        "server_data": _server_data,
        "server_data_binary": _server_data_binary,
        "grades": _grades,
        "comparisons_json": _comparisons_json,
        **dict.fromkeys(_TABLES, _table),
    }
)


def decode_file(name: str, form: str, data: bytes, tick: Tick | None = None) -> Content:
    """Read one file.

    Args:
        name: As it is called in the folder.
        form: A key of `KINDS`, or "raw".
        data: The whole file.
        tick: Called with the byte position every few milliseconds; may raise to cancel.

    Raises:
        SourceFormatError: The bytes are not what the form says; the file is not named.
    """
    return _DECODERS.get(form, _raw)(name, form, data, tick)


def encode_file(source: Source, file: SourceFile) -> bytes:
    """Write one file of `source`, byte for byte as it was read unless the records have changed.

    Raises:
        ValueError: A text file without its bytes: its meaning alone does not give them.
    """
    if file.raw is not None:
        return file.raw
    if file.form == "powers":
        lists = {each: getattr(source, each) for each in _POWER_LISTS}
        return powers.encode(powers.PowersFile(**file.head, **lists))
    if file.form in records.FORMATS:
        wanted = records.FORMATS[file.form].lists
        lists = {each: getattr(source, each) for each in wanted}
        return records.encode(file.form, file.head, lists)
    if file.form == "modifiers":
        return modifiers.encode(file.head, source.modifier_tables)
    if file.form == "server_data_binary":
        return server_data.encode_binary(file.head["fields"], file.head["incarnates"])
    raise ValueError(f"{file.name} of form {file.form} cannot be written without its bytes")
