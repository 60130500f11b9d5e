"""Which form a file has, told by its content, never by its name.

Source: build files, section 14.
"""

import re
from enum import StrEnum

from midsdesk.errors import BuildFormatError

MAX_BYTES = 4 * 1024 * 1024
_BINARY_MAGIC = b"MxD\x0c"
_BLOCK = re.compile(r"(MxDz|MxDu|MBD|MHDz|MRBz);\d+;")
_OLD_BLOCKS = ("MHDz", "MRBz")
_LINK = re.compile(r"[?&](?:amp;)?(?:uc|c|a|dc)=", re.IGNORECASE)
_GAME_HEAD = re.compile(r"^.{1,200}: Level \d+ \S+ Class_\w+", re.MULTILINE)
_REPORT_HEAD = re.compile(r"(Hero|Villain) (Plan|Profile)|Level \d+ .* (Hero|Villain)", re.I)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{65,}")


class BuildKind(StrEnum):
    """Form of a build file."""

    MBD = "mbd"
    BINARY = "mxd binary"
    BLOCK = "data block"
    OLD_BLOCK = "old data block"
    CHUNK = "MBD chunk"
    LINK = "link"
    GAME_TEXT = "in-game text"
    REPORT = "report"
    SHARE_TEXT = "share text"
    SHARE_LINK = "share link"


_NOT_YET = {
    BuildKind.BINARY: "a legacy build (.mxd)",
    BuildKind.BLOCK: "a legacy build (.mxd or a data block)",
    BuildKind.CHUNK: "a build chunk from a post",
    BuildKind.LINK: "a link that carries a build",
    BuildKind.GAME_TEXT: "a build saved by the game",
    BuildKind.REPORT: "a build report",
    BuildKind.SHARE_TEXT: "a share text",
}


def text_of(data: bytes) -> str:
    """Decode a file: UTF-8, or UTF-16 by its mark.

    Raises:
        BuildFormatError: Empty, too large, binary, or no text in these encodings.
    """
    if len(data) > MAX_BYTES:
        raise BuildFormatError("The file is too large for a build; builds have some 50 KB.")
    if not data.strip():
        raise BuildFormatError("The file is empty. Choose another file or an older copy.")
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise BuildFormatError("This is not a build file; it is binary data.") from cause
    if "\x00" in text or any(ord(sign) < 9 for sign in text[:4096]):
        kind = "a game database file" if "Mids" in text[:64] else "binary data"
        raise BuildFormatError(f"This is not a build file; it is {kind}.")
    return text


def detect(data: bytes) -> BuildKind | None:
    """Tell the form of a file; None if it is no build.

    Raises:
        BuildFormatError: Empty, too large or binary.
    """
    if data.startswith(_BINARY_MAGIC):
        return BuildKind.BINARY
    text = text_of(data).strip()
    if text.startswith("{"):
        return BuildKind.MBD
    return _detect_text(text)


def _detect_text(text: str) -> BuildKind | None:
    if text.startswith("HEX;") and text.endswith(";MBD"):
        return BuildKind.SHARE_TEXT
    block = _BLOCK.search(text)
    if block is not None:
        if block.group(1) in _OLD_BLOCKS:
            return BuildKind.OLD_BLOCK
        return BuildKind.CHUNK if block.group(1) == "MBD" else BuildKind.BLOCK
    if _LINK.search(text):
        return BuildKind.LINK
    if text.startswith(("mrb://", "https://api.midsreborn.com", "https://share.")):
        return BuildKind.SHARE_LINK
    if _GAME_HEAD.search(text[:4096]):
        return BuildKind.GAME_TEXT
    if _REPORT_HEAD.search(text[:4096]):
        return BuildKind.REPORT
    return BuildKind.SHARE_TEXT if _BASE64.fullmatch(text) else None


def refusal(kind: BuildKind | None) -> str:
    """Say why a file of this form cannot be opened; "" if it can."""
    if kind == BuildKind.MBD:
        return ""
    if kind is None:
        return "There is no build in this file. midsdesk opens .mbd files."
    if kind == BuildKind.OLD_BLOCK:
        return "This is a block of the form that came before MxD; it is too old to read."
    if kind == BuildKind.SHARE_LINK:
        return "This link only names a build that is kept on a server; it holds no build itself."
    return (
        f"This is {_NOT_YET[kind]}; a later version of midsdesk opens it. "
        "Until then save it as .mbd in Mids Reborn."
    )
