from dataclasses import replace

import pytest

from midsdesk.model.build import Build, Slot, SlottedEnhancement
from midsdesk.model.ids import ArchetypeId, EnhancementId, PowerId, PowersetId
from midsdesk.rules.check import check
from tests.helpers.builds import RAIN_OF_ARROWS, SAMPLES, SNAP_SHOT, empty_blaster, sample, taken
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared

# Data and rules that the sample builds break: two forms of one archetype set, and two powers that
# forbid each other.
KNOWN_FAULTS = {
    "peacebringer-triform": "Another form of it",
    "widow-night": "cannot be taken together with",
}


def reasons(build: Build) -> list[str]:
    return [violation.reason for violation in check(build, packed_catalog())]


def test_a_new_build_is_legal() -> None:
    assert reasons(empty_blaster()) == []


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_legal(name: str) -> None:
    fault = KNOWN_FAULTS.get(name)
    assert all(fault and fault in reason for reason in reasons(sample(name)))


def test_an_unmet_requirement_is_reported_at_its_entry() -> None:
    build = taken("Pool.Fighting.Weave")
    (violation,) = check(build, packed_catalog())
    assert violation.entry == build.find("Pool.Fighting.Weave")
    assert violation.reason == "Weave needs two of Boxing, Kick and Tough."


def test_a_pick_below_its_level_is_reported() -> None:
    build = taken(RAIN_OF_ARROWS)
    index = build.find(RAIN_OF_ARROWS)
    assert index is not None
    lower = build.with_entry(index, replace(build.entries[index], level=2))
    assert "Rain of Arrows needs level 32." in reasons(lower)


def test_the_first_pick_is_a_level_1_primary() -> None:
    build = empty_blaster()
    wrong = replace(taken(RAIN_OF_ARROWS).entries[17], level=1, slots=())
    assert "The first primary power must be Snap Shot or Aimed Shot." in reasons(
        build.with_entry(0, wrong)
    )


def test_the_same_power_twice_is_reported_once() -> None:
    build = taken(SNAP_SHOT)
    twice = build.with_entry(2, replace(build.entries[0], level=2, slots=()))
    assert reasons(twice) == ["The power is in the build twice."]


def test_unknown_things_are_named() -> None:
    build = replace(taken(SNAP_SHOT), archetype=ArchetypeId("Class_Sorcerer"))
    build = replace(build, powersets=(PowersetId("Pool.Fudge"), *build.powersets[1:]))
    piece = SlottedEnhancement(EnhancementId("Crafted_Teapot_A"))
    entry = replace(build.entries[0], slots=(Slot(1, piece),))
    build = build.with_entry(0, entry)
    build = build.with_entry(2, replace(build.entries[2], power=PowerId("Pool.Fudge.Soft")))
    found = " ".join(reasons(build))
    for name in ("Class_Sorcerer", "Pool.Fudge.", "Crafted_Teapot_A", "Pool.Fudge.Soft"):
        assert name in found


def test_a_power_of_no_chosen_set_is_reported() -> None:
    build = replace(taken("Pool.Fighting.Boxing"), powersets=empty_blaster().powersets)
    other = tuple(PowersetId("") if name == "Pool.Fighting" else name for name in build.powersets)
    assert "Fighting is not a chosen powerset." in reasons(replace(build, powersets=other))


def test_slots_of_no_level_and_too_many_are_reported() -> None:
    build = taken(SNAP_SHOT)
    slots = (Slot(1), *(Slot(4) for _ in range(8)))
    found = reasons(build.with_entry(0, replace(build.entries[0], slots=slots)))
    assert "A power has at most 6 slots." in found
    assert "8 slots are bought at level 4, which gives 0." in found


def test_a_slot_older_than_its_power_is_reported_at_the_slot() -> None:
    build = taken(RAIN_OF_ARROWS)
    index = build.find(RAIN_OF_ARROWS)
    assert index is not None
    entry = replace(build.entries[index], slots=(Slot(32), Slot(3)))
    (violation,) = check(build.with_entry(index, entry), packed_catalog())
    assert (violation.entry, violation.slot) == (index, 1)


def test_too_many_slots_in_all_are_counted() -> None:
    build = taken(SNAP_SHOT)
    slots = tuple(Slot(3) for _ in range(70))
    found = reasons(build.with_entry(0, replace(build.entries[0], slots=slots)))
    assert "2 slots too many: 67 may be added." in found
