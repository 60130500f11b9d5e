"""Sets & bonuses by hand: five Luck of the Gambler count, the sixth is over."""

import pytest

from midsdesk.app.document import Document
from midsdesk.app.sets_view import BonusLine, FiveRow, SetRow, SetsView, sets_view
from midsdesk.calc.engine import Engine
from midsdesk.model.build import Build
from tests.helpers.characters import character, piece
from tests.helpers.gamedata import packed_catalog

LUCK = "Crafted_Luck_of_the_Gambler_"
CARRIERS = (
    "Pool.Invisibility.Stealth",
    "Pool.Invisibility.Invisibility",
    "Pool.Invisibility.Grant_Invisibility",
    "Pool.Flight.Combat_Flight",
    "Pool.Leadership.Defense",
    "Pool.Leaping.Combat_Jumping",
)


def view_of(build: Build) -> SetsView:
    catalog = packed_catalog()
    return sets_view(Document(build, catalog, Engine(catalog)))


def lucky(count: int) -> SetsView:
    """So many powers with the piece that gives recharge wherever it sits."""
    powers = {name: [piece(f"{LUCK}F")] for name in CARRIERS[:count]}
    return view_of(character("Class_Blaster", powers))


def luck(view: SetsView) -> FiveRow:
    return next(row for row in view.fives if "recharge" in row.text)


def haste(view: SetsView) -> str:
    return next(row.text for row in view.sums if row.total == "haste")


@pytest.mark.parametrize(("copies", "sum_"), [(1, "+7.5 %"), (4, "+30.0 %"), (5, "+37.5 %")])
def test_up_to_five_copies_count(copies: int, sum_: str) -> None:
    view = lucky(copies)
    row = luck(view)
    assert (row.text, row.sources) == ("+7.5 % recharge", "Luck of the Gambler")
    assert (row.count, row.counted, row.over, row.chip) == (copies, copies, False, f"{copies} of 5")
    assert (row.entry, row.slot) == (-1, -1)
    assert haste(view) == sum_
    assert not any(each.over for each in view.rows)


def test_the_sixth_copy_is_over_and_names_its_slot() -> None:
    view = lucky(6)
    row = luck(view)
    assert (row.count, row.counted, row.over, row.chip) == (6, 5, True, "6 of 5")
    assert (row.entry, row.slot) == (5, 0)
    assert haste(view) == "+37.5 %"
    assert [each.over for each in view.rows] == [False] * 5 + [True]
    assert view.rows[5].lines[0] == BonusLine(1, "+7.5 % recharge", active=True, over=True)
    assert view.rows[5].spoken.endswith(
        "Combat Jumping, 1 of 6 pieces, a bonus is over the rule of five"
    )


def test_the_lines_of_a_set_by_its_pieces() -> None:
    # Two pieces: 10 % regeneration; three: 1.125 % hit points; four: 9 % accuracy; then resistance.
    pieces = [piece(f"{LUCK}{letter}") for letter in "ABC"]
    view = view_of(character("Class_Blaster", {CARRIERS[0]: [None, *pieces]}))
    (row,) = view.rows
    assert (row.name, row.power, row.entry, row.slot) == ("Luck of the Gambler", "Stealth", 0, 1)
    assert (row.pieces, row.most, row.over) == (3, 6, False)
    assert [(line.needed, line.active) for line in row.lines] == [
        (2, True),
        (3, True),
        (4, False),
        (5, False),
        (6, False),
    ]
    assert [line.text for line in row.lines[:3]] == [
        "+10 % regeneration",
        "+1.125 % hit points",
        "+9 % accuracy",
    ]
    assert [each.total for each in view.sums] == ["hit_points", "regeneration.per_second"]
    # A blaster of level 50 has 1204.8 hit points: 1.125 % of them are 13.6.
    assert view.sums[0].text == "+14"


def test_a_word_finds_sets_by_name_power_and_bonus() -> None:
    view = lucky(2)
    assert view.matching("") == view
    assert len(view.matching("LUCK gambler").rows) == 2
    assert [row.power for row in view.matching("stealth").rows] == ["Stealth"]
    assert len(view.matching("recharge").fives) == 1
    assert view.matching("knockback") == SetsView((), (), ())


def test_nothing_slotted_is_nothing_to_show() -> None:
    assert view_of(character("Class_Blaster", {CARRIERS[0]: [None]})) == SetsView((), (), ())


def test_rows_are_plain_values() -> None:
    assert isinstance(lucky(1).rows[0], SetRow) and lucky(1) == lucky(1)
