"""Three-way merge: points with reasons, and what must hold for all builds."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midsdesk.edit import operations as ops
from midsdesk.edit.merge import merge
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.ids import PowerId, PowersetId
from tests.helpers.builds import ARCHERY, SNAP_SHOT, taken
from tests.helpers.devices import small_build, tokens, with_token
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
AIMED = f"{ARCHERY}.Aimed_Shot"
FISTFUL = f"{ARCHERY}.Fistful_of_Arrows"


def both_ways(base: Build, mine: Build, theirs: Build) -> Build | None:
    merged = merge(base, mine, theirs, CATALOG)
    assert merge(base, theirs, mine, CATALOG) == merged
    return merged


def test_what_one_side_changed_is_taken() -> None:
    base = taken(SNAP_SHOT)
    mine, theirs = replace(base, name="Mine"), replace(base, comment="Theirs")
    merged = both_ways(base, mine, theirs)
    assert merged == replace(base, name="Mine", comment="Theirs")


def test_the_same_change_on_both_sides_is_one_change() -> None:
    base = taken(SNAP_SHOT)
    changed = replace(base, name="Same")
    assert both_ways(base, changed, changed) == changed


def test_different_changes_of_one_thing_conflict() -> None:
    base = taken(SNAP_SHOT)
    assert both_ways(base, replace(base, name="A"), replace(base, name="B")) is None


def test_two_powers_at_two_levels_are_both_taken() -> None:
    base = taken(SNAP_SHOT)
    mine = ops.take_power(base, CATALOG, AIMED, 4)
    theirs = ops.take_power(base, CATALOG, FISTFUL, 8)
    merged = both_ways(base, mine, theirs)
    assert merged is not None
    assert {AIMED, FISTFUL} <= {entry.power for entry in merged.picks}
    assert [each.level for each in merged.picks] == [each.level for each in base.picks]


def test_two_powers_at_one_level_conflict() -> None:
    base = taken(SNAP_SHOT)
    mine = ops.take_power(base, CATALOG, AIMED, 4)
    theirs = ops.take_power(base, CATALOG, FISTFUL, 4)
    assert both_ways(base, mine, theirs) is None


def test_slots_of_different_powers_merge() -> None:
    base = taken(SNAP_SHOT, AIMED)
    first, second = base.find(SNAP_SHOT), base.find(AIMED)
    assert first is not None
    assert second is not None
    mine = base.with_entry(first, replace(base.entries[first], stacks=1))
    theirs = base.with_entry(second, replace(base.entries[second], procs_off=True))
    merged = both_ways(base, mine, theirs)
    assert merged is not None
    assert merged.entries[first].stacks == 1
    assert merged.entries[second].procs_off


def test_a_powerset_here_and_its_powers_there_conflict() -> None:
    base = taken(SNAP_SHOT)
    mine = replace(base, powersets=(PowersetId("Blaster_Ranged.Fire_Blast"), *base.powersets[1:]))
    theirs = ops.take_power(base, CATALOG, AIMED, 4)
    assert both_ways(base, mine, theirs) is None


def test_two_legal_halves_of_an_illegal_build_conflict() -> None:
    """A power that both sides may take, but not both together with the other's."""
    base = small_build("x")
    extra = PowerEntry(PowerId("Nobody.Knows.This"), 6)
    mine = replace(base, entries=(*base.entries, extra), pick_count=4)
    other = replace(extra, power=PowerId("Nobody.Knows.That"))
    theirs = replace(base, entries=(*base.entries, other), pick_count=4)
    assert both_ways(base, mine, theirs) is None


edits = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9999)), max_size=4)


def edited(build: Build, changes: list[tuple[int, int]]) -> Build:
    for place, token in changes:
        build = with_token(build, place, token)
    return build


@given(edits, edits, edits)
def test_no_value_is_lost_unless_it_was_replaced(
    before: list[tuple[int, int]], mine: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    base = edited(small_build(""), before)
    one, other = edited(base, mine), edited(base, theirs)
    merged = both_ways(base, one, other)
    if merged is None:
        assert any(
            tokens(one).get(place) != tokens(base).get(place) != tokens(other).get(place)
            for place in range(6)
        )
        return
    for side in (one, other):
        for place, token in tokens(side).items():
            changed = tokens(base).get(place) != token
            assert not changed or tokens(merged)[place] == token


@given(edits, edits)
def test_merging_again_changes_nothing(
    mine: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    base = small_build("")
    one, other = edited(base, mine), edited(base, theirs)
    merged = both_ways(base, one, other)
    if merged is not None:
        assert merge(other, merged, other, CATALOG) == merged
        assert merge(one, one, merged, CATALOG) == merged


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_side_that_changed_nothing_gives_way(side: str) -> None:
    base, changed = taken(SNAP_SHOT), taken(SNAP_SHOT, AIMED)
    sides = (changed, base) if side == "mine" else (base, changed)
    assert merge(base, *sides, CATALOG) == changed
