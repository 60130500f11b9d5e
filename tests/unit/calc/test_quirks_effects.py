from typing import cast

import pytest

from midsdesk.app.quirks_view import quirk_list, quirk_rows, quirk_search
from midsdesk.calc.engine import Engine, UnknownArchetypeError
from midsdesk.calc.quirk_effects import quirk_effects
from midsdesk.calc.quirks import Quirk
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.ids import ArchetypeId
from midsdesk.model.settings import CalcSettings, Rules
from tests.helpers.characters import character, entry, so
from tests.helpers.gamedata import packed_catalog
from tests.unit.calc.quirk_world import HOST, World, defense, power

# Typed 10 % and untyped 5 %: only the old planner loses the untyped.
BUILD = Build(ArchetypeId("Class_Scrapper"), entries=(entry(HOST),))
MADE = World([power(HOST, defense(), defense(0.05, damage_type=0))])


def engine() -> Engine:
    return Engine(cast(Catalog, MADE))


@pytest.mark.parametrize(
    ("rules", "before", "after"), [(Rules.GAME, 0.15, 0.1), (Rules.MIDS, 0.1, 0.15)]
)
def test_a_quirk_names_the_totals_it_changes(rules: Rules, before: float, after: float) -> None:
    found = dict(quirk_effects(BUILD, engine(), CalcSettings(rules=rules)))
    assert set(found) == set(Quirk)
    smashing = next(each for each in found[Quirk.UNTYPED_DEFENSE_LOST] if each.index == 1)
    assert smashing.total == "defense"
    assert (smashing.before, smashing.after) == pytest.approx((before, after))
    assert not found[Quirk.SLOW_RAISES_SPEED_BUFFS]


def test_the_window_gets_words_and_what_matters_first() -> None:
    rows = quirk_rows(BUILD, engine(), CalcSettings())
    assert len(rows) == len(Quirk)
    changing = [bool(row.changes) for row in rows]
    assert changing == sorted(changing, reverse=True)
    row = next(each for each in rows if each.id == Quirk.UNTYPED_DEFENSE_LOST.value)
    change = next(each for each in row.changes or () if each.name == "Smashing defense")
    assert (change.before, change.after) == ("15.00 %", "10.00 %")
    speeds = next(each for each in rows if each.id == Quirk.SPEED_CAPS_NOT_COPIED.value)
    assert speeds.changes and speeds.changes[0].before == "135.67 ft/s"


def test_an_unknown_archetype_is_named() -> None:
    with pytest.raises(UnknownArchetypeError, match="Class_Nobody"):
        quirk_effects(Build(ArchetypeId("Class_Nobody")), engine(), CalcSettings())


_WORK = (
    "Blaster_Ranged.Fire_Blast.Blaze",
    "Blaster_Ranged.Fire_Blast.Fire_Blast",
    "Blaster_Ranged.Fire_Blast.Flares",
    "Blaster_Ranged.Fire_Blast.Fire_Ball",
)


@pytest.mark.parametrize(
    ("powers", "names"),
    [
        (1, ["Hit chance of Blaze"]),
        (4, ["Hit chance of Blaze and 3 more powers"]),
    ],
)
def test_figures_of_powers_count_too(powers: int, names: list[str]) -> None:
    """At a base chance of 90 % two accuracy pieces pass 95 %, which only the game bounds.

    One of a single origin is 33.3 % on schedule A, two are 66.6 %, below the 70 % where it begins
    to diminish: 0.9 × 1.666 = 149.94 %; 95 % in the game.
    """
    build = character("Class_Blaster", {name: [so("Accuracy")] * 2 for name in _WORK[:powers]})
    settings = CalcSettings(scaling_to_hit=0.9)
    rows = quirk_rows(build, Engine(packed_catalog()), settings)
    row = next(each for each in rows if each.id == Quirk.HIT_CHANCE_UNBOUNDED.value)
    assert row.changes is not None
    assert [each.name for each in row.changes] == names
    assert (row.changes[0].before, row.changes[0].after) == ("95.0 %", "149.9 %")
    assert row.changes[0].entry == 0


def test_before_the_search_all_are_listed_without_an_effect() -> None:
    rows = quirk_list()
    assert [row.id for row in rows] == [quirk.value for quirk in Quirk]
    assert {row.changes for row in rows} == {None}


def test_the_search_in_steps_ends_with_all_of_them() -> None:
    steps = list(quirk_search(BUILD, cast(Catalog, MADE), CalcSettings()))
    rows = [row for row in steps if row is not None]
    assert sorted(rows, key=lambda row: not row.changes) == list(
        quirk_rows(BUILD, engine(), CalcSettings())
    )
    assert len(steps) > 2 * len(rows)
