"""What only the calculator knows about waste: bonuses over five, caps, diversification, procs.

Finding it all can take a quarter of a second in a large build, so it is done in steps: the window
takes one after the other while nobody waits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

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
from midsdesk.rules.problems_model import (
    DeadProc,
    DeadReason,
    DeepSlot,
    Measured,
    OverCap,
    WastedBonus,
)

_LITTLE: Final = 0.2
_NOTHING_LOST: Final = 0.05
_GROUPS: Final = {
    "resistance": "resistance",
    "debuff_resistance": "debuff resistance",
}
_SWITCHABLE: Final = frozenset({SourceKind.POWER, SourceKind.INCARNATE, SourceKind.TEMPORARY})


@dataclass
class Measuring:
    """The work in steps; `measured` is whole when `steps` has ended."""

    calculation: Calculation
    wasted: list[WastedBonus] = field(default_factory=list)
    over_cap: list[OverCap] = field(default_factory=list)
    deep: list[DeepSlot] = field(default_factory=list)
    dead: list[DeadProc] = field(default_factory=list)

    def steps(self) -> Iterator[None]:
        """Do a bit of the work between two values."""
        self.dead += _dead(self.calculation)
        yield
        self.wasted += _wasted(self.calculation)
        yield
        explainer = Explainer(self.calculation)
        for group in _groups_over_cap(self.calculation):
            self.over_cap.append(_over_cap(self.calculation, explainer, group))
            yield
        for entry, worked in enumerate(self.calculation.worked):
            if worked is not None and len(worked.entry.slots) > 1:
                self.deep += _deep_in(self.calculation, entry, worked)
                yield

    @property
    def measured(self) -> Measured:
        """What was found so far."""
        return Measured(self.wasted, self.over_cap, self.deep, self.dead)


def measure(calculation: Calculation) -> Measured:
    """What only the calculator knows about waste, in one go."""
    work = Measuring(calculation)
    for _ in work.steps():
        pass
    return work.measured


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


def _groups_over_cap(calculation: Calculation) -> list[list[Statistic]]:
    """Return the numbers over a cap; those of a group that lose the same stand together."""
    seen: dict[tuple[str, float, float], list[Statistic]] = {}
    for each in calculation.statistics:
        lost = each.uncapped - each.value
        if each.cap is None or lost < _NOTHING_LOST or each.key.endswith(".per_second"):
            continue
        group = each.key.partition(".")[0]
        seen.setdefault((group, round(lost, 3), round(each.cap, 3)), []).append(each)
    return list(seen.values())


def _over_cap(calculation: Calculation, explainer: Explainer, members: list[Statistic]) -> OverCap:
    first = members[0]
    return OverCap(
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
    for each in explainer.contributions(key):
        if each.entry is None or each.value <= 0 or each.kind not in _SWITCHABLE:
            continue
        worked = calculation.worked[each.entry]
        if worked is not None and worked.prepared.taken.activation != Activation.AUTO:
            found.append(each.entry)
    return tuple(dict.fromkeys(found))


# -- what diversification eats -------------------------------------------------------------------


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
