"""Read and write records declared in `importer.mhd.layout`.

A layout is compiled once into a chain of closures: neighbouring fields of fixed size share one
`struct`, texts and lists stand between them. Reading never trusts a count or a length: a count is
refused when even the smallest items could not fit into the bytes that are left.
"""

import struct
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeAlias

from importer.mhd.errors import BadTextError, CountError, TruncatedError
from importer.mhd.layout import Item, ListOf, Optional, Record, Repeated, Scalar, smallest

Values: TypeAlias = tuple[Any, ...]
_Read: TypeAlias = Callable[[bytes, int, list[Any]], int]
_Write: TypeAlias = Callable[[Any, bytearray], None]

_I32: Final = struct.Struct("<i")
MAX_TEXT_BYTES: Final = 1 << 20
_MAX_LENGTH_BYTES: Final = 5

# Real files repeat the same few thousand texts hundreds of thousands of times: each is decoded
# and kept once.
_texts: dict[bytes, str] = {}


def forget_texts() -> None:
    """Drop the cache of decoded texts (after a folder has been read)."""
    _texts.clear()


def read_text(data: bytes, at: int, out: list[Any]) -> int:
    """Append the text at `at` to `out` and return the position behind it."""
    length = data[at]
    start = at + 1
    if length > 127:
        length, start = _long_length(data, at)
    end = start + length
    if end > len(data):
        raise TruncatedError(at, "a text")
    raw = data[start:end]
    text = _texts.get(raw)
    if text is None:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as cause:
            raise BadTextError(at) from cause
        _texts[raw] = text
    out.append(text)
    return end


def _long_length(data: bytes, at: int) -> tuple[int, int]:
    length = shift = 0
    for offset in range(_MAX_LENGTH_BYTES):
        byte = data[at + offset]
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 128:
            if length > MAX_TEXT_BYTES:
                raise CountError(at, "text length", length)
            return length, at + offset + 1
    raise CountError(at, "text length", length)


def write_text(text: str, out: bytearray) -> None:
    """Append `text` in the files' form: length in bytes as a 7-bit code, then UTF-8."""
    raw = text.encode("utf-8")
    length = len(raw)
    while length > 127:
        out.append(length & 0x7F | 0x80)
        length >>= 7
    out.append(length)
    out += raw


def _list_reader(kind: ListOf) -> _Read:
    add = 1 if kind.stored_less_one else 0
    least = smallest(kind.item)
    name = _name(kind.item)
    if kind.item in (Scalar.I32, Scalar.F32):
        code = kind.item.value

        def read_numbers(data: bytes, at: int, out: list[Any]) -> int:
            count = _count(data, at, add, least, name)
            out.append(struct.unpack_from(f"<{count}{code}", data, at + 4))
            return at + 4 + 4 * count

        return read_numbers
    read_item = _reader(kind.item)

    def read(data: bytes, at: int, out: list[Any]) -> int:
        count = _count(data, at, add, least, name)
        at += 4
        items: list[Any] = []
        index = 0
        try:
            for index in range(count):  # noqa: B007 - named in the message below
                at = read_item(data, at, items)
        except (struct.error, IndexError) as cause:
            raise TruncatedError(at, f"{name} {index + 1} of {count}") from cause
        out.append(tuple(items))
        return at

    return read


def _count(data: bytes, at: int, add: int, least: int, name: str) -> int:
    count: int = _I32.unpack_from(data, at)[0] + add
    if count < 0 or count * least > len(data) - at - 4:
        raise CountError(at, f"count of {name}s", count)
    return count


def _name(item: Item) -> str:
    return item.name if isinstance(item, Record) else "text" if item is Scalar.STR else "number"


def _record_reader(record: Record) -> _Read:
    steps = tuple(_steps(record))

    def read(data: bytes, at: int, out: list[Any]) -> int:
        values: list[Any] = []
        for fixed, size, other in steps:
            if fixed is None:
                at = other(data, at, values)
            else:
                values += fixed(data, at)
                at += size
        out.append(tuple(values))
        return at

    return read


def _steps(record: Record) -> list[tuple[Any, int, Any]]:
    """Return (unpack of a run of fixed fields, its size, None) or (None, 0, reader of a field)."""
    steps: list[tuple[Any, int, Any]] = []
    run = ""
    for each in (*record.fields, None):
        kind = each.kind if each else None
        if isinstance(kind, Scalar) and kind is not Scalar.STR:
            run += kind.value
            continue
        if run:
            packed = struct.Struct("<" + run)
            steps.append((packed.unpack_from, packed.size, None))
            run = ""
        if kind is not None:
            steps.append((None, 0, _reader(kind)))
    return steps


def _optional_reader(kind: Optional) -> _Read:
    read_item = _reader(kind.item)

    def read(data: bytes, at: int, out: list[Any]) -> int:
        if not data[at]:
            out.append(None)
            return at + 1
        return read_item(data, at + 1, out)

    return read


def _repeated_reader(kind: Repeated) -> _Read:
    read_item = _reader(kind.item)

    def read(data: bytes, at: int, out: list[Any]) -> int:
        items: list[Any] = []
        for _ in range(kind.times):
            at = read_item(data, at, items)
        out.append(tuple(items))
        return at

    return read


def _scalar_reader(kind: Scalar) -> _Read:
    if kind is Scalar.STR:
        return read_text
    packed = struct.Struct("<" + kind.value)

    def read(data: bytes, at: int, out: list[Any]) -> int:
        out.append(packed.unpack_from(data, at)[0])
        return at + packed.size

    return read


@lru_cache(maxsize=None)
def _reader(item: Item) -> _Read:
    match item:
        case Scalar():
            return _scalar_reader(item)
        case ListOf():
            return _list_reader(item)
        case Optional():
            return _optional_reader(item)
        case Repeated():
            return _repeated_reader(item)
        case Record():
            return _record_reader(item)


def read(item: Item, data: bytes, at: int) -> tuple[Any, int]:
    """Read one `item` of `data` at `at`.

    Returns:
        The value (records and lists are tuples) and the position behind it.

    Raises:
        TruncatedError: The data ends inside the item.
        CountError: A count or length cannot be true.
        BadTextError: A text is not UTF-8.
    """
    out: list[Any] = []
    try:
        at = _reader(item)(data, at, out)
    except (struct.error, IndexError) as cause:
        raise TruncatedError(at, _name(item)) from cause
    return out[0], at


def _scalar_writer(kind: Scalar) -> _Write:
    if kind is Scalar.STR:
        return write_text
    pack = struct.Struct("<" + kind.value).pack
    return lambda value, out: out.extend(pack(value))


def _list_writer(kind: ListOf) -> _Write:
    less = 1 if kind.stored_less_one else 0
    write_item = _writer(kind.item)

    def write_list(value: Any, out: bytearray) -> None:
        out += _I32.pack(len(value) - less)
        for each in value:
            write_item(each, out)

    return write_list


def _record_writer(record: Record) -> _Write:
    writers = tuple(_writer(each.kind) for each in record.fields)

    def write_record(value: Any, out: bytearray) -> None:
        for write_field, each in zip(writers, value, strict=True):
            write_field(each, out)

    return write_record


@lru_cache(maxsize=None)
def _writer(item: Item) -> _Write:
    match item:
        case Scalar():
            return _scalar_writer(item)
        case ListOf():
            return _list_writer(item)
        case Record():
            return _record_writer(item)
        case Optional():
            inner = _writer(item.item)

            def write_optional(value: Any, out: bytearray) -> None:
                out.append(value is not None)
                if value is not None:
                    inner(value, out)

            return write_optional
        case Repeated():
            each_writer = _writer(item.item)

            def write_repeated(value: Any, out: bytearray) -> None:
                for each in value:
                    each_writer(each, out)

            return write_repeated


def write(item: Item, value: Any, out: bytearray) -> None:
    """Append `value`, an `item`, to `out`: the inverse of `read`."""
    _writer(item)(value, out)
