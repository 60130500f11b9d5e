"""What a build asks of its player: states of a fight that decide which effects count.

A fast snipe needs a fight going on, a finisher a combo level, a stance its toggle. The game data
write such states as conditions on effects; a condition names the power that stands for the state.
Shown are those alone that an effect of the build's own powers asks for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Attribute, PowersetKind

# How far effects of other powers are followed: a redirect, its summon, what that fires.
_DEEPEST: Final = 3
_FOLLOWED: Final = frozenset(
    {Attribute.SUMMON, Attribute.GRANT_POWER, Attribute.EXECUTE_POWER, Attribute.POWER_REDIRECT}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One state of a fight.

    Attributes:
        power: Stands for it. name: as players know it.
        most: Stacks it can have; 0 for a state that is there or not.
        on: It is there now. stacks: how many now.
        entry: Index of the entry that holds it, None where the build has none yet.
        asked_by: Entries whose effects ask for it.
    """

    power: PowerId
    name: str
    most: int
    on: bool
    stacks: int
    entry: int | None
    asked_by: tuple[int, ...]


def choices(build: Build, catalog: Catalog) -> tuple[Choice, ...]:
    """Return the states the build's powers ask for, in the order of the entries that ask.

    A state that only ever forbids something is left out: without it all is as usual. So are powers
    the player picked, for they have lights of their own.
    """
    asked: dict[str, list[int]] = {}
    picked = {entry.power.lower() for entry in build.picks if entry.power}
    for index, entry in enumerate(build.entries):
        power = catalog.power(entry.power) if entry.power else None
        if power is None or _is_state(power, catalog):
            continue
        for name in dict.fromkeys(_states(power, catalog)):
            asked.setdefault(name.lower(), []).append(index)
    found = []
    for name, entries in asked.items():
        state = catalog.power(name)
        if state is None or name in picked or _is_of_another_set(state, build, catalog):
            continue
        at = build.find(state.id)
        held = build.entries[at] if at is not None else None
        found.append(
            Choice(
                power=state.id,
                name=state.display_name,
                most=state.variable_max if state.has_variable else 0,
                on=held is not None and held.included,
                stacks=held.stacks if held is not None else 0,
                entry=at,
                asked_by=tuple(entries),
            )
        )
    return tuple(found)


def rivals(power: Power, others: Iterable[Choice], catalog: Catalog) -> tuple[PowerId, ...]:
    """Return the states that cannot be there together with one: levels of one combo, stances."""
    stem = _stem(power.id)
    groups = {each.lower() for each in power.exclusive_groups}
    found = []
    for other in others:
        known = catalog.power(other.power)
        if known is None or known.id == power.id:
            continue
        shared = groups & {each.lower() for each in known.exclusive_groups}
        if shared or (stem != power.id.lower() and _stem(known.id) == stem):
            found.append(known.id)
    return tuple(found)


def _stem(name: str) -> str:
    """A name without the number of its level."""
    return name.lower().rstrip("0123456789")


def _is_state(power: Power, catalog: Catalog) -> bool:
    """Whether a power stands for a state and not for something done."""
    powerset = catalog.powerset(power.powerset)
    return powerset is not None and powerset.kind in (
        PowersetKind.TEMPORARY,
        PowersetKind.REDIRECT,
    )


def _is_of_another_set(power: Power, build: Build, catalog: Catalog) -> bool:
    """Whether a power is out of this build's reach: of a set it lacks, or of a slotted piece."""
    powerset = catalog.powerset(power.powerset)
    if powerset is None or powerset.kind == PowersetKind.SET_BONUS:
        return True
    if powerset.kind not in (
        PowersetKind.PRIMARY,
        PowersetKind.SECONDARY,
        PowersetKind.POOL,
        PowersetKind.ANCILLARY,
    ):
        return False
    return build.find(power.id) is None


def _states(power: Power, catalog: Catalog) -> Iterator[str]:
    """Yield the powers that must be lit, or counted, for an effect of a power to count."""
    seen: set[str] = set()
    front = [power]
    for _ in range(_DEEPEST):
        behind: list[Power] = []
        for each in front:
            if each.id.lower() in seen:
                continue
            seen.add(each.id.lower())
            for effect in each.effects:
                yield from asked_of(effect.conditions)
                if effect.attribute in _FOLLOWED:
                    behind += _named(effect.redirect or effect.summon, effect.attribute, catalog)
        front = behind


def _named(name: str, attribute: int, catalog: Catalog) -> list[Power]:
    if attribute == Attribute.SUMMON:
        entity = catalog.entity(name) if name else None
        sets = entity.powersets if entity and not entity.henchman else ()
        return [power for each in sets for power in catalog.powers(each)]
    known = catalog.power(name) if name else None
    return [known] if known is not None else []


def asked_of(conditions: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the powers conditions want lit, or so many of."""
    for key, value in conditions:
        kind, _, name = key.rpartition(" ")[2].partition(":")
        if kind == "Stacks" or (kind == "Active" and value == "True"):
            yield name
