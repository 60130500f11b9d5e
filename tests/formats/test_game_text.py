from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midsdesk.errors import BuildFormatError
from midsdesk.formats import forms
from midsdesk.formats.forms import Form, Part, Reading, decided
from midsdesk.formats.game_text_names import resolve
from midsdesk.formats.issues import Severity
from midsdesk.formats.members import Notes
from midsdesk.formats.report_place import deal_levels
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Alignment, Grade, RelativeLevel
from midsdesk.rules.check import check
from tests.formats.legal_builds import legal
from tests.formats.whole_builds import CATALOG, make
from tests.helpers.builds import BUILDS, SAMPLES, sample
from tests.helpers.shared import needs_shared

SOME = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
HEAD = "Ash: Level 50 Magic Class_Blaster\n\nCharacter Profile:\n------------------\n"
TAIL = "------------------\nBadges Earned:\n------------------\nLevel10\n"


def read(body: str, head: str = HEAD) -> Reading:
    return forms.read(f"{head}{body}{TAIL}".encode(), CATALOG)


def told(reading: Reading) -> str:
    return " ".join(str(each) for each in reading.issues if each.severity != Severity.INFO)


def carried(entry: PowerEntry) -> tuple[str, int, tuple[SlottedEnhancement | None, ...]]:
    """An entry without what the text does not hold."""

    def piece(slot: Slot) -> SlottedEnhancement | None:
        if slot.enhancement is None:
            return None
        level = max(slot.enhancement.relative_level, RelativeLevel.EVEN)
        return replace(slot.enhancement, relative_level=level, obtained=False, extras="")

    return entry.power, entry.level, tuple(map(piece, entry.slots))


def carried_by(build: Build) -> list[tuple[str, int, tuple[SlottedEnhancement | None, ...]]]:
    return sorted((carried(each) for each in build.entries if not each.is_empty), key=str)


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_written_byte_for_byte(name: str) -> None:
    wanted = (BUILDS / f"{name}.game.txt").read_bytes()
    assert forms.write(sample(name), Form.GAME_TEXT, CATALOG) == wanted


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_come_back(name: str) -> None:
    build = sample(name)
    reading = forms.read((BUILDS / f"{name}.game.txt").read_bytes(), CATALOG)
    assert reading.form == Form.GAME_TEXT
    assert told(reading) == ""
    assert carried_by(reading.build) == carried_by(build)
    assert [each.power for each in reading.build.picks] == [each.power for each in build.picks]
    assert (reading.build.name, reading.build.origin) == (build.name, build.origin)
    assert reading.build.powersets[:2] == build.powersets[:2]
    wrong = {each.reason for each in check(reading.build, CATALOG)}
    assert wrong <= {each.reason for each in check(build, CATALOG)}


@needs_shared
def test_quirks() -> None:
    odd = forms.read((BUILDS / "quirks" / "game-odd.game.txt").read_bytes(), CATALOG)
    assert odd.build.name == "Bulwark: Prime"
    assert carried_by(odd.build) == carried_by(sample("tanker-invuln-ss"))
    shapes = forms.read((BUILDS / "quirks" / "game-forms.game.txt").read_bytes(), CATALOG)
    assert carried_by(shapes.build) == carried_by(sample("peacebringer-triform"))
    low = forms.read((BUILDS / "quirks" / "game-low-level.game.txt").read_bytes(), CATALOG)
    assert (told(low), told(odd), told(shapes)) == ("", "", "")
    grades = [
        slot.enhancement.grade
        for entry in low.build.picks[:1]
        for slot in entry.slots
        if slot.enhancement
    ]
    assert grades == [Grade.SINGLE, Grade.DUAL, Grade.TRAINING]


@needs_shared
@pytest.mark.parametrize("name", ["buildsave-corruptor-28.txt", "buildsave-tanker-50.txt"])
def test_real_texts_open_without_a_doubt(name: str) -> None:
    reading = forms.read((BUILDS / "posts" / name).read_bytes(), CATALOG)
    assert told(reading) == ""
    assert reading.choices == ()


@needs_shared
def test_bad_ones() -> None:
    with pytest.raises(BuildFormatError, match="does not name level, origin and class"):
        forms.read((BUILDS / "bad" / "45-game-bad-heading.txt").read_bytes(), CATALOG)
    reading = forms.read((BUILDS / "bad" / "46-game-odd-lines.txt").read_bytes(), CATALOG)
    for text in ("“99”", "Snowball", "Crafted_Mystery_A", "+9", "rule or the end is missing"):
        assert text in told(reading)
    assert reading.build.entries[2].is_empty
    assert reading.build.entries[3].power == "Blaster_Support.Energy_Manipulation.Build_Up"


@SOME
@given(seed=st.integers(0, 2**32))
def test_whole_builds_come_back(seed: int) -> None:
    build = make(seed, name="Ash")
    reading = forms.read(forms.write(build, Form.GAME_TEXT, CATALOG), CATALOG)
    back = {each[0]: each for each in carried_by(reading.build)}
    for power, level, pieces in carried_by(build):
        known = CATALOG.power(power)
        assert known is not None
        if power not in back:  # a power nobody picks: it comes with another
            assert known.level == 0 or known.include_flag
            continue
        assert back[power][1] == level
        names = [each and each.enhancement for each in pieces]
        assert [each and each.enhancement for each in back[power][2]] == names


def test_an_unknown_power_keeps_its_place_and_may_be_chosen() -> None:
    reading = read(
        "Level 1: Blaster_Ranged Fire_Blast Flarez\n\tMagic_Damage (50)\n\tEMPTY\n"
        "Level 2: Blaster_Ranged Fire_Blast Fire_Ball\n"
    )
    assert reading.build.entries[0].is_empty
    (choice,) = reading.choices
    assert choice.part == Part.POWER
    chosen = decided(reading.build, choice, "Blaster_Ranged.Fire_Blast.Flares")
    piece = chosen.entries[0].slots[0].enhancement
    assert piece is not None
    assert piece.enhancement == "Magic_Damage"
    assert chosen.entries[2].power == "Blaster_Ranged.Fire_Blast.Fire_Ball"


def test_an_unknown_piece_is_a_choice() -> None:
    reading = read("Level 1: Blaster_Ranged Fire_Blast Flares\n\tCrafted_Apocalypze_B (50)\n")
    (choice,) = reading.choices
    assert choice.part == Part.PIECE
    assert choice.candidates[0].id == "Crafted_Apocalypse_B"


@pytest.mark.parametrize(
    ("token", "piece", "level", "relative"),
    [
        ("Attuned_Numinas_Convalesence_F (1)", "Crafted_Numinas_Convalesence_F", 50, 4),
        ("Crafted_Recharge (35+5)", "Crafted_Recharge", 35, 9),
        ("Superior_Attuned_Armageddon_A (1)", "Crafted_Armageddon_A", 50, 4),
        ("Synthetic_Hamidon_Damage_Accuracy (53)", "Hamidon_Damage_Accuracy", 50, 7),
        ("Technology_Accuracy (51)", "Magic_Accuracy", 50, 5),
        ("Attuned_Artillery_A (1)", "Crafted_Shrapnel_A", 50, 4),
        ("Attuned_Steadfast_Protection_B (1)", "Crafted_Steadfast_Protection_B", 30, 4),
        (
            "Superior_Attuned_Superior_Sentinels_Ward_A (1)",
            "Superior_Attuned_Superior_Sentinel's_Ward_A",
            50,
            4,
        ),
    ],
)
def test_tokens(token: str, piece: str, level: int, relative: int) -> None:
    reading = read(f"Level 1: Blaster_Ranged Fire_Blast Flares\n\t{token}\n")
    found = reading.build.entries[0].slots[0].enhancement
    assert found is not None
    assert (found.enhancement, found.level, int(found.relative_level)) == (piece, level, relative)


def test_names_that_differ_between_game_and_planner() -> None:
    found = resolve(CATALOG, "Blaster_Support", "Time_Manipulation", "Aging_Touch")
    assert found is not None
    assert found.id == "Blaster_Support.Temporal_Manipulation.Aging_Touch"
    found = resolve(CATALOG, "Controller_Buff", "Shock_Therapy", "Discharge")
    assert found is not None
    assert found.id == "Controller_Buff.Electrical_Affinity.Galvanic_Sentinel"
    assert resolve(CATALOG, "No_Group", "No_Set", "No_Power") is None


def test_powers_the_game_exchanged_stand_for_one_another() -> None:
    owner = "Blaster_Support Electricity_Manipulation"
    clap = CATALOG.power("Blaster_Support.Electricity_Manipulation.Lightning_Clap")
    field = CATALOG.power("Blaster_Support.Electricity_Manipulation.Lightning_Field")
    assert clap is not None
    assert field is not None
    early, late = sorted((clap, field), key=lambda each: each.level)
    assert early.level < late.level
    reading = read(f"Level {max(2, early.level)}: {owner} {late.name}\n")
    assert reading.build.find(early.id) is not None
    assert "stand for one another" in told(reading)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("Ash: Level 50 Magic Class_Sorcerer", "no archetype “Class_Sorcerer”"),
        ("Ash: Level x Magic Class_Blaster", "does not name level"),
    ],
)
def test_heads_that_are_refused(head: str, message: str) -> None:
    with pytest.raises(BuildFormatError, match=message):
        read("", f"{head}\n\nCharacter Profile:\n")


def test_too_many_powers_are_refused() -> None:
    with pytest.raises(BuildFormatError, match="too many powers"):
        read("Level 1: A B C\n" * 600)


def test_odd_lines_and_doubles_are_told() -> None:
    power = "Level 1: Blaster_Ranged Fire_Blast Flares\n"
    reading = read(f"{power}{power}what is this\n", HEAD.replace("Magic", "Cosmic"))
    for text in ("in the build twice", "was not understood", "Origin: “Cosmic”"):
        assert text in told(reading)


def test_a_villain_is_told_by_the_archetype() -> None:
    body = "Level 1: Corruptor_Ranged Fire_Blast Flares\n"
    reading = read(body, HEAD.replace("Blaster", "Corruptor"))
    assert reading.build.alignment == Alignment.VILLAIN


def test_slots_are_dealt_to_the_lowest_levels_first() -> None:
    entries = (
        PowerEntry(PowerId("a.b.late"), 49, (Slot(1),) * 4),
        PowerEntry(PowerId("a.b.early"), 1, (Slot(1),) * 3),
    )
    late, early = deal_levels(entries, CATALOG, Notes())
    assert [slot.level for slot in early.slots] == [1, 3, 3]
    assert [slot.level for slot in late.slots] == [49, 50, 50, 50]


def test_slots_that_cannot_be_dealt_are_told() -> None:
    notes = Notes()
    entries = tuple(PowerEntry(PowerId(f"a.b.c{n}"), 50, (Slot(1),) * 6) for n in range(4))
    dealt = deal_levels(entries, CATALOG, notes)
    assert Counter(slot.level for entry in dealt for slot in entry.slots) == {50: 24}
    assert len(notes.issues) == 1


@pytest.mark.parametrize("seed", [1180, 1198, 1231, 1299])
def test_slots_that_only_fit_from_above_are_dealt(seed: int) -> None:
    """Builds in which low powers would take the slots that high powers need."""
    build = legal(seed)
    again = forms.read(forms.write(build, Form.GAME_TEXT, CATALOG), CATALOG).build
    assert check(again, CATALOG) == ()
