"""Data folders of Mids on this machine, found by what is in them, wherever they were put."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

# Files without which no data folder works.
_NEEDED: Final = ("i12.mhd", "enhdb.mhd")
_WORD: Final = "mids"
# From the folder whose name has the word down to the data.
_DEEPEST: Final = 4
_MOST_FOLDERS: Final = 4_000
_ROOTS: Final = ("APPDATA", "LOCALAPPDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMDATA")


def windows_roots(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the folders in which programs of Windows keep themselves and their data."""
    found = [Path(environment[name]) for name in _ROOTS if environment.get(name)]
    home = environment.get("USERPROFILE")
    if home:
        found += [Path(home) / "Documents", Path(home)]
    return tuple(dict.fromkeys(found))


def mids_folders(roots: Iterable[Path] | None = None) -> tuple[Path, ...]:
    """Return the data folders of Mids, the newest data first.

    Args:
        roots: Where to look; None for the usual places of Windows, nowhere on other systems.
    """
    if roots is None:
        roots = windows_roots(os.environ) if sys.platform == "win32" else ()
    found: dict[Path, float] = {}
    for root in roots:
        for start in _named(root):
            for folder in _with_data(start):
                found[folder] = _changed(folder)
    return tuple(sorted(found, key=lambda folder: (-found[folder], str(folder))))


def _named(root: Path) -> Iterator[Path]:
    """Folders whose name has the word, in the root and one below (a maker's own folder)."""
    for folder in _folders(root):
        if _WORD in folder.name.lower():
            yield folder
        else:
            yield from (each for each in _folders(folder) if _WORD in each.name.lower())


def _with_data(start: Path) -> Iterator[Path]:
    front, looked_at = [start], 0
    for _ in range(_DEEPEST + 1):
        behind: list[Path] = []
        for folder in front:
            looked_at += 1
            if looked_at > _MOST_FOLDERS:
                return
            if _is_data(folder):
                yield folder
            else:
                behind += _folders(folder)
        front = behind


def _is_data(folder: Path) -> bool:
    try:
        names = {each.name.lower() for each in folder.iterdir()}
    except OSError:
        return False
    return all(name in names for name in _NEEDED)


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir() and not each.is_symlink())
    except OSError:
        return []


def _changed(folder: Path) -> float:
    try:
        return max(each.stat().st_mtime for each in folder.iterdir())
    except (OSError, ValueError):
        return 0.0
