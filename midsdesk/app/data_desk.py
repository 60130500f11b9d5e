"""Game data as the window works with them: the installed ones as rows, and what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from midsdesk.app.data_changes import DataChanges, data_changes
from midsdesk.app.datasets import UPDATE, DataSet, DataSets
from midsdesk.app.document import Document
from midsdesk.app.gamedata import InstalledData
from midsdesk.app.shelf import Opened, Shelf, switch
from midsdesk.errors import GameDatabaseError, MidsdeskError
from midsdesk.host.mids_folders import mids_folders
from midsdesk.model.catalog import Catalog

Finder = Callable[[], tuple[Path, ...]]
_MIDS_FILE: Final = "i12.mhd"


@dataclass(frozen=True, slots=True)
class SetRow:
    """One installed data set.

    Attributes:
        name: Of its file; how all else calls it.
        title, date, version: What it says of itself.
        in_use: For new builds. builds: how many open builds are on it.
        here: The build on show is on it.
        fault: "" if all is well. added: when, "" if nobody noted it.
        checked: When it was last found whole, "" for never.
        signed: Who signed it, "" for nobody. source: where it came from, "" for the packed data.
        rules: Whose constants it plays by. rules_fault: why a ruleset file is left aside, or "".
    """

    name: str
    title: str
    date: str
    version: str
    megabytes: float
    in_use: bool
    here: bool
    builds: int
    fault: str = ""
    added: str = ""
    checked: str = ""
    signed: str = ""
    source: str = ""
    realm: str = ""
    rules: str = ""
    rules_fault: str = ""

    @property
    def label(self) -> str:
        """Title and version."""
        return f"{self.title} {self.version}".strip()


class SourceKind(StrEnum):
    """What a source to add looks like."""

    MIDS = "Mids data folder"
    EXPORT = "the server's export"
    PACK = "packed game data"
    UPDATE = "update package"
    OTHER = "game data"


@dataclass(frozen=True, slots=True)
class Offer:
    """A source somebody may add.

    Attributes:
        facts: Names and values of what is known of it already.
        warning: What to tell before it is added. refused: why it cannot be; "" if it can.
    """

    path: Path
    kind: SourceKind
    facts: tuple[tuple[str, str], ...] = ()
    warning: str = ""
    refused: str = ""

    @property
    def attachable(self) -> bool:
        """A Mids folder can bring what it lacks."""
        return self.kind is SourceKind.EXPORT


@dataclass(frozen=True, slots=True)
class Compared:
    """A build on two data sets."""

    build: str
    before: str
    after: str
    changes: DataChanges


class DataDesk:
    """What the window may ask about game data. Only `sets` has work that takes long."""

    def __init__(self, sets: DataSets, shelf: Shelf, finder: Finder = mids_folders) -> None:
        self.sets = sets
        self.shelf = shelf
        self._finder = finder

    def rows(self, documents: Sequence[Document], shown: Document | None) -> tuple[SetRow, ...]:
        """The installed data sets, newest first, and how the open builds stand to them."""
        here = shown.catalog.key if shown is not None else ""
        keys = [document.catalog.key for document in documents]
        return tuple(_row(each, here, keys) for each in self.sets.listed())

    def item(self, name: str) -> InstalledData:
        """An installed data set by its name.

        Raises:
            GameDatabaseError: It is not installed.
        """
        found = next((each for each in self.sets.data.installed() if each.name == name), None)
        if found is None:
            raise GameDatabaseError(f"The game data {name} are not installed.")
        return found

    def opened(self, name: str) -> Opened:
        """An installed data set, opened if need be.

        Raises:
            GameDatabaseError: It is not installed, or damaged.
        """
        return self.shelf.get(self.item(name))

    def made_with(self, name: str, version: str) -> Opened | None:
        """The data set that calls itself so, opened if need be; None if none does, or opens."""
        for each in self.sets.listed():
            if (each.title, each.version) == (name, version):
                try:
                    return self.shelf.get(each.installed)
                except GameDatabaseError:
                    return None
        return None

    def compare(self, document: Document, name: str) -> Compared:
        """What the build on show would be on another data set; nothing is changed.

        Raises:
            GameDatabaseError: It is not installed, or damaged.
            BuildFormatError: It has no such archetype.
        """
        other = self.opened(name)
        before, after = (document.catalog, document.calculator), (other.catalog, other.calculator)
        changes = data_changes(document.build, before, after, document.settings)
        title = document.build.name or (document.path.stem if document.path else "")
        return Compared(title, _called(before[0]), _called(after[0]), changes)

    def switch(self, document: Document, name: str) -> Compared:
        """Put the build on another data set, as a step that can be undone.

        Raises:
            As `compare`; nothing has changed then.
        """
        compared = self.compare(document, name)
        switch(document, self.opened(name))
        return compared

    def remove(self, name: str, documents: Sequence[Document]) -> InstalledData:
        """Take a data set away that nothing uses.

        Raises:
            GameDatabaseError: New builds or open ones use it.
            StorageError: The file cannot be renamed.
        """
        item = self.item(name)
        opened = self.shelf.known(name)
        catalog = opened.catalog if opened is not None else None
        users = sum(document.catalog is catalog for document in documents)
        if users:
            what = "1 open build is" if users == 1 else f"{users} open builds are"
            raise GameDatabaseError(f"{what} on {name}; switch to other game data first.")
        self.sets.remove(item)
        return item

    def renewed(self, former: str, made: InstalledData, documents: Sequence[Document]) -> Opened:
        """Let open builds read a data set that was written again.

        Raises:
            GameDatabaseError: It cannot be opened.
        """
        old = self.shelf.known(former)
        self.shelf.set_aside(former)
        opened = self.shelf.get(made)
        for document in documents:
            if old is not None and document.catalog is old.catalog:
                document.renew(opened.catalog, opened.calculator)
        return opened

    def found(self) -> tuple[Path, ...]:
        """Data folders of Mids on this machine that were not added yet. May take a second."""
        added = {each.source for each in self.sets.listed()}
        return tuple(folder for folder in self._finder() if str(folder) not in added)

    def offer(self, path: Path) -> Offer:
        """Say what a source looks like; the signature of an update package is checked."""
        kind = _kind(path)
        if kind is not SourceKind.UPDATE:
            return Offer(path, kind)
        try:
            found = self.sets.update(path)
        except MidsdeskError as error:
            return Offer(path, kind, refused=error.user_message)
        if found is None:
            return Offer(path, kind)
        said = found.package.manifest
        facts = (
            ("Data", f"{said.name} {said.version}"),
            ("Date", _date(said.date)),
            ("Realm", said.realm),
            ("Signed", found.package.signer),
        )
        return Offer(path, kind, facts, found.warning)


def _row(each: DataSet, here: str, keys: Sequence[str]) -> SetRow:
    return SetRow(
        name=each.installed.name,
        title=each.title,
        date=_date(each.date),
        version=each.version,
        megabytes=each.installed.bytes / 1e6,
        in_use=each.in_use,
        here=bool(each.key) and each.key == here,
        builds=keys.count(each.key) if each.key else 0,
        fault=each.fault,
        added=each.added,
        checked=each.checked,
        signed=each.signed,
        source=each.source,
        realm=each.realm,
        rules=each.rules,
        rules_fault=each.rules_fault,
    )


def _date(text: str) -> str:
    """20251209 -> 9 Dec 2025; what is no date stays as it is."""
    try:
        found = datetime.strptime(text, "%Y%m%d")
    except ValueError:
        return text
    return f"{found.day} {found:%b %Y}"


def _called(catalog: Catalog) -> str:
    return f"{catalog.name} {catalog.version}"


def _kind(path: Path) -> SourceKind:
    try:
        if path.is_dir():
            names = {each.name.lower() for each in path.iterdir()}
            return SourceKind.MIDS if _MIDS_FILE in names else SourceKind.EXPORT
    except OSError:
        return SourceKind.OTHER
    name = path.name.lower()
    if name.endswith(UPDATE):
        return SourceKind.UPDATE
    if name.endswith(".zip"):
        return SourceKind.EXPORT
    return SourceKind.PACK if name.endswith((".json", ".json.xz")) else SourceKind.OTHER
