"""Several data sets open at once: each build keeps its own, and moves to another when asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from midsdesk.app.document import Document
from midsdesk.app.gamedata import ClosableCatalog, GameData, InstalledData
from midsdesk.app.ports import Calculator
from midsdesk.formats import forms
from midsdesk.formats.forms import Form
from midsdesk.formats.issues import Issue
from midsdesk.model.build import Build, DataSetName
from midsdesk.model.catalog import Catalog

CalculatorOf = Callable[[Catalog], Calculator]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open data set with its calculator."""

    installed: InstalledData
    catalog: ClosableCatalog
    calculator: Calculator


class Shelf:
    """Open data sets by name; each is opened once and stays open as long as a build needs it."""

    def __init__(self, data: GameData, calculator_of: CalculatorOf) -> None:
        self._data = data
        self._calculator_of = calculator_of
        self._opened: dict[str, Opened] = {}
        self._aside: list[Opened] = []

    def put(self, installed: InstalledData, catalog: ClosableCatalog) -> Opened:
        """Take over a data set that is open already."""
        opened = Opened(installed, catalog, self._calculator_of(catalog))
        self._opened[installed.name] = opened
        return opened

    def get(self, installed: InstalledData) -> Opened:
        """Return an open data set; opens it if need be.

        Raises:
            GameDatabaseError: It cannot be opened.
        """
        found = self._opened.get(installed.name)
        return found or self.put(installed, self._data.open(installed.path))

    def holding(self, catalog: Catalog) -> Opened | None:
        """Return the open data set of a catalog; None if it is not one of these."""
        return next((each for each in self._opened.values() if each.catalog is catalog), None)

    def known(self, name: str) -> Opened | None:
        """Return a data set that is open already."""
        return self._opened.get(name)

    def set_aside(self, name: str) -> None:
        """Open it anew the next time; steps that can be undone may still need the old one."""
        found = self._opened.pop(name, None)
        if found is not None:
            self._aside.append(found)

    def close(self) -> None:
        """Close all of them."""
        for each in (*self._opened.values(), *self._aside):
            each.catalog.close()
        self._aside.clear()
        self._opened.clear()


def moved(build: Build, before: Catalog, now: Catalog) -> tuple[Build, tuple[Issue, ...]]:
    """Return a build on other game data: names followed, what they lack noted and kept.

    Args:
        build: Its names are those of `before`.
        before: The data it was planned on.
        now: The data to move it to.
    """
    if before.key == now.key:
        return build, ()
    named = replace(build, made_with=DataSetName(before.name, before.version))
    reading = forms.read(forms.write(named, Form.NATIVE, before), now)
    made = replace(reading.build, made_with=DataSetName(now.name, now.version))
    return made, reading.issues


def switch(document: Document, opened: Opened) -> tuple[Issue, ...]:
    """Put the build of a document on another data set, as one step that can be undone.

    Returns:
        What could not be taken along as it stood.

    Raises:
        BuildFormatError: The other data have no such archetype; nothing has changed.
    """
    now = opened.catalog
    build, issues = moved(document.build, document.catalog, now)
    if document.catalog.key != now.key:
        label = f"Switch to {now.name} {now.version}"
        document.move(label, build, now, opened.calculator)
    return issues
