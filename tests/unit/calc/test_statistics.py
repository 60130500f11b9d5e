import pytest

from midsdesk.calc.statistics import MPH, PER_SECOND
from midsdesk.model.totals import Statistic
from tests.helpers.characters import BOTH, GAME, calculate, character, statistic

TYPES = ["smashing", "lethal", "fire", "cold", "energy", "negative", "toxic", "psionic"]
POSITIONS = ["melee", "ranged", "aoe"]
STATUS = [
    "held",
    "stunned",
    "sleep",
    "immobilized",
    "knockback",
    "repel",
    "confused",
    "terrorized",
    "taunt",
    "placate",
    "teleport",
]
DEBUFFS = [
    "defense",
    "endurance",
    "recovery",
    "perception_radius",
    "to_hit",
    "recharge_time",
    "speed_running",
    "regeneration",
]
WEAVE, HEALTH = "Pool.Fighting.Weave", "Inherent.Fitness.Health"


def shown(pvp: bool = False) -> tuple[Statistic, ...]:
    return calculate(character("Class_Scrapper"), GAME, pvp=pvp).statistics


def keys() -> list[str]:
    return [each.key for each in shown()]


def test_every_row_of_the_old_planner_is_there_once() -> None:
    wanted = {f"defense.{kind}" for kind in (*TYPES, *POSITIONS)}
    wanted |= {f"elusivity.{kind}" for kind in (*TYPES, *POSITIONS)}
    wanted |= {f"resistance.{kind}" for kind in TYPES}
    wanted |= {f"protection.{kind}" for kind in STATUS}
    wanted |= {f"status_resistance.{kind}" for kind in STATUS}
    wanted |= {f"debuff_resistance.{kind}" for kind in DEBUFFS}
    wanted |= {"hit_points", "absorb", "regeneration", "regeneration.per_second"}
    wanted |= {"endurance", "recovery", "recovery.per_second", "endurance_use", "endurance_net"}
    wanted |= {"haste", "damage", "to_hit", "accuracy", "endurance_discount", "range", "threat"}
    wanted |= {"run_speed", "jump_speed", "fly_speed", "jump_height", "perception"}
    wanted |= {"stealth_pve", "stealth_pvp"}
    assert set(keys()) >= wanted
    assert len(keys()) == len(set(keys()))


def test_a_naked_character_shows_its_base_values() -> None:
    for each in shown():
        if each.key in ("fly_speed", "endurance_net"):
            continue
        assert each.value == pytest.approx(each.base), each.key
        assert each.value == each.uncapped, each.key


def test_elusivity_shows_40_percent_more_in_pvp() -> None:
    assert {each.value for each in shown() if each.key.startswith("elusivity")} == {0}
    assert {each.value for each in shown(pvp=True) if each.key.startswith("elusivity")} == {40}


def test_protection_is_shown_positive_and_a_weakness_as_none() -> None:
    power = "Scrapper_Defense.Super_Reflexes.Focused_Fighting"
    for rules in BOTH:
        result = calculate(character("Class_Scrapper", {power: ()}), rules)
        stored = result.totals.status_protection
        assert min(stored) < 0
        assert statistic(result, "protection.confused") == -min(stored)
        assert statistic(result, "protection.held") == 0


def test_units_of_speed_and_time() -> None:
    assert abs(PER_SECOND * 60 - 100) < 1e-9
    assert abs(MPH * 5280 / 3600 - 1) < 1e-6
