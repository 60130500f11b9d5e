"""The problems dock: what rules and calculator find, as rows with links.

Source: design, section 3.14.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from midsdesk.app import commands
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.app.numbers import with_unit
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.describe import lines_of
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain import Explainer
from midsdesk.calc.explain_atoms import Atoms, Bonus
from midsdesk.calc.explain_names import piece_title, set_title
from midsdesk.calc.power_view_alone import alone
from midsdesk.calc.power_view_strength import slot_gains, strength_rows
from midsdesk.model.explanation import SourceKind
from midsdesk.model.ids import EnhancementId
from midsdesk.model.totals import Statistic
from midsdesk.model.vocab import Activation
from midsdesk.rules.problems import nothing_wrong, problems
from midsdesk.rules.problems_model import (
    Action,
    DeadProc,
    DeadReason,
    DeepSlot,
    Measured,
    OverCap,
    Problem,
    Remedy,
    Severity,
    WastedBonus,
)

_LITTLE: Final = 0.2
_NOTHING_LOST: Final = 0.05
_ICONS: Final = {
    Severity.ERROR: "mark-error",
    Severity.WARNING: "mark-warn",
    Severity.HINT: "mark-info",
}
_GROUPS: Final = {
    "resistance": "resistance",
    "debuff_resistance": "debuff resistance",
}
_SWITCHABLE: Final = frozenset({SourceKind.POWER, SourceKind.INCARNATE, SourceKind.TEMPORARY})


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One row: icon, title, reason, links; `remedies` stand in the order of `links`."""

    icon: str
    severity: Severity
    title: str
    reason: str
    entry: int | None
    slot: int | None
    links: tuple[str, ...]
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class ProblemList:
    """The dock: rows, counts for the chips, and what an empty list says ("" otherwise)."""

    rows: tuple[ProblemRow, ...]
    errors: int
    warnings: int
    hints: int
    empty: str


def problem_list(document: Document) -> ProblemList:
    """Everything worth mending in the open build."""
    key = (document.build, document.settings)
    return document.memo.value("problems", key, partial(_list, document))


def _list(document: Document) -> ProblemList:
    calculation = document.calculation
    measured = measure(calculation) if isinstance(calculation, Calculation) else None
    found = problems(document.build, document.catalog, measured, document.violations)
    counts = [sum(each.severity is level for each in found) for level in Severity]
    return ProblemList(
        rows=tuple(_row(each) for each in found),
        errors=counts[0],
        warnings=counts[1],
        hints=counts[2],
        empty="" if found else nothing_wrong(document.build),
    )


def _row(each: Problem) -> ProblemRow:
    return ProblemRow(
        icon=_ICONS[each.severity],
        severity=each.severity,
        title=each.title,
        reason=each.reason,
        entry=each.entry,
        slot=each.slot,
        links=tuple(remedy.label for remedy in each.remedies),
        remedies=each.remedies,
    )


def remedy_command(document: Document, remedy: Remedy) -> Command | None:
    """The step a remedy stands for; None for those that only show something."""
    if remedy.action is Action.TAKE_POWER:
        return commands.take_power(document, remedy.name)
    entry, slot = remedy.entry, remedy.slot
    if entry is None:
        return None
    match remedy.action:
        case Action.REMOVE_POWER:
            return commands.remove_power(document, entry)
        case Action.SWITCH_ON | Action.SWITCH_OFF:
            return commands.set_included(document, entry, remedy.action is Action.SWITCH_ON)
        case Action.PROCS_ON:
            return commands.set_procs_off(document, entry, False)
        case Action.CLEAR_SLOT if slot is not None:
            return commands.clear_slot(document, entry, slot)
        case Action.REMOVE_SLOT if slot is not None:
            return commands.remove_slot(document, entry, slot)
    return None


def measure(calculation: Calculation) -> Measured:
    """What only the calculator knows about waste."""
    return Measured(
        wasted=tuple(_wasted(calculation)),
        over_cap=tuple(_over_caps(calculation)),
        deep=tuple(_deep(calculation)),
        dead=tuple(_dead(calculation)),
    )


# -- bonuses over the rule of five ---------------------------------------------------------------


def _wasted(calculation: Calculation) -> Iterator[WastedBonus]:
    catalog = calculation.context.catalog
    for bonus in Atoms(calculation).bonuses():
        if bonus.counts or bonus.for_pets:
            continue
        yield WastedBonus(
            entry=bonus.entry,
            set_id=bonus.slotted.set_id,
            set_name=set_title(bonus.slotted.set_id, catalog),
            effect=_effect(calculation, bonus),
            number=bonus.number,
            pieces=_only_for(calculation, bonus),
        )


def _effect(calculation: Calculation, bonus: Bonus) -> str:
    catalog = calculation.context.catalog
    power = catalog.power(bonus.power)
    numbers = alone(calculation, [power]).power(0) if power is not None else None
    if power is None or numbers is None:
        return bonus.power
    lines = [line for line in lines_of(numbers.effects, power, catalog) if line.in_force]
    return ", ".join(line.text.replace(" to self", "") for line in lines) or power.display_name


def _only_for(calculation: Calculation, bonus: Bonus) -> tuple[EnhancementId, ...]:
    """Pieces that stand in the power for this bonus only: it is the last one they reach."""
    pieces = bonus.slotted.pieces
    family = calculation.context.catalog.enhancement_set(bonus.slotted.set_id)
    if family is None:
        return ()
    if bonus.tier == 0:
        special = [
            piece
            for place, piece in enumerate(family.pieces)
            if place < len(family.specials) and bonus.power in family.specials[place]
        ]
        return tuple(piece for piece in pieces if piece in special)
    tiers = sorted({each.slotted for each in family.bonuses if each.slotted <= len(pieces)})
    if tiers[-1] != bonus.tier:
        return ()
    below = tiers[-2] if len(tiers) > 1 else 1
    return pieces[below:]


# -- values over a cap ---------------------------------------------------------------------------


def _over_caps(calculation: Calculation) -> Iterator[OverCap]:
    explainer = Explainer(calculation)
    seen: dict[tuple[str, float, float], list[Statistic]] = {}
    for each in calculation.statistics:
        lost = each.uncapped - each.value
        if each.cap is None or lost < _NOTHING_LOST or each.key.endswith(".per_second"):
            continue
        group = each.key.partition(".")[0]
        seen.setdefault((group, round(lost, 3), round(each.cap, 3)), []).append(each)
    for members in seen.values():
        first = members[0]
        yield OverCap(
            key=first.key,
            name=_names(members),
            lost=with_unit(first.uncapped - first.value, first.unit),
            cap=with_unit(first.value, first.unit),
            entries=_raisers(calculation, explainer, first.key),
        )


def _names(members: list[Statistic]) -> str:
    labels = [each.label.lower() for each in members]
    said = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
    group = _GROUPS.get(members[0].key.partition(".")[0], "")
    return f"{said} {group}".strip()


def _raisers(calculation: Calculation, explainer: Explainer, key: str) -> tuple[int, ...]:
    """Entries of powers that can be switched off, the one that raises most first."""
    found = []
    for each in explainer.total(key).contributions:
        if each.entry is None or each.value <= 0 or each.kind not in _SWITCHABLE:
            continue
        worked = calculation.worked[each.entry]
        if worked is not None and worked.prepared.taken.activation != Activation.AUTO:
            found.append(each.entry)
    return tuple(dict.fromkeys(found))


# -- what diversification eats -------------------------------------------------------------------


def _deep(calculation: Calculation) -> Iterator[DeepSlot]:
    for entry, worked in enumerate(calculation.worked):
        if worked is not None and len(worked.entry.slots) > 1:
            yield from _deep_in(calculation, entry, worked)


def _deep_in(calculation: Calculation, entry: int, worked: Worked) -> Iterator[DeepSlot]:
    """One slot for each strength: of equal ones the last."""
    thresholds = calculation.context.ruleset.enhancements.ed_thresholds
    rows = strength_rows(calculation, entry, worked)
    gives: dict[int, float] = {}
    adds: dict[int, float] = {}
    for row in rows:
        gains = slot_gains(row, thresholds)
        for slot, value in row.slots.items():
            gives[slot] = gives.get(slot, 0.0) + value
            adds[slot] = adds.get(slot, 0.0) + gains[slot]
    deepest: dict[str, DeepSlot] = {}
    for slot, value in gives.items():
        if value <= 0 or adds[slot] >= _LITTLE * value:
            continue
        row = max(
            (row for row in rows if slot in row.slots),
            key=lambda row: row.slotted - row.diversified,
        )
        deepest[row.name] = DeepSlot(
            entry=entry,
            slot=slot,
            strength=row.name,
            slotted=row.slotted,
            left=row.diversified,
            gives=value,
            adds=adds[slot],
            for_set=_counts_for_set(calculation, entry, worked, slot),
        )
    yield from deepest.values()


def _counts_for_set(calculation: Calculation, entry: int, worked: Worked, slot: int) -> bool:
    held = worked.entry.slots[slot].enhancement
    if held is None:
        return False
    return any(
        held.enhancement in each.pieces and len(each.pieces) > 1
        for each in calculation.sets_by_entry[entry]
    )


# -- procs that cannot fire ----------------------------------------------------------------------


def _dead(calculation: Calculation) -> Iterator[DeadProc]:
    catalog = calculation.context.catalog
    for entry, worked in enumerate(calculation.worked):
        reason = _why_dead(calculation, worked) if worked is not None else None
        if worked is None or reason is None:
            continue
        for number, slot in enumerate(worked.entry.slots):
            held = slot.enhancement
            piece = catalog.enhancement(held.enhancement) if held is not None else None
            if piece is not None and piece.is_proc:
                yield DeadProc(entry, number, piece_title(piece, catalog), reason)


def _why_dead(calculation: Calculation, worked: Worked) -> DeadReason | None:
    if calculation.context.settings.ignore_enhancement_effects:
        return DeadReason.IGNORED
    if worked.entry.procs_off:
        return DeadReason.PROCS_OFF
    activation = worked.prepared.host.activation
    if activation in (Activation.GLOBAL_BOOST, Activation.BOOST):
        return DeadReason.NEVER_USED
    if activation in (Activation.TOGGLE, Activation.AUTO) and not worked.entry.included:
        return DeadReason.NOT_LIT
    return None
