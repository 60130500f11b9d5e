"""The game's own things as the catalog gives them: archetypes, powersets, powers, effects, pieces.

Times are in seconds, distances in feet, arcs in degrees, fractions are fractions (0.1 = 10 %).
Levels count from 1, as players see them. Numbers are exact single-precision values.
"""

from dataclasses import dataclass, field

from midsdesk.model.ids import (
    ArchetypeId,
    EnhancementId,
    EnhancementSetId,
    EntityId,
    PowerId,
    PowersetId,
)


@dataclass(frozen=True, slots=True)
class Archetype:
    """A character class: base values, caps, column in the modifier tables.

    Caps are factors (resistance 0.75 = 75 %, damage 4.0 = 400 %), hit points are points.
    `kind` is a `ClassKind`.
    """

    id: ArchetypeId
    position: int
    display_name: str
    kind: int
    column: int
    playable: bool
    origins: tuple[str, ...]
    primary_group: str
    secondary_group: str
    hit_points: float
    hit_points_cap: float
    resistance_cap: float
    recharge_cap: float
    damage_cap: float
    recovery_cap: float
    regeneration_cap: float
    base_recovery: float
    base_regeneration: float
    base_threat: float
    perception_cap: float


@dataclass(frozen=True, slots=True)
class Powerset:
    """A group of powers. `kind` is a `PowersetKind`; `powers` are in the game's order."""

    id: PowersetId
    position: int
    display_name: str
    kind: int
    archetype: ArchetypeId
    trunk: PowersetId
    linked_secondary: PowersetId
    exclusive: tuple[PowersetId, ...]
    powers: tuple[PowerId, ...]

    @property
    def group(self) -> str:
        """First part of the full name."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class PowerAttributes:
    """Values a MODIFY_POWER effect may set; -1 is "leave it"."""

    accuracy: float
    activate_period: float
    arc: int
    cast_time: float
    effect_area: int
    endurance_cost: float
    interrupt_time: float
    max_targets: int
    radius: float
    range: float
    recharge_time: float
    range_secondary: float


@dataclass(frozen=True, slots=True)
class Effect:
    """One change to one attribute by one power.

    Attributes:
        attribute: `Attribute`; `modifies` is the attribute it changes the strength or resistance
            of, where `attribute` is ENHANCEMENT or EFFECT_RESISTANCE.
        status: `StatusEffect`, where `attribute` is STATUS and its like.
        scale, magnitude, duration: Own numbers; with the modifier table they give the magnitude
            (see `midsdesk.calc.magnitude`). `duration` in seconds.
        probability: 0 to 1 in sound data, real data leaves that range.
        suppression: `Suppression` bits.
        only_class: It works for this archetype only; only_class_index: the number the old planner
            stored for it, which may be another's.
        ppm: Procs per minute, 0 for none; replaces `probability`.
        ticks: Number of times it acts; 0 and 1 alike.
        delay: Seconds until it acts.
        summon: Entity or granted power; `redirect` another power that replaces its own.
        reward: Text of several meanings: tag of a chance modifier, name of a revoked power.
        conditions: Pairs of key and value, see `midsdesk.calc.conditions`.
    """

    attribute: int
    damage_type: int
    status: int
    modifies: int
    effect_class: int
    aspect: int
    to_who: int
    pv_mode: int
    scaling: int
    modifier_table: str
    scale: float
    magnitude: float
    duration: float
    probability: float
    ppm: float
    ticks: int
    delay: float
    stacking: bool
    buffable: bool
    resistible: bool
    ignores_ed: bool
    ignores_scaling: bool
    ignores_variable: bool
    cancel_on_miss: bool
    requires_to_hit: bool
    near_ground: bool
    suppression: int
    special_case: int
    percent_override: int
    only_class: str
    only_class_index: int
    effect_id: str
    summon: str
    redirect: str
    reward: str
    duration_expression: str
    magnitude_expression: str
    probability_expression: str
    power_attribute: int
    original: PowerAttributes | None
    modified: PowerAttributes | None
    conditions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must hold for a power to be taken.

    Attributes:
        required_classes: Empty, or one of them; `excluded_classes`: none of them.
        required_powers: Alternatives; each a pair of which both members are needed ("" is none).
        forbidden_powers: Not one member of any pair may be in the build.
    """

    required_classes: tuple[str, ...] = ()
    excluded_classes: tuple[str, ...] = ()
    required_powers: tuple[tuple[str, str], ...] = ()
    forbidden_powers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Power:
    """The definition of a power.

    Attributes:
        level: First level it can be taken at, from 1; 0 for powers nobody picks.
        activation: `Activation`; `effect_area`: `EffectArea`; `inherent_kind`: `InherentKind`.
        static_index: Number old build files use.
        enhancement_classes: Numbers of the enhancement classes it accepts, from 1.
        set_types: Positions of the set types it accepts.
        ignored_enhancements, ignored_buffs: `EnhancedAspect` numbers.
        has_variable: It has a slider of stacks from `variable_min` to `variable_max`.
        include_flag: It enters builds by itself.
        always_toggle: Starts lit.
    """

    id: PowerId
    position: int
    static_index: int
    display_name: str
    level: int
    requirement: Requirement
    activation: int
    accuracy: float
    attack_types: int
    exclusive_groups: tuple[str, ...]
    entities_affected: int
    entities_auto_hit: int
    target: int
    range: float
    range_secondary: float
    endurance_cost: float
    interrupt_time: float
    cast_time: float
    recharge_time: float
    base_recharge_time: float
    activate_period: float
    effect_area: int
    radius: float
    arc: int
    max_targets: int
    modes_required: int
    modes_disallowed: int
    usage_time: int
    life_time: int
    charges: int
    enhancement_classes: tuple[int, ...]
    set_types: tuple[int, ...]
    click_buff: bool
    always_toggle: bool
    allow_front_loading: bool
    has_variable: bool
    variable_name: str
    variable_min: int
    variable_max: int
    variable_start: int
    sub_powers: tuple[PowerId, ...]
    ignored_enhancements: tuple[int, ...]
    ignored_buffs: tuple[int, ...]
    skip_max: bool
    inherent_kind: int
    exclusive_auto: bool
    exclusive_ignored: bool
    absorbs_summon_effects: bool
    absorbs_summon_attributes: bool
    include_flag: bool
    forced_class: str
    boostable: bool
    hidden: bool
    effects: tuple[Effect, ...] = field(repr=False)

    @property
    def powerset(self) -> PowersetId:
        """First two parts of the full name."""
        return PowersetId(self.id.rpartition(".")[0])

    @property
    def name(self) -> str:
        """Last part of the full name."""
        return self.id.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Entity:
    """A pet or pseudo-pet. Powersets after the first come with the upgrade power of that place."""

    id: EntityId
    display_name: str
    henchman: bool
    archetype: ArchetypeId
    powersets: tuple[PowersetId, ...]
    upgrade_powers: tuple[PowerId, ...]


@dataclass(frozen=True, slots=True)
class EnhancementClass:
    """A class of enhancement that powers accept: `index` counts from 1 and never changes."""

    index: int
    name: str
    short_name: str
    class_name: str


@dataclass(frozen=True, slots=True)
class EnhancementLine:
    """One line of an enhancement: a strength, or an effect of its own.

    Attributes:
        mode: `LineMode`. buff_mode: `BuffMode`. aspect: `EnhancedAspect`, -1 for an effect.
        status: `StatusEffect` where `aspect` is STATUS, else -1.
        schedule: `Schedule`. multiplier: share of the schedule's value.
    """

    mode: int
    buff_mode: int
    aspect: int
    status: int
    schedule: int
    multiplier: float
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Enhancement:
    """The item put in a slot.

    Attributes:
        kind: `EnhancementKind`. special_kind: position in the special kinds, -1 for none.
        classes: `EnhancementClass.index` numbers, from 1; empty for set pieces.
        level_min, level_max: from 1.
        set_id: "" for pieces of no set. piece: its place in the set, from 0; -1 for none.
        exclusive_group: `ExclusiveGroup`.
        power: Full name of the attached power that carries its effects, "" if there is none.
    """

    id: EnhancementId
    position: int
    static_index: int
    name: str
    short_name: str
    kind: int
    special_kind: int
    classes: tuple[int, ...]
    set_id: EnhancementSetId
    piece: int
    level_min: int
    level_max: int
    unique: bool
    exclusive_group: int
    superior: bool
    is_proc: bool
    effect_chance: float
    recipe: str
    power: PowerId
    lines: tuple[EnhancementLine, ...]

    @property
    def has_strength(self) -> bool:
        """At least one line raises something."""
        return any(line.mode == 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class SetBonus:
    """What `slotted` pieces in one power give. `pv_mode` is a `PvMode`."""

    slotted: int
    pv_mode: int
    powers: tuple[PowerId, ...]


@dataclass(frozen=True, slots=True)
class EnhancementSet:
    """A family of enhancements.

    Attributes:
        set_type: Position in the list of set types.
        pieces: In the set's order. specials: for each piece the powers it gives wherever it sits.
    """

    id: EnhancementSetId
    display_name: str
    short_name: str
    set_type: int
    level_min: int
    level_max: int
    pieces: tuple[EnhancementId, ...]
    bonuses: tuple[SetBonus, ...]
    specials: tuple[tuple[PowerId, ...], ...]


@dataclass(frozen=True, slots=True)
class SetType:
    """A category of enhancement sets."""

    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class StaticIndexReplacement:
    """A power's number in old files and its number now.

    `archetype` is a display name, "" for all.
    """

    archetype: str
    old: int
    new: int
