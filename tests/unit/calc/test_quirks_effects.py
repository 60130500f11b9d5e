from typing import cast

import pytest

from midsdesk.app.quirks_view import quirk_rows
from midsdesk.calc.engine import Engine, UnknownArchetypeError
from midsdesk.calc.quirk_effects import quirk_effects
from midsdesk.calc.quirks import Quirk
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.ids import ArchetypeId
from midsdesk.model.settings import CalcSettings, Rules
from tests.helpers.characters import entry
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
    change = next(each for each in row.changes if each.name == "Smashing defense")
    assert (change.before, change.after) == ("15.00 %", "10.00 %")
    speeds = next(each for each in rows if each.id == Quirk.SPEED_CAPS_NOT_COPIED.value)
    assert speeds.changes[0].before == "135.67 ft/s"


def test_an_unknown_archetype_is_named() -> None:
    with pytest.raises(UnknownArchetypeError, match="Class_Nobody"):
        quirk_effects(Build(ArchetypeId("Class_Nobody")), engine(), CalcSettings())
