"""The constants a realm plays by. Read with the game data, never frozen in code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LevelGrant:
    """What one level gives: picks and slots."""

    picks: int
    slots: int


@dataclass(frozen=True, slots=True)
class EnhancementTables:
    """Strengths of enhancements and the thresholds of diversification, fractions.

    Attributes:
        ed_thresholds: For each schedule A to D the three thresholds.
        grades: Rows training, dual, single, special; columns A to D.
        inventions: Row 0 is level 1; columns A to D.
    """

    ed_thresholds: tuple[tuple[float, float, float], ...]
    grades: tuple[tuple[float, ...], ...]
    inventions: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Numbers that differ between realms.

    Speeds in feet a second, heights and perception in feet, chances as fractions. `max_*_speed`
    are the soft limits, `hard_*_speed` the hard ones.
    """

    realm: str
    levels: tuple[LevelGrant, ...]
    respec_levels: tuple[LevelGrant, ...]
    enhancements: EnhancementTables
    base_to_hit: float = 0.75
    base_run_speed: float = 21.0
    base_jump_speed: float = 21.0
    base_fly_speed: float = 31.5
    base_jump_height: float = 4.0
    base_perception: float = 500.0
    max_run_speed: float = 135.67
    max_jump_speed: float = 114.4
    max_fly_speed: float = 86.0
    max_jump_height: float = 200.0
    hard_run_speed: float = 176.358
    hard_jump_speed: float = 166.257
    hard_fly_speed: float = 257.985
    max_slots: int = 67
    inherent_slotting: bool = False
    health_slots: int = 2
    health_slot_levels: tuple[int, int] = (8, 16)
    stamina_slots: int = 2
    stamina_slot_levels: tuple[int, int] = (12, 22)
    incarnates: tuple[tuple[str, bool], ...] = ()

    @property
    def pick_levels(self) -> tuple[int, ...]:
        """Shown levels of the picks in order; the first secondary power adds one at level 1."""
        granted = [level for level, grant in enumerate(self.levels, 1) for _ in range(grant.picks)]
        return (1, *granted)
