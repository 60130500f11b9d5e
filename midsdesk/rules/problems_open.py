"""What is unfinished in a build: empty slots, unused powersets, picks and slots left."""

from collections.abc import Iterator

from midsdesk.model.build import ANCILLARY, POOL_PLACES, PRIMARY, SECONDARY, Build
from midsdesk.model.catalog import Catalog
from midsdesk.rules.levels import is_slottable, slot_refusal, slots_left
from midsdesk.rules.problems_model import Action, Problem, ProblemKind, Remedy, Severity
from midsdesk.rules.requirements import power_name


def unfinished(build: Build, catalog: Catalog) -> Iterator[Problem]:
    """Yield all that is unfinished."""
    yield from _empty_slots(build, catalog)
    yield from _unused(build, catalog)
    yield from _only_required(build, catalog)
    yield from _left(build, catalog)


def _empty_slots(build: Build, catalog: Catalog) -> Iterator[Problem]:
    """Yield one problem for each power with empty slots; the free slot alone is none."""
    for index, entry in enumerate(build.entries):
        if entry.is_empty:
            continue
        empty = [number for number, slot in enumerate(entry.slots) if slot.enhancement is None]
        bought = [number for number in empty if number > 0]
        if not empty or not (bought or _is_wanted(build, catalog, index)):
            continue
        name = power_name(entry.power, catalog)
        many = "slot" if len(empty) == 1 else "slots"
        yield Problem(
            ProblemKind.EMPTY_SLOT,
            Severity.HINT,
            f"{len(empty)} empty {many} in {name}",
            f"{len(entry.slots) - len(empty)} of {len(entry.slots)} slots are filled.",
            index,
            empty[0],
            (
                Remedy("Go to slot", Action.GO_TO, index, empty[0]),
                Remedy("Choose a piece", Action.CHOOSE_PIECE, index, empty[0]),
            ),
        )


def _is_wanted(build: Build, catalog: Catalog, index: int) -> bool:
    """Return whether an empty free slot is worth a word: in picks, not in what came along."""
    power = catalog.power(build.entries[index].power)
    return index < build.pick_count and power is not None and is_slottable(power, catalog)


def _unused(build: Build, catalog: Catalog) -> Iterator[Problem]:
    places = (PRIMARY, SECONDARY, *POOL_PLACES, ANCILLARY)
    used = {entry.power.rpartition(".")[0].lower() for entry in build.picks if not entry.is_empty}
    if not used:  # nothing is chosen yet: a new build comes with powersets
        return
    for place in places:
        chosen = catalog.powerset(build.powersets[place]) if build.powersets[place] else None
        if chosen is None or {chosen.id.lower(), chosen.trunk.lower()} & used:
            continue
        yield Problem(
            ProblemKind.UNUSED_POWERSET,
            Severity.HINT,
            f"{chosen.display_name} is chosen and not used",
            "No power of it is in the build.",
            None,
            None,
            (Remedy("Choose another", Action.CHOOSE_POWERSET, name=str(place)),),
        )


def _only_required(build: Build, catalog: Catalog) -> Iterator[Problem]:
    """Yield powers that hold no piece and stand only before others that need them."""
    for index, entry in enumerate(build.picks):
        if entry.is_empty or any(slot.enhancement for slot in entry.slots) or len(entry.slots) > 1:
            continue
        needing = [
            power.display_name
            for other in build.picks
            if not other.is_empty
            and (power := catalog.power(other.power)) is not None
            and any(entry.power in pair for pair in power.requirement.required_powers)
        ]
        if needing and not entry.included:
            name = power_name(entry.power, catalog)
            verb = "needs" if len(needing) == 1 else "need"
            yield Problem(
                ProblemKind.ONLY_REQUIREMENT,
                Severity.HINT,
                f"{name} is used only as a requirement",
                f"No piece in it. {' and '.join(needing[:3])} {verb} it.",
                index,
                None,
                tuple(_use_it(index, slotted=bool(entry.slots))),
            )


def _use_it(index: int, *, slotted: bool) -> Iterator[Remedy]:
    yield Remedy("Go to power", Action.GO_TO, index)
    if slotted:
        yield Remedy("Choose a piece", Action.CHOOSE_PIECE, index, 0)


def _left(build: Build, catalog: Catalog) -> Iterator[Problem]:
    empty = [index for index, entry in enumerate(build.picks) if entry.is_empty]
    if empty and len(empty) < build.pick_count:
        first = empty[0]
        level = build.entries[first].level
        many = "pick" if len(empty) == 1 else "picks"
        yield Problem(
            ProblemKind.MISSING_PICKS,
            Severity.HINT,
            f"{len(empty)} {many} left",
            f"The next one is at level {level}.",
            first,
            None,
            (Remedy("Choose a power", Action.CHOOSE_POWER, first),),
        )
    left = slots_left(build, catalog.ruleset)
    if left > 0 and not empty:
        many = "slot" if left == 1 else "slots"
        yield Problem(
            ProblemKind.MISSING_SLOTS,
            Severity.HINT,
            f"{left} {many} left",
            f"{build.added_slots} of {catalog.ruleset.max_slots} slots are placed.",
            None,
            None,
            tuple(_slot_places(build, catalog)),
        )


def _slot_places(build: Build, catalog: Catalog) -> Iterator[Remedy]:
    """Yield a way to the first power that may have another slot, else to the first power."""
    for index, entry in enumerate(build.picks):
        if not entry.is_empty and not slot_refusal(build, catalog, index):
            yield Remedy(f"Go to {power_name(entry.power, catalog)}", Action.GO_TO, index)
            return
    yield Remedy("Go to the powers", Action.GO_TO, 0)
