"""The worked examples of calculation reference A, section 10, that concern single rules."""

from dataclasses import replace

import pytest

from midsdesk.calc import conditions
from midsdesk.calc.diversification import diversify
from midsdesk.calc.facts import Answer
from midsdesk.calc.quirks import quirks_of
from midsdesk.edit.normalise import fitted_piece
from midsdesk.model.build import Build
from midsdesk.model.game import Power
from midsdesk.model.ids import PowerId
from midsdesk.model.settings import Rules
from midsdesk.model.vocab import Attribute, RelativeLevel, Schedule
from midsdesk.rules.requirements import held_levels, meets
from tests.helpers.characters import (
    BOTH,
    GAME,
    MIDS,
    Piece,
    calculate,
    character,
    effect,
    entry,
    io,
    near,
    overlay,
    piece,
    power,
    power_numbers,
    so,
)
from tests.helpers.gamedata import packed_catalog

FLARES = "Blaster_Ranged.Fire_Blast.Flares"
WEAVE = "Pool.Fighting.Weave"
TOUGH, BOXING, KICK, CROSS_PUNCH = (
    f"Pool.Fighting.{name}" for name in ("Tough", "Boxing", "Kick", "Cross_Punch")
)
THRESHOLDS = packed_catalog().ruleset.enhancements.ed_thresholds

both = pytest.mark.parametrize("rules", BOTH)


def _raised(slotted: Piece, rules: Rules) -> float:
    """What one piece adds to the accuracy of an attack (schedule A), below the first threshold."""
    build = character("Class_Blaster", {FLARES: [slotted]})
    return power_numbers(build, FLARES, rules).factors.accuracy


@both
@pytest.mark.parametrize(
    ("slotted", "strength"),
    [
        pytest.param(io("Accuracy"), 0.424, id="invention"),
        pytest.param(io("Accuracy", boosters=5), 0.530, id="invention with five boosters"),
        pytest.param(piece("Crafted_Devastation_A"), 0.2650, id="two aspects"),
        pytest.param(piece("Crafted_Devastation_D"), 0.2120, id="three aspects"),
        pytest.param(piece("Crafted_Devastation_E"), 0.1855, id="four aspects"),
        pytest.param(piece("Crafted_Apocalypse_D"), 0.3313, id="purple, two aspects"),
        pytest.param(so("Accuracy", RelativeLevel.MINUS_2), 0.2664, id="SO two levels below"),
        pytest.param(so("Accuracy", RelativeLevel.PLUS_3), 0.3830, id="SO three levels above"),
        pytest.param(so("Accuracy", RelativeLevel.NONE), 0.0, id="relative level none: dead"),
        pytest.param(piece("Hydra_Damage_Accuracy"), 0.24975, id="Hydra: three quarters"),
    ],
)
def test_a_e24_one_piece_on_schedule_a(slotted: Piece, strength: float, rules: Rules) -> None:
    assert _raised(slotted, rules) == near(strength)


@both
@pytest.mark.parametrize(("boosters", "strength"), [(0, 0.530), (5, 0.6625)])
def test_a_e24_one_purple_aspect(boosters: int, strength: float, rules: Rules) -> None:
    build = character("Class_Blaster", {FLARES: [piece("Crafted_Apocalypse_A", 50, boosters)]})
    numbers = power_numbers(build, FLARES, rules)
    assert numbers.effects[0].magnitude_factor - 1 == near(strength)


@both
def test_a_e24_two_aspects_on_schedule_b(rules: Rules) -> None:
    build = character("Class_Scrapper", {WEAVE: [piece("Crafted_Luck_of_the_Gambler_A")]})
    factors = [each.magnitude_factor for each in power_numbers(build, WEAVE, rules).effects]
    assert max(factors) - 1 == near(0.1594)


@pytest.mark.parametrize(
    ("schedule", "raw", "effective"),
    [
        (Schedule.A, 0.7, 0.7),
        (Schedule.A, 0.95, 0.915),
        (Schedule.A, 1.2, 0.98),
        (Schedule.B, 0.45, 0.445),
        (Schedule.B, 0.55, 0.525),
        (Schedule.B, 0.8, 0.59),
        (Schedule.C, 1.4, 1.15),
        (Schedule.D, 2.0, 1.71),
        *((schedule, -0.5, -0.5) for schedule in (Schedule.A, Schedule.B, Schedule.C, Schedule.D)),
    ],
)
def test_a_e25_anchor_values(schedule: Schedule, raw: float, effective: float) -> None:
    assert diversify(raw, schedule, THRESHOLDS) == near(effective)


@pytest.mark.parametrize(("level", "kept"), [(22, 20), (23, 25), (47, 45), (48, 50), (53, 50)])
def test_a_e26_levels_of_inventions(level: int, kept: int) -> None:
    found = packed_catalog().enhancement("Crafted_Accuracy")
    assert found is not None
    assert fitted_piece(io("Accuracy", level), found, packed_catalog()).level == kept


_TOLD: dict[tuple[str, object], Answer] = {
    ("active", "a"): True,
    ("taken", "b"): False,
    ("stacks", "c"): 3,
}


class _Heard:
    """Facts of the example: A is active, B is not taken, C has three stacks."""

    def ask(self, kind: str, item: object = "") -> Answer:
        return _TOLD[kind, item]


def test_a_e27_and_before_or() -> None:
    pairs = (("Active:A", "True"), ("Taken:B", "True"), ("OR Stacks:C", "> 2"))
    facts = _Heard()
    assert conditions.valid(pairs, facts)
    assert not conditions.counts(0, pairs, facts, quirks_of(MIDS))
    assert conditions.counts(0, pairs, facts, quirks_of(GAME))


def _calling(chance: float) -> tuple[Power, Power]:
    """Flares that executes Blaze, as in the example."""
    inner = "Blaster_Ranged.Fire_Blast.Blaze"
    called = effect(inner, Attribute.DAMAGE, probability=0.8, delay=0.25, duration=4.0)
    call = replace(
        effect(FLARES, Attribute.DAMAGE),
        attribute=Attribute.EXECUTE_POWER,
        summon=inner,
        probability=chance,
        delay=1.0,
        duration=10.0,
    )
    return power(FLARES, effects=(call,)), power(inner, effects=(called,))


@pytest.mark.parametrize(
    ("chance", "mids", "game"),
    [
        # Two chances in a row are multiplied; the old planner takes the lower one.
        pytest.param(0.5, 0.5, 0.4, id="a chance of its own"),
        pytest.param(1.0, 0.8, 0.8, id="certain"),
    ],
)
def test_a_e28_execute_chain(chance: float, mids: float, game: float) -> None:
    catalog = overlay(*_calling(chance))
    build = character("Class_Blaster", {FLARES: ()})
    for rules, wanted in ((MIDS, mids), (GAME, game)):
        (found,) = power_numbers(build, FLARES, rules, catalog).effects
        assert found.effect.attribute == Attribute.DAMAGE
        assert found.probability == near(wanted)
        assert (found.delay, found.base_duration) == (near(1.25), near(10))


def _holding(*powers: tuple[str, int]) -> Build:
    build = character("Class_Scrapper")
    return replace(build, entries=tuple(entry(name, level=level) for name, level in powers))


@pytest.mark.parametrize(
    ("power_id", "level", "held", "ok"),
    [
        pytest.param(TOUGH, 14, [(KICK, 6)], True, id="one of two alternatives"),
        pytest.param(TOUGH, 13, [(KICK, 6)], False, id="a level too early"),
        pytest.param(TOUGH, 14, [(CROSS_PUNCH, 6)], False, id="another power of the pool"),
        pytest.param(WEAVE, 20, [(BOXING, 4), (TOUGH, 14)], True, id="both of a pair"),
        pytest.param(WEAVE, 20, [(TOUGH, 14)], False, id="half a pair"),
    ],
)
def test_a_e29_requirements(
    power_id: str, level: int, held: list[tuple[str, int]], ok: bool
) -> None:
    """Levels as shown, one more than the paper's."""
    tough = power(power_id)
    assert meets(tough, "Class_Scrapper", level, held_levels(_holding(*held))) is ok


def test_a_e29_the_example_s_pairs() -> None:
    def names(wanted: str) -> list[set[str]]:
        pairs = power(wanted).requirement.required_powers
        return [{name.rpartition(".")[2] for name in pair if name} for pair in pairs]

    assert power(TOUGH).level == 14
    assert names(TOUGH) == [{"Boxing"}, {"Kick"}]
    wanted = [{"Boxing", "Kick"}, {"Boxing", "Tough"}, {"Kick", "Tough"}]
    assert sorted(map(sorted, names(WEAVE))) == sorted(map(sorted, wanted))


@both
@pytest.mark.parametrize(("own", "chance"), [(0.0, 0.25), (0.9, 1.0)])
def test_a_e30_chance_modifiers(own: float, chance: float, rules: Rules) -> None:
    giver = PowerId("Pool.Speed.Hasten")
    modifier = effect(giver, Attribute.CHANCE_MODIFIER, reward="X")
    catalog = overlay(
        power(giver, effects=(replace(modifier, scale=0.1), replace(modifier, scale=0.15))),
        power(FLARES, effects=(effect(FLARES, Attribute.DAMAGE, effect_id="X", probability=own),)),
    )
    build = character("Class_Blaster", {FLARES: (), giver: ()})
    (found,) = power_numbers(build, FLARES, rules, catalog).effects
    assert found.probability == near(chance)
    dark = character("Class_Blaster", {FLARES: (), giver: ()}, off=[giver])
    assert calculate(dark, rules, catalog).chances == {}
