"""An entry made ready for the sums: its effects with raw numbers and with what they may touch.

Source: calculation reference A, sections 1, 4.8 and 7.1; B, sections 2.2 to 2.6.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from midsdesk.calc import conditions, expression
from midsdesk.calc.absorb import is_variable
from midsdesk.calc.assemble import Assembly
from midsdesk.calc.context import Context
from midsdesk.calc.expression import (
    Current,
    ExpressionError,
    Flaw,
    Scene,
    as_base,
    reads_its_power,
)
from midsdesk.calc.facts import Counting
from midsdesk.calc.live import Live, table_duration, table_magnitude, tick_count
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Effect, Power, Powerset
from midsdesk.model.vocab import (
    Activation,
    Attribute,
    EffectClass,
    PowersetKind,
    PvMode,
    Scaling,
)

_GLOBAL_BOOST: Final = int(Activation.GLOBAL_BOOST)
_BY_MAGNITUDE: Final = int(Scaling.MAGNITUDE)
_DAMAGE: Final = int(Attribute.DAMAGE)
_SLOTTABLE: Final = frozenset(
    {
        PowersetKind.PRIMARY,
        PowersetKind.SECONDARY,
        PowersetKind.ANCILLARY,
        PowersetKind.INHERENT,
        PowersetKind.POOL,
    }
)
_STRENGTHS: Final = (int(Attribute.ENHANCEMENT), int(Attribute.DAMAGE_BUFF))
_FORMULA: Final = int(Scaling.EXPRESSION)
_CHANCE_MODIFIER: Final = int(Attribute.CHANCE_MODIFIER)
_FLY: Final = int(Attribute.FLY)
_OF_ITS_OWN: Final = (_CHANCE_MODIFIER, _FLY)


@dataclass(frozen=True, eq=False, slots=True)
class Prepared:
    """One entry before any strength.

    Attributes:
        host: The power in force. taken: the power picked.
        slottable: Enhancements and Alpha may raise it.
        effects: With raw numbers, in order.
        slider: The stacks, for effects that join later.
        boosts: Strengths it lends to other powers (Alpha), each with the power that says which
            powers it reaches. lent: effects it attaches to other powers (Interface).
        chances: What it adds to the chances of effects with a tag, while it is included.
        flies: It lets its owner fly.
        asked_results: Something of it depends on results of an earlier round; asked_first: even
            which effects it has.
        flaws: Formulas that could not be worked out.
        preparer: Works formulas out again that speak of the power they stand in.
        reads_enhanced: Such a formula is read anew in the enhanced power.
    """

    taken: Power
    host: Power
    redirected: bool
    slottable: bool
    effects: tuple[Live, ...]
    slider: "Slider"
    boosts: tuple[tuple[Live, Power], ...]
    lent: tuple[tuple[Live, Power], ...]
    chances: tuple[tuple[str, float], ...]
    flies: bool
    asked_results: bool = False
    asked_first: bool = False
    flaws: tuple[Flaw, ...] = ()
    preparer: "Preparer | None" = None
    reads_enhanced: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Slider:
    """The stacks of one entry, and which of its effects they multiply."""

    host: Power
    powerset: Powerset | None
    playable: bool
    stacks: int

    def moves(self, each: Live) -> bool:
        """Return whether the stacks multiply an effect."""
        return (
            self.host.has_variable
            and not each.ignores_scaling
            and is_variable(each, self.host, self.powerset, playable=self.playable)
        )

    def scale(self, each: Live) -> float:
        """Return the effect's scale with the stacks."""
        return each.scale * self.stacks if self.moves(each) else each.scale

    def share(self, each: Live) -> float:
        """Return the share of a chance modifier that the slider lets through."""
        top = self.host.variable_max
        if not self.host.has_variable or top <= 0 or self.moves(each):
            return 1.0
        return min(1.0, max(0.0, self.stacks / top))


class Preparer:
    """Computes the raw numbers of assembled effects."""

    def __init__(self, context: Context, facts: Counting) -> None:
        self._context = context
        self._facts = facts
        self._flaws: dict[Flaw, None] = {}
        # Effects for the other mode never fit.
        self._against = int(PvMode.PVE if context.settings.pvp else PvMode.PVP)

    def prepare(self, taken: Power, assembly: Assembly, stacks: int) -> Prepared:
        """Return the entry with raw numbers; takes over the effects of `assembly`."""
        host = assembly.power
        asked_first = self._facts.results_asked > 0
        powerset = self._context.catalog.powerset(host.powerset)
        playable = True
        if powerset is not None and powerset.archetype:
            owner = self._context.catalog.archetype(powerset.archetype)
            playable = owner is not None and owner.playable
        slider = Slider(host, powerset, playable, stacks)
        effects = assembly.effects
        if host.has_variable:
            for each in effects:
                each.scale = slider.scale(each)
        for each in effects:
            self.number(each, host)
        slottable = bool(
            host.enhancement_classes and powerset is not None and powerset.kind in _SLOTTABLE
        )
        formulas = [each.effect for each in effects if each.effect.scaling == _FORMULA]
        speaks = any(map(reads_its_power, formulas))
        # Only these lend something to other powers.
        lending: Sequence[Live] = effects
        if host.activation != _GLOBAL_BOOST:
            lending = [each for each in effects if each.absorbed_kind == _GLOBAL_BOOST]
        special = [each for each in effects if each.attribute in _OF_ITS_OWN]
        return Prepared(
            taken=taken,
            host=host,
            redirected=assembly.redirected,
            slottable=slottable,
            effects=effects,
            slider=slider,
            boosts=_boosts(host, lending) if lending else (),
            lent=_lent(host, lending) if lending else (),
            chances=_chances(special, slider, context=self._context) if special else (),
            flies=_flies(special, context=self._context) if special else False,
            asked_results=self._facts.results_asked > 0,
            asked_first=asked_first,
            flaws=tuple(self._flaws),
            preparer=self if speaks else None,
            reads_enhanced=speaks and Quirk.FORMULAS_READ_ENHANCED_POWER in self._context.quirks,
        )

    def number(self, each: Live, host: Power) -> None:
        """Compute the raw magnitude and duration of one effect and whether it is in force."""
        context, facts = self._context, self._facts
        effect = each.effect
        before = facts.results_asked
        if effect.scaling == _FORMULA:
            each.magnitude, each.duration = table_magnitude(each, 0.0), table_duration(each, 0.0)
            self._formulas(each, host)
        elif effect.scaling == _BY_MAGNITUDE:
            # `table_magnitude` and `table_duration` for nearly all effects, without the calls.
            modifier = context.modifier(effect.modifier_table, host, each.class_column)
            value = each.scale * effect.magnitude * modifier
            each.magnitude = -value if each.attribute == _DAMAGE else value
            each.duration = each.n_duration
        else:
            modifier = context.modifier(effect.modifier_table, host, each.class_column)
            each.magnitude = table_magnitude(each, modifier)
            each.duration = table_duration(each, modifier)
        if effect.special_case or each.conditions:
            each.met, each.valid = conditions.both(
                effect.special_case, each.conditions, facts, context.quirks
            )
        each.fits = effect.pv_mode != self._against and (
            not effect.only_class or self._for_class(effect)
        )
        each.asks = facts.results_asked > before

    def raw(self, each: Live, host: Power, current: Current) -> float:
        """Return the raw magnitude that an effect's formula gives in `host` as it stands."""
        scene = Scene(each, host, current, self._context, self._facts)
        return self._guarded(scene, each.effect.magnitude_expression, expression.magnitude)

    def _formulas(self, each: Live, host: Power) -> None:
        """Set what the formulas of an effect give; 0 where one cannot be worked out."""
        effect, context = each.effect, self._context
        scene = Scene(each, host, as_base(host), context, self._facts)
        if effect.magnitude_expression:
            text = effect.magnitude_expression
            each.magnitude = self._guarded(scene, text, expression.magnitude)
        elif Quirk.BLANK_FORMULA_WITHOUT_TABLE not in context.quirks:
            each.magnitude *= context.modifier(effect.modifier_table, host, each.class_column)
        if effect.duration_expression:
            text = effect.duration_expression
            each.duration = self._guarded(scene, text, partial(expression.value, text))
        if effect.probability_expression:
            text = effect.probability_expression
            chance = self._guarded(scene, text, partial(expression.value, text))
            each.probability, each.ppm = min(1.0, max(0.0, chance)), 0.0

    def _guarded(self, scene: Scene, text: str, work: Callable[[Scene], float]) -> float:
        try:
            return work(scene)
        except ExpressionError as error:
            self._flaws[Flaw(scene.each.power.id, text, str(error))] = None
            return 0.0

    def _for_class(self, effect: Effect) -> bool:
        """Return whether an effect that is for one archetype works for this one."""
        archetype = self._context.archetype
        if Quirk.CLASS_BY_STORED_NUMBER in self._context.quirks:
            return effect.only_class_index in (-1, archetype.position)
        return effect.only_class.lower() == archetype.id.lower()


def from_boost(each: Live) -> bool:
    """Return whether an effect was absorbed from a power of type GlobalBoost."""
    return each.absorbed and each.absorbed_kind == _GLOBAL_BOOST


def _boosts(host: Power, effects: Iterable[Live]) -> tuple[tuple[Live, Power], ...]:
    own = host.activation == _GLOBAL_BOOST
    return tuple(
        (each, each.absorbed_power or host)
        for each in effects
        if each.attribute in _STRENGTHS
        and each.effect_class != EffectClass.IGNORED
        and (own or from_boost(each))
    )


def _lent(host: Power, effects: Iterable[Live]) -> tuple[tuple[Live, Power], ...]:
    own = host.activation == _GLOBAL_BOOST
    return tuple(
        (each, each.absorbed_power or host)
        for each in effects
        if each.effect_class != EffectClass.IGNORED
        and each.attribute not in _STRENGTHS
        and not each.ignores_ed
        and (own or from_boost(each))
        and not (each.absorbed and each.attribute == Attribute.GRANT_POWER)
    )


def _chances(
    effects: Iterable[Live], slider: Slider, context: Context
) -> tuple[tuple[str, float], ...]:
    anyhow = Quirk.CHANCE_MODIFIERS_UNCONDITIONAL in context.quirks
    slides = Quirk.CHANCE_SLIDER_WITHOUT_EFFECT not in context.quirks
    return tuple(
        (each.effect.reward, each.scale * slider.share(each) if slides else each.scale)
        for each in effects
        if each.attribute == _CHANCE_MODIFIER
        and each.effect.reward
        and (anyhow or (each.met and each.valid and each.fits))
    )


def _flies(effects: Iterable[Live], context: Context) -> bool:
    anyhow = Quirk.FLIGHT_UNCONDITIONAL in context.quirks
    return any(
        each.attribute == _FLY
        and each.magnitude > 0
        and (anyhow or (each.met and each.valid and each.fits))
        for each in effects
    )


@lru_cache(maxsize=1 << 11)
def _classes(numbers: tuple[int, ...]) -> frozenset[int]:
    return frozenset(numbers)


def shares_class(host: Power, other: Power) -> bool:
    """Return whether both accept one same class of enhancement."""
    return not _classes(host.enhancement_classes).isdisjoint(other.enhancement_classes)


def attached(entry: Prepared, lenders: Sequence[Prepared], context: Context) -> tuple[Live, ...]:
    """Return copies of the effects that other entries attach to this one."""
    if not entry.slottable:
        return ()
    keeps_ticks = Quirk.INTERFACE_LOSES_TICKS not in context.quirks
    found = []
    for lender in lenders:
        if lender is entry:
            continue
        for each, reach in lender.lent:
            if not shares_class(entry.host, reach):
                continue
            new = each.copy(
                absorbed=True,
                absorbed_kind=lender.host.activation,
                absorbed_power=lender.host,
                life=each.duration,
            )
            running = lender.host.activation in (Activation.AUTO, Activation.TOGGLE)
            if running and not keeps_ticks:
                new.ticks = tick_count(
                    each.duration, lender.host.activate_period, single_precision=True
                )
            if Quirk.SLIDER_MULTIPLIES_LENT in context.quirks:
                new.scale = entry.slider.scale(new)
            if each.effect.scaling != Scaling.EXPRESSION:
                table = each.effect.modifier_table
                modifier = context.modifier(table, entry.host, each.class_column)
                new.magnitude = table_magnitude(new, modifier)
                new.duration = table_duration(new, modifier)
            elif lender.preparer is not None and reads_its_power(each.effect):
                new.magnitude = lender.preparer.raw(new, entry.host, as_base(entry.host))
            found.append(new)
    return tuple(found)
