"""Why a number is what it is: content of the panel beside the totals.

Source: design, section 3.11.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from midsdesk.app.document import Document
from midsdesk.app.numbers import signed, with_unit
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.explain import Explainer
from midsdesk.model.explanation import Contribution, Explanation, SourceKind

_SOURCES: Final[dict[SourceKind, tuple[str, str]]] = {
    SourceKind.ARCHETYPE: ("base", "stat.stealth"),
    SourceKind.REALM: ("base", "stat.stealth"),
    SourceKind.SETTING: ("base", "stat.stealth"),
    SourceKind.POWER: ("powers", "stat.defense"),
    SourceKind.INHERENT: ("inherents", "stat.movement"),
    SourceKind.ACCOLADE: ("accolades", "stat.discount"),
    SourceKind.TEMPORARY: ("temporary powers", "stat.protection"),
    SourceKind.INCARNATE: ("incarnates", "stat.recharge"),
    SourceKind.ENHANCEMENT: ("enhancements", "stat.endurance"),
    SourceKind.PROC: ("enhancement effects", "stat.health"),
    SourceKind.SET_BONUS: ("set bonuses", "stat.resistance"),
    SourceKind.GLOBAL: ("globals", "stat.accuracy"),
    SourceKind.DIVERSIFICATION: ("diversification", "stat.over_cap"),
    SourceKind.CAP: ("cap", "stat.over_cap"),
    SourceKind.RULE: ("rules", "stat.over_cap"),
}
_GROUPS: Final = {
    "defense": "defense",
    "resistance": "resistance",
    "elusivity": "elusivity",
    "protection": "protection",
    "status_resistance": "status resistance",
    "debuff_resistance": "debuff resistance",
}
_DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class BarPart:
    """A segment of the stacked bar: share of the full width, colour token."""

    source: str
    color: str
    fill: float


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One source with its sum, as text."""

    source: str
    color: str
    text: str


@dataclass(frozen=True, slots=True)
class WhyRow:
    """One contributor.

    Attributes:
        text: Its value, signed. entry: bar to jump to, None for none. slot: its slot.
        children: What it is made of; the last one is the result.
    """

    source: str
    color: str
    name: str
    detail: str
    text: str
    entry: int | None
    slot: int | None
    loss: bool
    children: tuple["WhyRow", ...] = ()


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Something left out: name, what it would add, why."""

    name: str
    text: str
    reason: str
    entry: int | None


@dataclass(frozen=True, slots=True)
class Why:
    """The whole panel.

    Attributes:
        value: The number with its unit. note: "soft cap 45" or "cap 75", "" for none.
        bar: Positive sources only, in order of size.
    """

    title: str
    value: str
    note: str
    bar: tuple[BarPart, ...]
    legend: tuple[LegendItem, ...]
    rows: tuple[WhyRow, ...]
    not_counted: tuple[NotCounted, ...]


def why(document: Document, key: str) -> Why | None:
    """The panel for a total; None where the calculator explains nothing."""
    calculation = document.calculation
    if not isinstance(calculation, Calculation):
        return None
    memo_key = (document.build, document.settings, key)
    return document.memo.value("why", memo_key, partial(_of_total, calculation, key))


def why_power(document: Document, entry: int, figure: str) -> Why | None:
    """The panel for a number of a power; `figure` as for `midsdesk.calc.explain`."""
    calculation = document.calculation
    if not isinstance(calculation, Calculation):
        return None
    memo_key = (document.build, document.settings, entry, figure)
    return document.memo.value("why", memo_key, partial(_of_power, calculation, entry, figure))


def _of_total(calculation: Calculation, key: str) -> Why:
    explanation = Explainer(calculation).total(key)
    statistic = next(each for each in calculation.statistics if each.key == key)
    note, full = "", abs(statistic.value)
    if statistic.soft_cap:
        note, full = f"soft cap {statistic.soft_cap:g}", max(full, statistic.soft_cap)
    elif statistic.cap is not None:
        note = f"cap {with_unit(statistic.cap, statistic.unit)}"
        full = max(full, statistic.cap)
    return _why(explanation, _title(key, statistic.label), note, full)


def _of_power(calculation: Calculation, entry: int, figure: str) -> Why | None:
    explanation = Explainer(calculation).figure(entry, figure)
    worked = calculation.worked[entry]
    if explanation is None or worked is None:
        return None
    title = f"{explanation.label} of {worked.prepared.taken.display_name}"
    return _why(explanation, title, "", abs(explanation.value))


def _title(key: str, label: str) -> str:
    group = _GROUPS.get(key.partition(".")[0], "")
    return f"{label} {group}".strip()


def _why(explanation: Explanation, title: str, note: str, full: float) -> Why:
    sums = _by_source(explanation.contributions)
    gains = {source: value for source, value in sums.items() if value > 0}
    width = max(full, sum(gains.values())) or 1.0
    colors = dict(_SOURCES.values())
    return Why(
        title=title,
        value=with_unit(explanation.value, explanation.unit, decimals=_DECIMALS),
        note=note,
        bar=tuple(
            BarPart(source, colors[source], value / width)
            for source, value in sorted(gains.items(), key=lambda pair: -pair[1])
        ),
        legend=tuple(
            LegendItem(source, colors[source], signed(value, _DECIMALS))
            for source, value in sorted(sums.items(), key=lambda pair: -abs(pair[1]))
        ),
        rows=tuple(_row(each, explanation.unit) for each in explanation.contributions),
        not_counted=tuple(
            NotCounted(
                each.name,
                with_unit(each.value, explanation.unit, sign=True, decimals=_DECIMALS),
                each.reason,
                each.entry,
            )
            for each in explanation.left_out
        ),
    )


def _by_source(contributions: Iterable[Contribution]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in contributions:
        source = _SOURCES[each.kind][0]
        found[source] = found.get(source, 0.0) + each.value
    return found


def _row(each: Contribution, unit: str) -> WhyRow:
    source, color = _SOURCES[each.kind]
    children = tuple(_row(child, unit) for child in each.children)
    return WhyRow(
        source=source,
        color=color,
        name=each.name,
        detail=each.detail,
        text=with_unit(each.value, unit, sign=True, decimals=_DECIMALS),
        entry=each.entry,
        slot=each.slot,
        loss=each.kind in (SourceKind.CAP, SourceKind.DIVERSIFICATION) and each.value < 0,
        children=children,
    )
