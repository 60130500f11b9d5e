"""From the JSON of a .mbd to a build: every age, every oddity, nothing dropped in silence.

Source: build files, sections 3.4 to 3.8 and 15.
"""

import json
from typing import Any

from midsdesk.errors import BuildFormatError
from midsdesk.formats.aliases import named_by, names_from, powerset_candidates, powerset_named
from midsdesk.formats.issues import Choice, Part, Severity
from midsdesk.formats.mbd_entries import EntryReader
from midsdesk.formats.mbd_words import APP
from midsdesk.formats.members import Members, Notes
from midsdesk.model.build import PLACES, Build, DataSetName
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype
from midsdesk.model.ids import PowersetId
from midsdesk.model.vocab import Alignment, ClassKind

MOST_POWERSETS = 32


def read_build(value: dict[str, Any], catalog: Catalog, notes: Notes) -> Build:
    """Make a build of a parsed file.

    Raises:
        BuildFormatError: Not a build, too many entries, or an unknown archetype.
    """
    root = Members(value, "Build", notes)
    if "Class" not in root or "PowerEntries" not in root:
        raise BuildFormatError("This is JSON, but not a build: it names no class or no powers.")
    made_with, built_with = _read_made_with(root, catalog, notes)
    archetype = _read_archetype(root, catalog)
    root.take("Level")
    root.take("LastPower")
    root.take("DataChunk")
    origin = _read_origin(root, archetype, notes)
    alignment = _read_alignment(root, archetype, notes)
    name, comment = root.text("Name"), root.text("Comment", lines=True)
    powersets = _read_powersets(root, catalog, notes, archetype)
    reader = EntryReader(catalog, notes, archetype, powersets, names_from(catalog, made_with))
    entries = reader.read(root.items("PowerEntries"))
    extras = root.rest()
    if built_with:
        extras = {"BuiltWith": built_with, **extras}
    return Build(
        archetype=archetype.id,
        origin=origin,
        alignment=alignment,
        name=name,
        comment=comment,
        powersets=powersets,
        entries=entries,
        pick_count=len(catalog.ruleset.pick_levels),
        made_with=named_by(catalog, made_with),
        extras=json.dumps(extras) if extras else "",
    )


def _read_made_with(
    root: Members, catalog: Catalog, notes: Notes
) -> tuple[DataSetName, dict[str, Any]]:
    built_with = root.child("BuiltWith")
    if built_with is None:
        notes.add("Build", "", "The file does not say which program and data made it.")
        return DataSetName(), {}
    made = DataSetName(built_with.text("Database"), built_with.text("DatabaseVersion"))
    if made.name.lower() != catalog.name.lower():
        notes.add(
            "Game data",
            made.name,
            f"is not the data in use ({catalog.name}); what fits was loaded. "
            "Switch the game data to open it fully.",
        )
    elif made.version != catalog.version:
        newer = _version(made.version) > _version(catalog.version)
        notes.add(
            "Game data",
            made.version,
            f"is {'newer' if newer else 'older'} than the data in use ({catalog.version}); "
            "powers may have changed.",
            Severity.WARNING if newer else Severity.INFO,
        )
    rest = built_with.rest()
    if rest.get("App") == APP:
        rest = {name: value for name, value in rest.items() if name not in ("App", "Version")}
    return made, rest


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit() and len(part) < 10)


def _read_archetype(root: Members, catalog: Catalog) -> Archetype:
    name = root.text("Class")
    archetype = catalog.archetype(name)
    if archetype is None:
        raise BuildFormatError(
            f"The game data in use have no archetype “{name[:60]}”. "
            "Open the build with the game data it was made for."
        )
    return archetype


def _read_origin(root: Members, archetype: Archetype, notes: Notes) -> str:
    origin = root.text("Origin")
    if origin in archetype.origins or not archetype.origins:
        return origin
    notes.add("Origin", origin, f"is unknown; {archetype.origins[0]} is taken.")
    return archetype.origins[0]


def _read_alignment(root: Members, archetype: Archetype, notes: Notes) -> Alignment:
    word = root.text("Alignment")
    for side in Alignment:
        if word.lower() in (side.name.lower(), str(int(side))):
            return side
    heroic = archetype.kind in (ClassKind.HERO, ClassKind.HERO_EPIC)
    default = Alignment.HERO if heroic else Alignment.VILLAIN
    notes.add("Alignment", word, f"is unknown; {default.name.capitalize()} is taken.")
    return default


def _read_powersets(
    root: Members, catalog: Catalog, notes: Notes, archetype: Archetype
) -> tuple[PowersetId, ...]:
    values = root.items("PowerSets")
    if len(values) > MOST_POWERSETS:
        raise BuildFormatError(f"The file is damaged: it lists {len(values)} powersets.")
    names: list[PowersetId] = []
    for number, value in enumerate(values[:PLACES]):
        place = f"Powerset {number + 1}"
        name = Members({"Name": value}, place, notes).text("Name")
        names.append(_powerset(catalog, notes, archetype, number, name) if name else PowersetId(""))
    if len(values) > PLACES:
        notes.add(
            "Powersets",
            str(len(values)),
            f"are too many; the first {PLACES} are taken.",
            Severity.LOST,
        )
    names += [PowersetId("")] * (PLACES - len(names))
    return tuple(names)


def _powerset(
    catalog: Catalog, notes: Notes, archetype: Archetype, number: int, name: str
) -> PowersetId:
    """The powerset a file names; an unknown one stays as it is written."""
    place = f"Powerset {number + 1}"
    known = powerset_named(catalog, name)
    if known is not None:
        if known.id.lower() != name.lower():
            notes.add(place, name, f"is called {known.id} now.", Severity.INFO)
        return known.id
    outcome = "is unknown to the game data; its powers count for nothing."
    notes.add(place, name, outcome, Severity.LOST)
    candidates = powerset_candidates(catalog, name, archetype)
    if candidates:
        notes.choices.append(Choice(place, name, outcome, candidates, Part.POWERSET, number))
    return PowersetId(name)
