"""Forms, accolades, soldiers, unknown powers and other corners of editing."""

from dataclasses import replace

import pytest

from midsdesk.app import commands
from midsdesk.edit import operations as ops
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.ids import EnhancementId, PowerId, PowersetId
from tests.helpers.builds import SNAP_SHOT, document, empty_blaster, sample, taken
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared

NOVA = "Peacebringer_Offensive.Luminous_Blast.Bright_Nova"
DARK_NOVA = "Warshade_Offensive.Umbral_Blast.Dark_Nova"
SHADOW = "Warshade_Defensive.Umbral_Aura.Gravity_Shield"


def peacebringer() -> Build:
    return ops.new_build(packed_catalog(), "Class_Peacebringer")


def index_of(build: Build, power: str) -> int:
    index = build.find(power)
    assert index is not None
    return index


def test_a_form_switches_toggles_off_but_not_autos() -> None:
    # Of the forms only the Warshade's are so marked in the data.
    catalog = packed_catalog()
    build = taken(DARK_NOVA, SHADOW, build=ops.new_build(catalog, "Class_Warshade"))
    shield, nova = index_of(build, SHADOW), index_of(build, DARK_NOVA)
    build = ops.set_included(build, catalog, nova, False)
    build = ops.set_included(build, catalog, shield, True)
    build = ops.set_included(build, catalog, nova, True)
    assert not build.entries[shield].included
    assert build.entries[nova].included
    assert build.entries[index_of(build, "Inherent.Fitness.Health")].included
    build = ops.set_included(build, catalog, shield, True)
    assert not build.entries[nova].included


def test_form_powers_follow_a_moved_form() -> None:
    catalog = packed_catalog()
    build = taken(NOVA, build=peacebringer())
    nova, late = index_of(build, NOVA), 15
    moved = ops.swap_entries(build, catalog, nova, late)
    bolt = moved.entries[index_of(moved, "Inherent.Inherent.Bright_Nova_Bolt")]
    assert bolt.level == moved.entries[late].level
    assert bolt.slots[0].level == bolt.level


@needs_shared
def test_an_accolade_can_be_removed_and_forms_need_no_exception() -> None:
    catalog, build = packed_catalog(), sample("blaster-fire-energy")
    accolade = index_of(build, "Temporary_Powers.Accolades.Portal_Jockey")
    assert ops.remove_power(build, catalog, accolade).find(build.entries[accolade].power) is None


@needs_shared
def test_soldiers_switch_their_branch_and_keep_their_trunk() -> None:
    catalog, build = packed_catalog(), sample("soldier-crab")
    trunk = [entry.power for entry in build.picks if ".Training_and_Gadgets." in entry.power]
    changed = ops.change_powerset(build, catalog, 0, "Arachnos_Soldiers.Bane_Spider_Soldier")
    assert changed.powersets[1] == "Training_Gadgets.Bane_Spider_Training"
    held = {entry.power for entry in changed.picks}
    assert set(trunk) <= held
    assert not any("Crab_Spider" in power for power in held)
    plain = ops.change_powerset(changed, catalog, 0, "Arachnos_Soldiers.Arachnos_Soldier")
    assert not any("Bane_Spider_Soldier" in entry.power for entry in plain.picks)
    with pytest.raises(RuleViolationError, match="comes with"):
        ops.change_powerset(build, catalog, 1, "Training_Gadgets.Training_and_Gadgets")


def test_an_ancillary_set_of_another_archetype_is_replaced() -> None:
    catalog, build = packed_catalog(), empty_blaster()
    wrong = replace(build, powersets=(*build.powersets[:7], PowersetId("Epic.Arctic_Mastery")))
    assert ops.normalise(wrong, catalog).powersets[7] == build.powersets[7]


def test_a_locked_pool_may_be_listed_twice() -> None:
    catalog = packed_catalog()
    build = taken("Pool.Fighting.Boxing")
    sets = list(build.powersets)
    first = sets.index(PowersetId("Pool.Fighting"))
    sets[6] = PowersetId("Pool.Fighting") if first != 6 else sets[6]
    twice = replace(build, powersets=tuple(sets))
    assert ops.lock_reason(twice, catalog, first)
    assert ops.lock_reason(twice, catalog, 6) == ""
    assert ops.lock_reason(replace(build, powersets=(PowersetId(""),) * 8), catalog, 3) == ""


def test_unknown_powers_are_left_as_they_are() -> None:
    catalog, build = packed_catalog(), taken(SNAP_SHOT)
    piece = SlottedEnhancement(EnhancementId("Crafted_Teapot"), level=99)
    odd = PowerEntry(PowerId("Pool.Fudge.Soft"), 2, tuple(Slot(2, piece) for _ in range(9)), True)
    build = build.with_entry(2, odd)
    assert ops.normalise(build, catalog).entries[2] == odd
    assert ops.running_rivals(build, catalog, 2) == ()
    with pytest.raises(RuleViolationError, match="cannot be switched"):
        ops.set_included(build, catalog, 2, False)
    with pytest.raises(RuleViolationError, match="do not know this power"):
        ops.add_slot(build, catalog, 2)
    assert ops.pick_for(build, catalog, "Pool.Fudge.Soft") is None


def test_unknown_pieces_stay_and_unfit_alternates_go() -> None:
    catalog, build = packed_catalog(), taken(SNAP_SHOT)
    teapot = SlottedEnhancement(EnhancementId("Crafted_Teapot"))
    heal = SlottedEnhancement(EnhancementId("Crafted_Heal"))
    build = build.with_entry(0, replace(build.entries[0], slots=(Slot(1, teapot, heal),)))
    (slot,) = ops.normalise(build, catalog).entries[0].slots
    assert (slot.enhancement, slot.alternate) == (teapot, None)


def test_no_pick_left_is_said_with_the_level() -> None:
    catalog, build = packed_catalog(), empty_blaster()
    with pytest.raises(RuleViolationError, match="No empty pick at level 50"):
        ops.take_power(build, catalog, "Pool.Fighting.Boxing", 50)


def test_a_refused_slot_says_why() -> None:
    with pytest.raises(RuleViolationError, match="takes no enhancements"):
        defiance = index_of(empty_blaster(), "Inherent.Inherent.Defiance")
        ops.add_slot(empty_blaster(), packed_catalog(), defiance)


def test_a_finished_set_has_no_next_piece() -> None:
    made = document(taken(SNAP_SHOT))
    for _ in range(5):
        made.do(commands.add_slot(made, 0))
    made.do(commands.fill_with_set(made, 0, "Decimation"))
    assert made.last_piece is not None
    assert ops.next_piece(made.build, made.catalog, 0, made.last_piece) is None
    with pytest.raises(RuleViolationError, match="No further piece"):
        commands.next_piece(made, 0, 0)
    exchanged = ops.swap_slot_contents(made.build, made.catalog, (0, 0), (0, 5))
    assert exchanged.entries[0].slots[0].enhancement == made.build.entries[0].slots[5].enhancement
