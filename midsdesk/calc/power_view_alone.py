"""Numbers of powers that stand in no entry: a power in a list, the powers of a pet.

They get a small calculation of their own, so that everything that shows or explains a power works
on them too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from midsdesk.calc import cells
from midsdesk.calc import totals as totals_stage
from midsdesk.calc.assemble import Assembler
from midsdesk.calc.bonuses import NONE as NO_BONUSES
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import Context
from midsdesk.calc.entry import Boosting, Standing, Worked, parts_of
from midsdesk.calc.pieces import NOTHING, Slotted
from midsdesk.calc.prepare import Preparer
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.game import Enhancement, Power


@dataclass(frozen=True, slots=True)
class Lent:
    """What a summoner lends to its pets' powers: its slots and what they hold.

    Attributes:
        boosters: Entries whose strengths reach all powers that take enhancements (Alpha).
    """

    entry: PowerEntry
    slotted: Slotted
    pieces: tuple[Enhancement, ...]
    boosters: tuple[Worked, ...] = ()


def lent_by(worked: Worked, context: Context) -> Lent:
    """Return what an entry lends to the powers of what it summons."""
    parts = parts_of(worked.entry, context)
    return Lent(worked.entry, worked.slotted, parts.pieces if parts is not None else ())


def alone(
    calculation: Calculation,
    powers: Sequence[Power],
    context: Context | None = None,
    lent: Lent | None = None,
) -> Calculation:
    """Return a calculation with one entry for each of `powers`, in order.

    Nothing of the build strengthens them but what is lent; the conditions of their effects hear
    the build's facts.

    Args:
        context: Of another class than the character's, for pets.
    """
    context = context or calculation.context
    worked = tuple(_worked(calculation, power, context, lent) for power in powers)
    nothing = cells.empty()
    raw = totals_stage.totals(nothing, nothing, endurance_use=0.0, can_fly=False, context=context)
    entries = tuple(each.entry for each in worked)
    return replace(
        calculation,
        build=Build(calculation.build.archetype, entries=entries, pick_count=len(entries)),
        context=context,
        known=calculation.facts,
        settled=True,
        totals=raw,
        global_sums=tuple(nothing),
        own_sums=tuple(nothing),
        parts=(),
        bonuses=NO_BONUSES,
        work=lambda _facts: worked,
        boosters=lent.boosters if lent is not None else (),
        _powers={},
    )


def _worked(calculation: Calculation, power: Power, context: Context, lent: Lent | None) -> Worked:
    facts = calculation.facts
    # Special effects of pieces come to powers that take enhancements at all.
    pieces = lent.pieces if lent is not None and power.enhancement_classes else ()
    slotted = lent.slotted if lent is not None else NOTHING
    slots = lent.entry.slots if lent is not None else ()
    entry = PowerEntry(power.id, 0, slots, included=True, stacks=power.variable_start)
    assembly = Assembler(context, facts).assemble(power, pieces)
    prepared = Preparer(context, facts).prepare(power, assembly, power.variable_start)
    boosting = None
    if lent is not None and lent.boosters and power.enhancement_classes:
        boosting = Boosting([each.prepared for each in lent.boosters])
        prepared = replace(prepared, slottable=True)
    standing = Standing(prepared, context, included=True, boosting=boosting)
    return Worked(entry, standing, slotted)
