"""Numbers in the texts the calculator makes: true minus, no needless zeros."""

from typing import Final

MINUS: Final = "\u2212"


def number(value: float, decimals: int, *, sign: bool = False, keep: bool = False) -> str:
    """Return a number as text.

    Args:
        decimals: At most that many; zeros at the end go unless `keep`.
        sign: A plus before positive numbers.
    """
    text = f"{abs(value):,.{decimals}f}"
    if not keep and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not any(digit in "123456789" for digit in text):
        return text
    if value < 0:
        return MINUS + text
    return f"+{text}" if sign else text
