"""All numbers of a power: without anything, with its slots, with everything."""

import pytest

from midsdesk.calc.live import arcana_time
from midsdesk.calc.power_view import PowerView, power_view
from midsdesk.calc.power_view_alone import alone
from midsdesk.calc.power_view_strength import slot_gains
from midsdesk.model.build import Build
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import DamageType, Schedule
from tests.helpers.characters import calculate, character, io, so
from tests.helpers.gamedata import packed_catalog

_BLAZE = "Blaster_Ranged.Fire_Blast.Blaze"
_WEAVE = "Pool.Fighting.Weave"
_HASTEN = "Pool.Speed.Hasten"


def _view(build: Build, entry: int = 0, rules: Rules = Rules.GAME) -> PowerView:
    found = power_view(calculate(build, rules), entry)
    assert found is not None
    return found


def test_base_slotted_and_final_stand_side_by_side() -> None:
    view = _view(character("Class_Blaster", {_BLAZE: [io("Recharge")], _HASTEN: ()}))
    assert view.recharge.base == pytest.approx(10)
    assert view.recharge.slotted == pytest.approx(10 / 1.424, rel=1e-4)
    assert view.recharge.final == pytest.approx(10 / (1.424 + 0.7), rel=1e-4)
    assert view.endurance.base == view.endurance.slotted == view.endurance.final


def test_damage_by_type_with_ticks_and_chance() -> None:
    view = _view(character("Class_Blaster", {_BLAZE: ()}))
    direct, burning = view.parts
    assert direct.damage_type == burning.damage_type == DamageType.FIRE
    assert (direct.ticks, direct.chance) == (1, 1.0)
    assert (burning.ticks, burning.stops_at_miss) == (5, True)
    assert burning.chance == pytest.approx(0.8)
    # The first tick hits in 80 %, the next ones only if all before them did.
    expected = burning.magnitude * 0.8 * sum(0.8**tick for tick in range(5))
    assert burning.expected == pytest.approx(expected)
    assert view.damage[2].activation == pytest.approx(direct.expected + burning.expected)


def test_damage_by_the_second_and_the_animation_with_both_cast_times() -> None:
    view = _view(character("Class_Blaster", {_BLAZE: ()}))
    base = view.damage[0]
    assert view.arcana_time == pytest.approx(arcana_time(view.cast_time))
    assert base.second == pytest.approx(base.activation / (10 + view.cast_time))
    assert base.second_arcana == pytest.approx(base.activation / (10 + view.arcana_time))
    assert base.animation == pytest.approx(base.activation / view.cast_time)
    assert base.animation_arcana == pytest.approx(base.activation / view.arcana_time)


def test_a_toggle_costs_by_the_second() -> None:
    view = _view(character("Class_Blaster", {_WEAVE: ()}))
    assert view.period == pytest.approx(0.5)
    assert view.endurance_rate.base == pytest.approx(0.325)
    assert view.damage[0].activation == 0


def test_six_damage_enhancements_lie_in_the_last_band() -> None:
    view = _view(character("Class_Blaster", {_BLAZE: [so("Damage")] * 6}))
    row = next(row for row in view.strengths if row.name == "Damage")
    assert row.slotted == pytest.approx(2.0, abs=0.01)
    assert row.diversified < row.slotted
    assert (row.band, row.schedule) == (3, Schedule.A)
    assert sorted(row.slots) == [0, 1, 2, 3, 4, 5]
    thresholds = packed_catalog().ruleset.enhancements.ed_thresholds
    gains = slot_gains(row, thresholds)
    assert all(gains[slot] == pytest.approx(0.15 * row.slots[slot]) for slot in gains)


def test_below_the_first_band_a_slot_gives_all_it_has() -> None:
    view = _view(character("Class_Blaster", {_BLAZE: [so("Damage")]}))
    row = next(row for row in view.strengths if row.name == "Damage")
    thresholds = packed_catalog().ruleset.enhancements.ed_thresholds
    assert row.band == 0
    assert slot_gains(row, thresholds) == dict(row.slots)


def test_duration_is_that_of_the_longest_effect() -> None:
    blind = "Controller_Control.Illusion_Control.Blind"
    view = _view(character("Class_Controller", {blind: [so("Hold")]}))
    assert view.duration.base == pytest.approx(18.625, abs=0.01)
    assert view.duration.slotted > view.duration.base
    assert view.duration.final == view.duration.slotted


def test_empty_entries_have_no_view() -> None:
    calculation = calculate(character("Class_Blaster", {"": (), _BLAZE: ()}), Rules.GAME)
    assert power_view(calculation, 0) is None
    assert power_view(calculation, 1) is not None


def test_a_power_outside_the_build_stands_alone() -> None:
    calculation = calculate(character("Class_Blaster", {_HASTEN: ()}), Rules.GAME)
    power = packed_catalog().power(_BLAZE)
    assert power is not None
    found = power_view(alone(calculation, [power]), 0)
    assert found is not None
    assert found.recharge.final == pytest.approx(10)
