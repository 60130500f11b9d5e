"""Switching powers so that what an exclusive power switched off comes back when it is left.

What it switched off is kept with the build, so that it comes back after saving as well.
"""

from collections.abc import Iterable
from typing import Final

from midsdesk.app.members import member_of, with_member
from midsdesk.edit.powers import can_switch, running_rivals, set_included
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog

MEMBER: Final = "MidsdeskSwitchedOff"


def switched_off_by(build: Build) -> dict[str, tuple[str, ...]]:
    """Powers that are on, with the powers they switched off."""
    found = member_of(build, MEMBER)
    if not isinstance(found, dict):
        return {}
    return {
        str(power): tuple(str(each) for each in others)
        for power, others in found.items()
        if isinstance(others, list)
    }


def switched(build: Build, catalog: Catalog, entry: int, included: bool) -> Build:
    """Switch a power on, its rivals off; or off, and on again what it had switched off.

    Raises:
        RuleViolationError: The power cannot be switched.
    """
    changed = set_included(build, catalog, entry, included)
    rivals = running_rivals(build, catalog, entry) if included else ()
    held = switched_off_by(build)
    name = str(build.entries[entry].power)
    comes_back: list[str] = []
    if not included:
        comes_back += held.pop(name, ())
    else:
        remembered: list[str] = []
        for rival in rivals:
            power = str(build.entries[rival].power)
            before = held.pop(power, ())
            if name in before:  # back to what the rival had pushed aside
                comes_back += before
            else:
                remembered.append(power)
        if remembered:
            held[name] = tuple(remembered)
    changed = with_lamps_on(changed, catalog, comes_back)
    return with_member(changed, MEMBER, {power: list(others) for power, others in held.items()})


def with_lamps_on(build: Build, catalog: Catalog, powers: Iterable[str]) -> Build:
    """The build with these powers on, as far as they are there and nothing forbids it."""
    for power in powers:
        entry = build.find(power)
        if entry is None or build.entries[entry].included or not _can(build, catalog, entry):
            continue
        if not running_rivals(build, catalog, entry):
            build = set_included(build, catalog, entry, True)
    return build


def switchable(build: Build, catalog: Catalog) -> tuple[int, ...]:
    """Entries with a lamp."""
    return tuple(index for index in range(len(build.entries)) if _can(build, catalog, index))


def _can(build: Build, catalog: Catalog, entry: int) -> bool:
    held = build.entries[entry].power
    power = catalog.power(held) if held else None
    return power is not None and can_switch(power)
