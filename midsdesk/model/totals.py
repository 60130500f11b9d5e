"""Results of the calculator.

Fractions unless a unit is said (0.1 = 10 %). Vectors are tuples indexed by `DamageType` (16) or
`StatusEffect` (20).
"""

from dataclasses import dataclass

from midsdesk.model.game import Effect
from midsdesk.model.ids import EnhancementId, EnhancementSetId, PowerId

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The character's results, raw or capped.

    Attributes:
        hit_points, absorb: points.
        regeneration, recovery: bonus over 100 %.
        endurance: points above 100. endurance_use: points a second of running toggles.
        status_protection: magnitudes; negative protects.
        status_resistance, debuff_resistance: fractions; the latter by `Attribute`.
        threat: 1 = 100 points. Speeds in feet a second, the rest of movement in feet.
    """

    hit_points: float
    regeneration: float
    absorb: float
    endurance: float
    recovery: float
    endurance_use: float
    endurance_discount: float
    to_hit: float
    accuracy: float
    damage: float
    haste: float
    range: float
    perception_ft: float
    stealth_pve_ft: float
    stealth_pvp_ft: float
    threat: float
    run_speed: float
    max_run_speed: float
    jump_speed: float
    max_jump_speed: float
    fly_speed: float
    max_fly_speed: float
    jump_height_ft: float
    can_fly: bool
    defense: Vector
    resistance: Vector
    elusivity: Vector
    status_protection: Vector
    status_resistance: Vector
    debuff_resistance: Vector


@dataclass(frozen=True, slots=True)
class PowerFigures:
    """The numbers of a power: base, or enhanced.

    Attributes:
        accuracy: A multiplier in the base figures, a hit chance in the enhanced ones.
        endurance_cost: Points for an activation (for toggles: for each period).
        recharge, base_recharge, cast_time, interrupt_time, activate_period: seconds.
        range, range_secondary, radius: feet. arc: degrees.
        area_factor: Area modifier A.
        damage, damage_minimum, damage_maximum: points for an activation.
    """

    accuracy: float
    accuracy_multiplier: float
    endurance_cost: float
    recharge: float
    base_recharge: float
    cast_time: float
    interrupt_time: float
    activate_period: float
    range: float
    range_secondary: float
    radius: float
    arc: float
    max_targets: int
    area_factor: float
    damage: float
    damage_minimum: float
    damage_maximum: float


@dataclass(frozen=True, slots=True)
class PowerFactors:
    """Strengths of one entry: accuracy as a plain sum, the others with 1 added."""

    accuracy: float
    endurance: float
    recharge: float
    range: float
    interrupt: float


@dataclass(frozen=True, slots=True)
class FinalEffect:
    """An effect of an entry as it is in force.

    Attributes:
        effect: The definition it comes from.
        base_magnitude, magnitude: raw and enhanced. base_duration, duration: seconds.
        probability: in force, 0 to 1. ticks: may be computed for absorbed pets.
        from_enhancement: A slotted piece brought it. source: the power it was defined in.
        conditions_met, fits_mode: whether its conditions and its PvE/PvP mode hold.
        counted: It reached a total.
    """

    effect: Effect
    base_magnitude: float
    magnitude: float
    base_duration: float
    duration: float
    magnitude_factor: float
    duration_factor: float
    scale: float
    ticks: int
    probability: float
    base_probability: float
    ppm: float
    delay: float
    to_who: int
    effect_class: int
    buffable: bool
    ignores_scaling: bool
    from_enhancement: bool
    absorbed: bool
    absorbed_activation: int
    source: PowerId
    conditions_met: bool
    fits_mode: bool
    percent: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class PowerNumbers:
    """One entry's results: untouched, and with own slots and globals."""

    entry: int
    power: PowerId
    redirected_to: PowerId | None
    base: PowerFigures
    enhanced: PowerFigures
    factors: PowerFactors
    effects: tuple[FinalEffect, ...]


@dataclass(frozen=True, slots=True)
class ActiveSet:
    """A set slotted in one entry.

    Attributes:
        bonus_powers: Of the bonuses and specials in force, in counting order.
        over_five: Those of them that the rule of five drops.
    """

    entry: int
    set_id: EnhancementSetId
    pieces: tuple[EnhancementId, ...]
    bonus_powers: tuple[PowerId, ...]
    over_five: tuple[PowerId, ...]


@dataclass(frozen=True, slots=True)
class Statistic:
    """One displayed number of a character.

    Attributes:
        key: Stable name, such as "defense.ranged".
        label: English name without its group.
        value, uncapped: In `unit`.
        unit: "%", "points", "/s", "s", "mph", "ft", "mag" or "".
        cap: Where the value stops, None for none.
        base: Value of a naked character; bars begin there.
        soft_cap: A guide line, None for none.
    """

    key: str
    label: str
    value: float
    uncapped: float
    unit: str
    cap: float | None = None
    base: float = 0.0
    soft_cap: float | None = None
