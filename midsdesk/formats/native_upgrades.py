"""Older versions of the .mdbuild, step by step to the present one.

Each step is a pure function from the JSON of one version to that of the next. A step never
changes once it is released.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from midsdesk.errors import BuildFormatError

Step = Callable[[dict[str, Any]], dict[str, Any]]

# From version: the step to the next one. Version 1 is the first.
UPGRADES: Final[Mapping[int, Step]] = {}


def upgraded(
    value: dict[str, Any], newest: int, upgrades: Mapping[int, Step] = UPGRADES
) -> dict[str, Any]:
    """Return the JSON in the newest version.

    Raises:
        BuildFormatError: It has no version, an impossible one, or one of a newer program.
    """
    version = value.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise BuildFormatError("The file is damaged: it does not name the version of its format.")
    if version > newest:
        raise BuildFormatError(
            f"The file was written by a newer program (format {version}; this one reads up to "
            f"{newest}). Update midsdesk to open it."
        )
    for number in range(version, newest):
        value = {**upgrades[number](value), "version": number + 1}
    return value
