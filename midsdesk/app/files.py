"""Opening and saving documents. A file keeps its form as long as that form can carry the build."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from midsdesk.app import imports
from midsdesk.app.document import Document
from midsdesk.app.imports import Import
from midsdesk.app.ports import Calculator
from midsdesk.errors import MidsdeskError, StorageError
from midsdesk.formats import forms, native
from midsdesk.formats.forms import Facet, Form
from midsdesk.formats.issues import Issue
from midsdesk.formats.native_file import NativeFile
from midsdesk.formats.report_write import ReportOptions, encode_report
from midsdesk.host.atomic import write_file
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings

SUFFIX = ".mbd"
# Forms that are whole files of their own. Blocks, links and codes stand in texts with other
# things around them, which saving over the file would destroy.
FILE_FORMS: Final = {
    Form.MBD: ".mbd",
    Form.NATIVE: ".mdbuild",
    Form.MXD: ".mxd",
    Form.MXD_101: ".mxd",
    Form.MXD_BINARY: ".mxd",
    Form.GAME_TEXT: ".txt",
}
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
    made = imports.read(imports.from_file(path), catalog)
    return document_of(made, calculator, settings), made.reading.issues


def document_of(
    made: Import, calculator: Calculator, settings: CalcSettings | None = None
) -> Document:
    """Make a document of what was imported.

    It is saved where it came from only if the whole file was the build: see `FILE_FORMS`.
    """
    form = made.reading.form
    path = made.brought.path if form in FILE_FORMS else None
    document = Document(made.build, made.catalog, calculator, settings, path)
    document.form = form if path is not None else None
    document.companions = made.reading.companions
    return document


def form_for(path: Path) -> Form:
    """The form that the name of a new file asks for; .mbd if it asks for nothing."""
    ending = path.suffix.lower()
    return next((form for form, known in FILE_FORMS.items() if known == ending), Form.MBD)


def form_of_file(path: Path) -> Form:
    """The form of a file that is there, else what its name asks for."""
    try:
        form = forms.detect(imports.from_file(path).data)
    except MidsdeskError:
        form = None
    return form if form in FILE_FORMS else form_for(path)


def restore_form(document: Document, path: Path) -> None:
    """Tell a document that was restored what its file is, and what else stands in it."""
    document.form = form_of_file(path)
    if document.form == Form.NATIVE:
        try:
            made = imports.read(imports.from_file(path), document.catalog)
        except MidsdeskError:
            return
        document.companions = made.reading.companions


def losses(document: Document, form: Form) -> tuple[Facet, ...]:
    """What of the document a file of this form would not hold; () if nothing."""
    lost = forms.losses(document.build, form, document.catalog)
    held = document.companions
    if form != Form.NATIVE and held is not None and (held.variants or held.notes):
        return (*lost, Facet.COMPANIONS)
    return lost


def save_document(document: Document, path: Path | None = None, form: Form | None = None) -> Path:
    """Save to `path`, or to the document's own file: written beside, checked, renamed.

    Args:
        form: None for the form the document's file has, or the one the name of a new file means.

    Raises:
        BuildFormatError: The build does not fit into that form.
        StorageError: There is no path, or the file could not be written; the old one is unchanged.
        DiskFullError: No room is left; the old file is unchanged.
    """
    target = path or document.path
    if target is None:
        raise StorageError("The build has no file yet; choose where to save it.")
    own = document.form if target == document.path else None
    wanted = form or own or form_for(target)
    data = encoded(document.build, wanted, document.catalog, document.companions)

    def check(stored: bytes) -> None:
        if wanted == Form.GAME_TEXT:  # its order of equal levels is its own
            check_reads_back(stored, document.build, wanted, document.catalog)
            return
        again = forms.read(stored, document.catalog)
        if encoded(again.build, wanted, document.catalog, again.companions) != data:
            raise StorageError(f"{target} did not read back as it was written; nothing was saved.")

    write_file(target, data, check)
    document.form = wanted
    document.mark_saved(target)
    return target


def check_reads_back(stored: bytes, build: Build, form: Form, catalog: Catalog) -> None:
    """Read what was written: the picks must be those the form carries.

    Raises:
        StorageError: They are not; nothing is put in the place of the old file.
    """
    again = forms.read(stored, catalog).build
    kept = forms.reduced(build, form, catalog)
    if [each.power for each in again.picks] != [each.power for each in kept.picks]:
        raise StorageError("The file did not read back as it was written; nothing was saved.")


def encoded(
    build: Build, form: Form, catalog: Catalog, companions: NativeFile | None = None
) -> bytes:
    """The bytes of a file of this form.

    Raises:
        BuildFormatError: The build does not fit into that form.
    """
    if form == Form.NATIVE:
        return native.encode(replace(companions or NativeFile(build), build=build))
    options: dict[str, Any] = {}
    if form in (Form.MXD, Form.MXD_101):
        old = form == Form.MXD_101
        options["report"] = encode_report(build, catalog, ReportOptions(old_head=old))
    return forms.write(build, form, catalog, **options)


def suggested_name(document: Document, ending: str = SUFFIX) -> str:
    """A file name made of the character's name, safe on every system."""
    archetype = document.catalog.archetype(document.build.archetype)
    fallback = archetype.display_name if archetype else "build"
    name = _UNFIT.sub(" ", document.build.name)
    name = " ".join(name.split()).strip(". ")[:80] or fallback
    if _RESERVED.fullmatch(name):
        name = f"{name} build"
    return f"{name}{ending}"
