"""Who the character is: a new build, archetype, powersets, origin, alignment, texts.

Pure functions from build to build; an edit the rules forbid raises `RuleViolationError`.
Source: calculation reference B, sections 1.2 and 1.8.
"""

from dataclasses import replace

from midsdesk.edit.normalise import normalise
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import (
    ANCILLARY,
    FIRST_POOL,
    PLACES,
    POOL_PLACES,
    PRIMARY,
    SECONDARY,
    Build,
    DataSetName,
    PowerEntry,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Powerset
from midsdesk.model.ids import PowerId, PowersetId
from midsdesk.model.vocab import Alignment, ClassKind, PowersetKind

_KIND_OF_PLACE = {
    PRIMARY: PowersetKind.PRIMARY,
    SECONDARY: PowersetKind.SECONDARY,
    **dict.fromkeys(POOL_PLACES, PowersetKind.POOL),
    ANCILLARY: PowersetKind.ANCILLARY,
}


def powersets_for(catalog: Catalog, archetype: str, place: int) -> tuple[Powerset, ...]:
    """Powersets that a place offers, sorted as the lists show them."""
    wanted = _KIND_OF_PLACE.get(place)
    return tuple(item for item in catalog.powersets_of(archetype) if item.kind == wanted)


def new_build(
    catalog: Catalog, archetype: str, *, name: str = "", origin: str = "", comment: str = ""
) -> Build:
    """An empty build: first powersets of each list, all picks empty, inherents in place.

    Raises:
        RuleViolationError: The game data do not know the archetype.
    """
    known = _archetype(catalog, archetype)
    primary = _first(powersets_for(catalog, known.id, PRIMARY))
    secondary = _linked(catalog, primary) or _first(powersets_for(catalog, known.id, SECONDARY))
    pools = [item.id for item in powersets_for(catalog, known.id, FIRST_POOL)[: len(POOL_PLACES)]]
    pools += [pools[-1] if pools else PowersetId("")] * (len(POOL_PLACES) - len(pools))
    ancillary = _first(powersets_for(catalog, known.id, ANCILLARY))
    levels = catalog.ruleset.pick_levels
    build = Build(
        archetype=known.id,
        origin=origin if origin in known.origins else next(iter(known.origins), ""),
        alignment=_home_side(known),
        name=name,
        comment=comment,
        powersets=(primary, secondary, PowersetId(""), *pools, ancillary),
        entries=tuple(PowerEntry(PowerId(""), level) for level in levels),
        pick_count=len(levels),
        made_with=DataSetName(catalog.name, catalog.version),
    )
    return normalise(build, catalog)


def change_archetype(build: Build, catalog: Catalog, archetype: str) -> Build:
    """Start over with another archetype; name, comment and where possible the origin stay."""
    known = _archetype(catalog, archetype)
    if known.id == build.archetype:
        return build
    fresh = new_build(
        catalog, known.id, name=build.name, origin=build.origin, comment=build.comment
    )
    return replace(fresh, extras=build.extras)


def change_powerset(build: Build, catalog: Catalog, place: int, powerset: str) -> Build:
    """Choose another powerset for a place; primary and secondary picks follow by position.

    A linked secondary comes along with its primary. Choosing a pool that another place holds
    exchanges the two.

    Raises:
        RuleViolationError: The archetype cannot have it, or the place is in use and locked.
    """
    chosen = catalog.powerset(powerset) if powerset else None
    if chosen is None:
        raise RuleViolationError(f"The game data do not know the powerset {powerset}.")
    if chosen.id not in {item.id for item in powersets_for(catalog, build.archetype, place)}:
        raise RuleViolationError(f"This archetype cannot have {chosen.display_name} here.")
    reason = lock_reason(build, catalog, place)
    if reason:
        raise RuleViolationError(reason)
    changed = _put(build, catalog, place, chosen)
    if place == PRIMARY:
        linked = catalog.powerset(_linked(catalog, chosen.id)) if chosen.linked_secondary else None
        if linked is not None:
            changed = _put(changed, catalog, SECONDARY, linked)
    return normalise(changed, catalog)


def lock_reason(build: Build, catalog: Catalog, place: int) -> str:
    """Why the powerset of a place may not change; "" if it may."""
    current = catalog.powerset(build.powersets[place]) if build.powersets[place] else None
    if current is None:
        return ""
    if place == SECONDARY:
        primary = catalog.powerset(build.powersets[PRIMARY])
        if primary and primary.linked_secondary.lower() == current.id.lower():
            return f"{current.display_name} comes with {primary.display_name}."
        return ""
    if place in (*POOL_PLACES, ANCILLARY):
        if build.powersets.index(build.powersets[place]) != place:
            return ""
        prefix = f"{current.id}.".lower()
        if any(entry.power.lower().startswith(prefix) for entry in build.picks):
            return f"Powers of {current.display_name} are in the build."
    return ""


def set_origin(build: Build, catalog: Catalog, origin: str) -> Build:
    """Choose the origin. It changes names and pictures, no number."""
    known = catalog.archetype(build.archetype)
    if known is not None and origin not in known.origins:
        raise RuleViolationError(f"A {known.display_name} cannot be of the origin {origin}.")
    return replace(build, origin=origin)


def set_name(build: Build, name: str) -> Build:
    """Rename the character."""
    return replace(build, name=" ".join(name.split()))


def set_comment(build: Build, comment: str) -> Build:
    """Replace the notes."""
    return replace(build, comment=comment)


def _archetype(catalog: Catalog, name: str) -> Archetype:
    known = catalog.archetype(name)
    if known is None:
        raise RuleViolationError(f"The game data do not know the archetype {name}.")
    return known


def _home_side(archetype: Archetype) -> Alignment:
    heroic = archetype.kind in (ClassKind.HERO, ClassKind.HERO_EPIC)
    return Alignment.HERO if heroic else Alignment.VILLAIN


def _first(powersets: tuple[Powerset, ...]) -> PowersetId:
    return powersets[0].id if powersets else PowersetId("")


def _linked(catalog: Catalog, primary: str) -> PowersetId:
    powerset = catalog.powerset(primary) if primary else None
    linked = catalog.powerset(powerset.linked_secondary) if powerset else None
    return linked.id if linked else PowersetId("")


def _put(build: Build, catalog: Catalog, place: int, chosen: Powerset) -> Build:
    old = catalog.powerset(build.powersets[place]) if build.powersets[place] else None
    powersets = list(build.powersets)
    if place in POOL_PLACES and chosen.id in powersets:
        powersets[powersets.index(chosen.id)] = build.powersets[place]
    powersets[place] = chosen.id
    changed = replace(build, powersets=tuple(powersets[:PLACES]))
    if place in (PRIMARY, SECONDARY) and old is not None and old.id != chosen.id:
        return _remapped(changed, catalog, old, chosen)
    return changed


def _remapped(build: Build, catalog: Catalog, old: Powerset, new: Powerset) -> Build:
    table = _power_table(catalog, old, new)
    entries = tuple(
        replace(entry, power=table[entry.power])
        if table.get(entry.power)
        else (PowerEntry(PowerId(""), entry.level) if entry.power in table else entry)
        for entry in build.picks
    )
    return replace(build, entries=(*entries, *build.others))


def _power_table(catalog: Catalog, old: Powerset, new: Powerset) -> dict[PowerId, PowerId]:
    """Old power -> new power of the same position, "" for those that have no counterpart."""
    old_trunk, new_trunk = old.trunk or old.id, new.trunk or new.id
    shift = _leading_internal(catalog, new_trunk) - _leading_internal(catalog, old_trunk)
    pairs = [(old_trunk, new_trunk, shift)]
    if old.trunk:
        pairs.append((old.id, new.id if new.trunk else PowersetId(""), 0))
    table: dict[PowerId, PowerId] = {}
    for source, target, offset in pairs:
        targets = catalog.powers(target) if target else ()
        for position, power in enumerate(catalog.powers(source)):
            number = position + offset
            found = 0 <= number < len(targets)
            table[power.id] = targets[number].id if found else PowerId("")
    return table


def _leading_internal(catalog: Catalog, powerset: str) -> int:
    count = 0
    for power in catalog.powers(powerset):
        if power.level > 0:
            break
        count += 1
    return count
