"""What can be wrong with the bytes of a data file: each error names the place."""

from typing import ClassVar

from midsdesk.errors import SourceFormatError


class CodecError(SourceFormatError):
    """Base: the bytes are not what the layout says.

    Attributes:
        offset: Byte position in the file, from 0; None where the whole file is meant.
        places: The records around the place, outermost first: "power 512 of 9634", "effect 3 of 5".
    """

    code = "MD-VAL-030"
    _joint: ClassVar[str] = " in "

    def __init__(self, offset: int | None, what: str) -> None:
        self._what = what
        self._end = "" if offset is None else f" at byte {offset}"
        super().__init__(what + self._end, offset=offset)
        self.offset = offset
        self.places: tuple[str, ...] = ()

    def within(self, place: str) -> None:
        """Add the record around it to the message, while the error passes outwards."""
        self.places = (place, *self.places)
        self.user_message = self._what + self._joint + ", ".join(self.places) + self._end
        self.args = (self.user_message,)


class TruncatedError(CodecError):
    """The file ends inside a record."""

    code = "MD-VAL-031"

    _joint = " inside "

    def __init__(self, offset: int, record: str = "") -> None:
        super().__init__(offset, "The file ends")
        if record:
            self.within(record)


class CountError(CodecError):
    """A count or length that the rest of the file cannot hold."""

    code = "MD-VAL-032"

    def __init__(self, offset: int, what: str, value: int, too_short: bool = False) -> None:
        counted = f"{value} × {what}"
        short = f"The file is too short for {counted}"
        super().__init__(offset, short if too_short else f"Impossible count ({counted})")


class BadTextError(CodecError):
    """A text that is not UTF-8."""

    code = "MD-VAL-033"

    def __init__(self, offset: int) -> None:
        super().__init__(offset, "A text is not valid UTF-8")


class HeaderError(CodecError):
    """The file is of another kind."""

    code = "MD-VAL-034"


class OlderFormatError(HeaderError):
    """The file is of the right kind in a format of the time before 2022."""

    code = "MD-VAL-038"


class TrailingBytesError(CodecError):
    """Bytes are left after the last record."""

    code = "MD-VAL-035"


class BadJsonError(CodecError):
    """A JSON file that is none, or lacks what it must hold."""

    code = "MD-VAL-036"


class TableError(SourceFormatError):
    """A text table without the rows it must have.

    Attributes:
        line: From 1.
    """

    code = "MD-VAL-037"

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"{what} (line {line})", line=line)
        self.line = line
