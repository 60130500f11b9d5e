"""A game database for tests: the packed default data, imported once a machine."""

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


def pack_file() -> Path:
    """The pack that the manifest names."""
    (pack,) = PACKS.glob("*.json.xz")
    return pack


def _fingerprint() -> str:
    """Changes with the pack, and with whatever turns it into a database."""
    code = [*(ROOT / "midsdesk/storage/gamedb").glob("*.py"), *(ROOT / "importer").rglob("*.py")]
    found = hashlib.sha256()
    for each in sorted([*code, pack_file()]):
        found.update(each.read_bytes())
    return found.hexdigest()[:16]


@cache
def packed_path() -> Path:
    """The database of the packed data; made at first, found in the temporary folder later."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"midsdesk-tests-{user}"
    path = folder / f"{_fingerprint()}.db"
    if not path.is_file():
        folder.mkdir(mode=0o700, exist_ok=True)
        # Several test processes may come here at once: each makes its own, the last one stays.
        with tempfile.TemporaryDirectory(dir=folder) as own:
            made = pipeline.run(pack_file(), Path(own) / "new.db", pipeline.Options(), Report(""))
            made.replace(path)
    return path


@cache
def packed_catalog() -> GameDatabase:
    """The packed data as a catalog; it never changes, so all tests share it."""
    return GameDatabase(packed_path())
