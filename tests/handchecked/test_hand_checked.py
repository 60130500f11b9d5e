"""The builds of docs/hand-checked.md: its arithmetic holds, and the calculator answers the same."""

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest

from midsdesk.calc.calculation import Calculation
from midsdesk.model.build import Build
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Attribute, DamageType, StatusEffect
from tests.helpers.characters import (
    Piece,
    calculate,
    character,
    effects,
    entry,
    io,
    numbers_of,
    piece,
)
from tests.helpers.gamedata import ROOT, default_catalog

DOCUMENT = ROOT / "docs" / "hand-checked.md"
ATTACK = (
    io("Accuracy"),
    *[io("Damage")] * 3,
    io("Recharge"),
    io("Endurance_Discount"),
)


@dataclass(frozen=True)
class Sheet:
    """A build of the document. `light`: what is lit for the lines "with the light"."""

    attack: str
    support: str
    pieces: Sequence[Piece]
    light: str = ""


DEFENSE = [io("Defense_Buff")] * 3
RESISTANCE = [io("Res_Damage")] * 3
LUCK = [piece(f"Crafted_Luck_of_the_Gambler_{place}") for place in "AF"]
SHEETS: Mapping[str, Sheet] = {
    "Blaster": Sheet("Blaster_Ranged.Energy_Blast.Power_Bolt", "Pool.Leadership.Defense", DEFENSE),
    "Controller": Sheet(
        "Controller_Control.Fire_Control.Ring_of_Fire",
        "Pool.Leadership.Defense",
        DEFENSE,
        "Inherent.Inherent.Containment",
    ),
    "Defender": Sheet("Defender_Ranged.Dark_Blast.Dark_Blast", "Pool.Leadership.Defense", DEFENSE),
    "Corruptor": Sheet(
        "Corruptor_Ranged.Ice_Blast.Ice_Bolt",
        "Corruptor_Buff.Cold_Domination.Arctic_Fog",
        DEFENSE,
        "Inherent.Inherent.Scourge",
    ),
    "Mastermind": Sheet(
        "Mastermind_Summon.Robotics.Pulse_Rifle_Blast",
        "Pool.Leadership.Tactics",
        [io("ToHit_Buff")] * 3,
    ),
    "Dominator": Sheet(
        "Dominator_Assault.Icy_Assault.Ice_Sword", "Pool.Speed.Hasten", [io("Recharge")] * 3
    ),
    "Scrapper": Sheet(
        "Scrapper_Melee.Katana.Hack",
        "Scrapper_Defense.Super_Reflexes.Focused_Fighting",
        LUCK,
        "Inherent.Inherent.Critical_Hit",
    ),
    "Stalker": Sheet(
        "Stalker_Melee.Broad_Sword.Hack",
        "Stalker_Defense.Super_Reflexes.Focused_Fighting",
        DEFENSE,
        "Inherent.Inherent.Assassination",
    ),
    "Tanker": Sheet(
        "Tanker_Melee.Super_Strength.Haymaker",
        "Tanker_Defense.Invulnerability.Temp_Invulnerability",
        RESISTANCE,
    ),
    "Brute": Sheet(
        "Brute_Melee.Super_Strength.Haymaker", "Brute_Defense.Fiery_Aura.Fire_Shield", RESISTANCE
    ),
    "Sentinel": Sheet(
        "Sentinel_Ranged.Energy_Blast.Power_Bolt",
        "Sentinel_Defense.Energy_Aura.Kinetic_Shield",
        DEFENSE,
    ),
    "Peacebringer": Sheet(
        "Peacebringer_Offensive.Luminous_Blast.Gleaming_Blast",
        "Peacebringer_Defensive.Luminous_Aura.Shining_Shield",
        RESISTANCE,
    ),
    "Warshade": Sheet(
        "Warshade_Offensive.Umbral_Blast.Shadow_Blast",
        "Warshade_Defensive.Umbral_Aura.Gravity_Shield",
        RESISTANCE,
    ),
    "Arachnos Soldier": Sheet(
        "Arachnos_Soldiers.Arachnos_Soldier.Bayonet",
        "Training_Gadgets.Training_and_Gadgets.Wolf_Spider_Armor",
        RESISTANCE,
    ),
    "Arachnos Widow": Sheet(
        "Widow_Training.Widow_Training.Strike", "Teamwork.Teamwork.Indomitable_Will", RESISTANCE
    ),
}
# Against an opponent three levels above.
BASE_TO_HIT = 0.48
LIT = " with the light"
_LINE = re.compile(r"^(?P<what>[a-z][a-z -]+?) = (?P<how>.+) = (?P<value>-?\d+\.\d+)$")


@cache
def lines() -> dict[str, list[tuple[str, str, float]]]:
    """Archetype -> what, arithmetic, value."""
    found: dict[str, list[tuple[str, str, float]]] = {}
    for section in DOCUMENT.read_text("utf-8").split("\n## ")[1:]:
        name, _, rest = section.partition("\n")
        found[name] = [
            (match["what"], match["how"], float(match["value"]))
            for text in rest.splitlines()
            if (match := _LINE.match(text))
        ]
    return found


_SIGNS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def counted(node: ast.expr) -> float:
    """Numbers and the four operations, nothing else."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -counted(operand)
        case ast.BinOp(left=left, op=sign, right=right):
            return _SIGNS[type(sign)](counted(left), counted(right))
    raise ValueError(ast.dump(node))


def build_of(name: str, *, lit: bool = False) -> Build:
    sheet = SHEETS[name]
    powers = {sheet.attack: ATTACK, sheet.support: sheet.pieces}
    made = character(f"Class_{name.replace(' ', '_')}", powers)
    if sheet.light:
        light = entry(sheet.light, included=lit)
        made = replace(made, entries=(*made.entries, light))
    return made


def asked(what: str, found: Calculation, sheet: Sheet) -> float:
    """The calculator's answer to a line of the document."""
    totals = found.totals
    word, _, rest = what.removesuffix(LIT).partition(" ")
    if word in ("defense", "resistance"):
        return float(getattr(totals, word)[DamageType[rest.upper()]])
    if word in ("attack", "support", "immobilize") or what == "to-hit debuff":
        return of_power(word, rest, found, sheet)
    return {
        "hit points": totals.hit_points,
        "stun protection": totals.status_protection[StatusEffect.STUNNED],
        "endurance use": totals.endurance_use,
        "to-hit": totals.to_hit,
        "haste": totals.haste,
        "regeneration": totals.regeneration,
    }[what]


def of_power(word: str, rest: str, found: Calculation, sheet: Sheet) -> float:
    """The answer to a line about one of the two powers."""
    numbers = numbers_of(found, sheet.support if word == "support" else sheet.attack)
    if word == "immobilize":
        certain = effects(numbers, Attribute.STATUS, status=StatusEffect.IMMOBILIZED)
        return max(each.duration for each in certain if each.probability == 1)
    if word == "to-hit":
        return effects(numbers, Attribute.TO_HIT)[0].magnitude
    return float(getattr(numbers.enhanced, {"endurance": "endurance_cost"}.get(rest, rest)))


def test_every_archetype_of_a_player_has_a_build() -> None:
    played = {
        each.id.removeprefix("Class_") for each in default_catalog().archetypes() if each.playable
    }
    assert {name.replace(" ", "_") for name in lines()} == played
    assert set(lines()) == set(SHEETS)
    assert all(len(each) >= 6 for each in lines().values())


@pytest.mark.parametrize("name", SHEETS)
def test_the_arithmetic_holds(name: str) -> None:
    for what, how, value in lines()[name]:
        assert counted(ast.parse(how, mode="eval").body) == pytest.approx(value, abs=6e-6), what


@pytest.mark.parametrize("name", SHEETS)
def test_the_calculator_answers_the_same(name: str) -> None:
    dark, lit = (
        calculate(
            build_of(name, lit=light), Rules.GAME, default_catalog(), scaling_to_hit=BASE_TO_HIT
        )
        for light in (False, True)
    )
    answers = {
        what: asked(what, lit if what.endswith(LIT) else dark, SHEETS[name])
        for what, _, _ in lines()[name]
    }
    expected = {what: pytest.approx(value, rel=2e-4, abs=2e-5) for what, _, value in lines()[name]}
    assert answers == expected
