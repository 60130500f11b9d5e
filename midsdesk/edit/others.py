"""Powers that are not picked: accolades, incarnate, temporary and prestige powers.

Source: calculation reference B, sections 1.12 and 1.13.
"""

from dataclasses import replace
from typing import Final

from midsdesk.edit.normalise import fresh_entry, normalise
from midsdesk.edit.powers import can_switch, running_rivals
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Activation, Alignment, InherentKind, PowersetKind
from midsdesk.rules.requirements import class_refusal, power_name

# Level of the entry of each kind: the last of the game, the first, none.
_LEVELS: Final = {
    PowersetKind.ACCOLADE: 50,
    PowersetKind.INCARNATE: 50,
    PowersetKind.TEMPORARY: 1,
}
_PRESTIGE_LEVEL: Final = 0
# What one side has and what the other has in its place, by last name.
_PAIRS: Final = (
    ("The_Atlas_Medallion", "Marshall"),
    ("Portal_Jockey", "Born_In_Battle"),
    ("Task_Force_Commander", "Invader"),
    ("Freedom_Phalanx_Reserve", "High_Pain_Threshold"),
    ("Eye_of_the_Magus", "Demonic_Aura"),
    ("Vanguard_Medal", "Megalomaniac"),
    ("Geas_of_the_Kind_Ones", "Force_of_Nature"),
)
_HEROIC: Final = {one.lower(): other for one, other in _PAIRS}
_VILLAINOUS: Final = {other.lower(): one for one, other in _PAIRS}


def is_prestige(power: Power) -> bool:
    """Whether a power is one of the prestige powers."""
    return power.inherent_kind == InherentKind.PRESTIGE or power.id.startswith("Prestige.")


def side_of(power: str) -> Alignment | None:
    """The side a faction's accolade is for; None for all others."""
    last = power.rpartition(".")[2].lower()
    if last in _HEROIC:
        return Alignment.HERO
    return Alignment.VILLAIN if last in _VILLAINOUS else None


def add_other(build: Build, catalog: Catalog, power: str) -> Build:
    """Add a power that is not picked, switched on; an incarnate one takes the slot's place.

    Raises:
        RuleViolationError: Unknown, for other archetypes, of another kind, or in the build already.
    """
    known = catalog.power(power)
    family = catalog.powerset(known.powerset) if known is not None else None
    if known is None or family is None:
        raise RuleViolationError(f"The game data do not know the power {power}.")
    if not is_prestige(known) and family.kind not in _LEVELS:
        raise RuleViolationError(f"{known.display_name} is picked, not added.")
    if build.find(known.id) is not None:
        raise RuleViolationError(f"{known.display_name} is in the build already.")
    reason = class_refusal(known, build.archetype)
    if reason:
        raise RuleViolationError(f"{known.display_name} is {reason}.")
    others = build.others
    if family.kind == PowersetKind.INCARNATE:
        others = tuple(entry for entry in others if not _of_set(entry, family.id, catalog))
    level = _PRESTIGE_LEVEL if is_prestige(known) else _LEVELS[PowersetKind(family.kind)]
    entry = replace(fresh_entry(known, max(level, 1), catalog), level=level)
    build = replace(build, entries=(*build.picks, *others, entry))
    build = normalise(build, catalog)
    index = build.find(known.id)
    if index is None:
        raise RuleViolationError(f"{power_name(known.id, catalog)} cannot stay in this build.")
    return _switched_on(build, catalog, index, known)


def set_alignment(build: Build, catalog: Catalog, alignment: Alignment) -> Build:
    """Choose the side the character stands on; accolades of a faction are exchanged."""
    table: dict[str, str] = {}
    if alignment in (Alignment.VILLAIN, Alignment.ROGUE):
        table = _HEROIC
    elif alignment in (Alignment.HERO, Alignment.VIGILANTE):
        table = _VILLAINOUS
    entries = []
    for entry in build.entries:
        group, _, last = entry.power.rpartition(".")
        other = table.get(last.lower())
        name = f"{group}.{other}" if other else ""
        known = catalog.power(name) if name else None
        if known is not None and build.find(known.id) is None:
            entry = replace(entry, power=PowerId(known.id))
        entries.append(entry)
    changed = replace(build, alignment=alignment, entries=tuple(entries))
    return normalise(changed, catalog)


def _switched_on(build: Build, catalog: Catalog, index: int, power: Power) -> Build:
    entry = build.entries[index]
    running = running_rivals(build, catalog, index)
    toggle = power.activation == Activation.TOGGLE
    if not can_switch(power) or (is_prestige(power) and toggle):
        return build
    if running and is_prestige(power):
        return build
    build = build.with_entry(index, replace(entry, included=True))
    for rival in running:
        build = build.with_entry(rival, replace(build.entries[rival], included=False))
    return build


def _of_set(entry: PowerEntry, powerset: str, catalog: Catalog) -> bool:
    power = catalog.power(entry.power) if entry.power else None
    return power is not None and power.powerset == powerset
