import pytest

from midsdesk.edit import operations as ops
from midsdesk.edit.diff import diff
from midsdesk.errors import RuleViolationError
from midsdesk.model.vocab import Alignment
from tests.helpers.builds import ARCHERY, SNAP_SHOT, empty_blaster, taken
from tests.helpers.gamedata import packed_catalog

PLAYABLE = [item.id for item in packed_catalog().archetypes() if item.playable]


@pytest.mark.parametrize("archetype", PLAYABLE)
def test_a_new_build_of_every_archetype_is_whole(archetype: str) -> None:
    catalog = packed_catalog()
    build = ops.new_build(catalog, archetype)
    assert len(build.picks) == build.pick_count == 24
    assert len(build.powersets) == 8
    assert all(entry.is_empty for entry in build.picks)
    assert [entry.level for entry in build.picks][:5] == [1, 1, 2, 4, 6]
    names = [entry.power for entry in build.others]
    for basic in ("Inherent.Fitness.Health", "Inherent.Fitness.Stamina", "Inherent.Inherent.Rest"):
        assert basic in names
    assert build == ops.normalise(build, catalog)


def test_autos_start_switched_on() -> None:
    build = empty_blaster()
    assert build.entries[build.find("Inherent.Fitness.Health") or 0].included


def test_unknown_archetype_is_refused() -> None:
    with pytest.raises(RuleViolationError, match="Class_Sorcerer"):
        ops.new_build(packed_catalog(), "Class_Sorcerer")


def test_changing_the_archetype_keeps_the_name() -> None:
    catalog = packed_catalog()
    build = ops.set_comment(taken(SNAP_SHOT), "plan")
    changed = ops.change_archetype(build, catalog, "Class_Scrapper")
    assert (changed.name, changed.comment, changed.origin) == ("Ash", "plan", "Science")
    assert all(entry.is_empty for entry in changed.picks)
    assert ops.change_archetype(build, catalog, "Class_Blaster") is build


def test_picks_follow_a_changed_primary_by_position() -> None:
    catalog = packed_catalog()
    build = taken(SNAP_SHOT, f"{ARCHERY}.Rain_of_Arrows")
    changed = ops.change_powerset(build, catalog, 0, "Blaster_Ranged.Fire_Blast")
    old, new = catalog.powers(ARCHERY), catalog.powers("Blaster_Ranged.Fire_Blast")
    position = [str(power.id) for power in old].index(SNAP_SHOT)
    assert changed.entries[0].power == new[position].id
    assert changed.entries[0].level == 1
    back = ops.change_powerset(changed, catalog, 0, ARCHERY)
    assert [entry.power for entry in back.picks] == [entry.power for entry in build.picks]


def test_a_pool_in_use_is_locked() -> None:
    catalog = packed_catalog()
    build = taken("Pool.Fighting.Boxing")
    place = build.powersets.index("Pool.Fighting")
    with pytest.raises(RuleViolationError, match="Powers of Fighting are in the build"):
        ops.change_powerset(build, catalog, place, "Pool.Speed")


def test_choosing_a_pool_of_another_place_exchanges_the_two() -> None:
    catalog = packed_catalog()
    build = empty_blaster()
    first, second = build.powersets[3], build.powersets[4]
    changed = ops.change_powerset(build, catalog, 3, second)
    assert changed.powersets[3:5] == (second, first)


@pytest.mark.parametrize("name", ["Pool.Fudge", "Scrapper_Melee.Claws", ""])
def test_sets_of_others_are_refused(name: str) -> None:
    with pytest.raises(RuleViolationError):
        ops.change_powerset(empty_blaster(), packed_catalog(), 0, name)


def test_small_things() -> None:
    catalog, build = packed_catalog(), empty_blaster()
    assert ops.set_origin(build, catalog, "Magic").origin == "Magic"
    with pytest.raises(RuleViolationError):
        ops.set_origin(build, catalog, "Chocolate")
    assert ops.set_alignment(build, catalog, Alignment.ROGUE).alignment == Alignment.ROGUE
    assert ops.set_name(build, "  Cinder   Volt ").name == "Cinder Volt"


def test_form_powers_come_and_go_with_their_form() -> None:
    catalog = packed_catalog()
    build = ops.new_build(catalog, "Class_Peacebringer")
    build = ops.change_powerset(build, catalog, 0, "Peacebringer_Offensive.Luminous_Blast")
    nova, bolt = (
        "Peacebringer_Offensive.Luminous_Blast.Bright_Nova",
        "Inherent.Inherent.Bright_Nova_Bolt",
    )
    with_form = ops.take_power(build, catalog, nova)
    index = with_form.find(bolt)
    assert index is not None
    assert with_form.entries[index].level == with_form.entries[with_form.find(nova) or 0].level
    assert ops.remove_power(with_form, catalog, with_form.find(nova) or 0) == build


def test_diff_tells_what_changed() -> None:
    build = empty_blaster()
    assert diff(build, build).is_empty
    assert diff(build, taken(SNAP_SHOT)).entries == (0,)
    renamed = diff(build, ops.set_name(build, "Other"))
    assert renamed.character
    assert not renamed.entries
    shorter = diff(build, ops.new_build(packed_catalog(), "Class_Mastermind"))
    assert shorter.character
