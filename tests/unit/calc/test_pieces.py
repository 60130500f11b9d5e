import pytest

from midsdesk.calc.pieces import NOTHING, Slotted, lines_of, relative_factor
from midsdesk.calc.quirks import Quirk, quirks_of
from midsdesk.model.vocab import BuffMode, EnhancedAspect, Grade, RelativeLevel, StatusEffect
from tests.helpers.characters import GAME, MIDS, Piece, io, piece, so, special
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
TABLES = CATALOG.ruleset.enhancements
DEFENSE, STATUS = int(EnhancedAspect.DEFENSE), int(EnhancedAspect.STATUS)
RUNNING = int(EnhancedAspect.SPEED_RUNNING)


def slotted(*pieces: Piece, quirks: frozenset[Quirk] = frozenset()) -> Slotted:
    known = [(found, each) for each in pieces if (found := CATALOG.enhancement(each.enhancement))]
    return Slotted(line for found, each in known for line in lines_of(found, each, TABLES, quirks))


@pytest.mark.parametrize(
    ("relative", "factor"),
    [
        pytest.param(RelativeLevel.NONE, 0.0, id="none: the enhancement is dead"),
        pytest.param(RelativeLevel.MINUS_3, 0.7, id="10 % for each level below"),
        pytest.param(RelativeLevel.MINUS_1, 0.9, id="one below"),
        pytest.param(RelativeLevel.EVEN, 1.0, id="even"),
        pytest.param(RelativeLevel.PLUS_1, 1.05, id="5 % for each level above"),
        pytest.param(RelativeLevel.PLUS_5, 1.25, id="five boosters"),
    ],
)
def test_relative_levels(relative: RelativeLevel, factor: float) -> None:
    assert relative_factor(relative) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("placed", "strength"),
    [
        pytest.param(Piece(so("Damage").enhancement, grade=Grade.NONE), 0.0, id="no grade"),
        pytest.param(Piece(so("Damage").enhancement, grade=Grade.TRAINING), 0.083, id="training"),
        pytest.param(Piece(so("Damage").enhancement, grade=Grade.DUAL), 0.167, id="dual"),
        pytest.param(so("Damage"), 0.333, id="single"),
        pytest.param(piece("Hamidon_Damage_Accuracy"), 0.333, id="Hamidon: as single origin"),
        pytest.param(io("Damage", 9), 0.0, id="no inventions below level 10"),
        pytest.param(io("Damage", 10), 0.117, id="level 10"),
        pytest.param(io("Damage", 26), 0.333, id="level 26 is worth a single origin"),
        pytest.param(io("Damage", 53), 0.435, id="the last row"),
        pytest.param(io("Damage", 99), 0.435, id="beyond the table: the last row"),
        pytest.param(piece("Crafted_Apocalypse_A"), 0.530, id="superior: a quarter more"),
        pytest.param(piece("Crafted_Apocalypse_A", 50, 5), 0.6625, id="superior and boosted"),
    ],
)
def test_damage_of_one_piece(placed: Piece, strength: float) -> None:
    assert slotted(placed).strength(int(EnhancedAspect.DAMAGE)) == pytest.approx(strength, abs=1e-6)


@pytest.mark.parametrize(
    ("placed", "sign", "strength"),
    [
        pytest.param(io("Defense_Buff"), 1, 0.255, id="a buff's line on a buff: schedule B"),
        pytest.param(io("Defense_Buff"), -1, 0.0, id="and not on a debuff"),
        pytest.param(io("Defense_Buff"), 0, 0.255, id="an effect of 0 has no sign"),
        pytest.param(io("Defense_DeBuff"), -1, 0.424, id="a debuff's line: schedule A"),
        pytest.param(io("Defense_DeBuff"), 1, 0.0, id="and not on a buff"),
    ],
)
def test_sign_modes(placed: Piece, sign: int, strength: float) -> None:
    assert slotted(placed).strength(DEFENSE, -1, sign) == pytest.approx(strength, abs=1e-6)


def test_a_status_line_is_for_its_own_status() -> None:
    hold = slotted(io("Hold"))
    assert hold.strength(STATUS, StatusEffect.HELD) == pytest.approx(0.424, abs=1e-6)
    assert hold.strength(STATUS, StatusEffect.STUNNED) == 0
    assert hold.strength(STATUS) == pytest.approx(0.424, abs=1e-6)


def test_slows_touch_only_slows_in_the_game() -> None:
    found = CATALOG.enhancement("Crafted_Snare")
    assert found is not None
    for rules, mode in ((MIDS, BuffMode.ANY), (GAME, BuffMode.DEBUFF_ONLY)):
        lines = lines_of(found, io("Snare"), TABLES, quirks_of(rules))
        assert {line[2] for line in lines if line[0] == RUNNING} == {mode}
    run = CATALOG.enhancement("Crafted_Run")
    assert run is not None
    (line,) = lines_of(run, io("Run"), TABLES, frozenset())
    assert line[2] == BuffMode.ANY


def test_strengths_add_up_and_unknown_pieces_give_nothing() -> None:
    three = slotted(io("Damage"), piece("Nobody_Knows_This"), io("Damage"))
    assert three.strength(int(EnhancedAspect.DAMAGE)) == pytest.approx(0.848, abs=1e-6)
    assert NOTHING.strength(int(EnhancedAspect.DAMAGE)) == 0


def test_knockback_to_knockdown_is_seen() -> None:
    assert slotted(piece("Crafted_Sudden_Acceleration_F")).knocks_down
    assert not slotted(io("Knockback")).knocks_down


def test_a_made_special_has_the_lines_asked_for() -> None:
    made = special("Made", (EnhancedAspect.RANGE, BuffMode.ANY))
    (line,) = lines_of(made, piece("Made"), TABLES, frozenset())
    assert line[:3] == (EnhancedAspect.RANGE, -1, BuffMode.ANY)
    assert line[3] == pytest.approx(0.333, abs=1e-6)
