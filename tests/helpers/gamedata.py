"""Game databases for tests, each imported once a machine: the packed data of December 2020, on
which most expected numbers rest, and the data that come with the program.
"""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from importer import pipeline
from importer.issues import Report
from midsdesk.storage.gamedb.reader import GameDatabase

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "resources" / "gamedata"
OLD_PACKS = ROOT / "tests" / "gamedata"


def pack_file() -> Path:
    """The pack of December 2020."""
    (pack,) = OLD_PACKS.glob("*.json.xz")
    return pack


def default_pack() -> Path:
    """The pack that comes with the program."""
    (pack,) = PACKS.glob("*.json.xz")
    return pack


def _fingerprint(pack: Path) -> str:
    """Changes with the pack, and with whatever turns it into a database."""
    code = [*(ROOT / "midsdesk/storage/gamedb").glob("*.py"), *(ROOT / "importer").rglob("*.py")]
    found = hashlib.sha256()
    for each in sorted([*code, pack]):
        found.update(each.read_bytes())
    return found.hexdigest()[:16]


def _database(pack: Path) -> Path:
    """The database of a pack; made at first, found in the temporary folder later."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"midsdesk-tests-{user}"
    path = folder / f"{_fingerprint(pack)}.db"
    if not path.is_file():
        folder.mkdir(mode=0o700, exist_ok=True)
        # Several test processes may come here at once: each makes its own, the last one stays.
        with tempfile.TemporaryDirectory(dir=folder) as own:
            made = pipeline.run(pack, Path(own) / "new.db", pipeline.Options(), Report(""))
            made.replace(path)
    return path


@cache
def packed_path() -> Path:
    """The database of the data of December 2020."""
    return _database(pack_file())


@cache
def packed_catalog() -> GameDatabase:
    """The data of December 2020 as a catalog; it never changes, so all tests share it."""
    return GameDatabase(packed_path())


@cache
def default_path() -> Path:
    """The database of the data that come with the program."""
    return _database(default_pack())


@cache
def default_catalog() -> GameDatabase:
    """The data that come with the program as a catalog."""
    return GameDatabase(default_path())
