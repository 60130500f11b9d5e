"""What the calculator is told besides the build."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Rules(StrEnum):
    """Whose answers are wanted."""

    MIDS = "mids"
    GAME = "game"


class DamageMode(StrEnum):
    """How chance enters damage: by probability, fully, or only what is certain."""

    AVERAGE = "average"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"


# Base chance to hit by the enemy's level against the player's.
# Source: calculation reference B, section 8.
TO_HIT_BY_ENEMY: Final[dict[int, float]] = {
    -4: 0.95,
    -3: 0.90,
    -2: 0.85,
    -1: 0.80,
    0: 0.75,
    1: 0.65,
    2: 0.56,
    3: 0.48,
    4: 0.39,
    5: 0.30,
    6: 0.20,
    7: 0.08,
}


@dataclass(frozen=True, slots=True)
class CalcSettings:
    """Everything that changes numbers and is not part of a build.

    Attributes:
        rules: `mids` answers like the old planner, `game` like the game.
        scaling_to_hit: Base chance to hit, a fraction.
        exemplar_level: Level played at, from 1; 50 is none.
        suppression: `Suppression` bits in force.
        team_members: How many of each archetype (display name) are in the team.
        arcana_time: Cast times count in server ticks.
        sliders_moved: The sliders of stacks were moved since the build was opened (the old
            planner's conditions on stacks know only then).
    """

    rules: Rules = Rules.GAME
    pvp: bool = False
    scaling_to_hit: float = 0.75
    exemplar_level: int = 50
    suppression: int = 0
    team_size: int = 1
    team_members: tuple[tuple[str, int], ...] = ()
    arcana_time: bool = False
    ignore_enhancement_effects: bool = False
    ignore_set_bonuses: bool = False
    sliders_moved: bool = False
