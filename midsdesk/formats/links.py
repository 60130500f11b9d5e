"""Links that carry their data: decoded here, never opened.

Source: build files, section 6.
"""

import re

from midsdesk.errors import BuildFormatError
from midsdesk.formats import mxd
from midsdesk.formats.blocks import Packed, check_sizes, from_hex, inflate, pack
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.mxd_write import binary
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog

BASE = "https://api.midsreborn.com/legacy/download"
# Browsers and forums cut what is longer; Mids Reborn makes no longer link either.
LONGEST = 2048
_DATA = re.compile(r"[?&]dc=([^\s&\])\"'<>]*)", re.IGNORECASE)
_NUMBER = r"[?&]{}=(-?\d{{1,12}})(?!\d)"


def read(source: Source, catalog: Catalog) -> Reading:
    """Read the build of the first link of a text.

    Raises:
        BuildFormatError: The link carries no data, is cut, or is damaged.
    """
    text = source.text.replace("&amp;", "&")
    data = _DATA.search(text)
    if data is None or not data.group(1):
        raise BuildFormatError(
            "This link carries no data: the part after “dc=” is missing. Ask for the whole link."
        )
    begin = max(text.rfind(sign, 0, data.start()) for sign in ("http", "\n", " "))
    link = text[max(0, begin) : data.end()]
    size, packed_size, length = (_number(link, name) for name in ("uc", "c", "a"))
    check_sizes(size, packed_size, length)
    digits = data.group(1)[:length]
    if len(digits) < length:
        raise BuildFormatError(
            f"The link is incomplete: {len(digits)} of {length} characters of its data are there. "
            "A chat program cut it; ask for the file or the data block."
        )
    packed = from_hex(digits)
    if len(packed) != packed_size:
        raise BuildFormatError(
            f"The link is damaged: it holds {len(packed)} bytes and promises {packed_size}."
        )
    return mxd.read_binary(inflate(packed, size), catalog, source.form)


def _number(link: str, name: str) -> int:
    found = re.search(_NUMBER.format(name), link, re.IGNORECASE)
    if found is None:
        raise BuildFormatError(f"The link is damaged: it does not say “{name}=”. Copy it again.")
    return int(found.group(1))


def encode(build: Build, catalog: Catalog) -> str:
    """Write a build as a link; "" if it would be longer than links may be."""
    link = _link(pack(binary(build, catalog, alternates=False)))
    return link if len(link) <= LONGEST else ""


def _link(packed: Packed) -> str:
    sizes = f"uc={packed.size}&c={packed.packed_size}&a={len(packed.digits)}"
    return f"{BASE}?{sizes}&f=HEX&dc={packed.digits}"
