"""Which form a build has, told by its content, never by its name.

Source: build files, section 14.
"""

import html
import re
from enum import StrEnum

from midsdesk.errors import BuildFormatError

MAX_BYTES = 4 * 1024 * 1024
_LONGEST_POST = 1024 * 1024
BINARY_MAGIC = b"MxD\x0c"
BLOCK_HEADER = re.compile(r"(MxDz|MxDu|MBD|MHDz|MRBz)\s?;\s?-?\d+\s?;", re.IGNORECASE)
NATIVE_MARK = re.compile(r'"format"\s*:\s*"mdbuild"', re.IGNORECASE)
SHARE_CODE = re.compile(r"\bMD\d{1,3}[.~:-][A-Za-z0-9_.~:-]{16,}")
_OLD_BLOCKS = ("mhdz", "mrbz")
_DO_NOT_MODIFY = re.compile(r"\|\s*Do not modify anything below", re.IGNORECASE)
_NOTICE = "Do not modify anything below this line!"
_LINK = re.compile(r"[?&](?:amp;)?dc=|[?&](?:amp;)?uc=\d*&(?:amp;)?c=", re.IGNORECASE)
_LEGACY_HOST = re.compile(
    r"(cohplanner\.com|midsreborn\.com)/\S{0,40}(download|legacy)", re.IGNORECASE
)
_SHARE_LINK = re.compile(
    r"\bmrb://|https?://(?:api\.|share\.)?midsreborn\.com/(?:build/)?\S", re.IGNORECASE
)
_GAME_HEAD = re.compile(r"^.{0,200}: Level \d+ \S+ Class_\w+", re.MULTILINE)
_GAME_PROFILE = re.compile(r"^\s*Character Profile:", re.MULTILINE)
_REPORT_HEAD = re.compile(
    r"\b(Hero|Villain|Rogue|Vigilante|Loyalist|Resistance)\b.{0,40}\b(Plan by|Profile:|build was)"
    r"|\b(Hero|Villain) Hero Designer",
    re.IGNORECASE,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{65,}")
_MOSTLY_BASE64 = re.compile(r"[A-Za-z0-9+/]{65}")
_EARLY = 8192
# What is no text: other data, or a database of the planner.
_NO_TEXT = (
    "This is not a build file; it is binary data. Choose another file.",
    "This is not a build file; it is a game database file. Import it as game data instead.",
)


class Form(StrEnum):
    """Form of a build, for reading, writing or both."""

    MBD = "mbd"
    NATIVE = "mdbuild"
    MXD = "mxd"
    MXD_101 = "mxd 1.01"
    MXD_BINARY = "mxd binary"
    MXD_BLOCK = "data block"
    LINK = "link"
    MBD_CHUNK = "mbd chunk"
    SHARE_TEXT = "share text"
    SHARE_CODE = "share code"
    REPORT = "report"
    FORUM_POST = "forum post"
    GAME_TEXT = "in-game text"
    POPMENU = "pop-menu"
    OLD_BLOCK = "old data block"
    SHARE_LINK = "share link"


# No text has these signs; the second is for one whose letters are of an old system.
_CONTROL = re.compile(r"[\x00-\x08]")
_OLD_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


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
        text = _decode_old(data, cause)
    if not text.strip():
        raise BuildFormatError("The file is empty. Choose another file or an older copy.")
    if "\x00" in text or _CONTROL.search(text, 0, 4096):
        raise BuildFormatError(_NO_TEXT["Mids" in text[:64]])
    return text


def _decode_old(data: bytes, cause: UnicodeDecodeError) -> str:
    """A text that an old system saved in its own letters, if it is text at all."""
    text = data.decode("cp1252", errors="replace")
    if _OLD_CONTROL.search(text) or "\ufffd" in text:
        raise BuildFormatError(_NO_TEXT["Mids" in text[:64]]) from cause
    return text


def detect(data: bytes) -> Form | None:
    """Tell the form of a file; None if it is no build.

    Raises:
        BuildFormatError: Empty, too large or binary.
    """
    if data.startswith(BINARY_MAGIC) and len(data) <= MAX_BYTES:
        return Form.MXD_BINARY
    text = text_of(data).strip()
    if text.startswith("{"):
        return Form.NATIVE if NATIVE_MARK.search(text[:_EARLY]) else Form.MBD
    if len(text) > _LONGEST_POST:
        raise BuildFormatError("The text is too long for a build; posts have some 10 KB.")
    return _detect_text(text)


def _detect_text(text: str) -> Form | None:
    if text[:4].upper() == "HEX;" and text[-4:].upper() == ";MBD":
        return Form.SHARE_TEXT
    block = BLOCK_HEADER.search(below_notice(text))
    if block is not None:
        return _block_form(block.group(1).lower(), text)
    if SHARE_CODE.fullmatch(text) or text.lower().startswith("midsdesk://"):
        return Form.SHARE_CODE
    if _LINK.search(text) or _LEGACY_HOST.search(text):
        return Form.LINK
    head = html.unescape(text[:_EARLY])
    if _GAME_HEAD.search(head) or _GAME_PROFILE.search(head):
        return Form.GAME_TEXT
    if _REPORT_HEAD.search(re.sub(r"<[^<>]*>|\[[^\[\]]*\]", "", head)):
        return Form.REPORT
    if _BASE64.fullmatch(text) or (_MOSTLY_BASE64.match(text) and "\n\n" not in text):
        return Form.SHARE_TEXT
    if SHARE_CODE.search(text):
        return Form.SHARE_CODE
    return Form.SHARE_LINK if _SHARE_LINK.search(text) else None


def below_notice(text: str) -> str:
    """The part of a file where its block stands: a comment above may look like a block."""
    below = text[max(0, text.rfind(_NOTICE)) :]
    return below if BLOCK_HEADER.search(below) else text


def _block_form(kind: str, text: str) -> Form:
    if kind in _OLD_BLOCKS:
        return Form.OLD_BLOCK
    if kind == "mbd":
        return Form.MBD_CHUNK
    return Form.MXD if _DO_NOT_MODIFY.search(text) else Form.MXD_BLOCK


def refusal(form: Form | None) -> str:
    """Say why there is no reader for this form."""
    if form == Form.OLD_BLOCK:
        return "This is a block of the form that came before MxD; it is too old to read."
    if form == Form.SHARE_LINK:
        return (
            "This link only names a build that is kept on a server; it holds no build itself. "
            "Nothing was opened. Ask for the file or the data block."
        )
    if form is None:
        return "There is no build in this. Choose another file, or copy the whole post."
    return f"This is a {form}; this program writes such texts but does not read them."
