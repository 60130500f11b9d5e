"""Reads a sound QR code of level L in byte mode, from its modules alone: no library, no picture.

Source: ISO/IEC 18004, sections 6.7 to 6.10 and annex E; tables for level L.
"""

from collections.abc import Iterator

import segno

_ECC = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30]
_ECC += [30, 26, 28, *(30 for _ in range(14))]
_BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13]
_BLOCKS += [14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25]
_MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)


def decoded(code: segno.QRCode) -> str:
    """The text in a code."""
    rows = [list(row) for row in code.matrix]
    size = len(rows)
    version = (size - 17) // 4
    level_and_mask = _format(rows)
    assert level_and_mask >> 3 == 0b01, "not of level L"
    mask = _MASKS[level_and_mask & 0b111]
    fixed = _fixed(size, version)
    bits = [rows[y][x] ^ mask(y, x) for y, x in _zigzag(size) if not fixed[y][x]]
    words = [_number(bits[at : at + 8]) for at in range(0, len(bits) // 8 * 8, 8)]
    return _text(_data(words, version), version)


def _number(bits: list[int]) -> int:
    return int("".join(str(int(bit)) for bit in bits), 2)


def _format(rows: list[list[int]]) -> int:
    places = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)]
    places += [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    return (_number([rows[y][x] for y, x in places]) ^ 0b101010000010010) >> 10


def _fixed(size: int, version: int) -> list[list[bool]]:
    """Modules that are no data: finders, timing, alignment, format and version."""
    fixed = [[False] * size for _ in range(size)]

    def fill(top: int, left: int, height: int, width: int) -> None:
        for y in range(top, top + height):
            for x in range(left, left + width):
                fixed[y][x] = True

    fill(0, 0, 9, 9)
    fill(0, size - 8, 9, 8)
    fill(size - 8, 0, 8, 9)
    fill(6, 0, 1, size)
    fill(0, 6, size, 1)
    centres = _centres(size, version)
    for y in centres:
        for x in centres:
            if (y, x) not in ((6, 6), (6, size - 7), (size - 7, 6)):
                fill(y - 2, x - 2, 5, 5)
    if version >= 7:
        fill(0, size - 11, 6, 3)
        fill(size - 11, 0, 3, 6)
    return fixed


def _centres(size: int, version: int) -> list[int]:
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    return [6, *sorted(size - 7 - number * step for number in range(count - 1))]


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    upwards = True
    right = size - 1
    while right > 0:
        right -= right == 6
        rows = range(size - 1, -1, -1) if upwards else range(size)
        for y in rows:
            yield y, right
            yield y, right - 1
        upwards = not upwards
        right -= 2


def _data(words: list[int], version: int) -> bytes:
    """The data words in order, out of their blocks."""
    blocks, ecc = _BLOCKS[version - 1], _ECC[version - 1]
    short, longer = divmod(len(words) - blocks * ecc, blocks)
    found: list[list[int]] = [[] for _ in range(blocks)]
    at = 0
    for column in range(short + 1):
        for number in range(blocks):
            if column < short or number >= blocks - longer:
                found[number].append(words[at])
                at += 1
    return bytes(word for block in found for word in block)


def _text(data: bytes, version: int) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    assert bits[:4] == "0100", "not in byte mode"
    width = 8 if version < 10 else 16
    count = int(bits[4 : 4 + width], 2)
    start = 4 + width
    body = bits[start : start + count * 8]
    return bytes(int(body[at : at + 8], 2) for at in range(0, len(body), 8)).decode()
