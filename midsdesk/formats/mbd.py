"""The .mbd file: a build as JSON, read in every age, written as Mids Reborn 3.7 writes it.

Levels of powers and slots count from 1 in the file, those of the character and of pieces from 0.
Source: build files, sections 3, 15 and 18.
"""

import json
import re
from typing import Any

from midsdesk.errors import BuildFormatError
from midsdesk.formats.detect import Form, detect, refusal, text_of
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.issues import Issue
from midsdesk.formats.mbd_read import read_build
from midsdesk.formats.mbd_words import (
    ALIGNMENT_WORDS,
    APP,
    APP_VERSION,
    GRADE_WORDS,
    RELATIVE_WORDS,
)
from midsdesk.formats.members import Notes
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import EnhancementKind

LAST_POWER = 24
_DEEPEST, _MOST_PARTS = 40, 100_000
_TOO_DEEP = "The file is damaged: it is nested far too deep for a build."
_SURROGATE = re.compile("[\ud800-\udfff]")
_BASICS = (
    "Inherent.Inherent.Brawl",
    "Inherent.Inherent.Sprint",
    "Inherent.Inherent.Rest",
    "Inherent.Fitness.Swift",
    "Inherent.Fitness.Hurdle",
    "Inherent.Fitness.Health",
    "Inherent.Fitness.Stamina",
)


def decode(data: bytes, catalog: Catalog) -> tuple[Build, tuple[Issue, ...]]:
    """Read a build.

    Returns:
        The build, and what could not be taken as it stood. Powers and powersets the game data
        lack are kept by name; unknown pieces leave their slot empty and are written back.

    Raises:
        BuildFormatError: No .mbd, damaged, or of an archetype the game data lack. The message
            names the place and what to do.
    """
    form = detect(data)
    if form != Form.MBD:
        raise BuildFormatError(refusal(form))
    reading = read(Source(data, text_of(data), form), catalog)
    return reading.build, reading.issues


def read(source: Source, catalog: Catalog) -> Reading:
    """Read a build with the choices it leaves; see `decode`."""
    return reading_of(parse(source.text), catalog, source.form)


def reading_of(value: dict[str, Any], catalog: Catalog, form: Form) -> Reading:
    """Make a reading of what the JSON of a build holds, wherever it came from."""
    notes = Notes()
    build = read_build(value, catalog, notes)
    return Reading(build, form, tuple(notes.issues), tuple(notes.choices))


def encode(build: Build, catalog: Catalog) -> bytes:
    """Write a build, field for field as Mids Reborn 3.7 does, with everything it came with."""
    text = json.dumps(value_of(build, catalog), indent=2, ensure_ascii=False)
    return _SURROGATE.sub(_escaped, text).replace("\n", "\r\n").encode("utf-8")


def encode_compact(build: Build, catalog: Catalog) -> bytes:
    """Write the same without a space, as chunks and share texts hold it."""
    text = json.dumps(value_of(build, catalog), separators=(",", ":"), ensure_ascii=False)
    return _SURROGATE.sub(_escaped, text).encode("utf-8")


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def value_of(build: Build, catalog: Catalog) -> dict[str, Any]:
    """Return what the JSON of a build holds."""
    extras = _loads(build.extras)
    built_with = extras.pop("BuiltWith", {})
    made = build.made_with
    return {
        "BuiltWith": {
            "App": built_with.pop("App", APP),
            "Version": built_with.pop("Version", APP_VERSION),
            "Database": made.name,
            "DatabaseVersion": made.version,
            **built_with,
        },
        "Level": str(build.level - 1),
        "Class": build.archetype,
        "Origin": build.origin,
        "Alignment": ALIGNMENT_WORDS[build.alignment],
        "Name": build.name,
        "Comment": build.comment,
        "PowerSets": list(build.powersets),
        "LastPower": LAST_POWER,
        "PowerEntries": [_entry(entry, catalog) for entry in completed(build, catalog)],
        **extras,
    }


def parse(text: str) -> dict[str, Any]:
    """Parse the JSON of a build.

    Raises:
        BuildFormatError: It is none, or nested too deep; names line and column.
    """
    text = text.strip()
    if text.count("[") + text.count("{") > _MOST_PARTS:
        raise BuildFormatError("The file is damaged or no build: it has far too many parts.")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as cause:
        if cause.pos >= len(text) - 1 or "Unterminated" in cause.msg:
            raise BuildFormatError(
                "The file is cut short or damaged: it ends in the middle of line "
                f"{text.count(chr(10)) + 1}. Look for an older copy."
            ) from cause
        raise BuildFormatError(
            f"The file is damaged: line {cause.lineno}, column {cause.colno} is no JSON "
            f"({cause.msg}). Look for an older copy."
        ) from cause
    except RecursionError as cause:
        raise BuildFormatError(_TOO_DEEP) from cause
    except ValueError as cause:
        raise BuildFormatError("The file is damaged: it holds an impossible number.") from cause
    if not isinstance(value, dict):
        raise BuildFormatError("This is JSON, but not a build.")
    if _is_too_deep(value):
        raise BuildFormatError(_TOO_DEEP)
    return value


def _is_too_deep(value: Any) -> bool:
    """Whether lists and objects are nested beyond anything a build needs."""
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [
            inner
            for outer in layer
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        if not layer:
            return False
    return True


def _loads(extras: str) -> dict[str, Any]:
    value = json.loads(extras) if extras.strip() else {}
    return value if isinstance(value, dict) else {}


def completed(build: Build, catalog: Catalog) -> list[PowerEntry]:
    """The entries with all seven basic inherents: old planners refuse a build without one."""
    missing = [
        PowerEntry(power.id, max(1, power.level))
        for name in _BASICS
        if build.find(name) is None and (power := catalog.power(name)) is not None
    ]
    return [*build.picks, *missing, *build.others]


_EMPTY_ENTRY: dict[str, Any] = {
    "PowerName": "",
    "Level": -1,
    "StatInclude": False,
    "ProcInclude": False,
    "VariableValue": 0,
    "InherentSlotsUsed": 0,
    "SubPowerEntries": [],
    "SlotEntries": [],
}


def _entry(entry: PowerEntry, catalog: Catalog) -> dict[str, Any]:
    extras = _loads(entry.extras)
    if entry.is_empty:
        return {**_EMPTY_ENTRY, **extras}
    return {
        "PowerName": entry.power,
        "Level": entry.level,
        "StatInclude": entry.included,
        "ProcInclude": entry.procs_off,
        "VariableValue": entry.stacks,
        "InherentSlotsUsed": entry.inherent_slots_used,
        "SubPowerEntries": [
            {"PowerName": sub.power, "StatInclude": sub.included, **_loads(sub.extras)}
            for sub in entry.sub_powers
        ],
        "SlotEntries": [_slot(slot, catalog) for slot in entry.slots],
        **extras,
    }


def _slot(slot: Slot, catalog: Catalog) -> dict[str, Any]:
    extras = _loads(slot.extras)
    main, alternate = extras.pop("Enhancement", None), extras.pop("FlippedEnhancement", None)
    return {
        "Level": slot.level,
        "IsInherent": slot.inherent,
        "Enhancement": _piece(slot.enhancement, catalog) if slot.enhancement else main,
        "FlippedEnhancement": _piece(slot.alternate, catalog) if slot.alternate else alternate,
        **extras,
    }


def _piece(piece: SlottedEnhancement, catalog: Catalog) -> dict[str, Any]:
    known = catalog.enhancement(piece.enhancement)
    levelled = known is None or known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)
    return {
        "Uid": piece.enhancement,
        "Grade": GRADE_WORDS[piece.grade],
        "IoLevel": piece.level - 1 if levelled else 1,
        "RelativeLevel": RELATIVE_WORDS[piece.relative_level],
        "Obtained": piece.obtained,
        **_loads(piece.extras),
    }
