"""The first text of a binary file: what kind it is, and whether it is the present format."""

from importer.mhd import binary
from importer.mhd.errors import CodecError, HeaderError, OlderFormatError
from importer.mhd.layout import STR

_OLDER = "Mids' Hero Designer"


def check_header(found: str, *expected: str) -> None:
    """Compare a file's first text with what it must be.

    Raises:
        OlderFormatError: A format that Mids Reborn itself no longer reads.
        HeaderError: Another file.
    """
    if found in expected:
        return
    if found.startswith(_OLDER):
        what = f"This is the older format {found[:60]!r}; expected {expected[0]!r}"
        raise OlderFormatError(None, what)
    raise HeaderError(None, f"Not a {expected[0]!r} file (it begins with {found[:40]!r})")


def require_header(data: bytes, *expected: str) -> None:
    """Read and compare the first text, before anything else of the file is believed.

    Raises:
        HeaderError: An older format, another file, or no Mids file at all.
    """
    found = first_text(data)
    if found is None:
        raise HeaderError(None, f"Not a {expected[0]!r} file (it begins with {data[:12]!r})")
    check_header(found, *expected)


def first_text(data: bytes) -> str | None:
    """Return the text a binary file begins with; None if it begins with none."""
    try:
        text: str = binary.read(STR, data, 0)[0]
    except CodecError:
        return None
    return text
