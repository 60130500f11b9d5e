"""Set bonuses and the rule of five, seen on whole characters."""

from dataclasses import replace
from typing import Any

import pytest

from midsdesk.calc.set_bonus import RULE_OF_FIVE, is_for_pets
from midsdesk.model.build import Build
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Attribute, Entities
from tests.helpers.characters import (
    BOTH,
    GAME,
    MIDS,
    calculate,
    character,
    entry,
    overlay,
    piece,
    power,
    wearing,
)

LOTG, GLADIATOR = "Luck_of_the_Gambler", "Gladiators_Armor"
WEAVE = "Pool.Fighting.Weave"

both = pytest.mark.parametrize("rules", BOTH)


def bonuses(build: Build, rules: Rules = GAME, **settings: Any) -> dict[str, int]:
    """The counted bonus powers, by their last names."""
    counted = calculate(build, rules, **settings).counted
    return {each.power.rpartition(".")[2]: each.counted for each in counted}


@both
@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        pytest.param(1, set(), id="one piece gives nothing"),
        pytest.param(2, {"Improved_Regeneration_4"}, id="two"),
        pytest.param(3, {"Improved_Regeneration_4", "Increased_Health_2"}, id="three"),
    ],
)
def test_bonuses_by_number_of_pieces(pieces: int, wanted: set[str], rules: Rules) -> None:
    assert bonuses(wearing(character("Class_Scrapper"), (LOTG, pieces)), rules).keys() == wanted


@both
def test_a_special_counts_alone_and_in_a_dark_power(rules: Rules) -> None:
    build = character("Class_Scrapper", {WEAVE: [piece(f"Crafted_{LOTG}_F")]}, off=[WEAVE])
    assert bonuses(build, rules) == {LOTG: 1}


@both
def test_pieces_in_two_powers_are_two_sets(rules: Rules) -> None:
    build = wearing(character("Class_Scrapper"), (LOTG, 1), (LOTG, 1))
    shown = calculate(build, rules)
    assert bonuses(build, rules) == {}
    assert [len(each.pieces) for each in shown.sets] == [1, 1]


@pytest.mark.parametrize(
    ("pvp", "wanted"),
    [
        pytest.param(False, {"Improved_Recovery_4", "Knockback_Protection_2"}, id="PvE"),
        pytest.param(
            True,
            {
                "Improved_Recovery_4",
                "Increased_Endurance_4",
                "Knockback_Protection_2",
                "Repel_Resist_4",
            },
            id="PvP: its own bonuses too",
        ),
    ],
)
def test_bonuses_of_a_mode(pvp: bool, wanted: set[str]) -> None:
    build = wearing(character("Class_Scrapper"), (GLADIATOR, 3))
    for rules in BOTH:
        assert bonuses(build, rules, pvp=pvp).keys() == wanted


def test_set_bonuses_can_be_ignored() -> None:
    build = wearing(character("Class_Scrapper"), (LOTG, 3))
    assert set(bonuses(build, ignore_set_bonuses=True).values()) == {0}
    shown = calculate(build, ignore_set_bonuses=True)
    assert shown.totals == calculate(character("Class_Scrapper")).totals


@both
def test_bonuses_for_pets_are_counted_but_give_the_character_nothing(rules: Rules) -> None:
    bonus = "Set_Bonus.Set_Bonus.Improved_Regeneration_4"
    for_pets = power(bonus, entities_affected=Entities.MY_PET, target=Entities.MY_PET)
    assert is_for_pets(for_pets)
    assert not is_for_pets(power(bonus))
    build = wearing(character("Class_Mastermind"), (LOTG, 2))
    shown = calculate(build, rules, overlay(for_pets))
    assert [(each.for_pets, each.count) for each in shown.counted] == [(True, 1)]
    assert shown.totals.regeneration == 0
    assert calculate(build, rules).totals.regeneration == pytest.approx(0.1)


@pytest.mark.parametrize("copies", [4, 5, 6, 9])
def test_never_more_than_five(copies: int) -> None:
    build = wearing(character("Class_Scrapper"), *[(LOTG, 2)] * copies)
    shown = calculate(build)
    counted = min(copies, RULE_OF_FIVE)
    assert shown.totals.regeneration == pytest.approx(0.1 * counted)
    assert sum(len(each.over_five) for each in shown.sets) == copies - counted


def test_slots_bought_above_the_top_level_give_sets_in_the_old_planner_only() -> None:
    slots = [piece(f"Crafted_{LOTG}_{letter}") for letter in "AB"]
    late = entry(WEAVE, slots, slot_level=51)
    build = replace(character("Class_Scrapper"), entries=(late,), pick_count=1)
    assert bonuses(build, MIDS) == {"Improved_Regeneration_4": 1}
    assert bonuses(build, GAME) == {}


@both
def test_bonuses_reach_the_sums(rules: Rules) -> None:
    shown = calculate(wearing(character("Class_Scrapper"), (LOTG, 4)), rules)
    assert shown.own_sums[Attribute.ACCURACY] == pytest.approx(0.09)
    assert shown.own_sums[Attribute.REGENERATION] == pytest.approx(0.1)
    # 0.1125 of the self-heal table, 133.862 for scrappers.
    assert shown.own_sums[Attribute.HIT_POINTS] == pytest.approx(0.1125 * 133.862, rel=1e-5)
