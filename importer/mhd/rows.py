"""Text tables as rows of cells that remember how they were written.

What the rows mean is read by `importer.mhd.text_tables` and `importer.mhd.replacements`.
Source: the format description, section 11.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from importer.mhd.errors import BadTextError

_BOM: Final = b"\xef\xbb\xbf"
_LINE_ENDS: Final = re.compile("(\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line.

    Attributes:
        cells: As written, between the tabs.
        ending: Its line ending; empty at the end of the file.
    """

    cells: tuple[str, ...]
    ending: str

    @property
    def line(self) -> str:
        """The whole line without its ending."""
        return "\t".join(self.cells)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but tabs and spaces."""
        return not self.line.strip()

    def cell(self, index: int) -> str:
        """Return a cell as it is meant; empty if the row is too short.

        A cell loses one apostrophe or space in front, one space behind, and all double quotes.
        """
        if index >= len(self.cells):
            return ""
        text = self.cells[index]
        if text[:1] in ("'", " "):
            text = text[1:]
        return text.removesuffix(" ").replace('"', "")


Rows: TypeAlias = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file.

    Attributes:
        rows: All lines in order.
        bom: Whether it begins with a byte order mark.
    """

    rows: Rows
    bom: bool = False


def decode(data: bytes) -> TextTable:
    """Split a text file into rows and cells; any line ending, none needed at the end.

    Raises:
        BadTextError: Not UTF-8.
    """
    bom = data.startswith(_BOM)
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as cause:
        raise BadTextError(cause.start + len(_BOM) * bom) from cause
    parts = _LINE_ENDS.split(text)
    rows = [
        Row(tuple(line.split("\t")), ending)
        for line, ending in zip(parts[::2], [*parts[1::2], ""], strict=True)
    ]
    if not parts[-1]:
        rows.pop()
    return TextTable(tuple(rows), bom)


def encode(table: TextTable) -> bytes:
    """Write the file: `encode(decode(data)) == data`."""
    text = "".join(row.line + row.ending for row in table.rows)
    return (_BOM if table.bom else b"") + text.encode()
