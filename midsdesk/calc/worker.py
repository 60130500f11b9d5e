"""One archetype under one set of settings: a build goes through all stages.

Each stage asks `midsdesk.calc.memo` first. What an edit leaves alone is found again by identity,
since builds share structure; what it changes is found by value where it was seen before. Entries
that take no part in the sums are worked out when somebody asks for them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

from midsdesk.calc import cells
from midsdesk.calc import totals as totals_stage
from midsdesk.calc.assemble import Assembler
from midsdesk.calc.bonuses import Bonuses, BonusPower
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import TOP_LEVEL, Context
from midsdesk.calc.entry import Boosting, Chances, EntryParts, Standing, Worked, parts_of
from midsdesk.calc.facts import Facts, Listening, gather
from midsdesk.calc.live import Live
from midsdesk.calc.memo import IdentityMemo, Memo, TracedMemo
from midsdesk.calc.prepare import Prepared, Preparer, attached
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.ids import PowerId

_KEPT = 4096
_FEW = 512

Parts = tuple[EntryParts | None, ...]


# Not frozen for speed alone: there is one for every trial.
@dataclass(eq=False, slots=True)
class Lineup:
    """The entries of one build side by side: each with what the others do to it; never changed.

    Attributes:
        prepared, worked: By entry; None for those that take no part in the sums.
        counting: Those that do, in order. chances: what all add to the chances by tag.
        unsettled: The sums depend on results of an earlier round.
    """

    parts: Parts
    facts: Facts
    prepared: tuple[Prepared | None, ...]
    worked: tuple[Worked | None, ...]
    lenders: tuple[Prepared, ...]
    boosting: Boosting
    counting: tuple[Worked, ...]
    chances: Chances
    unsettled: bool


class Worker:
    """Calculates builds of one archetype under one set of settings."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._parts: IdentityMemo[PowerEntry, EntryParts | None] = IdentityMemo(_KEPT)
        self._prepared: TracedMemo[Prepared] = TracedMemo(_KEPT)
        self._attached: Memo[tuple[Live, ...]] = Memo(_KEPT)
        self._lenders: Memo[tuple[Prepared, ...]] = Memo(_FEW)
        self._boosting: Memo[Boosting] = Memo(_FEW)
        self._standing: Memo[Standing] = Memo(_KEPT)
        self._worked: Memo[Worked] = Memo(_KEPT)
        # As many as the catalog has bonus powers, and one for every chance table met.
        self._bonus: dict[str, BonusPower | None] = {}
        self._chances: dict[Chances, Chances] = {}
        self._bonuses: Memo[Bonuses] = Memo(_FEW)
        # The last build's entries, line and bonuses: most builds are one edit away from it.
        self._last: tuple[tuple[PowerEntry, ...], Lineup, Bonuses] | None = None

    @property
    def remembered(self) -> int:
        """How many answers all stages keep."""
        memos = (
            self._parts,
            self._prepared,
            self._attached,
            self._standing,
            self._worked,
            self._bonus,
            self._bonuses,
        )
        return sum(len(memo) for memo in memos)

    def calculate(self, build: Build) -> Calculation:
        """Return the numbers of a build of this worker's archetype."""
        entries, last = build.entries, self._last
        if last is not None and len(last[0]) == len(entries):
            line, bonuses = self._edited(build, *last)
        else:
            line, bonuses = self._new(build)
        self._last = entries, line, bonuses
        result, unsettled = self._sum(build, line, bonuses, settled=False)
        if unsettled:
            line = self._with_results(line, result.facts)
            result, _ = self._sum(build, line, bonuses, settled=True)
        return result

    # -- the entries side by side -----------------------------------------------------------

    def _new(self, build: Build) -> tuple[Lineup, Bonuses]:
        parts = tuple([self._parts_of(entry) for entry in build.entries])
        nothing: tuple[None, ...] = (None,) * len(parts)
        facts = self._facts(build, parts)
        empty = Lineup(parts, facts, nothing, nothing, (), Boosting(()), (), (), unsettled=False)
        everything = range(len(parts))
        return (
            self._moved(empty, parts, facts, everything, everything),
            self._bonuses_of(parts),
        )

    def _edited(
        self, build: Build, before: tuple[PowerEntry, ...], line: Lineup, bonuses: Bonuses
    ) -> tuple[Lineup, Bonuses]:
        """Return the line and the bonuses of a build that has as many entries as the one before."""
        entries = build.entries
        changed = [
            index for index, (a, b) in enumerate(zip(entries, before, strict=True)) if a is not b
        ]
        if not changed:
            return line, bonuses
        parts = list(line.parts)
        same_facts = same_bonuses = True
        for index in changed:
            old, new = parts[index], self._parts_of(entries[index])
            parts[index] = new
            same_facts = same_facts and _tell_the_same(old, new)
            same_bonuses = same_bonuses and _bonus_powers(old) == _bonus_powers(new)
        whole = tuple(parts)
        facts, stale = line.facts, changed
        if not same_facts:
            facts, stale = self._facts(build, whole), list(range(len(whole)))
        if not same_bonuses:
            bonuses = self._bonuses_of(whole)
        return self._moved(line, whole, facts, stale, changed), bonuses

    def _moved(
        self, line: Lineup, parts: Parts, facts: Facts, stale: Iterable[int], changed: Iterable[int]
    ) -> Lineup:
        """Return the line under other facts and with other parts.

        Args:
            stale: Entries that must be prepared again. changed: those whose parts differ.
        """
        prepared = list(line.prepared)
        redo = set(changed)
        gives = again = False
        for index in stale:
            part, old = parts[index], prepared[index]
            new = self._prepare(part, facts) if part is not None and part.included else None
            if new is not old:
                redo.add(index)
                gives = gives or _gives(old) or _gives(new)
                prepared[index] = new
                again = True
        lenders, boosting, chances = line.lenders, line.boosting, line.chances
        if again:
            chances = tuple(
                [pair for each in prepared if each is not None for pair in each.chances]
            )
        if gives:
            lent = tuple([each for each in prepared if each is not None and each.lent])
            lenders = self._lenders.get(lent, lambda: lent)
            boosts = tuple([each for each in prepared if each is not None and each.boosts])
            boosting = self._boosting.get(boosts, lambda: Boosting(boosts))
            if lenders is not line.lenders or boosting is not line.boosting:
                redo = set(range(len(parts)))
        worked, unsettled = list(line.worked), line.unsettled
        for index in redo:
            part, each = parts[index], prepared[index]
            if part is None or each is None:
                worked[index] = None
            else:
                worked[index] = self._work(part, each, lenders, boosting)
        if again or lenders is not line.lenders or boosting is not line.boosting:
            unsettled = any(each is not None and each.standing.unsettled for each in worked)
        counting = tuple([each for each in worked if each is not None and each.standing.counts])
        return Lineup(
            parts,
            facts,
            tuple(prepared),
            tuple(worked),
            lenders,
            boosting,
            counting,
            chances,
            unsettled,
        )

    def _with_results(self, line: Lineup, facts: Facts) -> Lineup:
        """Return the line under facts that know results of an earlier round."""
        asking = [
            index
            for index, each in enumerate(line.prepared)
            if each is not None and each.asked_results
        ]
        return self._moved(line, line.parts, facts, asking, ())

    def _facts(self, build: Build, parts: Parts) -> Facts:
        context = self._context
        idle: tuple[int, ...] = ()
        if context.combat_level < TOP_LEVEL:
            idle = tuple(
                index
                for index, (entry, part) in enumerate(zip(build.entries, parts, strict=True))
                if part is not None and entry.included and not part.included
            )
        return gather(build, context.archetype, context.settings, context.quirks, idle)

    def _all_worked(self, line: Lineup, facts: Facts) -> tuple[Worked | None, ...]:
        """Return every entry with its strengths under all facts, those outside the sums too."""
        if facts is not line.facts:
            line = self._with_results(line, facts)
        found = list(line.worked)
        for index, part in enumerate(line.parts):
            if found[index] is None and part is not None:
                prepared = self._prepare(part, facts)
                found[index] = self._work(part, prepared, line.lenders, line.boosting)
        return tuple(found)

    # -- the sums ---------------------------------------------------------------------------

    def _sum(
        self, build: Build, line: Lineup, bonuses: Bonuses, *, settled: bool
    ) -> tuple[Calculation, bool]:
        """Return the numbers, and whether they depend on results of an earlier round."""
        hit_points = line.facts.hit_points
        chances = self._chance_table(line, bonuses)
        g = cells.empty()
        for each in line.counting:
            if each.standing.raises:
                for cell, value in each.standing.global_share(chances):
                    g[cell] += value
        bonuses.work_out(chances, hit_points)
        for cell, value in bonuses.to_powers:
            g[cell] += value
        b = cells.empty()
        endurance_use, flies = 0.0, False
        for each in line.counting:
            standing = each.standing
            if standing.items:
                for cell, value in each.own_share(chances, g, hit_points):
                    b[cell] += value
            if standing.is_toggle:
                endurance_use += each.endurance_use(g)
            if standing.prepared.flies:
                flies = True
        for cell, value in bonuses.to_self:
            b[cell] += value
        calculation = Calculation(
            build=build,
            context=self._context,
            known=line.facts,
            settled=settled,
            totals=totals_stage.totals(
                g, b, endurance_use=endurance_use, can_fly=flies, context=self._context
            ),
            global_sums=tuple(g),
            own_sums=tuple(b),
            parts=line.parts,
            bonuses=bonuses,
            chances=dict(chances),
            work=partial(self._all_worked, line),
        )
        return calculation, bonuses.asks_hit_points or line.unsettled

    def _chance_table(self, line: Lineup, bonuses: Bonuses) -> Chances:
        """Return added probability by tag, sorted; equal tables are the same object."""
        pairs = line.chances + bonuses.chances
        if not pairs:
            return ()
        table: dict[str, float] = {}
        for tag, value in pairs:
            table[tag] = table.get(tag, 0.0) + value
        found = tuple(sorted(table.items()))
        if len(self._chances) >= _FEW:
            self._chances.clear()
        return self._chances.setdefault(found, found)

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
            return Preparer(context, asked).prepare(part.power, assembly, part.entry.stacks)

        return self._prepared.get(part.key, facts, compute)

    def _work(
        self,
        part: EntryParts,
        prepared: Prepared,
        lenders: tuple[Prepared, ...],
        boosting: Boosting,
    ) -> Worked:
        context, included = self._context, part.included

        def compute() -> Standing:
            lent: tuple[Live, ...] = ()
            if lenders and prepared.slottable:
                lent = self._attached.get(
                    (prepared, lenders), lambda: attached(prepared, lenders, context)
                )
            return Standing(prepared, context, included=included, lent=lent, boosting=boosting)

        standing = self._standing.get((prepared, lenders, boosting, included), compute)
        return self._worked.get(
            (part, standing), lambda: Worked(part.entry, standing, part.slotted)
        )

    # -- set bonuses ------------------------------------------------------------------------

    def _bonuses_of(self, parts: Parts) -> Bonuses:
        named = tuple([part.bonus_powers for part in parts if part is not None])
        return self._bonuses.get(named, lambda: self._counted(named))

    def _counted(self, named: Iterable[tuple[PowerId, ...]]) -> Bonuses:
        counter = Counter(chain.from_iterable(named))
        known = self._bonus
        for name in counter:
            if name not in known:
                known[name] = self._bonus_of(name)
        found = [
            (bonus, times) for name, times in counter.items() if (bonus := known[name]) is not None
        ]
        return Bonuses(found, ignored=self._context.settings.ignore_set_bonuses)

    def _bonus_of(self, name: str) -> BonusPower | None:
        context = self._context
        power = context.catalog.power(name)
        if power is None:
            return None
        facts = self._of_nobody
        assembly = Assembler(context, facts).assemble(power, [])
        return BonusPower(Preparer(context, facts).prepare(power, assembly, 0), context)

    @cached_property
    def _of_nobody(self) -> Facts:
        """The facts that bonus powers hear: nothing of the build."""
        context = self._context
        nobody = Build(context.archetype.id)
        return gather(nobody, context.archetype, context.settings, context.quirks)


def _tell_the_same(one: EntryParts | None, other: EntryParts | None) -> bool:
    """Return whether the rest of the build hears the same of two entries (see `gather`)."""
    if one is None or other is None:
        return False
    a, b = one.entry, other.entry
    return (
        a.power == b.power
        and a.included == b.included
        and one.included == other.included
        and a.stacks == b.stacks
        and a.level == b.level
    )


def _bonus_powers(part: EntryParts | None) -> tuple[str, ...]:
    return () if part is None else part.bonus_powers


def _gives(prepared: Prepared | None) -> bool:
    """Return whether an entry in the sums does something to other entries."""
    return prepared is not None and bool(prepared.lent or prepared.boosts)
