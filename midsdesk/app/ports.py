"""What the application needs from others: the calculator, seen from here.

`midsdesk.calc.engine` fulfils these; tests put a small stand-in in its place.
"""

from typing import Protocol

from midsdesk.model.build import Build
from midsdesk.model.settings import CalcSettings
from midsdesk.model.totals import ActiveSet, PowerNumbers, Statistic, Totals


class Calculation(Protocol):
    """Everything the calculator says about one build under one set of settings."""

    @property
    def totals(self) -> Totals:
        """Raw totals."""

    @property
    def capped(self) -> Totals:
        """Totals after caps."""

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """Displayed numbers with their caps."""

    @property
    def sets(self) -> tuple[ActiveSet, ...]:
        """Sets slotted in the build, with the bonuses in force."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What the build names and the game data lack."""

    def power(self, entry: int) -> PowerNumbers | None:
        """Numbers of one entry, None for an empty or unknown one."""


class Calculator(Protocol):
    """Turns builds into numbers; pure, so answers may be kept."""

    def calculate(self, build: Build, settings: CalcSettings) -> Calculation:
        """Return the numbers of a build."""
