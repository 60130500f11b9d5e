"""The powersets of a build, derived from its picks where a text does not name them."""

from collections.abc import Iterable

from midsdesk.model.build import (
    ANCILLARY,
    PLACES,
    POOL_PLACES,
    PRIMARY,
    SECONDARY,
    PowerEntry,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Powerset
from midsdesk.model.ids import PowersetId
from midsdesk.model.vocab import PowersetKind


def derived_powersets(
    catalog: Catalog, archetype: Archetype, entries: Iterable[PowerEntry]
) -> tuple[PowersetId, ...]:
    """The eight places as the picks fill them; branches stand for their trunks."""
    used: dict[str, Powerset] = {}
    for entry in entries:
        powerset = catalog.powerset(entry.power.rpartition(".")[0]) if entry.power else None
        if powerset is not None:
            used.setdefault(powerset.id, powerset)
    places = [PowersetId("")] * PLACES
    places[PRIMARY] = _main(used.values(), archetype.primary_group, PowersetKind.PRIMARY)
    places[SECONDARY] = _main(used.values(), archetype.secondary_group, PowersetKind.SECONDARY)
    pools = [each.id for each in used.values() if each.kind == PowersetKind.POOL]
    for place, pool in zip(POOL_PLACES, pools, strict=False):
        places[place] = pool
    for each in used.values():
        if each.kind == PowersetKind.ANCILLARY and not places[ANCILLARY]:
            places[ANCILLARY] = each.id
    return tuple(places)


def _main(used: Iterable[Powerset], group: str, kind: PowersetKind) -> PowersetId:
    fitting = [each for each in used if each.kind == kind and each.group.lower() == group.lower()]
    branches = [each for each in fitting if each.trunk]
    chosen = branches or fitting
    return chosen[0].id if chosen else PowersetId("")
