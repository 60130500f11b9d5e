"""One entry on its way through the stages, and the shares it has in the two sums."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from midsdesk.calc import aggregate
from midsdesk.calc.aggregate import SelfItem
from midsdesk.calc.assemble import brings_something
from midsdesk.calc.cells import Accumulator, Contributions
from midsdesk.calc.context import Context
from midsdesk.calc.live import Live
from midsdesk.calc.pieces import Line, Slotted, lines_of
from midsdesk.calc.prepare import Prepared
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.set_bonus import SetInPower, placed, sets_in
from midsdesk.calc.strengthen import (
    ENDURANCE,
    GLOBAL_CELLS,
    Local,
    Reach,
    divided,
    effect_factors,
    endurance_cell,
    enhanced,
    floored,
    raw_as_enhanced,
)
from midsdesk.model.build import PowerEntry, SlottedEnhancement
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Activation

Chances = tuple[tuple[str, float], ...]
_FEW = 32
_KEPT = 4096


# Not frozen for speed alone: there is one for every trial.
@dataclass(eq=False, slots=True)
class EntryParts:
    """What can be said of an entry without the rest of the build; never changed.

    Attributes:
        key: Everything its assembly depends on beside the facts it asks for.
        pieces: Slotted ones with special effects that count. slotted: strengths of all that count.
        bonus_powers: Of its sets, in counting order; none where the entry is out of reach.
        missing: Pieces the catalog lacks.
        included: It is lit, and can be used at the level fought at.
    """

    entry: PowerEntry
    power: Power
    included: bool
    key: tuple[object, ...]
    pieces: tuple[Enhancement, ...]
    sub_powers: tuple[Power, ...]
    slotted: Slotted
    sets: tuple[SetInPower, ...]
    bonus_powers: tuple[PowerId, ...]
    missing: tuple[str, ...]


def parts_of(entry: PowerEntry, context: Context) -> EntryParts | None:
    """Return the parts of an entry, None if the catalog lacks its power."""
    catalog = context.catalog
    power = catalog.power(entry.power)
    if power is None:
        return None
    pieces_placed, missing = placed(entry, context)
    pieces: tuple[Enhancement, ...] = ()
    if not context.settings.ignore_enhancement_effects:
        pieces = tuple(
            [
                piece
                for _, piece in pieces_placed
                if not (piece.is_proc and entry.procs_off) and brings_something(piece, context)
            ]
        )
    subs = tuple(
        [
            sub
            for each in entry.sub_powers
            if each.included and (sub := catalog.power(each.power)) is not None
        ]
    )
    sets = sets_in(pieces_placed, context) if entry.level <= context.force_level + 1 else ()
    return EntryParts(
        entry=entry,
        power=power,
        included=entry.included and context.can_use(power, entry.level),
        key=(
            power.id,
            tuple([piece.id for piece in pieces]),
            entry.stacks,
            tuple([sub.id for sub in subs]),
        ),
        pieces=pieces,
        sub_powers=subs,
        slotted=Slotted(_lines(entry, context)),
        sets=sets,
        bonus_powers=tuple([power for each in sets for power in each.bonus_powers]),
        missing=missing,
    )


def _lines(entry: PowerEntry, context: Context) -> Iterator[Line]:
    """Yield what the counting pieces give; unknown ones give nothing."""
    for slot in entry.slots:
        if slot.enhancement is not None and slot.level <= context.force_level:
            yield from _lines_of(slot.enhancement, context)


def _lines_of(slotted: SlottedEnhancement, context: Context) -> tuple[Line, ...]:
    key = (slotted.enhancement, slotted.level, slotted.grade, slotted.relative_level)
    found = context.lines.get(key)
    if found is None:
        piece = context.catalog.enhancement(slotted.enhancement)
        tables, quirks, level = context.ruleset.enhancements, context.quirks, context.combat_level
        found = () if piece is None else lines_of(piece, slotted, tables, quirks, level)
        if len(context.lines) >= _KEPT:
            context.lines.clear()
        context.lines[key] = found
    return found


class Boosting:
    """The strengths that included powers lend to all others, compared by identity."""

    __slots__ = ("boosts",)

    def __init__(self, boosters: Sequence[Prepared]) -> None:
        self.boosts: tuple[tuple[Live, Power], ...] = tuple(
            boost for each in boosters for boost in each.boosts
        )


class Standing:
    """An entry among the others of its build, whatever is slotted in it.

    Attributes:
        lent: Effects other entries attached to it. counts: it takes part in the sums.
        items: Ways its effects reach the character.
        raises: It may add to the strength of all powers.
        absorbs: One of its effects is a share of the maximum hit points.
        unsettled: What it adds depends on results of an earlier round.
        read: Picks out of G what its items depend on.
    """

    __slots__ = (
        "_globals",
        "_silent",
        "absorbs",
        "context",
        "counts",
        "is_toggle",
        "items",
        "lent",
        "prepared",
        "raises",
        "reach",
        "read",
        "unsettled",
    )

    def __init__(
        self,
        prepared: Prepared,
        context: Context,
        *,
        included: bool,
        lent: tuple[Live, ...] = (),
        boosting: Boosting | None = None,
    ) -> None:
        self.prepared = prepared
        self.context = context
        self.lent = lent
        self.reach = Reach(prepared, lent, boosting.boosts if boosting else (), context)
        boost = int(Activation.GLOBAL_BOOST)
        kinds = (prepared.taken.activation, prepared.host.activation)
        self.counts = included and boost not in kinds
        self.is_toggle = prepared.host.activation == Activation.TOGGLE
        effects = self.reach.effects
        strengths = [each for each in effects if each.attribute in aggregate.STRENGTHS]
        self.raises = self.counts and bool(strengths)
        self.items: tuple[SelfItem, ...] = ()
        self.read: Callable[[Accumulator], object] = _nothing
        if self.counts:
            self.items = aggregate.self_items(prepared, effects, context)
        if self.items:
            where = self.reach.cells
            cells = {where[item.place] for item in self.items} - {-1}
            if prepared.reads_enhanced:
                cells |= set(GLOBAL_CELLS)
            if cells:
                self.read = itemgetter(*sorted(cells))
        self.absorbs = any(item.of_hit_points for item in self.items)
        silent = self._silent = aggregate.is_silent(prepared, context)
        self.unsettled = (
            prepared.asked_first
            or self.absorbs
            or any(
                aggregate.may_reach_sums(each, context, silent=silent)
                for each in [each for each in effects if each.asks]
            )
        )
        self._globals: dict[Chances, Contributions] = {}

    def global_share(self, chances: Chances) -> Contributions:
        """Return what the entry adds to the strength of all powers."""
        found = self._globals.get(chances)
        if found is None:
            if len(self._globals) >= _FEW:
                self._globals.clear()
            effects: Iterable[Live] = self.reach.effects
            if self._silent:
                effects = [each for each in effects if each.from_enhancement]
            found = self._globals[chances] = aggregate.global_contributions(
                effects, dict(chances), self.context
            )
        return found


def _nothing(_g: Accumulator) -> object:
    return None


class Worked:
    """One entry with its strengths; remembers its share by what it depends on."""

    __slots__ = ("_last", "_own", "_use", "entry", "slotted", "standing", "strengths")

    def __init__(self, entry: PowerEntry, standing: Standing, slotted: Slotted) -> None:
        self.entry = entry
        self.standing = standing
        self.slotted = slotted
        self.strengths = Local(standing.reach, slotted)
        self._own: dict[tuple[Chances, object, float], Contributions] = {}
        self._last: tuple[object, Chances, float, Contributions] | None = None
        self._use: tuple[float, float] | None = None

    @property
    def prepared(self) -> Prepared:
        """The entry before any strength."""
        return self.standing.prepared

    @property
    def lent(self) -> tuple[Live, ...]:
        """Effects other entries attached to it."""
        return self.standing.lent

    @property
    def effects(self) -> tuple[Live, ...]:
        """Own effects, then lent ones."""
        return self.standing.reach.effects

    @property
    def counts(self) -> bool:
        """It takes part in the sums."""
        return self.standing.counts

    @property
    def is_toggle(self) -> bool:
        """It runs, and costs endurance while it does."""
        return self.standing.is_toggle

    def global_share(self, chances: Chances) -> Contributions:
        """Return what the entry adds to the strength of all powers."""
        return self.standing.global_share(chances)

    def own_share(self, chances: Chances, g: Accumulator, hit_points: float) -> Contributions:
        """Return what the entry adds to the character, enhanced.

        Args:
            hit_points: The maximum, for effects that are a share of it.
        """
        standing, last = self.standing, self._last
        read = standing.read(g)
        maximum = hit_points if standing.absorbs else 0.0
        if last is not None and last[1] is chances and last[0] == read and last[2] == maximum:
            return last[3]
        key = (chances, read, maximum)
        found = self._own.get(key)
        if found is None:
            if len(self._own) >= _FEW:
                self._own.clear()
            found = self._own[key] = self._contributions(dict(chances), g, hit_points)
        self._last = read, chances, maximum, found
        return found

    def _contributions(
        self, chances: dict[str, float], g: Accumulator, hit_points: float
    ) -> Contributions:
        sums: dict[int, float] = {}
        effects, prepared, context = self.effects, self.prepared, self.standing.context
        strengths, quirks, rereads = self.strengths, context.quirks, prepared.reads_enhanced
        for place, cell, times, neutral, of_hit_points in self.standing.items:
            effect = effects[place]
            if aggregate.chance_of(effect, chances) <= 0:
                continue
            factor, _ = effect_factors(effect, place, strengths, g, context)
            raw = effect.magnitude
            if rereads:
                raw = raw_as_enhanced(effect, prepared, strengths, g, context)
            value = enhanced(raw, factor, quirks) * times
            if of_hit_points:
                value *= hit_points
            if neutral:
                if Quirk.CLICK_NEUTRALISED_AT_BASE not in quirks:
                    continue
                value -= effect.magnitude
            sums[cell] = sums.get(cell, 0.0) + value
        return tuple(sums.items())

    def endurance_use(self, g: Accumulator) -> float:
        """Return the points a second a toggle costs while it runs."""
        discount, last = g[endurance_cell()], self._use
        if last is None or last[0] != discount:
            last = self._use = discount, self._endurance_use(discount)
        return last[1]

    def _endurance_use(self, discount: float) -> float:
        host = self.prepared.host
        factor = self.strengths.attributes[ENDURANCE] + self.strengths.late[ENDURANCE] + 1
        if not self.strengths.blocked[ENDURANCE]:
            factor += discount
        cost = divided(host.endurance_cost, floored(factor, self.standing.context.quirks))
        return cost / host.activate_period if host.activate_period > 0 else cost
