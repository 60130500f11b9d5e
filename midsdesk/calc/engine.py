"""The stages put together: a build in, its numbers out.

Every stage is a pure function of values and remembers its answers by value (`midsdesk.calc.memo`),
so an edit costs only what it changes, and an answer never depends on what was asked before. Sums
are made again in entry order, never added to and taken away from.

The old planner reads some numbers of its previous run (percent absorb, procs a minute); it
calculates twice when it opens a build. So do we: the second round knows the first one's totals.
"""

from collections.abc import Sequence
from dataclasses import replace

from midsdesk.calc import aggregate, cells, set_bonus
from midsdesk.calc import totals as totals_stage
from midsdesk.calc.aggregate import SelfItem
from midsdesk.calc.assemble import Assembler
from midsdesk.calc.calculation import Calculation, Worked
from midsdesk.calc.cells import Accumulator, Contribution
from midsdesk.calc.context import Context
from midsdesk.calc.facts import Asked, Facts, gather
from midsdesk.calc.live import Live
from midsdesk.calc.memo import Memo, TracedMemo
from midsdesk.calc.pieces import Slotted, slotted_strengths
from midsdesk.calc.prepare import Prepared, Preparer, attached, boosts, lent_effects
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.set_bonus import RULE_OF_FIVE, Counted, SetInPower
from midsdesk.calc.strengthen import (
    ENDURANCE,
    Boosts,
    Local,
    attribute_strengths,
    effect_factors,
    enhanced,
    local,
)
from midsdesk.model.build import Build, PowerEntry, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Enhancement, Power
from midsdesk.model.settings import CalcSettings
from midsdesk.model.totals import Totals
from midsdesk.model.vocab import Activation, Attribute

_ROUNDS = 2
_KEPT = 4096

Chances = dict[str, float]


class Engine:
    """Calculates builds over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._workers: dict[tuple[str, CalcSettings], _Worker] = {}

    def calculate(self, build: Build, settings: CalcSettings | None = None) -> Calculation:
        """Return the numbers of `build`.

        Powers and pieces the catalog lacks are left out and named in `Calculation.missing`.

        Raises:
            KeyError: The archetype is unknown.
        """
        settings = settings or CalcSettings()
        key = (build.archetype, settings)
        worker = self._workers.get(key)
        if worker is None:
            archetype = self._catalog.archetype(build.archetype)
            if archetype is None:
                raise KeyError(build.archetype)
            worker = self._workers[key] = _Worker(
                Context.of(self._catalog, archetype, settings), archetype
            )
        return worker.calculate(build)


class _Worker:
    """Calculates builds of one archetype under one set of settings."""

    def __init__(self, context: Context, archetype: Archetype) -> None:
        self._context = context
        self._archetype = archetype
        self._prepared: TracedMemo[Prepared] = TracedMemo(_KEPT)
        self._attached: Memo[tuple[Live, ...]] = Memo(_KEPT)
        self._slotted: Memo[Slotted] = Memo(_KEPT)
        self._local: Memo[Local] = Memo(_KEPT)
        self._globals: Memo[tuple[Contribution, ...]] = Memo(_KEPT)
        self._items: Memo[tuple[tuple[SelfItem, ...], tuple[int, ...]]] = Memo(_KEPT)
        self._shares: Memo[tuple[Contribution, ...]] = Memo(_KEPT)
        self._sets: Memo[tuple[SetInPower, ...]] = Memo(_KEPT)
        self._bonus: Memo[Prepared] = Memo(_KEPT)

    def calculate(self, build: Build) -> Calculation:
        """Return the numbers of a build of this worker's archetype."""
        facts = gather(build, self._archetype, self._context.settings)
        result = self._round(build, facts)
        for _ in range(_ROUNDS - 1):
            facts = replace(
                facts,
                to_hit=result.totals.to_hit,
                hit_points=result.totals.hit_points,
                haste=result.capped.haste,
                endurance=100 + result.totals.endurance,
            )
            result = self._round(build, facts)
        return result

    # -- one round --------------------------------------------------------------------------

    def _round(self, build: Build, facts: Facts) -> Calculation:
        context = self._context
        missing: list[str] = []
        prepared = [self._prepare(entry, facts, missing) for entry in build.entries]
        lit = [
            each
            for entry, each in zip(build.entries, prepared, strict=True)
            if each is not None and entry.included
        ]
        lenders = tuple((each, effects) for each in lit if (effects := lent_effects(each)))
        sets = tuple(
            self._sets_in(entry, each) for entry, each in zip(build.entries, prepared, strict=True)
        )
        counted = self._counted(sets)
        bonuses = self._bonus_entries(counted)
        boost_list = tuple(boost for each in lit for boost in boosts(each))
        worked = [
            None if each is None else self._work(index, entry, each, lenders, boost_list)
            for index, (entry, each) in enumerate(zip(build.entries, prepared, strict=True))
        ]
        counting = [each for each in worked if each is not None and each.counts]
        chances = self._chances(
            [each for each in worked if each is not None and each.entry.included], bonuses
        )
        chance_key = tuple(sorted(chances.items()))
        g = cells.empty()
        for each in counting:
            aggregate.add(g, self._global_share(each, chances, chance_key))
        for bonus in bonuses:
            aggregate.add(g, self._bonus_globals(bonus, chances, chance_key))
        b = cells.empty()
        for each in counting:
            aggregate.add(b, self._own_share(each, g, chances, chance_key, facts.hit_points))
        for bonus in bonuses:
            aggregate.add(b, self._bonus_own(bonus, chances, chance_key, facts.hit_points))
        raw = totals_stage.totals(
            g,
            b,
            endurance_use=self._endurance_use(counting, g),
            can_fly=self._can_fly(counting),
            context=context,
        )
        return Calculation(
            build=build,
            context=context,
            facts=facts,
            totals=raw,
            capped=totals_stage.capped(raw, self._archetype, context),
            worked=tuple(worked),
            bonuses=bonuses,
            global_sums=tuple(g),
            own_sums=tuple(b),
            chances=chances,
            sets_by_entry=sets,
            counted=counted,
            missing=tuple(missing),
        )

    # -- stage 1: assemble ------------------------------------------------------------------

    def _prepare(self, entry: PowerEntry, facts: Facts, missing: list[str]) -> Prepared | None:
        if entry.is_empty:
            return None
        power = self._context.catalog.power(entry.power)
        if power is None:
            missing.append(entry.power)
            return None
        pieces = self._special_pieces(entry, missing)
        lit_subs = tuple(sub.power for sub in entry.sub_powers if sub.included)
        key = (power.id, tuple(piece.id for piece in pieces), entry.stacks, lit_subs)

        def compute(asked: Asked) -> Prepared:
            subs = [sub for name in lit_subs if (sub := self._context.catalog.power(name))]
            assembly = Assembler(self._context, asked).assemble(power, pieces, subs)
            return Preparer(self._context, asked).prepare(power, assembly, entry.stacks)

        return self._prepared.get(key, facts, compute)

    def _special_pieces(self, entry: PowerEntry, missing: list[str]) -> list[Enhancement]:
        """Return the slotted pieces whose special effects count."""
        found = []
        for slot in entry.slots:
            if slot.enhancement is None:
                continue
            piece = self._context.catalog.enhancement(slot.enhancement.enhancement)
            if piece is None:
                missing.append(slot.enhancement.enhancement)
            elif (
                piece.power
                and piece.set_id
                and not (piece.is_proc and entry.procs_off)
                and not self._context.settings.ignore_enhancement_effects
            ):
                found.append(piece)
        return found

    # -- stages 2 and 3: own strengths ------------------------------------------------------

    def _work(
        self,
        index: int,
        entry: PowerEntry,
        prepared: Prepared,
        lenders: Sequence[tuple[Prepared, tuple[tuple[Live, Power], ...]]],
        boost_list: Boosts,
    ) -> Worked:
        lent: tuple[Live, ...] = ()
        if lenders and prepared.slottable:
            lender_key = tuple(lender for lender, _ in lenders)
            lent = self._attached.get(
                (prepared, lender_key), lambda: self._attach(prepared, lenders)
            )
        counting = tuple(
            slot.enhancement
            for slot in entry.slots
            if slot.enhancement is not None and slot.level <= self._context.settings.exemplar_level
        )
        slotted = self._slotted.get(counting, lambda: self._strengths(counting))
        strengths = self._local.get(
            (prepared, lent, counting, boost_list),
            lambda: local(prepared, lent, slotted, boost_list, self._context),
        )
        counts = entry.included and Activation.GLOBAL_BOOST not in (
            prepared.taken.activation,
            prepared.host.activation,
        )
        return Worked(index, entry, prepared, lent, slotted, strengths, counts)

    def _attach(
        self,
        prepared: Prepared,
        lenders: Sequence[tuple[Prepared, tuple[tuple[Live, Power], ...]]],
    ) -> tuple[Live, ...]:
        return attached(prepared, lenders, self._context)

    def _strengths(self, counting: tuple[SlottedEnhancement, ...]) -> Slotted:
        context = self._context
        return slotted_strengths(
            counting, context.catalog, context.ruleset.enhancements, context.quirks
        )

    # -- set bonuses ------------------------------------------------------------------------

    def _sets_in(self, entry: PowerEntry, prepared: Prepared | None) -> tuple[SetInPower, ...]:
        if prepared is None or entry.level > self._context.settings.exemplar_level + 1:
            return ()
        return self._sets.get(entry.slots, lambda: set_bonus.sets_in(entry, self._context))

    def _counted(self, sets: Sequence[tuple[SetInPower, ...]]) -> tuple[Counted, ...]:
        counter = set_bonus.count(each.bonus_powers for entry in sets for each in entry)
        ignored = self._context.settings.ignore_set_bonuses
        found = []
        for name, times in counter.items():
            power = self._context.catalog.power(name)
            if power is None:
                continue
            for_pets = set_bonus.is_for_pets(power.entities_affected) and set_bonus.is_for_pets(
                power.target
            )
            counts = 0 if ignored else min(times, RULE_OF_FIVE)
            found.append(Counted(power.id, times, counts, for_pets))
        return tuple(found)

    def _bonus_entries(self, counted: Sequence[Counted]) -> tuple[tuple[Prepared, int], ...]:
        return tuple(
            (self._bonus_entry(each.power), each.counted) for each in counted if not each.for_pets
        )

    def _bonus_entry(self, name: str) -> Prepared:
        return self._bonus.get(name, lambda: self._bonus_power(name))

    def _bonus_power(self, name: str) -> Prepared:
        power = self._context.catalog.power(name)
        assert power is not None
        facts = gather(Build(self._archetype.id), self._archetype, self._context.settings)
        assembly = Assembler(self._context, facts).assemble(power, [])
        return Preparer(self._context, facts).prepare(power, assembly, 0)

    # -- stage 4: the two sums --------------------------------------------------------------

    def _chances(
        self, included: Sequence[Worked], bonuses: Sequence[tuple[Prepared, int]]
    ) -> Chances:
        chances: Chances = {}
        for each in included:
            for tag, value in aggregate.chance_modifiers(each.effects, self._context):
                chances[tag] = chances.get(tag, 0.0) + value
        for bonus, times in bonuses:
            for tag, value in aggregate.chance_modifiers(bonus.effects, self._context):
                chances[tag] = chances.get(tag, 0.0) + value * times
        return chances

    def _global_share(
        self, each: Worked, chances: Chances, chance_key: tuple[tuple[str, float], ...]
    ) -> tuple[Contribution, ...]:
        return self._globals.get(
            (each.prepared, each.lent, chance_key),
            lambda: aggregate.global_contributions(each.effects, chances, self._context),
        )

    def _bonus_globals(
        self,
        bonus: tuple[Prepared, int],
        chances: Chances,
        chance_key: tuple[tuple[str, float], ...],
    ) -> tuple[Contribution, ...]:
        prepared, times = bonus

        def compute() -> tuple[Contribution, ...]:
            found = aggregate.global_contributions(
                prepared.effects, chances, self._context, debuffs="Slow" in prepared.host.name
            )
            return found * times

        return self._globals.get((prepared, times, chance_key), compute)

    def _items_of(self, each: Worked) -> tuple[tuple[SelfItem, ...], tuple[int, ...]]:
        def compute() -> tuple[tuple[SelfItem, ...], tuple[int, ...]]:
            items = aggregate.self_items(each.prepared, each.effects, self._context)
            read = {each.strengths.cells[item.index] for item in items} - {-1}
            return items, tuple(sorted(read))

        return self._items.get((each.prepared, each.lent), compute)

    def _own_share(
        self,
        each: Worked,
        g: Accumulator,
        chances: Chances,
        chance_key: tuple[tuple[str, float], ...],
        hit_points: float,
    ) -> tuple[Contribution, ...]:
        items, read = self._items_of(each)
        if not items:
            return ()
        absorbs = any(item.of_hit_points for item in items)
        key = (
            each.strengths,
            chance_key,
            tuple(g[cell] for cell in read),
            hit_points if absorbs else 0.0,
        )

        def compute() -> tuple[Contribution, ...]:
            return self._contributions(each, items, g, chances, hit_points)

        return self._shares.get(key, compute)

    def _contributions(
        self,
        each: Worked,
        items: Sequence[SelfItem],
        g: Accumulator,
        chances: Chances,
        hit_points: float,
    ) -> tuple[Contribution, ...]:
        found = []
        quirks = self._context.quirks
        for item in items:
            effect = each.effects[item.index]
            if aggregate.chance_of(effect, chances) <= 0:
                continue
            factor, _ = effect_factors(effect, item.index, each.strengths, g, self._context)
            value = enhanced(effect.magnitude, factor, quirks) * item.times
            if item.of_hit_points:
                value *= hit_points
            if item.neutral and Quirk.CLICK_NEUTRALISED_AT_BASE in quirks:
                found.append((item.cell, value))
                value = -effect.magnitude
            elif item.neutral:
                continue
            found.append((item.cell, value))
        return tuple(found)

    def _bonus_own(
        self,
        bonus: tuple[Prepared, int],
        chances: Chances,
        chance_key: tuple[tuple[str, float], ...],
        hit_points: float,
    ) -> tuple[Contribution, ...]:
        prepared, times = bonus

        def compute() -> tuple[Contribution, ...]:
            found = []
            for item in aggregate.self_items(prepared, prepared.effects, self._context):
                effect = prepared.effects[item.index]
                if aggregate.chance_of(effect, chances) > 0:
                    value = effect.magnitude * item.times
                    found.append((item.cell, value * hit_points if item.of_hit_points else value))
            return tuple(found) * times

        return self._shares.get((prepared, times, chance_key, hit_points), compute)

    def _endurance_use(self, counting: Sequence[Worked], g: Accumulator) -> float:
        total = 0.0
        for each in counting:
            host = each.prepared.host
            if host.activation != Activation.TOGGLE:
                continue
            factor = attribute_strengths(each.strengths, g, self._context)[ENDURANCE]
            cost = host.endurance_cost / factor
            total += cost / host.activate_period if host.activate_period > 0 else cost
        return total

    def _can_fly(self, counting: Sequence[Worked]) -> bool:
        anyhow = Quirk.FLIGHT_UNCONDITIONAL in self._context.quirks
        return any(
            effect.attribute == Attribute.FLY
            and effect.magnitude > 0
            and (anyhow or (effect.met and effect.valid and effect.fits))
            for each in counting
            for effect in each.effects
        )


__all__ = ["Calculation", "Engine", "Totals"]
