"""I12.mhd: archetypes, powersets, powers with their effects, summoned entities."""

from dataclasses import dataclass
from typing import Final

from importer.mhd import binary
from importer.mhd.binary import Tick, Values
from importer.mhd.errors import BadTextError, CountError, HeaderError, TrailingBytesError
from importer.mhd.headers import require_header
from importer.mhd.layout import (
    ARCHETYPE,
    DATE,
    ENTITY,
    I32,
    POWER,
    POWERS_HEAD,
    POWERS_HEAD_REST,
    POWERSET,
    STR,
    ListOf,
    Record,
)

HEADER: Final = "Mids Reborn Powers Database"
SECTIONS: Final[tuple[tuple[str, Record], ...]] = (
    ("BEGIN:ARCHETYPES", ARCHETYPE),
    ("BEGIN:POWERSETS", POWERSET),
    ("BEGIN:POWERS", POWER),
    ("BEGIN:SUMMONS", ENTITY),
)


@dataclass(frozen=True, slots=True)
class PowersFile:
    """The content of I12.mhd; every tuple follows the layout of its kind.

    Attributes:
        version: Dotted numbers "year.month.revision".
        year: -1, or a year, then `month` and `day` count and `saved` is None.
        saved: Ticks of 100 ns with the kind of time in the top two bits.
    """

    version: str
    year: int
    month: int
    day: int
    saved: int | None
    issue: int
    page: int
    page_word: str
    archetypes: tuple[Values, ...]
    powersets: tuple[Values, ...]
    powers: tuple[Values, ...]
    entities: tuple[Values, ...]


def decode(data: bytes, tick: Tick | None = None) -> PowersFile:
    """Read I12.mhd.

    Args:
        data: The whole file.
        tick: Called with the byte position every few milliseconds; may raise to cancel.

    Raises:
        CodecError: With the byte position; nothing half-read is ever returned.
    """
    require_header(data, HEADER)
    (_, version, year), at = binary.read(POWERS_HEAD, data, 0)
    month = day = 0
    saved = None
    if year > 0:
        month, at = binary.read(I32, data, at)
        day, at = binary.read(I32, data, at)
    else:
        saved, at = binary.read(DATE, data, at)
    (issue, page, page_word), at = binary.read(POWERS_HEAD_REST, data, at)
    sections = []
    for marker, record in SECTIONS:
        at = read_mark(marker, data, at)
        records, at = binary.read_records(ListOf(record), data, at, tick)
        sections.append(records)
    if at != len(data):
        raise TrailingBytesError(at, f"{len(data) - at} bytes too many")
    return PowersFile(version, year, month, day, saved, issue, page, page_word, *sections)


def read_mark(mark: str, data: bytes, at: int) -> int:
    """Read a section mark: the best check that reading has not got out of step.

    Raises:
        HeaderError: Other bytes stand there.
    """
    try:
        found, behind = binary.read(STR, data, at)
    except (CountError, BadTextError) as cause:
        raise HeaderError(at, f"Expected the section mark {mark}, found other bytes") from cause
    if found != mark:
        raise HeaderError(at, f"Expected the section mark {mark}, found {found[:40]!r}")
    return int(behind)


def encode(content: PowersFile) -> bytes:
    """Write I12.mhd: `encode(decode(data)) == data`."""
    out = bytearray()
    binary.write(POWERS_HEAD, (HEADER, content.version, content.year), out)
    if content.saved is None:
        binary.write(I32, content.month, out)
        binary.write(I32, content.day, out)
    else:
        binary.write(DATE, content.saved, out)
    binary.write(POWERS_HEAD_REST, (content.issue, content.page, content.page_word), out)
    sections = (content.archetypes, content.powersets, content.powers, content.entities)
    for (marker, record), records in zip(SECTIONS, sections, strict=True):
        binary.write(STR, marker, out)
        binary.write(ListOf(record), records, out)
    return bytes(out)
