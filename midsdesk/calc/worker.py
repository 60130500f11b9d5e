"""One archetype under one set of settings: a build goes through all stages.

Each stage asks `midsdesk.calc.memo` first. What an edit leaves alone is found again by identity,
since builds share structure; what it changes is found by value where it was seen before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from midsdesk.calc import aggregate, cells, set_bonus
from midsdesk.calc import totals as totals_stage
from midsdesk.calc.assemble import Assembler
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import TOP_LEVEL, Context
from midsdesk.calc.entry import Boosting, Chances, EntryParts, Worked, parts_of
from midsdesk.calc.facts import Facts, Listening, gather
from midsdesk.calc.live import Live
from midsdesk.calc.memo import IdentityMemo, Memo, TracedMemo
from midsdesk.calc.prepare import Prepared, Preparer, attached
from midsdesk.calc.set_bonus import RULE_OF_FIVE, Counted, SetInPower
from midsdesk.calc.strengthen import local
from midsdesk.model.build import Build, PowerEntry

_KEPT = 4096
_FEW = 512
_VARIANTS = 32
# Questions whose answers are results: they need a second round.
_RESULTS = frozenset({"to_hit", "hit_points", "endurance", "haste", "chance", "magnitude"})


class BonusPower:
    """A bonus power with what it adds; worked out once, however many builds have it."""

    __slots__ = ("_context", "_globals", "_slows", "items", "prepared")

    def __init__(self, prepared: Prepared, context: Context) -> None:
        self.prepared = prepared
        self.items = aggregate.self_items(prepared, prepared.effects, context)
        self._context = context
        self._slows = "Slow" in prepared.host.name
        self._globals: dict[Chances, cells.Contributions] = {}

    def global_share(self, chances: Chances) -> cells.Contributions:
        """Return what one occurrence adds to the strength of all powers."""
        found = self._globals.get(chances)
        if found is None:
            if len(self._globals) >= _VARIANTS:
                self._globals.clear()
            found = self._globals[chances] = aggregate.global_contributions(
                self.prepared.effects, dict(chances), self._context, debuffs=self._slows
            )
        return found


class Bonuses:
    """The counted set bonuses of a build: their sums for G and B, by chance table.

    Attributes:
        entries: Each bonus power with how often it counts.
    """

    def __init__(self, entries: Sequence[tuple[BonusPower, int]]) -> None:
        self.entries = tuple(entries)
        self._sums: dict[tuple[Chances, float], tuple[cells.Contributions, ...]] = {}
        self.chances = tuple(
            (tag, value * times)
            for bonus, times in entries
            for tag, value in bonus.prepared.chances
        )
        self.absorbs = any(item.of_hit_points for bonus, _ in entries for item in bonus.items)

    def sums(self, chances: Chances, hit_points: float) -> tuple[cells.Contributions, ...]:
        """Return what all bonuses together add to G and to B."""
        key = (chances, hit_points if self.absorbs else 0.0)
        found = self._sums.get(key)
        if found is None:
            found = self._sums[key] = self._summed(chances, hit_points)
        return found

    def _summed(self, chances: Chances, hit_points: float) -> tuple[cells.Contributions, ...]:
        table = dict(chances)
        to_powers: dict[int, float] = {}
        to_self: dict[int, float] = {}
        for bonus, times in self.entries:
            for cell, value in bonus.global_share(chances):
                to_powers[cell] = to_powers.get(cell, 0.0) + value * times
            effects = bonus.prepared.effects
            for item in bonus.items:
                effect = effects[item.index]
                if aggregate.chance_of(effect, table) > 0:
                    value = effect.magnitude * item.times * times
                    value *= hit_points if item.of_hit_points else 1
                    to_self[item.cell] = to_self.get(item.cell, 0.0) + value
        return tuple(to_powers.items()), tuple(to_self.items())


class Worker:
    """Calculates builds of one archetype under one set of settings."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._parts: IdentityMemo[PowerEntry, EntryParts | None] = IdentityMemo(_KEPT)
        self._prepared: TracedMemo[Prepared] = TracedMemo(_KEPT)
        self._attached: Memo[tuple[Live, ...]] = Memo(_KEPT)
        self._lenders: Memo[tuple[Prepared, ...]] = Memo(_FEW)
        self._boosting: Memo[Boosting] = Memo(_FEW)
        self._worked: Memo[Worked] = Memo(_KEPT)
        self._bonus: Memo[BonusPower] = Memo(_KEPT)
        self._bonuses: Memo[tuple[tuple[Counted, ...], Bonuses]] = Memo(_FEW)
        self._summaries: Memo[SetSummary] = Memo(_FEW)

    @property
    def remembered(self) -> int:
        """How many answers all stages keep."""
        memos = (
            self._parts,
            self._prepared,
            self._attached,
            self._worked,
            self._bonus,
            self._bonuses,
            self._summaries,
        )
        return sum(len(memo) for memo in memos)

    def calculate(self, build: Build) -> Calculation:
        """Return the numbers of a build of this worker's archetype."""
        context = self._context
        parts = tuple([self._parts_of(entry) for entry in build.entries])
        idle: tuple[int, ...] = ()
        if context.combat_level < TOP_LEVEL:
            idle = tuple(
                index
                for index, (entry, part) in enumerate(zip(build.entries, parts, strict=True))
                if part is not None and entry.included and not part.included
            )
        facts = gather(build, context.archetype, context.settings, context.quirks, idle)
        result, asked = self._round(build, parts, facts)
        if asked:
            facts = replace(
                facts,
                to_hit=result.totals.to_hit,
                hit_points=result.totals.hit_points,
                haste=result.capped.haste,
                endurance=100 + result.totals.endurance,
                chances=result.chances,
                magnitudes=result.magnitude_of,
            )
            result, _ = self._round(build, parts, facts)
        return result

    # -- one round --------------------------------------------------------------------------

    def _round(
        self, build: Build, parts: tuple[EntryParts | None, ...], facts: Facts
    ) -> tuple[Calculation, bool]:
        """Return the numbers, and whether a result was asked for on the way."""
        context = self._context
        prepared = [None if each is None else self._prepare(each, facts) for each in parts]
        lit = [
            each
            for part, each in zip(parts, prepared, strict=True)
            if each is not None and part is not None and part.included
        ]
        lenders = tuple(each for each in lit if each.lent)
        lenders = self._lenders.get(lenders, lambda: lenders)
        boosters = tuple(each for each in lit if each.boosts)
        boosting = self._boosting.get(boosters, lambda: Boosting(boosters))
        worked = [
            self._work(part, each, lenders, boosting) if part and each else None
            for part, each in zip(parts, prepared, strict=True)
        ]
        counting = [each for each in worked if each is not None and each.counts]
        summary = self._summaries.get(parts, lambda: self._sets_of(parts))
        bonuses = summary.bonuses
        chances = _chances(lit, bonuses)
        to_powers, to_self = bonuses.sums(chances, facts.hit_points)
        g = cells.empty()
        for each in counting:
            for cell, value in each.global_share(chances, context):
                g[cell] += value
        for cell, value in to_powers:
            g[cell] += value
        b = cells.empty()
        endurance_use = 0.0
        for each in counting:
            for cell, value in each.own_share(chances, g, facts.hit_points, context):
                b[cell] += value
            if each.is_toggle:
                endurance_use += each.endurance_use(g)
        for cell, value in to_self:
            b[cell] += value
        raw = totals_stage.totals(
            g,
            b,
            endurance_use=endurance_use,
            can_fly=any(each.prepared.flies for each in counting),
            context=context,
        )
        asked = (
            bonuses.absorbs
            or any(each.absorbs for each in counting)
            or any(each is not None and each.asked_results for each in prepared)
        )
        missing = summary.missing
        if None in parts:
            unknown = [
                str(entry.power)
                for entry, part in zip(build.entries, parts, strict=True)
                if part is None and entry.power
            ]
            missing = (*unknown, *missing)
        calculation = Calculation(
            build=build,
            context=context,
            facts=facts,
            totals=raw,
            capped=totals_stage.capped(raw, context.archetype, context),
            worked=tuple(worked),
            global_sums=tuple(g),
            own_sums=tuple(b),
            chances=dict(chances),
            sets_by_entry=summary.sets,
            counted=summary.counted,
            missing=missing,
            flaws=tuple([flaw for each in prepared if each is not None for flaw in each.flaws]),
        )
        return calculation, asked

    # -- stages of one entry ----------------------------------------------------------------

    def _parts_of(self, entry: PowerEntry) -> EntryParts | None:
        if not entry.power:
            return None
        return self._parts.get(entry, lambda owner: parts_of(owner, self._context))

    def _prepare(self, part: EntryParts, facts: Facts) -> Prepared:
        found = self._prepared.find(part.key, facts)
        if found is not None:
            return found

        def compute(asked: Listening) -> Prepared:
            context = self._context
            assembly = Assembler(context, asked).assemble(part.power, part.pieces, part.sub_powers)
            made = Preparer(context, asked).prepare(part.power, assembly, part.entry.stacks)
            results = any(kind in _RESULTS for kind, _ in asked.heard)
            return replace(made, asked_results=True) if results else made

        return self._prepared.get(part.key, facts, compute)

    def _work(
        self,
        part: EntryParts,
        prepared: Prepared,
        lenders: tuple[Prepared, ...],
        boosting: Boosting,
    ) -> Worked:
        def compute() -> Worked:
            lent: tuple[Live, ...] = ()
            if lenders and prepared.slottable:
                lent = self._attached.get(
                    (prepared, lenders), lambda: attached(prepared, lenders, self._context)
                )
            strengths = local(prepared, lent, part.slotted, boosting.boosts, self._context)
            return Worked(
                part.entry,
                prepared,
                lent,
                part.slotted,
                strengths,
                self._context,
                included=part.included,
            )

        return self._worked.get((part, prepared, lenders, boosting), compute)

    # -- set bonuses ------------------------------------------------------------------------

    def _sets_of(self, parts: tuple[EntryParts | None, ...]) -> "SetSummary":
        highest = self._context.force_level + 1
        sets = tuple(
            part.sets if part is not None and part.entry.level <= highest else () for part in parts
        )
        counter = set_bonus.count(each.bonus_powers for entry in sets for each in entry)
        key = tuple(counter.items())
        counted, bonuses = self._bonuses.get(key, lambda: self._counted(counter))
        missing = tuple(name for part in parts if part is not None for name in part.missing)
        return SetSummary(sets, counted, bonuses, missing)

    def _counted(self, counter: dict[str, int]) -> tuple[tuple[Counted, ...], Bonuses]:
        ignored = self._context.settings.ignore_set_bonuses
        counted, counting = [], []
        for name, times in counter.items():
            bonus = self._bonus_of(name)
            if bonus is None:
                continue
            for_pets = set_bonus.is_for_pets(bonus.prepared.host)
            counts = 0 if ignored else min(times, RULE_OF_FIVE)
            counted.append(Counted(bonus.prepared.host.id, times, counts, for_pets))
            if counts and not for_pets:
                counting.append((bonus, counts))
        return tuple(counted), Bonuses(counting)

    def _bonus_of(self, name: str) -> BonusPower | None:
        power = self._context.catalog.power(name)
        if power is None:
            return None

        def compute() -> BonusPower:
            context = self._context
            nobody = Build(context.archetype.id)
            facts = gather(nobody, context.archetype, context.settings, context.quirks)
            assembly = Assembler(context, facts).assemble(power, [])
            return BonusPower(Preparer(context, facts).prepare(power, assembly, 0), context)

        return self._bonus.get(name, compute)


@dataclass(frozen=True, eq=False, slots=True)
class SetSummary:
    """The sets of a build and what they give."""

    sets: tuple[tuple[SetInPower, ...], ...]
    counted: tuple[Counted, ...]
    bonuses: Bonuses
    missing: tuple[str, ...]


def _chances(lit: Sequence[Prepared], bonuses: Bonuses) -> Chances:
    """Return the chance table: added probability by tag, sorted."""
    table: dict[str, float] = {}
    for each in lit:
        for tag, value in each.chances:
            table[tag] = table.get(tag, 0.0) + value
    for tag, value in bonuses.chances:
        table[tag] = table.get(tag, 0.0) + value
    return tuple(sorted(table.items()))
