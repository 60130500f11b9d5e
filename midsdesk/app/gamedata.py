"""Game databases: which are installed, which is in use, and installing another.

Installing runs `midsdesk-import` as a child; a failed or cancelled import leaves what was.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from midsdesk.app.jobs import JobCancelled, Progress
from midsdesk.app.settings import Settings
from midsdesk.errors import GameDatabaseError, ImportRefusedError, InternalError, StorageError
from midsdesk.host.children import Child, importer_command
from midsdesk.host.resources import resources_folder
from midsdesk.model.catalog import Catalog
from midsdesk.storage.gamedb.reader import GameDatabase
from midsdesk.storage.gamedb.rulesets import RulesetFolders

_CANCELLED = 130


class ClosableCatalog(Catalog, Protocol):
    """A catalog that holds a file open."""

    def close(self) -> None:
        """Let the file go."""


@dataclass(frozen=True, slots=True)
class InstalledData:
    """One installed game database. `name` is its file name without the ending."""

    name: str
    path: Path
    bytes: int


class GameData:
    """The game databases of this machine."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        command: Callable[[], list[str]] = importer_command,
        opener: Callable[[Path, RulesetFolders], ClosableCatalog] = GameDatabase,
    ) -> None:
        self.folder = folder
        self._settings = settings
        self._command = command
        self._opener = opener

    def installed(self) -> tuple[InstalledData, ...]:
        """All installed databases, newest file first."""
        try:
            paths = [path for path in self.folder.glob("*.db") if path.is_file()]
            paths.sort(key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
            return tuple(InstalledData(path.stem, path, path.stat().st_size) for path in paths)
        except OSError:
            return ()

    def current(self) -> InstalledData | None:
        """The database in use: the chosen one, else the newest; None if none is installed."""
        installed = self.installed()
        chosen = self._settings.get("data_set")
        return next(
            (item for item in installed if item.name == chosen), installed[0] if installed else None
        )

    def choose(self, name: str) -> None:
        """Use another installed database from the next opening on.

        Raises:
            GameDatabaseError: It is not installed.
        """
        if all(item.name != name for item in self.installed()):
            raise GameDatabaseError(f"The game data {name} are not installed.")
        self._settings.set("data_set", name)

    def open(self, path: Path) -> ClosableCatalog:
        """Open a database by its file.

        Raises:
            GameDatabaseError: It is none, or damaged.
        """
        return self._opener(path, self.rulesets())

    def rulesets(self) -> RulesetFolders:
        """Where ruleset files lie: beside the data sets, and those that come with the program."""
        try:
            shipped = resources_folder() / "rulesets"
        except StorageError:
            shipped = None
        return RulesetFolders(self.folder, shipped)

    def default_source(self) -> Path:
        """The game data that come with the program.

        Raises:
            StorageError: They are missing; the installation is damaged.
        """
        packs = sorted((resources_folder() / "gamedata").glob("*.json.xz"))
        if not packs:
            raise StorageError("The default game data are missing; install midsdesk again.")
        return packs[-1]

    def install(
        self,
        source: Path,
        progress: Progress,
        *,
        attach: Path | None = None,
        report: Path | None = None,
        use: bool = True,
    ) -> InstalledData:
        """Import a source and, if wanted, use it. Blocks: run it as a job.

        Args:
            source: Anything `midsdesk-import` reads.
            progress: Told of each step.
            attach: A Mids folder that brings what the server's export lacks.
            report: Where to write the report of the import.
            use: New builds are made with it from now on.

        Raises:
            JobCancelled: `progress.step` raised it; nothing has changed.
            ImportRefusedError: The source is at fault; the message says where.
            StorageError: The folder cannot be written, or the disk is full.
            InternalError: The importer broke down.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as cause:
            raise StorageError(f"{self.folder} could not be made: {cause.strerror}.") from cause
        more = ["--attach", str(attach)] if attach else []
        more += ["--report", str(report)] if report else []
        command = [*self._command(), "run", str(source), "--out", str(self.folder)]
        child = Child([*command, "--progress", "json", *more])
        outcome: dict[str, Any] = {}

        def deliver(line: dict[str, Any]) -> None:
            if "result" in line:
                outcome.update(line["result"])
            elif "stage" in line:
                progress.step(int(line["done"]), int(line["total"]), str(line["stage"]))

        code, complaint = child.run(deliver)
        if code == _CANCELLED:
            raise JobCancelled
        if code != 0:
            raise _failure(code, complaint, source)
        path = Path(str(outcome.get("database", "")))
        if not path.is_file():
            raise InternalError("The import ended without a database.", outcome=outcome)
        if use:
            self._settings.set("data_set", path.stem)
        return InstalledData(path.stem, path, path.stat().st_size)


def _failure(code: int, complaint: str, source: Path) -> Exception:
    message = f"{source} could not be imported."
    for line in reversed(complaint.splitlines()):
        try:
            message = str(json.loads(line)["error"]["message"])
            break
        except (ValueError, KeyError, TypeError):
            continue
    if code == 1:
        return ImportRefusedError(message, source=source)
    return StorageError(message, source=source, complaint=complaint)
