"""Is a build legal?  Everything that is not, each with its place and a reason in words.

Never raises and never changes anything.
Source: calculation reference B, sections 1.7, 1.11, 1.14, 5.3 and 6.1; its items 24 to 27.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from midsdesk.model.build import (
    ANCILLARY,
    MAX_SLOTS_IN_POWER,
    PRIMARY,
    SECONDARY,
    UNUSED_PLACE,
    Build,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.vocab import PowersetKind
from midsdesk.rules.levels import added_by_level, added_slots, first_slot_level, slots_allowed_at
from midsdesk.rules.requirements import power_name, powersets_clash, unmet
from midsdesk.rules.slotting import slotting_problems


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule a build breaks.

    Attributes:
        reason: In words, fit to stand beside the thing.
        entry: Index in `Build.entries`, None for the build as a whole.
        slot: Number of the slot in the entry, None for the entry itself.
        place: Powerset place that could be changed, None for none.
        surplus: Entry and slot that could be given back, None for none.
    """

    reason: str
    entry: int | None = None
    slot: int | None = None
    place: int | None = None
    surplus: tuple[int, int] | None = None


def check(build: Build, catalog: Catalog) -> tuple[Violation, ...]:
    """Return all violations: of the build, then of its entries in order."""
    pieces = slotting_problems(build, catalog)
    return (
        *_character(build, catalog),
        *_slot_sums(build, catalog),
        *(
            violation
            for index, entry in enumerate(build.entries)
            if not entry.is_empty
            for violation in _entry(build, catalog, index, pieces)
        ),
    )


def set_members(build: Build, catalog: Catalog, place: int) -> tuple[Power, ...]:
    """Powers of a powerset place, those of its trunk first."""
    chosen = catalog.powerset(build.powersets[place]) if build.powersets[place] else None
    if chosen is None:
        return ()
    trunk = catalog.powers(chosen.trunk) if chosen.trunk else ()
    return (*trunk, *catalog.powers(chosen.id))


def _character(build: Build, catalog: Catalog) -> Iterator[Violation]:
    if catalog.archetype(build.archetype) is None:
        yield Violation(f"The game data do not know the archetype {build.archetype}.")
    places = [PRIMARY, SECONDARY, *range(UNUSED_PLACE + 1, ANCILLARY + 1)]
    sets = {place: build.powersets[place] for place in places if build.powersets[place]}
    for place, name in sets.items():
        if catalog.powerset(name) is None:
            yield Violation(f"The game data do not know the powerset {name}.", place=place)
    used = {entry.power.rpartition(".")[0].lower() for entry in build.entries}
    for (first, first_id), (second, second_id) in combinations(sets.items(), 2):
        a, b = catalog.powerset(first_id), catalog.powerset(second_id)
        both_pools = UNUSED_PLACE < first < ANCILLARY and UNUSED_PLACE < second < ANCILLARY
        if both_pools and not {first_id.lower(), second_id.lower()} <= used:
            continue
        if a and b and powersets_clash(a, b):
            reason = f"{a.display_name} and {b.display_name} exclude each other."
            yield Violation(reason, place=second)


def _slot_sums(build: Build, catalog: Catalog) -> Iterator[Violation]:
    surplus = build.added_slots - catalog.ruleset.max_slots
    if surplus > 0:
        yield Violation(
            f"{surplus} slots too many: {catalog.ruleset.max_slots} may be added.",
            surplus=_last_bought(build),
        )
    for level, count in sorted(added_by_level(build).items()):
        allowed = slots_allowed_at(catalog.ruleset, level)
        if count > allowed:
            yield Violation(
                f"{count} slots are bought at level {level}, which gives {allowed}.",
                surplus=_last_bought(build, level),
            )


def _last_bought(build: Build, level: int | None = None) -> tuple[int, int] | None:
    """Return entry and slot bought last, or last at a level; empty slots before filled ones."""
    bought = [
        (slot.level, slot.enhancement is None, index, number)
        for index, entry in enumerate(build.entries)
        for number, slot in enumerate(entry.slots)
        if number > 0 and slot in added_slots(entry) and level in (None, slot.level)
    ]
    return max(bought)[2:] if bought else None


def _entry(
    build: Build, catalog: Catalog, index: int, pieces: Mapping[tuple[int, int], str]
) -> Iterator[Violation]:
    entry = build.entries[index]
    power = catalog.power(entry.power)
    if power is None:
        yield Violation(f"The game data do not know the power {entry.power}.", index)
        return
    reason = _entry_reason(build, catalog, index, power)
    if reason:
        yield Violation(reason, index)
    yield from _slots(build, catalog, index, power, pieces)


def _entry_reason(build: Build, catalog: Catalog, index: int, power: Power) -> str:
    if build.find(power.id) != index:
        return "The power is in the build twice."
    if index >= build.pick_count:
        return ""
    return _first_picks_reason(build, catalog, index, power) or _pick_reason(
        build, catalog, index, power
    )


def _pick_reason(build: Build, catalog: Catalog, index: int, power: Power) -> str:
    reason = unmet(power, build, build.entries[index].level, catalog)
    if reason:
        return f"{power.display_name} {reason}."
    powerset = catalog.powerset(power.powerset)
    if powerset is None or powerset.kind == PowersetKind.INHERENT:
        return ""
    for place, name in enumerate(build.powersets):
        chosen = catalog.powerset(name) if name else None
        if chosen and place != UNUSED_PLACE and power.powerset in (chosen.id, chosen.trunk):
            return ""
    return f"{powerset.display_name} is not a chosen powerset."


def _first_picks_reason(build: Build, catalog: Catalog, index: int, power: Power) -> str:
    """Entry 0 holds a level-1 primary power, entry 1 a level-1 secondary power."""
    if index > SECONDARY:
        return ""
    firsts = [member for member in set_members(build, catalog, index) if member.level == 1]
    if not firsts or power.id in {member.id for member in firsts}:
        return ""
    kind = "primary" if index == PRIMARY else "secondary"
    names = " or ".join(dict.fromkeys(power_name(member.id, catalog) for member in firsts))
    return f"The first {kind} power must be {names}."


def _slots(
    build: Build,
    catalog: Catalog,
    index: int,
    power: Power,
    pieces: Mapping[tuple[int, int], str],
) -> Iterator[Violation]:
    entry = build.entries[index]
    if len(entry.slots) > MAX_SLOTS_IN_POWER:
        yield Violation(f"A power has at most {MAX_SLOTS_IN_POWER} slots.", index)
    oldest = first_slot_level(entry, power)
    bought = added_slots(entry)
    for number, slot in enumerate(entry.slots):
        if slot.level < oldest and slot in bought:
            yield Violation(f"The slot is older than the power, level {slot.level}.", index, number)
        if slot.enhancement is None:
            continue
        name = slot.enhancement.enhancement
        if catalog.enhancement(name) is None:
            yield Violation(f"The game data do not know {name}.", index, number)
        elif (index, number) in pieces:
            yield Violation(pieces[index, number], index, number)
