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
from midsdesk.calc.pets import all_pets
from midsdesk.model.explanation import Contribution, Explanation, SourceKind
from midsdesk.model.vocab import Activation

# Name and colour token of each kind of source, and the icon of its rows.
_SOURCES: Final[dict[SourceKind, tuple[str, str]]] = {
    SourceKind.ARCHETYPE: ("base", "stat.stealth"),
    SourceKind.REALM: ("base", "stat.stealth"),
    SourceKind.SETTING: ("base", "stat.stealth"),
    SourceKind.BASE: ("base", "stat.stealth"),
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
_ICONS: Final[dict[SourceKind, str]] = {
    SourceKind.ARCHETYPE: "act-database",
    SourceKind.REALM: "act-database",
    SourceKind.SETTING: "act-settings",
    SourceKind.BASE: "act-database",
    SourceKind.POWER: "kind-click",
    SourceKind.INHERENT: "kind-auto",
    SourceKind.ACCOLADE: "mark-unique",
    SourceKind.TEMPORARY: "act-history",
    SourceKind.INCARNATE: "origin-magic",
    SourceKind.ENHANCEMENT: "act-add",
    SourceKind.PROC: "attr-proc",
    SourceKind.SET_BONUS: "act-sets",
    SourceKind.GLOBAL: "attr-global",
    SourceKind.DIVERSIFICATION: "act-curve",
    SourceKind.CAP: "act-goal",
    SourceKind.RULE: "mark-info",
}
_ACTIVATIONS: Final = {
    Activation.CLICK: "kind-click",
    Activation.TOGGLE: "kind-toggle",
    Activation.AUTO: "kind-auto",
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
_TOGETHER: Final = "Together"
_TAKING: Final = frozenset({SourceKind.CAP, SourceKind.DIVERSIFICATION, SourceKind.RULE})


@dataclass(frozen=True, slots=True)
class BarPart:
    """A segment of the stacked bar, one contributor: share of the full width, colour token."""

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
        children: What it is made of; of several the last one is their sum (`is_sum`).
    """

    source: str
    color: str
    icon: str
    name: str
    detail: str
    text: str
    entry: int | None
    slot: int | None
    loss: bool
    children: tuple["WhyRow", ...] = ()
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Something left out: name, what it would add, why."""

    name: str
    text: str
    reason: str
    entry: int | None
    icon: str


@dataclass(frozen=True, slots=True)
class Why:
    """The whole panel.

    Attributes:
        value: The number with its unit. note: "soft cap 45" or "cap 75", "" for none.
        bar: What adds, in order of size. mark: where cap or soft cap stands on it, from 0 to 1.
    """

    title: str
    value: str
    note: str
    bar: tuple[BarPart, ...]
    mark: float | None
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
    """The panel for a number of a power.

    Args:
        figure: As for `midsdesk.calc.explain`; "pet.N.P.damage" for the damage of the P-th power
            of the N-th of its pets.
    """
    calculation = document.calculation
    if not isinstance(calculation, Calculation):
        return None
    memo_key = (document.build, document.settings, entry, figure)
    return document.memo.value("why", memo_key, partial(_of_power, calculation, entry, figure))


def as_text(found: Why) -> str:
    """What Ctrl+C puts on the clipboard: the number and its contributors, one a line."""
    lines = [f"{found.title} {found.value}"]
    lines += [f"{row.text}  {row.name}" + _bracket(row.detail) for row in found.rows]
    lines += [
        f"not counted: {each.text}  {each.name}{_bracket(each.reason)}"
        for each in found.not_counted
    ]
    return "\n".join(lines)


def _bracket(text: str) -> str:
    return f" ({text})" if text else ""


def _of_total(calculation: Calculation, key: str) -> Why:
    explanation = Explainer(calculation).total(key)
    statistic = next(each for each in calculation.statistics if each.key == key)
    note, limit = "", None
    if statistic.soft_cap:
        note, limit = f"soft cap {statistic.soft_cap:g}", statistic.soft_cap
    elif statistic.cap is not None:
        note, limit = f"cap {with_unit(statistic.cap, statistic.unit)}", statistic.cap
    title = _title(key, statistic.label)
    return _Maker(calculation, explanation).why(title, note, limit)


def _of_power(calculation: Calculation, entry: int, figure: str) -> Why | None:
    if figure.startswith("pet."):
        return _of_pet(calculation, entry, figure)
    explanation = Explainer(calculation).figure(entry, figure)
    worked = calculation.worked[entry]
    if explanation is None or worked is None:
        return None
    title = f"{explanation.label} of {worked.prepared.taken.display_name}"
    return _Maker(calculation, explanation).why(title, "", None)


def _of_pet(calculation: Calculation, entry: int, figure: str) -> Why | None:
    _, number, place, what = figure.split(".", 3)
    found = all_pets(calculation, entry)
    if int(number) >= len(found):
        return None
    pet = found[int(number)]
    explanation = Explainer(pet.calculation).figure(int(place), what)
    worked = pet.calculation.worked[int(place)]
    if explanation is None or worked is None:
        return None
    title = f"{explanation.label} of {worked.prepared.taken.display_name}, {pet.name}"
    return _Maker(pet.calculation, explanation, summoner=entry).why(title, "", None)


def _title(key: str, label: str) -> str:
    group = _GROUPS.get(key.partition(".")[0], "")
    return f"{label} {group}".strip()


class _Maker:
    """Turns one explanation into what the panel shows.

    Args:
        summoner: The numbers are those of a pet; what strengthens it sits in this entry.
    """

    def __init__(
        self, calculation: Calculation, explanation: Explanation, summoner: int | None = None
    ) -> None:
        self._calculation = calculation
        self._found = explanation
        self._summoner = summoner

    def _place(self, entry: int | None) -> int | None:
        return entry if self._summoner is None or entry is None else self._summoner

    def why(self, title: str, note: str, limit: float | None) -> Why:
        """The panel; `limit` is a cap or soft cap."""
        found = self._found
        sums = _by_source(found.contributions)
        gains = [each for each in found.contributions if each.value > 0]
        full = max(abs(found.value), limit or 0.0, sum(each.value for each in gains)) or 1.0
        colors = dict(_SOURCES.values())
        return Why(
            title=title,
            value=self._text(found.value),
            note=note,
            bar=tuple(BarPart(*_SOURCES[each.kind], each.value / full) for each in gains),
            mark=limit / full if limit else None,
            legend=tuple(
                LegendItem(source, colors[source], signed(value, self._decimals))
                for source, value in sorted(sums.items(), key=lambda pair: -abs(pair[1]))
            ),
            rows=tuple(self._row(each) for each in found.contributions),
            not_counted=tuple(
                NotCounted(
                    each.name,
                    self._text(each.value, sign=True),
                    each.reason,
                    self._place(each.entry),
                    self._icon(each.kind, each.entry),
                )
                for each in found.left_out
            ),
        )

    @property
    def _decimals(self) -> int:
        """Small numbers need one more place to add up before the eye."""
        return _DECIMALS if self._found.unit != "s" or abs(self._found.value) >= 1 else 3

    def _text(self, value: float, *, sign: bool = False) -> str:
        return with_unit(value, self._found.unit, sign=sign, decimals=self._decimals)

    def _row(self, each: Contribution) -> WhyRow:
        source, color = _SOURCES[each.kind]
        children = tuple(self._row(child) for child in each.children)
        if len(children) > 1:
            children = (*children, self._sum(each))
        return WhyRow(
            source=source,
            color=color,
            icon=self._icon(each.kind, each.entry),
            name=each.name,
            detail=each.detail,
            text=self._text(each.value, sign=True),
            entry=self._place(each.entry),
            slot=each.slot,
            loss=each.kind in _TAKING and each.value < 0,
            children=children,
        )

    def _sum(self, each: Contribution) -> WhyRow:
        text = self._text(each.value)
        return WhyRow("", "num.enhanced", "", _TOGETHER, "", text, None, None, False, (), True)

    def _icon(self, kind: SourceKind, entry: int | None) -> str:
        worked = self._calculation.worked[entry] if entry is not None else None
        if kind is SourceKind.POWER and worked is not None:
            activation = worked.prepared.taken.activation
            return _ACTIVATIONS.get(Activation(activation), _ICONS[kind])
        return _ICONS[kind]


def _by_source(contributions: Iterable[Contribution]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in contributions:
        source = _SOURCES[each.kind][0]
        found[source] = found.get(source, 0.0) + each.value
    return found
