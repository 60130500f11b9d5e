"""One entry on its way through the stages, and the shares it has in the two sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from midsdesk.calc import aggregate
from midsdesk.calc.aggregate import SelfItem
from midsdesk.calc.cells import Accumulator, Contributions
from midsdesk.calc.context import Context
from midsdesk.calc.live import Live
from midsdesk.calc.pieces import Slotted, slotted_strengths
from midsdesk.calc.prepare import Prepared
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.set_bonus import SetInPower, in_reach, placed, sets_in
from midsdesk.calc.strengthen import (
    ENDURANCE,
    GLOBAL_CELLS,
    Local,
    divided,
    effect_factors,
    endurance_cell,
    enhanced,
    floored,
    raw_as_enhanced,
)
from midsdesk.model.build import PowerEntry
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.vocab import Activation

Chances = tuple[tuple[str, float], ...]
_FEW = 32


@dataclass(frozen=True, eq=False, slots=True)
class EntryParts:
    """What can be said of an entry without the rest of the build.

    Attributes:
        key: Everything its assembly depends on beside the facts it asks for.
        pieces: Slotted ones whose special effects count. slotted: strengths of the counting ones.
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
    missing: tuple[str, ...]


def parts_of(entry: PowerEntry, context: Context) -> EntryParts | None:
    """Return the parts of an entry, None if the catalog lacks its power."""
    catalog = context.catalog
    power = catalog.power(entry.power)
    if power is None:
        return None
    pieces, missing = _special_pieces(entry, context)
    subs = tuple(
        sub
        for each in entry.sub_powers
        if each.included and (sub := catalog.power(each.power)) is not None
    )
    counting = tuple(
        slot.enhancement
        for slot in entry.slots
        if slot.enhancement is not None and slot.level <= context.force_level
    )
    return EntryParts(
        entry=entry,
        power=power,
        included=entry.included and context.can_use(power, entry.level),
        key=(
            power.id,
            tuple(piece.id for piece in pieces),
            entry.stacks,
            tuple(sub.id for sub in subs),
        ),
        pieces=pieces,
        sub_powers=subs,
        slotted=slotted_strengths(
            counting,
            catalog,
            context.ruleset.enhancements,
            context.quirks,
            context.combat_level,
        ),
        sets=sets_in(entry, context),
        missing=missing,
    )


def _special_pieces(
    entry: PowerEntry, context: Context
) -> tuple[tuple[Enhancement, ...], tuple[str, ...]]:
    """Return the slotted pieces whose special effects count, and those the catalog lacks."""
    found, missing = [], []
    for slotted in placed(entry, context):
        piece = context.catalog.enhancement(slotted.enhancement)
        if piece is None:
            missing.append(str(slotted.enhancement))
        elif (
            piece.power
            and piece.set_id
            and in_reach(piece, slotted, context)
            and not (piece.is_proc and entry.procs_off)
            and not context.settings.ignore_enhancement_effects
        ):
            found.append(piece)
    return tuple(found), tuple(missing)


class Boosting:
    """The strengths that included powers lend to all others, compared by identity."""

    __slots__ = ("boosts",)

    def __init__(self, boosters: Sequence[Prepared]) -> None:
        self.boosts: tuple[tuple[Live, Power], ...] = tuple(
            boost for each in boosters for boost in each.boosts
        )


class Worked:
    """One entry with its strengths; remembers its shares by what they depend on.

    Attributes:
        lent: Effects other entries attached to it. counts: it takes part in the sums.
        absorbs: One of its effects is a share of the maximum hit points.
    """

    __slots__ = (
        "_globals",
        "_items",
        "_own",
        "_quirks",
        "_read",
        "_silent",
        "absorbs",
        "counts",
        "entry",
        "is_toggle",
        "lent",
        "prepared",
        "slotted",
        "strengths",
    )

    def __init__(
        self,
        entry: PowerEntry,
        prepared: Prepared,
        lent: tuple[Live, ...],
        slotted: Slotted,
        strengths: Local,
        context: Context,
        *,
        included: bool,
    ) -> None:
        self.entry = entry
        self.prepared = prepared
        self.lent = lent
        self.slotted = slotted
        self.strengths = strengths
        boost = int(Activation.GLOBAL_BOOST)
        kinds = (prepared.taken.activation, prepared.host.activation)
        self.counts = included and boost not in kinds
        self.is_toggle = prepared.host.activation == Activation.TOGGLE
        self._items: tuple[SelfItem, ...] = ()
        if self.counts:
            self._items = aggregate.self_items(prepared, self.effects, context)
        read = {strengths.cells[item.index] for item in self._items} - {-1}
        if prepared.reads_enhanced:
            read |= set(GLOBAL_CELLS)
        self._read = tuple(sorted(read))
        self._quirks = context.quirks
        self._silent = aggregate.is_silent(prepared, context)
        self.absorbs = any(item.of_hit_points for item in self._items)
        self._globals: dict[Chances, Contributions] = {}
        self._own: dict[tuple[Chances, tuple[float, ...], float], Contributions] = {}

    @property
    def effects(self) -> tuple[Live, ...]:
        """Own effects, then lent ones."""
        return (*self.prepared.effects, *self.lent) if self.lent else self.prepared.effects

    def global_share(self, chances: Chances, context: Context) -> Contributions:
        """Return what the entry adds to the strength of all powers."""
        found = self._globals.get(chances)
        if found is None:
            if len(self._globals) >= _FEW:
                self._globals.clear()
            effects: Iterable[Live] = self.effects
            if self._silent:
                effects = [each for each in effects if each.from_enhancement]
            found = self._globals[chances] = aggregate.global_contributions(
                effects, dict(chances), context
            )
        return found

    def own_share(
        self, chances: Chances, g: Accumulator, hit_points: float, context: Context
    ) -> Contributions:
        """Return what the entry adds to the character, enhanced.

        Args:
            hit_points: The maximum, for effects that are a share of it.
        """
        if not self._items:
            return ()
        key = (chances, tuple([g[cell] for cell in self._read]), hit_points * self.absorbs)
        found = self._own.get(key)
        if found is None:
            if len(self._own) >= _FEW:
                self._own.clear()
            found = self._own[key] = self._contributions(dict(chances), g, hit_points, context)
        return found

    def _contributions(
        self, chances: dict[str, float], g: Accumulator, hit_points: float, context: Context
    ) -> Contributions:
        found = []
        effects = self.effects
        for item in self._items:
            effect = effects[item.index]
            if aggregate.chance_of(effect, chances) <= 0:
                continue
            factor, _ = effect_factors(effect, item.index, self.strengths, g, context)
            raw = raw_as_enhanced(effect, self.prepared, self.strengths, g, context)
            value = enhanced(raw, factor, context.quirks) * item.times
            if item.of_hit_points:
                value *= hit_points
            if item.neutral and Quirk.CLICK_NEUTRALISED_AT_BASE in context.quirks:
                found.append((item.cell, value))
                value = -effect.magnitude
            elif item.neutral:
                continue
            found.append((item.cell, value))
        return tuple(found)

    def endurance_use(self, g: Accumulator) -> float:
        """Return the points a second a toggle costs while it runs."""
        host = self.prepared.host
        factor = self.strengths.attributes[ENDURANCE] + self.strengths.late[ENDURANCE] + 1
        if not self.strengths.blocked[ENDURANCE]:
            factor += g[endurance_cell()]
        cost = divided(host.endurance_cost, floored(factor, self._quirks))
        return cost / host.activate_period if host.activate_period > 0 else cost
