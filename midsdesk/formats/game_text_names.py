"""Names that differ between the game and the planner's data.

The game's name is taken where the data have it, the planner's otherwise.
Source: build files, section 11.2.
"""

from collections.abc import Iterator
from typing import Final

from midsdesk.formats.aliases import power_named
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ids import PowerId

_INHERENT: Final = "Inherent.Inherent"

# Full names in small letters, then what they are called.
_POWERS: Final = {
    "pool.flight.afterburner": "Pool.Flight.Evasive_Maneuvers",
    "pool.speed.speedphase": "Inherent.Inherent.Speed_Phase",
    "peacebringer_defensive.luminous_aura.quantum_acceleration": (
        "Peacebringer_Defensive.Luminous_Aura.Quantum_Maneuvers"
    ),
    "dominator_control.illusion_control.invisibility": (
        "Dominator_Control.Illusion_Control.Superior_Invisibility"
    ),
    "dominator_control.illusion_control.decoy": "Dominator_Control.Illusion_Control.Phantom_Army",
    "dominator_control.illusion_control.spectral_terror": (
        "Dominator_Control.Illusion_Control.Spectral_Terrror"
    ),
    "blaster_support.tactical_arrow.quickness": "Blaster_Support.Tactical_Arrow.Gymnastics",
    "blaster_support.tactical_arrow.gymnastics": "Blaster_Support.Tactical_Arrow.Oil_Slick_Arrow",
    "teamwork.widow_teamwork.pain_tolerance": "Teamwork.Widow_Teamwork.NW_Pain_Tolerance",
    "teamwork.fortunata_teamwork.fate_sealed": "Teamwork.Fortunata_Teamwork.FRT_Fate_Sealed",
}
# Last parts of names, wherever the powerset ends like the first text.
_ENDINGS: Final = (
    ("shock_therapy", "discharge", "Galvanic_Sentinel"),
    ("shock_therapy", "defibrillate", "Defibrilate"),
    ("electrical_affinity", "discharge", "Galvanic_Sentinel"),
    ("electrical_affinity", "defibrillate", "Defibrilate"),
    ("marine_affinity", "call_depths", "Power_of_the_Depths"),
    ("arsenal_control", "gun_drone", "Tri_Cannon"),
)
_SETS: Final = {
    "blaster_support.time_manipulation": ("Blaster_Support.Temporal_Manipulation",),
    "controller_buff.shock_therapy": ("Controller_Buff.Electrical_Affinity",),
    "corruptor_buff.shock_therapy": ("Corruptor_Buff.Electrical_Affinity",),
    "mastermind_buff.shock_therapy": ("Mastermind_Buff.Electrical_Affinity",),
    "epic.defender_flame_mastery": ("Epic.Def_Flame_Mastery",),
    "epic.stalker_mace_mastery": ("Epic.Scrapper_Mace_Mastery",),
    "epic.corruptor_fire_mastery": ("Epic.Corr_Flame_Mastery",),
    "epic.sentinel_electricity_mastery": ("Epic.Sentinel_Elec_Mastery",),
    "epic.sentinel_leviathan_mastery": ("Epic.Sentinel_Lev_Mastery",),
    "epic.sentinel_psionic_mastery": ("Epic.Sentinel_Psi_Mastery",),
    "epic.tank_dark_mastery": ("Epic.Dark_Mastery_TankBrute",),
    "epic.blaster_dark_mastery": ("Epic.Dark_Mastery_Blaster",),
    "epic.controller_dark_mastery": ("Epic.Dark_Mastery_Controller",),
    "epic.dominator_dark_mastery": ("Epic.Dark_Mastery_Dominator",),
    "epic.mastermind_dark_mastery": ("Epic.Dark_Mastery_Mastermind",),
    "epic.defender_ice_mastery": ("Epic.Ice_Mastery_DefCorr",),
    "epic.scrapper_ice_mastery": ("Epic.Ice_Mastery_ScrapStalk",),
    "epic.tank_psionic_mastery": ("Epic.Psionic_Mastery_TankBrute",),
    "epic.melee_psionic_mastery": ("Epic.Psionic_Mastery_ScrapStalk",),
}
# Both names exist in some data, where the game exchanged the powers.
_EXCHANGED: Final = {
    "blaster_support.electricity_manipulation.lightning_clap": "Lightning_Field",
    "blaster_support.electricity_manipulation.lightning_field": "Lightning_Clap",
}


def resolve(catalog: Catalog, group: str, powerset: str, name: str) -> Power | None:
    """The power that the game calls so, None if the data know nothing like it."""
    full = f"{group}.{powerset}.{name}"
    found = catalog.power(full)
    if found is not None and (found.level > 0 or found.include_flag):
        return found
    # The game gives forms' powers in the set of the form; builds have them among the inherents.
    form = catalog.power(f"{_INHERENT}.{name}")
    if form is not None and form.include_flag:
        return form
    if found is not None:
        return found
    for other in _others(f"{group}.{powerset}", name):
        found = catalog.power(other)
        if found is not None:
            return found
    return power_named(catalog, full)


def _others(powerset: str, name: str) -> Iterator[str]:
    renamed = _POWERS.get(f"{powerset}.{name}".lower())
    if renamed is not None:
        yield renamed
    for owner in (powerset, *_SETS.get(powerset.lower(), ())):
        yield f"{owner}.{name}"
        for ending, last, known in _ENDINGS:
            if owner.lower().endswith(ending) and name.lower() == last:
                yield f"{owner}.{known}"


def exchanged(catalog: Catalog, power: Power, level: int) -> Power | None:
    """The partner of a power that stands too early, where the game exchanged the two."""
    partner = exchange_partner(catalog, power)
    if partner is None or level >= power.level or level < partner.level:
        return None
    return partner


def exchange_partner(catalog: Catalog, power: Power) -> Power | None:
    """The power that some game data call by this one's name."""
    last = _EXCHANGED.get(power.id.lower())
    return catalog.power(PowerId(f"{power.powerset}.{last}")) if last else None
