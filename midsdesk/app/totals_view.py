"""The totals of the window: groups of rows with texts and positions on their bars.

Source: design, section 3.7 and the picture main-dark.
"""

from dataclasses import dataclass, replace
from functools import cache, partial

from midsdesk.app.document import Document
from midsdesk.app.numbers import spoken, with_unit
from midsdesk.app.ports import Calculation
from midsdesk.app.views import TotalsGroup, TotalsRow
from midsdesk.model.totals import Statistic

# Where a cap stands on its bar, so that there is room for what lies above it.
_CAP_AT = 0.94
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table below.

    Attributes:
        keys: Statistics it stands for; it is split when they differ.
        full: Value at the right end of the bar, 0 to take it from the cap.
        cap_at: Position of the cap where `full` is 0.
        lower_is_better: Sense of a change.
    """

    name: str
    keys: tuple[str, ...]
    color: str
    full: float = 0.0
    cap_at: float = _CAP_AT
    sign: bool = False
    hide_zero: bool = False
    lower_is_better: bool = False
    single_names: tuple[str, ...] = ()


def _pairs(group: str, color: str, full: float) -> tuple[_Row, ...]:
    rows = [
        ("Smash/Lethal", ("smashing", "lethal"), ("Smashing", "Lethal")),
        ("Fire/Cold", ("fire", "cold"), ("Fire", "Cold")),
        ("Energy/Neg.", ("energy", "negative"), ("Energy", "Negative")),
    ]
    return tuple(
        _Row(
            name,
            tuple(f"{group}.{key}" for key in keys),
            color,
            full,
            single_names=singles,
        )
        for name, keys, singles in rows
    )


_STATUS = (
    ("held", "Hold"),
    ("stunned", "Stun"),
    ("sleep", "Sleep"),
    ("immobilized", "Immobilize"),
    ("knockback", "Knockback"),
    ("repel", "Repel"),
    ("confused", "Confuse"),
    ("terrorized", "Fear"),
    ("taunt", "Taunt"),
    ("placate", "Placate"),
    ("teleport", "Teleport"),
)


def _status_rows(group: str, full: float) -> tuple[_Row, ...]:
    return tuple(
        _Row(name, (f"{group}.{key}",), "stat.protection", full, hide_zero=True)
        for key, name in _STATUS
    )


_DEFENSE = "stat.defense"
_RESISTANCE = "stat.resistance"
_GROUPS: tuple[tuple[str, str, tuple[_Row, ...]], ...] = (
    (
        "defense",
        "Defense",
        (
            _Row("Melee", ("defense.melee",), _DEFENSE, 60),
            _Row("Ranged", ("defense.ranged",), _DEFENSE, 60),
            _Row("AoE", ("defense.aoe",), _DEFENSE, 60),
            *_pairs("defense", _DEFENSE, 60),
            _Row("Toxic", ("defense.toxic",), _DEFENSE, 60, hide_zero=True),
            _Row("Psionic", ("defense.psionic",), _DEFENSE, 60),
        ),
    ),
    (
        "resistance",
        "Resistance",
        (
            *_pairs("resistance", _RESISTANCE, 100),
            _Row("Toxic", ("resistance.toxic",), _RESISTANCE, 100),
            _Row("Psionic", ("resistance.psionic",), _RESISTANCE, 100),
        ),
    ),
    (
        "health",
        "Health",
        (
            _Row("Hit points", ("hit_points",), "stat.health"),
            _Row("Absorb", ("absorb",), "stat.absorb", hide_zero=True),
            _Row("Regen.", ("regeneration.per_second",), "stat.health"),
        ),
    ),
    (
        "endurance",
        "Endurance",
        (
            _Row("Recovery", ("recovery.per_second",), "stat.endurance", cap_at=0.75),
            _Row("End. use", ("endurance_use",), "stat.endurance", 12, lower_is_better=True),
            _Row("Maximum", ("endurance",), "stat.endurance", 145),
        ),
    ),
    (
        "offense",
        "Offense",
        (
            _Row("Haste", ("haste",), "stat.recharge", cap_at=0.99),
            _Row("Damage", ("damage",), "stat.damage", cap_at=0.99),
            _Row("To-hit", ("to_hit",), "stat.to_hit", 300, sign=True),
            _Row("Accuracy", ("accuracy",), "stat.accuracy", 165, sign=True),
            _Row("Range", ("range",), "stat.range", 100, sign=True, hide_zero=True),
            _Row(
                "Discount",
                ("endurance_discount",),
                "stat.discount",
                100,
                sign=True,
                hide_zero=True,
            ),
        ),
    ),
    (
        "movement",
        "Movement",
        (
            _Row("Run", ("run_speed",), "stat.movement", cap_at=0.99),
            _Row("Jump", ("jump_speed",), "stat.movement", cap_at=0.99),
            _Row("Fly", ("fly_speed",), "stat.movement", cap_at=0.99, hide_zero=True),
            _Row("Jump height", ("jump_height",), "stat.movement", 200),
        ),
    ),
    (
        "stealth",
        "Stealth and threat",
        (
            _Row("Stealth PvE", ("stealth_pve",), "stat.stealth", 300, hide_zero=True),
            _Row("Stealth PvP", ("stealth_pvp",), "stat.stealth", 1200, hide_zero=True),
            _Row("Perception", ("perception",), "stat.stealth", 1200),
            _Row("Threat", ("threat",), "stat.stealth", 500),
        ),
    ),
    ("protection", "Status protection", _status_rows("protection", 30)),
    ("status_resistance", "Status resistance", _status_rows("status_resistance", 400)),
    (
        "debuff_resistance",
        "Debuff resistance",
        tuple(
            _Row(name, (f"debuff_resistance.{key}",), "stat.protection", 100, hide_zero=True)
            for key, name in (
                ("defense", "Defense"),
                ("endurance", "Endurance"),
                ("recovery", "Recovery"),
                ("perception_radius", "Perception"),
                ("to_hit", "To-hit"),
                ("recharge_time", "Recharge"),
                ("speed_running", "Run speed"),
                ("regeneration", "Regen."),
            )
        ),
    ),
    (
        "elusivity",
        "Elusivity",
        tuple(
            _Row(name, (f"elusivity.{key}",), _DEFENSE, 60, hide_zero=True)
            for key, name in (
                ("melee", "Melee"),
                ("ranged", "Ranged"),
                ("aoe", "AoE"),
                ("smashing", "Smashing"),
                ("lethal", "Lethal"),
                ("fire", "Fire"),
                ("cold", "Cold"),
                ("energy", "Energy"),
                ("negative", "Negative"),
                ("toxic", "Toxic"),
                ("psionic", "Psionic"),
            )
        ),
    ),
)


# What completes the short names of rows where they stand alone.
_SUFFIX = {
    "defense": "defense",
    "resistance": "resistance",
    "protection": "protection",
    "status_resistance": "resistance",
    "debuff_resistance": "debuff resistance",
    "elusivity": "elusivity",
}
_FULL = {
    "Regen.": "Regeneration",
    "End. use": "Endurance use",
    "Maximum": "Maximum endurance",
    "Discount": "Endurance discount",
    "Damage": "Damage bonus",
    "AoE": "Area",
    "Run": "Run speed",
    "Jump": "Jump speed",
    "Fly": "Fly speed",
}


@dataclass(frozen=True, slots=True)
class TotalName:
    """A total by name, whether it is shown or not.

    Attributes:
        full: Name that needs no heading, as "Ranged defense". group: the heading.
    """

    key: str
    full: str
    group: str
    color: str
    lower_is_better: bool


@cache
def total_names() -> tuple[TotalName, ...]:
    """All totals in order; kinds that share a row one by one."""
    found = []
    for key, title, table in _GROUPS:
        for spec in table:
            names = spec.single_names or (spec.name,)
            for name, total in zip(names, spec.keys, strict=True):
                words = [_FULL.get(name, name), _SUFFIX.get(key, "")]
                full = " ".join(word for word in words if word)
                found.append(TotalName(total, full, title, spec.color, spec.lower_is_better))
    return tuple(found)


def totals(document: Document, preview: Calculation | None = None) -> tuple[TotalsGroup, ...]:
    """The totals of the document; with `preview` each row also tells what would change.

    Without one each tells what changed since the mark, where one is set.
    """
    calculation = document.calculation
    if preview is None and document.mark is not None:
        since = document.numbers_of(document.mark).statistics
        return _with_deltas(_groups(calculation.statistics), since, calculation.statistics)
    if preview is None:
        return document.memo.value(
            "totals", (calculation.statistics,), partial(_groups, calculation.statistics)
        )
    return _with_deltas(_groups(calculation.statistics), calculation.statistics, preview.statistics)


def _groups(statistics: tuple[Statistic, ...]) -> tuple[TotalsGroup, ...]:
    known = {item.key: item for item in statistics}
    groups = []
    for key, title, table in _GROUPS:
        rows = tuple(row for spec in table for row in _rows(spec, known, title))
        if rows:
            groups.append(TotalsGroup(key, title, _note(key, known), rows))
    return tuple(groups)


def _note(group: str, known: dict[str, Statistic]) -> str:
    if group == "defense":
        soft = {item.soft_cap for key, item in known.items() if key.startswith("defense.")}
        values = [value for value in soft if value]
        return f"soft cap {values[0]:g}" if values else ""
    if group == "resistance":
        caps = [item.cap for key, item in known.items() if key.startswith("resistance.")]
        values = [value for value in caps if value]
        return f"cap {values[0]:g}" if values else ""
    return ""


def _rows(spec: _Row, known: dict[str, Statistic], title: str) -> list[TotalsRow]:
    found = [known[key] for key in spec.keys if key in known]
    if not found or (spec.hide_zero and all(abs(item.value) < _NEARLY for item in found)):
        return []
    if len(found) > 1 and any(not _alike(found[0], item) for item in found[1:]):
        return [
            _row(replace(spec, name=name), item, title)
            for name, item in zip(spec.single_names, found, strict=False)
        ]
    return [_row(spec, found[0], title)]


def _alike(first: Statistic, second: Statistic) -> bool:
    return abs(first.value - second.value) < 0.005 and abs(first.uncapped - second.uncapped) < 0.005


def _row(spec: _Row, item: Statistic, title: str) -> TotalsRow:
    text = with_unit(item.value, item.unit, sign=spec.sign)
    full = _full(spec, item)
    over = item.uncapped - item.value > _NEARLY
    at_cap = item.cap is not None and item.value >= item.cap - _NEARLY
    said = f"{title} {spec.name} {spoken(text)}"
    if item.soft_cap:
        said += f", soft cap {item.soft_cap:g}"
    if at_cap:
        said += ", at the cap"
    return TotalsRow(
        key=item.key,
        name=spec.name,
        text=text,
        color=spec.color,
        fill=_part(abs(item.value), full),
        cap=_part(item.cap, full) if item.cap is not None and item.cap <= full else None,
        soft_cap=_part(item.soft_cap, full) if item.soft_cap else None,
        over=_part(item.uncapped, full) if over else None,
        negative=item.value < -_NEARLY,
        at_cap=at_cap,
        spoken=said,
    )


def _full(spec: _Row, item: Statistic) -> float:
    if spec.full:
        return spec.full
    if item.cap:
        return item.cap / spec.cap_at
    return max(abs(item.value) * 1.25, 1.0)


def _part(value: float, full: float) -> float:
    return min(1.0, max(0.0, value / full)) if full else 0.0


def _with_deltas(
    groups: tuple[TotalsGroup, ...], now: tuple[Statistic, ...], then: tuple[Statistic, ...]
) -> tuple[TotalsGroup, ...]:
    before = {item.key: item for item in now}
    after = {item.key: item for item in then}
    lower = {
        key
        for _, _, table in _GROUPS
        for spec in table
        if spec.lower_is_better
        for key in spec.keys
    }
    return tuple(
        replace(
            group,
            rows=tuple(
                _with_delta(row, before.get(row.key), after.get(row.key), row.key in lower)
                for row in group.rows
            ),
        )
        for group in groups
    )


def _with_delta(
    row: TotalsRow, before: Statistic | None, after: Statistic | None, lower_is_better: bool
) -> TotalsRow:
    if before is None or after is None:
        return row
    change = after.value - before.value
    if abs(change) < 0.005:
        return row
    decimals = 2 if abs(change) < 10 else 1
    text = with_unit(change, "", sign=True, decimals=decimals)
    return replace(row, delta=text, delta_good=(change < 0) == lower_is_better)
