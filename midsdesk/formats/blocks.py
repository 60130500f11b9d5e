"""Data blocks: the framed lines of digits that carry a build through posts and .mxd files.

Owns finding a block in a text, undoing what forums do to it, and checking that it is whole. What
the bytes mean is the business of `mxd` and `chunk`.

Source: build files, sections 4.1 to 4.3, 5, 7.1 and 15.
"""

import base64
import binascii
import html
import re
import zlib
from dataclasses import dataclass

from midsdesk.errors import BuildFormatError
from midsdesk.formats.detect import BLOCK_HEADER, below_notice

LINE = 67
MOST_BYTES = 4 * 1024 * 1024
RULER = f"|{'-' * LINE}|"
_HEADER = re.compile(
    r"(MxDz|MxDu|MBD)\s?;\s?(-?\d{1,12})\s?;\s?(-?\d{1,12})\s?;\s?(-?\d{1,12})\s?;"
    r"(?:\s?(HEX|BASE64)\s?;)?",
    re.IGNORECASE,
)
_RULER_AHEAD = re.compile(r"-{20,}")
_TAGS = re.compile(r"<[^<>]{0,200}>|\[/?[A-Za-z*][^\[\]|]{0,60}\]")
_FRAME = re.compile(r"[|\s\u200b\ufeff]+")
_PRINTABLE_FRAME = re.compile(r"[|\r\n\t\u200b\ufeff]+")
_HTML = re.compile(r"<br|&(?:nbsp|amp|lt|gt|quot|#\d+);", re.IGNORECASE)
_NO_HEX = re.compile(r"[^0-9A-Fa-f]")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it was found: the sizes it declares, and the bytes it carries.

    Attributes:
        kind: "MxDz", "MxDu" or "MBD".
        size: Of the bytes once they are expanded.
        others: How many more blocks the text holds.
    """

    kind: str
    size: int
    packed: bytes
    others: int = 0


def find_block(text: str) -> Block:
    """Return the first block of a text.

    Raises:
        BuildFormatError: There is none, or it is incomplete or damaged.
    """
    text = below_notice(text)
    header = _HEADER.search(text)
    if header is None:
        raise BuildFormatError(
            "The data block is damaged: its first line is incomplete. Copy the whole post again."
        )
    others = len(BLOCK_HEADER.findall(text)) - 1
    kind = {"mxdz": "MxDz", "mxdu": "MxDu", "mbd": "MBD"}[header.group(1).lower()]
    size, packed_size, length = (int(header.group(number)) for number in (2, 3, 4))
    check_sizes(size, packed_size if kind == "MxDz" else packed_size or size, length)
    coding = (header.group(5) or "").upper()
    payload = text[header.end() : header.end() + 4 * length + 4096]
    if _HTML.search(payload):
        payload = html.unescape(payload)
    if not coding and kind != "MBD":
        return Block(kind, size, _printable(payload, packed_size, length), others)
    digits = _payload(payload, length)
    decoded = from_base64(digits) if coding == "BASE64" or kind == "MBD" else from_hex(digits)
    if len(decoded) != (packed_size or size):
        raise BuildFormatError(
            f"The data block is damaged: it holds {len(decoded)} bytes, its first line promises "
            f"{packed_size}. Copy it again."
        )
    return Block(kind, size, decoded, others)


def check_sizes(size: int, packed_size: int, length: int) -> None:
    """Refuse impossible sizes before anything is done with them.

    Raises:
        BuildFormatError: One is negative, or far more than a build needs.
    """
    for each in (size, packed_size, length):
        if not 0 < each <= MOST_BYTES:
            raise BuildFormatError(
                f"The data are damaged or no build: they declare {each:,} bytes; "
                "builds have some 2,000."
            )


def _payload(text: str, length: int) -> str:
    """The first `length` digits behind a header, without frames, mark-up and line ends."""
    ruler = _RULER_AHEAD.search(text)
    framed = text[: ruler.start()] if ruler else text
    digits = _FRAME.sub("", _TAGS.sub("", framed))[:length]
    if len(digits) < length:
        raise BuildFormatError(
            f"The data block is incomplete: {len(digits)} of {length} characters are there. "
            "Copy the whole block, or let the build be restored from the report above it."
        )
    return digits


def _printable(text: str, size: int, length: int) -> bytes:
    """The oldest coding: four characters, each a space plus six bits, make three bytes."""
    signs = _PRINTABLE_FRAME.sub("", text)[:length]
    if len(signs) < length or len(signs) * 3 // 4 < size:
        raise BuildFormatError(
            f"The data block is incomplete: {len(signs)} of {length} characters are there. "
            "Copy the whole block."
        )
    for place, sign in enumerate(signs, 1):
        if not " " <= sign <= "`":
            raise _bad_digit(sign, place, length, "the coding of old data blocks")
    value = signs.replace("`", " ") + " " * (-len(signs) % 4)
    out = bytearray()
    for at in range(0, len(value), 4):
        bits = 0
        for sign in value[at : at + 4]:
            bits = bits << 6 | ord(sign) - 32
        out += bits.to_bytes(3, "big")
    return bytes(out[:size])


def from_hex(digits: str) -> bytes:
    """Bytes of hexadecimal digits in either case.

    Raises:
        BuildFormatError: A character is no digit (named with its place), or one is missing.
    """
    bad = _NO_HEX.search(digits)
    if bad is not None:
        raise _bad_digit(bad.group(), bad.start() + 1, len(digits), "hexadecimal")
    if len(digits) % 2:
        raise BuildFormatError(
            f"The data are damaged: {len(digits)} is an odd number of hexadecimal digits. "
            "Copy them again."
        )
    return bytes.fromhex(digits)


def from_base64(digits: str) -> bytes:
    """Bytes of Base64.

    Raises:
        BuildFormatError: A character is none of its alphabet (named with its place), or some
            are missing.
    """
    bad = _NO_BASE64.search(digits)
    if bad is not None:
        raise _bad_digit(bad.group(), bad.start() + 1, len(digits), "Base64")
    try:
        return base64.b64decode(digits, validate=True)
    except binascii.Error as cause:
        raise BuildFormatError(
            "The data are damaged: the Base64 text is incomplete. Copy it again."
        ) from cause


def _bad_digit(sign: str, place: int, length: int, coding: str) -> BuildFormatError:
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return BuildFormatError(
        f"The data are damaged: “{shown}”, character {place} of {length}, does not belong to "
        f"{coding}. Copy them again."
    )


def inflate(packed: bytes, size: int) -> bytes:
    """Expand a zlib stream that must give exactly `size` bytes.

    Raises:
        BuildFormatError: It is damaged, ends early, or gives more or less.
    """
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(packed, size + 1)
    except zlib.error as cause:
        raise BuildFormatError(
            "The data are damaged: a character of them is wrong, so their checksum does not fit. "
            "Copy them again."
        ) from cause
    if len(data) > size:
        raise BuildFormatError(
            f"The data are damaged: they expand beyond the {size:,} bytes declared."
        )
    if not stream.eof:
        raise BuildFormatError("The data are damaged: the compressed data end early.")
    if len(data) < size:
        raise BuildFormatError(
            f"The data are damaged: they expand to {len(data):,} of {size:,} bytes."
        )
    return data


def unpack(block: Block) -> bytes:
    """Return the bytes an MxD block carries, expanded.

    Raises:
        BuildFormatError: They are damaged.
    """
    if block.kind == "MxDz":
        return inflate(block.packed, block.size)
    if len(block.packed) != block.size:
        raise BuildFormatError(
            f"The data are damaged: {len(block.packed):,} of {block.size:,} bytes are there."
        )
    return block.packed


def frame(digits: str, line_end: str = "\r\n") -> str:
    """Write digits as framed lines; the last line has no end."""
    return line_end.join(f"|{digits[at : at + LINE]}|" for at in range(0, len(digits), LINE))


@dataclass(frozen=True, slots=True)
class Packed:
    """Binary data packed for a block or a link."""

    size: int
    packed_size: int
    digits: str


def pack(data: bytes) -> Packed:
    """Compress and write as hexadecimal digits."""
    packed = zlib.compress(data, 9)
    return Packed(len(data), len(packed), packed.hex().upper())
