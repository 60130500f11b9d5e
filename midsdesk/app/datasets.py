"""Data sets: adding, checking, repairing and going back, so that no update can break anything.

Beside each game database lies a note of what was written: its hash, where it came from. A database
that is not as its note says is set aside, never deleted; what was in use before is kept and can be
used again.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from midsdesk.app.data_notes import (
    NOTE,
    REPORT,
    Note,
    beside,
    read_note,
    read_report,
    write_note,
)
from midsdesk.app.gamedata import ClosableCatalog, GameData, InstalledData
from midsdesk.app.jobs import Progress
from midsdesk.app.settings import Settings
from midsdesk.errors import (
    GameDatabaseError,
    ImportRefusedError,
    MidsdeskError,
    StorageError,
    UpdateRefusedError,
)
from midsdesk.host.atomic import write_file
from midsdesk.storage.gamedb import health
from midsdesk.storage.gamedb.rulesets import DEFAULT, Chosen, Origin

if TYPE_CHECKING:
    from midsdesk.app.updates import Update

HISTORY: Final = "data_set_history"
_MOST_REMEMBERED: Final = 8
UPDATE: Final = ".mdupdate"
_ASIDE: Final = ".damaged"
_REMOVED: Final = ".removed"
# What a package and a database both say of themselves.
_SAID: Final = ("name", "version", "realm", "date", "content_hash")


@dataclass(frozen=True, slots=True)
class DataSet:
    """One installed data set, as a list shows it.

    Attributes:
        installed: Its file. title, version, realm: what it says of itself; "" if it cannot.
        in_use: New builds are made with it.
        source: Where it came from; "" for the packed data or where nobody noted it.
        fault: Why it cannot be opened, or what the last check found; "" if all is well.
        date: Of the data, as they say it. added: to this machine.
        checked: When they were last found whole, "" for never.
        signed: Who signed them, "" for nobody. key: hash of the content, "" if unknown.
        rules: Whose constants they play by, in words. rules_fault: why a file of them is not.
    """

    installed: InstalledData
    title: str
    version: str
    realm: str
    in_use: bool
    source: str = ""
    fault: str = ""
    date: str = ""
    added: str = ""
    checked: str = ""
    signed: str = ""
    key: str = ""
    rules: str = ""
    rules_fault: str = ""


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
        message: One line about what was set aside, data or a ruleset file, "" if nothing was.
    """

    catalog: ClosableCatalog
    installed: InstalledData
    message: str = ""


class DataSets:
    """The data sets of this machine.

    Attributes:
        refused: Report of the last addition where the source was at fault, else None.
    """

    def __init__(self, data: GameData, settings: Settings, keys: Path | None = None) -> None:
        """`keys`: folder of the accepted public keys; None for those that come along."""
        self.data = data
        self._keys = keys
        self._settings = settings
        self.refused: dict[str, object] | None = None

    # -- what there is ----------------------------------------------------------------------

    def listed(self) -> tuple[DataSet, ...]:
        """All installed data sets, newest first."""
        current = self.data.current()
        return tuple(self._described(each, each == current) for each in self.data.installed())

    def _described(self, item: InstalledData, in_use: bool) -> DataSet:
        note = self.note(item) or Note("", 0)
        try:
            meta = health.meta(item.path)
        except GameDatabaseError as error:
            return DataSet(item, item.name, "", "", in_use, note.source, error.user_message)
        title, version, realm = (meta.get(name, "") for name in ("name", "version", "realm"))
        chosen = self.data.rulesets().chosen(meta)
        return DataSet(
            item,
            title,
            version,
            realm,
            in_use,
            source=note.source,
            fault=note.flaw,
            date=meta.get("date", ""),
            added=note.added,
            checked=note.checked,
            signed=note.signed,
            key=meta.get("content_hash", ""),
            rules=_rules_in_words(chosen, realm),
            rules_fault=chosen.fault,
        )

    def note(self, item: InstalledData) -> Note | None:
        """What was noted when it was written; None if nothing was, or the note is damaged."""
        return read_note(item.path)

    def report(self, item: InstalledData) -> dict[str, object] | None:
        """The report of its import; None if there is none."""
        return read_report(beside(item.path, REPORT))

    # -- adding and choosing ----------------------------------------------------------------

    def add(
        self,
        source: Path,
        progress: Progress,
        attach: Path | None = None,
        *,
        use: bool = True,
        older: bool = False,
    ) -> InstalledData:
        """Import a file or folder and, if wanted, use it. Blocks: run it as a job.

        Args:
            source: Anything `midsdesk-import` reads, or an update package.
            progress: Told of each step; stops the import by raising JobCancelled.
            attach: A Mids folder for what the server's export has no number for.
            use: New builds are made with it from now on.
            older: Install an update package even if newer data are installed.

        Raises:
            UpdateRefusedError: The package is not as it was signed, or older than wanted.
            As `GameData.install`; what was in use stays in use.
        """
        self.refused = None
        before = self.data.current()
        update = self.update(source)
        if update is None:
            packed = self._is_packed(source)
            made = self._install(source, "" if packed else str(source), progress, attach)
        else:
            made = self._install_update(source, update, progress, older=older)
        if use:
            self.data.choose(made.name)
            if before is not None and before.name != made.name:
                self._remember(before.name)
        elif before is not None:
            self.data.choose(before.name)  # where nothing was chosen, the newest file would be
        return made

    def update(self, source: Path) -> "Update | None":
        """Look into an update package; None if the source is none.

        Raises:
            UpdateRefusedError: It is not as it was signed.
            StorageError: It cannot be read.
        """
        if source.suffix.lower() != UPDATE:
            return None
        from midsdesk.app import updates  # noqa: PLC0415 - its library is not for every start

        known = [
            updates.Known(each.title, each.version, each.realm, each.date, each.key)
            for each in self.listed()
        ]
        return updates.look(source, self._keys or updates.keys_folder(), known)

    def _install_update(
        self, source: Path, update: "Update", progress: Progress, *, older: bool
    ) -> InstalledData:
        if update.standing == "older" and not older:
            raise UpdateRefusedError(f"{update.warning} Nothing has changed.", source=source)
        held, manifest = update.package, update.package.manifest
        before = {each.name for each in self.data.installed()}
        unpacked = self.data.folder / "update.json.xz"
        try:
            self.data.folder.mkdir(parents=True, exist_ok=True)
            write_file(unpacked, held.data)
            made = self._install(unpacked, str(source), progress, None, held.signer)
        except OSError as cause:
            raise StorageError(f"{self.data.folder} cannot be written ({cause}).") from cause
        finally:
            unpacked.unlink(missing_ok=True)
        meta = health.meta(made.path)
        told = (manifest.name, manifest.version, manifest.realm, manifest.date)
        if (*told, manifest.content_hash) != tuple(meta.get(name, "") for name in _SAID):
            if made.name not in before:
                for path in (made.path, *_companions(made.path)):
                    path.unlink(missing_ok=True)
            raise UpdateRefusedError(
                f"The manifest of {source.name} speaks of other data than it holds.", source=source
            )
        return made

    def _install(
        self,
        source: Path,
        noted: str,
        progress: Progress,
        attach: Path | None,
        signer: str = "",
    ) -> InstalledData:
        """Import without using it, and write note and report beside it."""
        report = self.data.folder / f"new{REPORT}"
        try:
            made = self.data.install(source, progress, attach=attach, report=report, use=False)
            self._write_note(made, noted, str(attach or ""), progress, signer)
            report.replace(beside(made.path, REPORT))
        except ImportRefusedError:
            self.refused = read_report(report)
            raise
        except OSError as cause:
            raise StorageError(f"{self.data.folder} cannot be written ({cause}).") from cause
        finally:
            report.unlink(missing_ok=True)
        return made

    def _is_packed(self, source: Path) -> bool:
        try:
            return source.resolve() == self.data.default_source().resolve()
        except StorageError:
            return False

    def _write_note(
        self, item: InstalledData, source: str, attached: str, progress: Progress, signer: str
    ) -> None:
        digest = health.file_hash(item.path, lambda done, all_: progress.step(done, all_, "note"))
        added = _now()
        note = Note(digest, item.path.stat().st_size, source, attached, added, added, "", signer)
        write_note(item.path, note)

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
            StorageError: What was found could not be noted.
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
        if note is not None:
            flaw = found[0] if found else ""
            write_note(item.path, replace(note, checked="" if flaw else _now(), flaw=flaw))
        return Verdict(tuple(found), note is not None)

    def repair(self, item: InstalledData, progress: Progress, *, use: bool = True) -> InstalledData:
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
                return self.add(source, progress, attach, use=use, older=True)
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
        beside(item.path, NOTE).unlink(missing_ok=True)
        beside(item.path, REPORT).unlink(missing_ok=True)
        return target

    # -- removing ---------------------------------------------------------------------------

    def remove(self, item: InstalledData) -> None:
        """Take a data set away; it can be brought back until `empty`.

        Raises:
            GameDatabaseError: New builds are made with it.
            StorageError: It cannot be renamed.
        """
        if item == self.data.current():
            raise GameDatabaseError(
                f"New builds are made with {item.name}; use other game data first."
            )
        try:
            item.path.replace(item.path.with_name(item.path.name + _REMOVED))
        except OSError as cause:
            raise StorageError(f"{item.path} cannot be removed ({cause.strerror}).") from cause

    def bring_back(self, item: InstalledData) -> None:
        """Undo a removal.

        Raises:
            StorageError: It is gone.
        """
        try:
            item.path.with_name(item.path.name + _REMOVED).replace(item.path)
        except OSError as cause:
            raise StorageError(f"{item.name} cannot be brought back ({cause.strerror}).") from cause

    def empty(self) -> None:
        """Delete for good what was removed in an earlier run; never fails."""
        for path in self.data.folder.glob(f"*.db{_REMOVED}"):
            database = path.with_suffix("")
            left = (path,) if database.exists() else (path, *_companions(database))
            for each in left:
                with suppress(OSError):
                    each.unlink(missing_ok=True)

    def open_current(self) -> tuple[Started | None, str]:
        """Open the data in use; what is damaged is set aside, and the next one opened. Quick.

        Returns:
            The open data, None where nothing can be opened; and one line about what was set
            aside, data or a ruleset file, "" if nothing was.

        Raises:
            StorageError: A damaged database cannot be set aside.
        """
        message = ""
        while (current := self.data.current()) is not None:
            try:
                catalog = self.data.open(current.path)
                fault = self.data.rulesets().chosen(health.meta(current.path)).fault
                message = message or fault
                return Started(catalog, current, message), message
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


def _rules_in_words(chosen: Chosen, realm: str) -> str:
    name = chosen.path.name if chosen.path is not None else f"{DEFAULT}.toml"
    words = {
        Origin.USER: f"{name}, a file beside the data",
        Origin.OWN: "their own",
        Origin.REALM: name,
        Origin.DEFAULT: f"the default, {name}: {realm} has no file of its own",
    }
    return words[chosen.origin]


def _companions(database: Path) -> tuple[Path, ...]:
    return beside(database, NOTE), beside(database, REPORT)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
