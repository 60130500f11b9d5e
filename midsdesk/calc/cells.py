"""Where contributions are summed: one flat vector, a cell for each thing that can be raised.

Two vectors of this layout exist: G, what the build adds to the strength of every power, and B,
what it adds to the character. Source: calculation reference B, section 2.
"""

from typing import Final

EFFECT: Final = 0  # + Attribute
DEBUFF_EFFECT: Final = 100  # + Attribute: the share that touches debuffs only
DAMAGE: Final = 200  # + DamageType
DEFENSE: Final = 220
RESISTANCE: Final = 240
ELUSIVITY: Final = 260
STATUS: Final = 280  # + StatusEffect
STATUS_RESISTANCE: Final = 300
PROTECTION: Final = 320  # + StatusEffect: of the character
OWN_STATUS_RESISTANCE: Final = 340
DEBUFF_RESISTANCE: Final = 400  # + Attribute
ENDURANCE: Final = 500  # points above 100
SIZE: Final = 501

Contribution = tuple[int, float]
Contributions = tuple[Contribution, ...]
Accumulator = list[float]


def empty() -> Accumulator:
    """Return a vector of zeros."""
    return [0.0] * SIZE
