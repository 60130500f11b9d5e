"""The export's closed lists: whom a power reaches, what fits it, when it is suppressed."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from importer.curated import tables
from midsdesk.model.vocab import (
    Activation,
    AttackVector,
    EffectArea,
    EnhancedAspect,
    Entities,
    PowersetKind,
    Suppression,
)

ACTIVATIONS: Final = {
    "Click": Activation.CLICK,
    "Auto": Activation.AUTO,
    "Toggle": Activation.TOGGLE,
    "Enhancement": Activation.BOOST,
    "Inspiration": Activation.INSPIRATION,
    "Global Enhancement": Activation.GLOBAL_BOOST,
}
# A chain has no counterpart: it begins at one target.
AREAS: Final = {
    "SingleTarget": EffectArea.CHARACTER,
    "AoE": EffectArea.SPHERE,
    "Cone": EffectArea.CONE,
    "Location": EffectArea.LOCATION,
    "Volume": EffectArea.VOLUME,
    "Map": EffectArea.MAP,
    "Room": EffectArea.ROOM,
    "Touch": EffectArea.TOUCH,
    "Chain": EffectArea.CHARACTER,
}
TARGETS: Final = {
    "Self": Entities.CASTER,
    "Player (Alive)": Entities.PLAYER,
    "Player Teammate (Alive)": Entities.TEAMMATE,
    "Player Teammate": Entities.DEAD_OR_ALIVE_TEAMMATE,
    "Ally (Alive)": Entities.FRIEND,
    "Player Ally (Dead)": Entities.DEAD_PLAYER_FRIEND,
    "Foe (Alive)": Entities.FOE,
    "Foe (Dead)": Entities.DEAD_FOE,
    "Foe": Entities.DEAD_OR_ALIVE_FOE,
    "NPC Foe (Alive)": Entities.VILLAIN,
    "NPC Foe (Dead)": Entities.DEAD_VILLAIN,
    "Leaguemate (Alive)": Entities.LEAGUEMATE,
    "Leaguemate (Dead)": Entities.DEAD_LEAGUEMATE,
    "Leaguemate": Entities.DEAD_OR_ALIVE_LEAGUEMATE,
    "Own Pet (Alive)": Entities.MY_PET,
    "Own Pet (Dead)": Entities.DEAD_MY_PET,
    "Pet (Dead)": Entities.DEAD_MY_CREATION,
    "Pet Root Owner": Entities.MY_OWNER,
    "Any": Entities.ANY,
    "Any (Alive)": Entities.ANY,
    "Anything": Entities.ANY,
    "Location": Entities.LOCATION,
    "Position": Entities.LOCATION,
    "Location (Teleport)": Entities.TELEPORT,
}
FOES: Final = (
    Entities.FOE
    | Entities.DEAD_FOE
    | Entities.DEAD_OR_ALIVE_FOE
    | Entities.VILLAIN
    | Entities.DEAD_VILLAIN
)
VECTORS: Final = {
    "Melee": AttackVector.MELEE_ATTACK,
    "Ranged": AttackVector.RANGED_ATTACK,
    "Area": AttackVector.AOE_ATTACK,
    "Smashing": AttackVector.SMASHING_ATTACK,
    "Lethal": AttackVector.LETHAL_ATTACK,
    "Cold": AttackVector.COLD_ATTACK,
    "Fire": AttackVector.FIRE_ATTACK,
    "Energy": AttackVector.ENERGY_ATTACK,
    "Negative_Energy": AttackVector.NEGATIVE_ENERGY_ATTACK,
    "Psionic": AttackVector.PSIONIC_ATTACK,
    "Toxic": AttackVector.TOXIC_ATTACK,
}
# Known, and no vector of the planner's.
UNUSED_VECTORS: Final = frozenset({"Incarnate", "Sonic"})
ASPECTS_IGNORED: Final = {
    "Range": EnhancedAspect.RANGE,
    "RechargeTime": EnhancedAspect.RECHARGE_TIME,
    "EnduranceDiscount": EnhancedAspect.ENDURANCE_DISCOUNT,
}
# A damage type that global buffs do not touch counts as damage: the planner knows one for all.
DAMAGE_IGNORED: Final = EnhancedAspect.DAMAGE

_MODES: Final = [
    "arena",
    "disable_all",
    "disable_enhancements",
    "disable_epic",
    "disable_inspirations",
    "disable_market_tp",
    "disable_pool",
    "disable_rez_insp",
    "disable_teleport",
    "disable_temp",
    "disable_toggle",
    "disable_travel",
    "domination",
    "peacebringer_blaster_mode",
    "peacebringer_lightform_mode",
    "peacebringer_tanker_mode",
    "raid_attacker_mode",
    "shivan_mode",
    "unknown18",
    "warshade_blaster_mode",
    "warshade_tanker_mode",
]
MODES: Final = {name: 1 << place for place, name in enumerate(_MODES)}

_KINDS: Final = {
    "epic": PowersetKind.ANCILLARY,
    "inherent": PowersetKind.INHERENT,
    "pool": PowersetKind.POOL,
    "temporary_powers": PowersetKind.TEMPORARY,
    "prestige": PowersetKind.TEMPORARY,
    "inspirations": PowersetKind.TEMPORARY,
    "pets": PowersetKind.PET,
    "villain_pets": PowersetKind.PET,
    "mastermind_pets": PowersetKind.PET,
    "kheldian_pets": PowersetKind.PET,
    "set_bonus": PowersetKind.SET_BONUS,
    "boosts": PowersetKind.BOOST,
    "incarnate": PowersetKind.INCARNATE,
    "redirects": PowersetKind.REDIRECT,
}


def powerset_kind(full_name: str) -> PowersetKind:
    """Return where a powerset of no archetype belongs."""
    if full_name.lower() == "temporary_powers.accolades":
        return PowersetKind.ACCOLADE
    return _KINDS.get(full_name.lower().partition(".")[0], PowersetKind.NONE)


def bits(names: Iterable[str], known: Mapping[str, int]) -> int:
    """Return the sum of the flags of `names`; unknown ones add nothing."""
    total = 0
    for name in names:
        total |= int(known.get(name, 0))
    return total


def modes(names: Iterable[str]) -> int:
    """Return the planner's flags of modes."""
    return bits((name.lower() for name in names), MODES)


@cache
def event_flags() -> dict[str, int]:
    """Return the planner's flag of each event as the export misnames it; 0 for none."""
    return {
        export: 0 if flag == "-" else int(Suppression[flag])
        for export, _, flag, _ in tables.read("events.tsv")
    }


@cache
def event_names() -> dict[str, str]:
    """Return the right name of each event."""
    return {
        export: export if name == "unknown" else name
        for export, name, _, _ in tables.read("events.tsv")
    }


@cache
def boost_classes() -> dict[str, str]:
    """Return the planner's class name of each word for what fits a slot."""
    return {export: name for export, name, _ in tables.read("boosts.tsv")}


@cache
def set_type_numbers() -> dict[str, int]:
    """Return the position of each group of enhancement sets."""
    return {
        row[0]: position
        for position, row in enumerate(tables.read("set_types.tsv"))
        if row[0] != "-"
    }
