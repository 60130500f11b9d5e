"""The files of an export, from folders or from one zip; read one at a time, never all at once."""

import json
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from midsdesk.errors import SourceFormatError

_MAX_FILE_BYTES: Final = 64 << 20
_SIGNS: Final = ("powers/", "archetypes/")


def _plain(name: str) -> str:
    return name.replace("\\", "/").casefold()


class Export:
    """An export opened for reading; names are paths without case, parts joined by `/`."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            SourceFormatError: It cannot be read.
        """
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        try:
            if path.is_dir():
                found = {
                    _plain(each.relative_to(path).as_posix()): each.relative_to(path).as_posix()
                    for each in path.rglob("*")
                    if each.is_file()
                }
            else:
                self._zip = zipfile.ZipFile(path)
                found = {_plain(name): name for name in self._zip.namelist()}
        except (OSError, zipfile.BadZipFile) as cause:
            raise SourceFormatError(
                f"{path.name} cannot be read ({cause}). Choose the export's zip or its folder.",
                path=str(path),
            ) from cause
        root = _root(found)
        self._names = {
            name[len(root) :]: real
            for name, real in found.items()
            if name.startswith(root) and name.endswith(".json")
        }
        self._stumps = {name[len(root) :] for name in found if name.startswith(root)}
        self._children: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            folder, _, last = name.rpartition("/")
            self._children[folder].append(last)

    def close(self) -> None:
        """Close the zip; twice is harmless."""
        if self._zip is not None:
            self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    def __len__(self) -> int:
        return len(self._names)

    def has_stump(self, name: str) -> bool:
        """Whether something without an ending stands there: what is left of a lost file.

        A name with a colon cannot be written on every system; what follows the colon is cut off.
        """
        return name.casefold() in self._stumps

    def members(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, without `index.json`, sorted."""
        files = self._children.get(folder.casefold(), [])
        return [f"{folder}/{last}" for last in files if last != "index.json"]

    def folders(self, folder: str) -> list[str]:
        """Return the names of the folders that have an index and lie right in `folder`."""
        begin = folder.casefold() + "/"
        found = {
            name[len(begin) :].split("/", 1)[0] for name in self._children if name.startswith(begin)
        }
        return sorted(found)

    def load(self, name: str, drop: Callable[[dict[str, Any]], Any] | None = None) -> Any:
        """Return a file's value.

        Args:
            name: Of the file.
            drop: Called with every object as it is parsed; what it returns is kept.

        Raises:
            SourceFormatError: It is missing, too large or no JSON.
        """
        real = self._names.get(name.casefold())
        if real is None:
            raise SourceFormatError(f"{name} is missing from {self.path.name}.", path=name)
        try:
            data = self._bytes(real)
            return json.loads(data, object_hook=drop)
        except (OSError, ValueError, RecursionError, zipfile.BadZipFile) as cause:
            raise SourceFormatError(
                f"{name} of {self.path.name} cannot be read ({cause}). Fetch the export again.",
                path=name,
            ) from cause

    def _bytes(self, real: str) -> bytes:
        if self._zip is None:
            path = self.path / real
            if path.stat().st_size > _MAX_FILE_BYTES:
                raise ValueError("it is too large")
            return path.read_bytes()
        if self._zip.getinfo(real).file_size > _MAX_FILE_BYTES:
            raise ValueError("it is too large")
        return self._zip.read(real)


def _root(names: dict[str, str]) -> str:
    """Return the folder inside a zip that the export begins in; "" for the zip itself."""
    for name in names:
        before, found, _ = name.partition("archetypes/index.json")
        if found:
            return before
    return ""


def _names(path: Path) -> Iterator[str]:
    if path.is_dir():
        yield from (f"{each.name}/" for each in path.iterdir() if each.is_dir())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            yield from file.namelist()


def looks_like(path: Path) -> bool:
    """Tell, by content, whether `path` is an export: a folder or a zip with powers and classes."""
    try:
        names = {_plain(name) for name in _names(path)}
    except (OSError, zipfile.BadZipFile):
        return False
    return all(any(sign in name for name in names) for sign in _SIGNS)
