"""Every form a build comes in, and one way to read them all.

`read` tells the form by the content and hands the text to the reader of that form. A reader is a
module with a function `read(source, catalog) -> Reading`; the modules are named here as texts and
loaded when first needed, so that a form costs nothing until somebody brings one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from midsdesk.errors import BuildFormatError
from midsdesk.formats.carried import Carried, Facet, carries, losses, reduced
from midsdesk.formats.detect import Form, detect, refusal, text_of
from midsdesk.formats.issues import Candidate, Choice, Issue, Part, Understood
from midsdesk.formats.native_file import NativeFile
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.ids import EnhancementId, PowerId, PowersetId

__all__ = [
    "READERS",
    "WRITERS",
    "Candidate",
    "Carried",
    "Choice",
    "Facet",
    "Form",
    "Part",
    "Reading",
    "Source",
    "Understood",
    "carries",
    "decided",
    "detect",
    "losses",
    "read",
    "reader",
    "reduced",
    "write",
]

# The module of each form, each with `read(source, catalog) -> Reading`.
READERS: dict[Form, str] = {
    Form.MBD: "midsdesk.formats.mbd",
    Form.MXD_BINARY: "midsdesk.formats.mxd",
    Form.MXD: "midsdesk.formats.mxd",
    Form.MXD_BLOCK: "midsdesk.formats.mxd",
    Form.LINK: "midsdesk.formats.links",
    Form.MBD_CHUNK: "midsdesk.formats.chunk",
    Form.SHARE_TEXT: "midsdesk.formats.chunk",
    Form.REPORT: "midsdesk.formats.report_read",
    Form.GAME_TEXT: "midsdesk.formats.game_text",
    Form.NATIVE: "midsdesk.formats.native",
    Form.SHARE_CODE: "midsdesk.formats.share_code",
}


# Module and function of each form that is written: `function(build, catalog) -> str | bytes`.
WRITERS: dict[Form, tuple[str, str]] = {
    Form.MBD: ("midsdesk.formats.mbd", "encode"),
    Form.MXD: ("midsdesk.formats.mxd_write", "encode"),
    Form.MXD_101: ("midsdesk.formats.mxd_write", "encode_101"),
    Form.MXD_BINARY: ("midsdesk.formats.mxd_write", "binary"),
    Form.MXD_BLOCK: ("midsdesk.formats.mxd_write", "block"),
    Form.LINK: ("midsdesk.formats.links", "encode"),
    Form.MBD_CHUNK: ("midsdesk.formats.chunk", "encode"),
    Form.SHARE_TEXT: ("midsdesk.formats.chunk", "share_text"),
    Form.REPORT: ("midsdesk.formats.report_write", "encode_report"),
    Form.GAME_TEXT: ("midsdesk.formats.game_text_write", "encode_game_text"),
    Form.NATIVE: ("midsdesk.formats.native", "encode_build"),
    Form.SHARE_CODE: ("midsdesk.formats.share_code", "encode"),
    Form.POPMENU: ("midsdesk.formats.popmenu", "encode_popmenu"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What was brought: the bytes, their text ("" for binary data) and what it is called."""

    data: bytes
    text: str
    form: Form
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A build as it was read, and everything that was not taken as it stood.

    Attributes:
        understood: Lines of a text that were; () for forms without lines.
        companions: A file of ours with everything that stands in it beside the build.
    """

    build: Build
    form: Form
    issues: tuple[Issue, ...] = ()
    choices: tuple[Choice, ...] = ()
    understood: tuple[Understood, ...] = ()
    companions: NativeFile | None = None


Reader = Callable[[Source, Catalog], Reading]


def reader(form: Form) -> Reader:
    """The reader of a form.

    Raises:
        BuildFormatError: It can be told but not read; the message says what it is.
    """
    module = READERS.get(form)
    if module is None:
        raise BuildFormatError(refusal(form))
    found: Reader = import_module(module).read
    return found


def read(data: bytes, catalog: Catalog, name: str = "") -> Reading:
    """Read a build in whatever form it comes.

    Raises:
        BuildFormatError: Empty, no build, damaged, too old or too new, or of an archetype the
            game data lack. The message names the place and what to do.
    """
    form = detect(data)
    if form is None:
        raise BuildFormatError(refusal(None))
    text = "" if form == Form.MXD_BINARY else text_of(data)
    return reader(form)(Source(data, text, form, name), catalog)


def write(build: Build, form: Form, catalog: Catalog, **options: Any) -> bytes:
    """Write a build in a form; `options` are those of the form's own function.

    Raises:
        BuildFormatError: The form is not written, or the build is too large for it (a link).
    """
    if form not in WRITERS:
        raise BuildFormatError(f"This program does not write a build as {form}.")
    module, name = WRITERS[form]
    written: str | bytes = getattr(import_module(module), name)(build, catalog, **options)
    if not written:
        raise BuildFormatError(f"The build is too large for a {form}; choose another form.")
    return written if isinstance(written, bytes) else written.encode("utf-8", errors="replace")


def decided(build: Build, choice: Choice, candidate: str) -> Build:
    """Return the build with a choice made for the candidate of this id."""
    if choice.part == Part.POWERSET:
        places = list(build.powersets)
        places[choice.index] = PowersetId(candidate)
        return replace(build, powersets=tuple(places))
    if choice.index >= len(build.entries):
        return build
    entry = build.entries[choice.index]
    if choice.part == Part.POWER:
        # Without what stood in the file: it is decided now.
        kept = choice.entry or replace(entry, extras="")
        return build.with_entry(choice.index, replace(kept, power=PowerId(candidate)))
    if choice.slot >= len(entry.slots):
        return build
    slots = list(entry.slots)
    piece = choice.piece or SlottedEnhancement(EnhancementId(candidate))
    piece = replace(piece, enhancement=EnhancementId(candidate))
    slot = slots[choice.slot]
    slots[choice.slot] = (
        replace(slot, alternate=piece) if choice.alternate else replace(slot, enhancement=piece)
    )
    return build.with_entry(choice.index, replace(entry, slots=tuple(slots)))
