"""Which game data a command works with: the named ones, the installed ones, or the packed ones."""

import sys
from pathlib import Path

from midsdesk.app.datasets import DataSets
from midsdesk.app.gamedata import GameData
from midsdesk.app.settings import Settings
from midsdesk.host.paths import user_paths
from midsdesk.model.catalog import Catalog


class ConsoleProgress:
    """Writes each stage of long work once, to the error stream."""

    def __init__(self) -> None:
        self._last = ""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Say the stage when it changes."""
        del done, total
        if note != self._last:
            self._last = note
            sys.stderr.write(f"game data: {note}\n")


def open_catalog(data: Path | None) -> Catalog:
    """Open a game database.

    Args:
        data: A database file; None for the one in use. What is damaged is set aside and said; where
            none is left, the packed data are installed first.

    Raises:
        GameDatabaseError: The file is none, or damaged.
    """
    paths = user_paths()
    settings = Settings.load(paths.settings)
    gamedata = GameData(paths.game_databases, settings)
    if data is not None:
        return gamedata.open(data)
    started = DataSets(gamedata, settings).start(ConsoleProgress())
    if started.message:
        sys.stderr.write(f"{started.message}\n")
    return started.catalog
