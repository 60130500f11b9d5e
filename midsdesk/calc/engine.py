"""The calculator: a build in, its numbers out.

Every stage is a pure function of values and remembers its answers (`midsdesk.calc.memo`), so an
edit costs only what it changes, and an answer never depends on what was asked before. Sums are
made again in entry order, never added to and taken away from.

Some numbers need results (percent absorb, procs a minute in granted powers): for those a second
round knows the first one's totals, as the old planner calculates twice when it opens a build.
"""

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import Context
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.worker import Worker
from midsdesk.errors import BusinessError
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings

_WORKERS_KEPT = 8


class UnknownArchetypeError(BusinessError):
    """A build's archetype is not in the game data."""

    code = "MD-BUS-020"


class Engine:
    """Calculates builds over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._workers: dict[tuple[str, CalcSettings, frozenset[Quirk] | None], Worker] = {}

    @property
    def catalog(self) -> Catalog:
        """The game data it calculates over."""
        return self._catalog

    @property
    def remembered(self) -> int:
        """How many answers are kept; bounded, whatever is edited."""
        return sum(worker.remembered for worker in self._workers.values())

    def calculate(
        self,
        build: Build,
        settings: CalcSettings | None = None,
        quirks: frozenset[Quirk] | None = None,
    ) -> Calculation:
        """Return the numbers of `build`.

        Args:
            quirks: Those in force; None for those of the settings' ruleset.

        Powers and pieces the catalog lacks are left out and named in `Calculation.missing`.

        Raises:
            UnknownArchetypeError: The catalog lacks the archetype.
        """
        settings = settings or CalcSettings()
        key = (build.archetype.lower(), settings, quirks)
        worker = self._workers.get(key)
        if worker is None:
            archetype = self._catalog.archetype(build.archetype)
            if archetype is None:
                raise UnknownArchetypeError(
                    f"The game data have no archetype {build.archetype!r}; choose other game data."
                )
            if len(self._workers) >= _WORKERS_KEPT:
                del self._workers[next(iter(self._workers))]
            context = Context.of(self._catalog, archetype, settings, quirks)
            worker = self._workers[key] = Worker(context)
        return worker.calculate(build)
