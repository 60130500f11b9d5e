"""How numbers are written: one style for the whole window.

Source: design, principle 7: unit after a space, the minus sign is U+2212, one decimal for percent,
two for values by the second.
"""

import re
from typing import Final

MINUS: Final = "\u2212"
_DECIMALS: Final = {"%": 1, "/s": 2, "s": 2, "mph": 1, "ft": 1, "mag": 2, "points": 0}
_BY_SECOND: Final = re.compile(r"(?<=\d)/s\b")


def plain(value: float, decimals: int) -> str:
    """A number with thousands separators and a true minus; never "−0"."""
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"{MINUS}{text}" if negative else text


def signed(value: float, decimals: int) -> str:
    """Like `plain`, with a plus before positive numbers."""
    text = plain(value, decimals)
    return text if text.startswith(MINUS) or value <= 0 else f"+{text}"


def with_unit(value: float, unit: str, *, sign: bool = False, decimals: int | None = None) -> str:
    """A value as a row shows it: "28.5 %", "9.05/s", "1,521", "25.7 mph"."""
    places = _DECIMALS.get(unit, 1) if decimals is None else decimals
    number = signed(value, places) if sign else plain(value, places)
    if unit in ("points", ""):
        return number
    return f"{number}/s" if unit == "/s" else f"{number} {unit}"


def spoken(text: str) -> str:
    """The same for a screen reader: "28.5 percent"."""
    words = {" %": " percent", " mph": " miles per hour", " ft": " feet"}
    for sign, word in words.items():
        text = text.replace(sign, word)
    text = _BY_SECOND.sub(" per second", text)
    return text.replace(MINUS, "minus ").replace("+", "plus ")
