"""The game's rules for playing at a lower level, each by itself; see docs/quirks.md."""

from collections.abc import Iterable
from typing import cast

import pytest

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ids import ArchetypeId
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.vocab import Attribute
from tests.helpers.characters import Piece, entry, io, piece, so
from tests.helpers.gamedata import packed_catalog
from tests.unit.calc.quirk_world import HOST, OTHER, PROC, World, defense, effect, power, proc

ALPHA = "Incarnate.Alpha.Musculature_Boost"
LUCK = [piece(f"Crafted_Luck_of_the_Gambler_{each}", 30) for each in "AB"]
# Luck of the Gambler begins at level 25, Scrapper's Strike at level 10.
ATTUNED = [piece(f"Attuned_Scrappers_Strike_{each}", 50) for each in "AB"]
PURPLE = [piece(f"Crafted_Apocalypse_{each}") for each in "ABC"]


def played_at(level: int, entries: Iterable[PowerEntry], *powers: Power) -> Calculation:
    build = Build(ArchetypeId("Class_Scrapper"), entries=tuple(entries))
    engine = Engine(cast(Catalog, World(powers)))
    return engine.calculate(build, CalcSettings(rules=Rules.GAME, exemplar_level=level))


def raised(level: int, slotted: Piece) -> float:
    """What one recharge piece gives."""
    found = played_at(level, [entry(HOST, [slotted])], power(HOST)).power(0)
    assert found is not None
    return found.factors.recharge - 1


@pytest.mark.parametrize(
    ("level", "slotted", "strength"),
    [
        pytest.param(50, io("Recharge"), 0.424, id="no exemplar"),
        pytest.param(30, io("Recharge"), 0.348, id="an invention counts as of the level"),
        pytest.param(30, io("Recharge", 20), 0.256, id="a lower one as of its own"),
        pytest.param(5, io("Recharge"), 0.117, id="below 10 as of 10"),
        pytest.param(30, so("Recharge"), 0.333 * 0.348 / 0.424, id="origin shrinks alike"),
    ],
)
def test_strength_of_pieces(level: int, slotted: Piece, strength: float) -> None:
    assert raised(level, slotted) == pytest.approx(strength, rel=1e-5)


@pytest.mark.parametrize(("level", "counts"), [(50, True), (25, True), (24, False)])
def test_powers_up_to_five_levels_above_stay(level: int, counts: bool) -> None:
    found = played_at(level, [entry(HOST, level=30)], power(HOST, defense()))
    assert (found.totals.defense[1] > 0) is counts


def test_what_is_out_of_reach_is_dark_for_conditions() -> None:
    needs = defense(conditions=((f"Active:{OTHER}", "True"),))
    entries = [entry(HOST), entry(OTHER, level=30)]
    powers = power(HOST, needs), power(OTHER)
    assert played_at(25, entries, *powers).totals.defense[1] > 0
    assert played_at(24, entries, *powers).totals.defense[1] == 0


@pytest.mark.parametrize(("level", "works"), [(45, True), (44, False)])
def test_incarnates_need_level_45(level: int, works: bool) -> None:
    made = power(ALPHA, defense())
    found = played_at(level, [entry(ALPHA, level=50)], made)
    assert (found.totals.defense[1] > 0) is works


@pytest.mark.parametrize(
    ("pieces", "level", "works"),
    [
        pytest.param(LUCK, 27, True, id="three levels below"),
        pytest.param(LUCK, 26, False, id="four levels below"),
        pytest.param(ATTUNED, 7, True, id="attuned: three below the set's lowest"),
        pytest.param(ATTUNED, 6, False, id="attuned: four below"),
    ],
)
def test_reach_of_set_bonuses(pieces: list[Piece], level: int, works: bool) -> None:
    found = played_at(level, [entry(HOST, pieces)], power(HOST))
    assert any(each.bonus_powers for each in found.sets) is works


def test_a_bonus_in_reach_counts() -> None:
    found = played_at(27, [entry(HOST, LUCK)], power(HOST))
    assert found.totals.regeneration == pytest.approx(0.1)


def test_very_rare_sets_work_at_any_level() -> None:
    assert played_at(5, [entry(HOST, PURPLE)], power(HOST)).sets


def test_bonuses_of_a_power_out_of_reach_stay() -> None:
    found = played_at(28, [entry(HOST, LUCK, level=40)], power(HOST))
    assert found.totals.regeneration == pytest.approx(0.1)


@pytest.mark.parametrize(("level", "there"), [(47, True), (46, False)])
def test_procs_reach_as_far_as_bonuses(level: int, there: bool) -> None:
    entries = [entry(HOST, [piece("Crafted_Positrons_Blast_F", 50)])]
    found = played_at(level, entries, power(HOST), proc()).power(0)
    assert found is not None
    assert any(each.source == PROC for each in found.effects) is there


def test_tables_are_read_at_the_level() -> None:
    made = power(HOST, effect(Attribute.REGENERATION, modifier_table="By_Level"))
    assert played_at(20, [entry(HOST)], made).totals.regeneration == 20.0


def test_hit_points_shrink_as_self_heals_do() -> None:
    top, low = (packed_catalog().modifier("Melee_HealSelf", level, 3) for level in (50, 20))
    found = played_at(20, [entry(HOST)], power(HOST))
    assert found.totals.hit_points == pytest.approx(1339 * low / top, rel=1e-5)
