"""What the window is given to work with: game data, calculator, settings, autosave.

Several data sets may be open at once: each build keeps its own, new ones take the workspace's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midsdesk.app.decisions import Decisions
from midsdesk.app.document import Document
from midsdesk.app.ports import Calculator
from midsdesk.app.preferences import calc_settings
from midsdesk.app.settings import Settings
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings

if TYPE_CHECKING:
    from midsdesk.app.autosave import Autosaver
    from midsdesk.app.data_desk import DataDesk
    from midsdesk.app.shelf import Opened

NewBuild = Callable[[Catalog, str], Build]


@dataclass
class Workspace:
    """Made by `midsdesk.desktop` once the game data are open.

    Attributes:
        catalog, calculator: Of the data set that new builds are made with, and opened on.
        new_build: Makes an empty build of an archetype.
        decisions: About doubtful texts of imports.
        autosaver: Comes later than the rest; None until then and where it could not be opened.
        desk: The installed data sets; None where there is nothing to manage.
    """

    catalog: Catalog
    calculator: Calculator
    settings: Settings
    new_build: NewBuild
    autosaver: "Autosaver | None" = None
    decisions: Decisions = field(default_factory=Decisions)
    desk: "DataDesk | None" = None

    def new_document(self, archetype: str = "") -> Document:
        """An empty build."""
        wanted = archetype or next(item.id for item in self.catalog.archetypes() if item.playable)
        build = self.new_build(self.catalog, wanted)
        return Document(build, self.catalog, self.calculator, self.calc_settings())

    def use(self, opened: "Opened") -> None:
        """Make and open builds on another data set from now on; open ones keep theirs."""
        self.catalog, self.calculator = opened.catalog, opened.calculator

    def calculator_of(self, catalog: Catalog) -> Calculator:
        """The calculator of an open data set."""
        opened = self.desk.shelf.holding(catalog) if self.desk is not None else None
        return opened.calculator if opened is not None else self.calculator

    def data_of(self, name: str, version: str) -> tuple[Catalog, Calculator]:
        """The data set a build says it was made with, else the one of new builds."""
        opened = self.desk.made_with(name, version) if self.desk is not None else None
        if opened is None:
            return self.catalog, self.calculator
        return opened.catalog, opened.calculator

    def calc_settings(self) -> CalcSettings:
        """Settings of the calculator as the user left them."""
        return calc_settings(self.settings)

    def watch(self, document: Document) -> None:
        """Autosave a document from now on."""
        if self.autosaver is not None:
            self.autosaver.watch(document)

    def release(self, document: Document) -> None:
        """Forget the autosave of a document that was closed on purpose."""
        if self.autosaver is not None:
            self.autosaver.release(document)
