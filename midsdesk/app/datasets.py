"""Data sets: adding, checking, repairing and going back, so that no update can break anything.

Beside each game database lies a note of what was written: its hash, where it came from. A database
that is not as its note says is set aside, never deleted; what was in use before is kept and can be
used again.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from midsdesk.app.gamedata import ClosableCatalog, GameData, InstalledData
from midsdesk.app.jobs import Progress
from midsdesk.app.settings import Settings
from midsdesk.errors import GameDatabaseError, MidsdeskError, StorageError
from midsdesk.host.atomic import write_file
from midsdesk.storage.gamedb import health

HISTORY: Final = "data_set_history"
_MOST_REMEMBERED: Final = 8
_NOTE: Final = ".note.json"
_REPORT: Final = ".report.json"
_ASIDE: Final = ".damaged"


@dataclass(frozen=True, slots=True)
class Note:
    """What was written: the database's hash, its source ("" for the packed data), and when."""

    sha256: str
    bytes: int
    source: str = ""
    attached: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class DataSet:
    """One installed data set, as a list shows it.

    Attributes:
        installed: Its file. title, version, realm: what it says of itself; "" if it cannot.
        in_use: New builds are made with it.
        source: Where it came from; "" for the packed data or where nobody noted it.
        fault: Why it cannot be opened, "" if it can.
    """

    installed: InstalledData
    title: str
    version: str
    realm: str
    in_use: bool
    source: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check: what is wrong, nothing if all is well.

    Attributes:
        noted: There was a note to hold the hash against.
    """

    flaws: tuple[str, ...]
    noted: bool

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return not self.flaws


@dataclass(frozen=True, slots=True)
class Started:
    """The game data the program starts with.

    Attributes:
        message: One line about what was set aside, "" if nothing was.
    """

    catalog: ClosableCatalog
    installed: InstalledData
    message: str = ""


class DataSets:
    """The data sets of this machine."""

    def __init__(self, data: GameData, settings: Settings) -> None:
        self.data = data
        self._settings = settings

    # -- what there is ----------------------------------------------------------------------

    def listed(self) -> tuple[DataSet, ...]:
        """All installed data sets, newest first."""
        current = self.data.current()
        return tuple(self._described(each, each == current) for each in self.data.installed())

    def _described(self, item: InstalledData, in_use: bool) -> DataSet:
        note = self.note(item)
        source = note.source if note else ""
        try:
            meta = health.meta(item.path)
        except GameDatabaseError as error:
            return DataSet(item, item.name, "", "", in_use, source, error.user_message)
        title, version, realm = (meta.get(name, "") for name in ("name", "version", "realm"))
        return DataSet(item, title, version, realm, in_use, source)

    def note(self, item: InstalledData) -> Note | None:
        """What was noted when it was written; None if nothing was, or the note is damaged."""
        try:
            values = json.loads(_beside(item.path, _NOTE).read_text("utf-8"))
            return Note(**values)
        except (OSError, ValueError, TypeError):
            return None

    def report(self, item: InstalledData) -> dict[str, object] | None:
        """The report of its import; None if there is none."""
        try:
            found = json.loads(_beside(item.path, _REPORT).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    # -- adding and choosing ----------------------------------------------------------------

    def add(self, source: Path, progress: Progress, attach: Path | None = None) -> InstalledData:
        """Import a file or folder and use it. Blocks: run it as a job.

        Args:
            source: Anything `midsdesk-import` reads.
            progress: Told of each step; stops the import by raising JobCancelled.
            attach: A Mids folder for what the server's export has no number for.

        Raises:
            As `GameData.install`; what was in use stays in use.
        """
        before = self.data.current()
        report = self.data.folder / f"new{_REPORT}"
        packed = self._is_packed(source)
        try:
            made = self.data.install(source, progress, attach=attach, report=report)
            self._write_note(made, "" if packed else str(source), str(attach or ""), progress)
            report.replace(_beside(made.path, _REPORT))
        except OSError as cause:
            raise StorageError(f"{self.data.folder} cannot be written ({cause}).") from cause
        finally:
            report.unlink(missing_ok=True)
        if before is not None and before.name != made.name:
            self._remember(before.name)
        return made

    def _is_packed(self, source: Path) -> bool:
        try:
            return source.resolve() == self.data.default_source().resolve()
        except StorageError:
            return False

    def _write_note(
        self, item: InstalledData, source: str, attached: str, progress: Progress
    ) -> None:
        digest = health.file_hash(item.path, lambda done, all_: progress.step(done, all_, "note"))
        added = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
        note = Note(digest, item.path.stat().st_size, source, attached, added)
        write_file(_beside(item.path, _NOTE), json.dumps(asdict(note), indent=2).encode())

    def choose(self, name: str) -> None:
        """Use another installed set for new builds; open builds keep theirs.

        Raises:
            GameDatabaseError: It is not installed.
        """
        before = self.data.current()
        self.data.choose(name)
        if before is not None and before.name != name:
            self._remember(before.name)

    def _remember(self, name: str) -> None:
        former = [each for each in self._settings.get(HISTORY) if each != name]
        self._settings.set(HISTORY, tuple([*former, name][-_MOST_REMEMBERED:]))

    def previous(self) -> InstalledData | None:
        """What `roll_back` would use again; None if there is nothing."""
        current = self.data.current()
        installed = {each.name: each for each in self.data.installed()}
        for name in reversed(self._settings.get(HISTORY)):
            found = installed.get(name)
            if found is not None and found != current and not self._fault(found):
                return found
        return None

    def roll_back(self) -> InstalledData:
        """Use again what was used before.

        Raises:
            GameDatabaseError: Nothing that was used before can be opened any more.
        """
        found = self.previous()
        if found is None:
            raise GameDatabaseError("There are no former game data to go back to.")
        former = tuple(each for each in self._settings.get(HISTORY) if each != found.name)
        self.data.choose(found.name)
        self._settings.set(HISTORY, former)
        return found

    def _fault(self, item: InstalledData) -> str:
        try:
            health.meta(item.path)
        except GameDatabaseError as error:
            return error.user_message
        return ""

    # -- health -----------------------------------------------------------------------------

    def verify(self, item: InstalledData, progress: Progress) -> Verdict:
        """Hold a database against its note and let SQLite look through it. Blocks.

        Raises:
            JobCancelled: `progress.step` raised it.
        """
        note = self.note(item)
        try:
            digest = health.file_hash(
                item.path, lambda done, total: progress.step(done, total, "hash")
            )
        except GameDatabaseError as error:
            return Verdict((error.user_message,), note is not None)
        found = []
        if note is not None and note.sha256 != digest:
            found.append("It is not the file that was written: its hash has changed.")
        fault = self._fault(item)
        if fault:
            found.append(fault)
        else:
            found += health.flaws(item.path, lambda *_: progress.step(0, 0, "integrity"))
        return Verdict(tuple(found), note is not None)

    def repair(self, item: InstalledData, progress: Progress) -> InstalledData:
        """Set a damaged database aside and write it again: from its source, else the packed data.

        Raises:
            As `GameData.install`; then the damaged one stays set aside.
        """
        note = self.note(item)
        sources = []
        if note is not None and note.source and Path(note.source).exists():
            sources.append((Path(note.source), Path(note.attached) if note.attached else None))
        sources.append((self.data.default_source(), None))
        self.set_aside(item)
        for number, (source, attach) in enumerate(sources, 1):
            try:
                return self.add(source, progress, attach)
            except MidsdeskError:
                if number == len(sources):
                    raise
        raise AssertionError  # the last one returned or raised

    def set_aside(self, item: InstalledData) -> Path:
        """Rename a database so that it is no longer among the installed ones.

        Raises:
            StorageError: It cannot be renamed.
        """
        target = item.path.with_name(item.path.name + _ASIDE)
        number = 1
        while target.exists():
            number += 1
            target = item.path.with_name(f"{item.path.name}{_ASIDE}-{number}")
        try:
            item.path.replace(target)
        except OSError as cause:
            raise StorageError(f"{item.path} cannot be set aside ({cause.strerror}).") from cause
        _beside(item.path, _NOTE).unlink(missing_ok=True)
        _beside(item.path, _REPORT).unlink(missing_ok=True)
        return target

    def open_current(self) -> tuple[Started | None, str]:
        """Open the data in use; what is damaged is set aside, and the next one opened. Quick.

        Returns:
            The open data, None where nothing can be opened; and one line about what was set
            aside, "" if nothing was.

        Raises:
            StorageError: A damaged database cannot be set aside.
        """
        message = ""
        while (current := self.data.current()) is not None:
            try:
                return Started(self.data.open(current.path), current, message), message
            except GameDatabaseError as error:
                aside = self.set_aside(current)
                message = (
                    f"The game data {current.name} were set aside as {aside.name}:"
                    f" {error.user_message}"
                )
        return None, message

    def start(self, progress: Progress) -> Started:
        """Open the data in use; where nothing can be opened the packed data are installed.

        Raises:
            As `GameData.install`: not even the packed data can be used.
        """
        started, message = self.open_current()
        if started is not None:
            return started
        made = self.add(self.data.default_source(), progress)
        return Started(self.data.open(made.path), made, message)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.stem + ending)
