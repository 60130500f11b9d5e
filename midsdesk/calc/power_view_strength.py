"""The strength table of a power: slotted, after diversification, with globals; which slot gives
what.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.describe_words import strength_name
from midsdesk.calc.diversification import diversify
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_chain import Chains
from midsdesk.calc.explain_strength import Strengths, Sum
from midsdesk.calc.strengthen import (
    ACCURACY,
    ENDURANCE,
    INTERRUPT,
    RANGE,
    RECHARGE,
    attribute_strengths,
    effect_factors,
    to_duration,
)

_NAMES: Final = (
    ("Accuracy", ACCURACY),
    ("Endurance", ENDURANCE),
    ("Recharge", RECHARGE),
    ("Range", RANGE),
    ("Interrupt", INTERRUPT),
)


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """One line of the table; strengths are fractions (0.95 = +95 %).

    Attributes:
        slotted: Of slots and Alpha before diversification. diversified: after it.
        final: With globals and what Alpha adds beyond diversification, within caps.
        band: 0 for "nothing lost", 1 to 3 for the bands. schedule: 0 to 3.
        figure: Name under which `explain_power` says what `final` is made of.
        slots: What the piece of each slot gives, before diversification.
    """

    name: str
    slotted: float
    diversified: float
    final: float
    band: int
    schedule: int
    figure: str
    slots: Mapping[int, float] = field(default_factory=dict)


def strength_rows(calculation: Calculation, entry: int, worked: Worked) -> tuple[StrengthRow, ...]:
    """Return a line for everything of a power that is strengthened."""
    strengths = Chains(calculation).strengths(entry, worked)
    rows = [*_effects(calculation, worked, strengths), *_attributes(calculation, worked, strengths)]
    return tuple(row for row in rows if abs(row.slotted) > 1e-9 or abs(row.final) > 1e-9)


def slot_gains(
    row: StrengthRow, thresholds: tuple[tuple[float, float, float], ...]
) -> dict[int, float]:
    """Return by slot what its piece adds after diversification, all others staying."""
    if not row.band:
        return dict(row.slots)
    return {
        slot: row.diversified - diversify(row.slotted - value, row.schedule, thresholds)
        for slot, value in row.slots.items()
    }


def _attributes(
    calculation: Calculation, worked: Worked, strengths: Strengths
) -> Iterator[StrengthRow]:
    final = attribute_strengths(
        worked.strengths, list(calculation.global_sums), calculation.context
    )
    host = worked.prepared.host
    uses = {
        ACCURACY: host.accuracy,
        ENDURANCE: host.endurance_cost,
        RECHARGE: host.recharge_time,
        RANGE: host.range,
        INTERRUPT: host.interrupt_time,
    }
    for name, which in _NAMES:
        if uses[which]:
            value = final[which] - (0 if which == ACCURACY else 1)
            slots = strengths.slots_of(None, which)
            figure = f"strength.{name.lower()}"
            yield _row(name, strengths.attribute_sum(which), value, slots, figure)


def _effects(
    calculation: Calculation, worked: Worked, strengths: Strengths
) -> Iterator[StrengthRow]:
    """Yield one line for each kind of effect: of equal ones the first stands for all."""
    seen: dict[str, list[tuple[float, float]]] = {}
    g = list(calculation.global_sums)
    for index, each in enumerate(worked.effects):
        if not each.buffable or not (each.met and each.fits) or each.from_enhancement:
            continue
        lengthens = to_duration(each)
        total = strengths.effect_sum(index, duration=lengthens)
        if abs(total.raw) < 1e-9:
            continue
        factors = effect_factors(each, index, worked.strengths, g, calculation.context)
        final = factors[1 if lengthens else 0] - 1
        name = strength_name(each.attribute, each.status, each.modifies)
        same = seen.setdefault(name, [])
        if any(abs(a - total.raw) < 1e-9 and abs(b - final) < 1e-9 for a, b in same):
            continue
        same.append((total.raw, final))
        slots = strengths.slots_of(index, None, duration=lengthens)
        yield _row(name, total, final, slots, f"strength.effect.{index}")


def _row(name: str, total: Sum, final: float, slots: dict[int, float], figure: str) -> StrengthRow:
    return StrengthRow(
        name, total.raw, total.after, final, total.band, total.schedule, figure, slots
    )
