import pytest

from midsdesk.rules.requirements import held_levels, meets, power_name, unmet
from tests.helpers.builds import RAIN_OF_ARROWS, empty_blaster, taken
from tests.helpers.gamedata import packed_catalog

TOUGH, WEAVE = "Pool.Fighting.Tough", "Pool.Fighting.Weave"


@pytest.mark.parametrize(
    ("power", "level", "expected"),
    [
        pytest.param(RAIN_OF_ARROWS, 31, "needs level 32", id="one level too early"),
        pytest.param(RAIN_OF_ARROWS, 32, "", id="at its level"),
        pytest.param(TOUGH, 14, "needs Boxing or Kick", id="one of two"),
        pytest.param(WEAVE, 20, "needs two of Boxing, Kick and Tough", id="two of three"),
        pytest.param(
            "Scrapper_Melee.Claws.Follow_Up", 50, "", id="the set, not the power, names the class"
        ),
        pytest.param("Epic.Arctic_Mastery.Chilblain", 50, "not for this archetype", id="class"),
    ],
)
def test_reason(power: str, level: int, expected: str) -> None:
    catalog = packed_catalog()
    known = catalog.power(power)
    assert known is not None
    assert unmet(known, empty_blaster(), level, catalog) == expected


def test_a_requirement_counts_only_from_the_level_it_is_taken_at() -> None:
    catalog = packed_catalog()
    build = taken("Pool.Fighting.Boxing")
    tough = catalog.power(TOUGH)
    assert tough is not None
    assert unmet(tough, build, 14, catalog) == ""
    index = build.find("Pool.Fighting.Boxing")
    assert index is not None
    assert build.entries[index].level == 4


def test_meets_and_unmet_agree_on_every_power_a_blaster_sees() -> None:
    catalog, build = packed_catalog(), taken("Pool.Fighting.Boxing", RAIN_OF_ARROWS)
    held = held_levels(build)
    for powerset in catalog.powersets_of(build.archetype):
        for power in catalog.powers(powerset.id):
            for level in (1, 20, 50):
                assert meets(power, build.archetype, level, held) == (
                    unmet(power, build, level, catalog) == ""
                ), power.id


def test_an_unknown_power_is_named_by_its_last_part() -> None:
    assert power_name("Pool.Chocolate.Hot_Fondue", packed_catalog()) == "Hot Fondue"
