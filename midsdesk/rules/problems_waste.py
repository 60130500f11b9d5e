"""What a build wastes: bonuses over the rule of five, values over a cap, strength that
diversification eats, procs that cannot fire.
"""

from collections.abc import Iterator, Sequence

from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.rules.problems_model import (
    RULE_OF_FIVE,
    Action,
    DeadProc,
    DeadReason,
    DeepSlot,
    Measured,
    OverCap,
    Problem,
    ProblemKind,
    Remedy,
    Severity,
    WastedBonus,
)
from midsdesk.rules.requirements import power_name


def slot_remedies(build: Build, entry: int, slot: int) -> tuple[Remedy, ...]:
    """Return what can be done about a slot."""
    slots = build.entries[entry].slots
    filled = slot < len(slots) and slots[slot].enhancement is not None
    remedies = [Remedy("Go to slot", Action.GO_TO, entry, slot)]
    if filled:
        remedies.append(Remedy("Choose another", Action.CHOOSE_PIECE, entry, slot))
        remedies.append(Remedy("Empty the slot", Action.CLEAR_SLOT, entry, slot))
    if slot > 0:
        remedies.append(Remedy("Remove the slot", Action.REMOVE_SLOT, entry, slot))
    return tuple(remedies)


def wasted(build: Build, catalog: Catalog, measured: Measured) -> Iterator[Problem]:
    """Yield all that is wasted."""
    yield from _wasted(build, catalog, measured.wasted)
    yield from _dead(build, catalog, measured.dead)
    yield from _over_cap(build, catalog, measured.over_cap)
    yield from _deep(build, catalog, measured.deep)


def _name(build: Build, catalog: Catalog, entry: int) -> str:
    return power_name(build.entries[entry].power, catalog)


def _wasted(build: Build, catalog: Catalog, wasted: Sequence[WastedBonus]) -> Iterator[Problem]:
    for each in wasted:
        where = _name(build, catalog, each.entry)
        lost = f"{each.effect} from {each.set_name} in {where}"
        reason = f"{lost} is copy {each.number}; {RULE_OF_FIVE} of the same count."
        if each.pieces:
            names = [piece.name for name in each.pieces if (piece := catalog.enhancement(name))]
            few = "piece" if len(names) == 1 else "pieces"
            reason += f" Needed for nothing else: {few} {', '.join(names)}."
        slot = _slot_of(build, catalog, each)
        remedies: tuple[Remedy, ...] = (Remedy("Go to power", Action.GO_TO, each.entry),)
        if slot is not None:
            remedies = slot_remedies(build, each.entry, slot)
        ordinal = "Sixth" if each.number == RULE_OF_FIVE + 1 else f"{each.number}th"
        yield Problem(
            ProblemKind.WASTED_BONUS,
            Severity.WARNING,
            f"{ordinal} copy wasted",
            reason,
            each.entry,
            slot,
            remedies,
        )


def _slot_of(build: Build, catalog: Catalog, each: WastedBonus) -> int | None:
    """Return the slot of the piece that only this bonus needs, else of the set's last piece."""
    found = None
    for number, slot in enumerate(build.entries[each.entry].slots):
        if slot.enhancement is None:
            continue
        name = slot.enhancement.enhancement
        if each.pieces and name == each.pieces[-1]:
            return number
        piece = catalog.enhancement(name)
        if piece is not None and piece.set_id == each.set_id:
            found = number
    return found


def _over_cap(build: Build, catalog: Catalog, over: Sequence[OverCap]) -> Iterator[Problem]:
    for each in over:
        reason = f"{each.lost} above {each.cap}"
        remedies = [Remedy("Show sources", Action.SHOW_SOURCES, name=each.key)]
        if each.entries:
            first = each.entries[0]
            name = _name(build, catalog, first)
            reason += f" while {name} is included"
            remedies.append(Remedy(f"Switch off {name}", Action.SWITCH_OFF, first))
        yield Problem(
            ProblemKind.OVER_CAP,
            Severity.WARNING,
            f"Over the cap: {each.name}",
            f"{reason}.",
            None,
            None,
            tuple(remedies),
        )


def _deep(build: Build, catalog: Catalog, deep: Sequence[DeepSlot]) -> Iterator[Problem]:
    for each in deep:
        lost = (each.slotted - each.left) * 100
        reason = (
            f"{each.strength} in {_name(build, catalog, each.entry)}: "
            f"{each.slotted * 100:.1f} % slotted, {each.left * 100:.1f} % left. "
            f"Slot {each.slot + 1} gives {each.gives * 100:.1f} % and adds {each.adds * 100:.1f} %."
        )
        if each.for_set:
            reason += " It counts for its set."
        yield Problem(
            ProblemKind.DIVERSIFICATION,
            Severity.HINT if each.for_set else Severity.WARNING,
            f"Diversification eats {lost:.1f} points",
            reason,
            each.entry,
            each.slot,
            slot_remedies(build, each.entry, each.slot),
        )


_WHY_DEAD = {
    DeadReason.PROCS_OFF: "the procs of the power are switched off",
    DeadReason.NOT_LIT: "the power is switched off",
    DeadReason.NEVER_USED: "the power is never used by itself",
    DeadReason.IGNORED: "special effects of enhancements are ignored",
}


def _dead(build: Build, catalog: Catalog, dead: Sequence[DeadProc]) -> Iterator[Problem]:
    for each in dead:
        remedies = [Remedy("Go to slot", Action.GO_TO, each.entry, each.slot)]
        if each.reason is DeadReason.PROCS_OFF:
            remedies.append(Remedy("Switch procs on", Action.PROCS_ON, each.entry))
        elif each.reason is DeadReason.NOT_LIT:
            remedies.append(Remedy("Switch it on", Action.SWITCH_ON, each.entry))
        elif each.reason is DeadReason.IGNORED:
            remedies.append(Remedy("Count such effects", Action.COUNT_EFFECTS))
        else:
            remedies += slot_remedies(build, each.entry, each.slot)[1:]
        where = _name(build, catalog, each.entry)
        yield Problem(
            ProblemKind.DEAD_PROC,
            Severity.WARNING if each.reason is DeadReason.PROCS_OFF else Severity.HINT,
            f"{each.piece} cannot fire",
            f"In {where}: {_WHY_DEAD[each.reason]}.",
            each.entry,
            each.slot,
            tuple(remedies),
        )
