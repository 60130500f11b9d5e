from dataclasses import replace

import pytest

from midsdesk.edit import operations as ops
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, Slot, SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import Grade, RelativeLevel
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

DECIMATION = [f"Crafted_Decimation_{letter}" for letter in "ABCDEF"]


def piece(name: str, **values: int) -> SlottedEnhancement:
    return SlottedEnhancement(EnhancementId(name), **values)  # type: ignore[arg-type]


def with_slots(count: int = 3) -> Build:
    build = taken(SNAP_SHOT)
    for _ in range(count - 1):
        build = ops.add_slot(build, packed_catalog(), 0)
    return build


def put(build: Build, number: int, what: SlottedEnhancement) -> Build:
    return ops.slot_enhancement(build, packed_catalog(), 0, number, what)


def held(build: Build, number: int) -> SlottedEnhancement:
    found = build.entries[0].slots[number].enhancement
    assert found is not None
    return found


def test_new_slots_stand_in_order_of_their_levels() -> None:
    build = with_slots(4)
    assert [slot.level for slot in build.entries[0].slots] == [1, 3, 3, 5]


def test_the_first_slot_stays() -> None:
    with pytest.raises(RuleViolationError, match="first slot of a power cannot be removed"):
        ops.remove_slot(with_slots(), packed_catalog(), 0, 0)


def test_an_inherent_slot_stays() -> None:
    build = with_slots()
    entry = build.entries[0]
    build = build.with_entry(0, replace(entry, slots=(*entry.slots, Slot(8, inherent=True))))
    with pytest.raises(RuleViolationError, match="inherent slot"):
        ops.remove_slot(build, packed_catalog(), 0, 3)


def test_removing_a_slot_gives_its_level_back() -> None:
    build = ops.remove_slot(with_slots(3), packed_catalog(), 0, 2)
    assert build == with_slots(2)


@pytest.mark.parametrize(
    ("name", "asked", "got"),
    [
        pytest.param("Crafted_Decimation_A", 50, 40, id="above the set's highest"),
        pytest.param("Crafted_Decimation_A", 10, 25, id="below the set's lowest"),
        pytest.param("Crafted_Decimation_A", 33, 33, id="in range"),
        pytest.param("Crafted_Accuracy", 33, 35, id="inventions go by fives, half up"),
        pytest.param("Crafted_Accuracy", 32, 30, id="rounded down"),
        pytest.param("Crafted_Accuracy", 1, 10, id="no invention below 10"),
    ],
)
def test_levels_are_brought_into_range(name: str, asked: int, got: int) -> None:
    assert held(put(with_slots(), 0, piece(name, level=asked)), 0).level == got


def test_origin_enhancements_get_a_grade() -> None:
    assert held(put(with_slots(), 0, piece("Magic_Accuracy")), 0).grade == Grade.SINGLE


def test_a_slotted_click_counts() -> None:
    assert not with_slots().entries[0].included
    assert put(with_slots(), 0, piece("Crafted_Accuracy")).entries[0].included


@pytest.mark.parametrize("name", ["Crafted_Teapot", "Crafted_Heal"])
def test_what_does_not_fit_is_refused(name: str) -> None:
    with pytest.raises(RuleViolationError):
        put(with_slots(), 0, piece(name))


def test_clearing() -> None:
    build = put(with_slots(), 0, piece("Crafted_Accuracy"))
    assert ops.clear_slot(build, packed_catalog(), 0, 0).entries[0].slots[0].enhancement is None
    with pytest.raises(RuleViolationError, match="no such slot"):
        ops.clear_slot(build, packed_catalog(), 0, 9)
    with pytest.raises(RuleViolationError, match="no power"):
        ops.clear_slot(build, packed_catalog(), 5, 0)


def test_boosters_and_relative_levels() -> None:
    catalog = packed_catalog()
    build = put(with_slots(), 0, piece("Crafted_Accuracy"))
    boosted = ops.set_enhancement_level(build, catalog, 0, 0, relative=RelativeLevel.PLUS_5)
    assert held(boosted, 0).relative_level == RelativeLevel.PLUS_5
    with pytest.raises(RuleViolationError, match="cannot have this relative level"):
        ops.set_enhancement_level(build, catalog, 0, 0, relative=RelativeLevel.MINUS_1)
    origin = put(build, 1, piece("Magic_Accuracy"))
    with pytest.raises(RuleViolationError):
        ops.set_enhancement_level(origin, catalog, 0, 1, relative=RelativeLevel.PLUS_4)
    lowered = ops.set_enhancement_level(build, catalog, 0, 0, level=20, grade=Grade.NONE)
    assert held(lowered, 0).level == 20
    with pytest.raises(RuleViolationError, match="empty"):
        ops.set_enhancement_level(build, catalog, 0, 2, level=20)


def test_the_next_piece_is_the_first_one_missing() -> None:
    catalog = packed_catalog()
    build = put(with_slots(4), 0, piece(DECIMATION[0], level=33))
    found = ops.next_piece(build, catalog, 0, held(build, 0))
    assert found is not None
    assert (found.enhancement, found.level) == (DECIMATION[1], 33)
    build = put(build, 1, piece(DECIMATION[5], level=33))
    wrapped = ops.next_piece(build, catalog, 0, held(build, 1))
    assert wrapped is not None
    assert wrapped.enhancement == DECIMATION[1]


def test_a_single_enhancement_is_repeated() -> None:
    build = put(with_slots(), 0, piece("Crafted_Accuracy", level=30))
    assert ops.next_piece(build, packed_catalog(), 0, held(build, 0)) == held(build, 0)
    assert ops.next_piece(build, packed_catalog(), 0, piece("Crafted_Teapot")) is None


def test_contents_and_levels_are_exchanged() -> None:
    catalog = packed_catalog()
    build = put(with_slots(4), 1, piece(DECIMATION[0]))
    swapped = ops.swap_slot_contents(build, catalog, (0, 1), (0, 3))
    assert swapped.entries[0].slots[1].enhancement is None
    assert held(swapped, 3) == held(build, 1)
    levels = ops.swap_slot_levels(build, catalog, (0, 2), (0, 3))
    assert [slot.level for slot in levels.entries[0].slots] == [1, 3, 5, 3]
    with pytest.raises(RuleViolationError, match="first slot"):
        ops.swap_slot_levels(build, catalog, (0, 0), (0, 3))


def test_flipping_twice_changes_nothing() -> None:
    catalog = packed_catalog()
    build = put(with_slots(), 0, piece("Crafted_Accuracy"))
    flipped = ops.flip_entry(build, catalog, 0)
    assert flipped.entries[0].slots[0].enhancement is None
    assert flipped.entries[0].slots[0].alternate == held(build, 0)
    assert ops.flip_entry(flipped, catalog, 0) == build
