"""What a power summons: each pet with its powers, strengthened by the summoner's slots.

A pet's power is calculated as if it sat in the summoner's slots, with the modifier tables and caps
of the pet's class. Alpha counts as a slotted enhancement; set bonuses and other strengths of the
character do not reach pets, and no bonus of the data in hand is meant for them.
Source: calculation reference A, sections 7.2 and 9.4.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.context import Context
from midsdesk.calc.entry import Worked
from midsdesk.calc.explain_atoms import is_on
from midsdesk.calc.explain_names import power_title
from midsdesk.calc.live import Live
from midsdesk.calc.power_view_alone import Lent, alone, lent_by
from midsdesk.calc.quirks import Quirk
from midsdesk.model.game import Entity, Power
from midsdesk.model.ids import EntityId, PowerId
from midsdesk.model.totals import PowerNumbers
from midsdesk.model.vocab import Attribute, EffectClass, PowersetKind

_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class PetPower:
    """A power of a pet.

    Attributes:
        tier: 0 for what the pet has by itself, n for what the n-th upgrade adds.
        upgrade: Power that adds it, "" for none; upgraded: it is in the build.
        entry: Its place in `Pet.calculation`; numbers: its numbers.
    """

    power: Power
    tier: int
    upgrade: PowerId
    upgrade_name: str
    upgraded: bool
    entry: int
    numbers: PowerNumbers


@dataclass(frozen=True, slots=True)
class Pet:
    """Something a power summons.

    Attributes:
        count: How many of it. life: seconds it stays, 0 for "until it falls".
        calculation: Of its powers; whatever explains or describes a power's numbers takes it.
        pets: What it summons itself; those that would repeat a summoner are left out.
    """

    id: EntityId
    name: str
    class_name: str
    count: int
    life: float
    powers: tuple[PetPower, ...]
    pets: tuple["Pet", ...]
    calculation: Calculation


def pets(calculation: Calculation, entry: int) -> tuple[Pet, ...]:
    """Return what an entry's power summons; nothing for empty and unknown entries."""
    worked = calculation.worked[entry]
    if worked is None:
        return ()
    lent = replace(lent_by(worked, calculation.context), boosters=_boosters(calculation))
    return _summoned(calculation, worked, lent, ())


def all_pets(calculation: Calculation, entry: int) -> tuple[Pet, ...]:
    """Return the same with what they summon themselves, each after its summoner."""

    def spread(found: tuple[Pet, ...]) -> Iterator[Pet]:
        for pet in found:
            yield pet
            yield from spread(pet.pets)

    return tuple(spread(pets(calculation, entry)))


def _boosters(calculation: Calculation) -> tuple[Worked, ...]:
    """Return the entries whose strengths reach pets."""
    context = calculation.context
    if Quirk.PETS_WITHOUT_ALPHA in context.quirks:
        return ()
    return tuple(
        each
        for each in calculation.worked
        if each is not None and each.prepared.boosts and is_on(each, context)
    )


def _summoned(
    calculation: Calculation, worked: Worked, lent: Lent, path: tuple[EntityId, ...]
) -> tuple[Pet, ...]:
    catalog = calculation.context.catalog
    found: dict[EntityId, tuple[Entity, int, float]] = {}
    for each in worked.prepared.effects:
        if each.attribute != Attribute.SUMMON or not (each.met and each.fits):
            continue
        if each.effect_class == EffectClass.IGNORED or _of_a_pet(each, calculation.context):
            continue
        entity = catalog.entity(each.effect.summon)
        if entity is None or entity.id in path:
            continue
        _, count, life = found.get(entity.id, (entity, 0, 0.0))
        found[entity.id] = (entity, count + 1, max(life, each.duration))
    return tuple(
        _pet(calculation, entity, count, life, lent, (*path, entity.id))
        for entity, count, life in found.values()
    )


def _of_a_pet(each: Live, context: Context) -> bool:
    """Return whether a summon was absorbed from a pet, under which it is listed."""
    source = each.absorbed_power
    powerset = context.catalog.powerset(source.powerset) if source is not None else None
    return powerset is not None and powerset.kind == PowersetKind.PET


def _pet(
    calculation: Calculation,
    entity: Entity,
    count: int,
    life: float,
    lent: Lent,
    path: tuple[EntityId, ...],
) -> Pet:
    context = _context_of(entity, calculation.context)
    members = _members(entity, context)
    own = alone(calculation, [power for _, power in members], context, lent)
    powers = []
    for place, (tier, power) in enumerate(members):
        numbers = own.power(place)
        if numbers is not None:
            powers.append(_pet_power(calculation, entity, power, tier, place, numbers))
    return Pet(
        id=entity.id,
        name=entity.display_name,
        class_name=context.archetype.display_name,
        count=count,
        life=life if life < _FOR_EVER_S else 0.0,
        powers=tuple(powers),
        pets=_nested(own, lent, path),
        calculation=own,
    )


_FOR_EVER_S: Final = 9999.0


def _context_of(entity: Entity, context: Context) -> Context:
    """Return the context of the pet's class, the character's own if that is unknown."""
    archetype = context.catalog.archetype(entity.archetype)
    if archetype is None:
        return context
    return replace(context, archetype=archetype, _modifiers={}, _columns={})


def _members(entity: Entity, context: Context) -> list[tuple[int, Power]]:
    """Return the pet's powers with the tier they come with, each calculated with its class."""
    catalog = context.catalog
    known = catalog.archetype(entity.archetype) is not None
    found = []
    for tier, powerset in enumerate(entity.powersets):
        for power in catalog.powers(powerset):
            forced = power.forced_class or (entity.archetype if known else "")
            found.append((tier, replace(power, forced_class=forced)))
    return found


def _pet_power(
    calculation: Calculation,
    entity: Entity,
    power: Power,
    tier: int,
    place: int,
    numbers: PowerNumbers,
) -> PetPower:
    upgrade = PowerId("")
    if 0 < tier <= len(entity.upgrade_powers):
        upgrade = entity.upgrade_powers[tier - 1]
    return PetPower(
        power=power,
        tier=tier,
        upgrade=upgrade,
        upgrade_name=power_title(upgrade, calculation.context.catalog) if upgrade else "",
        upgraded=not upgrade or upgrade.lower() in calculation.facts.taken,
        entry=place,
        numbers=numbers,
    )


def _nested(own: Calculation, lent: Lent, path: tuple[EntityId, ...]) -> tuple[Pet, ...]:
    if len(path) >= _DEEPEST:
        return ()
    found: dict[EntityId, Pet] = {}
    for worked in own.worked:
        if worked is not None:
            for pet in _summoned(own, worked, lent, path):
                found.setdefault(pet.id, pet)
    return tuple(found.values())
