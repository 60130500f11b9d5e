"""Undoing the mark-up of forums: what is left is the plain text of a report.

Source: build files, sections 8 and 12.
"""

import html
import re
from typing import Final

_TAGS: Final = (
    "b|i|u|s|color|colour|col|size|font|list|ul|ol|url|code|quote|span|center|left|right|"
    "table|tr|td|th|hr|img|spoiler|hidden|pre|strong"
)
_BREAK: Final = re.compile(r"<br\s{0,5}/?>|</(?:p|div|h\d|tr)>", re.IGNORECASE)
_ITEM: Final = re.compile(
    r"\[\*\]|</?(?:ul|ol|li)\b[^<>]{0,200}>|\[/?(?:list|ul|ol|li)\b[^\[\]]{0,50}\]", re.IGNORECASE
)
_BBCODE: Final = re.compile(rf"\[/?(?:{_TAGS})(?:[=: ][^\[\]]{{0,200}})?\]", re.IGNORECASE)
_HTML: Final = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_HIDDEN: Final = re.compile(r"<(/?)(?:style|script|head)\b[^<>]{0,200}>", re.IGNORECASE)
_SPACES: Final = re.compile("&nbsp;|&#160;|\u00a0", re.IGNORECASE)


def plain_text(text: str) -> str:
    """A report without its mark-up; line ends stay line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _without_hidden(text)
    text = _BREAK.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = _ITEM.sub("\n", text)
    text = _BBCODE.sub("", text)
    text = _HTML.sub("", text)
    return html.unescape(text).replace("\u00a0", " ")


def _without_hidden(text: str) -> str:
    """The text without what a page does not show: styles, scripts and its head."""
    shown = []
    start: int | None = 0
    for found in _HIDDEN.finditer(text):
        if not found.group(1):
            if start is not None:
                shown.append(text[start : found.start()])
            start = None
        elif start is None:
            start = found.end()
    return "".join(shown) + (text[start:] if start is not None else "")
