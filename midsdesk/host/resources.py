"""The folder `resources/`: in a checkout, beside the installed package, or in a frozen program."""

import sys
from pathlib import Path

from midsdesk.errors import StorageError


def resources_folder() -> Path:
    """Find `resources/`.

    Raises:
        StorageError: It is nowhere; the installation is damaged.
    """
    for folder in _candidates():
        if folder.is_dir():
            return folder
    raise StorageError("The folder “resources” is missing; install midsdesk again.")


def resource(*parts: str) -> Path:
    """Path of one file in `resources/`, which may not exist."""
    return resources_folder().joinpath(*parts)


def _candidates() -> tuple[Path, ...]:
    frozen = getattr(sys, "_MEIPASS", None)
    checkout = Path(__file__).resolve().parents[2]
    found = [checkout / "resources", Path(sys.prefix) / "share" / "midsdesk" / "resources"]
    if frozen:
        found.insert(0, Path(frozen) / "resources")
    return tuple(found)
