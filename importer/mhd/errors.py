"""What can be wrong with the bytes of a data file: each error names the place."""

from midsdesk.errors import SourceFormatError


class CodecError(SourceFormatError):
    """Base: the bytes are not what the layout says.

    Attributes:
        offset: Byte position in the file, from 0.
    """

    code = "MD-VAL-030"

    def __init__(self, offset: int, what: str) -> None:
        super().__init__(f"{what} at byte {offset}", offset=offset)
        self.offset = offset


class TruncatedError(CodecError):
    """The file ends inside a record."""

    code = "MD-VAL-031"

    def __init__(self, offset: int, record: str) -> None:
        super().__init__(offset, f"The file ends inside {record}")


class CountError(CodecError):
    """A count or length that the rest of the file cannot hold."""

    code = "MD-VAL-032"

    def __init__(self, offset: int, what: str, value: int) -> None:
        super().__init__(offset, f"Impossible {what} ({value})")


class BadTextError(CodecError):
    """A text that is not UTF-8."""

    code = "MD-VAL-033"

    def __init__(self, offset: int) -> None:
        super().__init__(offset, "A text is not valid UTF-8")


class HeaderError(CodecError):
    """The file is of another kind."""

    code = "MD-VAL-034"


class TrailingBytesError(CodecError):
    """Bytes are left after the last record."""

    code = "MD-VAL-035"
