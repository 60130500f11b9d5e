"""Explanations: what they name adds up to the number; what they leave out has a reason."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine
from midsdesk.calc.explain import Explainer, explain, explain_power
from midsdesk.calc.power_view import power_view
from midsdesk.calc.power_view_strength import strength_rows
from midsdesk.formats import mbd
from midsdesk.model.build import Build
from midsdesk.model.explanation import Contribution, Explanation, SourceKind
from midsdesk.model.settings import CalcSettings, Rules
from tests.helpers.builds import SAMPLES, sample
from tests.helpers.characters import BOTH, Piece, calculate, character, io, piece, so
from tests.helpers.gamedata import ROOT, default_catalog, packed_catalog
from tests.helpers.shared import needs_shared

_BLAZE = "Blaster_Ranged.Fire_Blast.Blaze"
_WEAVE = "Pool.Fighting.Weave"
_TOUGH = "Pool.Fighting.Tough"
_HASTEN = "Pool.Speed.Hasten"
_FLY = "Pool.Flight.Fly"
_LOTG = "Crafted_Luck_of_the_Gambler_F"
_FIGURES = (
    "accuracy",
    "hit_chance",
    "endurance",
    "endurance_rate",
    "recharge",
    "range",
    "interrupt",
    "cast",
    "server_tick",
    "targets",
    "radius",
    "arc",
    "period",
    "duration",
    "damage",
    "damage.second",
    "damage.second_arcana",
    "damage.animation",
    "damage.animation_arcana",
)
# Every rule and cap that may stand in a chain, by name. What is not here is a remainder.
_RULES = {
    "Diminishing returns in PvP",
    "Never below 0",
    "Lowest speed",
    "Lowest strength",
    "Hard limit of every character",
    "Knockback becomes knockdown",
    "A result of 0 counts as none",
    "The raw value of a click is taken away",
    "The chance to hit is counted in",
    "Whole server ticks of 0.132 s and one more",
}
_CAPS = {
    "Lost to the cap",
    "Lost to maximum hit points",
    "Lost to the cap of hit points",
    "Cap of the archetype",
    "Lowest strength",
    "Damage cap of the archetype",
    "Between 5 % and 95 %",
    "Between 0 and 100 %",
}
_PARTS_OF_EFFECTS = ("magnitude", "duration", "chance")


def _shipped() -> Build:
    data = (ROOT / "resources" / "samples" / "quiet-harbor.mbd").read_bytes()
    return mbd.decode(data, packed_catalog())[0]


def _all(contributions: Iterable[Contribution]) -> Iterable[Contribution]:
    for each in contributions:
        yield each
        yield from _all(each.children)


def _assert_adds_up(explanation: Explanation) -> None:
    total = sum(each.value for each in explanation.contributions)
    assert total == pytest.approx(explanation.value, rel=1e-9, abs=1e-9), explanation.key
    for each in _all(explanation.contributions):
        if each.kind is SourceKind.RULE:
            known = each.name in _RULES or each.name.startswith("Changed chance of ")
            assert known, each.name
        if each.kind is SourceKind.CAP:
            assert each.name in _CAPS, each.name
        if each.children:
            inner = sum(child.value for child in each.children)
            assert inner == pytest.approx(each.value, rel=1e-9, abs=1e-9), each.name


def _assert_all_add_up(calculation: Calculation) -> None:
    explainer = Explainer(calculation)
    for statistic in calculation.statistics:
        explanation = explainer.total(statistic.key)
        assert explanation.value == statistic.value
        _assert_adds_up(explanation)
        sizes = [abs(each.value) for each in explanation.contributions]
        assert sizes == sorted(sizes, reverse=True)


def _assert_figures_add_up(calculation: Calculation) -> None:
    explainer = Explainer(calculation)
    for entry, worked in enumerate(calculation.worked):
        numbers = calculation.power(entry)
        if worked is None or numbers is None:
            continue
        figures = [*_FIGURES]
        figures += [row.figure for row in strength_rows(calculation, entry, worked)]
        figures += [
            f"effect.{index}.{part}"
            for index in range(len(numbers.effects))
            for part in _PARTS_OF_EFFECTS
        ]
        explained: dict[str, float] = {}
        for figure in figures:
            explanation = explainer.figure(entry, figure)
            assert explanation is not None
            _assert_adds_up(explanation)
            explained[figure] = explanation.value
        _assert_equal_to_the_view(calculation, entry, explained)


def _assert_equal_to_the_view(
    calculation: Calculation, entry: int, explained: dict[str, float]
) -> None:
    """The chains explain the very numbers that are shown."""
    view = power_view(calculation, entry)
    assert view is not None
    final = view.damage[2]
    shown = {
        "accuracy": view.accuracy.final * 100,
        "hit_chance": view.hit_chance.final * 100,
        "endurance": view.endurance.final,
        "recharge": view.recharge.final,
        "range": view.range.final,
        "interrupt": view.interrupt.final,
        "duration": view.duration.final,
        "radius": view.radius,
        "arc": view.arc,
        "targets": view.max_targets,
        "damage": final.activation,
        "damage.second": final.second,
        "damage.second_arcana": final.second_arcana,
        "damage.animation": final.animation,
        "damage.animation_arcana": final.animation_arcana,
        **{row.figure: row.final * 100 for row in view.strengths},
    }
    for figure, value in shown.items():
        assert explained[figure] == pytest.approx(value, rel=1e-9, abs=1e-7), figure


@needs_shared
@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize("name", SAMPLES)
def test_all_totals_of_all_samples_are_the_sum_of_their_contributions(
    name: str, rules: Rules
) -> None:
    _assert_all_add_up(Engine(packed_catalog()).calculate(sample(name), CalcSettings(rules)))


@needs_shared
@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize("name", SAMPLES)
def test_all_numbers_of_all_powers_of_all_samples_too(name: str, rules: Rules) -> None:
    calculation = Engine(packed_catalog()).calculate(sample(name), CalcSettings(rules))
    _assert_figures_add_up(calculation)


@needs_shared
@pytest.mark.parametrize("name", ["blaster-fire-energy", "widow-night"])
def test_the_data_that_come_with_the_program_add_up_too(name: str) -> None:
    calculation = Engine(default_catalog()).calculate(sample(name))
    _assert_all_add_up(calculation)
    _assert_figures_add_up(calculation)


@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize(
    "changes",
    [{}, {"pvp": True}, {"exemplar_level": 27}, {"suppression": 0x40 | 0x80, "team_size": 3}],
)
def test_the_shipped_sample_adds_up_under_any_settings(
    rules: Rules, changes: dict[str, int]
) -> None:
    settings = replace(CalcSettings(rules), **changes)  # type: ignore[arg-type]
    calculation = Engine(packed_catalog()).calculate(_shipped(), settings)
    _assert_all_add_up(calculation)
    _assert_figures_add_up(calculation)


def _random_build(seed: int) -> Build:
    """Any powers with any pieces, legal or not."""
    source, catalog = random.Random(seed), packed_catalog()
    archetype = source.choice([each for each in catalog.archetypes() if each.playable])
    sets = [each for each in catalog.powersets_of(archetype.id) if each.powers]
    powers = [power for each in source.sample(sets, 6) for power in each.powers[:5]]
    pieces = [each for each in catalog.enhancements() if each.lines]
    slotted: dict[str, list[Piece | None]] = {
        power: [piece(source.choice(pieces).id, 30) for _ in range(source.randint(0, 6))]
        for power in powers
    }
    off = [power for power in powers if source.random() < 0.2]
    return character(archetype.id, slotted, off=off)


@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize("seed", range(4))
def test_random_characters_add_up(seed: int, rules: Rules) -> None:
    calculation = calculate(_random_build(seed), rules)
    _assert_all_add_up(calculation)
    _assert_figures_add_up(calculation)


def test_every_kind_of_source_appears() -> None:
    explainer = Explainer(Engine(packed_catalog()).calculate(_shipped()))
    keys = [each.key for each in Engine(packed_catalog()).calculate(_shipped()).statistics]
    kinds = {each.kind for key in keys for each in _all(explainer.total(key).contributions)}
    assert kinds >= {
        SourceKind.ARCHETYPE,
        SourceKind.REALM,
        SourceKind.POWER,
        SourceKind.INHERENT,
        SourceKind.ENHANCEMENT,
        SourceKind.SET_BONUS,
        SourceKind.GLOBAL,
    }


def test_accolades_incarnates_and_settings_have_kinds_of_their_own() -> None:
    build = character(
        "Class_Blaster",
        {
            "Temporary_Powers.Accolades.The_Atlas_Medallion": (),
            "Incarnate.Destiny.Ageless_Core_Epiphany": (),
            _WEAVE: (),
        },
    )
    calculation = calculate(build, Rules.GAME, pvp=True)
    explainer = Explainer(calculation)
    kinds = {
        each.kind
        for statistic in calculation.statistics
        for each in explainer.total(statistic.key).contributions
    }
    assert kinds >= {SourceKind.SETTING, SourceKind.ACCOLADE, SourceKind.INCARNATE}


def test_weave_is_its_base_times_its_slot() -> None:
    calculation = calculate(character("Class_Blaster", {_WEAVE: [io("Defense_Buff")]}), Rules.GAME)
    (weave,) = explain(calculation, "defense.ranged").contributions
    base, slot = weave.children
    assert (weave.name, weave.entry) == ("Weave", 0)
    assert base.value == pytest.approx(3.5)
    assert base.detail == "scale 0.5 × Melee_Buff_Def at 50"
    assert (slot.kind, slot.slot) == (SourceKind.ENHANCEMENT, 0)
    assert slot.value == pytest.approx(weave.value - 3.5)


def test_what_diversification_takes_is_a_contribution_of_its_own() -> None:
    slots = [so("Damage")] * 6
    calculation = calculate(character("Class_Blaster", {_BLAZE: slots}), Rules.GAME)
    explanation = explain_power(calculation, 0, "damage")
    assert explanation is not None
    lost = [
        child
        for each in explanation.contributions
        for child in each.children
        if child.kind is SourceKind.DIVERSIFICATION
    ]
    assert lost and all(each.value < 0 for each in lost)


def test_what_the_cap_takes_is_a_contribution_of_its_own() -> None:
    powers = {_TOUGH: [so("Res_Damage")] * 3, "Epic.Power_Mastery.Force_of_Nature": ()}
    powers |= {"Epic.Force_Mastery.Temp_Invulnerability": [so("Res_Damage")] * 3}
    calculation = calculate(character("Class_Blaster", powers), Rules.GAME)
    explanation = explain(calculation, "resistance.smashing")
    (cap,) = [each for each in explanation.contributions if each.kind is SourceKind.CAP]
    assert explanation.value == 75.0
    assert cap.name == "Lost to the cap" and cap.value < 0


def test_recharge_tells_each_source_and_the_hasten_of_another_entry() -> None:
    calculation = calculate(
        character("Class_Blaster", {_BLAZE: [io("Recharge")], _HASTEN: ()}), Rules.GAME
    )
    explanation = explain_power(calculation, 0, "recharge")
    assert explanation is not None
    # A click that no piece makes light up by itself strengthens as soon as it is lit.
    names = [each.name for each in explanation.contributions]
    assert names[0] == "Base value" and "Hasten" in names
    hasten = next(each for each in explanation.contributions if each.name == "Hasten")
    assert hasten.value < 0 and hasten.entry == 1


def test_a_power_that_is_off_is_named_with_what_it_would_add() -> None:
    calculation = calculate(
        character("Class_Blaster", {_WEAVE: (), _TOUGH: ()}, off=[_WEAVE]), Rules.GAME
    )
    explanation = explain(calculation, "defense.melee")
    (left,) = explanation.left_out
    assert explanation.contributions == ()
    assert (left.name, left.reason) == ("Weave", "the power is switched off")
    assert left.value == pytest.approx(3.5)


def test_an_effect_for_pvp_is_left_out_in_pve_only() -> None:
    build = character("Class_Blaster", {_TOUGH: ()})
    reasons = [
        each.reason for each in explain(calculate(build, Rules.GAME), "resistance.fire").left_out
    ]
    assert reasons == ["in PvP only"]
    in_pvp = explain(calculate(build, Rules.GAME, pvp=True), "resistance.fire")
    assert [each.name for each in in_pvp.contributions] == ["Tough"]


def test_the_sixth_copy_is_left_out_with_its_number() -> None:
    hosts = (
        _WEAVE,
        "Pool.Leaping.Combat_Jumping",
        "Pool.Leadership.Defense",
        "Epic.Force_Mastery.Personal_Force_Field",
        "Pool.Invisibility.Stealth",
        "Pool.Invisibility.Invisibility",
    )
    powers = {power: [piece(_LOTG)] for power in hosts}
    explanation = explain(calculate(character("Class_Blaster", powers), Rules.GAME), "haste")
    counted = [each for each in explanation.contributions if each.kind is SourceKind.GLOBAL]
    assert len(counted) == 5
    (left,) = [each for each in explanation.left_out if each.kind is SourceKind.GLOBAL]
    assert left.reason == "copy 6, only 5 count"
    assert left.value == pytest.approx(7.5)


def test_ignored_bonuses_suppression_and_procs_off_have_reasons() -> None:
    build = character("Class_Blaster", {_WEAVE: [piece(_LOTG)]})
    ignoring = calculate(build, Rules.GAME, ignore_set_bonuses=True)
    assert [each.reason for each in explain(ignoring, "haste").left_out] == [
        "set bonuses are ignored"
    ]
    stealth = character("Class_Blaster", {"Pool.Invisibility.Stealth": ()})
    hidden = calculate(stealth, Rules.GAME, suppression=0x1FFF)
    reasons = [each.reason for each in explain(hidden, "stealth_pve").left_out]
    assert reasons and all(reason.startswith("suppressed: ") for reason in reasons)


def test_procs_switched_off_are_named() -> None:
    slots = [piece("Crafted_Gaussians_Synchronized_FireControl_F")]
    lit = character("Class_Blaster", {"Blaster_Support.Energy_Manipulation.Build_Up": slots})
    off = replace(lit, entries=(replace(lit.entries[0], procs_off=True),))
    explanation = explain(calculate(off, Rules.GAME), "to_hit")
    reasons = {each.reason for each in explanation.left_out if each.kind is SourceKind.PROC}
    assert reasons == {"the procs of the power are switched off"}


def test_speed_without_flight_names_what_keeps_it_down() -> None:
    calculation = calculate(character("Class_Blaster", {_FLY: ()}, off=[_FLY]), Rules.GAME)
    explanation = explain(calculation, "fly_speed")
    assert explanation.value == 0
    assert "no power that is on lets it fly" in [each.reason for each in explanation.left_out]


def test_endurance_use_lists_toggles_with_their_discounts() -> None:
    slots = [io("Endurance_Discount")]
    calculation = calculate(character("Class_Blaster", {_WEAVE: slots, _TOUGH: ()}), Rules.GAME)
    explanation = explain(calculation, "endurance_use")
    assert {each.name for each in explanation.contributions} == {"Weave", "Tough"}
    weave = next(each for each in explanation.contributions if each.name == "Weave")
    assert weave.children[0].value > weave.value and weave.children[1].value < 0


def test_unknown_keys_and_empty_entries() -> None:
    build = character("Class_Blaster", {_WEAVE: (), "No.Such.Power": ()})
    calculation = Engine(packed_catalog()).calculate(build)
    with pytest.raises(KeyError):
        explain(calculation, "luck")
    with pytest.raises(KeyError):
        explain_power(calculation, 0, "luck")
    assert explain_power(calculation, 1, "damage") is None


def test_the_bounds_of_the_chance_to_hit_are_a_cap_in_the_game_only() -> None:
    build = character("Class_Blaster", {_BLAZE: [so("Accuracy")] * 3})
    game = explain_power(calculate(build, Rules.GAME), 0, "hit_chance")
    mids = explain_power(calculate(build, Rules.MIDS), 0, "hit_chance")
    assert game is not None and mids is not None
    assert game.value == 95.0
    assert [each.kind for each in game.contributions].count(SourceKind.CAP) == 1
    assert mids.value > 95 and not any(each.kind is SourceKind.CAP for each in mids.contributions)
