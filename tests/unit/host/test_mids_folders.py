"""Finding data folders of Mids by what is in them."""

import os
from pathlib import Path

from midsdesk.host.mids_folders import mids_folders, windows_roots


def data(folder: Path, changed: float) -> Path:
    folder.mkdir(parents=True)
    for name in ("I12.mhd", "EnhDB.mhd", "Maths.mhd"):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (changed, changed))
    return folder


def test_found_wherever_an_installer_put_them_newest_first(tmp_path: Path) -> None:
    first = data(tmp_path / "apps" / "Maker" / "Mids Reborn" / "Data" / "Homecoming", 100.0)
    second = data(tmp_path / "apps" / "MidsReborn" / "Databases" / "Rebirth", 200.0)
    flat = data(tmp_path / "home" / "Mids", 50.0)
    assert mids_folders([tmp_path / "apps", tmp_path / "home"]) == (second, first, flat)


def test_other_folders_are_none(tmp_path: Path) -> None:
    data(tmp_path / "apps" / "Planner" / "Data", 1.0)
    (tmp_path / "apps" / "Mids" / "Data").mkdir(parents=True)
    (tmp_path / "apps" / "Mids" / "Data" / "I12.mhd").write_bytes(b"")
    assert mids_folders([tmp_path / "apps", tmp_path / "absent"]) == ()


def test_one_folder_reached_twice_counts_once(tmp_path: Path) -> None:
    found = data(tmp_path / "Mids" / "Data", 1.0)
    assert mids_folders([tmp_path, tmp_path]) == (found,)


def test_the_places_of_windows() -> None:
    roots = windows_roots({"APPDATA": "a", "PROGRAMFILES": "p", "USERPROFILE": "u"})
    assert roots == (Path("a"), Path("p"), Path("u") / "Documents", Path("u"))
    assert windows_roots({}) == ()
