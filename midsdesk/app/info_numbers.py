"""The numbers of the info panel as texts: figures, damage, strengths.

Source: design, section 3.6; calculation reference A, sections 8.1 to 8.5.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from midsdesk.app.numbers import plain, signed, with_unit
from midsdesk.app.views import DamageView, FigureRow, StrengthRow
from midsdesk.calc.power_view import DamagePart, PowerView, Rate, Three
from midsdesk.model.game import Power
from midsdesk.model.vocab import DamageType, Entities, label

_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class _Figure:
    """One pair of the panel: base and final value of a figure; `key` as for its explanation."""

    key: str
    name: str
    base: float
    value: float
    unit: str
    decimals: int
    lower_is_better: bool = False


def plain_figures(power: Power) -> tuple[FigureRow, ...]:
    """Figures as the game data have them, where nothing can be calculated."""
    rows = (
        _Figure("endurance", "Endurance", power.endurance_cost, power.endurance_cost, "", 2),
        _Figure("recharge", "Recharge", power.recharge_time, power.recharge_time, "s", 2),
        _Figure("cast", "Cast", power.cast_time, power.cast_time, "s", 2),
        _Figure("range", "Range", power.range, power.range, "ft", 1),
    )
    return tuple(_row(row) for row in rows if row.value)


def figures(view: PowerView) -> tuple[FigureRow, ...]:
    """All figures of a power that are not zero, in the order of the panel."""
    return tuple(_row(row) for row in _figures(view) if row.value or row.base)


def _figures(view: PowerView) -> Iterator[_Figure]:
    toggle = view.period > 0 and view.endurance.base > 0
    endurance = view.endurance_rate if toggle else view.endurance
    key, unit = ("endurance_rate", "/s") if toggle else ("endurance", "")
    yield _three(key, "Endurance", endurance, unit, 2, lower=True)
    yield _three("recharge", "Recharge", view.recharge, "s", 2, lower=True)
    if view.accuracy.base > 0 and rolls_to_hit(view.power):
        yield _three("hit_chance", "Hit chance", _percent(view.hit_chance), "%", 1)
        yield _three("accuracy", "Accuracy", _percent(view.accuracy), "%", 1)
    yield _same("cast", "Cast", view.cast_time, "s", 2)
    yield _same("server_tick", "Server tick", view.arcana_time if view.cast_time else 0, "s", 3)
    yield _three("range", "Range", view.range, "ft", 1)
    yield _same("targets", "Targets", float(view.max_targets), "", 0)
    yield _same("radius", "Radius", view.radius, "ft", 1)
    yield _same("arc", "Arc", view.arc, "°", 0)
    yield _three("interrupt", "Interrupt", view.interrupt, "s", 2, lower=True)
    yield _three("duration", "Duration", view.duration, "s", 1)
    yield _same("period", "Period", view.period, "s", 2)


def rolls_to_hit(power: Power) -> bool:
    """Return whether somebody it reaches may be missed."""
    reached = power.entities_affected & ~Entities.LOCATION & ~Entities.CASTER
    return bool(reached & ~power.entities_auto_hit)


def _percent(three: Three) -> Three:
    return Three(three.base * 100, three.slotted * 100, three.final * 100)


def _three(
    key: str, name: str, three: Three, unit: str, decimals: int, *, lower: bool = False
) -> _Figure:
    return _Figure(key, name, three.base, three.final, unit, decimals, lower)


def _same(key: str, name: str, value: float, unit: str, decimals: int) -> _Figure:
    return _Figure(key, name, value, value, unit, decimals)


def _row(row: _Figure) -> FigureRow:
    text = with_unit(row.value, row.unit, decimals=row.decimals)
    base_text = with_unit(row.base, row.unit, decimals=row.decimals)
    better = None if text == base_text else (row.value < row.base) == row.lower_is_better
    return FigureRow(row.key, row.name, text, base_text, better)


def damages(view: PowerView) -> tuple[DamageView, ...]:
    """Damage for an activation, by the second, by the second of animation; none for none."""
    base, slotted, final = view.damage
    if max(abs(each.activation) for each in view.damage) < _NOTHING:
        return ()
    found = [_view("damage", "Activation", base, slotted, final, "activation")]
    if view.period > 0:
        found.append(_view("damage.second", "Second", base, slotted, final, "second"))
        return tuple(found)
    for name, field in (("Second", "second"), ("Anim.", "animation")):
        ticks = getattr(final, f"{field}_arcana")
        note = f"with the cast in server ticks {plain(ticks, 1)}/s" if view.cast_time else ""
        found.append(_view(f"damage.{field}", name, base, slotted, final, field, note))
    return tuple(found)


def _view(
    key: str, name: str, base: Rate, slotted: Rate, final: Rate, field: str, note: str = ""
) -> DamageView:
    low, own, all_of_it = (float(getattr(each, field)) for each in (base, slotted, final))
    return DamageView(key, name, low, own, all_of_it, note)


def damage_text(view: PowerView) -> str:
    """Damage by type with its ticks and chance: "Fire 670.2 + 48.1 × 4 (80 %)"."""
    texts: dict[int, list[str]] = {}
    for part in view.parts:
        texts.setdefault(part.damage_type, []).append(_part(part))
    return ", ".join(
        f"{label(DamageType, kind).capitalize()} {' + '.join(parts)}"
        for kind, parts in texts.items()
    )


def _part(part: DamagePart) -> str:
    said = plain(part.magnitude, 1)
    if part.ticks > 1:
        said += f" × {part.ticks}"
    if part.chance < 1:
        said += f" ({plain(part.chance * 100, 0)} %)"
    return said


def strengths(view: PowerView) -> tuple[StrengthRow, ...]:
    """What slots, diversification and globals make of each strength."""
    return tuple(
        StrengthRow(
            name=row.name,
            slotted=_signed(row.slotted),
            after_ed=_signed(row.diversified),
            final=_signed(row.final),
            band=row.band,
            key=row.figure,
        )
        for row in view.strengths
    )


def _signed(value: float) -> str:
    return f"{signed(value * 100, 1)} %"
