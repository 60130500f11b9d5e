"""What has changed between two data sets, as far as an open build goes.

First its powers and sets: renamed, gone, with other numbers. Then its totals: each number that is
another one, before and after.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from midsdesk.app.effect_words import describe_effects, describe_power
from midsdesk.app.ports import Calculation, Calculator
from midsdesk.app.shelf import moved
from midsdesk.formats.issues import Issue
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import EnhancementSet, Power
from midsdesk.model.settings import CalcSettings
from midsdesk.model.totals import PowerNumbers

_LIKE: Final = 1e-3
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Field of the figures -> what players call it, unit.
_FIGURES: Final = (
    ("damage", "Damage", ""),
    ("accuracy_multiplier", "Accuracy", ""),
    ("endurance_cost", "Endurance cost", ""),
    ("recharge", "Recharge", "s"),
    ("cast_time", "Cast time", "s"),
    ("range", "Range", "ft"),
    ("radius", "Radius", "ft"),
    ("arc", "Arc", "°"),
    ("max_targets", "Targets", ""),
    ("activate_period", "Period", "s"),
)


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One number that is another one now. `unit` may be ""."""

    label: str
    before: float
    after: float
    unit: str


@dataclass(frozen=True, slots=True)
class PowerChange:
    """A power of the build that changed.

    Attributes:
        name: Of now, else of before. former: its name of before where that was another one.
        gone: The other data have no such power.
        level: Before and after where the pick level moved, else None.
        numbers: Before any enhancement. lost, gained: effects in words, one side has alone.
    """

    name: str
    former: str = ""
    gone: bool = False
    level: tuple[int, int] | None = None
    numbers: tuple[NumberChange, ...] = ()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()

    @property
    def is_none(self) -> bool:
        """Nothing changed."""
        return self == PowerChange(self.name)


@dataclass(frozen=True, slots=True)
class SetChange:
    """A set of the build whose bonuses changed: pieces, before, after; "" for no bonus."""

    name: str
    bonuses: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class DataChanges:
    """What has changed for one build.

    Attributes:
        build: On the other data. issues: what it could not take along as it stood.
    """

    build: Build
    issues: tuple[Issue, ...]
    powers: tuple[PowerChange, ...]
    sets: tuple[SetChange, ...]
    totals: tuple[NumberChange, ...]


def data_changes(
    build: Build,
    before: tuple[Catalog, Calculator],
    now: tuple[Catalog, Calculator],
    settings: CalcSettings,
) -> DataChanges:
    """Compare two data sets for a build.

    Args:
        build: On the data of `before`.
        before: The data it is on, with their calculator.
        now: The other data.
        settings: Of the calculator.

    Raises:
        BuildFormatError: The other data have no such archetype.
    """
    other, issues = moved(build, before[0], now[0])
    first, second = before[1].calculate(build, settings), now[1].calculate(other, settings)
    catalogs = before[0], now[0]
    powers = tuple(
        change for change in _powers(build, other, catalogs, (first, second)) if not change.is_none
    )
    sets = tuple(_sets(first, catalogs, other.archetype))
    return DataChanges(other, issues, powers, sets, tuple(_totals(first, second)))


def _powers(
    build: Build,
    other: Build,
    catalogs: tuple[Catalog, Catalog],
    answers: tuple[Calculation, Calculation],
) -> Iterator[PowerChange]:
    places = _places(build, other, catalogs[1])
    for index, entry in enumerate(build.entries):
        known = catalogs[0].power(entry.power) if entry.power else None
        if known is None:
            continue
        place = places.get(index)
        found = catalogs[1].power(other.entries[place].power) if place is not None else None
        if found is None or place is None:
            yield PowerChange(known.display_name, gone=True)
            continue
        numbers = answers[0].power(index), answers[1].power(place)
        yield _power((known, found), catalogs, numbers, other.archetype)


def _places(build: Build, other: Build, now: Catalog) -> dict[int, int]:
    """Index of each entry -> where it is in the other build."""
    picks = {index: index for index in range(min(build.pick_count, other.pick_count))}
    aliases = now.power_aliases()
    for index in range(build.pick_count, len(build.entries)):
        name = build.entries[index].power
        at = other.find(name)
        if at is None:
            at = other.find(aliases.get(name.lower(), name))
        if at is not None:
            picks[index] = at
    return picks


def _power(
    pair: tuple[Power, Power],
    catalogs: tuple[Catalog, Catalog],
    numbers: tuple[PowerNumbers | None, PowerNumbers | None],
    archetype: str,
) -> PowerChange:
    first, second = pair
    renamed = first.display_name != second.display_name
    words = [
        _words(power, catalog, archetype) for power, catalog in zip(pair, catalogs, strict=True)
    ]
    lost, gained = _apart(*words)
    moved_levels = (first.level, second.level) if first.level != second.level else None
    return PowerChange(
        name=second.display_name,
        former=first.display_name if renamed else "",
        level=moved_levels,
        numbers=tuple(_figures(*numbers)),
        lost=lost,
        gained=gained,
    )


def _apart(first: Sequence[str], second: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What either side has alone; the same words with numbers as good as equal are no difference.

    Where both sides say the same of another number, they stand at the same place.
    """
    lost = [word for word in first if word not in second]
    gained = [word for word in second if word not in first]
    pairs: list[tuple[str, str]] = []
    for word in tuple(lost):
        twins = [other for other in gained if _shape(other) == _shape(word)]
        if twins:
            nearest = min(twins, key=lambda other: _distance(word, other))
            lost.remove(word)
            gained.remove(nearest)
            if _distance(word, nearest) > _LIKE:
                pairs.append((word, nearest))
    befores, afters = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return (*befores, *lost), (*afters, *gained)


def _shape(text: str) -> str:
    """The text without its numbers; what stands in a row with strokes has no order."""
    words = _NUMBER.sub("0", text).split()
    return " ".join("/".join(sorted(word.split("/"))) for word in words)


def _distance(one: str, other: str) -> float:
    """How far the numbers of two texts of one shape are apart, as a share of the larger."""
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
    values = [tuple(float(text.replace(",", "")) for text in pair) for pair in pairs]
    return max((abs(a - b) / max(1.0, abs(a), abs(b)) for a, b in values), default=0.0)


def _words(power: Power, catalog: Catalog, archetype: str) -> list[str]:
    own = [each for each in power.effects if not each.conditions and not each.special_case]
    return describe_effects(own, catalog, catalog.archetype(archetype))


def _figures(first: PowerNumbers | None, second: PowerNumbers | None) -> Iterator[NumberChange]:
    if first is None or second is None:
        return
    for field, label, unit in _FIGURES:
        before, after = (float(getattr(each.base, field)) for each in (first, second))
        if not _like(before, after):
            yield NumberChange(label, before, after, unit)


def _sets(
    first: Calculation, catalogs: tuple[Catalog, Catalog], archetype: str
) -> Iterator[SetChange]:
    for ident in dict.fromkeys(each.set_id for each in first.sets):
        families = [catalog.enhancement_set(ident) for catalog in catalogs]
        sides = [
            _bonuses(family, catalog, archetype)
            for family, catalog in zip(families, catalogs, strict=True)
        ]
        changed = tuple(
            (slotted, sides[0].get(slotted, ""), sides[1].get(slotted, ""))
            for slotted in sorted(sides[0].keys() | sides[1].keys())
            if sides[0].get(slotted) != sides[1].get(slotted)
        )
        shown = next((family.display_name for family in reversed(families) if family), ident)
        if changed:
            yield SetChange(shown, changed)


def _bonuses(family: EnhancementSet | None, catalog: Catalog, archetype: str) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    owner = catalog.archetype(archetype)
    for bonus in family.bonuses if family else ():
        powers = [power for name in bonus.powers if (power := catalog.power(name)) is not None]
        texts = found.setdefault(bonus.slotted, [])
        texts += [text for power in powers if (text := describe_power(power, catalog, owner))]
    return {slotted: ", ".join(texts) for slotted, texts in found.items()}


def _totals(first: Calculation, second: Calculation) -> Iterator[NumberChange]:
    known = {each.key: each for each in first.statistics}
    for each in second.statistics:
        before = known.get(each.key)
        if before is not None and not _like(before.value, each.value):
            yield NumberChange(_label(each.key, each.label), before.value, each.value, each.unit)


def _label(key: str, label: str) -> str:
    """A label with its group, which alone says too little ("Fire")."""
    group = key.partition(".")[0].replace("_", " ")
    return label if group in label.lower() or group == key else f"{group.capitalize()}: {label}"


def _like(one: float, other: float) -> bool:
    return abs(one - other) <= _LIKE * max(1.0, abs(one), abs(other))


def as_lines(changes: DataChanges) -> Sequence[str]:
    """The changes as lines of text, for a report."""
    lines: list[str] = []
    for power in changes.powers:
        parts = [f"was {power.former}"] if power.former else []
        parts += ["is gone"] if power.gone else []
        parts += [f"level {power.level[0]} → {power.level[1]}"] if power.level else []
        parts += [_line(each) for each in power.numbers]
        parts += [f"lost: {each}" for each in power.lost]
        parts += [f"new: {each}" for each in power.gained]
        lines.append(f"{power.name}: {'; '.join(parts)}")
    for family in changes.sets:
        parts = [f"{slotted}: {old or '–'} → {new or '–'}" for slotted, old, new in family.bonuses]
        lines.append(f"{family.name}: {'; '.join(parts)}")
    lines += [_line(each) for each in changes.totals]
    return lines


def _line(each: NumberChange) -> str:
    unit = f" {each.unit}" if each.unit else ""
    return f"{each.label} {each.before:.4g} → {each.after:.4g}{unit}"
