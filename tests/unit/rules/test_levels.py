from dataclasses import replace

from midsdesk.edit import operations as ops
from midsdesk.model.build import Slot
from midsdesk.rules.levels import (
    added_by_level,
    is_slottable,
    next_slot_level,
    slot_refusal,
    slots_allowed_at,
    slots_left,
)
from tests.helpers.builds import RAIN_OF_ARROWS, SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog


def test_first_bought_slot_of_a_level_1_power_is_of_level_3() -> None:
    build = taken(SNAP_SHOT)
    assert next_slot_level(build, packed_catalog(), 0) == 3


def test_a_level_gives_as_many_slots_as_its_grant() -> None:
    catalog, build = packed_catalog(), taken(SNAP_SHOT)
    levels = []
    for _ in range(5):
        levels.append(next_slot_level(build, catalog, 0))
        build = ops.add_slot(build, catalog, 0)
    assert levels == [3, 3, 5, 5, 7]


def test_slots_are_never_older_than_their_power() -> None:
    catalog, build = packed_catalog(), taken(RAIN_OF_ARROWS)
    index = build.find(RAIN_OF_ARROWS)
    assert index is not None
    assert build.entries[index].level == 32
    assert next_slot_level(build, catalog, index) == 33


def test_the_free_slot_of_a_pick_does_not_use_up_a_slot_level() -> None:
    # Respec tables give slots at 47 and 49, where picks are too (item 27 of the faults).
    build = taken(SNAP_SHOT)
    entry = build.entries[0]
    moved = build.with_entry(0, replace(entry, level=47, slots=(Slot(47), Slot(47))))
    assert added_by_level(moved)[47] == 1


def test_the_seventh_slot_is_refused_in_words() -> None:
    catalog, build = packed_catalog(), taken(SNAP_SHOT)
    for _ in range(5):
        build = ops.add_slot(build, catalog, 0)
    assert slot_refusal(build, catalog, 0) == "A power has at most 6 slots."
    assert next_slot_level(build, catalog, 0) is None


def test_the_sixty_eighth_slot_is_refused_in_words() -> None:
    catalog = packed_catalog()
    build = taken(SNAP_SHOT)
    full = tuple(Slot(3) for _ in range(68))
    stuffed = build.with_entry(2, replace(build.entries[0], slots=full))
    assert slots_left(stuffed, catalog.ruleset) == 0
    assert slot_refusal(stuffed, catalog, 0) == "All 67 slots are placed."


def test_an_empty_pick_has_no_slots() -> None:
    build = taken(SNAP_SHOT)
    assert slot_refusal(build, packed_catalog(), 5) == "An empty pick has no slots."


def test_either_level_table_is_accepted() -> None:
    ruleset = packed_catalog().ruleset
    assert slots_allowed_at(ruleset, 3) == 2
    assert slots_allowed_at(ruleset, 31) == 3
    assert slots_allowed_at(ruleset, 4) == 0
    assert slots_allowed_at(ruleset, 51) == 0


def test_incarnate_powers_take_no_slots() -> None:
    catalog = packed_catalog()
    power = catalog.power("Incarnate.Alpha.Musculature_Core_Paragon")
    assert power is not None
    assert not is_slottable(power, catalog)
