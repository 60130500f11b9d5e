"""I12.mhd of older days: another head, blocks of versions before the lists, shorter records.

Source: the format description, section 16.
"""

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from importer.mhd import binary, layout
from importer.mhd.binary import Tick
from importer.mhd.errors import CodecError, HeaderError, TrailingBytesError, TruncatedError
from importer.mhd.headers import first_text
from importer.mhd.layout import DATE, I32, STR, Field, ListOf, Record
from importer.mhd.older import OLD_HEADERS, layout_before, layouts_of, tried
from importer.mhd.powers import HEADER, SECTIONS, PowersFile, read_mark

_NO_BLOCKS, _NEW_HEADER, _PAGES = "2022-04-18", "2022-02-01", "2021-12-05"
_BLOCK: Final = Record(
    "version block", (Field("revision", I32), Field("date", DATE), Field("source", STR))
)
_BLOCKS: Final = (1, 1, 4, 0)  # before each of the four lists
_PAGE_WORD: Final = "Page"
_FIRST_YEAR: Final = datetime(1, 1, 1, tzinfo=UTC)
_TICKS_MASK: Final = 0x3FFF_FFFF_FFFF_FFFF


def decode_older(
    data: bytes, tick: Tick | None, first: CodecError | None
) -> tuple[PowersFile, str]:
    """Read I12.mhd in one of its older layouts.

    Args:
        first: What today's layout said.

    Returns:
        The content as today's layout has it, and the day before which the file was written.

    Raises:
        CodecError: No layout fits to the last byte.
    """
    old = first_text(data) == OLD_HEADERS["powers"]
    days = {each.before for each in layouts_of(layout.POWER)} | {_NO_BLOCKS, _NEW_HEADER, _PAGES}
    fitting = sorted((day for day in days if (day <= _NEW_HEADER) == old), reverse=True)

    def attempts() -> Iterator[tuple[str, Callable[[], PowersFile]]]:
        for day in fitting:
            yield day, partial(_decode, data, day, tick)

    day, content = tried(attempts(), None if old else first, "I12.mhd")
    return content, day


def _decode(data: bytes, day: str, tick: Tick | None) -> PowersFile:
    header, at = binary.read(STR, data, 0)
    if header not in (HEADER, OLD_HEADERS["powers"]):
        raise HeaderError(None, "Not a power database")
    version, at = _version(data, at, day)
    year, at = binary.read(I32, data, at)
    month = dom = 0
    saved = None
    if year > 0:
        month, at = binary.read(I32, data, at)
        dom, at = binary.read(I32, data, at)
    else:
        saved, at = binary.read(DATE, data, at)
    issue, at = binary.read(I32, data, at)
    page, word = 0, _PAGE_WORD
    if day > _PAGES:
        page, at = binary.read(I32, data, at)
        word, at = binary.read(STR, data, at)
    lists = []
    for (marker, record), blocks in zip(SECTIONS, _BLOCKS, strict=True):
        at = read_mark(marker, data, at)
        for _ in range(blocks if day <= _NO_BLOCKS else 0):
            _, at = binary.read(_BLOCK, data, at)
        old = layout_before(record, day)
        found, at = binary.read_records(ListOf(old.item), data, at, tick)
        lists.append(tuple(map(old.upgrade, found)))
    if at != len(data):
        raise TrailingBytesError(at, f"{len(data) - at} bytes too many")
    text = version if isinstance(version, str) else _dotted(version, saved, year, month)
    return PowersFile(text, year, month, dom, saved, issue, page, word, *lists)


def _version(data: bytes, at: int, day: str) -> tuple[Any, int]:
    """The version: a text, a double or a single, by age."""
    if day > _NEW_HEADER:
        return binary.read(STR, data, at)
    code = "<d" if day > _PAGES else "<f"
    try:
        (number,) = struct.unpack_from(code, data, at)
    except struct.error as cause:
        raise TruncatedError(at, "the version") from cause
    return number, at + struct.calcsize(code)


def _dotted(number: float, saved: int | None, year: int, month: int) -> str:
    """A number such as 20.1224 as "2020.12.1"; where it is none, the day of saving counts."""
    if 1 <= number < 100:
        found = round((number - int(number)) * 10_000) // 100
        if 1 <= found <= 12:
            return f"{2000 + int(number)}.{found}.1"
    if saved is not None:
        try:
            then = _FIRST_YEAR + timedelta(microseconds=(saved & _TICKS_MASK) // 10)
        except OverflowError:
            return "0.0.1"
        return f"{then.year}.{then.month}.1"
    return f"{max(0, year)}.{month}.1"
