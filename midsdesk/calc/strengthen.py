"""How much stronger an entry's effects and attributes are: slots, Alpha, globals.

`Reach` needs the entry alone, `Local` its slots too, and the functions below add what the whole
build gives. The split is what makes an edit cheap: another power's slot changes neither of them.

Source: calculation reference A, sections 6, 7.5 and 7.6.
"""

import math
from collections.abc import Sequence
from typing import Final

from midsdesk.calc import cells
from midsdesk.calc.context import Context
from midsdesk.calc.diversification import diversify, schedule_of
from midsdesk.calc.expression import Current, reads_its_power
from midsdesk.calc.live import Live
from midsdesk.calc.pieces import ASPECT_OF, Slotted
from midsdesk.calc.prepare import Prepared, shares_class
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Power
from midsdesk.model.vocab import Attribute, EnhancedAspect, Scaling, Schedule, StatusEffect

Boosts = Sequence[tuple[Live, Power]]

_DAMAGE: Final = int(Attribute.DAMAGE)
_DEFENSE: Final = int(Attribute.DEFENSE)
_RESISTANCE: Final = int(Attribute.RESISTANCE)
_STATUS: Final = int(Attribute.STATUS)
_ENHANCEMENT: Final = int(Attribute.ENHANCEMENT)
_EFFECT_RESISTANCE: Final = int(Attribute.EFFECT_RESISTANCE)
_DAMAGE_BUFF: Final = int(Attribute.DAMAGE_BUFF)
_REGENERATION: Final = int(Attribute.REGENERATION)
_SPECIAL_DAMAGE: Final = 9
_MOVEMENT: Final = frozenset(
    {
        int(Attribute.SPEED_RUNNING),
        int(Attribute.SPEED_JUMPING),
        int(Attribute.SPEED_FLYING),
        int(Attribute.JUMP_HEIGHT),
    }
)
_KNOCK: Final = (int(StatusEffect.KNOCKBACK), int(StatusEffect.KNOCKUP))
_KNOCKDOWN_MAGNITUDE: Final = 0.67
_LOWEST: Final = 0.25
_NOTHING: Final = (0.0,) * 5

# Attributes of a power that strength can change, in the order of `Strengths`.
ACCURACY, ENDURANCE, INTERRUPT, RANGE, RECHARGE = range(5)
_ASPECTS: Final = (
    int(EnhancedAspect.ACCURACY),
    int(EnhancedAspect.ENDURANCE_DISCOUNT),
    int(EnhancedAspect.INTERRUPT),
    int(EnhancedAspect.RANGE),
    int(EnhancedAspect.RECHARGE_TIME),
)
_SCHEDULES: Final = (
    int(Schedule.A),
    int(Schedule.A),
    int(Schedule.C),
    int(Schedule.B),
    int(Schedule.A),
)
GLOBAL_CELLS: Final = (
    cells.EFFECT + int(Attribute.ACCURACY),
    cells.EFFECT + int(Attribute.ENDURANCE_DISCOUNT),
    cells.EFFECT + int(Attribute.INTERRUPT_TIME),
    cells.EFFECT + int(Attribute.RANGE),
    cells.EFFECT + int(Attribute.RECHARGE_TIME),
)
_BOOSTED: Final = {
    int(Attribute.ACCURACY): ACCURACY,
    int(Attribute.ENDURANCE_DISCOUNT): ENDURANCE,
    int(Attribute.INTERRUPT_TIME): INTERRUPT,
    int(Attribute.RANGE): RANGE,
    int(Attribute.RECHARGE_TIME): RECHARGE,
}


def _blocked(power: Power, quirks: frozenset[Quirk]) -> tuple[bool, ...]:
    """Return which attributes of a power no strength reaches."""
    ignored = power.ignored_enhancements
    always = (INTERRUPT, RANGE) if Quirk.RANGE_IGNORES_LISTS in quirks else ()
    return tuple(aspect in ignored and which not in always for which, aspect in enumerate(_ASPECTS))


def _slotted_magnitude(each: Live, slotted: Slotted) -> float:
    """Return the slotted strength for one effect, before diversification."""
    sign = (each.magnitude > 0) - (each.magnitude < 0)
    attribute = each.attribute
    if attribute == _DAMAGE and each.damage_type == _SPECIAL_DAMAGE:
        return 0.0
    if attribute == _STATUS:
        return slotted.strength(int(EnhancedAspect.STATUS), each.status, sign)
    if attribute == _ENHANCEMENT and each.modifies == Attribute.ACCURACY:
        return slotted.strength(int(EnhancedAspect.ACCURACY), -1, sign)
    if attribute == _EFFECT_RESISTANCE and each.modifies == Attribute.DEFENSE:
        return slotted.strength(int(EnhancedAspect.DEFENSE), -1, sign)
    if attribute == _EFFECT_RESISTANCE and each.modifies == _REGENERATION:
        return slotted.strength(int(EnhancedAspect.HEAL), -1, sign)
    aspect = ASPECT_OF.get(attribute)
    return 0.0 if aspect is None else slotted.strength(aspect, -1, sign)


def _effect_schedule(each: Live, quirks: frozenset[Quirk]) -> int | None:
    """Return the schedule of an effect's slotted strength; None for "not diversified"."""
    if each.from_enhancement:
        return None
    attribute = each.attribute
    if attribute == _EFFECT_RESISTANCE:
        if each.modifies == _REGENERATION and (Quirk.REGENERATION_RESISTANCE_WITHOUT_ED in quirks):
            return None
        return schedule_of(each.modifies)
    if attribute == _DEFENSE and each.magnitude < 0:
        if Quirk.DEFENSE_DEBUFF_ON_SCHEDULE_B in quirks:
            return int(Schedule.B)
        return int(Schedule.A)
    return schedule_of(attribute, each.status)


def to_duration(each: Live) -> bool:
    """Return whether strength lengthens a status effect instead of deepening it."""
    return each.attribute == _STATUS and each.effect.scaling == Scaling.DURATION


def _global_cell(each: Live) -> int:
    if not each.buffable:
        return -1
    attribute = each.attribute
    if attribute == _DAMAGE:
        return cells.DAMAGE + each.damage_type
    if attribute == _DEFENSE:
        return cells.DEFENSE + each.damage_type
    if attribute == _RESISTANCE:
        return cells.RESISTANCE + each.damage_type
    if attribute == _STATUS:
        return cells.STATUS + each.status
    moved = each.modifies if attribute == _ENHANCEMENT else attribute
    if moved in _MOVEMENT:
        if each.magnitude > 0:
            return cells.EFFECT + moved
        return cells.DEBUFF_EFFECT + moved if each.magnitude < 0 else -1
    return cells.EFFECT + attribute


class _Boosted:
    """Sums of what Alpha adds to one entry: attributes, magnitudes and durations."""

    __slots__ = ("attributes", "durations", "magnitudes")

    def __init__(self, effects: Sequence[Live]) -> None:
        self.attributes = [0.0] * 5
        self.magnitudes = [0.0] * len(effects)
        self.durations = [0.0] * len(effects)

    def add(
        self,
        boost: Live,
        effects: Sequence[Live],
        blocked: Sequence[bool],
        quirks: frozenset[Quirk],
    ) -> None:
        """Add one boost; no condition, chance or target of it is asked."""
        value = boost.magnitude
        if boost.attribute == _ENHANCEMENT:
            which = _BOOSTED.get(boost.modifies)
            if which is not None and not blocked[which]:
                self.attributes[which] += value
                return
        for index, each in enumerate(effects):
            if not each.buffable or not _reaches(boost, each, quirks):
                continue
            if to_duration(each):
                self.durations[index] += value
            else:
                self.magnitudes[index] += value


def _reaches(boost: Live, each: Live, quirks: frozenset[Quirk]) -> bool:
    """Return whether a boost raises an effect."""
    if boost.attribute == _DAMAGE_BUFF:
        reached = each.attribute == _DAMAGE or (
            each.attribute == _RESISTANCE and Quirk.DAMAGE_BOOST_RAISES_RESISTANCE in quirks
        )
        return reached and each.damage_type == boost.damage_type
    if each.attribute != boost.modifies:
        return False
    if each.attribute in (_DEFENSE, _DAMAGE):
        return each.damage_type == boost.damage_type
    if each.attribute == _STATUS:
        return each.status == boost.status
    return True


class Reach:
    """What strengths can do to one entry, whatever is slotted in it.

    Attributes:
        effects: Own ones, then those other entries attached to it.
        blocked: Attributes that global strengths do not reach.
    """

    __slots__ = ("_alike", "_cells", "_first", "blocked", "context", "early", "effects", "late")

    def __init__(
        self, entry: Prepared, extra: Sequence[Live], boosts: Boosts, context: Context
    ) -> None:
        quirks = context.quirks
        self.context = context
        self.effects = (*entry.effects, *extra) if extra else entry.effects
        self.blocked = _blocked(entry.taken, quirks)
        self._cells: tuple[int, ...] | None = None
        self._alike: dict[int, int] = {}
        self._first: dict[object, int] = {}
        early = late = None
        if entry.slottable and boosts:
            host_blocked = self.blocked
            if entry.host is not entry.taken:
                host_blocked = _blocked(entry.host, quirks)
            early, late = _Boosted(self.effects), _Boosted(self.effects)
            asked, reached = None, False
            for boost, reach in boosts:
                if reach is not asked:
                    asked, reached = reach, shares_class(entry.host, reach)
                if reached:
                    into = late if boost.ignores_ed else early
                    into.add(boost, self.effects, host_blocked, quirks)
        self.early, self.late = early, late

    @property
    def cells(self) -> tuple[int, ...]:
        """Where in G each effect finds its global strength, -1 for nowhere."""
        if self._cells is None:
            self._cells = tuple([_global_cell(each) for each in self.effects])
        return self._cells

    def alike(self, index: int) -> int:
        """Return the first effect met that all strengths but global ones raise as they do this."""
        found = self._alike.get(index)
        if found is None:
            each = self.effects[index]
            magnitude = each.magnitude
            key = (
                each.attribute,
                each.modifies,
                each.status,
                each.damage_type == _SPECIAL_DAMAGE,
                (magnitude > 0) - (magnitude < 0),
                each.buffable,
                each.from_enhancement,
                each.effect.scaling == Scaling.DURATION,
                self.early and (self.early.magnitudes[index], self.early.durations[index]),
            )
            found = self._alike[index] = self._first.setdefault(key, index)
        return found


class Local:
    """Strengths that do not depend on the rest of the build; worked out when asked for.

    Attributes:
        slotted: The five attributes before diversification (Alpha's diminished part included).
        reach: What strengths can do to the entry.
        late: What Alpha adds to them beyond it.
        blocked: Attributes that global strengths do not reach.
    """

    __slots__ = ("_attributes", "_effects", "_pieces", "blocked", "late", "reach")

    def __init__(self, reach: Reach, pieces: Slotted) -> None:
        self.reach = reach
        self._pieces = pieces
        self.blocked = reach.blocked
        self.late = _NOTHING if reach.late is None else tuple(reach.late.attributes)
        self._attributes: tuple[float, ...] | None = None
        self._effects: dict[int, tuple[float, float]] = {}

    @property
    def slotted(self) -> tuple[float, ...]:
        """The five attributes before diversification."""
        early = _NOTHING if self.reach.early is None else self.reach.early.attributes
        return tuple(
            [
                (0.0 if self.blocked[which] else self._pieces.strength(aspect)) + early[which]
                for which, aspect in enumerate(_ASPECTS)
            ]
        )

    @property
    def attributes(self) -> tuple[float, ...]:
        """The five attributes after diversification."""
        if self._attributes is None:
            thresholds = self.reach.context.ruleset.enhancements.ed_thresholds
            self._attributes = tuple(
                [
                    diversify(value, schedule, thresholds)
                    for value, schedule in zip(self.slotted, _SCHEDULES, strict=True)
                ]
            )
        return self._attributes

    @property
    def knocks_down(self) -> bool:
        """A slotted piece turns knockback into knockdown."""
        quirks = self.reach.context.quirks
        return self._pieces.knocks_down and Quirk.KNOCKDOWN_AS_STRENGTH not in quirks

    def cell(self, index: int) -> int:
        """Return where in G an effect finds its global strength, -1 for nowhere."""
        return self.reach.cells[index]

    def effect(self, index: int) -> tuple[float, float]:
        """Return what magnitude and duration of an effect gain, after diversification."""
        first = self.reach.alike(index)
        found = self._effects.get(first)
        if found is None:
            found = self._effects[first] = self._diversified(first)
        return found

    def late_effect(self, index: int) -> tuple[float, float]:
        """Return what Alpha adds to magnitude and duration beyond diversification."""
        late = self.reach.late
        return (0.0, 0.0) if late is None else (late.magnitudes[index], late.durations[index])

    def _diversified(self, index: int) -> tuple[float, float]:
        each, early = self.reach.effects[index], self.reach.early
        magnitude = duration = 0.0
        if early is not None:
            magnitude, duration = early.magnitudes[index], early.durations[index]
        if each.buffable and self._pieces.lines:
            if to_duration(each):
                duration += _slotted_magnitude(each, self._pieces)
            else:
                magnitude += _slotted_magnitude(each, self._pieces)
        if not magnitude and not duration:
            return magnitude, duration
        schedule = _effect_schedule(each, self.reach.context.quirks)
        if schedule is None:
            return magnitude, duration
        thresholds = self.reach.context.ruleset.enhancements.ed_thresholds
        return (
            diversify(magnitude, schedule, thresholds),
            diversify(duration, schedule, thresholds),
        )


def endurance_cell() -> int:
    """Return where in G the discount on endurance costs stands."""
    return GLOBAL_CELLS[ENDURANCE]


def attribute_strengths(
    strengths: Local, totals: cells.Accumulator, context: Context
) -> tuple[float, float, float, float, float]:
    """Return accuracy as a sum and endurance, interrupt, range, recharge as factors."""
    found = []
    for which, cell in enumerate(GLOBAL_CELLS):
        value = strengths.attributes[which]
        if not strengths.blocked[which]:
            value += totals[cell]
        value += strengths.late[which]
        found.append(value if which == ACCURACY else value + 1)
    found[RECHARGE] = min(found[RECHARGE], context.archetype.recharge_cap)
    endurance, interrupt, range_, recharge = [floored(each, context.quirks) for each in found[1:]]
    return found[ACCURACY], endurance, interrupt, range_, recharge


def floored(factor: float, quirks: frozenset[Quirk]) -> float:
    """Return a factor of an attribute, never below the game's lowest strength."""
    return factor if Quirk.NO_STRENGTH_FLOOR in quirks else max(factor, _LOWEST)


def divided(value: float, factor: float) -> float:
    """Return a cost or time divided by its factor; a factor of 0 makes it endless."""
    if factor == 0:
        return math.inf if value else 0.0
    return value / factor


def raw_as_enhanced(
    each: Live, entry: Prepared, strengths: Local, totals: cells.Accumulator, context: Context
) -> float:
    """Return an effect's raw magnitude as its formula gives it in the enhanced power.

    Only the old planner reads the enhanced power there; see `Quirk.FORMULAS_READ_ENHANCED_POWER`.
    """
    if not entry.reads_enhanced or entry.preparer is None or not reads_its_power(each.effect):
        return each.magnitude
    factors = attribute_strengths(strengths, totals, context)
    host = entry.host
    current = Current(
        divided(host.endurance_cost, factors[ENDURANCE]),
        divided(host.recharge_time, factors[RECHARGE]),
        host.range * factors[RANGE],
    )
    return entry.preparer.raw(each, host, current)


def effect_factors(
    each: Live, index: int, strengths: Local, totals: cells.Accumulator, context: Context
) -> tuple[float, float]:
    """Return the factors of one effect's magnitude and duration."""
    magnitude, duration = strengths.effect(index)
    reach, attribute = strengths.reach, each.attribute
    cell = reach.cells[index]
    if cell >= 0:
        if attribute == _STATUS and to_duration(each):
            duration += totals[cell]
        else:
            magnitude += totals[cell]
    late = reach.late
    if late is None:
        magnitude += 1
        duration += 1
    else:
        magnitude += late.magnitudes[index] + 1
        duration += late.durations[index] + 1
    if attribute == _DAMAGE:
        magnitude = min(magnitude, context.archetype.damage_cap)
    if attribute == _STATUS and each.status in _KNOCK and strengths.knocks_down:
        magnitude = _KNOCKDOWN_MAGNITUDE / abs(each.magnitude) if each.magnitude else 1.0
    return magnitude, duration


def enhanced(raw: float, factor: float, quirks: frozenset[Quirk]) -> float:
    """Return a raw number times its factor; the old planner takes an exact 0 for "no result"."""
    value = raw * factor
    if value == 0 and Quirk.ZERO_REVERTS_TO_BASE in quirks:
        return raw
    return value
