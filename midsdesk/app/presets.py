"""Toggle presets: the lights of the powers under a name, to be had again as one step."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.app.lamps import MEMBER as SWITCHED_OFF
from midsdesk.app.lamps import switchable, with_lamps_on
from midsdesk.app.members import member_of, with_member
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog

MEMBER: Final = "MidsdeskPresets"
EVERYTHING_ON: Final = "on"
EVERYTHING_OFF: Final = "off"
MOST: Final = 24
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Preset:
    """Powers that are on and off, and those whose chance effects do not count.

    Powers it does not name stay as they are.
    """

    name: str
    on: tuple[str, ...]
    off: tuple[str, ...]
    procs_off: tuple[str, ...] = ()


def presets_of(build: Build) -> tuple[Preset, ...]:
    """The presets kept with a build; rows that mean nothing are left out."""
    rows = member_of(build, MEMBER)
    found = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(row.get("name"), str) and row["name"].strip():
            parts = (_names(row.get(key)) for key in ("on", "off", "procs_off"))
            found.append(Preset(row["name"], *parts))
    return tuple(found)


def current_preset(document: Document) -> str:
    """Name of the preset the lights are as of now; "on" for all lit, "" for none."""
    return document.memo.value("preset", (document.build,), partial(_current, document))


def _current(document: Document) -> str:
    build, catalog = document.build, document.catalog
    for preset in presets_of(build):
        if _applied(build, catalog, preset) == build:
            return preset.name
    lamps = switchable(build, catalog)
    if lamps and _all_on(build, catalog) == build:
        return EVERYTHING_ON
    if lamps and _all_off(build, catalog) == build:
        return EVERYTHING_OFF
    return ""


def save_preset(document: Document, name: str) -> Command:
    """Keep the present lights under a name; one of the same name is replaced.

    Raises:
        RuleViolationError: The name is empty or taken by us, or there are too many.
    """
    wanted = " ".join(name.split())[:_LONGEST]
    if not wanted or wanted.lower() in (EVERYTHING_ON, EVERYTHING_OFF):
        raise RuleViolationError("A preset needs a name of its own.")
    held = presets_of(document.build)
    if len(held) >= MOST and all(each.name != wanted for each in held):
        raise RuleViolationError(f"A build keeps {MOST} presets; remove one first.")
    catalog = document.catalog

    def edit(build: Build) -> Build:
        others = [each for each in presets_of(build) if each.name != wanted]
        return _with(build, (*others, _present(build, catalog, wanted)))

    return Command(f"Save the preset {wanted}", edit)


def remove_preset(document: Document, name: str) -> Command:
    """Forget a preset; the lights stay."""

    def edit(build: Build) -> Build:
        return _with(build, tuple(each for each in presets_of(build) if each.name != name))

    return Command(f"Remove the preset {name}", edit)


def apply_preset(document: Document, name: str) -> Command:
    """Switch the powers as a preset has them: one step.

    Args:
        name: Of a preset kept with the build, or `EVERYTHING_ON` or `EVERYTHING_OFF`.

    Raises:
        RuleViolationError: There is no such preset.
    """
    catalog = document.catalog
    if name == EVERYTHING_ON:
        return Command("Switch everything on", lambda build: _all_on(build, catalog))
    if name == EVERYTHING_OFF:
        return Command("Switch everything off", lambda build: _all_off(build, catalog))
    preset = next((each for each in presets_of(document.build) if each.name == name), None)
    if preset is None:
        raise RuleViolationError(f"The build has no preset {name}.")
    return Command(f"Switch to {name}", lambda build: _applied(build, catalog, preset))


def _all_on(build: Build, catalog: Catalog) -> Build:
    """Everything that can run together; what runs already goes before what does not."""
    powers = [str(build.entries[index].power) for index in switchable(build, catalog)]
    return with_lamps_on(build, catalog, powers)


def _all_off(build: Build, catalog: Catalog) -> Build:
    for index in switchable(build, catalog):
        build = build.with_entry(index, replace(build.entries[index], included=False))
    return with_member(build, SWITCHED_OFF, None)


def _applied(build: Build, catalog: Catalog, preset: Preset) -> Build:
    for index in switchable(build, catalog):
        entry = build.entries[index]
        if str(entry.power) in (*preset.on, *preset.off):
            procs = str(entry.power) in preset.procs_off
            off = replace(entry, included=False, procs_off=procs)
            build = build.with_entry(index, off)
    return with_lamps_on(with_member(build, SWITCHED_OFF, None), catalog, preset.on)


def _present(build: Build, catalog: Catalog, name: str) -> Preset:
    lamps = [build.entries[index] for index in switchable(build, catalog)]
    return Preset(
        name,
        tuple(str(each.power) for each in lamps if each.included),
        tuple(str(each.power) for each in lamps if not each.included),
        tuple(str(each.power) for each in lamps if each.procs_off),
    )


def _with(build: Build, presets: tuple[Preset, ...]) -> Build:
    rows = [
        {"name": each.name, "on": each.on, "off": each.off, "procs_off": each.procs_off}
        for each in presets
    ]
    return with_member(build, MEMBER, rows)


def _names(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
