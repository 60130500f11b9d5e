"""What each difference to the old planner changes in one build.

With the game's rules each quirk is added alone, with the old planner's each is taken away alone;
the totals before and after are compared. Some fifty calculations from nothing: work for a job.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from midsdesk.calc.context import Context
from midsdesk.calc.engine import Engine, UnknownArchetypeError
from midsdesk.calc.quirks import Quirk, quirks_of
from midsdesk.calc.worker import Worker
from midsdesk.model.build import Build
from midsdesk.model.settings import CalcSettings
from midsdesk.model.totals import Totals

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Changed:
    """One capped total that a quirk changes.

    Attributes:
        total: Field of `Totals`. index: in it, where it is a vector; -1 otherwise.
        before, after: With the quirks of the ruleset, and with this one turned over.
    """

    total: str
    index: int
    before: float
    after: float


QuirkEffects = tuple[tuple[Quirk, tuple[Changed, ...]], ...]


def quirk_effects(build: Build, engine: Engine, settings: CalcSettings) -> QuirkEffects:
    """Return for each quirk the capped totals it changes in `build`; empty for "nothing".

    Numbers of single powers are not compared.

    Raises:
        UnknownArchetypeError: The game data lack the archetype.
    """
    archetype = engine.catalog.archetype(build.archetype)
    if archetype is None:
        raise UnknownArchetypeError(
            f"The game data have no archetype {build.archetype!r}; choose other game data."
        )
    own = quirks_of(settings.rules)

    def totals(quirks: frozenset[Quirk]) -> Totals:
        context = Context.of(engine.catalog, archetype, settings, quirks)
        return Worker(context).calculate(build).capped

    base = totals(own)
    return tuple(
        (quirk, tuple(_differences(base, totals(own ^ frozenset({quirk}))))) for quirk in Quirk
    )


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
