from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from midsdesk.edit import bulk
from midsdesk.edit import operations as ops
from midsdesk.edit.bulk import Bound
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, Slot, SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import Grade, RelativeLevel
from midsdesk.rules.check import check
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
# Decimation goes from level 25 to 40, the plain damage invention from 10 to 50.
DECIMATION, INVENTION = "Crafted_Decimation_A", "Crafted_Damage"
ORIGIN, ATTUNED = "Magic_Damage", "Attuned_Blasters_Wrath_A"


def piece(name: str, **values: int) -> SlottedEnhancement:
    return SlottedEnhancement(EnhancementId(name), **values)  # type: ignore[arg-type]


def slotted(*pieces: SlottedEnhancement) -> Build:
    build = taken(SNAP_SHOT)
    for number, each in enumerate(pieces):
        if number:
            build = ops.add_slot(build, CATALOG, 0)
        build = ops.slot_enhancement(build, CATALOG, 0, number, each)
    return build


def held(build: Build) -> list[SlottedEnhancement]:
    return [slot.enhancement for slot in build.entries[0].slots if slot.enhancement]


MIXED = slotted(
    piece(DECIMATION, level=40),
    piece(INVENTION, level=50),
    piece(ORIGIN, grade=Grade.SINGLE),
    piece(ATTUNED),
)


FULL = taken(
    SNAP_SHOT,
    "Blaster_Support.Energy_Manipulation.Power_Thrust",
    *(
        f"Blaster_Ranged.Archery.{name}"
        for name in ("Aimed_Shot", "Fistful_of_Arrows", "Blazing_Arrow", "Aim")
    ),
    "Pool.Leaping.Combat_Jumping",
)


def test_levels_stay_in_the_range_of_each_piece() -> None:
    lowest = bulk.set_levels(MIXED, CATALOG, Bound.LOWEST)
    assert [each.level for each in held(lowest.build)[:2]] == [25, 10]
    assert (
        lowest.report
        == "2 changed, 1 left (not inventions), 1 left (attuned: no level of their own)"
    )
    assert [each.level for each in held(bulk.set_levels(MIXED, CATALOG, 33).build)[:2]] == [33, 35]
    highest = bulk.set_levels(lowest.build, CATALOG, Bound.HIGHEST)
    assert [each.level for each in held(highest.build)[:2]] == [40, 50]


def test_relative_levels_go_as_far_as_each_piece_may() -> None:
    # Inventions take up to five boosters, origin pieces three levels, attuned ones nothing.
    raised = bulk.set_relative_levels(MIXED, CATALOG, RelativeLevel.PLUS_5)
    even, three, five = RelativeLevel.EVEN, RelativeLevel.PLUS_3, RelativeLevel.PLUS_5
    assert [each.relative_level for each in held(raised.build)] == [five, five, three, even]
    assert raised.report == "3 changed, 1 left (always even)"
    lowered = bulk.set_relative_levels(MIXED, CATALOG, RelativeLevel.MINUS_2)
    minus = RelativeLevel.MINUS_2
    assert [each.relative_level for each in held(lowered.build)] == [even, even, minus, even]
    dead = bulk.set_relative_levels(MIXED, CATALOG, RelativeLevel.NONE)
    assert [each.relative_level for each in held(dead.build)].count(RelativeLevel.NONE) == 1


def test_grades_touch_regular_pieces_only() -> None:
    done = bulk.set_grades(MIXED, CATALOG, Grade.TRAINING)
    assert [each.grade for each in held(done.build)].count(Grade.TRAINING) == 1
    assert done.report == "1 changed, 3 left (no grade)"


def test_empty_flip_and_give_back() -> None:
    empty = bulk.clear_pieces(MIXED, CATALOG)
    assert (held(empty.build), empty.changed) == ([], 4)
    assert bulk.clear_pieces(empty.build, CATALOG).build == empty.build
    flipped = bulk.flip_all(MIXED, CATALOG)
    assert held(flipped.build) == []
    assert bulk.flip_all(flipped.build, CATALOG).build == MIXED
    bare = bulk.remove_slots(MIXED, CATALOG)
    assert (len(bare.build.entries[0].slots), bare.changed) == (1, 3)
    assert held(bare.build) == held(MIXED)[:1]


def test_inherent_slots_are_not_given_back() -> None:
    entry = MIXED.entries[0]
    build = MIXED.with_entry(0, replace(entry, slots=(*entry.slots, Slot(8, inherent=True))))
    assert len(bulk.remove_slots(build, CATALOG).build.entries[0].slots) == 2


def test_slots_take_the_earliest_levels() -> None:
    # Levels 3, 5 and 7 give two slots each.
    entry = MIXED.entries[0]
    late = [
        replace(slot, level=level) for slot, level in zip(entry.slots, (1, 31, 50, 40), strict=True)
    ]
    done = bulk.arrange_slots(MIXED.with_entry(0, replace(entry, slots=tuple(late))), CATALOG)
    assert [slot.level for slot in done.build.entries[0].slots] == [1, 3, 3, 5]
    assert (done.changed, done.left) == (3, ())
    assert held(done.build) == held(MIXED)


@given(st.lists(st.integers(0, 23), min_size=5, max_size=60), st.randoms())
def test_arranged_slots_are_legal(bars: list[int], chance: Random) -> None:
    build = FULL
    for index in bars:
        try:
            build = ops.add_slot(build, CATALOG, index)
        except RuleViolationError:
            continue
    mixed = _shuffled(build, chance)
    done = bulk.arrange_slots(mixed, CATALOG)
    assert done.build.added_slots == build.added_slots
    assert not done.left
    assert not [each for each in check(done.build, CATALOG) if each.slot is not None]


def _shuffled(build: Build, chance: Random) -> Build:
    entries = []
    for entry in build.entries:
        slots = tuple(
            replace(slot, level=chance.randint(1, 50)) if n else slot
            for n, slot in enumerate(entry.slots)
        )
        entries.append(replace(entry, slots=slots))
    return replace(build, entries=tuple(entries))
