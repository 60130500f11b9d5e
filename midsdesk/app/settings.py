"""Settings: one declared table, kept as JSON.

An unreadable file is set aside, said once, and the defaults are used. A file of a newer version is
read as far as it is known and not overwritten.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from midsdesk.app.events import Hub
from midsdesk.errors import InternalError, MidsdeskError, StorageError
from midsdesk.host.atomic import write_file

VERSION: Final = 1
MOST_RECENT_FILES: Final = 12


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        default: Also tells the type: bool, int, str or tuple of str.
        choices: The values allowed, empty for any. low, high: range of a number.
        since: Version of the program that brought it.
    """

    key: str
    default: bool | int | str | tuple[str, ...]
    label: str
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    since: str = "0.1"


THEMES: Final = (
    "dark",
    "light",
    "high-contrast",
    "dark-deuteranopia",
    "dark-protanopia",
    "dark-tritanopia",
    "system",
)
TABLE: Final = (
    Setting("theme", "dark", "Theme", THEMES),
    Setting("accent", "build", "Alignment colours", ("build", "hero", "villain")),
    Setting("text_size", 0, "Text size in points, 0 for that of the system", low=0, high=32),
    Setting("zoom", 100, "Zoom in percent", low=75, high=250),
    Setting("columns", 0, "Columns of the grid, 0 for automatic", low=0, high=6),
    Setting("reduce_motion", False, "Reduce motion"),
    Setting("system_font", False, "Use the font of the system"),
    Setting("show_slot_levels", True, "Show the level of each slot"),
    Setting("show_enhancement_levels", True, "Show the level of each enhancement"),
    Setting(
        "relative_levels", "numbers", "Relative levels of pieces", ("numbers", "signs", "none")
    ),
    Setting("rules", "game", "Numbers as the game or as the old planner", ("game", "mids")),
    Setting("pvp", False, "Numbers against players"),
    Setting("piece_level", 50, "Level of new inventions", low=1, high=50),
    Setting("piece_relative", 0, "Relative level of new pieces", low=-3, high=5),
    Setting("piece_grade", "single", "Grade of new pieces", ("single", "dual", "training")),
    Setting("enemy_level", 0, "Level of the enemy against the character", low=-4, high=7),
    Setting("suppression", (), "What has just happened and switches effects off"),
    Setting("team", (), "Members of the team, as Blaster=2"),
    Setting("damage_unit", "activation", "Damage by", ("activation", "second", "animation")),
    Setting("hints_seen", (), "Hints that were read"),
    Setting("data_set", "", "Game data in use"),
    Setting("data_set_history", (), "Game data used before"),
    Setting("recent_files", (), "Files opened last"),
    Setting("last_folder", "", "Folder opened last"),
    Setting("window_geometry", "", "Place and size of the window"),
    Setting("window_state", "", "Places of the docks"),
    Setting("share_kind", "share-code", "What a build was shared as last"),
    Setting("post_markup", "bbcode", "Mark-up of posts"),
    Setting("post_theme", "navy", "Colours of posts"),
    Setting("post_parts", ("levels", "incarnates", "accolades", "inherents"), "What posts tell"),
    Setting("restore_last", True, "Open the last build at start"),
)
_BY_KEY: Final = {item.key: item for item in TABLE}


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting has a new value."""

    key: str
    value: Any


class Settings:
    """The settings in force."""

    def __init__(
        self, path: Path | None, values: dict[str, Any], message: str = "", keep_file: bool = False
    ) -> None:
        """Use `load` instead.

        Args:
            path: Where they are kept, None to keep them nowhere.
            values: Values by key; missing ones have their default.
            message: What to tell the user once, "" for nothing.
            keep_file: The file is of a newer version and is not overwritten.
        """
        self.path = path
        self.message = message
        self._values = values
        self._keep_file = keep_file
        self._changed: Hub[SettingChanged] = Hub()

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """Read the settings; never fails, see `message`."""
        try:
            text = path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return cls(path, {})
        except (OSError, UnicodeDecodeError):
            return cls(path, {}, _set_aside(path))
        try:
            value = json.loads(text)
            version, stored = int(value["version"]), dict(value["values"])
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
            return cls(path, {}, _set_aside(path))
        values = {key: _fitting(key, item) for key, item in stored.items()}
        newer = version > VERSION
        message = "The settings are of a newer midsdesk; changes are not kept." if newer else ""
        return cls(path, values, message, newer)

    def get(self, key: str) -> Any:
        """Value of a setting.

        Raises:
            InternalError: There is no such setting.
        """
        known = _declared(key)
        return self._values.get(key, known.default)

    def set(self, key: str, value: Any) -> None:
        """Change a setting and keep it; tells the listeners.

        Raises:
            InternalError: There is no such setting, or the value is not allowed.
            StorageError: It could not be kept; it is in force all the same.
        """
        known = _declared(key)
        value = tuple(value) if isinstance(value, list) else value
        if not _allowed(known, value):
            raise InternalError(f"{value!r} is no value for the setting {key}.")
        if value == self.get(key):
            return
        self._values[key] = value
        self._changed.emit(SettingChanged(key, value))
        self.save()

    def is_default(self, key: str) -> bool:
        """Whether a setting is as it came."""
        return bool(self.get(key) == _declared(key).default)

    def reset(self, key: str) -> None:
        """Give a setting its default again; tells the listeners.

        Raises:
            StorageError: It could not be kept; it is in force all the same.
        """
        self.set(key, _declared(key).default)

    def save(self) -> None:
        """Write the file, atomically; a file of a newer version stays.

        Raises:
            StorageError: It could not be written.
        """
        if self.path is None or self._keep_file:
            return
        content = {"version": VERSION, "values": dict(sorted(self._values.items()))}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as cause:
            raise StorageError(
                f"{self.path.parent} could not be made: {cause.strerror}."
            ) from cause
        write_file(self.path, json.dumps(content, indent=2).encode("utf-8"))

    def subscribe(self, listener: Callable[[SettingChanged], None]) -> Callable[[], None]:
        """Call `listener` after every change; returns what ends that."""
        return self._changed.subscribe(listener)

    def add_recent_file(self, path: Path) -> None:
        """Put a file at the top of the list of recent ones."""
        name = str(path)
        others = [item for item in self.get("recent_files") if item != name]
        self.set("recent_files", (name, *others)[:MOST_RECENT_FILES])


def _declared(key: str) -> Setting:
    known = _BY_KEY.get(key)
    if known is None:
        raise InternalError(f"There is no setting {key}.")
    return known


def _fitting(key: str, value: Any) -> Any:
    """A stored value, or the default where it does not fit; unknown keys are carried along."""
    known = _BY_KEY.get(key)
    if known is None:
        return value
    value = tuple(value) if isinstance(value, list) else value
    return value if _allowed(known, value) else known.default


def _allowed(known: Setting, value: object) -> bool:
    if type(value) is not type(known.default):
        return False
    if known.choices and value not in known.choices:
        return False
    if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
        return False
    if known.low is not None and known.high is not None:
        return isinstance(value, int) and known.low <= value <= known.high
    return True


def _set_aside(path: Path) -> str:
    aside = path.with_name(f"{path.name}.unreadable")
    try:
        path.replace(aside)
    except (OSError, MidsdeskError):
        return f"The settings in {path} could not be read; the defaults are used."
    return f"The settings could not be read and were set aside as {aside}; the defaults are used."
