"""Version of the user's database: kept in `PRAGMA user_version` as major × 1000 + minor.

A newer minor opens, a newer major opens for reading only. Standard library only.
"""

from typing import Final

MAJOR: Final = 1
MINOR: Final = 1
CURRENT: Final = MAJOR * 1000 + MINOR
# "MDUS" as a number: tells our file from any other SQLite database.
APPLICATION_ID: Final = 0x4D445553


def major_of(version: int) -> int:
    """Major part of a stored version."""
    return version // 1000
