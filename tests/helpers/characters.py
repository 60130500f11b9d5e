"""Small characters for tests of the calculator: powers with pieces, nothing else.

numbers = power_numbers(character("Class_Blaster", {FLARES: [so("Damage")] * 3}), FLARES)
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, cast

import pytest

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Effect, Enhancement, EnhancementLine, Power
from midsdesk.model.ids import ArchetypeId, EnhancementId, PowerId
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.totals import FinalEffect, PowerNumbers
from midsdesk.model.vocab import (
    Attribute,
    BuffMode,
    EnhancedAspect,
    Grade,
    LineMode,
    PowersetKind,
    RelativeLevel,
    Schedule,
)
from tests.helpers.gamedata import packed_catalog

Piece = SlottedEnhancement
MIDS, GAME = Rules.MIDS, Rules.GAME
BOTH = (MIDS, GAME)


def so(name: str, relative: RelativeLevel = RelativeLevel.EVEN) -> Piece:
    """A single-origin enhancement, such as "Damage" or "Endurance_Discount"."""
    return Piece(EnhancementId(f"Magic_{name}"), grade=Grade.SINGLE, relative_level=relative)


def io(name: str, level: int = 50, boosters: int = 0) -> Piece:
    """A common invention."""
    return piece(f"Crafted_{name}", level, boosters)


def piece(uid: str, level: int = 50, boosters: int = 0) -> Piece:
    """A piece of a set, or a special enhancement, by its full id."""
    relative = RelativeLevel(RelativeLevel.EVEN + boosters)
    return Piece(EnhancementId(uid), level=level, relative_level=relative)


def entry(
    power: str,
    pieces: Iterable[Piece | None] = (),
    *,
    level: int = 1,
    included: bool = True,
    stacks: int = 0,
    slot_level: int = 1,
) -> PowerEntry:
    """One taken power; each piece sits in a slot of its own."""
    slots = tuple(Slot(slot_level, each) for each in pieces)
    return PowerEntry(PowerId(power), level, slots, included=included, stacks=stacks)


def character(
    archetype: str,
    powers: Mapping[str, Sequence[Piece | None]] | None = None,
    *,
    off: Collection[str] = (),
    stacks: Mapping[str, int] | None = None,
) -> Build:
    """A character with just these powers, all lit but those in `off`."""
    sliders = stacks or {}
    entries = tuple(
        entry(power, pieces, included=power not in off, stacks=sliders.get(power, 0))
        for power, pieces in (powers or {}).items()
    )
    return Build(ArchetypeId(archetype), entries=entries, pick_count=len(entries))


@cache
def _carriers() -> tuple[str, ...]:
    """Pool powers that only hold sets."""
    pools = [each for each in packed_catalog().powersets() if each.kind == PowersetKind.POOL]
    own = ("Fighting", "Leaping", "Speed", "Leadership")
    return tuple(name for each in pools if not each.id.endswith(own) for name in each.powers)


def wearing(build: Build, *sets: tuple[str, int], level: int = 50) -> Build:
    """The build with so many first pieces of these sets, each set in a dark power of its own."""
    entries = list(build.entries)
    for carrier, (name, count) in zip(_carriers(), sets, strict=False):
        family = packed_catalog().enhancement_set(name)
        assert family is not None, name
        entries.append(
            entry(carrier, [piece(uid, level) for uid in family.pieces[:count]], included=False)
        )
    return replace(build, entries=tuple(entries), pick_count=len(entries))


def calculate(
    build: Build, rules: Rules = MIDS, catalog: Catalog | None = None, **settings: Any
) -> Calculation:
    """The numbers of a build from an engine that has never seen another."""
    engine = Engine(catalog or packed_catalog())
    found = engine.calculate(build, CalcSettings(rules=rules, **settings))
    assert not found.missing
    return found


def numbers_of(calculation: Calculation, power: str) -> PowerNumbers:
    """The numbers of one of its powers."""
    place = calculation.build.find(power)
    found = None if place is None else calculation.power(place)
    assert found is not None, f"{power} is not in the build"
    return found


def power_numbers(
    build: Build, power: str, rules: Rules = MIDS, catalog: Catalog | None = None, **settings: Any
) -> PowerNumbers:
    """The numbers of one power of a build."""
    return numbers_of(calculate(build, rules, catalog, **settings), power)


def effects(
    numbers: PowerNumbers, attribute: Attribute, *, in_force: bool = True, **wanted: object
) -> list[FinalEffect]:
    """The effects of an attribute whose definition has the `wanted` values, in order."""
    return [
        each
        for each in numbers.effects
        if each.effect.attribute == attribute
        and (not in_force or (each.conditions_met and each.fits_mode))
        and all(getattr(each.effect, name) == value for name, value in wanted.items())
    ]


def statistic(calculation: Calculation, key: str) -> float:
    """One displayed number."""
    return next(each.value for each in calculation.statistics if each.key == key)


def uncapped(calculation: Calculation, key: str) -> float:
    """One displayed number without its cap."""
    return next(each.uncapped for each in calculation.statistics if each.key == key)


def power(name: str, **changes: Any) -> Power:
    """A power of the catalog with some fields changed, for `overlay`."""
    found = packed_catalog().power(name)
    assert found is not None, name
    return replace(found, **changes)


def effect(power_name: str, attribute: Attribute, **changes: Any) -> Effect:
    """The first effect of an attribute in a power, with some fields changed."""
    found = next(each for each in power(power_name).effects if each.attribute == attribute)
    return replace(found, **changes)


class _Overlay:
    """The packed catalog with some powers and enhancements replaced or added."""

    def __init__(self, powers: Iterable[Power], pieces: Iterable[Enhancement]) -> None:
        self._powers = {each.id.lower(): each for each in powers}
        self._pieces = {each.id.lower(): each for each in pieces}
        self.key = "overlay"

    def __getattr__(self, name: str) -> Any:
        return getattr(packed_catalog(), name)

    def power(self, name: str) -> Power | None:
        return self._powers.get(name.lower()) or packed_catalog().power(name)

    def enhancement(self, name: str) -> Enhancement | None:
        return self._pieces.get(name.lower()) or packed_catalog().enhancement(name)

    def powers(self, powerset: str) -> tuple[Power, ...]:
        found = packed_catalog().powers(powerset)
        return tuple(self._powers.get(each.id.lower(), each) for each in found)


def overlay(*powers: Power, pieces: Iterable[Enhancement] = ()) -> Catalog:
    """The packed catalog with these in place of its own of the same names, or added to it."""
    return cast(Catalog, _Overlay(powers, pieces))


def special(name: str, *lines: tuple[EnhancedAspect, BuffMode]) -> Enhancement:
    """A special enhancement (Hamidon and the like) of full strength in these aspects."""
    found = packed_catalog().enhancement("Hamidon_DeBuff_Endurance_Discount")
    assert found is not None
    made = tuple(
        EnhancementLine(LineMode.STRENGTH, mode, aspect, -1, Schedule.A, 1.0, None)
        for aspect, mode in lines
    )
    return replace(found, id=EnhancementId(name), lines=made)


def near(value: float) -> Any:
    """`value` as a paper gives it, with four decimals: 1e-4 below 100, 2e-4 above."""
    return pytest.approx(value, rel=0, abs=1.01e-4 if abs(value) < 100 else 2.01e-4)
