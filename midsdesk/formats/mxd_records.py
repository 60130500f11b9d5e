"""The binary of .mxd files, blocks and links, cell by cell: bytes to records and no further.

Owns the layout of the formats 1.0, 1.01, 3.10 and 3.20. What a number means is the business of
`mxd`.

Source: build files, sections 4.4 to 4.6 and 15.
"""

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace

from midsdesk.errors import BuildFormatError
from midsdesk.formats.detect import BINARY_MAGIC

MOST_POWERSETS, MOST_POWERS, MOST_SLOTS, MOST_TEXT = 32, 512, 12, 64 * 1024
NONE = -1
NEWEST = 3.2
_RELATIVE_LEVELS_FROM, _PROCS_FROM, _FREE_SLOTS_FROM = 1.005, 3.095, 3.195
_FREE_SLOT_POWERS = ("health", "stamina")


@dataclass(frozen=True, slots=True)
class Ref:
    """A power or an enhancement by its number, or by its name in files that say so."""

    number: int = NONE
    name: str = ""

    def __bool__(self) -> bool:
        return self.number != NONE or bool(self.name)


NOTHING = Ref()


@dataclass(frozen=True, slots=True)
class PieceRecord:
    """A piece. `level` counts from 0; `known`: the game data know it, so its facts were read."""

    ref: Ref
    level: int = 0
    relative_level: int = 4
    grade: int = 0
    known: bool = True


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """A slot; levels count from 0."""

    level: int
    inherent: bool = False
    piece: PieceRecord | None = None
    alternate: PieceRecord | None = None


@dataclass(frozen=True, slots=True)
class PowerRecord:
    """A power; levels count from 0. An empty place has slots and nothing else."""

    ref: Ref = NOTHING
    level: int = 0
    included: bool = False
    procs_off: bool = False
    stacks: int = 0
    free_slots: int = 0
    subs: tuple[tuple[Ref, bool], ...] = ()
    slots: tuple[SlotRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """Everything a binary holds.

    Attributes:
        alignment: None where the format has none.
        lost: Powers that are announced but not there, because the data end early.
        rest: Bytes after the last power.
        early: The two fields that the first programs of 3.20 exchanged were put right.
    """

    version: float
    archetype: str
    origin: str
    alignment: int | None
    name: str
    powersets: tuple[str, ...]
    powers: tuple[PowerRecord, ...] = ()
    lost: int = 0
    rest: int = 0
    early: bool = False


class _EndOfDataError(Exception):
    """The data end before the value does."""


# Says whether a piece carries an invention level (True), a grade (False), or is unknown (None).
KindOf = Callable[[Ref], bool | None]
NameOf = Callable[[Ref], str]


@dataclass(slots=True)
class _Cursor:
    """Reads values one after the other."""

    data: bytes
    at: int = 0
    version: float = NEWEST
    by_name: bool = False
    has_subs: bool = True

    def take(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self.data):
            raise _EndOfDataError
        found = self.data[self.at : end]
        self.at = end
        return found

    def i8(self) -> int:
        return int(struct.unpack("<b", self.take(1))[0])

    def i32(self) -> int:
        return int(struct.unpack("<i", self.take(4))[0])

    def f32(self) -> float:
        return float(struct.unpack("<f", self.take(4))[0])

    def flag(self) -> bool:
        return self.take(1) != b"\x00"

    def text(self) -> str:
        size = shift = 0
        while True:
            byte = self.take(1)[0]
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
            if shift > 28:
                raise BuildFormatError("The data are damaged: a text has an impossible length.")
        if size > MOST_TEXT:
            raise BuildFormatError(
                f"The data are damaged: a text of {size:,} bytes is far too long for a build."
            )
        return self.take(size).decode("utf-8", errors="replace")

    def count(self, stored: int, most: int, what: str) -> int:
        """A count that is stored less one."""
        count = stored + 1
        if not 0 <= count <= most:
            raise BuildFormatError(
                f"The data are damaged: {count:,} {what} are impossible (at most {most})."
            )
        return count

    def ref(self) -> Ref:
        return Ref(name=self.text()) if self.by_name else Ref(self.i32())


def read_records(data: bytes, kind_of: KindOf, name_of: NameOf) -> Records:
    """Read a binary.

    Args:
        data: From the magic on, or with something before it.
        kind_of: Tells how the level of a piece is stored.
        name_of: Tells a power's own name, "" if unknown; for the early order of 3.20.

    Raises:
        BuildFormatError: No build, damaged, impossible, or written by a newer program.
    """
    start = data.find(BINARY_MAGIC)
    if start < 0:
        raise BuildFormatError("The data are intact, but they hold no build.")
    cursor = _Cursor(data, start + len(BINARY_MAGIC))
    try:
        head, count = _read_head(cursor)
    except _EndOfDataError as cause:
        raise BuildFormatError(
            "The data are damaged: they end before the first power. Copy them again."
        ) from cause
    powers: list[PowerRecord] = []
    try:
        while len(powers) < count:
            powers.append(_read_power(cursor, kind_of))
    except _EndOfDataError:
        return _in_final_order(
            replace(head, powers=tuple(powers), lost=count - len(powers)), name_of
        )
    rest = len(data) - cursor.at
    return _in_final_order(replace(head, powers=tuple(powers), rest=rest), name_of)


def _read_head(cursor: _Cursor) -> tuple[Records, int]:
    version = cursor.f32()
    if not math.isfinite(version) or version < 0.5:
        raise BuildFormatError("The data are damaged: they give an impossible version of the form.")
    if version > NEWEST + 0.005:
        raise BuildFormatError(
            f"This build was written by a newer program (form {version:.2f}, known up to "
            f"{NEWEST:.2f}). Ask for it as .mbd."
        )
    cursor.version = version
    cursor.by_name, cursor.has_subs = cursor.flag(), cursor.flag()
    archetype, origin = cursor.text(), cursor.text()
    alignment = cursor.i32() if version >= _RELATIVE_LEVELS_FROM else None
    name = cursor.text()
    sets = cursor.count(cursor.i32(), MOST_POWERSETS, "powersets")
    powersets = tuple(cursor.text() for _ in range(sets))
    cursor.i32()  # how many picks: never to be trusted
    count = cursor.count(cursor.i32(), MOST_POWERS, "powers")
    return Records(version, archetype, origin, alignment, name, powersets), count


def _read_power(cursor: _Cursor, kind_of: KindOf) -> PowerRecord:
    power = PowerRecord(cursor.ref())
    if power.ref:
        level, included = cursor.i8(), cursor.flag()
        procs_off = cursor.version >= _PROCS_FROM and cursor.flag()
        stacks = cursor.i32()
        free_slots = cursor.i32() if cursor.version >= _FREE_SLOTS_FROM else 0
        subs: tuple[tuple[Ref, bool], ...] = ()
        if cursor.has_subs:
            count = cursor.count(cursor.i8(), 128, "powers in a power")
            subs = tuple((cursor.ref(), cursor.flag()) for _ in range(count))
        power = PowerRecord(power.ref, level, included, procs_off, stacks, free_slots, subs)
    slots = cursor.count(cursor.i8(), MOST_SLOTS, "slots in a power")
    return replace(power, slots=tuple(_read_slot(cursor, kind_of) for _ in range(slots)))


def _read_slot(cursor: _Cursor, kind_of: KindOf) -> SlotRecord:
    level = cursor.i8()
    inherent = cursor.version >= _FREE_SLOTS_FROM and cursor.flag()
    piece = _read_piece(cursor, kind_of)
    alternate = _read_piece(cursor, kind_of) if cursor.flag() else None
    return SlotRecord(level, inherent, piece, alternate)


def _read_piece(cursor: _Cursor, kind_of: KindOf) -> PieceRecord | None:
    ref = cursor.ref()
    if not ref:
        return None
    levelled = kind_of(ref)
    two_bytes = cursor.version >= _RELATIVE_LEVELS_FROM
    if levelled is None:
        cursor.take(2 if two_bytes else 1)
        return PieceRecord(ref, known=False)
    first = cursor.i8()
    if levelled:
        return PieceRecord(ref, level=first, relative_level=cursor.i8() if two_bytes else 4)
    return PieceRecord(ref, relative_level=first, grade=cursor.i8())


def _in_final_order(records: Records, name_of: NameOf) -> Records:
    """Exchange stacks and free slots where the first programs of 3.20 wrote them the other way."""
    if records.version < _FREE_SLOTS_FROM or not any(
        power.free_slots and name_of(power.ref).lower() not in _FREE_SLOT_POWERS
        for power in records.powers
    ):
        return records
    powers = tuple(
        replace(power, stacks=power.free_slots, free_slots=power.stacks) for power in records.powers
    )
    return replace(records, powers=powers, early=True)
