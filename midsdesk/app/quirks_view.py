"""The list of differences to the old planner, for the window: what, why, what it changes here."""

from dataclasses import dataclass

from midsdesk.calc.engine import Engine
from midsdesk.calc.quirk_effects import Changed, quirk_effects
from midsdesk.calc.quirks_text import TEXTS
from midsdesk.model.build import Build
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


@dataclass(frozen=True, slots=True)
class QuirkChange:
    """One total in words: its name, both values with their unit."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class QuirkRow:
    """A difference to the old planner.

    Attributes:
        id: Stable name. name, old, ours, source: in words, see `QuirkText`.
        changes: What turning it over changes in the open build; empty for nothing.
    """

    id: str
    name: str
    old: str
    ours: str
    source: str
    changes: tuple[QuirkChange, ...]


def quirk_rows(build: Build, engine: Engine, settings: CalcSettings) -> tuple[QuirkRow, ...]:
    """Return all differences, those that change the build first.

    Raises:
        UnknownArchetypeError: The game data lack the archetype.
    """
    rows = []
    for quirk, changed in quirk_effects(build, engine, settings):
        text = TEXTS[quirk]
        changes = tuple(_in_words(each) for each in changed)
        rows.append(QuirkRow(quirk.value, text.name, text.old, text.ours, text.source, changes))
    return tuple(sorted(rows, key=lambda row: not row.changes))


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
