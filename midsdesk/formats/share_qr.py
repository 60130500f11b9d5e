"""The QR code of a share link, as a picture in bytes."""

from io import BytesIO
from typing import Final

import segno

from midsdesk.errors import ValidationError

# What the largest QR code holds as bytes at the lowest level of correction.
MOST_CHARACTERS: Final = 2953
_BORDER: Final = 4


def svg(link: str, scale: int = 4) -> bytes:
    """The code as SVG; its quiet zone is part of the picture.

    Raises:
        ValidationError: The link is too long for any QR code.
    """
    out = BytesIO()
    made(link).save(out, kind="svg", scale=scale, border=_BORDER, light="#ffffff")
    return out.getvalue()


def png(link: str, scale: int = 4) -> bytes:
    """The code as PNG, `scale` pixels a module.

    Raises:
        ValidationError: The link is too long for any QR code.
    """
    out = BytesIO()
    made(link).save(out, kind="png", scale=scale, border=_BORDER, light="#ffffff")
    return out.getvalue()


def made(link: str) -> segno.QRCode:
    """The code itself.

    Raises:
        ValidationError: The link is too long for any QR code.
    """
    if len(link.encode()) > MOST_CHARACTERS:
        raise ValidationError(
            f"The build is too long for a QR code: {len(link):,} characters, of which one holds "
            f"{MOST_CHARACTERS:,}. Shorten its comment, or send the file."
        )
    return segno.make(link, error="l", micro=False)
