"""The state the old planner's lists give each placed power, for comparing with its results.

Our own lists say more and say why (`midsdesk.rules.check`). Source: calculation reference B,
section 1.7.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from midsdesk.model.build import PRIMARY, SECONDARY, Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.vocab import PowersetKind
from midsdesk.rules.requirements import held_levels, meets, powersets_clash

_RESERVED = {PRIMARY: 0, SECONDARY: 1}


@dataclass(frozen=True, slots=True)
class ListState:
    """State of one placed power: "Selected", "SelectedDisabled", "Invalid", "Enabled"."""

    entry: int
    state: str
    meets_requirement: bool


def reference_level(build: Build) -> int:
    """Return the level the lists answer for: the first empty pick's, else the highest held."""
    empty = next((entry.level for entry in build.picks if entry.is_empty), None)
    return character_level(build) if empty is None else empty


def character_level(build: Build) -> int:
    """Return the highest level of any entry or slot, empty picks too, from 1."""
    levels = [1]
    for entry in build.entries:
        levels.append(entry.level)
        levels += [slot.level for slot in entry.slots]
    return min(50, max(levels))


def states(build: Build, catalog: Catalog) -> Iterator[ListState]:
    """Return the state of every placed power the game data know."""
    held = held_levels(build)
    reference = reference_level(build)
    for index, entry in enumerate(build.entries):
        power = catalog.power(entry.power) if entry.power else None
        if power is None:
            continue
        met = entry.level > 0 and meets(power, build.archetype, entry.level, held)
        yield ListState(index, _state(build, catalog, power, met, reference), met)


def _state(build: Build, catalog: Catalog, power: Power, met: bool, reference: int) -> str:
    if _misses_first_pick(build, catalog, power):
        return "Invalid"
    if met:
        return "Selected" if reference > power.level else "SelectedDisabled"
    powerset = catalog.powerset(power.powerset)
    inherent = powerset is not None and powerset.kind == PowersetKind.INHERENT
    return "Enabled" if inherent else "Invalid"


def _misses_first_pick(build: Build, catalog: Catalog, power: Power) -> bool:
    """Return whether the pick reserved for a level-1 power of its set holds something else."""
    if power.level != 1:
        return False
    primary, secondary = (catalog.powerset(build.powersets[place]) for place in (0, 1))
    if powersets_clash(primary, secondary):
        return False
    for place, pick in _RESERVED.items():
        powerset = catalog.powerset(build.powersets[place]) if build.powersets[place] else None
        if powerset is None or pick >= len(build.entries):
            continue
        members = {name.lower() for name in powerset.powers}
        trunk = catalog.powerset(powerset.trunk) if powerset.trunk else None
        members |= {name.lower() for name in trunk.powers} if trunk else set()
        if power.id.lower() not in members:
            continue
        firsts = {name for name in members if (each := catalog.power(name)) and each.level == 1}
        holder = build.entries[pick].power.lower()
        return bool(holder) and holder not in firsts
    return False
