import pytest

from midsdesk.app import commands as cmd
from midsdesk.app import present
from midsdesk.app.document import Document
from midsdesk.app.numbers import plain, signed, spoken, with_unit
from midsdesk.app.picker import COMPLETES, REFUSED, STARTS
from midsdesk.app.views import BarKind, Lamp, PickerTab, SlotFrame, WordState
from midsdesk.calc.engine import Engine
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.totals import Statistic
from tests.helpers.builds import ARCHERY, RAIN_OF_ARROWS, SNAP_SHOT, document, sample
from tests.helpers.fake_calc import FakeCalculator
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared


def blaster() -> Document:
    return Document(sample("blaster-fire-energy"), packed_catalog(), FakeCalculator())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (with_unit(28.53, "%"), "28.5 %"),
        (with_unit(9.052, "/s"), "9.05/s"),
        (with_unit(1521.4, "points"), "1,521"),
        (with_unit(25.7, "mph"), "25.7 mph"),
        (with_unit(151.1, "%", sign=True), "+151.1 %"),
        (with_unit(-12.5, "%"), "−12.5 %"),
        (plain(-0.04, 1), "0.0"),
        (signed(0.0, 1), "0.0"),
        (spoken("−12.5 %"), "minus 12.5 percent"),
    ],
)
def test_one_number_style(text: str, expected: str) -> None:
    assert text == expected


def test_identity_of_a_new_build() -> None:
    made = document()
    shown = present.identity(made)
    assert (shown.name, shown.archetype_name, shown.origin) == ("Ash", "Blaster", "Science")
    assert not shown.archetype_locked
    assert not shown.villain
    made.do(cmd.take_power(made, SNAP_SHOT))
    assert present.identity(made).archetype_locked
    assert present.identity(made) is present.identity(made)


def words(made: Document, place: int = 0) -> dict[str, WordState]:
    (shown,) = [item for item in present.word_lists(made) if item.place == place]
    return {word.name: word.state for word in shown.words}


def test_before_the_first_pick_nearly_all_words_are_available() -> None:
    states = words(document())
    assert set(states.values()) == {WordState.AVAILABLE}
    assert len(states) == 9


def test_words_answer_for_the_requested_level() -> None:
    made = document()
    made.do(cmd.take_power(made, RAIN_OF_ARROWS))
    made.request_level(2)
    states = words(made)
    assert states["Snap Shot"] == WordState.AVAILABLE
    assert states["Ranged Shot"] == WordState.UNAVAILABLE
    assert states["Rain of Arrows"] == WordState.TAKEN_LATE
    made.request_level(35)
    assert words(made)["Rain of Arrows"] == WordState.TAKEN


def test_illegal_words_say_why() -> None:
    made = document()
    made.do(cmd.take_power(made, "Pool.Fighting.Weave"))
    place = made.build.powersets.index("Pool.Fighting")
    (shown,) = [item for item in present.word_lists(made) if item.place == place]
    (word,) = [word for word in shown.words if word.state == WordState.ILLEGAL]
    assert word.reason == "Weave needs two of Boxing, Kick and Tough."
    assert shown.locked
    assert "Fighting" in shown.lock_reason


@needs_shared
def test_soldiers_see_trunk_and_branch_under_headings() -> None:
    made = Document(sample("soldier-crab"), packed_catalog(), FakeCalculator())
    shown = present.word_lists(made)[0]
    headings = [word.name for word in shown.words if word.state == WordState.HEADING]
    assert len(headings) == 2


@needs_shared
def test_the_grid_looks_as_drawn() -> None:
    bars = {bar.name: bar for bar in present.grid(blaster()).picks}
    letters = {name: bar.slots[0].letters or bar.slots[0].glyph for name, bar in bars.items()}
    assert letters["Fire Blast"] == "DB"
    assert letters["Build Up"] == "GSF"
    assert letters["Blaze"] == "Apo"
    assert letters["Hasten"] == "attr-recharge"
    assert letters["Combat Jumping"] == "LG"
    assert bars["Fire Ball"].slots[0].frame == SlotFrame.ARCHETYPE_SUPERIOR
    assert {slot.color for slot in bars["Bone Smasher"].slots} == {"rarity.very_rare"}
    assert bars["Tough"].slots[2].frame == SlotFrame.PVP
    assert (bars["Hasten"].slots[0].level, bars["Hasten"].slots[0].relative) == ("50", "+5")
    assert bars["Blaze"].slots[5].frame == SlotFrame.SPECIAL
    assert bars["Weave"].lamp == Lamp.ON
    assert bars["Fire Blast"].lamp == Lamp.NONE
    assert bars["Weave"].spoken == "Weave, pick 24, toggle, included, 3 slots"
    assert bars["Blaze"].slots[0].spoken.startswith("slot 1 of 6, Apocalypse: Damage, level 50")
    assert bars["Fire Blast"].ghost_reason == "A power has at most 6 slots."


def test_empty_picks_and_the_next_one() -> None:
    made = document()
    bars = present.grid(made).picks
    assert [bar.kind for bar in bars[:2]] == [BarKind.NEXT, BarKind.EMPTY]
    made.request_level(20)
    assert [bar.level for bar in present.grid(made).picks if bar.kind == BarKind.NEXT] == [20]


@needs_shared
def test_bars_that_did_not_change_are_the_same_objects() -> None:
    made = blaster()
    before = present.grid(made)
    made.do(cmd.set_procs_off(made, 0, not made.build.entries[0].procs_off))
    after = present.grid(made)
    same = sum(old is new for old, new in zip(before.picks, after.picks, strict=True))
    assert same >= 22


def test_totals_of_a_naked_character() -> None:
    groups = {group.key: group for group in present.totals(document())}
    assert groups["defense"].note == "soft cap 45"
    assert groups["resistance"].note == "cap 75"
    names = [row.name for row in groups["defense"].rows]
    assert names == [
        "Melee",
        "Ranged",
        "AoE",
        "Smash/Lethal",
        "Fire/Cold",
        "Energy/Neg.",
        "Psionic",
    ]
    ranged = groups["defense"].rows[1]
    assert (ranged.key, ranged.text, ranged.soft_cap) == ("defense.ranged", "0.0 %", 0.75)
    assert ranged.spoken == "Defense Ranged 0.0 percent, soft cap 45"


class _Fixed(FakeCalculator):
    def __init__(self, *items: Statistic) -> None:
        super().__init__()
        self.items = items

    def calculate(self, build, settings):  # type: ignore[no-untyped-def]
        answer = super().calculate(build, settings)
        return type(answer)(answer.totals, answer.capped, self.items)


def test_rows_split_when_their_members_differ() -> None:
    made = Document(
        document().build,
        packed_catalog(),
        _Fixed(
            Statistic("resistance.smashing", "Smashing", 75, 90, "%", cap=75),
            Statistic("resistance.lethal", "Lethal", 20, 20, "%", cap=75),
            Statistic("defense.toxic", "Toxic", -3, -3, "%", soft_cap=45),
        ),
    )
    defense, resistance = present.totals(made)
    smashing, lethal = resistance.rows
    assert (smashing.name, lethal.name) == ("Smashing", "Lethal")
    assert smashing.at_cap
    assert smashing.over == pytest.approx(0.9)
    assert lethal.over is None
    assert defense.rows[0].negative
    assert defense.rows[0].text == "−3.0 %"


def test_a_preview_shows_what_would_change() -> None:
    made = document()
    made.do(cmd.take_power(made, SNAP_SHOT))
    preview = made.preview(cmd.slot_enhancement(made, 0, 0, "Crafted_Accuracy"))
    rows = {row.key: row for group in present.totals(made, preview) for row in group.rows}
    assert (rows["hit_points"].delta, rows["hit_points"].delta_good) == ("+1.00", True)
    assert rows["defense.melee"].delta == ""
    assert present.piece_deltas(made, 0, 0, "Crafted_Accuracy") == (("+1.00 hit points", True),)
    assert present.piece_deltas(made, 0, 0, "Crafted_Heal") == ()


def test_picker_tabs() -> None:
    made = document()
    made.do(cmd.take_power(made, SNAP_SHOT))
    made.do(cmd.add_slot(made, 0))
    shown = present.picker(made, 0, 1)
    assert shown.title == "Snap Shot, slot 2 of 2"
    assert [item.name for item in shown.categories][:1] == ["Ranged Damage"]
    assert "Decimation" in [item.name for item in shown.sets]
    regular = present.picker(made, 0, 1, PickerTab.REGULAR, "dual")
    assert {piece.slot.frame for piece in regular.pieces} == {SlotFrame.DUAL}
    special = present.picker(made, 0, 1, PickerTab.SPECIAL)
    assert special.categories[0].name == "Hamidon Origin"
    invention = present.picker(made, 0, 1, PickerTab.INVENTION)
    assert {piece.slot.frame for piece in invention.pieces} == {SlotFrame.INVENTION}
    assert present.picker(made, 0, 1, PickerTab.NONE).note
    assert present.first_tab(made, 0, 0) == PickerTab.SET
    made.do(cmd.slot_enhancement(made, 0, 0, "Magic_Accuracy"))
    assert present.first_tab(made, 0, 0) == PickerTab.REGULAR


@needs_shared
def test_picker_search_groups_and_reasons() -> None:
    made = blaster()
    blaze = made.build.find("Blaster_Ranged.Fire_Blast.Blaze")
    assert blaze is not None
    found = present.picker(made, blaze, 5, search="apoc")
    assert {piece.group for piece in found.pieces} == {COMPLETES, REFUSED}
    refused = [piece for piece in found.pieces if piece.refused]
    assert refused[0].refused == "Unique, and already in Blaze."
    by_bonus = present.picker(made, blaze, 5, search="ranged def")
    assert STARTS in {piece.group for piece in by_bonus.pieces}
    assert "zebra" in present.picker(made, blaze, 5, search="zebra").note
    shown = present.picker(made, blaze, 5)
    (apocalypse,) = [item for item in shown.sets if item.name == "Apocalypse"]
    assert apocalypse.slotted == 5
    assert apocalypse.bonus_lines[0] == (2, "+16 % regeneration", True)
    assert apocalypse.bonus_lines[-1] == (6, "+5 % psionic defense", False)


def test_picker_finds_abbreviations() -> None:
    made = document()
    made.do(cmd.take_power(made, "Pool.Flight.Combat_Flight"))
    index = made.build.find("Pool.Flight.Combat_Flight")
    assert index is not None
    found = present.picker(made, index, 0, search="lotg")
    assert len(found.pieces) == 6
    assert all("Luck of the Gambler" in piece.name for piece in found.pieces)


@needs_shared
def test_info_of_a_power_with_real_numbers() -> None:
    # The picture of the design was computed as the old planner does.
    made = Document(
        sample("blaster-fire-energy"),
        packed_catalog(),
        Engine(packed_catalog()),
        CalcSettings(rules=Rules.MIDS),
    )
    blaze = made.build.find("Blaster_Ranged.Fire_Blast.Blaze")
    shown = present.power_info(made, entry=blaze)
    assert shown is not None
    assert shown.title == "[20] Blaze"
    figures = {row.key: row for row in shown.figures}
    assert (figures["endurance"].text, figures["endurance"].better) == ("3.98", True)
    assert figures["recharge"].text == "2.31 s"
    assert figures["range"].text == "175.7 ft"
    assert figures["server_tick"].text == "1.188 s"
    assert shown.sets[0][:3] == ("Apocalypse", 5, 6)
    assert present.power_info(made, power=f"{ARCHERY}.Snap_Shot") is not None
    assert present.power_info(made, power="Pool.Fudge.Soft") is not None
    assert present.power_info(made, entry=99) is None
    totals = {row.key: row for group in present.totals(made) for row in group.rows}
    assert totals["defense.ranged"].text == "28.5 %"
    assert totals["haste"].text == "342.5 %"
