"""The update package: one file with a manifest, a packed data set, and an Ed25519 signature.

    bytes    what
    16       "midsdesk-update" and the format, 1
    4        length of the manifest, m; the most significant byte first
    8        length of the data, d
    m        the manifest: a JSON object
    d        the packed data set, as it lies in `resources/gamedata`
    64       signature over all bytes before it

Nothing of the manifest is believed before the signature was checked, but the name of the key.
"""

import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from midsdesk.errors import StorageError, UpdateRefusedError
from midsdesk.storage.updates.keys import PublicKey, SigningKey, fingerprint, of_fingerprint

SUFFIX: Final = ".mdupdate"
FORMAT: Final = 1
_WORD: Final = b"midsdesk-update"
_HEAD: Final = struct.Struct(">15sBIQ")
_SIGNATURE: Final = 64
_MOST_MANIFEST: Final = 64 * 1024
_MOST_DATA: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says about its data.

    Attributes:
        name, version, realm, date: Of the data set; the date is YYYYMMDD.
        content_hash: Of the data as the importer reads them.
        sha256: Of the packed bytes. key: fingerprint of the key that signed.
    """

    name: str
    version: str
    realm: str
    date: str
    content_hash: str
    sha256: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose signature is good."""

    manifest: Manifest
    signer: str
    data: bytes


def write(manifest: Manifest, data: bytes, key: SigningKey) -> bytes:
    """Return the bytes of a signed package; `sha256` and `key` of the manifest are filled in."""
    whole = {
        **asdict(manifest),
        "format": FORMAT,
        "sha256": hashlib.sha256(data).hexdigest(),
        "key": fingerprint(key.public),
    }
    text = json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False).encode()
    signed = _HEAD.pack(_WORD, FORMAT, len(text), len(data)) + text + data
    return signed + key.sign(signed)


def looks_like(path: Path) -> bool:
    """Whether a file begins as a package does."""
    try:
        with path.open("rb") as file:
            return file.read(len(_WORD)) == _WORD
    except OSError:
        return False


def read(path: Path, keys: Sequence[PublicKey]) -> Package:
    """Read a package and check it.

    Raises:
        StorageError: The file cannot be read.
        UpdateRefusedError: It is cut short, changed, of an unknown key, or contradicts itself.
    """
    most = _HEAD.size + _MOST_MANIFEST + _MOST_DATA + _SIGNATURE
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as cause:
        raise StorageError(f"{path} cannot be read ({cause.strerror}).") from cause
    return _checked(path.name, content, keys)


def _checked(name: str, content: bytes, keys: Sequence[PublicKey]) -> Package:
    text, data = _parts(name, content)
    manifest = _object(name, text)
    key = of_fingerprint(keys, str(manifest.get("key", "")))
    if key is None:
        raise UpdateRefusedError(
            f"{name} is signed with a key this program does not know; get it from where midsdesk"
            " comes from, or install a newer midsdesk."
        )
    if not key.signed(content[-_SIGNATURE:], content[:-_SIGNATURE]):
        raise UpdateRefusedError(
            f"{name} is not what {key.name} signed; it was changed or damaged on the way."
        )
    made = _manifest(name, manifest)
    if hashlib.sha256(data).hexdigest() != made.sha256:
        raise UpdateRefusedError(f"The manifest of {name} speaks of other data than it holds.")
    return Package(made, key.name, data)


def _parts(name: str, content: bytes) -> tuple[bytes, bytes]:
    if len(content) < _HEAD.size or content[: len(_WORD)] != _WORD:
        raise UpdateRefusedError(f"{name} is no update package, or is cut short.")
    _, form, length, size = _HEAD.unpack_from(content)
    if form != FORMAT:
        raise UpdateRefusedError(f"{name} is made for another midsdesk (format {form}).")
    if length > _MOST_MANIFEST or size > _MOST_DATA:
        raise UpdateRefusedError(f"{name} is larger than any update can be.")
    whole = _HEAD.size + length + size + _SIGNATURE
    if len(content) < whole:
        raise UpdateRefusedError(f"{name} is cut short; fetch it again.")
    if len(content) > whole:
        raise UpdateRefusedError(f"{name} has more in it than was signed.")
    text = content[_HEAD.size : _HEAD.size + length]
    return text, content[_HEAD.size + length : -_SIGNATURE]


def _object(name: str, text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as cause:
        raise UpdateRefusedError(f"The manifest of {name} cannot be read.") from cause
    if not isinstance(found, dict):
        raise UpdateRefusedError(f"The manifest of {name} cannot be read.")
    return found


def _manifest(name: str, found: dict[str, Any]) -> Manifest:
    members = {field: found.get(field) for field in Manifest.__dataclass_fields__}
    missing = [field for field, value in members.items() if not isinstance(value, str) or not value]
    if missing:
        raise UpdateRefusedError(f"The manifest of {name} lacks {', '.join(missing)}.")
    return Manifest(**{field: str(value) for field, value in members.items()})
