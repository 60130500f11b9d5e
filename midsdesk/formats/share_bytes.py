"""Numbers, texts and lists as few bytes: names the program ships are written as their number.

Version 1; neither the tags nor the words ever change.
"""

from functools import lru_cache
from typing import Any, Final

from midsdesk.formats.share_words_others import OTHERS
from midsdesk.formats.share_words_pieces import PIECES
from midsdesk.formats.share_words_powers import POWERS

# The first byte of a value: a small number, a short list, a short text, a word and its high
# byte, or one of the long kinds, whose size or number follows in groups of seven bits.
_LISTS, _TEXTS, _WORDS, _LONG_NUMBER, _NEGATIVE, _LONG_LIST, _LONG_TEXT = (
    0x40,
    0x60,
    0x80,
    0xF0,
    0xF1,
    0xF2,
    0xF3,
)
_SMALL: Final = 32
_DEEPEST: Final = 12
_MOST_ITEMS: Final = 4096
_BIGGEST: Final = 2**31


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """All words in their order, which is part of every code."""
    return tuple(dict.fromkeys((*PIECES.split(), *POWERS.split(), *OTHERS.split())))


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(words())}


def to_bytes(value: Any) -> bytes:
    """The bytes of a number, a text or a list of such."""
    out = bytearray()
    _write(value, out)
    return bytes(out)


def _write(value: Any, out: bytearray) -> None:
    if isinstance(value, list):
        _head(out, _LISTS, _LONG_LIST, len(value))
        for each in value:
            _write(each, out)
    elif isinstance(value, str):
        _write_text(value, out)
    elif 0 <= value < _LISTS:
        out.append(value)
    else:
        out.append(_NEGATIVE if value < 0 else _LONG_NUMBER)
        _write_number(abs(value), out)


def _write_text(text: str, out: bytearray) -> None:
    number = _numbers().get(text)
    if number is not None:
        out += bytes((_WORDS + (number >> 8), number & 0xFF))
        return
    data = text.encode("utf-8", "surrogatepass")
    _head(out, _TEXTS, _LONG_TEXT, len(data))
    out += data


def _head(out: bytearray, short: int, long: int, size: int) -> None:
    if size < _SMALL:
        out.append(short + size)
    else:
        out.append(long)
        _write_number(size, out)


def _write_number(value: int, out: bytearray) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def from_bytes(data: bytes) -> Any:
    """The value of bytes.

    Raises:
        ValueError, LookupError: They are no such value.
    """
    reader = _Reader(data)
    value = reader.value(0)
    if reader.position != len(data):
        raise ValueError("bytes are left over")
    return value


class _Reader:
    """Reads values one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        tag = self._byte()
        if tag < _LISTS:
            return tag
        if tag < _TEXTS:
            return self._list(tag - _LISTS, depth)
        if tag < _WORDS:
            return self._text(tag - _TEXTS)
        if tag < _LONG_NUMBER:
            return words()[(tag - _WORDS << 8) + self._byte()]
        return self._long(tag, depth)

    def _long(self, tag: int, depth: int) -> Any:
        number = self._number()
        if tag == _LONG_NUMBER:
            return number
        if tag == _NEGATIVE:
            return -number
        if tag == _LONG_LIST:
            return self._list(number, depth)
        if tag == _LONG_TEXT:
            return self._text(number)
        raise ValueError("an unknown tag")

    def _byte(self) -> int:
        value = self._data[self.position]
        self.position += 1
        return value

    def _number(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if value >= _BIGGEST:
                raise ValueError("too big a number")
            if byte < 0x80:
                return value
            shift += 7

    def _list(self, count: int, depth: int) -> list[Any]:
        if count > min(_MOST_ITEMS, len(self._data) - self.position):
            raise ValueError("more items than bytes")
        return [self.value(depth + 1) for _ in range(count)]

    def _text(self, size: int) -> str:
        end = self.position + size
        if end > len(self._data):
            raise ValueError("the text is cut")
        text = self._data[self.position : end].decode("utf-8", "surrogatepass")
        self.position = end
        return text
