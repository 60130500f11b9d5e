"""The list of differences to the old planner, for the window: what, why, what it changes here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from midsdesk.calc.engine import Engine
from midsdesk.calc.explain_names import power_title
from midsdesk.calc.quirk_effects import Changed, Tried, quirk_trials
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.quirks_text import TEXTS
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings
from midsdesk.model.vocab import Attribute, DamageType, StatusEffect, label

_TYPED = ("defense", "resistance", "elusivity")
_STATUS = ("status_protection", "status_resistance")
# Totals that are not fractions, with their units.
_UNITS = {
    "hit_points": "points",
    "absorb": "points",
    "endurance": "points",
    "endurance_use": "points/s",
    "perception_ft": "ft",
    "stealth_pve_ft": "ft",
    "stealth_pvp_ft": "ft",
    "jump_height_ft": "ft",
    "run_speed": "ft/s",
    "max_run_speed": "ft/s",
    "jump_speed": "ft/s",
    "max_jump_speed": "ft/s",
    "fly_speed": "ft/s",
    "max_fly_speed": "ft/s",
    "status_protection": "magnitude",
    "can_fly": "",
}
# Figures of a power: their names and units; "" for a plain number.
_FIGURES = {
    "accuracy": ("hit chance", "%"),
    "accuracy_multiplier": ("accuracy", "%"),
    "damage": ("damage", ""),
    "endurance_cost": ("endurance", ""),
    "recharge": ("recharge", "s"),
    "range": ("range", "ft"),
    "interrupt_time": ("interrupt", "s"),
}
_FEW = 3


@dataclass(frozen=True, slots=True)
class QuirkChange:
    """One number in words: its name, both values with their unit.

    Attributes:
        entry: Bar of the power it belongs to, None for a total.
    """

    name: str
    before: str
    after: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class QuirkRow:
    """A difference to the old planner.

    Attributes:
        id: Stable name. name, old, ours, source: in words, see `QuirkText`.
        changes: What turning it over changes in the open build; empty for nothing, None for "not
            known yet".
    """

    id: str
    name: str
    old: str
    ours: str
    source: str
    changes: tuple[QuirkChange, ...] | None


def quirk_list() -> tuple[QuirkRow, ...]:
    """Return all differences in their order; their effects are not known yet."""
    return tuple(_row(quirk, None) for quirk in Quirk)


def quirk_search(
    build: Build, catalog: Catalog, settings: CalcSettings
) -> Iterator[QuirkRow | None]:
    """Yield the rows of `quirk_list` with their effects on a build; None for "not yet".

    Raises:
        UnknownArchetypeError: The game data lack the archetype.
    """
    for each in quirk_trials(build, catalog, settings):
        yield None if each is None else _row(each.quirk, _changes(each, build, catalog))


def quirk_rows(build: Build, engine: Engine, settings: CalcSettings) -> tuple[QuirkRow, ...]:
    """Return all differences, those that change the build first.

    Raises:
        UnknownArchetypeError: The game data lack the archetype.
    """
    rows = [row for row in quirk_search(build, engine.catalog, settings) if row is not None]
    return tuple(sorted(rows, key=lambda row: not row.changes))


def _row(quirk: Quirk, changes: tuple[QuirkChange, ...] | None) -> QuirkRow:
    text = TEXTS[quirk]
    return QuirkRow(quirk.value, text.name, text.old, text.ours, text.source, changes)


def _changes(tried: Tried, build: Build, catalog: Catalog) -> tuple[QuirkChange, ...]:
    totals = [_in_words(each) for each in tried.changed if each.entry < 0]
    powers = _of_powers((each for each in tried.changed if each.entry >= 0), build, catalog)
    # What differs in a place that nobody sees is no change.
    return tuple(each for each in (*totals, *powers) if each.before != each.after)


def _of_powers(changed: Iterable[Changed], build: Build, catalog: Catalog) -> Iterator[QuirkChange]:
    """Yield each figure of a few powers, of many the first with their number."""
    by_figure: dict[str, list[tuple[Changed, str, str]]] = {}
    for each in changed:
        before, after = _figure(each.total, each.before), _figure(each.total, each.after)
        if before != after:
            by_figure.setdefault(each.total, []).append((each, before, after))
    for figure, found in by_figure.items():
        shown = found if len(found) <= _FEW else found[:1]
        for each, before, after in shown:
            title = power_title(build.entries[each.entry].power, catalog)
            name = f"{_FIGURES[figure][0]} of {title}".capitalize()
            name = name[: -len(title)] + title
            if len(found) > _FEW:
                name += f" and {len(found) - 1} more powers"
            yield QuirkChange(name, before, after, each.entry)


def _figure(name: str, value: float) -> str:
    unit = _FIGURES[name][1]
    if unit == "%":
        return f"{100 * value:.1f} %"
    return f"{value:.2f} {unit}".strip()


def _in_words(each: Changed) -> QuirkChange:
    name = each.total.removesuffix("_ft").replace("_", " ")
    if each.total in _TYPED:
        name = f"{label(DamageType, each.index)} {name}"
    elif each.total in _STATUS:
        name = f"{label(StatusEffect, each.index)} {name}"
    elif each.index >= 0:
        name = f"{label(Attribute, each.index)} {name}"
    return QuirkChange(name.capitalize(), _value(each, each.before), _value(each, each.after))


def _value(each: Changed, value: float) -> str:
    if each.total == "can_fly":
        return "yes" if value else "no"
    unit = _UNITS.get(each.total)
    return f"{100 * value:.2f} %" if unit is None else f"{value:.2f} {unit}"
