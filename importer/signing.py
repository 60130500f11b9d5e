"""Making keys and signed update packages. Only people who release data need this."""

import os
import re
from pathlib import Path

from importer import pipeline, statistics
from importer.export import make_folder, write_file
from importer.issues import Report
from importer.pipeline import Options
from midsdesk.errors import StorageError, ValidationError
from midsdesk.storage.updates import package
from midsdesk.storage.updates.keys import PUBLIC, SigningKey, public_line, read_public
from midsdesk.storage.updates.package import Manifest

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,40}")


def passphrase(path: Path | None) -> bytes | None:
    """Return the first line of a file; None without a file.

    Raises:
        StorageError: It cannot be read.
        ValidationError: It is empty.
    """
    if path is None:
        return None
    try:
        lines = path.read_bytes().splitlines()
    except OSError as cause:
        raise StorageError(f"{path} cannot be read ({cause.strerror}).") from cause
    if not lines or not lines[0]:
        raise ValidationError(f"{path} holds no passphrase.")
    return lines[0]


def keygen(name: str, out: Path, secret: bytes | None = None) -> tuple[Path, Path]:
    """Make a pair of keys: `<name>.key` to sign with, `<name>.pub` to ship.

    Raises:
        ValidationError: The name is none for a file, or there is such a key already.
        StorageError: The folder cannot be written to.
    """
    if not _NAME.fullmatch(name):
        raise ValidationError("A key is called by small letters, digits, dots and dashes.")
    make_folder(out)
    private, public = out / f"{name}.key", out / f"{name}{PUBLIC}"
    key = SigningKey.make()
    try:
        handle = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key.pem(secret))
    except FileExistsError as cause:
        raise ValidationError(f"There is a key {private} already.") from cause
    except OSError as cause:
        raise StorageError(f"{private} cannot be written ({cause.strerror}).") from cause
    write_file(public, [public_line(name, key.public).encode()])
    return private, public


def sign(
    pack: Path, key_file: Path, out: Path, options: Options, secret: bytes | None = None
) -> Path:
    """Make an update package of a packed data set, after looking at all of it.

    Args:
        pack: A `.json.xz` of `midsdesk-import pack`.
        key_file: The signing key.
        out: The file to write, or a folder: then the name comes from the pack.
        options: Of the import that checks it.
        secret: The passphrase of the key.

    Returns:
        The package.

    Raises:
        MidsdeskError: As `pipeline.load` and `inspect`; a key or file that cannot be used.
    """
    key = SigningKey.read(key_file, secret)
    try:
        data = pack.read_bytes()
    except OSError as cause:
        raise StorageError(f"{pack} cannot be read ({cause.strerror}).") from cause
    source = pipeline.inspect(pipeline.load(pack, options, Report(str(pack))), options, Report(""))
    manifest = Manifest(
        name=source.name,
        version=pipeline.version_of(source),
        realm=pipeline.realm_of(source.name),
        date=pipeline.date_of(source),
        content_hash=statistics.content_hash(source, options.progress),
    )
    target = out
    if out.is_dir():
        target = out / (pack.name.removesuffix(".xz").removesuffix(".json") + package.SUFFIX)
    content = package.write(manifest, data, key)
    write_file(target, [content])
    public = key_file.with_suffix(PUBLIC)
    if public.exists():  # what was written is what a player's machine will accept
        package.read(target, [read_public(public)])
    return target
