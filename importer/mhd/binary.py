"""Read and write records declared in `importer.mhd.layout`.

A layout is compiled once into a chain of closures: neighbouring fields of fixed size share one
`struct`, texts and lists stand between them. Reading never trusts a count or a length: a count is
refused when even the smallest items could not fit into the bytes that are left.
"""

import struct
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Final, TypeAlias

from importer.mhd.errors import BadTextError, CodecError, CountError, TruncatedError
from importer.mhd.layout import Item, ListOf, Optional, Record, Repeated, Scalar, smallest

Values: TypeAlias = tuple[Any, ...]
_Read: TypeAlias = Callable[[bytes, int, list[Any]], int]
_Write: TypeAlias = Callable[[Any, bytearray], None]
Tick: TypeAlias = Callable[[int], None]

_I32: Final = struct.Struct("<i")
MAX_TEXT_BYTES: Final = 1 << 20
_MAX_LENGTH_BYTES: Final = 5
# Records between two reports of a long list: some 5 ms of the heaviest kind, powers.
_TICK_EVERY: Final = 64

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
        raise TruncatedError(at)
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
                raise CountError(at, "byte of one text", length)
            return length, at + offset + 1
    raise CountError(at, "byte of one text", length)


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
        if not count:
            out.append(())
            return at
        items: list[Any] = []
        at = _read_items(read_item, name, data, at, items, range(count), count)
        out.append(tuple(items))
        return at

    return read


def _read_items(
    read_item: _Read,
    name: str,
    data: bytes,
    at: int,
    items: list[Any],
    indices: range,
    count: int,
) -> int:
    index = indices.start
    try:
        for index in indices:  # noqa: B007 - named in the messages below
            at = read_item(data, at, items)
    except (struct.error, IndexError) as cause:
        raise TruncatedError(at, f"{name} {index + 1} of {count}") from cause
    except CodecError as error:
        error.within(f"{name} {index + 1} of {count}")
        raise
    return at


def _count(data: bytes, at: int, add: int, least: int, name: str) -> int:
    count: int = _I32.unpack_from(data, at)[0] + add
    if count < 0 or count * least > len(data) - at - 4:
        raise CountError(at, name, count, too_short=count > 0)
    return count


def _name(item: Item) -> str:
    return item.name if isinstance(item, Record) else "text" if item is Scalar.STR else "number"


def _record_reader(record: Record) -> _Read:
    steps = tuple(_steps(record))
    if len(steps) == 1 and steps[0][0] is not None:
        return _fixed_reader(struct.Struct("<" + "".join(_codes(record))))

    def read(data: bytes, at: int, out: list[Any]) -> int:
        values: list[Any] = []
        for fixed, size, texts, other in steps:
            if fixed is not None:
                values += fixed(data, at)
                at += size
            elif texts:
                at = _read_texts(texts, data, at, values)
            else:
                at = other(data, at, values)
        out.append(tuple(values))
        return at

    return read


def _codes(record: Record) -> list[str]:
    return [each.kind.value for each in record.fields if isinstance(each.kind, Scalar)]


def _fixed_reader(packed: struct.Struct) -> _Read:
    """Read a record of fixed size; the same few (untouched defaults) come again and again."""
    size = packed.size
    unpack = lru_cache(maxsize=4096)(packed.unpack)

    def read(data: bytes, at: int, out: list[Any]) -> int:
        end = at + size
        out.append(unpack(data[at:end]))
        return end

    return read


def _read_texts(count: int, data: bytes, at: int, out: list[Any]) -> int:
    """Read neighbouring texts; the short and known ones, nearly all, without a call each."""
    for _ in range(count):
        end = at + 1 + data[at]
        text = _texts.get(data[at + 1 : end]) if end - at < 129 and end <= len(data) else None
        if text is None:
            at = read_text(data, at, out)
        else:
            out.append(text)
            at = end
    return at


def _steps(record: Record) -> list[tuple[Any, int, int, Any]]:
    """Return the work of a record: (unpack of fixed fields, size, number of texts, reader)."""
    steps: list[tuple[Any, int, int, Any]] = []
    for group, fields in groupby(record.fields, key=lambda each: _run_of(each.kind)):
        kinds = [each.kind for each in fields]
        if group == "texts":
            steps.append((None, 0, len(kinds), None))
        elif group == "fixed":
            codes = "".join(kind.value for kind in kinds if isinstance(kind, Scalar))
            packed = struct.Struct("<" + codes)
            steps.append((packed.unpack_from, packed.size, 0, None))
        else:
            steps += [(None, 0, 0, _reader(kind)) for kind in kinds]
    return steps


def _run_of(kind: Item) -> str:
    if not isinstance(kind, Scalar):
        return "other"
    return "texts" if kind is Scalar.STR else "fixed"


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


@cache
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


def read_records(kind: ListOf, data: bytes, at: int, tick: Tick | None) -> tuple[Values, int]:
    """Read a long list, like `read`, calling `tick` with the position every few milliseconds.

    Raises:
        CodecError: As `read`. What `tick` raises passes through (a cancel).
    """
    name = _name(kind.item)
    items: list[Any] = []
    try:
        count = _count(data, at, int(kind.stored_less_one), smallest(kind.item), name)
    except struct.error as cause:
        raise TruncatedError(at, f"the count of {name}s") from cause
    at += 4
    read_item = _reader(kind.item)
    for start in range(0, count, _TICK_EVERY):
        if tick:
            tick(at)
        part = range(start, min(start + _TICK_EVERY, count))
        at = _read_items(read_item, name, data, at, items, part, count)
    return tuple(items), at


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


@cache
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


def shortest_decimal(single: float) -> float:
    """Return the float with the shortest decimal that gives the same single."""
    # Not through the cache: it would take the two zeros for one.
    return _shortest_decimal(single) if single else single


@lru_cache(maxsize=1 << 16)
def _shortest_decimal(single: float) -> float:
    packed = struct.pack("<f", single)
    for digits in range(6, 9):
        short = float(f"{single:.{digits}g}")
        if struct.pack("<f", short) == packed:
            return short
    return float(f"{single:.9g}")
