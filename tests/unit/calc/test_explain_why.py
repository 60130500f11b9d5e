"""The panel that tells why: plain values made from an explanation."""

import pytest

from midsdesk.app.document import Document
from midsdesk.app.info import power_info
from midsdesk.app.why import why, why_power
from midsdesk.calc.engine import Engine
from midsdesk.model.build import Build
from tests.helpers.builds import document as made_document
from tests.helpers.characters import character, io, piece, so
from tests.helpers.gamedata import packed_catalog

_WEAVE = "Pool.Fighting.Weave"
_TOUGH = "Pool.Fighting.Tough"


def _document(build: Build) -> Document:
    return Document(build, packed_catalog(), Engine(packed_catalog()))


def _build() -> Build:
    return character(
        "Class_Blaster",
        {
            _WEAVE: [io("Defense_Buff"), piece("Crafted_Luck_of_the_Gambler_F")],
            _TOUGH: [piece("Crafted_Steadfast_Protection_C")],
        },
    )


def test_the_panel_for_a_total() -> None:
    found = why(_document(_build()), "defense.ranged")
    assert found is not None
    assert found.title == "Ranged defense"
    assert found.note == "soft cap 45"
    assert found.value.endswith(" %")
    assert found.rows[0].name == "Weave" and found.rows[0].entry == 0
    assert found.rows[0].text.startswith("+")
    assert found.rows[0].children[0].name == "Base value"


def test_the_bar_is_never_wider_than_the_soft_cap() -> None:
    found = why(_document(_build()), "defense.ranged")
    assert found is not None
    assert 0 < sum(part.fill for part in found.bar) < 1
    assert {part.source for part in found.bar} <= {item.source for item in found.legend}


def test_a_number_of_a_power_has_a_panel_too() -> None:
    found = why_power(_document(_build()), 0, "endurance")
    assert found is not None
    assert found.title == "Endurance of Weave"
    assert found.bar


def test_what_is_not_counted_comes_with_its_reason() -> None:
    build = character("Class_Blaster", {_WEAVE: ()}, off=[_WEAVE])
    found = why(_document(build), "defense.ranged")
    assert found is not None
    assert [(each.name, each.text, each.reason) for each in found.not_counted] == [
        ("Weave", "+3.50 %", "the power is switched off")
    ]


def test_nothing_explains_itself_without_the_calculator() -> None:
    document = made_document()
    assert why(document, "haste") is None and why_power(document, 0, "damage") is None


def test_an_unknown_figure_is_a_defect() -> None:
    with pytest.raises(KeyError):
        why_power(_document(_build()), 0, "luck")


_DRONES = "Mastermind_Summon.Robotics.Battle_Drones"


def test_a_pet_is_told_with_its_powers_and_each_has_a_reason() -> None:
    """Smash of a drone: 1.16 × 25.0246 = 29.0285; with one single origin × 1.333 = 38.6950."""
    build = character("Class_Mastermind", {"Pool.Speed.Hasten": (), _DRONES: [so("Damage")]})
    document = _document(build)
    entry = build.find(_DRONES) or 0
    shown = power_info(document, entry=entry)
    assert shown is not None
    block = next(each for each in shown.effects if each.title == "Droid × 3")
    smash = next(each for each in block.effects if each.text.startswith("Smash: "))
    assert "38.7 smashing damage" in smash.text
    assert smash.in_force and smash.enhanced
    burst = next(each for each in block.effects if each.text.startswith("Heavy Laser Burst: "))
    assert burst.text.endswith("needs Equip Robot") and not burst.in_force
    found = why_power(document, entry, smash.key)
    assert found is not None
    assert (found.title, found.value) == ("Damage of Smash, Droid", "38.70")
    places = {(row.entry, row.slot) for row in found.rows[0].children if row.slot is not None}
    assert places == {(entry, 0)}, "the piece sits in the summoner's slot"
    assert why_power(document, entry, "pet.9.0.damage") is None
