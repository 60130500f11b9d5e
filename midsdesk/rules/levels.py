"""Picks and slots by level: what a level gives and where the next slot comes from.

Levels count from 1. A power brings one free slot; all further ones are added slots, bought at the
levels the ruleset lists, and `max_slots` limits their number.
Source: calculation reference B, sections 1.14 and 7.1, with the correction of its item 27: added
slots are counted by level, free ones never.
"""

from collections import Counter
from collections.abc import Mapping

from midsdesk.model.build import MAX_SLOTS_IN_POWER, Build, PowerEntry, Slot
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ruleset import Ruleset
from midsdesk.model.vocab import PowersetKind

_SLOTTABLE_KINDS = frozenset(
    {
        PowersetKind.PRIMARY,
        PowersetKind.SECONDARY,
        PowersetKind.ANCILLARY,
        PowersetKind.INHERENT,
        PowersetKind.POOL,
    }
)


def is_slottable(power: Power, catalog: Catalog) -> bool:
    """Whether a power has slots: it accepts some class and its powerset is of a slottable kind."""
    if not power.enhancement_classes:
        return False
    powerset = catalog.powerset(power.powerset)
    return powerset is not None and powerset.kind in _SLOTTABLE_KINDS


def added_slots(entry: PowerEntry) -> tuple[Slot, ...]:
    """The bought slots of an entry: neither the free one nor inherent ones."""
    if entry.is_empty:
        return ()
    return tuple(slot for slot in entry.slots if not slot.inherent)[1:]


def added_by_level(build: Build) -> Counter[int]:
    """How many slots were bought at each level."""
    return Counter(slot.level for entry in build.entries for slot in added_slots(entry))


def slots_left(build: Build, ruleset: Ruleset) -> int:
    """How many slots may still be bought; negative when a build holds too many."""
    return ruleset.max_slots - build.added_slots


def slots_allowed_at(ruleset: Ruleset, level: int) -> int:
    """Most slots that either level table grants at a level (a file does not say which one)."""
    granted = 0
    for table in (ruleset.levels, ruleset.respec_levels):
        if 1 <= level <= len(table):
            granted = max(granted, table[level - 1].slots)
    return granted


def first_slot_level(entry: PowerEntry, power: Power | None) -> int:
    """Lowest level a slot of the entry may have; slots of some powers may be older than it."""
    if power is not None and power.allow_front_loading:
        return 1
    return max(1, entry.level)


def next_slot_level(
    build: Build, catalog: Catalog, index: int, used: Mapping[int, int] | None = None
) -> int | None:
    """Level at which a further slot of the entry would be bought, None if there is none.

    `used` is what `added_by_level` gives, made once for many questions.
    """
    used = added_by_level(build) if used is None else used
    if slot_refusal(build, catalog, index, used):
        return None
    return _free_level(build, catalog, index, used)


def slot_refusal(
    build: Build, catalog: Catalog, index: int, used: Mapping[int, int] | None = None
) -> str:
    """Why the entry cannot get a further slot; "" if it can. `used` as in `next_slot_level`."""
    entry = build.entries[index]
    if entry.is_empty:
        return "An empty pick has no slots."
    power = catalog.power(entry.power)
    if power is None:
        return "The game data do not know this power."
    if not is_slottable(power, catalog):
        return f"{power.display_name} takes no enhancements."
    if len(entry.slots) >= MAX_SLOTS_IN_POWER:
        return f"A power has at most {MAX_SLOTS_IN_POWER} slots."
    used = added_by_level(build) if used is None else used
    return _stock_refusal(build, catalog, index, used) if entry.slots else ""


def _stock_refusal(build: Build, catalog: Catalog, index: int, used: Mapping[int, int]) -> str:
    if sum(used.values()) >= catalog.ruleset.max_slots:
        return f"All {catalog.ruleset.max_slots} slots are placed."
    if _free_level(build, catalog, index, used) is None:
        return f"No slot from level {build.entries[index].level} on is left."
    return ""


def _free_level(build: Build, catalog: Catalog, index: int, used: Mapping[int, int]) -> int | None:
    entry = build.entries[index]
    start = first_slot_level(entry, catalog.power(entry.power))
    if not entry.slots:
        return max(1, entry.level)
    for level, grant in enumerate(catalog.ruleset.levels, 1):
        if level >= start and grant.slots > used.get(level, 0):
            return level
    return None
