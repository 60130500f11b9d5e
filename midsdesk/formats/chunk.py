"""MBD chunks and share texts: the JSON of a .mbd, compressed, in letters. Of every age.

Source: build files, sections 7.1 and 7.2.
"""

import base64
import zlib

import brotli  # type: ignore[import-untyped]

from midsdesk.errors import BuildFormatError
from midsdesk.formats import bson, mbd
from midsdesk.formats.blocks import MOST_BYTES, find_block, frame, from_base64, from_hex
from midsdesk.formats.detect import Form
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.issues import Issue
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog

_GZIP = b"\x1f\x8b"
_QUALITY, _WINDOW = 11, 22
_DAMAGED = "The data are damaged: they cannot be expanded. Copy them again."


def read(source: Source, catalog: Catalog) -> Reading:
    """Read a chunk out of a post, or a share text.

    Raises:
        BuildFormatError: There is no whole, sound build in it.
    """
    if source.form == Form.MBD_CHUNK:
        return _read_chunk(source, catalog)
    text = "".join(source.text.split())
    if text[:4].upper() == "HEX;":
        data = expand(from_hex(text[4 : -len(";MBD")]), MOST_BYTES)
        return mbd.reading_of(bson.loads(data), catalog, source.form)
    data = expand(from_base64(text), MOST_BYTES)
    return mbd.reading_of(mbd.parse(_text(data)), catalog, source.form)


def _read_chunk(source: Source, catalog: Catalog) -> Reading:
    found = find_block(source.text)
    data = expand(found.packed, found.size)
    if len(data) != found.size:
        raise BuildFormatError(
            f"The data are damaged: they expand to {len(data):,} of {found.size:,} bytes."
        )
    reading = mbd.reading_of(mbd.parse(_text(data)), catalog, source.form)
    if found.others <= 0:
        return reading
    shown = f"{found.others + 1} data blocks"
    issue = Issue("Text", shown, "are in this text; the first was read.")
    return Reading(reading.build, reading.form, (issue, *reading.issues), reading.choices)


def expand(packed: bytes, limit: int) -> bytes:
    """Expand Brotli, or gzip by its mark, to at most `limit` bytes.

    Raises:
        BuildFormatError: Damaged, cut short, or larger.
    """
    data, whole = _gunzip(packed, limit) if packed.startswith(_GZIP) else _unbrotli(packed, limit)
    if len(data) > limit:
        raise BuildFormatError(
            f"The data are damaged: they expand beyond the {limit:,} bytes a build may have here."
        )
    if not whole:
        raise BuildFormatError("The data are damaged: the compressed data end early.")
    return data


def _unbrotli(packed: bytes, limit: int) -> tuple[bytes, bool]:
    stream = brotli.Decompressor()
    out = bytearray()
    try:
        given = packed
        while len(out) <= limit:
            part = stream.process(given, output_buffer_limit=limit + 1 - len(out))
            given = b""
            out += part
            if stream.is_finished() or (not part and stream.can_accept_more_data()):
                break
    except brotli.error as cause:
        raise BuildFormatError(_DAMAGED) from cause
    return bytes(out), bool(stream.is_finished())


def _gunzip(packed: bytes, limit: int) -> tuple[bytes, bool]:
    stream = zlib.decompressobj(wbits=31)
    try:
        return stream.decompress(packed, limit + 1), stream.eof
    except zlib.error as cause:
        raise BuildFormatError(_DAMAGED) from cause


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise BuildFormatError("The data are damaged: they are no text.") from cause


def _packed(build: Build, catalog: Catalog) -> tuple[int, int, str]:
    data = mbd.encode_compact(build, catalog)
    packed = brotli.compress(data, quality=_QUALITY, lgwin=_WINDOW)
    return len(data), len(packed), base64.b64encode(packed).decode("ascii")


def encode(build: Build, catalog: Catalog) -> str:
    """Write a build as an MBD chunk."""
    size, packed_size, digits = _packed(build, catalog)
    header = f"|MBD;{size};{packed_size};{len(digits)};BASE64;|"
    return f"{header}\r\n{frame(digits)}"


def share_text(build: Build, catalog: Catalog) -> str:
    """Write a build as the share service keeps it: the same in one piece."""
    return _packed(build, catalog)[2]
