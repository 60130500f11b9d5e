"""Closed vocabularies of the game.

The numbers are those of the Mids files, so a number nobody knows yet survives: readers keep it as
a plain int, `label` shows it, and calculations treat it as none. Integers, not texts, because
65,000 effects carry a dozen of them each and the calculator compares them in its inner loop.

Source: format description of Mids Reborn 3.7.11, section 18.
"""

from enum import IntEnum, IntFlag
from typing import TypeVar

_Kind = TypeVar("_Kind", bound=IntEnum)


def label(kind: type[_Kind], number: int) -> str:
    """Return the name of `number` in words, or the number itself where it has none."""
    try:
        return kind(number).name.replace("_", " ").lower()
    except ValueError:
        return str(number)


class ClassKind(IntEnum):
    """Kind of an archetype."""

    NONE = 0
    HERO = 1
    HERO_EPIC = 2
    VILLAIN = 3
    VILLAIN_EPIC = 4
    HENCHMAN = 5
    PET = 6


class Alignment(IntEnum):
    """Side a character stands on."""

    HERO = 0
    ROGUE = 1
    VIGILANTE = 2
    VILLAIN = 3
    LOYALIST = 4
    RESISTANCE = 5


class PowersetKind(IntEnum):
    """Where a powerset belongs."""

    NONE = 0
    PRIMARY = 1
    SECONDARY = 2
    ANCILLARY = 3
    INHERENT = 4
    POOL = 5
    ACCOLADE = 6
    TEMPORARY = 7
    PET = 8
    SET_BONUS = 9
    BOOST = 10
    INCARNATE = 11
    REDIRECT = 12


class Activation(IntEnum):
    """How a power is used. The last three are powers of items, not of characters."""

    CLICK = 0
    AUTO = 1
    TOGGLE = 2
    BOOST = 3
    INSPIRATION = 4
    GLOBAL_BOOST = 5


class EffectArea(IntEnum):
    """Shape a power reaches."""

    NONE = 0
    CHARACTER = 1
    SPHERE = 2
    CONE = 3
    LOCATION = 4
    VOLUME = 5
    MAP = 6
    ROOM = 7
    TOUCH = 8


class Attribute(IntEnum):
    """What an effect changes, or does."""

    NONE = 0
    ACCURACY = 1
    VIEW_ATTRIBUTES = 2
    DAMAGE = 3
    DAMAGE_BUFF = 4
    DEFENSE = 5
    DROP_TOGGLES = 6
    ENDURANCE = 7
    ENDURANCE_DISCOUNT = 8
    ENHANCEMENT = 9
    FLY = 10
    SPEED_FLYING = 11
    GRANT_POWER = 12
    HEAL = 13
    HIT_POINTS = 14
    INTERRUPT_TIME = 15
    JUMP_HEIGHT = 16
    SPEED_JUMPING = 17
    METER = 18
    STATUS = 19
    STATUS_RESISTANCE = 20
    MOVEMENT_CONTROL = 21
    MOVEMENT_FRICTION = 22
    PERCEPTION_RADIUS = 23
    RANGE = 24
    RECHARGE_TIME = 25
    RECOVERY = 26
    REGENERATION = 27
    EFFECT_RESISTANCE = 28
    RESISTANCE = 29
    REVOKE_POWER = 30
    REWARD = 31
    SPEED_RUNNING = 32
    SET_COSTUME = 33
    SET_MODE = 34
    SLOW = 35
    STEALTH_RADIUS = 36
    STEALTH_RADIUS_PLAYER = 37
    SUMMON = 38
    THREAT_LEVEL = 39
    TO_HIT = 40
    TRANSLUCENCY = 41
    XP_DEBT_PROTECTION = 42
    SILENT_KILL = 43
    ELUSIVITY = 44
    CHANCE_MODIFIER = 45
    LEVEL_SHIFT = 46
    UNSET_MODE = 47
    RAGE = 48
    MAX_RUN_SPEED = 49
    MAX_JUMP_SPEED = 50
    MAX_FLY_SPEED = 51
    DESIGNER_STATUS = 52
    POWER_REDIRECT = 53
    TOKEN_ADD = 54
    EXPERIENCE_GAIN = 55
    INFLUENCE_GAIN = 56
    PRESTIGE_GAIN = 57
    ADD_BEHAVIOR = 58
    RECHARGE_POWER = 59
    REWARD_SOURCE_TEAM = 60
    VISION_PHASE = 61
    COMBAT_PHASE = 62
    CLEAR_FOG = 63
    SET_ZONE_VALUE = 64
    EXCLUSIVE_VISION_PHASE = 65
    ABSORB = 66
    X_AFRAID = 67
    X_AVOID = 68
    BEAST_RUN = 69
    CLEAR_DAMAGERS = 70
    SUMMON_X = 71
    GLIDE = 72
    HOVERBOARD = 73
    JUMPPACK = 74
    MAGIC_CARPET = 75
    NINJA_RUN = 76
    NULL = 77
    NULL_BOOL = 78
    STEALTH = 79
    STEAM_JUMP = 80
    WALK = 81
    XP_DEBT = 82
    FORCE_MOVE = 83
    MODIFY_POWER = 84
    EXECUTE_POWER = 85


class EffectClass(IntEnum):
    """Rank of an effect; IGNORED effects count nowhere."""

    PRIMARY = 0
    SECONDARY = 1
    TERTIARY = 2
    SPECIAL = 3
    IGNORED = 4
    DISPLAY_ONLY = 5


class DamageType(IntEnum):
    """Type of damage; MELEE, RANGED and AOE are the positions of defense."""

    NONE = 0
    SMASHING = 1
    LETHAL = 2
    FIRE = 3
    COLD = 4
    ENERGY = 5
    NEGATIVE = 6
    TOXIC = 7
    PSIONIC = 8
    SPECIAL = 9
    MELEE = 10
    RANGED = 11
    AOE = 12
    UNIQUE1 = 13
    UNIQUE2 = 14
    UNIQUE3 = 15


class StatusEffect(IntEnum):
    """Hold, stun, knockback and the like."""

    NONE = 0
    CONFUSED = 1
    HELD = 2
    IMMOBILIZED = 3
    KNOCKBACK = 4
    KNOCKUP = 5
    ONLY_AFFECTS_SELF = 6
    PLACATE = 7
    REPEL = 8
    SLEEP = 9
    STUNNED = 10
    TAUNT = 11
    TERRORIZED = 12
    UNTOUCHABLE = 13
    TELEPORT = 14
    TOGGLE_DROP = 15
    AFRAID = 16
    AVOID = 17
    COMBAT_PHASE = 18
    INTANGIBLE = 19


class ToWho(IntEnum):
    """Whom an effect changes."""

    UNSPECIFIED = 0
    TARGET = 1
    SELF = 2
    ALL = 3


class PvMode(IntEnum):
    """Against whom an effect works."""

    ANY = 0
    PVE = 1
    PVP = 2


class Override(IntEnum):
    """Whether something derived is overruled."""

    AUTOMATIC = 0
    YES = 1
    NO = 2


class Scaling(IntEnum):
    """Which part of an effect the modifier table scales."""

    MAGNITUDE = 0
    DURATION = 1
    EXPRESSION = 2


class Aspect(IntEnum):
    """Which side of an attribute changes."""

    RESISTANCE = 0
    MAXIMUM = 1
    ABSOLUTE = 2
    STRENGTH = 3
    CURRENT = 4


class PowerAttribute(IntEnum):
    """Which number of a power a MODIFY_POWER effect sets."""

    NONE = 0
    ACCURACY = 1
    ACTIVATE_PERIOD = 2
    ARC = 3
    CAST_TIME = 4
    EFFECT_AREA = 5
    ENDURANCE_COST = 6
    INTERRUPT_TIME = 7
    MAX_TARGETS = 8
    RADIUS = 9
    RANGE = 10
    RECHARGE_TIME = 11
    RANGE_SECONDARY = 12


class Suppression(IntFlag):
    """Events that switch an effect off for a while."""

    HELD = 0x1
    SLEEP = 0x2
    STUNNED = 0x4
    IMMOBILIZED = 0x8
    TERRORIZED = 0x10
    KNOCKED = 0x20
    ATTACKED = 0x40
    HIT_BY_FOE = 0x80
    MISSION_OBJECT_CLICK = 0x100
    ACTIVATE_ATTACK_CLICK = 0x200
    DAMAGED = 0x400
    PHASED = 0x800
    CONFUSED = 0x1000


class SpecialCase(IntEnum):
    """Older form of a condition on an effect."""

    NONE = 0
    HIDDEN = 1
    DOMINATION = 2
    SCOURGE = 3
    HELD_TARGET = 4
    CRITICAL_HIT = 5
    CRITICAL_BOSS = 6
    CRITICAL_MINION = 7
    ROBOT = 8
    ASSASSINATION = 9
    CONTAINMENT = 10
    DEFIANCE = 11
    TARGET_DRONE_ACTIVE = 12
    COMBO = 13
    VERSUS_SPECIAL = 14
    NOT_DISINTEGRATED = 15
    DISINTEGRATED = 16
    NOT_ACCELERATED = 17
    ACCELERATED = 18
    NOT_DELAYED = 19
    DELAYED = 20
    COMBO_LEVEL_0 = 21
    COMBO_LEVEL_1 = 22
    COMBO_LEVEL_2 = 23
    COMBO_LEVEL_3 = 24
    FAST_MODE = 25
    NOT_ASSASSINATION = 26
    PERFECTION_OF_BODY_0 = 27
    PERFECTION_OF_BODY_1 = 28
    PERFECTION_OF_BODY_2 = 29
    PERFECTION_OF_BODY_3 = 30
    PERFECTION_OF_MIND_0 = 31
    PERFECTION_OF_MIND_1 = 32
    PERFECTION_OF_MIND_2 = 33
    PERFECTION_OF_MIND_3 = 34
    PERFECTION_OF_SOUL_0 = 35
    PERFECTION_OF_SOUL_1 = 36
    PERFECTION_OF_SOUL_2 = 37
    PERFECTION_OF_SOUL_3 = 38
    TEAM_SIZE_1 = 39
    TEAM_SIZE_2 = 40
    TEAM_SIZE_3 = 41
    NOT_COMBO_LEVEL_3 = 42
    TO_HIT_97 = 43
    DEFENSIVE_ADAPTATION = 44
    EFFICIENT_ADAPTATION = 45
    OFFENSIVE_ADAPTATION = 46
    NOT_DEFENSIVE_ADAPTATION = 47
    NOT_DEFENSIVE_NOR_OFFENSIVE_ADAPTATION = 48
    BOXING_BUFF = 49
    KICK_BUFF = 50
    SUPREMACY = 51
    SUPREMACY_AND_BUFF_PWR = 52
    PET_TIER_2 = 53
    PET_TIER_3 = 54
    PACK_MENTALITY = 55
    NOT_PACK_MENTALITY = 56
    FAST_SNIPE = 57
    NOT_FAST_SNIPE = 58
    CROSS_PUNCH_BUFF = 59
    NOT_CROSS_PUNCH_BUFF = 60
    NOT_BOXING_BUFF = 61
    NOT_KICK_BUFF = 62


class Entities(IntFlag):
    """Sorts of beings a power can reach."""

    CASTER = 0x1
    PLAYER = 0x2
    DEAD_PLAYER = 0x4
    TEAMMATE = 0x8
    DEAD_TEAMMATE = 0x10
    DEAD_OR_ALIVE_TEAMMATE = 0x20
    VILLAIN = 0x40
    DEAD_VILLAIN = 0x80
    NPC = 0x100
    FRIEND = 0x200
    DEAD_FRIEND = 0x400
    FOE = 0x800
    LOCATION = 0x2000
    TELEPORT = 0x4000
    ANY = 0x8000
    MY_PET = 0x10000
    DEAD_FOE = 0x20000
    FOE_REZZING_FOE = 0x40000
    LEAGUEMATE = 0x80000
    DEAD_LEAGUEMATE = 0x100000
    ANY_LEAGUEMATE = 0x200000
    DEAD_MY_CREATION = 0x400000
    DEAD_MY_PET = 0x800000
    DEAD_OR_ALIVE_FOE = 0x1000000
    DEAD_OR_ALIVE_LEAGUEMATE = 0x2000000
    DEAD_PLAYER_FRIEND = 0x4000000
    MY_OWNER = 0x8000000


class AttackVector(IntFlag):
    """Typed attack of a power: which defense it meets."""

    MELEE_ATTACK = 0x1
    RANGED_ATTACK = 0x2
    AOE_ATTACK = 0x4
    SMASHING_ATTACK = 0x8
    LETHAL_ATTACK = 0x10
    COLD_ATTACK = 0x20
    FIRE_ATTACK = 0x40
    ENERGY_ATTACK = 0x80
    NEGATIVE_ENERGY_ATTACK = 0x100
    PSIONIC_ATTACK = 0x200
    TOXIC_ATTACK = 0x400


class InherentKind(IntEnum):
    """Where an automatic power is shown."""

    NONE = 0
    ACCOLADE = 1
    CLASS = 2
    INCARNATE = 3
    INHERENT = 4
    PET = 5
    POWER = 6
    POWERSET = 7
    PRESTIGE = 8
    TEMP = 9


class EnhancementKind(IntEnum):
    """Kind of an enhancement: origin, invention, special (Hamidon and the like), piece of a set."""

    NONE = 0
    NORMAL = 1
    INVENTION = 2
    SPECIAL = 3
    SET = 4


class EnhancedAspect(IntEnum):
    """What an enhancement can raise."""

    NONE = 0
    ACCURACY = 1
    DAMAGE = 2
    DEFENSE = 3
    ENDURANCE_DISCOUNT = 4
    ENDURANCE = 5
    SPEED_FLYING = 6
    HEAL = 7
    HIT_POINTS = 8
    INTERRUPT = 9
    JUMP_HEIGHT = 10
    SPEED_JUMPING = 11
    STATUS = 12
    RANGE = 13
    RECHARGE_TIME = 14
    X_RECHARGE_TIME = 15
    RECOVERY = 16
    REGENERATION = 17
    RESISTANCE = 18
    SPEED_RUNNING = 19
    TO_HIT = 20
    SLOW = 21
    ABSORB = 22


class LineMode(IntEnum):
    """What a line of an enhancement is: strength, or an effect."""

    STRENGTH = 0
    EFFECT = 1
    POWER_STRENGTH = 2
    POWER_PROC = 3


class BuffMode(IntEnum):
    """Which sign of effect an enhancement touches."""

    ANY = 0
    BUFF_ONLY = 1
    DEBUFF_ONLY = 2


class Schedule(IntEnum):
    """How strong an enhancement of an attribute is."""

    NONE = -1
    A = 0
    B = 1
    C = 2
    D = 3
    MULTIPLE = 4


class ExclusiveGroup(IntEnum):
    """Enhancements of the same group exclude each other in a build."""

    NONE = 0
    STEALTH = 1
    ARCHETYPE_A = 2
    ARCHETYPE_B = 3
    ARCHETYPE_C = 4
    ARCHETYPE_D = 5
    ARCHETYPE_E = 6
    ARCHETYPE_F = 7


class Grade(IntEnum):
    """Grade of an origin enhancement."""

    NONE = 0
    TRAINING = 1
    DUAL = 2
    SINGLE = 3


class RelativeLevel(IntEnum):
    """Level of an enhancement against the character's; on inventions PLUS_n is n boosters."""

    NONE = 0
    MINUS_3 = 1
    MINUS_2 = 2
    MINUS_1 = 3
    EVEN = 4
    PLUS_1 = 5
    PLUS_2 = 6
    PLUS_3 = 7
    PLUS_4 = 8
    PLUS_5 = 9
