"""What a doubtful text may mean: the candidates in words, and a search for anything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from midsdesk.formats.forms import Choice, Part
from midsdesk.model.build import POOL_PLACES, Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import PowersetKind

_MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a doubtful text may mean. `refused`: why it cannot be taken, "" if it can."""

    id: str
    name: str
    detail: str
    refused: str = ""


def offers_of(choice: Choice, build: Build, catalog: Catalog) -> tuple[Offer, ...]:
    """The candidates of a choice, the likeliest first."""
    found = []
    for each in choice.candidates:
        offer = _offer(choice, each.id, build, catalog)
        detail = " · ".join(text for text in (offer.detail, each.why) if text)
        found.append(Offer(each.id, each.name, detail, offer.refused))
    return tuple(found)


def search(choice: Choice, build: Build, catalog: Catalog, text: str) -> tuple[Offer, ...]:
    """Everything of the kind in question whose name holds all the words, what fits first."""
    words = text.lower().split()
    if not words:
        return ()
    found = [
        offer
        for name in _ids(choice, build, catalog)
        if all(
            word in f"{offer.name} {offer.detail}".lower()
            for offer in (_offer(choice, name, build, catalog),)
            for word in words
        )
        for offer in (_offer(choice, name, build, catalog),)
    ]
    found.sort(key=lambda offer: (bool(offer.refused), offer.name, offer.detail))
    return tuple(found[:_MOST])


def named(choice: Choice, candidate: str, build: Build, catalog: Catalog) -> str:
    """What a candidate is called."""
    return _offer(choice, candidate, build, catalog).name


def _ids(choice: Choice, build: Build, catalog: Catalog) -> Iterator[str]:
    if choice.part == Part.PIECE:
        yield from (each.id for each in catalog.enhancements() if each.name)
        return
    sets = catalog.powersets_of(build.archetype)
    if choice.part == Part.POWERSET:
        kind = _kind_of_place(choice.index)
        yield from (each.id for each in sets if kind is None or each.kind == kind)
        return
    for each in sets:
        yield from (power.id for power in catalog.powers(each.id) if power.level > 0)


def _kind_of_place(place: int) -> PowersetKind | None:
    if place in POOL_PLACES:
        return PowersetKind.POOL
    return {0: PowersetKind.PRIMARY, 1: PowersetKind.SECONDARY, 7: PowersetKind.ANCILLARY}.get(
        place
    )


def _offer(choice: Choice, candidate: str, build: Build, catalog: Catalog) -> Offer:
    if choice.part == Part.PIECE:
        return _piece(candidate, catalog)
    if choice.part == Part.POWERSET:
        powerset = catalog.powerset(candidate)
        name = powerset.display_name if powerset else candidate
        twice = candidate in build.powersets
        return Offer(candidate, name, "", "the build has it already" if twice else "")
    return _power(choice, candidate, build, catalog)


def _piece(candidate: str, catalog: Catalog) -> Offer:
    known = catalog.enhancement(candidate)
    if known is None:
        return Offer(candidate, candidate, "")
    owner = catalog.enhancement_set(known.set_id) if known.set_id else None
    if owner is None:
        return Offer(known.id, known.name, "")
    return Offer(known.id, f"{owner.display_name}: {known.name}", "")


def _power(choice: Choice, candidate: str, build: Build, catalog: Catalog) -> Offer:
    known = catalog.power(candidate)
    if known is None:
        return Offer(candidate, candidate, "")
    powerset = catalog.powerset(known.powerset)
    detail = f"{powerset.display_name} · from level {known.level}" if powerset else ""
    taken = build.find(known.id)
    refused = ""
    if taken is not None and taken != choice.index:
        refused = f"already taken at level {build.entries[taken].level}"
    return Offer(known.id, known.display_name, detail, refused)
