import pytest

from midsdesk.edit import moves
from midsdesk.edit import operations as ops
from midsdesk.edit.moves import Remedy
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
ARCHERY = "Blaster_Ranged.Archery"
THRUST = "Blaster_Support.Energy_Manipulation.Power_Thrust"
FIST, BLAZING, AIM = (f"{ARCHERY}.{name}" for name in ("Fistful_of_Arrows", "Blazing_Arrow", "Aim"))
# Picks: 1, 1, 2, 4, 6, 8, 10 …
BUILD = taken(SNAP_SHOT, THRUST, FIST, BLAZING, AIM)


def slotted(index: int, count: int, build: Build = BUILD) -> Build:
    for _ in range(count):
        build = ops.add_slot(build, CATALOG, index)
    return build


def levels(build: Build, index: int) -> list[int]:
    return [slot.level for slot in build.entries[index].slots]


def names(build: Build) -> list[str]:
    return [entry.power.rpartition(".")[2] for entry in build.picks if entry.power]


def test_a_move_lets_those_between_close_up() -> None:
    # Places 2 to 5 hold Fistful (2), nothing (4), Blazing (6) and Aim (8).
    done = moves.move_pick(BUILD, CATALOG, 5, 2)
    moved = ["Snap_Shot", "Power_Thrust", "Aim", "Fistful_of_Arrows", "Blazing_Arrow"]
    assert names(done.build) == moved
    assert [entry.level for entry in done.build.picks[:6]] == [1, 1, 2, 4, 6, 8]
    assert done.build.picks[4].is_empty
    back = moves.move_pick(done.build, CATALOG, 2, 5)
    assert back.build == BUILD
    assert back.is_clean


def test_what_is_too_early_is_named() -> None:
    # Aim is a power of level 8, Blazing Arrow one of level 6.
    done = moves.move_pick(BUILD, CATALOG, 5, 2)
    assert done.early_powers == ("Aim",)
    assert done.report == "too early for Aim"
    both = moves.swap_picks(moves.swap_picks(BUILD, CATALOG, 4, 0).build, CATALOG, 5, 1)
    assert both.report == "too early for Aim"


def test_slots_older_than_their_power_go_to_the_next_free_level() -> None:
    # Fistful of Arrows (2) with slots of levels 3 and 3 goes to the pick of level 8.
    build = slotted(2, 2)
    assert levels(build, 2) == [2, 3, 3]
    done = moves.swap_picks(build, CATALOG, 2, 5)
    # The next level that gives slots is 9; it gives two.
    assert levels(done.build, 5) == [8, 9, 9]
    assert (done.later, done.early_slots) == (2, 0)
    assert done.report == "2 slots moved to other levels, too early for Aim"


def test_the_other_remedies() -> None:
    build = slotted(2, 2)
    removed = moves.swap_picks(build, CATALOG, 2, 3, Remedy.REMOVE)
    assert levels(removed.build, 3) == [4]
    assert removed.report == "2 slots given back"
    left = moves.swap_picks(build, CATALOG, 2, 3, Remedy.LEAVE)
    assert levels(left.build, 3) == [4, 3, 3]
    assert left.report == "2 slots older than the power"


def test_levels_taken_by_others_are_left_alone() -> None:
    # Blazing Arrow (6) holds both slots of level 7, Aim (8) both of level 9. Fistful (2) with both
    # of level 3 goes behind them to the pick of level 6: level 7 and 9 are full, 11 is free.
    build = slotted(2, 2, slotted(5, 2, slotted(4, 2)))
    assert [levels(build, n) for n in (2, 4, 5)] == [[2, 3, 3], [6, 7, 7], [8, 9, 9]]
    done = moves.move_pick(build, CATALOG, 2, 4)
    assert names(done.build)[2:] == ["Blazing_Arrow", "Fistful_of_Arrows", "Aim"]
    assert levels(done.build, 3) == [4, 7, 7]
    assert levels(done.build, 4) == [6, 11, 11]
    assert levels(done.build, 5) == [8, 9, 9]
    assert done.report == "2 slots moved to other levels, too early for Blazing Arrow"


def test_a_slot_that_no_level_is_left_for_stays_and_is_told() -> None:
    # After the last pick (49) only level 50 gives slots, three of them; five are asked for.
    build = slotted(2, 5)
    assert levels(build, 2) == [2, 3, 3, 5, 5, 7]
    done = moves.swap_picks(build, CATALOG, 2, 23)
    assert sorted(levels(done.build, 23)[1:]) == [5, 7, 50, 50, 50]
    assert (done.later, done.early_slots) == (3, 2)
    assert done.report == "3 slots moved to other levels, 2 slots older than the power"


def test_only_picks_move() -> None:
    inherent = BUILD.pick_count
    with pytest.raises(RuleViolationError, match="Only picks"):
        moves.move_pick(BUILD, CATALOG, 0, inherent)
    with pytest.raises(RuleViolationError, match="Only picks"):
        moves.swap_picks(BUILD, CATALOG, inherent, 0)
