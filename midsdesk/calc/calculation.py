"""The numbers of one build: totals at once, a power's own numbers when asked."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from midsdesk.calc import aggregate, damage, procs, statistics
from midsdesk.calc import totals as totals_stage
from midsdesk.calc.assemble import Assembler
from midsdesk.calc.bonuses import Bonuses
from midsdesk.calc.context import Context
from midsdesk.calc.damage import Hit
from midsdesk.calc.entry import EntryParts, Worked
from midsdesk.calc.expression import Flaw
from midsdesk.calc.facts import Facts
from midsdesk.calc.live import Live, area_factor, shows_percent, tick_count
from midsdesk.calc.prepare import Preparer
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.set_bonus import RULE_OF_FIVE, Counted, SetInPower
from midsdesk.calc.strengthen import (
    ACCURACY,
    ENDURANCE,
    INTERRUPT,
    RANGE,
    RECHARGE,
    attribute_strengths,
    divided,
    effect_factors,
    enhanced,
    raw_as_enhanced,
)
from midsdesk.model.build import Build
from midsdesk.model.game import Power
from midsdesk.model.settings import DamageMode
from midsdesk.model.totals import (
    ActiveSet,
    FinalEffect,
    PowerFactors,
    PowerFigures,
    PowerNumbers,
    Statistic,
    Totals,
)
from midsdesk.model.vocab import Activation, Attribute, EnhancedAspect, Scaling

_SURELY_HIT, _SURELY_MISSED = 0.95, 0.05


@dataclass(frozen=True, eq=False)
class Calculation:
    """Everything that is known of a build's numbers: the sums at once, the rest when asked for.

    Attributes:
        known: Facts the sums were made with. settled: they hold results of an earlier round.
        totals: The character, before caps. global_sums, own_sums: G and B, see
            `midsdesk.calc.cells`.
        parts, bonuses: What is slotted, and what the sets give.
        chances: Added probability by tag.
        work: Returns all entries with their strengths, given all facts.
        boosters: Entries of another build that lend strengths to all of these, as a summoner's
            Alpha to its pets; None where the entries lend to each other.
    """

    build: Build
    context: Context
    known: Facts
    settled: bool
    totals: Totals
    global_sums: tuple[float, ...]
    own_sums: tuple[float, ...]
    parts: tuple[EntryParts | None, ...]
    bonuses: Bonuses
    chances: dict[str, float]
    work: Callable[[Facts], tuple[Worked | None, ...]]
    boosters: tuple[Worked, ...] | None = None
    _powers: dict[int, PowerNumbers] = field(default_factory=dict)

    @cached_property
    def facts(self) -> Facts:
        """The facts with the results of the first round."""
        if self.settled:
            return self.known
        first = replace(self, settled=True, _powers={})
        return replace(
            self.known,
            to_hit=self.totals.to_hit,
            hit_points=self.totals.hit_points,
            haste=self.capped.haste,
            endurance=100 + self.totals.endurance,
            chances=self.chances,
            magnitudes=first.magnitude_of,
        )

    @cached_property
    def capped(self) -> Totals:
        """The character, after caps."""
        return totals_stage.capped(self.totals, self.context.archetype, self.context)

    @cached_property
    def worked(self) -> tuple[Worked | None, ...]:
        """One for each entry, None for empty and unknown ones."""
        return self.work(self.facts)

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """Bonus powers with the rule of five."""
        return self.bonuses.counted

    @cached_property
    def sets_by_entry(self) -> tuple[tuple[SetInPower, ...], ...]:
        """The sets in each entry."""
        return tuple(() if part is None else part.sets for part in self.parts)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Names of powers and pieces the catalog lacks."""
        unknown = [
            str(entry.power)
            for entry, part in zip(self.build.entries, self.parts, strict=False)
            if part is None and entry.power
        ]
        pieces = [name for part in self.parts if part is not None for name in part.missing]
        return (*unknown, *pieces)

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        """Formulas that could not be worked out; their effects are 0, the rest is right."""
        return tuple(
            flaw for each in self.worked if each is not None for flaw in each.prepared.flaws
        )

    @cached_property
    def statistics(self) -> tuple[Statistic, ...]:
        """The numbers a player sees, in order."""
        return statistics.statistics(self.totals, self.capped, self.context)

    @cached_property
    def sets(self) -> tuple[ActiveSet, ...]:
        """The slotted sets with what the rule of five drops, in counting order."""
        counter: dict[str, int] = {}
        found = []
        for index, sets in enumerate(self.sets_by_entry):
            for each in sets:
                dropped = []
                for power in each.bonus_powers:
                    counter[power] = counter.get(power, 0) + 1
                    if counter[power] > RULE_OF_FIVE:
                        dropped.append(power)
                found.append(
                    ActiveSet(index, each.set_id, each.pieces, each.bonus_powers, tuple(dropped))
                )
        return tuple(found)

    def magnitude_of(self, power: str, index: int) -> float:
        """Return the enhanced magnitude of an effect of a power of the build, 0 without it."""
        entry = self.build.find(power)
        numbers = None if entry is None else self.power(entry)
        if numbers is None or not 0 <= index < len(numbers.effects):
            return 0.0
        return numbers.effects[index].magnitude

    def power(self, entry: int) -> PowerNumbers | None:
        """Return the numbers of one entry, None if it is empty or unknown."""
        found = self._powers.get(entry)
        if found is None:
            worked = self.worked[entry]
            if worked is None:
                return None
            found = self._powers[entry] = _PowerWork(self, entry, worked).numbers()
        return found


def _of_pet(each: Live) -> bool:
    """Return whether a pet that acts by itself brought an effect."""
    return each.absorbed and each.absorbed_kind in (Activation.AUTO, Activation.TOGGLE)


class _PowerWork:
    """Computes the numbers of one entry."""

    def __init__(self, calculation: Calculation, index: int, worked: Worked) -> None:
        self._index = index
        self._calculation = calculation
        self._context = calculation.context
        self._worked = worked
        self._host = worked.prepared.host
        self._g = list(calculation.global_sums)
        self._strengths = attribute_strengths(worked.strengths, self._g, self._context)
        self._autos_too = Quirk.AUTO_PROCS_UNSCALED not in self._context.quirks
        self._counted: frozenset[int] = frozenset()
        if worked.counts:
            self._counted = aggregate.counted(
                worked.prepared, worked.effects, calculation.chances, self._context
            )

    def numbers(self) -> PowerNumbers:
        """Return base and enhanced figures and all effects."""
        host = self._host
        strengths = self._strengths
        effects = tuple(self._final(index, each) for index, each in enumerate(self._worked.effects))
        redirected = host.id if self._worked.prepared.redirected else None
        return PowerNumbers(
            entry=self._index,
            power=self._worked.entry.power,
            redirected_to=redirected,
            base=self._base(),
            enhanced=self._enhanced(effects),
            factors=PowerFactors(
                accuracy=strengths[ACCURACY],
                endurance=strengths[ENDURANCE],
                recharge=strengths[RECHARGE],
                range=strengths[RANGE],
                interrupt=strengths[INTERRUPT],
            ),
            effects=effects,
        )

    def _final(self, index: int, each: Live) -> FinalEffect:
        quirks = self._context.quirks
        factor, duration_factor = effect_factors(
            each, index, self._worked.strengths, self._g, self._context
        )
        if each.effect.duration_expression and each.effect.scaling == Scaling.EXPRESSION:
            duration_factor = 1.0
        raw = raw_as_enhanced(
            each, self._worked.prepared, self._worked.strengths, self._g, self._context
        )
        rolls = self._rolls(each)
        return FinalEffect(
            effect=each.effect,
            base_magnitude=each.magnitude,
            magnitude=enhanced(raw, factor, quirks),
            base_duration=each.duration,
            duration=each.duration * duration_factor,
            magnitude_factor=factor,
            duration_factor=duration_factor,
            scale=each.scale,
            ticks=max(1, each.ticks) * rolls if rolls else each.ticks,
            probability=self._probability(
                each,
                self._host,
                divided(self._host.recharge_time, self._strengths[RECHARGE]),
                int(Activation.AUTO) if rolls else self._host.activation,
            ),
            base_probability=each.probability,
            ppm=each.ppm,
            delay=each.delay,
            to_who=each.who,
            effect_class=each.effect_class,
            buffable=each.buffable,
            ignores_scaling=each.ignores_scaling,
            from_enhancement=each.from_enhancement,
            absorbed=each.absorbed,
            absorbed_activation=each.absorbed_kind,
            source=each.power.id,
            conditions_met=each.met,
            fits_mode=each.fits,
            percent=shows_percent(each.effect),
            counted=index in self._counted,
        )

    def _rolls(self, each: Live) -> int:
        """Return how often a chance effect of a piece rolls in a pseudo-pet's life, 0 for "once".

        In the game a pet rolls once in ten seconds of its life; the old planner lets it roll once
        for each cast of the summoner.
        """
        if each.ppm <= 0 or not each.from_enhancement or self._host.activation != Activation.CLICK:
            return 0
        life = max((other.life for other in self._worked.effects if _of_pet(other)), default=0.0)
        if life <= 0 or Quirk.PSEUDO_PET_PROCS_ONCE in self._context.quirks:
            return 0
        return tick_count(life, procs.PROC_WINDOW_S, single_precision=False)

    def _probability(
        self, each: Live, host: Power, recharge: float, activation: int, own: float | None = None
    ) -> float:
        base = each.probability
        if each.ppm > 0:
            strengths = self._worked.strengths
            if own is None:
                own = strengths.attributes[RECHARGE] + strengths.late[RECHARGE]
            base = procs.ppm_chance(
                each.ppm,
                activation=activation,
                recharge=procs.own_recharge(
                    recharge,
                    host.base_recharge_time,
                    own,
                    lambda: self._calculation.capped.haste,
                    self._context.quirks,
                ),
                cast_time=host.cast_time,
                radius=host.radius,
                arc=host.arc,
                effect_area=host.effect_area,
            )
        if each.effect.probability_expression and each.effect.scaling == Scaling.EXPRESSION:
            return base
        added = self._calculation.chances.get(each.effect.effect_id, 0.0)
        return min(1.0, max(0.0, base + added))

    def _base(self) -> PowerFigures:
        """Return the figures of the power as the catalog has it, pets absorbed."""
        facts = self._calculation.facts
        prepared = self._worked.prepared
        shown = prepared.taken
        if prepared.redirected:
            shown = self._context.catalog.power(prepared.host.id) or shown
        assembly = Assembler(self._context, facts).bare(shown)
        host = assembly.power
        preparer = Preparer(self._context, facts)
        hits = []
        for each in assembly.effects:
            preparer.number(each, host)
            hits.append(
                Hit(
                    each.attribute,
                    each.damage_type,
                    each.magnitude,
                    self._probability(each, host, host.recharge_time, host.activation, 0.0),
                    each.ticks,
                    each.effect.cancel_on_miss,
                    each.from_enhancement,
                    each.effect_class,
                    each.who,
                    each.met and each.fits,
                    self._autos_too,
                )
            )
        return self._figures(host, hits, host.accuracy, shown.accuracy, (1.0, 1.0, 1.0, 1.0, 1.0))

    def _enhanced(self, effects: tuple[FinalEffect, ...]) -> PowerFigures:
        host = self._host
        hits = [
            Hit(
                each.effect.attribute,
                each.effect.damage_type,
                each.magnitude,
                each.probability,
                each.ticks,
                each.effect.cancel_on_miss,
                each.from_enhancement,
                each.effect_class,
                each.to_who,
                each.conditions_met and each.fits_mode,
                self._autos_too,
            )
            for each in effects
        ]
        chance, multiplier = self._hit_chance()
        return self._figures(host, hits, chance, multiplier, self._strengths)

    def _hit_chance(self) -> tuple[float, float]:
        """Return the chance to hit and the accuracy multiplier.

        Source: calculation reference A, section 7.7.
        """
        host, totals = self._host, self._calculation.totals
        ignored = host.ignored_buffs
        own = self._calculation.own_sums[Attribute.ACCURACY]
        accuracy = 0.0 if EnhancedAspect.ACCURACY in ignored else own
        to_hit = 0.0 if EnhancedAspect.TO_HIT in ignored else totals.to_hit
        strength = 1 + self._strengths[ACCURACY] + accuracy
        chance = host.accuracy * strength * (self._context.settings.scaling_to_hit + to_hit)
        quirks = self._context.quirks
        multiplier = host.accuracy * strength
        if Quirk.ACCURACY_COUNTED_TWICE in quirks:
            multiplier = chance * strength
        if Quirk.HIT_CHANCE_UNBOUNDED not in quirks:
            chance = min(_SURELY_HIT, max(_SURELY_MISSED, chance))
        return chance, multiplier

    def _figures(
        self,
        host: Power,
        hits: list[Hit],
        accuracy: float,
        multiplier: float,
        strengths: tuple[float, float, float, float, float],
    ) -> PowerFigures:
        return PowerFigures(
            accuracy=accuracy,
            accuracy_multiplier=multiplier,
            endurance_cost=divided(host.endurance_cost, strengths[ENDURANCE]),
            recharge=divided(host.recharge_time, strengths[RECHARGE]),
            base_recharge=host.base_recharge_time,
            cast_time=host.cast_time,
            interrupt_time=divided(host.interrupt_time, strengths[INTERRUPT]),
            activate_period=host.activate_period,
            range=host.range * strengths[RANGE],
            range_secondary=host.range_secondary,
            radius=host.radius,
            arc=host.arc,
            max_targets=host.max_targets,
            area_factor=area_factor(host.radius, host.arc, host.effect_area),
            damage=damage.damage(hits, host, DamageMode.AVERAGE),
            damage_minimum=damage.damage(hits, host, DamageMode.MINIMUM),
            damage_maximum=damage.damage(hits, host, DamageMode.MAXIMUM),
        )
