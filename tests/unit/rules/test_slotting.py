from dataclasses import replace

import pytest

from midsdesk.app import commands
from midsdesk.edit import operations as ops
from midsdesk.model.build import Build, Slot, SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.rules.slotting import (
    accepts,
    family,
    piece_refusal,
    slotted_pieces,
    slotting_problems,
)
from tests.helpers.builds import SAMPLES, SNAP_SHOT, document, sample, taken
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared

AIMED = "Blaster_Ranged.Archery.Aimed_Shot"


def slotted(build: Build, index: int, slot: int, name: str) -> Build:
    piece = commands.make_piece(document(build), name)
    return ops.slot_enhancement(build, packed_catalog(), index, slot, piece)


def refusal(build: Build, index: int, slot: int, name: str) -> str:
    catalog = packed_catalog()
    piece = catalog.enhancement(name)
    assert piece is not None
    return piece_refusal(build, index, slot, piece, catalog)


def two_attacks() -> Build:
    catalog = packed_catalog()
    build = taken(SNAP_SHOT, "Blaster_Ranged.Archery.Blazing_Arrow")
    for _ in range(3):
        build = ops.add_slot(ops.add_slot(build, catalog, 0), catalog, 4)
    return build


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Crafted_Accuracy", "", id="class accepted"),
        pytest.param("Magic_Damage", "", id="origin enhancement accepted"),
        pytest.param("Crafted_Apocalypse_A", "", id="set type accepted"),
        pytest.param("Crafted_Heal", "Snap Shot does not take Healing.", id="class refused"),
        pytest.param(
            "Crafted_Luck_of_the_Gambler_A",
            "Snap Shot does not take Defense/Endurance.",
            id="set type refused",
        ),
    ],
)
def test_what_fits(name: str, expected: str) -> None:
    assert refusal(two_attacks(), 0, 0, name) == expected


def test_a_unique_piece_goes_once_into_a_build() -> None:
    build = slotted(two_attacks(), 0, 0, "Crafted_Apocalypse_A")
    assert refusal(build, 4, 0, "Crafted_Apocalypse_A") == "Unique, and already in Snap Shot."


def test_the_piece_it_replaces_does_not_count() -> None:
    build = slotted(two_attacks(), 0, 0, "Crafted_Apocalypse_A")
    assert refusal(build, 0, 0, "Crafted_Apocalypse_A") == ""


def test_a_set_piece_goes_once_into_a_power_and_again_into_another() -> None:
    build = slotted(two_attacks(), 0, 0, "Crafted_Decimation_A")
    assert refusal(build, 0, 1, "Crafted_Decimation_A") == "This piece is already in Snap Shot."
    assert refusal(build, 4, 1, "Crafted_Decimation_A") == ""


def test_plain_enhancements_may_repeat() -> None:
    build = slotted(two_attacks(), 0, 0, "Crafted_Accuracy")
    assert refusal(build, 0, 1, "Crafted_Accuracy") == ""


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["plain first", "superior first"])
def test_an_archetype_piece_excludes_its_superior_form(order: tuple[int, int]) -> None:
    forms = ("Attuned_Blasters_Wrath_A", "Superior_Attuned_Superior_Blasters_Wrath_A")
    build = two_attacks()
    power = packed_catalog().power(build.entries[0].power)
    piece = packed_catalog().enhancement(forms[0])
    assert power is not None
    assert piece is not None
    assert accepts(power, piece, packed_catalog())
    build = slotted(build, 0, 0, forms[order[0]])
    assert "Another form of it" in refusal(build, 4, 0, forms[order[1]])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attuned_Blistering_Cold_A", "Superior_Attuned_Blistering_Cold_A"),
        ("Attuned_Blasters_Wrath_C", "Superior_Attuned_Superior_Blasters_Wrath_C"),
        ("Attuned_Sentinels_Ward_A", "Superior_Attuned_Superior_Sentinel's_Ward_A"),
    ],
)
def test_forms_of_a_piece_are_one_family(one: str, other: str) -> None:
    assert family(one) == family(other)


def test_an_emptied_power_is_no_power() -> None:
    assert refusal(two_attacks(), 7, 0, "Crafted_Accuracy") != ""


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_all_problems_at_once_equal_one_by_one(name: str) -> None:
    catalog, build = packed_catalog(), sample(name)
    found = slotting_problems(build, catalog)
    for entry, slot, piece_id in slotted_pieces(build):
        piece = catalog.enhancement(piece_id)
        assert piece is not None
        assert found.get((entry, slot), "") == piece_refusal(build, entry, slot, piece, catalog)


def test_one_stealth_piece_excludes_the_others() -> None:
    catalog = packed_catalog()
    stealthy = [item for item in catalog.enhancements() if item.exclusive_group == 1]
    assert len(stealthy) == 4
    build = taken("Pool.Speed.Super_Speed", "Pool.Leaping.Long_Jump")
    homes = [build.find("Pool.Speed.Super_Speed"), build.find("Pool.Leaping.Long_Jump")]
    found = []
    for home in homes:
        assert home is not None
        power = catalog.power(build.entries[home].power)
        assert power is not None
        found.append(next(item for item in stealthy if accepts(power, item, catalog)))
    first, second = homes
    assert first is not None
    assert second is not None
    build = slotted(build, first, 0, found[0].id)
    assert refusal(build, second, 0, found[1].id).startswith("Excluded by")


def test_pieces_that_do_not_fit_are_among_the_problems() -> None:
    build = taken(SNAP_SHOT)
    piece = SlottedEnhancement(EnhancementId("Crafted_Heal"))
    build = build.with_entry(0, replace(build.entries[0], slots=(Slot(1, piece),)))
    assert slotting_problems(build, packed_catalog()) == {
        (0, 0): "Snap Shot does not take Healing."
    }
