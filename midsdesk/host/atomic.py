"""Writing a file so that either the old or the new one is there, whatever happens in between."""

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from midsdesk.errors import DiskFullError, MidsdeskError, StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_file(path: Path, data: bytes, check: Callable[[bytes], None] | None = None) -> None:
    """Write beside, flush to the disk, check by reading back, then rename.

    Args:
        path: The file; its folder must exist. The old file stays until the new one is whole.
        data: What it shall hold.
        check: Called with what was read back; raises if that is not good.

    Raises:
        DiskFullError: No room is left.
        StorageError: The folder is missing or may not be written, or reading back gave something
            else. The old file is untouched.
    """
    target = path.resolve() if path.is_symlink() else path
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _verify(temporary, data, check)
        _keep_mode(target, temporary)
        temporary.replace(target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as cause:
        raise storage_error(path, cause) from cause
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def storage_error(path: Path, cause: OSError) -> MidsdeskError:
    """Say in words why a file could not be written."""
    if cause.errno in _FULL:
        return DiskFullError(
            f"No room is left on the disk for {path}. Free some space and save again; "
            "the old file is unchanged.",
            path=path,
        )
    if isinstance(cause, PermissionError):
        reason = "you may not write there"
    elif isinstance(cause, FileNotFoundError):
        reason = "the folder does not exist"
    else:
        reason = cause.strerror or type(cause).__name__
    return StorageError(
        f"{path} could not be written: {reason}. Choose another place; the old file is unchanged.",
        path=path,
    )


def _verify(path: Path, data: bytes, check: Callable[[bytes], None] | None) -> None:
    stored = path.read_bytes()
    if stored != data:
        raise StorageError(f"{path.parent} gave back other data than was written; nothing saved.")
    if check is not None:
        check(stored)


def _keep_mode(target: Path, temporary: Path) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    temporary.chmod(mode)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the rename last; systems that cannot do that go without."""
    flags = getattr(os, "O_DIRECTORY", None)
    if flags is None:
        return
    handle = os.open(folder, os.O_RDONLY | flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
