"""The share code: a whole build in one line, which needs no server and opens for ever.

`MD1.` + how many characters follow the next dot + `.` + base64url of a checksum and the deflated
build. Its layout is `share_pack`, its bytes `share_bytes`; the dictionaries of both are part of
version 1 and never change. What a newer version adds gets a new number in front.
"""

import base64
import binascii
import re
import zlib
from typing import Final

from pydantic import ValidationError

from midsdesk.errors import BuildFormatError
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.members import Notes
from midsdesk.formats.native_build import BuildMaker, shape_of
from midsdesk.formats.native_shape import BuildShape
from midsdesk.formats.share_bytes import from_bytes, to_bytes
from midsdesk.formats.share_pack import packed, unpacked
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog

VERSION: Final = 1
LINK: Final = "midsdesk://build/"
# Texts that many codes hold; what is like them costs next to nothing.
PRESET: Final = (
    b'{"kept":{"BuiltWith":{"App":"Mids Reborn","Version":"3.7.11.2"}}}Homecoming2020.9.27'
)
_CODE: Final = re.compile(r"MD(\d{1,3})[.]", re.IGNORECASE)
_SIZE: Final = re.compile(r"\s*(\d{1,7})\s*[.]")
_BODY: Final = re.compile(r"[A-Za-z0-9_\-=]+")
_BODY_IN_LINES: Final = re.compile(r"[A-Za-z0-9_\-=\s]+")
_CHECK_BYTES: Final = 4
_MOST_BYTES: Final = 512 * 1024


def encode(build: Build, _catalog: Catalog | None = None) -> str:
    """The code of a build; it needs no game data."""
    return encode_shape(shape_of(build))


def encode_shape(shape: BuildShape) -> str:
    """The code of a build as a .mdbuild holds it."""
    data = to_bytes(packed(shape))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, PRESET)
    check = zlib.crc32(data).to_bytes(_CHECK_BYTES, "big")
    body = base64.urlsafe_b64encode(check + packer.compress(data) + packer.flush())
    text = body.rstrip(b"=").decode("ascii")
    return f"MD{VERSION}.{len(text)}.{text}"


def link(code: str) -> str:
    """The link of a code, which opens the program."""
    return f"{LINK}{code}"


def read(source: Source, catalog: Catalog) -> Reading:
    """Read the first code of a text.

    Raises:
        BuildFormatError: See `decode`.
    """
    notes = Notes()
    build = decode(source.text, catalog, notes)
    if len(_CODE.findall(source.text)) > 1:
        notes.add("Text", "", "There are several codes in the text; the first was opened.")
    return Reading(build, source.form, tuple(notes.issues), tuple(notes.choices))


def decode(text: str, catalog: Catalog, notes: Notes | None = None) -> Build:
    """The build of a code, which may stand in a link and in other text.

    Raises:
        BuildFormatError: There is no code, it is damaged or incomplete, of a newer program, or of
            an archetype the game data lack.
    """
    shape = _shape(_inflated(_body(text)))
    if catalog.archetype(shape.archetype) is None:
        raise BuildFormatError(
            f"The game data in use have no archetype “{shape.archetype[:60]}”. "
            "Open the build with the game data it was made for."
        )
    return BuildMaker(catalog, notes or Notes()).build(shape, "Powersets")


def _body(text: str) -> str:
    found = _CODE.search(text)
    if found is None:
        raise BuildFormatError("There is no share code in this. Copy the whole line.")
    version = int(found.group(1))
    if version > VERSION:
        raise BuildFormatError(
            f"The share code was made by a newer program (version {version}; this one reads up "
            f"to {VERSION}). Update midsdesk to open it."
        )
    size = _SIZE.match(text, found.end())
    if version < 1 or size is None:
        raise BuildFormatError("The share code is damaged: its beginning is not whole.")
    need = int(size.group(1))
    body = _BODY.match(text, size.end())
    have = body.group() if body else ""
    if len(have) < need:
        # A forum or a mail program broke the line.
        body = _BODY_IN_LINES.match(text, size.end())
        have = "".join(body.group().split()) if body else ""
    if len(have) < need:
        raise BuildFormatError(
            f"The share code is incomplete: {len(have)} of {need} characters are there. "
            "Copy the whole line."
        )
    return have[:need]


def _inflated(body: str) -> bytes:
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        if len(raw) <= _CHECK_BYTES:
            raise BuildFormatError("The share code is damaged: it is too short.")
        inflater = zlib.decompressobj(-15, PRESET)
        data = inflater.decompress(raw[_CHECK_BYTES:], _MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error) as cause:
        raise BuildFormatError(
            "The share code is damaged: its characters do not fit together. Ask for it again."
        ) from cause
    if not inflater.eof:
        more = "more than any build needs" if inflater.unconsumed_tail else "it ends early"
        raise BuildFormatError(f"The share code is damaged: {more}.")
    if zlib.crc32(data).to_bytes(_CHECK_BYTES, "big") != raw[:_CHECK_BYTES]:
        raise BuildFormatError(
            "The share code is damaged: its checksum is wrong. Ask for it again."
        )
    return data


def _shape(data: bytes) -> BuildShape:
    try:
        return unpacked(from_bytes(data))
    except (ValueError, TypeError, LookupError, RecursionError, ValidationError) as cause:
        raise BuildFormatError("The share code is sound, but holds no build.") from cause
