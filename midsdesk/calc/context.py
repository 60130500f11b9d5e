"""What stays the same while one character is planned: the catalog, the class, the rules."""

from dataclasses import dataclass, field

from midsdesk.calc.quirks import Quirk, quirks_of
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Power
from midsdesk.model.ruleset import Ruleset
from midsdesk.model.settings import CalcSettings

# Row of the modifier tables that is read: the old planner knows level 50 only.
TOP_LEVEL = 50


@dataclass(frozen=True, eq=False, slots=True)
class Context:
    """One archetype under one set of settings, with the look-ups that depend on it."""

    catalog: Catalog
    archetype: Archetype
    settings: CalcSettings
    quirks: frozenset[Quirk]
    _modifiers: dict[tuple[str, int], float] = field(default_factory=dict)
    _columns: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog, archetype: Archetype, settings: CalcSettings) -> "Context":
        """Make the context with the quirks of the settings' ruleset."""
        return cls(catalog, archetype, settings, quirks_of(settings.rules))

    @property
    def ruleset(self) -> Ruleset:
        """The realm's constants."""
        return self.catalog.ruleset

    def column_of(self, class_name: str) -> int:
        """Return the modifier column of a class, -1 if it is unknown."""
        column = self._columns.get(class_name)
        if column is None:
            archetype = self.catalog.archetype(class_name)
            column = self._columns[class_name] = archetype.column if archetype else -1
        return column

    def modifier(self, table: str, host: Power, class_column: int) -> float:
        """Return the table value for an effect in `host`.

        The host's forced class goes first, then the class an effect was absorbed with, then the
        character's own. Unknown tables and columns give 0.
        """
        if host.forced_class:
            column = self.column_of(host.forced_class)
        elif class_column >= 0:
            column = class_column
        else:
            column = self.archetype.column
        key = (table, column)
        value = self._modifiers.get(key)
        if value is None:
            value = self._modifiers[key] = self.catalog.modifier(table, TOP_LEVEL, column)
        return value
