"""Signed update packages: what one is, and whether it is newer than what is installed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from midsdesk.host.resources import resources_folder
from midsdesk.storage.updates import package
from midsdesk.storage.updates.keys import trusted
from midsdesk.storage.updates.package import Package


class Standing(StrEnum):
    """How a package stands to what is installed of its realm."""

    NEW = "new"  # nothing is installed of it
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Known:
    """An installed data set, as far as a package is compared with it."""

    name: str
    version: str
    realm: str
    date: str
    key: str


@dataclass(frozen=True, slots=True)
class Update:
    """A package whose signature is good.

    Attributes:
        installed: Version of the newest installed data of its realm, "" if there are none.
    """

    package: Package
    standing: Standing
    installed: str

    @property
    def warning(self) -> str:
        """What to tell before it is installed, "" for nothing."""
        manifest = self.package.manifest
        label = f"{manifest.name} {manifest.version}"
        if self.standing is Standing.OLDER:
            return f"{label} is older than {self.installed}, which is installed already."
        return f"{label} is installed already." if self.standing is Standing.SAME else ""


def keys_folder() -> Path:
    """Where the public keys lie that the program accepts.

    Raises:
        StorageError: The installation is damaged.
    """
    return resources_folder() / "keys"


def look(path: Path, keys: Path, installed: Iterable[Known]) -> Update:
    """Read a package and check its signature; nothing is changed.

    Args:
        path: The package.
        keys: Folder of the public keys that are accepted.
        installed: What there is already.

    Raises:
        UpdateRefusedError: It is not as it was signed, or by nobody this program knows.
        StorageError: It cannot be read, or the installation is damaged.
    """
    found = package.read(path, trusted(keys))
    manifest = found.manifest
    same_realm = [each for each in installed if each.realm == manifest.realm]
    newest = max(same_realm, key=lambda each: each.date, default=None)
    if newest is None:
        return Update(found, Standing.NEW, "")
    label = f"{newest.name} {newest.version}"
    if any(each.key == manifest.content_hash for each in same_realm):
        return Update(found, Standing.SAME, label)
    older = manifest.date < newest.date
    return Update(found, Standing.OLDER if older else Standing.NEWER, label)
