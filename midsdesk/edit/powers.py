"""Powers of a build: take, remove, switch, stack, swap.

Pure functions from build to build; an edit the rules forbid raises `RuleViolationError`. Order is
free: a power whose requirements are not met may be taken, `rules.check` then tells why it is
illegal.
Source: calculation reference B, sections 1.5, 1.11, 1.12 and 1.15.
"""

from dataclasses import replace

from midsdesk.edit.normalise import fresh_entry, normalise
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import PRIMARY, SECONDARY, Build, PowerEntry, Slot
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Activation, InherentKind, PowersetKind
from midsdesk.rules.requirements import class_refusal, power_name

_KHELDIAN = "kheldian_group"
_FORMS = ("Bright_Nova", "White_Dwarf", "Dark_Nova", "Black_Dwarf")


def pick_for(build: Build, catalog: Catalog, power: str, requested_level: int = 0) -> int | None:
    """Index of the empty pick where a power would go, None if no pick is left for it.

    The first empty pick at or above its own level and the requested one; the first two picks are
    for level-1 powers of the primary and of the secondary.
    """
    known = catalog.power(power)
    if known is None:
        return None
    lowest = max(requested_level, known.level)
    powerset = catalog.powerset(known.powerset)
    kind = powerset.kind if powerset else PowersetKind.NONE
    first = {PowersetKind.PRIMARY: PRIMARY, PowersetKind.SECONDARY: SECONDARY}.get(
        PowersetKind(kind) if kind in PowersetKind.__members__.values() else PowersetKind.NONE
    )
    for index, entry in enumerate(build.picks):
        if not entry.is_empty or entry.level < lowest:
            continue
        if index <= SECONDARY and (index != first or known.level != 1):
            continue
        return index
    return None


def take_power(build: Build, catalog: Catalog, power: str, requested_level: int = 0) -> Build:
    """Take a power at the pick `pick_for` names.

    Raises:
        RuleViolationError: Unknown, not for the archetype, in the build already, or no empty pick
            at or above its level is left.
    """
    known = catalog.power(power)
    if known is None:
        raise RuleViolationError(f"The game data do not know the power {power}.")
    if build.find(known.id) is not None:
        raise RuleViolationError(f"{known.display_name} is in the build already.")
    reason = class_refusal(known, build.archetype)
    if reason:
        raise RuleViolationError(f"{known.display_name} is {reason}.")
    index = pick_for(build, catalog, known.id, requested_level)
    if index is None:
        level = max(known.level, requested_level)
        raise RuleViolationError(
            f"No empty pick at level {level} or above is left for {known.display_name}."
        )
    entry = fresh_entry(known, build.entries[index].level, catalog)
    return normalise(build.with_entry(index, entry), catalog)


def remove_power(build: Build, catalog: Catalog, index: int) -> Build:
    """Empty a pick, its slots included. Incarnate powers and the like leave the build.

    Raises:
        RuleViolationError: The power came by itself and cannot be removed.
    """
    entry = _filled(build, index)
    if index < build.pick_count:
        return normalise(build.with_entry(index, PowerEntry(PowerId(""), entry.level)), catalog)
    rest = (*build.entries[:index], *build.entries[index + 1 :])
    changed = normalise(replace(build, entries=rest), catalog)
    if changed.find(entry.power) is not None:
        name = power_name(entry.power, catalog)
        raise RuleViolationError(f"{name} comes by itself and cannot be removed.")
    return changed


def can_switch(power: Power) -> bool:
    """Whether the user may switch a power on and off: toggles, autos, buff clicks."""
    if power.activation in (Activation.TOGGLE, Activation.AUTO):
        return True
    return power.activation == Activation.CLICK and power.click_buff


def set_included(build: Build, catalog: Catalog, index: int, included: bool) -> Build:
    """Let an entry count in the totals or not. Switching on switches its rivals off.

    Raises:
        RuleViolationError: The power cannot be switched.
    """
    entry = _filled(build, index)
    power = catalog.power(entry.power)
    if power is None or not can_switch(power):
        raise RuleViolationError(f"{power_name(entry.power, catalog)} cannot be switched.")
    changed = build.with_entry(index, replace(entry, included=included))
    if not included:
        return changed
    for rival in running_rivals(build, catalog, index):
        changed = changed.with_entry(rival, replace(changed.entries[rival], included=False))
    return changed


def running_rivals(build: Build, catalog: Catalog, index: int) -> tuple[int, ...]:
    """Included entries that cannot run together with an entry. Autos always can."""
    power = catalog.power(build.entries[index].power)
    if power is None or power.exclusive_ignored:
        return ()
    found = []
    for number, entry in enumerate(build.entries):
        other = catalog.power(entry.power) if entry.included and number != index else None
        if other is None or other.exclusive_ignored or not can_switch(other):
            continue
        if other.activation != Activation.AUTO and _rivals(power, other):
            found.append(number)
    return tuple(found)


def set_procs_off(build: Build, index: int, procs_off: bool) -> Build:
    """Let the chance effects of an entry's pieces count or not."""
    return build.with_entry(index, replace(_filled(build, index), procs_off=procs_off))


def set_stacks(build: Build, catalog: Catalog, index: int, stacks: int) -> Build:
    """Set how many times the variable effect of an entry is assumed; clamped to its range.

    Raises:
        RuleViolationError: The power has no variable effect.
    """
    entry = _filled(build, index)
    power = catalog.power(entry.power)
    if power is None or not power.has_variable:
        raise RuleViolationError(f"{power_name(entry.power, catalog)} has no stacks.")
    stacks = min(max(stacks, power.variable_min), power.variable_max)
    return build.with_entry(index, replace(entry, stacks=stacks))


def swap_entries(build: Build, catalog: Catalog, first: int, second: int) -> Build:
    """Exchange two picks; levels stay, slots too old for their new power trade levels.

    Raises:
        RuleViolationError: One of them is no pick.
    """
    if not (0 <= first < build.pick_count and 0 <= second < build.pick_count):
        raise RuleViolationError("Only picks can change places.")
    if first == second:
        return build
    one, two = build.entries[first], build.entries[second]
    to_first, to_second = _traded_slots(two, one, one.level), _traded_slots(one, two, two.level)
    changed = build.with_entry(first, replace(two, level=one.level, slots=to_first))
    changed = changed.with_entry(second, replace(one, level=two.level, slots=to_second))
    return normalise(changed, catalog)


def _traded_slots(moved: PowerEntry, other: PowerEntry, level: int) -> tuple[Slot, ...]:
    """Slots of `moved` at its new level; both sides of a trade are worked out alike."""
    slots = []
    for number, slot in enumerate(moved.slots):
        new = slot.level
        partner = other.slots[number].level if number < len(other.slots) else None
        if number == 0:
            new = max(1, level)
        elif partner is not None and (
            slot.level < level <= partner or partner < moved.level <= slot.level
        ):
            new = partner
        slots.append(slot if new == slot.level else replace(slot, level=new))
    return tuple(slots)


def _filled(build: Build, index: int) -> PowerEntry:
    if not 0 <= index < len(build.entries) or build.entries[index].is_empty:
        raise RuleViolationError("There is no power here.")
    return build.entries[index]


def _rivals(power: Power, other: Power) -> bool:
    groups = {name.lower() for name in power.exclusive_groups}
    others = {name.lower() for name in other.exclusive_groups}
    if power.name in _FORMS and other.inherent_kind in (
        InherentKind.ACCOLADE,
        InherentKind.INCARNATE,
    ):
        return False
    if _KHELDIAN in groups:
        return True
    if _KHELDIAN in others:
        return other.activation != Activation.CLICK or other.name == "Light_Form"
    return not groups.isdisjoint(others)
