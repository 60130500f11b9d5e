"""What a number of a power is made of: base value, own slots, Alpha, globals, caps."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from midsdesk.calc import cells
from midsdesk.calc.context import Context
from midsdesk.calc.damage import Hit, damage_of
from midsdesk.calc.describe_words import tag_in_words
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_chain import Chains, base_detail, scaled
from midsdesk.calc.explain_conditions import reason_unmet
from midsdesk.calc.explain_plain import (
    PLAIN,
    Figures,
    damage_rate,
    effect_name,
    longest_effect,
    plain,
    strength,
)
from midsdesk.calc.explain_strength import Share
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.strengthen import ACCURACY, ENDURANCE, INTERRUPT, RANGE, RECHARGE
from midsdesk.model.explanation import Contribution, Explanation, LeftOut, SourceKind
from midsdesk.model.settings import DamageMode
from midsdesk.model.totals import FinalEffect
from midsdesk.model.vocab import Attribute, DamageType, EnhancedAspect, Scaling, label

_DIVIDED: Final = {
    "endurance": ("Endurance", ENDURANCE, "endurance_cost", "points"),
    "recharge": ("Recharge", RECHARGE, "recharge_time", "s"),
    "interrupt": ("Interrupt", INTERRUPT, "interrupt_time", "s"),
}
_FIGURE_OF: Final = {
    "endurance": "endurance_cost",
    "recharge": "recharge",
    "interrupt": "interrupt_time",
}
_BOUNDS: Final = "Between 5 % and 95 %"
_TWICE: Final = "The chance to hit is counted in"
_ROUNDING: Final = 1e-9


def explain_figure(chains: Chains, entry: int, worked: Worked, figure: str) -> Explanation:
    """Return what a figure is made of; see `midsdesk.calc.explain.explain_power`."""
    numbers = chains.calculation.power(entry)
    if numbers is None:
        raise KeyError(figure)
    work = Figures(chains, entry, worked, numbers)
    if figure.startswith("effect."):
        _, index, what = figure.split(".")
        return _EFFECT[what](work, int(index))
    if figure.startswith("strength."):
        return strength(work, figure)
    if figure.startswith("damage."):
        return damage_rate(work, damage(work), figure)
    if figure in PLAIN:
        return plain(work, figure)
    if figure in _DIVIDED:
        return _divided(work, figure)
    return _FIGURES[figure](work)


def _divided(work: Figures, figure: str) -> Explanation:
    """Strength divides: each share takes its part of what all of them take."""
    name, which, field, unit = _DIVIDED[figure]
    value = float(getattr(work.numbers.enhanced, _FIGURE_OF[figure]))
    head = work.head(float(getattr(work.host, field)))
    return work.made(figure, name, value, unit, (head, *scaled(work.shares(which), -value)))


def _endurance_rate(work: Figures) -> Explanation:
    """A running power's cost by the second."""
    whole, period = _divided(work, "endurance"), work.host.activate_period
    if period <= 0:
        return whole
    parts = tuple(replace(each, value=each.value / period) for each in whole.contributions)
    return work.made("endurance_rate", "Endurance", whole.value / period, "/s", parts)


def _range(work: Figures) -> Explanation:
    base = work.host.range
    parts = (work.head(base), *scaled(work.shares(RANGE), base))
    return work.made("range", "Range", work.numbers.enhanced.range, "ft", parts)


def _accuracy_shares(work: Figures) -> tuple[list[Share], list[LeftOut]]:
    """Return own strength and, where the power lets it, the character's accuracy."""
    shares = list(work.shares(ACCURACY))
    buffs = [
        Share(atom.kind, atom.name, atom.value, atom.detail, atom.entry)
        for atom in work.chains.atoms.to_self(cells.EFFECT + int(Attribute.ACCURACY))
        if atom.value
    ]
    if EnhancedAspect.ACCURACY in work.host.ignored_buffs:
        return shares, _ignored(buffs)
    return shares + buffs, []


def _ignored(shares: list[Share]) -> list[LeftOut]:
    reason = "the power ignores it"
    return [
        LeftOut(share.kind, share.name, share.value * 100, reason, share.entry) for share in shares
    ]


def _accuracy(work: Figures) -> Explanation:
    base = work.host.accuracy * 100
    shares, ignored = _accuracy_shares(work)
    value = work.numbers.enhanced.accuracy_multiplier * 100
    parts = (work.head(base), *scaled(shares, base))
    if Quirk.ACCURACY_COUNTED_TWICE in work.context.quirks:
        again = work.numbers.enhanced.accuracy * 100 - base
        again *= 1 + sum(share.value for share in shares)
        parts = (*parts, Contribution(SourceKind.RULE, _TWICE, again))
    return work.made("accuracy", "Accuracy", value, "%", parts, tuple(ignored))


def _hit_chance(work: Figures) -> Explanation:
    """Accuracy × (1 + strength) × (base chance + to-hit), to-hit last."""
    base_chance = work.context.settings.scaling_to_hit
    base = work.host.accuracy * base_chance * 100
    shares, ignored = _accuracy_shares(work)
    strength = 1 + sum(share.value for share in shares)
    whole = work.host.accuracy * strength * 100
    to_hit = [
        Share(atom.kind, atom.name, atom.value, atom.detail, atom.entry)
        for atom in work.chains.atoms.to_self(cells.EFFECT + int(Attribute.TO_HIT))
        if atom.value
    ]
    if EnhancedAspect.TO_HIT in work.host.ignored_buffs:
        ignored += _ignored(to_hit)
        to_hit = []
    detail = f"accuracy {work.host.accuracy:g} × base chance {base_chance * 100:g} %"
    parts = (work.head(base, detail), *scaled(shares, base), *scaled(to_hit, whole))
    value = work.numbers.enhanced.accuracy * 100
    if Quirk.HIT_CHANCE_UNBOUNDED not in work.context.quirks:
        parts = _bounded(parts, (5.0, 95.0), _BOUNDS)
    return work.made("hit_chance", "Hit chance", value, "%", parts, tuple(ignored))


def damage(work: Figures) -> Explanation:
    """Return the damage of one activation, effect by effect."""
    parts, dropped = [], []
    for index, final in enumerate(work.numbers.effects):
        if final.effect.attribute != Attribute.DAMAGE:
            continue
        value = damage_of(hit_of(final, work.context), work.host, DamageMode.AVERAGE)
        kind = SourceKind.PROC if final.from_enhancement else SourceKind.POWER
        name = f"{label_of(final)} damage"
        if value:
            unit = value / final.magnitude if final.magnitude else 0.0
            chain = work.chains.magnitude(work.entry, work.worked, index, unit)
            parts.append(
                Contribution(kind, name, value, _how_often(final), work.entry, None, chain)
            )
        else:
            would = damage_of(
                hit_of(final, work.context, counts=True), work.host, DamageMode.AVERAGE
            )
            if would and not (final.conditions_met and final.fits_mode):
                reason = "not in this mode"
                if final.fits_mode:
                    reason = reason_unmet(work.worked.effects[index], work.context.catalog)
                dropped.append(LeftOut(kind, name, would, reason, work.entry))
    value = work.numbers.enhanced.damage
    return work.made("damage", "Damage", value, "points", tuple(parts), tuple(dropped))


def label_of(final: FinalEffect) -> str:
    """Return the damage type with a capital: "Fire"."""
    return label(DamageType, final.effect.damage_type).capitalize()


def _how_often(final: FinalEffect) -> str:
    parts = []
    if final.ticks > 1:
        parts.append(f"{final.ticks} times")
    if final.probability < 1:
        parts.append(f"{final.probability * 100:.3g} % chance")
    return ", ".join(parts)


def hit_of(final: FinalEffect, context: Context, *, counts: bool | None = None) -> Hit:
    """Return an effect as the damage stage takes it.

    Args:
        counts: None for "as its conditions and its mode say".
    """
    if counts is None:
        counts = final.conditions_met and final.fits_mode
    return Hit(
        final.effect.attribute,
        final.effect.damage_type,
        final.magnitude,
        final.probability,
        final.ticks,
        final.effect.cancel_on_miss,
        final.from_enhancement,
        final.effect_class,
        final.to_who,
        counts,
        Quirk.AUTO_PROCS_UNSCALED not in context.quirks,
    )


def _magnitude(work: Figures, index: int) -> Explanation:
    final = work.numbers.effects[index]
    unit = 100.0 if final.percent else 1.0
    value = final.magnitude * unit
    chain = work.chains.magnitude(work.entry, work.worked, index, unit)
    key = f"effect.{index}.magnitude"
    name = effect_name(work, index)
    if final.effect.attribute == Attribute.STATUS:
        name += " magnitude"
    return work.made(key, name, value, "%" if final.percent else "", chain)


def _duration(work: Figures, index: int) -> Explanation:
    final = work.numbers.effects[index]
    base = final.base_duration
    detail = base_detail(work.worked.effects[index])
    parts: tuple[Contribution, ...] = (work.head(base, detail),)
    if final.duration_factor != 1:  # a duration that a formula gives is not strengthened
        shares = work.chains.strengths(work.entry, work.worked).duration(index)
        parts = (*parts, *scaled(shares, base))
    name = f"{effect_name(work, index)} duration"
    return work.made(f"effect.{index}.duration", name, final.duration, "s", parts)


def _longest(work: Figures) -> Explanation:
    """How long the longest effect on somebody lasts."""
    index = longest_effect(work.numbers.effects)
    if index is None:
        return work.made("duration", "Duration", 0.0, "s", ())
    return replace(_duration(work, index), key="duration", label="Duration")


def _chance(work: Figures, index: int) -> Explanation:
    """Own chance or procs a minute, then what powers and bonuses add, within 0 and 100 %."""
    final = work.numbers.effects[index]
    added = work.chains.calculation.chances.get(final.effect.effect_id, 0.0)
    if final.effect.probability_expression and final.effect.scaling == Scaling.EXPRESSION:
        added = 0.0  # what a formula gives is not changed
    value = final.probability * 100
    if final.ppm > 0:
        head = work.head((final.probability - added) * 100, f"{final.ppm:g} procs a minute")
    else:
        head = work.head(final.base_probability * 100)
    parts = [head]
    if added:
        name = f"Changed chance of {tag_in_words(final.effect.effect_id)}"
        parts.append(Contribution(SourceKind.RULE, name, added * 100))
    bounded = _bounded(tuple(parts), (0.0, 100.0), "Between 0 and 100 %")
    return work.made(f"effect.{index}.chance", "Chance", value, "%", bounded)


def _bounded(
    parts: tuple[Contribution, ...], bounds: tuple[float, float], name: str
) -> tuple[Contribution, ...]:
    """Return the parts, and what the bounds take away or give where their sum lies outside."""
    whole = sum(part.value for part in parts)
    inside = min(bounds[1], max(bounds[0], whole))
    if abs(whole - inside) < _ROUNDING:
        return parts
    return (*parts, Contribution(SourceKind.CAP, name, inside - whole))


_FIGURES: Final[dict[str, Callable[[Figures], Explanation]]] = {
    "range": _range,
    "accuracy": _accuracy,
    "hit_chance": _hit_chance,
    "damage": damage,
    "endurance_rate": _endurance_rate,
    "duration": _longest,
}
_EFFECT: Final[dict[str, Callable[[Figures, int], Explanation]]] = {
    "magnitude": _magnitude,
    "duration": _duration,
    "chance": _chance,
}
