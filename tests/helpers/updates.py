"""Update packages of the little made source, and keys to sign them."""

import struct
from dataclasses import replace
from pathlib import Path

from importer import pack, signing
from importer.pipeline import Options
from importer.progress import Progress
from tests.helpers import made_source

HEAD = struct.Struct(">15sBIQ")


def keys_in(folder: Path, name: str = "test-1") -> Path:
    """Make a pair of keys; return the signing one. The public one lies beside it."""
    private, _ = signing.keygen(name, folder)
    return private


def packed(folder: Path, *, saved: int = 638_500_000_000_000_000) -> Path:
    """Pack the made source; `saved` is its date in the ticks of its file."""
    made = made_source.source()
    files = tuple(
        replace(file, head={**file.head, "saved": saved}) if file.form == "powers" else file
        for file in made.files
    )
    return pack.write(replace(made, files=files), folder, Progress())


def signed(folder: Path, key: Path, **changed: int) -> Path:
    """Make a package of it."""
    return signing.sign(packed(folder / "pack", **changed), key, folder, Options())


def parts(package: bytes) -> tuple[bytes, bytes, bytes]:
    """Head, manifest and data of a package."""
    _, _, length, size = HEAD.unpack_from(package)
    begin = HEAD.size + length
    return package[: HEAD.size], package[HEAD.size : begin], package[begin : begin + size]
