"""The .mxd family written: binary, data block, whole file.

Source: build files, sections 4, 5 and 8.
"""

import re
import struct
from enum import Enum

from midsdesk.formats import mbd
from midsdesk.formats.blocks import RULER, Packed, frame, pack
from midsdesk.formats.detect import BINARY_MAGIC
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import EnhancementKind

_LIKE_ESCAPE = re.compile("&(?=(?:lt|gt|amp);)")
_NOTHING = struct.pack("<i", -1)
_MODIFY = "|              Do not modify anything below this line!              |"
_PASTE = "| Copy & Paste this data into Mids Reborn to view the build |"
_TOP_STORED_LEVEL, _MOST_SLOTS, _MOST_SUBS = 49, 12, 127


class MxdVersion(Enum):
    """Versions of the form that are written."""

    V101 = 1.01
    V320 = 3.2


def encode(
    build: Build, catalog: Catalog, version: MxdVersion = MxdVersion.V320, report: str = ""
) -> bytes:
    """Write a whole .mxd file.

    Args:
        build: What to write.
        catalog: The game data; their numbers go into the file.
        version: 3.20 for Mids Reborn; 1.01, which holds less, for the programs before 2021.
        report: The report on top, up to its closing rule, in any line ends.
    """
    packed = pack(binary(build, catalog, version))
    top = "".join(f"{line}\r\n" for line in report.rstrip().splitlines())
    if version == MxdVersion.V320:
        middle = "\r\n" * 4 + _metadata(build, catalog) + "\r\n" * 2
        text = top + middle + _framed(_MODIFY, packed)
    else:
        text = top + "\r\n" * 3 + _framed(_MODIFY, packed, "\n")
    return text.encode("utf-8", errors="replace")


def encode_101(build: Build, catalog: Catalog, report: str = "") -> bytes:
    """Write a whole .mxd file for the programs before 2021."""
    return encode(build, catalog, MxdVersion.V101, report)


def block(build: Build, catalog: Catalog) -> str:
    """Write the data block for a post: without the second build, comment and obtained."""
    return _framed(_PASTE, pack(binary(build, catalog, alternates=False)))


def _framed(title: str, packed: Packed, line_end: str = "\r\n") -> str:
    """The block between its rulers: only the lines of digits end like those of Windows."""
    header = f"|MxDz;{packed.size};{packed.packed_size};{len(packed.digits)};HEX;|"
    return "\n".join((title, RULER, header, frame(packed.digits, line_end), RULER))


def _metadata(build: Build, catalog: Catalog) -> str:
    """Lines for what the binary has no place for."""
    found = ""
    if build.comment:
        # Mids Reborn escapes no “&”; one that would be read as an escape has to be.
        comment = _LIKE_ESCAPE.sub("&amp;", build.comment).replace("<", "&lt;").replace(">", "&gt;")
        found += f"<comment>{comment}</comment>\r\n"
    bits = "".join(
        "1"
        if any(p is not None and p.obtained for p in (slot.enhancement, slot.alternate))
        else "0"
        for entry in mbd.completed(build, catalog)
        if catalog.power(entry.power) is not None
        for slot in entry.slots[:_MOST_SLOTS]
    )
    return f"{found}<enhobtained>{bits}</enhobtained>\r\n" if "1" in bits else found


def binary(
    build: Build,
    catalog: Catalog,
    version: MxdVersion = MxdVersion.V320,
    *,
    alternates: bool = True,
) -> bytes:
    """Write the binary; `alternates`: with the pieces of the second build."""
    out = _Writer(catalog, version, alternates)
    entries = mbd.completed(build, catalog)
    out.data += BINARY_MAGIC + struct.pack("<f", version.value) + b"\x00\x01"
    out.text(build.archetype)
    out.text(build.origin)
    out.i32(build.alignment)
    out.text(build.name)
    out.i32(len(build.powersets) - 1)
    for name in build.powersets:
        out.text(name)
    out.i32(mbd.LAST_POWER)
    out.i32(len(entries) - 1)
    for entry in entries:
        out.entry(entry)
    return bytes(out.data)


class _Writer:
    """Collects the bytes of one binary."""

    def __init__(self, catalog: Catalog, version: MxdVersion, alternates: bool) -> None:
        self.data = bytearray()
        self._catalog = catalog
        self._new = version == MxdVersion.V320
        self._alternates = alternates

    def i8(self, value: int) -> None:
        self.data += struct.pack("<b", value)

    def i32(self, value: int) -> None:
        self.data += struct.pack("<i", value)

    def flag(self, value: bool) -> None:
        self.data += b"\x01" if value else b"\x00"

    def text(self, value: str) -> None:
        data = value.encode("utf-8", errors="replace")
        size = len(data)
        while size > 0x7F:
            self.data.append(size & 0x7F | 0x80)
            size >>= 7
        self.data.append(size)
        self.data += data

    def entry(self, entry: PowerEntry) -> None:
        power = self._catalog.power(entry.power) if entry.power else None
        if power is None:
            self.data += _NOTHING + b"\xff"
            return
        self.i32(power.static_index)
        self.i8(entry.level - 1)
        self.flag(entry.included)
        if self._new:
            self.flag(entry.procs_off)
        self.i32(entry.stacks)
        if self._new:
            self.i32(entry.inherent_slots_used)
        subs = [
            (sub.static_index, each.included)
            for each in entry.sub_powers
            if (sub := self._catalog.power(each.power)) is not None
        ][:_MOST_SUBS]
        self.i8(len(subs) - 1)
        for number, included in subs:
            self.i32(number)
            self.flag(included)
        slots = entry.slots[:_MOST_SLOTS]
        self.i8(len(slots) - 1)
        for slot in slots:
            self._slot(slot)

    def _slot(self, slot: Slot) -> None:
        self.i8(slot.level - 1)
        if self._new:
            self.flag(slot.inherent)
        self._piece(slot.enhancement)
        self.flag(self._alternates)
        if self._alternates:
            self._piece(slot.alternate)

    def _piece(self, piece: SlottedEnhancement | None) -> None:
        known = self._catalog.enhancement(piece.enhancement) if piece else None
        if piece is None or known is None:
            self.data += _NOTHING
            return
        self.i32(known.static_index)
        if known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET):
            self.i8(min(max(piece.level - 1, 0), _TOP_STORED_LEVEL))
            self.i8(piece.relative_level)
        else:
            self.i8(piece.relative_level)
            self.i8(piece.grade)
