"""Where this machine keeps our files. `MIDSDESK_HOME` puts all of them under one folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

HOME_VARIABLE = "MIDSDESK_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of the program; they need not exist yet.

    Attributes:
        config: Settings. data: The user's database and the game databases. cache: May be emptied.
    """

    config: Path
    data: Path
    cache: Path
    logs: Path

    @property
    def settings(self) -> Path:
        """Settings file."""
        return self.config / "settings.json"

    @property
    def user_database(self) -> Path:
        """The user's builds and autosaves."""
        return self.data / "user.db"

    @property
    def game_databases(self) -> Path:
        """Folder of the installed game databases."""
        return self.data / "gamedata"


def user_paths() -> Paths:
    """The folders of the current user, or those under `MIDSDESK_HOME`."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        root = Path(home).expanduser()
        return Paths(root / "config", root / "data", root / "cache", root / "logs")
    dirs = PlatformDirs("midsdesk", appauthor=False)
    return Paths(
        Path(dirs.user_config_dir),
        Path(dirs.user_data_dir),
        Path(dirs.user_cache_dir),
        Path(dirs.user_log_dir),
    )
