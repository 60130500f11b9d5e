import pytest

from midsdesk.edit import operations as ops
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build
from midsdesk.model.vocab import Alignment
from tests.helpers.builds import SNAP_SHOT, empty_blaster, taken
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
ACCOLADES = "Temporary_Powers.Accolades"
COMMANDER, INVADER = f"{ACCOLADES}.Task_Force_Commander", f"{ACCOLADES}.Invader"
AGILITY, MUSCULATURE = "Incarnate.Alpha.Agility_Boost", "Incarnate.Alpha.Musculature_Boost"


def names(build: Build) -> list[str]:
    return [entry.power for entry in build.others]


def test_an_accolade_comes_switched_on_at_the_last_level() -> None:
    build = ops.add_other(empty_blaster(), CATALOG, COMMANDER)
    entry = build.entries[build.find(COMMANDER) or 0]
    assert (entry.level, entry.included) == (50, True)
    assert entry in build.others
    index = build.find(COMMANDER)
    assert index is not None
    assert ops.remove_power(build, CATALOG, index) == empty_blaster()


def test_one_power_for_each_incarnate_slot() -> None:
    build = ops.add_other(empty_blaster(), CATALOG, AGILITY)
    build = ops.add_other(build, CATALOG, MUSCULATURE)
    assert build.find(AGILITY) is None
    assert build.find(MUSCULATURE) is not None
    build = ops.add_other(build, CATALOG, "Incarnate.Destiny.Ageless_Invocation")
    assert build.find(MUSCULATURE) is not None


@pytest.mark.parametrize(
    ("hero", "villain"),
    [
        ("The_Atlas_Medallion", "Marshall"),
        ("Portal_Jockey", "Born_In_Battle"),
        ("Task_Force_Commander", "Invader"),
        ("Freedom_Phalanx_Reserve", "High_Pain_Threshold"),
        ("Eye_of_the_Magus", "Demonic_Aura"),
        ("Vanguard_Medal", "Megalomaniac"),
        ("Geas_of_the_Kind_Ones", "Force_of_Nature"),
    ],
)
def test_a_change_of_sides_exchanges_the_accolades_of_factions(hero: str, villain: str) -> None:
    build = ops.add_other(empty_blaster(), CATALOG, f"{ACCOLADES}.{hero}")
    dark = ops.set_alignment(build, CATALOG, Alignment.VILLAIN)
    assert dark.find(f"{ACCOLADES}.{villain}") is not None
    assert dark.find(f"{ACCOLADES}.{hero}") is None
    assert ops.set_alignment(dark, CATALOG, Alignment.HERO) == build


def test_what_has_no_counterpart_stays() -> None:
    build = ops.add_other(empty_blaster(), CATALOG, f"{ACCOLADES}.Iron_Man")
    dark = ops.set_alignment(build, CATALOG, Alignment.VILLAIN)
    assert dark.find(f"{ACCOLADES}.Iron_Man") is not None


def test_refusals() -> None:
    with pytest.raises(RuleViolationError, match="do not know"):
        ops.add_other(empty_blaster(), CATALOG, "No.Such.Power")
    with pytest.raises(RuleViolationError, match="is picked, not added"):
        ops.add_other(empty_blaster(), CATALOG, SNAP_SHOT)
    build = ops.add_other(empty_blaster(), CATALOG, COMMANDER)
    with pytest.raises(RuleViolationError, match="already"):
        ops.add_other(build, CATALOG, COMMANDER)


def test_prestige_toggles_wait_to_be_switched_on() -> None:
    name = "Inherent.Inherent.Prestige_Ninja_Run"
    build = ops.add_other(taken(SNAP_SHOT), CATALOG, name)
    index = build.find(name)
    assert index is not None
    assert (build.entries[index].level, build.entries[index].included) == (0, False)
