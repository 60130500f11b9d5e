"""What could have counted for a number and did not, each with the reason."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from midsdesk.calc import aggregate
from midsdesk.calc.assemble import Assembler
from midsdesk.calc.context import Context
from midsdesk.calc.entry import Worked, parts_of
from midsdesk.calc.explain_atoms import Bonus, is_on
from midsdesk.calc.explain_chain import Chains
from midsdesk.calc.explain_conditions import reason_unmet
from midsdesk.calc.explain_totals import TO_POWERS, TO_SELF, Plan
from midsdesk.calc.live import Live
from midsdesk.calc.prepare import Prepared, Preparer
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.set_bonus import RULE_OF_FIVE
from midsdesk.calc.statistics import MPH
from midsdesk.model.explanation import LeftOut, SourceKind
from midsdesk.model.vocab import Activation, EffectClass, PvMode, Suppression

_Terms = dict[tuple[str, int], float]
_LATE_S: Final = 5.0
_MOST: Final = 60


def left_out(chains: Chains, plan: Plan) -> tuple[LeftOut, ...]:
    """Return what could have counted for a number, largest first."""
    terms: _Terms = {}
    for which, cell, factor in plan.terms:
        terms[which, cell] = terms.get((which, cell), 0.0) + factor
    found: list[LeftOut] = []
    if plan.needs_flight:
        ruleset_base = chains.calculation.context.ruleset.base_fly_speed
        found.append(
            LeftOut(
                SourceKind.REALM,
                "Base of every character",
                ruleset_base * MPH,
                "no power that is on lets it fly",
            )
        )
    if terms:
        found += _entries(chains, terms)
        found += _bonuses(chains, terms)
    if plan.costs:
        found += _toggles(chains, plan.costs)
    ordered = sorted(_merged(found, chains, terms), key=lambda each: -abs(each.value))
    return tuple(ordered)[:_MOST]


def _merged(found: list[LeftOut], chains: Chains, terms: _Terms) -> list[LeftOut]:
    """Put equal rows of a power together; of powers seen anyway, drop the other mode's twins."""
    counts = {
        atom.entry
        for which, cell in terms
        for atom in (
            chains.atoms.to_powers(cell) if which == TO_POWERS else chains.atoms.to_self(cell)
        )
        if atom.value
    }
    seen = counts | {each.entry for each in found if each.reason not in _OTHER_MODE}
    rows: dict[tuple[str, str, int | None], LeftOut] = {}
    for each in found:
        if each.reason in _OTHER_MODE and each.entry in seen:
            continue
        key = (each.name, each.reason, each.entry)
        if each.kind in (SourceKind.SET_BONUS, SourceKind.GLOBAL) or key not in rows:
            rows[(*key[:2], len(rows)) if key in rows else key] = each
        else:
            rows[key] = replace(each, value=rows[key].value + each.value)
    return list(rows.values())


_PVP_ONLY: Final = "in PvP only"
_PVE_ONLY: Final = "not in PvP"
_OTHER_MODE: Final = (_PVP_ONLY, _PVE_ONLY)


def _entries(chains: Chains, terms: _Terms) -> Iterator[LeftOut]:
    calculation = chains.calculation
    for entry, worked in enumerate(calculation.worked):
        if worked is None:
            continue
        for index, each in enumerate(worked.effects):
            reason = _reason(chains, worked, each)
            if reason:
                value = _would_add(chains, worked, index, each, terms)
                if abs(value) > 1e-9:
                    yield _named(chains, entry, worked, index, value, reason)
        if worked.entry.procs_off:
            yield from _switched_off(chains, entry, worked, terms)


def _named(
    chains: Chains, entry: int, worked: Worked, index: int, value: float, reason: str
) -> LeftOut:
    atom = chains.atoms.atom(entry, worked, index, 0, value, 1.0)
    return LeftOut(atom.kind, atom.name, value, reason, entry)


def _reason(chains: Chains, worked: Worked, each: Live) -> str:
    """Return why an effect does not count, "" where it does or where nobody expects it to."""
    context = chains.calculation.context
    if each.effect_class == EffectClass.IGNORED:
        return ""
    boost = (worked.prepared.taken.activation, worked.prepared.host.activation)
    if Activation.GLOBAL_BOOST in boost:
        return ""
    checks = (
        "" if each.fits else _misfit(each, context),
        "" if worked.entry.included else "the power is switched off",
        "" if is_on(worked, context) else "out of reach at this level",
        "" if each.met and each.valid else reason_unmet(each, context.catalog),
        "its chance is 0" if aggregate.chance_of(each, chains.calculation.chances) <= 0 else "",
        _suppressed(each, context),
        f"it begins after {each.delay:g} s" if each.delay > _LATE_S else "",
        "shown only, never added" if each.effect_class == EffectClass.SPECIAL else "",
        _neutral(worked, each, context),
    )
    return next((check for check in checks if check), "")


def _misfit(each: Live, context: Context) -> str:
    if each.effect.pv_mode == PvMode.PVP and not context.settings.pvp:
        return _PVP_ONLY
    if each.effect.pv_mode == PvMode.PVE and context.settings.pvp:
        return _PVE_ONLY
    return "for another archetype"


def _suppressed(each: Live, context: Context) -> str:
    if not aggregate.suppressed(each, context):
        return ""
    both = Suppression(each.effect.suppression & context.settings.suppression)
    names = ", ".join(
        (flag.name or "").lower().replace("_", " ") for flag in Suppression if flag in both
    )
    return f"suppressed: {names}"


def _neutral(worked: Worked, each: Live, context: Context) -> str:
    host = worked.prepared.host
    click = host.activation == Activation.CLICK and not host.click_buff
    if (
        click
        and not each.from_enhancement
        and (Quirk.CLICK_NEUTRALISED_AT_BASE not in context.quirks)
    ):
        return "a click lasts a moment only"
    return ""


def _freed(each: Live) -> Live:
    """Return an effect that nothing keeps from counting."""
    chance = each.probability if each.probability > 0 else 1.0
    return each.copy(
        met=True,
        valid=True,
        fits=True,
        delay=0.0,
        probability=chance,
        conditions=(),
        effect=replace(each.effect, suppression=0, effect_id="", special_case=0),
        effect_class=int(EffectClass.PRIMARY),
    )


def _would_add(chains: Chains, worked: Worked, index: int, each: Live, terms: _Terms) -> float:
    """Return what an effect would add if nothing kept it from counting.

    A click adds nothing in its plain cells, so only what does not count already is asked for.
    """
    magnitude = chains.atoms.strengthened(worked, index)
    free = _freed(each)
    value = 0.0
    neutral_only = _counts_but_for_click(chains, worked, each)
    # What cannot be slotted is never silent: see `aggregate.is_silent`.
    heard = replace(worked.prepared, slottable=False)
    for item in aggregate.self_items(heard, (free,), chains.calculation.context):
        if neutral_only and not item.neutral:
            continue
        points = chains.calculation.facts.hit_points if item.of_hit_points else 1.0
        value += magnitude * item.times * points * terms.get((TO_SELF, item.cell), 0.0)
    if neutral_only:
        return value
    return value + _to_powers(free, chains, terms)


def _counts_but_for_click(chains: Chains, worked: Worked, each: Live) -> bool:
    silent = aggregate.is_silent(worked.prepared, chains.calculation.context)
    return worked.counts and not silent and _reason_is_click(chains, worked, each)


def _reason_is_click(chains: Chains, worked: Worked, each: Live) -> bool:
    click = _neutral(worked, each, chains.calculation.context)
    return bool(click) and _reason(chains, worked, each) == click


def _to_powers(free: Live, chains: Chains, terms: _Terms) -> float:
    calculation = chains.calculation
    contributions = aggregate.global_contributions((free,), {}, calculation.context)
    return sum(value * terms.get((TO_POWERS, cell), 0.0) for cell, value in contributions)


def _switched_off(chains: Chains, entry: int, worked: Worked, terms: _Terms) -> Iterator[LeftOut]:
    """Yield the effects of pieces whose procs are switched off."""
    calculation = chains.calculation
    parts = parts_of(replace(worked.entry, procs_off=False), calculation.context)
    if parts is None:
        return
    assembly = Assembler(calculation.context, calculation.facts).assemble(parts.power, parts.pieces)
    preparer = Preparer(calculation.context, calculation.facts)
    known = {each.power.id for each in worked.effects}
    for each in assembly.effects:
        if not each.from_enhancement or each.power.id in known:
            continue
        preparer.number(each, assembly.power)
        free, value = _freed(each), 0.0
        for item in aggregate.self_items(worked.prepared, (free,), calculation.context):
            value += each.magnitude * item.times * terms.get((TO_SELF, item.cell), 0.0)
        value += _to_powers(free, chains, terms)
        if abs(value) > 1e-9:
            name = each.power.display_name
            reason = "the procs of the power are switched off"
            yield LeftOut(SourceKind.PROC, name, value, reason, entry)


def _bonuses(chains: Chains, terms: _Terms) -> Iterator[LeftOut]:
    ignored = chains.calculation.context.settings.ignore_set_bonuses
    for bonus in chains.atoms.bonuses():
        if bonus.counts and not ignored:
            continue
        prepared = chains.atoms.bonus_effects(bonus.power)
        value = _bonus_value(chains, prepared, terms) if prepared is not None else 0.0
        if abs(value) > 1e-9:
            yield LeftOut(bonus.kind, bonus.name, value, _why_not(bonus, ignored), bonus.entry)


def _why_not(bonus: Bonus, ignored: bool) -> str:
    if ignored:
        return "set bonuses are ignored"
    if bonus.for_pets:
        return "it helps pets only"
    return f"copy {bonus.number}, only {RULE_OF_FIVE} count"


def _bonus_value(chains: Chains, prepared: Prepared, terms: _Terms) -> float:
    calculation = chains.calculation
    context, chances = calculation.context, calculation.chances
    slows = "Slow" in prepared.host.name
    value = 0.0
    for cell, amount in aggregate.global_contributions(
        prepared.effects, chances, context, debuffs=slows
    ):
        value += amount * terms.get((TO_POWERS, cell), 0.0)
    for item in aggregate.self_items(prepared, prepared.effects, context):
        points = calculation.facts.hit_points if item.of_hit_points else 1.0
        amount = prepared.effects[item.place].magnitude * item.times * points
        value += amount * terms.get((TO_SELF, item.cell), 0.0)
    return value


def _toggles(chains: Chains, factor: float) -> Iterator[LeftOut]:
    for entry, worked in enumerate(chains.calculation.worked):
        if worked is None or worked.counts or not worked.is_toggle:
            continue
        g = list(chains.calculation.global_sums)
        value = worked.endurance_use(g) * factor
        if value:
            title = worked.prepared.taken.display_name
            reason = "the power is switched off"
            yield LeftOut(SourceKind.POWER, title, value, reason, entry)
