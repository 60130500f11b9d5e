"""The JSON export: all of a source in one readable text, and back to the same source.

An object of lists, one record a line, fields by name. What has its rest value (0, false, "", an
empty list, the twelve values an effect does not use) is left out, and so is what follows from a
power's full name. Numbers are the shortest decimals that give the same single. A file may be
packed with xz.
"""

import base64
import json
import lzma
import struct
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from math import copysign
from pathlib import Path
from typing import Any, Final

from importer.mhd import layout
from importer.mhd.layout import Item, ListOf, Optional, Record, Repeated, Scalar
from importer.progress import Progress
from importer.schema import LISTS
from importer.source import Extras, Source, SourceFile, Values
from importer.transform import UNUSED_VALUES
from midsdesk.errors import SourceFormatError

FORMAT: Final = "midsdesk game data"
FORMAT_VERSION: Final = 1
_MAX_BYTES: Final = 1 << 30
_TOO_LARGE: Final = 3.4028235677973366e38
_XZ: Final = b"\xfd7zXZ\x00"


def shortest(single: float) -> float:
    """Return the float whose shortest decimal gives the single back."""
    return _shortest(single) if single else single  # a cache takes -0.0 for 0.0


@lru_cache(maxsize=1 << 16)
def _shortest(single: float) -> float:
    packed = struct.pack("<f", single)
    for digits in range(1, 10):
        short = float(f"{single:.{digits}g}")
        # Rounded up, the largest singles are none any more.
        if abs(short) < _TOO_LARGE and struct.pack("<f", short) == packed:
            return short
    return single


@lru_cache(maxsize=1 << 16)
def as_single(value: float) -> float:
    """Return the single nearest to `value`; what no single can hold stays as it is."""
    try:
        single: float = struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        return value
    return single


# --- writing --------------------------------------------------------------------------------


@cache
def rest_value(item: Item) -> Any:
    """Return the value a field has when the file does not mention it."""
    match item:
        case Scalar.F32:
            return 0.0
        case Scalar.BOOL:
            return False
        case Scalar.STR:
            return ""
        case Scalar():
            return 0
        case ListOf():
            return ()
        case Repeated():
            return (rest_value(item.item),) * item.times
        case Optional():
            return None
        case Record() if item in (layout.ORIGINAL_VALUES, layout.MODIFIED_VALUES):
            return UNUSED_VALUES
        case Record():
            return tuple(rest_value(each.kind) for each in item.fields)


@cache
def _encoder(item: Item) -> Callable[[Any], Any]:
    match item:
        case Scalar.F32:
            return _number
        case Scalar():
            return lambda value: value
        case ListOf() | Repeated():
            inner = _encoder(item.item)
            return lambda value: [inner(each) for each in value]
        case Optional():
            return _encoder(item.item)
        case Record():
            return _record_encoder(item)


def _number(value: float) -> Any:
    # Whole numbers are written without a point; the layout says they are floats.
    if not value:
        return value if copysign(1.0, value) < 0 else 0
    if value.is_integer() and abs(value) < 1 << 24:
        return int(value)
    return shortest(value)


def _record_encoder(record: Record) -> Callable[[Values], dict[str, Any]]:
    fields = tuple(
        (each.name, rest_value(each.kind), _encoder(each.kind), each.kind is Scalar.F32)
        for each in record.fields
    )

    def encode_record(values: Values) -> dict[str, Any]:
        return {
            name: encode(value)
            for value, (name, rest, encode, is_float) in zip(values, fields, strict=True)
            if value != rest or (is_float and copysign(1.0, value) < 0)
        }

    return encode_record


def _derived(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what follows from a power's full name."""
    parts = values.get("full_name", "").split(".")
    if len(parts) != 3:
        return {}
    return dict(zip(("group_name", "set_name", "power_name"), parts, strict=True))


_encode_fields: Final = _encoder(layout.POWER)


def _encode_power(values: Values) -> dict[str, Any]:
    members: dict[str, Any] = _encode_fields(values)
    for name, value in _derived(members).items():
        if members.get(name, "") == value:
            members.pop(name, None)
        else:
            members[name] = members.get(name, "")
    full_name = members.get("full_name", "")
    for effect in members.get("effects", ()):
        # The owner of an effect is its power, unless it says otherwise.
        if effect.get("power", "") == full_name:
            effect.pop("power", None)
        else:
            effect["power"] = effect.get("power", "")
    return members


def write(source: Source, progress: Progress | None = None) -> Iterator[str]:
    """Yield the text of the export, part by part."""
    yield "{\n" + _line("format", FORMAT) + _line("version", FORMAT_VERSION)
    yield _line("name", source.name)
    yield _list("files", (_file(file) for file in source.files))
    yield _line("texts", dict(source.texts))
    yield _list("effect_ids", source.effect_ids)
    if source.extras:
        yield _line("extras", source.extras.as_json())
    for number, name in enumerate(LISTS):
        if progress:
            progress.step(number, len(LISTS))
        encode = _encode_power if name == "powers" else _encoder(LISTS[name][0])
        last = number == len(LISTS) - 1
        yield from _parts(name, (encode(values) for values in getattr(source, name)), last)
    yield "}\n"


def _json(value: Any, *, ordered: bool = False) -> str:
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=ordered
    )


def _line(name: str, value: Any) -> str:
    return f'"{name}": {_json(value, ordered=True)},\n'


def _list(name: str, items: Any) -> str:
    return "".join(_parts(name, items, last=False))


def _parts(name: str, items: Any, last: bool) -> Iterator[str]:
    yield f'"{name}": ['
    first = True
    for item in items:
        yield ("\n" if first else ",\n") + _json(item)
        first = False
    yield "\n]" if not first else "]"
    yield "\n" if last else ",\n"


def _file(file: SourceFile) -> dict[str, Any]:
    members: dict[str, Any] = {"name": file.name, "form": file.form}
    if file.head:
        members["head"] = json.loads(_json(dict(file.head), ordered=True))
    if file.raw is not None:
        members["raw"] = base64.b64encode(file.raw).decode("ascii")
    return members


# --- reading --------------------------------------------------------------------------------


def read(path: Path, progress: Progress) -> Source:
    """Read an export or a pack.

    Raises:
        SourceFormatError: It is none, of a newer version, or damaged.
    """
    content = _content(path, progress)
    wrong = f"{path.name} is not an export of midsdesk. Choose a data folder or an exported file."
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise SourceFormatError(wrong, path=str(path))
    if content.get("version") != FORMAT_VERSION:
        raise SourceFormatError(
            f"{path.name} was written by another version of midsdesk. Export the data again.",
            found=content.get("version"),
        )
    try:
        lists = {}
        for number, (name, (record, _)) in enumerate(LISTS.items()):
            progress.step(number, len(LISTS))
            lists[name] = tuple(_decoded(name, record, content.get(name, []), progress))
        progress.step(len(LISTS), len(LISTS))
        return Source(
            name=_text(content["name"]),
            files=tuple(_read_file(each) for each in content.get("files", ())),
            effect_ids=tuple(_text(each) for each in content.get("effect_ids", ())),
            texts=_mapping(content.get("texts", {})),
            extras=Extras.from_json(_mapping(content.get("extras", {}))),
            **lists,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise SourceFormatError(
            f"{path.name} is damaged ({cause!r}). Export the data again.", path=str(path)
        ) from cause


def _content(path: Path, progress: Progress) -> Any:
    """Parse the file."""

    def seen(members: dict[str, Any]) -> dict[str, Any]:
        progress.check()
        return members

    try:
        data = path.read_bytes()
        if data.startswith(_XZ):
            data = _unpacked(data, progress)
        return json.loads(data, parse_constant=_refuse, object_hook=seen)
    except (UnicodeDecodeError, json.JSONDecodeError, lzma.LZMAError, ValueError) as cause:
        raise SourceFormatError(
            f"{path.name} is not an export of midsdesk, or damaged ({cause}).", path=str(path)
        ) from cause
    except RecursionError as cause:
        raise SourceFormatError(f"{path.name} is nested too deep.", path=str(path)) from cause
    except OSError as cause:
        raise SourceFormatError(
            f"{path.name} cannot be read ({cause.strerror}).", path=str(path)
        ) from cause


def _unpacked(data: bytes, progress: Progress) -> bytes:
    """Unpack xz, a bounded part at a time."""
    unpack = lzma.LZMADecompressor(memlimit=256 << 20)
    parts = [unpack.decompress(data, 1 << 20)]
    size = len(parts[0])
    while not unpack.eof:
        progress.step(min(size // 16, len(data)), len(data))
        if unpack.needs_input:
            raise lzma.LZMAError("the file ends too early")
        parts.append(unpack.decompress(b"", 1 << 20))
        size += len(parts[-1])
        if size > _MAX_BYTES:
            raise lzma.LZMAError("it unpacks to more than 1 GB")
    return b"".join(parts)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} is no text")
    value.encode()  # halves of characters are an error
    return value


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{str(value)[:40]!r} is no object")
    _json(value).encode()  # halves of characters are an error
    return value


def _read_file(members: Any) -> SourceFile:
    raw = members.get("raw")
    return SourceFile(
        name=_text(members["name"]),
        form=_text(members["form"]),
        head=_mapping(members.get("head", {})),
        raw=None if raw is None else base64.b64decode(raw, validate=True),
    )


def _decoded(name: str, record: Record, items: Any, progress: Progress) -> Iterator[Values]:
    plain = _decoder(record)
    decode = partial(_decode_power, plain) if name == "powers" else plain
    for number, item in enumerate(items):
        if number % 100 == 0:
            progress.check()
        yield decode(item)


def _decode_power(decode: Callable[[Any], Any], members: Any) -> Any:
    if not isinstance(members, dict):
        return members  # the schema stage complains
    full_name = members.get("full_name", "")
    if isinstance(full_name, str):
        members = {**_derived(members), **members}
    effects = members.get("effects")
    for effect in effects if isinstance(effects, list) else ():
        if isinstance(effect, dict):
            effect.setdefault("power", full_name)
    return decode(members)


@cache
def _decoder(item: Item) -> Callable[[Any], Any]:
    match item:
        case Scalar.F32:
            return _single
        case Scalar():
            return lambda value: value
        case ListOf() | Repeated():
            return _list_decoder(item)
        case Optional():
            return _decoder(item.item)
        case Record():
            return _record_decoder(item)


def _single(value: Any) -> Any:
    if type(value) is float:
        return as_single(value) if value else value  # a cache takes -0.0 for 0.0
    return float(value) if type(value) is int else value


def _single_row(value: Any) -> Any:
    try:
        return struct.unpack(f"<{len(value)}f", struct.pack(f"<{len(value)}f", *value))
    except (struct.error, OverflowError, TypeError):
        return tuple(value) if isinstance(value, list) else value


def _list_decoder(item: ListOf | Repeated) -> Callable[[Any], Any]:
    inner = _decoder(item.item)
    if item.item in (Scalar.I32, Scalar.STR):
        return lambda value: tuple(value) if isinstance(value, list) else value

    if item.item is Scalar.F32:
        return _single_row

    def decode(value: Any) -> Any:
        return tuple([inner(each) for each in value]) if isinstance(value, list) else value

    return decode


def _record_decoder(record: Record) -> Callable[[Any], Any]:
    known = frozenset(record.names)
    plain = tuple(
        (each.name, rest_value(each.kind), None if _as_it_is(each.kind) else _decoder(each.kind))
        for each in record.fields
    )

    def decode(members: Any) -> Any:
        if not isinstance(members, dict):
            return members
        if not known.issuperset(members):
            raise ValueError(f"unknown field {sorted(set(members) - known)[0]} of a {record.name}")
        get = members.get
        return tuple(
            [
                rest if (value := get(name)) is None else value if change is None else change(value)
                for name, rest, change in plain
            ]
        )

    return decode


def _as_it_is(item: Item) -> bool:
    return isinstance(item, Scalar) and item is not Scalar.F32
