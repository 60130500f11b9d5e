"""What each difference to the old planner changes in one build.

With the game's rules each quirk is added alone, with the old planner's each is taken away alone;
totals and figures of powers before and after are compared. Some fifty calculations from nothing:
work in steps, for when nobody waits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import Context
from midsdesk.calc.engine import Engine, UnknownArchetypeError
from midsdesk.calc.quirks import Quirk, quirks_of
from midsdesk.calc.worker import Worker
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings
from midsdesk.model.totals import PowerFigures, Totals

_SAME = 1e-9
# Figures of a power that a player sees; `accuracy` is the chance to hit.
_FIGURES = (
    "accuracy",
    "accuracy_multiplier",
    "damage",
    "endurance_cost",
    "recharge",
    "range",
    "interrupt_time",
)


@dataclass(frozen=True, slots=True)
class Changed:
    """One capped total, or one figure of a power, that a quirk changes.

    Attributes:
        total: Field of `Totals`, or of `PowerFigures` where `entry` is not -1.
        index: In it, where it is a vector; -1 otherwise.
        before, after: With the quirks of the ruleset, and with this one turned over.
    """

    total: str
    index: int
    before: float
    after: float
    entry: int = -1


@dataclass(frozen=True, slots=True)
class Tried:
    """What one quirk changes; empty for "nothing"."""

    quirk: Quirk
    changed: tuple[Changed, ...]


QuirkEffects = tuple[tuple[Quirk, tuple[Changed, ...]], ...]


def quirk_effects(build: Build, engine: Engine, settings: CalcSettings) -> QuirkEffects:
    """Return for each quirk what it changes in `build`; empty for "nothing".

    Raises:
        UnknownArchetypeError: The game data lack the archetype.
    """
    trials = quirk_trials(build, engine.catalog, settings)
    return tuple((each.quirk, each.changed) for each in trials if each is not None)


def quirk_trials(build: Build, catalog: Catalog, settings: CalcSettings) -> Iterator[Tried | None]:
    """Yield what each quirk changes, in their order; None between, so that others get a turn.

    Raises:
        UnknownArchetypeError: The game data lack the archetype.
    """
    archetype = catalog.archetype(build.archetype)
    if archetype is None:
        raise UnknownArchetypeError(
            f"The game data have no archetype {build.archetype!r}; choose other game data."
        )
    own = quirks_of(settings.rules)

    def calculated(quirks: frozenset[Quirk]) -> Calculation:
        context = Context.of(catalog, archetype, settings, quirks)
        return Worker(context).calculate(build)

    base = calculated(own)
    yield None
    figures: list[PowerFigures | None] = []
    yield from _figures(base, figures)
    for quirk in Quirk:
        other = calculated(own ^ frozenset({quirk}))
        yield None
        theirs: list[PowerFigures | None] = []
        yield from _figures(other, theirs)
        totals = _differences(base.capped, other.capped)
        powers = _power_differences(figures, theirs)
        yield Tried(quirk, (*totals, *powers))


def _figures(calculation: Calculation, found: list[PowerFigures | None]) -> Iterator[None]:
    """Fill in the enhanced figures of all entries, some at a time."""
    for entry in range(len(calculation.worked)):
        numbers = calculation.power(entry)
        found.append(numbers.enhanced if numbers is not None else None)
        if entry % 8 == 7:
            yield


def _differences(before: Totals, after: Totals) -> Iterator[Changed]:
    for each in fields(Totals):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if not isinstance(old, tuple):
            if abs(old - new) > _SAME:
                yield Changed(each.name, -1, float(old), float(new))
            continue
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            if abs(one - other) > _SAME:
                yield Changed(each.name, index, one, other)


def _power_differences(
    before: list[PowerFigures | None], after: list[PowerFigures | None]
) -> Iterator[Changed]:
    for entry, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is None or new is None:
            continue
        for name in _FIGURES:
            one, other = float(getattr(old, name)), float(getattr(new, name))
            if one != other and not abs(one - other) <= _SAME:
                yield Changed(name, -1, one, other, entry)
