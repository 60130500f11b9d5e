"""Opening and saving documents."""

import re
from pathlib import Path

from midsdesk.app.document import Document
from midsdesk.app.ports import Calculator
from midsdesk.errors import BuildFormatError, StorageError
from midsdesk.formats import forms, mbd
from midsdesk.formats.detect import MAX_BYTES
from midsdesk.formats.forms import Form, Reading
from midsdesk.formats.issues import Issue
from midsdesk.host.atomic import write_file
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings

SUFFIX = ".mbd"
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def open_document(
    path: Path, catalog: Catalog, calculator: Calculator, settings: CalcSettings | None = None
) -> tuple[Document, tuple[Issue, ...]]:
    """Open a build file of any form.

    Returns:
        The document, and what could not be taken as it stood.

    Raises:
        BuildFormatError: No build, damaged, or not for these game data; names file and place.
        StorageError: The file cannot be read.
    """
    reading = read_file(path, catalog)
    return document_of(reading, catalog, calculator, settings, path), reading.issues


def document_of(
    reading: Reading,
    catalog: Catalog,
    calculator: Calculator,
    settings: CalcSettings | None = None,
    path: Path | None = None,
) -> Document:
    """Make a document of a reading.

    Only a .mbd is saved where it came from; of other forms a copy is made, so that no file is
    ever overwritten by one of another form.
    """
    own = path if reading.form == Form.MBD else None
    return Document(reading.build, catalog, calculator, settings, own)


def read_file(path: Path, catalog: Catalog) -> Reading:
    """Read a build file of any form, with its issues and choices.

    Raises:
        BuildFormatError: No build, damaged, or not for these game data; names file and place.
        StorageError: The file cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as cause:
        raise StorageError(f"{path} does not exist any more.", path=path) from cause
    except OSError as cause:
        reason = "you may not read it" if isinstance(cause, PermissionError) else cause.strerror
        raise StorageError(f"{path} could not be read: {reason}.", path=path) from cause
    try:
        return forms.read(data, catalog, path.name)
    except BuildFormatError as cause:
        raise BuildFormatError(f"{path.name}: {cause.user_message}", path=path) from cause


def save_document(document: Document, path: Path | None = None) -> Path:
    """Save to `path`, or to the document's own file: written beside, checked, renamed.

    Raises:
        StorageError: There is no path, or the file could not be written; the old one is unchanged.
        DiskFullError: No room is left; the old file is unchanged.
    """
    target = path or document.path
    if target is None:
        raise StorageError("The build has no file yet; choose where to save it.")
    build, catalog = document.build, document.catalog
    data = mbd.encode(build, catalog)

    def check(stored: bytes) -> None:
        if mbd.encode(mbd.decode(stored, catalog)[0], catalog) != data:
            raise StorageError(f"{target} did not read back as it was written; nothing was saved.")

    write_file(target, data, check)
    document.mark_saved(target)
    return target


def suggested_name(document: Document) -> str:
    """A file name made of the character's name, safe on every system."""
    archetype = document.catalog.archetype(document.build.archetype)
    fallback = archetype.display_name if archetype else "build"
    name = _UNFIT.sub(" ", document.build.name)
    name = " ".join(name.split()).strip(". ")[:80] or fallback
    if _RESERVED.fullmatch(name):
        name = f"{name} build"
    return f"{name}{SUFFIX}"
