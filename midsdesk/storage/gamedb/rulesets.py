"""Ruleset files: what a realm plays by where its data do not say, or where a player says otherwise.

A file is named after its realm (`rebirth.toml`). It may hold a part only: what it leaves out stays
as the data set has it. Strengths of inventions and kinds of special enhancements are read while an
export is imported; the data set has them from then on.
"""

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from midsdesk.errors import SourceFormatError

DEFAULT: Final = "homecoming"
_ENDING: Final = ".toml"
_LEVELS: Final = 50
# What a database says of itself, if its source brought constants of its own.
BRINGS_RULES: Final = "brings_rules"

Check = Callable[[Any], bool]


def _number(value: Any) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and math.isfinite(value) and value >= 0


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _rows(count: int) -> Check:
    def check(value: Any) -> bool:
        return _is_list(value, count) and all(
            _is_list(row, 4) and all(_number(each) for each in row) for row in value
        )

    return check


def _is_list(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count


def _per_level(value: Any) -> bool:
    return _is_list(value, _LEVELS) and all(_whole(each) for each in value)


def _switches(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, bool) for each in value.values())


_A_LEVEL: Final = (_per_level, f"{_LEVELS} whole numbers, one for each level")
_A_NUMBER: Final = (lambda value: _number(value) and value > 0, "a number above 0")
_A_WHOLE: Final = (_whole, "a whole number from 0")
_A_SWITCH: Final = (lambda value: isinstance(value, bool), "true or false")
_A_TEXT: Final = (lambda value: isinstance(value, str), "a text")
_NUMBERS: Final = (
    "base_to_hit", "base_fly_speed", "base_jump_speed", "base_jump_height", "base_run_speed",
    "base_perception", "max_fly_speed", "max_jump_speed", "max_run_speed", "max_jump_height",
    "max_max_fly_speed", "max_max_jump_speed", "max_max_run_speed",
)  # fmt: skip
_WHOLES: Final = (
    "max_slots", "health_slots", "health_slot_1_level", "health_slot_2_level", "stamina_slots",
    "stamina_slot_1_level", "stamina_slot_2_level",
)  # fmt: skip
# Section -> field -> whether a value fits, and in words what would.
_FIELDS: Final[Mapping[str, Mapping[str, tuple[Check, str]]]] = {
    "levels": {"picks": _A_LEVEL, "slots": _A_LEVEL},
    "enhancements": {
        "thresholds": (_rows(3), "3 rows of 4 numbers"),
        "grades": (_rows(4), "4 rows of 4 numbers"),
        "inventions": (_rows(53), "53 rows of 4 numbers"),
    },
    "server": {
        **dict.fromkeys(_NUMBERS, _A_NUMBER),
        **dict.fromkeys(_WHOLES, _A_WHOLE),
        "enable_inherent_slotting": _A_SWITCH,
        "enabled_incarnates": (_switches, "a table of names, each true or false"),
    },
    "special": {"name": _A_TEXT, "short_name": _A_TEXT, "begins": _A_TEXT},
}


def read(path: Path) -> Mapping[str, Any]:
    """Return a ruleset file, every field looked at.

    Raises:
        SourceFormatError: It cannot be read, or a field does not fit; the message names both.
    """
    try:
        rules = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as cause:
        raise SourceFormatError(f"The ruleset {path} cannot be read ({cause}).") from cause
    flaw = _flaw(rules)
    if flaw:
        raise SourceFormatError(f"The ruleset {path} has a flaw: {flaw}.", path=str(path))
    return rules


def whole(path: Path) -> Mapping[str, Any]:
    """Return a ruleset file that has to hold everything.

    Raises:
        SourceFormatError: As `read`, or a field is missing.
    """
    rules = read(path)
    for section, fields in _FIELDS.items():
        parts = rules.get(section, {})
        for part in parts if isinstance(parts, list) else [parts]:
            for name in fields:
                if name not in part:
                    raise SourceFormatError(
                        f"The ruleset {path} has a flaw: [{section}] {name} is missing.",
                        path=str(path),
                    )
    return rules


def _flaw(rules: Mapping[str, Any]) -> str:
    for section, content in rules.items():
        fields = _FIELDS.get(section)
        if fields is None:
            return f"[{section}] is not known"
        listed = section == "special"
        parts = content if listed and isinstance(content, list) else [content]
        if not all(isinstance(part, dict) for part in parts):
            return f"[{section}] must be a table of fields"
        for part in parts:
            for name, value in part.items():
                if name not in fields:
                    return f"[{section}] {name} is not known"
                fits, wanted = fields[name]
                if not fits(value):
                    return f"[{section}] {name} must be {wanted}"
    levels = rules.get("levels")
    if levels is not None and len(levels) < len(_FIELDS["levels"]):
        return "[levels] needs both picks and slots"
    return _falling(rules)


def _falling(rules: Mapping[str, Any]) -> str:
    rows = rules.get("enhancements", {}).get("thresholds", ())
    if any(sorted(column) != list(column) for column in zip(*rows, strict=True)):
        return "[enhancements] thresholds must ascend from row to row"
    return ""


def levels(rules: Mapping[str, Any]) -> list[dict[str, int]]:
    """Return the schedule of picks and slots as a Mids folder has it."""
    pairs = zip(rules["levels"]["picks"], rules["levels"]["slots"], strict=True)
    return [
        {"level": level, "picks": picks, "slots": slots}
        for level, (picks, slots) in enumerate(pairs, 1)
    ]


def laid_over(texts: Mapping[str, Any], rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return the small tables of a data set with those of a ruleset in their place.

    Args:
        texts: Of the database.
        rules: Of `read`.
    """
    found = dict(texts)
    if "levels" in rules:
        found["levels"] = found["respec_levels"] = levels(rules)
    tables = {
        name: value for name, value in rules.get("enhancements", {}).items() if name != "inventions"
    }
    found["maths"] = {**texts["maths"], **tables}
    server, former = rules.get("server", {}), texts["server_data"]
    incarnates = {**former["enabled_incarnates"], **server.get("enabled_incarnates", {})}
    found["server_data"] = {**former, **server, "enabled_incarnates": incarnates}
    return found


class Origin(StrEnum):
    """Whose constants a data set plays by."""

    USER = "user"  # a file beside the data sets
    OWN = "own"  # the source brought them, as a Mids folder does
    REALM = "realm"  # the file of its realm, which comes with the program
    DEFAULT = "default"  # its realm has no file


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rules of one data set.

    Attributes:
        path: The file they are in; None where the data set's own are used.
        rules: What the file says. fault: what was wrong with a file that is left aside, or "".
    """

    origin: Origin
    path: Path | None = None
    rules: Mapping[str, Any] | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RulesetFolders:
    """Where ruleset files lie: those of the user, and those that come with the program."""

    user: Path | None = None
    shipped: Path | None = None

    def chosen(self, meta: Mapping[str, str]) -> Chosen:
        """Return the rules for a data set by what it says of itself. A malformed file is left."""
        realm, brings = meta.get("realm", ""), meta.get(BRINGS_RULES, "yes") == "yes"
        wanted = [(Origin.USER, _file(self.user, realm))]
        if not brings:
            wanted.append((Origin.REALM, _file(self.shipped, realm)))
            wanted.append((Origin.DEFAULT, _file(self.shipped, DEFAULT)))
        fault = ""
        for origin, path in wanted:
            if path is None:
                continue
            try:
                return Chosen(origin, path, read(path), fault)
            except SourceFormatError as error:
                fault = fault or error.user_message
        return Chosen(Origin.OWN if brings else Origin.DEFAULT, fault=fault)


def _file(folder: Path | None, realm: str) -> Path | None:
    """Return the file of a realm. The name comes from data: it is compared, never made a path."""
    try:
        files = sorted(folder.iterdir()) if folder is not None else []
    except OSError:
        return None
    wanted = realm.casefold() + _ENDING
    return next((path for path in files if path.name.casefold() == wanted), None)
