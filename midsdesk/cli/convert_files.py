"""Many build files at once: finding them, reading them, progress, and names that are safe."""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TextIO

from midsdesk.errors import BuildFormatError, MidsdeskError, StorageError, ValidationError
from midsdesk.formats import forms
from midsdesk.formats.detect import MAX_BYTES
from midsdesk.formats.forms import Reading
from midsdesk.model.catalog import Catalog

STANDARD: Final = "-"
_UNFIT: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST: Final = 100
_SHOWN_EVERY: Final = 25


class Failures:
    """Counts what went wrong; the worst exit code ends the command."""

    def __init__(self, quiet: bool = False) -> None:
        self.count = 0
        self.worst = 0
        self._quiet = quiet

    def note(self, path: Path, error: MidsdeskError) -> None:
        """Say what is wrong with a file and go on."""
        self.count += 1
        self.worst = max(self.worst, error.exit_code)
        if not self._quiet:
            message = error.user_message
            shown = message if message.startswith(path.name) else f"{path}: {message}"
            complain(shown)


def complain(text: str) -> None:
    """One line on the error stream, without control characters that a terminal would obey."""
    clean = "".join(sign for sign in text if sign.isprintable())
    sys.stderr.write(f"{clean}\n")


def expanded(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file())
            found += [each for each in inside if not each.name.startswith(".")]
        else:
            found.append(path)
    return found


def load(path: Path, catalog: Catalog) -> Reading:
    """Read a build in whatever form it comes; "-" is the standard input.

    Raises:
        BuildFormatError: No build, damaged, or not for these game data; names file and place.
        StorageError: The file cannot be read.
    """
    try:
        if str(path) == STANDARD:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as cause:
        raise StorageError(f"{path} does not exist.", path=path) from cause
    except (OSError, ValueError) as cause:
        reason = getattr(cause, "strerror", None) or str(cause)
        raise StorageError(f"{path} could not be read: {reason}.", path=path) from cause
    try:
        return forms.read(data, catalog, path.name)
    except BuildFormatError as cause:
        raise BuildFormatError(f"{path.name}: {cause.user_message}", path=path) from cause


def each(
    paths: Sequence[Path],
    work: Callable[[Path], None],
    failures: Failures,
    stream: TextIO | None = None,
) -> None:
    """Do the work for every file; one that fails does not stop the rest.

    Progress goes to `stream` (the error stream) if it is a terminal and there are several files.
    """
    out = stream or sys.stderr
    shows = len(paths) > 1 and out.isatty()
    for number, path in enumerate(paths, 1):
        try:
            work(path)
        except MidsdeskError as error:
            failures.note(path, error)
        except OSError as cause:
            text = f"{path}: {cause.strerror or cause}."
            failures.note(path, StorageError(text, path=path))
        if shows and (number % _SHOWN_EVERY == 0 or number == len(paths)):
            out.write(f"\r{number}/{len(paths)}" + ("\n" if number == len(paths) else ""))
            out.flush()


def safe_stem(name: str) -> str:
    """A name that is one file name on every system, and never a path."""
    stem = " ".join(_UNFIT.sub(" ", name).split()).strip(". ")[:_LONGEST].strip(". ")
    stem = stem or "build"
    return f"{stem} build" if _RESERVED.fullmatch(stem) else stem


class Targets:
    """Where each result goes: one file, or files in a folder, no two alike."""

    def __init__(self, out: Path, sources: Sequence[Path], *, force: bool) -> None:
        self._out = out
        self._force = force
        self._sources = {each.resolve() for each in sources}
        self._used: set[Path] = set()
        named_folder = str(out).endswith(("/", os.sep)) or out.is_dir()
        self.is_folder = named_folder or len(sources) > 1
        if self.is_folder and out.exists() and not out.is_dir():
            raise ValidationError(f"{out} is a file; several builds need a folder to go to.")

    def path(self, source: Path, ending: str) -> Path:
        """Where the result of one source goes.

        Raises:
            ValidationError: Something is there already, or it is the source itself.
        """
        if not self.is_folder:
            return self._free(self._out)
        self._out.mkdir(parents=True, exist_ok=True)
        stem = safe_stem("stdin" if str(source) == STANDARD else source.stem)
        target = self._out / f"{stem}{ending}"
        number = 2
        while target in self._used:
            target = self._out / f"{stem} ({number}){ending}"
            number += 1
        return self._free(target)

    def _free(self, target: Path) -> Path:
        self._used.add(target)
        if target.resolve() in self._sources:
            raise ValidationError(f"{target} would be written over itself; choose another place.")
        if target.exists() and not self._force:
            raise ValidationError(f"{target} is there already; --force writes over it.")
        return target


def write_beside(path: Path, data: bytes) -> None:
    """Write a file beside and rename it: a half-written one is never there.

    Raises:
        StorageError: It could not be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".midsdesk-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as cause:
        reason = cause.strerror or str(cause)
        raise StorageError(f"{path} could not be written: {reason}.", path=path) from cause
