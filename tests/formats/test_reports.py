from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midsdesk.errors import BuildFormatError
from midsdesk.formats import forms
from midsdesk.formats.forms import Form, Part, Reading, decided
from midsdesk.formats.report_markup import plain_text
from midsdesk.formats.report_write import ReportOptions, encode_report
from midsdesk.formats.short_names import OLD_BEGINNINGS, short_names
from midsdesk.model.build import Build, PowerEntry, Slot, SlottedEnhancement
from midsdesk.model.vocab import EnhancementKind, Grade, RelativeLevel
from midsdesk.rules.slotting import accepts
from tests.formats.legal_builds import legal
from tests.formats.whole_builds import CATALOG, make
from tests.helpers.builds import BUILDS, SAMPLES, sample
from tests.helpers.shared import needs_shared

SOME = settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)


def in_text(piece: SlottedEnhancement | None) -> SlottedEnhancement | None:
    """A piece as a report tells it."""
    if piece is None:
        return None
    known = CATALOG.enhancement(piece.enhancement)
    assert known is not None
    levelled = known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)
    grade = Grade.NONE if levelled else Grade.SINGLE
    level = piece.level if levelled else 50
    return SlottedEnhancement(piece.enhancement, level, grade, RelativeLevel.EVEN)


def entry_in_text(entry: PowerEntry) -> tuple[str, int, tuple[Slot, ...]]:
    slots = [Slot(slot.level, in_text(slot.enhancement)) for slot in entry.slots]
    if slots:
        slots[0] = replace(slots[0], level=max(1, entry.level))
    return entry.power, entry.level, tuple(slots)


def read(text: str) -> Reading:
    return forms.read(text.encode(), CATALOG)


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_written_byte_for_byte(name: str) -> None:
    wanted = (BUILDS / f"{name}.report.txt").read_bytes()
    assert forms.write(sample(name), Form.REPORT, CATALOG) == wanted


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("form", "ending"), [(Form.MXD, "3.20"), (Form.MXD_101, "1.01")])
def test_a_whole_mxd_with_our_report_is_the_sample(name: str, form: Form, ending: str) -> None:
    options = ReportOptions(levels=form == Form.MXD_101, old_head=form == Form.MXD_101)
    report = encode_report(sample(name), CATALOG, options)
    written = forms.write(sample(name), form, CATALOG, report=report)
    assert written == (BUILDS / f"{name}-{ending}.mxd").read_bytes()


def powers(build: Build) -> list[tuple[str, int, tuple[Slot, ...]]]:
    return [entry_in_text(entry) for entry in build.entries if not entry.is_empty]


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_reconstructed(name: str) -> None:
    build = sample(name)
    reading = forms.read((BUILDS / f"{name}.report.txt").read_bytes(), CATALOG)
    assert reading.form == Form.REPORT
    assert powers(reading.build) == powers(build)
    assert reading.build.alignment == build.alignment
    assert (reading.build.name, reading.build.origin) == (build.name, build.origin)
    assert reading.choices == ()
    assert [str(issue) for issue in reading.issues if "reconstruction" not in str(issue)] == []


@needs_shared
@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("report-only.txt", "defender-emp-psi-SOs"),
        ("report-bbcode-long.txt", "scrapper-claws-wp"),
    ],
)
def test_quirks(file: str, name: str) -> None:
    reading = forms.read((BUILDS / "quirks" / file).read_bytes(), CATALOG)
    assert powers(reading.build) == powers(sample(name))


def html(text: str) -> str:
    rows = text.replace("&", "&amp;").replace("<", "&lt;").split("\r\n")
    return "<br />\n".join(row.replace("\t", "&nbsp;&nbsp;") for row in rows)


def bbcode(text: str) -> str:
    rows = text.replace("\t", " ").split("\r\n")
    return "\n".join(f"[b][color=#489AFF]{row}[/color][/b]" if row else row for row in rows)


def dashes(text: str) -> str:
    """The short form of marked-up reports: dashes before the codes."""
    rows = []
    for row in text.split("\r\n"):
        level, tab, rest = row.partition(":\t")
        name, _, codes = rest.partition("\t")
        middle = f": {name} -- {codes.strip()}" if codes.strip() else f": {name}"
        rows.append(f"{level}{middle}" if tab else row)
    return "[list]" + "\n[*]".join(rows) + "[/list]"


@needs_shared
@pytest.mark.parametrize("mark_up", [html, bbcode, dashes])
@pytest.mark.parametrize("name", SAMPLES)
def test_marked_up_reports(mark_up: object, name: str) -> None:
    assert callable(mark_up)
    text = mark_up((BUILDS / f"{name}.report.txt").read_bytes().decode())
    assert powers(read(text).build) == powers(sample(name))


@SOME
@given(seed=st.integers(0, 2**32))
def test_whole_builds_come_back_but_for_what_shares_a_name(seed: int) -> None:
    build = make(seed, name="Ash")
    reading = read(encode_report(build, CATALOG))
    back = {each[0]: each for each in powers(reading.build)}
    for power, level, slots in powers(build):
        known = CATALOG.power(power)
        assert known is not None
        if power not in back:
            twin = [CATALOG.power(each) for each in back]
            same = [each for each in twin if each and each.display_name == known.display_name]
            assert same or any(known.display_name in issue.original for issue in reading.issues)
            continue
        assert back[power][1] == level
        for one, other in zip(back[power][2], slots, strict=True):
            if one.enhancement != other.enhancement:
                assert one.enhancement is not None
                assert other.enhancement is not None
                first = CATALOG.enhancement(one.enhancement.enhancement)
                second = CATALOG.enhancement(other.enhancement.enhancement)
                assert first is not None
                assert second is not None
                names = short_names(CATALOG)
                assert names.code(first) == names.code(second) == "Srn-EndRdx"


REPORT = """Hero Plan by Mids' Hero Designer 1.9
http://www.cohplanner.com/

Ash: Level 50 Magic Blaster
Primary Power Set: Fire Blast
Secondary Power Set: Energy Manipulation
Power Pool: Speed
Power Pool: Fitness

Hero Profile:
------------
{lines}
------------
"""


def entries(*lines: str) -> Reading:
    return read(REPORT.format(lines="\n".join(lines)))


def test_an_unknown_power_keeps_its_place_empty_and_may_be_chosen() -> None:
    reading = entries("Level 1:\tFlarez\t\tAcc(A), Dmg(3)", "Level 2:\tFire Ball\t\tAcc(A)")
    build = reading.build
    assert build.entries[0].is_empty
    assert build.entries[2].power == "Blaster_Ranged.Fire_Blast.Fire_Ball"
    (choice,) = reading.choices
    assert choice.part == Part.POWER
    assert choice.candidates[0].id == "Blaster_Ranged.Fire_Blast.Flares"
    chosen = decided(build, choice, choice.candidates[0].id)
    assert [slot.level for slot in chosen.entries[0].slots] == [1, 3]
    assert chosen.entries[2:] == build.entries[2:]


def test_an_unknown_piece_leaves_its_slot_empty_and_may_be_chosen() -> None:
    reading = entries("Level 1:\tFlares\t\tApc-Dmg:40(A), Apc-Fudge:40(3), Dmg(5)")
    slots = reading.build.entries[0].slots
    assert [slot.enhancement is None for slot in slots] == [False, True, False]
    (choice,) = reading.choices
    assert (choice.part, choice.index, choice.slot) == (Part.PIECE, 0, 1)
    chosen = decided(reading.build, choice, choice.candidates[0].id)
    piece = chosen.entries[0].slots[1].enhancement
    assert piece is not None
    assert piece.enhancement.startswith("Crafted_Apocalypse_")
    assert piece.level == 40


def test_a_code_of_two_pieces_is_a_choice() -> None:
    reading = entries("Level 1:\tFlares\t\tSrn-EndRdx:30(A)")
    (choice,) = reading.choices
    assert {each.id for each in choice.candidates} == {"Crafted_Serendipity_F", "Crafted_Soaring_B"}


def test_an_unknown_powerset_is_a_choice() -> None:
    text = REPORT.format(lines="Level 1:\tFlares").replace("Fire Blast", "Fire Blaster")
    reading = read(text)
    (choice,) = [each for each in reading.choices if each.part == Part.POWERSET]
    assert (choice.index, choice.candidates[0].id) == (0, "Blaster_Ranged.Fire_Blast")
    assert decided(reading.build, choice, choice.candidates[0].id).powersets[0] == (
        "Blaster_Ranged.Fire_Blast"
    )


def test_old_names_and_codes() -> None:
    reading = entries(
        "Level 1:\tFlares\t\tPosi-Acc/Dmg:50(A), Apoc-Dmg%(3), HyO:Nucle(5), Acc(A)",
        "Level 6:\tHasten\t\tLkGmblr-Rchg+(A)",
    )
    pieces = [
        slot.enhancement and slot.enhancement.enhancement for slot in reading.build.entries[0].slots
    ]
    assert pieces[0] == "Crafted_Positrons_Blast_A"
    assert str(pieces[2]).endswith("_Damage_Accuracy")
    gambler = reading.build.entries[4].slots[0].enhancement
    assert gambler is not None
    assert gambler.enhancement == "Crafted_Luck_of_the_Gambler_F"


def test_old_beginnings_are_tried_longest_first() -> None:
    lengths = [len(old) for old, _ in OLD_BEGINNINGS]
    assert lengths == sorted(lengths, reverse=True)
    assert OLD_BEGINNINGS


def test_too_many_slots_and_impossible_levels_are_told() -> None:
    codes = ", ".join(["Acc(A)", *("Acc(99)" for _ in range(8))])
    reading = entries(f"Level 1:\tFlares\t\t{codes}", "Level 77:\tHasten\t\tAcc(A)")
    assert len(reading.build.entries[0].slots) == 6
    told = " ".join(str(issue) for issue in reading.issues)
    assert "the first 6 are kept" in told
    assert "“99” is no level" in told
    assert "“77” is no level" in told


def test_a_power_twice_and_one_too_many() -> None:
    lines = ["Level 1:\tFlares", "Level 1:\tFlares", "Level 2:\t[Empty]", "Level 4:\tHasten"]
    reading = entries(*lines)
    assert "is in the build twice" in " ".join(map(str, reading.issues))
    assert [entry.is_empty for entry in reading.build.entries[:4]] == [False, True, True, False]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Ash: Level 50 Magic Blaster", "Ash", "no line with level, origin"),
        ("Magic Blaster", "Magic Sorcerer", "no archetype “Sorcerer”"),
        ("Level 1:\tFlares", "", "lists no powers"),
    ],
)
def test_refused(old: str, new: str, message: str) -> None:
    text = REPORT.format(lines="Level 1:\tFlares").replace(old, new)
    with pytest.raises(BuildFormatError, match=message):
        read(text)


@pytest.mark.parametrize("side", ["Loyalist", "Resistance", "Rogue", "Villain"])
def test_every_alignment(side: str) -> None:
    text = REPORT.format(lines="Level 1:\tFlares").replace("Hero P", f"{side} P")
    assert read(text).build.alignment.name == side.upper()


def test_an_unknown_origin_is_told() -> None:
    reading = read(REPORT.format(lines="Level 1:\tFlares").replace("Magic", "Cosmic"))
    assert any(issue.place == "Origin" for issue in reading.issues)


def test_tags_go_and_names_stay() -> None:
    text = plain_text("<b>a &lt;i&gt;</b><br />[b]Level 2:[/b] [Empty]&nbsp;x<style>p {}</style>")
    assert text == "a <i>\nLevel 2: [Empty] x"


def test_a_pool_too_many() -> None:
    pools = "".join(
        f"Power Pool: {name}\n" for name in ("Leaping", "Flight", "Fighting", "Medicine")
    )
    text = REPORT.format(lines="Level 1:\tFlares").replace("Power Pool: Fitness\n", pools)
    assert "one too many" in " ".join(map(str, read(text).issues))


def test_every_code_means_its_piece() -> None:
    names = short_names(CATALOG)
    doubled = [code for code in names.codes() if len(names.meant_by(code)) > 1]
    assert doubled == ["Srn-EndRdx"]
    for piece in CATALOG.enhancements():
        if piece.kind != EnhancementKind.NONE:
            assert piece in names.read(names.code_with_level(piece, 33)).pieces


def test_a_name_with_two_spaces_is_one_name() -> None:
    power = "Controller_Buff.Sonic_Debuff.Sonic__Repulsion"
    known = CATALOG.power(power)
    assert known is not None
    assert "  " in known.display_name
    text = (
        "This Hero build was built\nAsh: Level 50 Magic Controller\n"
        "Primary Power Set: Mind Control\nSecondary Power Set: Sonic Resonance\n\n"
        "Hero Profile:\nLevel 1:\tMesmerize\t\tAcc-I:50(A)\n"
        f"Level 28:\t{known.display_name}\t\tRechRdx-I:50(A)\n"
    )
    build = forms.read(text.encode(), CATALOG).build
    assert power in [entry.power for entry in build.picks]


def test_a_code_means_what_the_power_takes() -> None:
    """Several pieces share short codes; only those the power accepts are offered."""
    for seed in range(3):
        build = legal(seed)
        reading = forms.read(forms.write(build, Form.REPORT, CATALOG), CATALOG)
        for choice in reading.choices:
            power = CATALOG.power(reading.build.entries[choice.index].power)
            assert power is not None
            for candidate in choice.candidates:
                piece = CATALOG.enhancement(candidate.id)
                assert piece is not None
                assert accepts(power, piece, CATALOG)
