"""Keys of update packages: Ed25519, in small text files; the library is loaded when first needed.

A public key file has one line: `midsdesk-ed25519`, the key in base64, and a name.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from midsdesk.errors import StorageError, ValidationError

PUBLIC: Final = ".pub"
_WORD: Final = "midsdesk-ed25519"
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key to check with. `name`: who signs with its other half."""

    name: str
    raw: bytes

    @property
    def fingerprint(self) -> str:
        """How a package names it."""
        return fingerprint(self.raw)

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature was made over this message with the other half."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """The half that signs. Never leaves the machine it was made on."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def make(cls) -> "SigningKey":
        """Make a new one."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, path: Path, passphrase: bytes | None = None) -> "SigningKey":
        """Read one from its file.

        Raises:
            StorageError: The file cannot be read.
            ValidationError: It holds no such key, or the passphrase is another one.
        """
        try:
            found = serialization.load_pem_private_key(path.read_bytes(), passphrase)
        except OSError as cause:
            raise StorageError(f"{path} cannot be read ({cause.strerror}).") from cause
        except (ValueError, TypeError, UnsupportedAlgorithm) as cause:
            raise ValidationError(
                f"{path} holds no signing key, or its passphrase is another one."
            ) from cause
        if not isinstance(found, Ed25519PrivateKey):
            raise ValidationError(f"{path} holds a key of another kind than Ed25519.")
        return cls(found)

    def pem(self, passphrase: bytes | None = None) -> bytes:
        """Return the bytes of its file."""
        locked: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase:
            locked = serialization.BestAvailableEncryption(passphrase)
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked
        )

    @property
    def public(self) -> bytes:
        """The half to check with."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the signature over a message."""
        return self._key.sign(message)


def fingerprint(raw: bytes) -> str:
    """Return the first half of a hash of a public key."""
    return hashlib.sha256(raw).hexdigest()[:32]


def public_line(name: str, raw: bytes) -> str:
    """Return the text of a public key file."""
    return f"{_WORD} {base64.b64encode(raw).decode('ascii')} {name}\n"


def read_public(path: Path) -> PublicKey:
    """Read a public key file.

    Raises:
        StorageError: It cannot be read, or holds no key.
    """
    try:
        word, coded, name = path.read_text("utf-8").strip().split(" ", 2)
        raw = base64.b64decode(coded, validate=True)
    except (OSError, ValueError) as cause:
        raise StorageError(f"{path} holds no public key ({cause}).") from cause
    if word != _WORD or len(raw) != _BYTES:
        raise StorageError(f"{path} holds no public key.")
    return PublicKey(name, raw)


def trusted(folder: Path) -> tuple[PublicKey, ...]:
    """Return the public keys in a folder.

    Raises:
        StorageError: One of them is damaged; the installation is.
    """
    return tuple(read_public(path) for path in sorted(folder.glob(f"*{PUBLIC}")))


def of_fingerprint(keys: Iterable[PublicKey], wanted: str) -> PublicKey | None:
    """Return the key that a package names; None if it is not among these."""
    return next((key for key in keys if key.fingerprint == wanted), None)
