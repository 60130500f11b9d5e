"""Old names and numbers of powers and powersets, and what an unknown name may have meant.

Source: build files, sections 4.8 and 11.2; the tables of renamed powers and moved numbers that
come with the game data.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from midsdesk.formats.issues import Candidate
from midsdesk.model.build import DataSetName
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Enhancement, Power, Powerset
from midsdesk.model.vocab import PowersetKind

POWERSET_RENAMES = {
    "pool.leadership_beta": "Pool.Leadership",
    "blaster_support.atomic_manipulation": "Blaster_Support.Radiation_Manipulation",
    "pool.fitness": "Pool.Invisibility",
}
OLD_FITNESS = "pool.fitness"
_FITNESS = "Inherent.Fitness"
_MOST_CANDIDATES = 5
_LIKENESS = 0.6
_LONGEST = 60


def powerset_named(catalog: Catalog, name: str) -> Powerset | None:
    """A powerset by its name of now, else by a former one."""
    renamed = POWERSET_RENAMES.get(name.lower())
    known = catalog.powerset(name)
    return catalog.powerset(renamed) if known is None and renamed else known


def names_from(catalog: Catalog, made_with: DataSetName) -> str:
    """The version of the data that gave a file its names, "" if they are of another realm."""
    return made_with.version if made_with.name.lower() == catalog.name.lower() else ""


def named_by(catalog: Catalog, made_with: DataSetName) -> DataSetName:
    """The data that gave a build its names once it was read.

    Where names were exchanged since, the build has those of the data in use: saved as made with
    the old ones, the next reading would exchange them again.
    """
    if catalog.exchanged_names(names_from(catalog, made_with)):
        return DataSetName(catalog.name, catalog.version)
    return made_with


# Version of files so old that they say none.
OLDEST = "0"


def power_named(catalog: Catalog, name: str, version: str = "") -> Power | None:
    """A power by its name of now, else by the name it has in other game data, or once had.

    Args:
        catalog: The game data.
        name: Full name.
        version: Of the data that wrote it, "" for the data in use; what older data mean by a name
            that went over to another power is found.
    """
    moved = catalog.exchanged_names(version).get(name.lower()) if version else None
    found = catalog.power(moved or name)
    if found is not None:
        return found
    alias = catalog.power_aliases().get(name.lower())
    found = catalog.power(alias) if alias else None
    if found is not None:
        return found
    powerset, _, last = name.rpartition(".")
    if powerset.lower() == OLD_FITNESS:
        return catalog.power(f"{_FITNESS}.{last}")
    renamed = POWERSET_RENAMES.get(powerset.lower())
    return catalog.power(f"{renamed}.{last}") if renamed else None


def power_numbered(
    catalog: Catalog,
    archetype: Archetype | None,
    number: int,
    own: Mapping[int, Power] = MappingProxyType({}),
) -> Power | None:
    """A power by the number old files use; numbers that have moved are followed.

    `own`: the powers of the build's sets by number; of two powers of one number it is these.
    """
    shown = archetype.display_name.lower() if archetype else ""
    moved = [each for each in catalog.static_index_replacements() if each.old == number]
    moved.sort(key=lambda each: each.archetype.lower() != shown)
    for each in moved:
        if each.archetype.lower() in ("", shown):
            power = catalog.power_by_static_index(each.new)
            if power is not None:
                return power
    power = own.get(number) or catalog.power_by_static_index(number)
    if power is not None and power.powerset.lower() == OLD_FITNESS:
        return catalog.power(f"{_FITNESS}.{power.name}") or power
    return power


def power_candidates(
    catalog: Catalog, name: str, archetype: Archetype, powersets: Iterable[str]
) -> tuple[Candidate, ...]:
    """The powers whose names are most like an unknown one, those of the build's sets first."""
    own = [owned for each in powersets if each and (owned := powerset_named(catalog, each))]
    named = powerset_named(catalog, name.rpartition(".")[0])
    trunks = [trunk for each in own if (trunk := catalog.powerset(each.trunk)) is not None]
    sets = [*([named] if named else []), *own, *trunks]
    found = _like_powers(name, sets)
    why = "its name is alike, in a powerset of the build"
    if not found:
        found = _like_powers(name, _offered(catalog, archetype))
        why = "its name is alike, in a powerset open to the archetype"
    return tuple(
        Candidate(power.id, power.display_name, why)
        for like in found
        if (power := catalog.power(like)) is not None
    )


def _offered(catalog: Catalog, archetype: Archetype) -> list[Powerset]:
    inherent = [each for each in catalog.powersets() if each.kind == PowersetKind.INHERENT]
    return [*catalog.powersets_of(archetype.id), *inherent]


def _like_powers(name: str, sets: Sequence[Powerset]) -> list[str]:
    names: dict[str, str] = {}
    for each in sets:
        for power in each.powers:
            names.setdefault(power.rpartition(".")[2].lower(), power)
    return [names[each] for each in _alike(name.rpartition(".")[2], names)]


def piece_candidates(catalog: Catalog, uid: str) -> tuple[Candidate, ...]:
    """The enhancements whose ids are most like an unknown one."""
    names = {each.id.lower(): each for each in catalog.enhancements()}
    return tuple(
        Candidate(names[each].id, _shown(catalog, names[each]), "its name is alike")
        for each in _alike(uid, names, 0.75)
    )


def _shown(catalog: Catalog, piece: Enhancement) -> str:
    owner = catalog.enhancement_set(piece.set_id) if piece.set_id else None
    return f"{owner.display_name}: {piece.name}" if owner else piece.name


def powerset_candidates(catalog: Catalog, name: str, archetype: Archetype) -> tuple[Candidate, ...]:
    """The powersets open to the archetype whose names are most like an unknown one."""
    names = {each.id.lower(): each for each in catalog.powersets_of(archetype.id)}
    return tuple(
        Candidate(names[each].id, names[each].display_name, "its name is alike")
        for each in _alike(name, names, 0.75)
    )


def _alike(name: str, names: Iterable[str], likeness: float = _LIKENESS) -> list[str]:
    return get_close_matches(name.lower()[:_LONGEST], names, _MOST_CANDIDATES, likeness)
