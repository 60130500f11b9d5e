"""What stays the same while one character is planned: the catalog, the class, the rules."""

from dataclasses import dataclass, field

from midsdesk.calc.quirks import Quirk, quirks_of
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Power
from midsdesk.model.ids import PowerId
from midsdesk.model.ruleset import Ruleset
from midsdesk.model.settings import CalcSettings
from midsdesk.model.vocab import PowersetKind

# Row of the modifier tables that is read: the old planner knows level 50 only.
TOP_LEVEL = 50
# Powers stay usable up to this many levels above the level played at.
# Source: common knowledge of players, not in the papers.
_LEVELS_KEPT = 5
# Incarnate powers need this level. Source: common knowledge of players, not in the papers.
_INCARNATE_LEVEL = 45
_GROWTH = "Melee_HealSelf"
_PICKED = frozenset(
    {PowersetKind.PRIMARY, PowersetKind.SECONDARY, PowersetKind.ANCILLARY, PowersetKind.POOL}
)


@dataclass(frozen=True, eq=False, slots=True)
class Context:
    """One archetype under one set of settings, with the look-ups that depend on it.

    Attributes:
        force_level: Slots and sets of higher levels are dropped (the old planner's rule).
        combat_level: Level the character fights at, from 1 (the game's rule).
        bonus_powers: What `midsdesk.calc.set_bonus` found for a set and its pieces.
        lines: What a placed piece gives (`midsdesk.calc.pieces`).
        special_pieces: Whether a piece brings effects (`midsdesk.calc.assemble`).
        kill_delays: After how many seconds the pets of a powerset remove themselves
            (`midsdesk.calc.absorb`).
    """

    catalog: Catalog
    archetype: Archetype
    settings: CalcSettings
    quirks: frozenset[Quirk]
    force_level: int = TOP_LEVEL
    combat_level: int = TOP_LEVEL
    bonus_powers: dict[tuple[str, tuple[str, ...]], tuple[PowerId, ...]] = field(
        default_factory=dict
    )
    lines: dict[tuple[str, int, int, int], tuple[tuple[int, int, int, float], ...]] = field(
        default_factory=dict
    )
    special_pieces: dict[str, bool] = field(default_factory=dict)
    kill_delays: dict[str, float] = field(default_factory=dict)
    _modifiers: dict[tuple[str, int], float] = field(default_factory=dict)
    _columns: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        archetype: Archetype,
        settings: CalcSettings,
        quirks: frozenset[Quirk] | None = None,
    ) -> "Context":
        """Make the context.

        Args:
            quirks: Those in force; None for those of the settings' ruleset.
        """
        if quirks is None:
            quirks = quirks_of(settings.rules)
        force, combat = TOP_LEVEL, max(1, min(settings.exemplar_level, TOP_LEVEL))
        if Quirk.EXEMPLAR_DROPS_SLOTS_ONLY in quirks:
            force, combat = settings.exemplar_level, TOP_LEVEL
        return cls(catalog, archetype, settings, quirks, force, combat)

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
            level = self.combat_level
            value = self._modifiers[key] = self.catalog.modifier(table, level, column)
        return value

    @property
    def base_share(self) -> float:
        """Share of the level-50 hit points that the class has at the level it fights at.

        The papers give hit points for level 50 only; the table of self heals grows with them
        (about a tenth of them), so its growth is taken for theirs.
        """
        if self.combat_level >= TOP_LEVEL:
            return 1.0
        column = self.archetype.column
        top = self.catalog.modifier(_GROWTH, TOP_LEVEL, column)
        return self.catalog.modifier(_GROWTH, self.combat_level, column) / top if top else 1.0

    def can_use(self, power: Power, level: int) -> bool:
        """Return whether a power taken at `level` can be used at the level fought at."""
        if self.combat_level >= TOP_LEVEL:
            return True
        powerset = self.catalog.powerset(power.powerset)
        kind = powerset.kind if powerset is not None else PowersetKind.NONE
        if kind == PowersetKind.INCARNATE:
            return self.combat_level >= _INCARNATE_LEVEL
        return kind not in _PICKED or level <= self.combat_level + _LEVELS_KEPT
