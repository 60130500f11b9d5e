from dataclasses import replace

import pytest

from midsdesk.edit import operations as ops
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Slot
from tests.helpers.builds import (
    ARCHERY,
    RAIN_OF_ARROWS,
    SAMPLES,
    SNAP_SHOT,
    empty_blaster,
    sample,
    taken,
)
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared


@pytest.mark.parametrize(
    ("power", "level"),
    [
        pytest.param(SNAP_SHOT, 1, id="level-1 primary goes first"),
        pytest.param("Blaster_Support.Energy_Manipulation.Power_Thrust", 1, id="level-1 secondary"),
        pytest.param(f"{ARCHERY}.Fistful_of_Arrows", 2, id="the level-2 power skips both"),
        pytest.param(RAIN_OF_ARROWS, 32, id="late powers go to the first pick they fit"),
        pytest.param("Pool.Fighting.Boxing", 4, id="pools from 4"),
    ],
)
def test_where_a_power_goes(power: str, level: int) -> None:
    build = taken(power)
    index = build.find(power)
    assert index is not None
    assert build.entries[index].level == level
    assert len(build.entries[index].slots) == 1


def test_a_second_level_1_primary_waits_for_level_2() -> None:
    build = taken(SNAP_SHOT, f"{ARCHERY}.Aimed_Shot")
    assert build.entries[2].power == f"{ARCHERY}.Aimed_Shot"
    assert build.entries[1].is_empty


def test_the_requested_level_is_heeded() -> None:
    build = ops.take_power(empty_blaster(), packed_catalog(), "Pool.Fighting.Boxing", 20)
    assert build.entries[build.find("Pool.Fighting.Boxing") or 0].level == 20


def test_unmet_requirements_do_not_hinder() -> None:
    assert taken("Pool.Fighting.Weave").find("Pool.Fighting.Weave") is not None


@pytest.mark.parametrize(
    ("power", "message"),
    [
        (SNAP_SHOT, "already"),
        ("Pool.Fudge.Soft", "do not know"),
        ("Epic.Arctic_Mastery.Chilblain", "not for this archetype"),
    ],
)
def test_refusals(power: str, message: str) -> None:
    with pytest.raises(RuleViolationError, match=message):
        ops.take_power(taken(SNAP_SHOT), packed_catalog(), power)


def test_removing_empties_the_pick_and_its_slots() -> None:
    catalog = packed_catalog()
    build = ops.add_slot(taken(SNAP_SHOT), catalog, 0)
    assert ops.remove_power(build, catalog, 0) == empty_blaster()


def test_inherents_cannot_be_removed() -> None:
    build = empty_blaster()
    index = build.find("Inherent.Fitness.Health")
    assert index is not None
    with pytest.raises(RuleViolationError, match="comes by itself"):
        ops.remove_power(build, packed_catalog(), index)


def test_a_click_has_no_light() -> None:
    with pytest.raises(RuleViolationError, match="cannot be switched"):
        ops.set_included(taken(SNAP_SHOT), packed_catalog(), 0, True)


def test_a_rival_is_switched_off() -> None:
    catalog = packed_catalog()
    stealth, speed = "Pool.Invisibility.Stealth", "Pool.Invisibility.Invisibility"
    build = taken(stealth, speed)
    first, second = build.find(stealth), build.find(speed)
    assert first is not None
    assert second is not None
    build = ops.set_included(build, catalog, first, True)
    build = ops.set_included(build, catalog, second, True)
    assert not build.entries[first].included
    assert build.entries[second].included


def test_stacks_are_clamped() -> None:
    catalog = packed_catalog()
    build = ops.new_build(catalog, "Class_Tanker")
    build = ops.change_powerset(build, catalog, 0, "Tanker_Defense.Invulnerability")
    build = ops.take_power(build, catalog, "Tanker_Defense.Invulnerability.Invincibility")
    index = build.find("Tanker_Defense.Invulnerability.Invincibility")
    assert index is not None
    power = catalog.power(build.entries[index].power)
    assert power is not None
    build = ops.set_stacks(build, catalog, index, 99)
    assert build.entries[index].stacks == power.variable_max
    with pytest.raises(RuleViolationError, match="no stacks"):
        ops.set_stacks(taken(SNAP_SHOT), catalog, 0, 1)


def test_procs_off_is_kept() -> None:
    assert ops.set_procs_off(taken(SNAP_SHOT), 0, True).entries[0].procs_off
    with pytest.raises(RuleViolationError, match="no power"):
        ops.set_procs_off(taken(SNAP_SHOT), 3, True)


def test_swapping_trades_slots_that_are_too_old() -> None:
    catalog = packed_catalog()
    build = ops.add_slot(taken(SNAP_SHOT, RAIN_OF_ARROWS), catalog, 0)
    late = build.find(RAIN_OF_ARROWS)
    assert late is not None
    build = ops.add_slot(build, catalog, late)
    swapped = ops.swap_entries(build, catalog, 0, late)
    assert [slot.level for slot in swapped.entries[late].slots] == [32, 33]
    assert [slot.level for slot in swapped.entries[0].slots] == [1, 3]
    assert swapped.entries[late].power == SNAP_SHOT
    assert ops.swap_entries(swapped, catalog, 0, late) == build
    with pytest.raises(RuleViolationError, match="Only picks"):
        ops.swap_entries(build, catalog, 0, 30)
    assert ops.swap_entries(build, catalog, 2, 2) is build


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_an_edit_leaves_other_entries_of_real_builds_alone(name: str) -> None:
    catalog, build = packed_catalog(), sample(name)
    edited = ops.set_procs_off(build, 0, not build.entries[0].procs_off)
    normal = ops.normalise(edited, catalog)
    assert normal.entries[: len(edited.entries)] == edited.entries
    assert normal == ops.normalise(normal, catalog)


def test_surplus_slots_are_cut() -> None:
    build = taken(SNAP_SHOT)
    stuffed = replace(build.entries[0], slots=tuple(Slot(1) for _ in range(9)))
    cleaned = ops.normalise(build.with_entry(0, stuffed), packed_catalog())
    assert len(cleaned.entries[0].slots) == 6
