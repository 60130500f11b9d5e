"""The .mdbuild: our own file, readable JSON with variants and notes, which loses nothing.

Its shape is declared in `native_shape`. What a newer program added is kept; values of the wrong
type are replaced by their defaults, and a note says so.
"""

import json
import re
from typing import Any, Final

from pydantic import ValidationError

from midsdesk.errors import BuildFormatError
from midsdesk.formats.detect import text_of
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.issues import Severity
from midsdesk.formats.members import Notes
from midsdesk.formats.native_build import BuildMaker, shape_of
from midsdesk.formats.native_file import NativeFile, Variant
from midsdesk.formats.native_shape import FORMAT, VERSION, FileShape, VariantShape
from midsdesk.formats.native_upgrades import upgraded
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog

SUFFIX: Final = ".mdbuild"
_DEEPEST: Final = 60
_TOO_DEEP: Final = "The file is damaged: it is nested far too deep for a build."
_MOST_REPAIRS: Final = 40
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def read(source: Source, catalog: Catalog) -> Reading:
    """Read the main build of a file.

    Raises:
        BuildFormatError: See `decode`.
    """
    notes = Notes()
    file = _decode(source.text, catalog, notes)
    if file.variants:
        outcome = "variants are in the file too; they stay in it."
        notes.add("Variants", str(len(file.variants)), outcome, Severity.INFO)
    return Reading(
        file.build, source.form, tuple(notes.issues), tuple(notes.choices), companions=file
    )


def decode(data: bytes, catalog: Catalog) -> tuple[NativeFile, Notes]:
    """Read a whole file.

    Returns:
        The file, and the notes of what was not taken as it stood.

    Raises:
        BuildFormatError: No .mdbuild, damaged, of a newer program, or of an archetype the game
            data lack.
    """
    notes = Notes()
    return _decode(text_of(data), catalog, notes), notes


def encode(file: NativeFile) -> bytes:
    """Write a file in its one canonical form."""
    shape = FileShape(
        notes=file.notes,
        build=shape_of(file.build),
        variants=[_variant_shape(each) for each in file.variants],
    )
    shape = shape.model_copy(update=_unknown(file.extras, FileShape))
    value = {
        "format": FORMAT,
        "version": VERSION,
        **shape.model_dump(exclude_defaults=True),
    }
    text = json.dumps(value, indent=2, ensure_ascii=False)
    text = _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return f"{text}\n".encode()


def encode_build(build: Build, _catalog: Catalog | None = None) -> bytes:
    """Write a file with one build; it needs no game data."""
    return encode(NativeFile(build))


def _variant_shape(variant: Variant) -> VariantShape:
    shape = VariantShape(title=variant.title, notes=variant.notes, build=shape_of(variant.build))
    return shape.model_copy(update=_unknown(variant.extras, VariantShape))


def _unknown(extras: str, shape: type[FileShape] | type[VariantShape]) -> dict[str, Any]:
    value = json.loads(extras) if extras else {}
    return {name: member for name, member in value.items() if name not in shape.model_fields}


def _decode(text: str, catalog: Catalog, notes: Notes) -> NativeFile:
    value = upgraded(_parse(text), VERSION)
    shape = _validated(value, notes)
    if catalog.archetype(shape.build.archetype) is None:
        raise BuildFormatError(
            f"The game data in use have no archetype “{shape.build.archetype[:60]}”. "
            "Open the build with the game data it was made for."
        )
    maker = BuildMaker(catalog, notes)
    return NativeFile(
        build=maker.build(shape.build, "Powersets"),
        variants=tuple(
            Variant(
                each.title,
                maker.build(each.build, f"Variant {number}"),
                each.notes,
                json.dumps(each.model_extra) if each.model_extra else "",
            )
            for number, each in enumerate(shape.variants, 1)
        ),
        notes=shape.notes,
        extras=json.dumps(shape.model_extra) if shape.model_extra else "",
    )


def _parse(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as cause:
        raise BuildFormatError(
            f"The file is cut short or damaged: line {cause.lineno}, column {cause.colno} is no "
            f"JSON ({cause.msg}). Look for an older copy."
        ) from cause
    except RecursionError as cause:
        raise BuildFormatError(_TOO_DEEP) from cause
    except ValueError as cause:
        raise BuildFormatError("The file is damaged: it holds an impossible number.") from cause
    if _is_too_deep(value):
        raise BuildFormatError(_TOO_DEEP)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BuildFormatError("This is JSON, but not a build of midsdesk.")
    return value


def _is_too_deep(value: Any) -> bool:
    """Whether lists and objects are nested deeper than any build; without recursion."""
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [
            inner
            for each in layer
            if isinstance(each, (dict, list))
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, (dict, list))
        ]
        if not layer:
            return False
    return True


def _validated(value: dict[str, Any], notes: Notes) -> FileShape:
    """The shape of the JSON, with defaults for what is of the wrong type or out of range."""
    for _ in range(_MOST_REPAIRS):
        try:
            return FileShape.model_validate(value)
        except ValidationError as error:
            for flaw in error.errors(include_url=False)[:_MOST_REPAIRS]:
                _repair(value, flaw["loc"], str(flaw["msg"]), notes)
    raise BuildFormatError("The file is damaged: too many of its values are of the wrong type.")


def _repair(value: dict[str, Any], path: tuple[int | str, ...], message: str, notes: Notes) -> None:
    """Take a value out of the JSON, so that its default stands in.

    Raises:
        BuildFormatError: What is missing has no default.
    """
    owner: Any = value
    for step in path[:-1]:
        try:
            owner = owner[step]
        except (LookupError, TypeError):
            return  # taken out already, with the whole around it
    last = path[-1]
    place = _place(path)
    if isinstance(owner, dict) and last in owner:
        notes.add(place, owner.pop(last), f"is wrong ({message}); its default is taken.")
    elif isinstance(owner, list) and isinstance(last, int) and last < len(owner):
        # Nothing shifts: what stands in its place is empty.
        notes.add(place, owner[last], f"is wrong ({message}); it is left empty.", Severity.LOST)
        owner[last] = "" if path[-2:-1] == ("powersets",) else {"level": 1}
    elif isinstance(owner, dict) and last in ("level", "power", "enhancement"):
        notes.add(place, "", "is missing; its default is taken.")
        owner[last] = 1 if last == "level" else ""
    elif isinstance(owner, dict):
        raise BuildFormatError(f"The file is damaged: {place} is missing or wrong.")


def _place(path: tuple[int | str, ...]) -> str:
    return ", ".join(
        f"number {step + 1}" if isinstance(step, int) else step.replace("_", " ") for step in path
    )
