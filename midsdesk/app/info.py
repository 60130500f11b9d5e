"""The info panel: one power's numbers and what it does, in words.

Source: design, section 3.6; calculation reference A, section 8.
"""

import math
from dataclasses import dataclass
from functools import partial

from midsdesk.app.document import Document
from midsdesk.app.effect_words import describe_effects
from midsdesk.app.numbers import plain, signed, with_unit
from midsdesk.app.picker import bonus_lines
from midsdesk.app.views import FigureRow, PowerInfo, StrengthRow
from midsdesk.model.game import Power
from midsdesk.model.totals import PowerFactors, PowerFigures, PowerNumbers
from midsdesk.model.vocab import (
    Activation,
    Attribute,
    DamageType,
    EffectArea,
    EffectClass,
    PowersetKind,
    label,
)
from midsdesk.rules.requirements import power_name

_TICK_S = 0.132
_AREAS = {
    EffectArea.CHARACTER: "Single target",
    EffectArea.SPHERE: "Sphere",
    EffectArea.CONE: "Cone",
    EffectArea.LOCATION: "Location",
    EffectArea.TOUCH: "Touch",
}
_MOST_EFFECTS = 40


@dataclass(frozen=True, slots=True)
class _Figure:
    """One pair of the panel: base and enhanced value of a figure."""

    key: str
    name: str
    base: float
    value: float
    unit: str
    decimals: int
    lower_is_better: bool = False


def power_info(document: Document, power: str = "", entry: int | None = None) -> PowerInfo | None:
    """Content of the panel for an entry, or for a power by name; None for an empty pick.

    A power that is in the build is shown as the build has it.
    """
    if entry is None and power:
        entry = document.build.find(power)
    name = power
    if entry is not None:
        if not 0 <= entry < len(document.build.entries):
            return None
        name = document.build.entries[entry].power
    if not name:
        return None
    key = (document.build, document.settings, name, entry)
    return document.memo.value("info", key, partial(_info, document, name, entry))


def _info(document: Document, name: str, entry: int | None) -> PowerInfo:
    catalog = document.catalog
    power = catalog.power(name)
    title = power_name(name, catalog)
    if entry is not None:
        title = f"[{document.build.entries[entry].level}] {title}"
    if power is None:
        return PowerInfo(title, "", "Unknown to the game data.", (), 0, 0, "", (), (), (), entry)
    numbers = document.calculation.power(entry) if entry is not None else None
    archetype = catalog.archetype(document.build.archetype)
    return PowerInfo(
        title=title,
        activation=label(Activation, power.activation),
        summary=_summary(document, power),
        figures=_figures(power, numbers),
        damage=numbers.enhanced.damage if numbers else 0.0,
        damage_base=numbers.base.damage if numbers else 0.0,
        damage_text=_damage_text(numbers) if numbers else "",
        strengths=_strengths(numbers.factors) if numbers else (),
        effects=tuple(describe_effects(power.effects, catalog, archetype)[:_MOST_EFFECTS]),
        sets=_sets(document, entry) if entry is not None else (),
        entry=entry,
    )


def _summary(document: Document, power: Power) -> str:
    parts = [label(Activation, power.activation).capitalize()]
    area = next((text for kind, text in _AREAS.items() if power.effect_area == kind), "")
    if area:
        parts.append(area.lower())
    if power.radius and power.effect_area != EffectArea.CHARACTER:
        parts.append(f"radius {plain(power.radius, 0)} ft")
    powerset = document.catalog.powerset(power.powerset)
    origin = ""
    if powerset is not None:
        origin = f" {label(PowersetKind, powerset.kind).capitalize()}, {powerset.display_name}"
        if power.level > 0:
            origin += f", from level {power.level}"
        origin += "."
    return f"{', '.join(parts)}.{origin}"


def _figures(power: Power, numbers: PowerNumbers | None) -> tuple[FigureRow, ...]:
    base = numbers.base if numbers else None
    final = numbers.enhanced if numbers else None
    rows = [row for row in _pairs(power, base, final) if row.value or row.base]
    return tuple(_row(row) for row in rows)


def _pairs(
    power: Power, base: PowerFigures | None, final: PowerFigures | None
) -> tuple[_Figure, ...]:
    def pair(name: str, plain_value: float) -> tuple[float, float]:
        if base is None or final is None:
            return plain_value, plain_value
        return float(getattr(base, name)), float(getattr(final, name))

    endurance, recharge = (
        pair("endurance_cost", power.endurance_cost),
        pair("recharge", power.recharge_time),
    )
    cast, reach = pair("cast_time", power.cast_time), pair("range", power.range)
    interrupt = pair("interrupt_time", power.interrupt_time)
    radius, arc = pair("radius", power.radius), pair("arc", float(power.arc))
    targets = pair("max_targets", float(power.max_targets))
    period = power.activate_period if power.activation == Activation.TOGGLE else 0.0
    if period > 0:
        endurance = (endurance[0] / period, endurance[1] / period)
    hit = () if final is None or power.accuracy == 0 else (_hit_chance(final),)
    tick = (math.ceil(round(cast[1] / _TICK_S, 4)) + 1) * _TICK_S if cast[1] else 0.0
    unit = "/s" if period > 0 else ""
    return (
        _Figure("endurance", "Endurance", *endurance, unit, 2, True),
        _Figure("recharge", "Recharge", *recharge, "s", 2, True),
        *hit,
        _Figure("cast", "Cast", *cast, "s", 2, True),
        _Figure("range", "Range", *reach, "ft", 1),
        _Figure("server_tick", "Server tick", tick, tick, "s", 3),
        _Figure("targets", "Targets", *targets, "", 0),
        _Figure("interrupt", "Interrupt", *interrupt, "s", 2, True),
        _Figure("radius", "Radius", *radius, "ft", 1),
        _Figure("arc", "Arc", *arc, "°", 0),
        _Figure("period", "Period", power.activate_period, power.activate_period, "s", 2),
    )


def _hit_chance(final: PowerFigures) -> _Figure:
    value = final.accuracy * 100
    return _Figure("hit_chance", "Hit chance", value, value, "%", 1)


def _row(row: _Figure) -> FigureRow:
    text = with_unit(row.value, row.unit, decimals=row.decimals)
    base_text = with_unit(row.base, row.unit, decimals=row.decimals)
    better = None if text == base_text else (row.value < row.base) == row.lower_is_better
    return FigureRow(row.key, row.name, text, base_text, better)


def _damage_text(numbers: PowerNumbers) -> str:
    """Damage by type, ticks apart: "Fire 670.2 + 48.1 × 4"."""
    texts: dict[int, list[str]] = {}
    for final in numbers.effects:
        effect = final.effect
        if effect.attribute != Attribute.DAMAGE or final.effect_class == EffectClass.IGNORED:
            continue
        amount = abs(final.magnitude) * final.probability
        if amount < 0.0001 or not (final.conditions_met and final.fits_mode):
            continue
        part = plain(amount, 1)
        if final.ticks > 1:
            part = f"{part} × {final.ticks}"
        texts.setdefault(effect.damage_type, []).append(part)
    return ", ".join(
        f"{label(DamageType, kind).capitalize()} {' + '.join(parts)}"
        for kind, parts in texts.items()
    )


def _strengths(factors: PowerFactors) -> tuple[StrengthRow, ...]:
    """Final strengths; the slotted ones and those after diversification are not told yet."""
    rows = (
        ("Accuracy", factors.accuracy),
        ("Recharge", factors.recharge - 1),
        ("Endurance", factors.endurance - 1),
        ("Range", factors.range - 1),
        ("Interrupt", factors.interrupt - 1),
    )
    return tuple(
        StrengthRow(name, "", "", f"{signed(value * 100, 1)} %", 0)
        for name, value in rows
        if abs(value) > 0.0005
    )


def _sets(
    document: Document, entry: int
) -> tuple[tuple[str, int, int, tuple[tuple[int, str, bool], ...]], ...]:
    catalog = document.catalog
    archetype = catalog.archetype(document.build.archetype)
    found = []
    for active in document.calculation.sets:
        owner = catalog.enhancement_set(active.set_id) if active.entry == entry else None
        if owner is not None:
            count = len(active.pieces)
            lines = bonus_lines(owner, count, catalog, archetype)
            found.append((owner.display_name.strip(), count, len(owner.pieces), lines))
    return tuple(found)
