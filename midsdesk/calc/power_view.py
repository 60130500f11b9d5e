"""All numbers of a power side by side: untouched, with its own slots, with globals.

Source: calculation reference A, sections 8.1 to 8.5.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from midsdesk.calc import cells
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import Context
from midsdesk.calc.damage import damage_of, repeats
from midsdesk.calc.explain_figures import hit_of
from midsdesk.calc.explain_plain import longest_effect
from midsdesk.calc.live import arcana_time
from midsdesk.calc.power_view_strength import StrengthRow, strength_rows
from midsdesk.model.game import Power
from midsdesk.model.settings import DamageMode
from midsdesk.model.totals import FinalEffect, PowerFigures, PowerNumbers
from midsdesk.model.vocab import Activation


@dataclass(frozen=True, slots=True)
class Three:
    """A number without anything, with the power's own slots and Alpha, with everything."""

    base: float
    slotted: float
    final: float


@dataclass(frozen=True, slots=True)
class DamagePart:
    """One damage effect.

    Attributes:
        magnitude: Points of one hit. ticks: 1 for a single hit.
        expected: Points for an activation, with chance and ticks.
        effect: Its number in `PowerNumbers.effects`.
    """

    damage_type: int
    magnitude: float
    ticks: int
    chance: float
    stops_at_miss: bool
    from_enhancement: bool
    expected: float
    effect: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Damage for an activation, by the second of its cycle, by the second of its animation.

    `*_arcana`: with the cast time in server ticks.
    """

    activation: float
    second: float
    second_arcana: float
    animation: float
    animation_arcana: float


@dataclass(frozen=True, slots=True)
class PowerView:
    """The numbers of a power.

    Attributes:
        accuracy: A multiplier. hit_chance: a fraction; base and slotted at the base chance.
        endurance: Points for an activation (toggles: a period). endurance_rate: points a second.
        duration: Of the longest effect on somebody. period: of toggles and autos, 0 for clicks.
        damage: Base, slotted and final.
    """

    power: Power
    accuracy: Three
    hit_chance: Three
    endurance: Three
    endurance_rate: Three
    recharge: Three
    range: Three
    interrupt: Three
    duration: Three
    cast_time: float
    arcana_time: float
    period: float
    radius: float
    arc: float
    max_targets: int
    damage: tuple[Rate, Rate, Rate]
    parts: tuple[DamagePart, ...]
    strengths: tuple[StrengthRow, ...]


def power_view(calculation: Calculation, entry: int) -> PowerView | None:
    """Return the numbers of an entry's power, None for empty and unknown entries."""
    worked = calculation.worked[entry]
    final = calculation.power(entry)
    slotted = _without_globals(calculation).power(entry)
    if worked is None or final is None or slotted is None:
        return None
    three = (final.base, slotted.enhanced, final.enhanced)
    host = worked.prepared.host
    settings = calculation.context.settings
    base_chance = final.base.accuracy * settings.scaling_to_hit
    return PowerView(
        power=host,
        accuracy=Three(
            host.accuracy,
            host.accuracy * (1 + slotted.factors.accuracy),
            final.enhanced.accuracy_multiplier,
        ),
        hit_chance=Three(base_chance, slotted.enhanced.accuracy, final.enhanced.accuracy),
        endurance=_three(three, "endurance_cost"),
        endurance_rate=Three(*(_endurance_rate(each, host) for each in three)),
        recharge=_three(three, "recharge"),
        range=_three(three, "range"),
        interrupt=_three(three, "interrupt_time"),
        duration=_duration(final, slotted),
        cast_time=host.cast_time if host.activation != Activation.AUTO else 0.0,
        arcana_time=arcana_time(host.cast_time) if host.activation != Activation.AUTO else 0.0,
        period=host.activate_period if host.activation != Activation.CLICK else 0.0,
        radius=host.radius,
        arc=float(host.arc),
        max_targets=host.max_targets,
        damage=(
            _rate(final.base, host),
            _rate(slotted.enhanced, host),
            _rate(final.enhanced, host),
        ),
        parts=tuple(_parts(final.effects, host, calculation.context)),
        strengths=strength_rows(calculation, entry, worked),
    )


def _without_globals(calculation: Calculation) -> Calculation:
    """Return the calculation as if the build strengthened no power and no character."""
    nothing = tuple(cells.empty())
    totals = replace(calculation.totals, to_hit=0.0)
    return replace(
        calculation,
        known=calculation.facts,
        settled=True,
        global_sums=nothing,
        own_sums=nothing,
        totals=totals,
        _powers={},
    )


def _three(figures: tuple[PowerFigures, PowerFigures, PowerFigures], name: str) -> Three:
    base, slotted, final = (float(getattr(each, name)) for each in figures)
    return Three(base, slotted, final)


def _endurance_rate(figures: PowerFigures, host: Power) -> float:
    if host.activation == Activation.TOGGLE and host.activate_period > 0:
        return figures.endurance_cost / host.activate_period
    cycle = _cycle(figures, figures.cast_time)
    return figures.endurance_cost / cycle if cycle > 0 else 0.0


def _cycle(figures: PowerFigures, cast: float) -> float:
    return figures.recharge + cast + figures.interrupt_time


def _rate(figures: PowerFigures, host: Power) -> Rate:
    total = figures.damage
    if host.activation == Activation.TOGGLE and host.activate_period > 0:
        by_period = total / host.activate_period
        return Rate(total, by_period, by_period, by_period, by_period)
    cast = figures.cast_time
    arcana = arcana_time(cast)
    return Rate(
        activation=total,
        second=_share(total, _cycle(figures, cast)),
        second_arcana=_share(total, _cycle(figures, arcana)),
        animation=_share(total, cast),
        animation_arcana=_share(total, arcana),
    )


def _share(total: float, seconds: float) -> float:
    return total / seconds if seconds > 0 else total


def _duration(final: PowerNumbers, slotted: PowerNumbers) -> Three:
    """Return the duration of the longest effect in force."""
    best = longest_effect(final.effects)
    if best is None:
        return Three(0.0, 0.0, 0.0)
    each = final.effects[best]
    return Three(each.base_duration, slotted.effects[best].duration, each.duration)


def _parts(effects: Sequence[FinalEffect], host: Power, context: Context) -> Iterator[DamagePart]:
    for index, each in enumerate(effects):
        hit = hit_of(each, context)
        expected = damage_of(hit, host, DamageMode.AVERAGE)
        if expected:
            yield DamagePart(
                damage_type=each.effect.damage_type,
                magnitude=each.magnitude,
                ticks=int(repeats(hit, DamageMode.MAXIMUM)),
                chance=each.probability,
                stops_at_miss=each.effect.cancel_on_miss and each.ticks > 1,
                from_enhancement=each.from_enhancement,
                expected=expected,
                effect=index,
            )
