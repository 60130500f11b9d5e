"""Evenings of players, walked through with real clicks and keys on the real window.

S1 to S5 and S7 of the feature inventory, on the data that come with the program. Steps that need
later work are named at their place.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from midsdesk.app.views import PickerTab, PieceView
from midsdesk.ui.theme.tokens import Theme
from tests.helpers.gamedata import default_catalog
from tests.helpers.window import SAMPLE, open_window
from tests.window.player import SHIFT, Player

LUCK = "Luck of the Gambler: Defense/Increased Global Recharge Speed"
POOLS = ("Concealment", "Leadership", "Flight", "Leaping")


@pytest.fixture
def player(qtbot, theme: Theme, tmp_path) -> Player:
    window = open_window(qtbot, theme, folder=tmp_path, new=True, catalog=default_catalog())
    return Player(qtbot, window)


def archer(player: Player) -> None:
    """S1.2: a Blaster with Archery and Atomic Manipulation."""
    identity, places = player.window.powers.identity, player.window.powers.places
    player.choose(identity.archetype, "Blaster")
    player.choose(identity.origin, "Magic")
    player.choose(places[0].head, "Archery")
    player.choose(places[1].head, "Atomic Manipulation")
    for place, pool in enumerate(POOLS, 3):
        player.choose(places[place].head, pool)


def test_s1_first_build(player: Player) -> None:
    archer(player)
    window = player.window
    build = player.document.build
    assert (build.archetype, build.origin) == ("Class_Blaster", "Magic")
    assert window.isWindowModified()
    words = [window.powers.places[place].words.model().rowCount() for place in (0, 1)]
    assert words == [9, 9]
    assert player.bars[0].kind == "next"
    assert player.spoken("Snap Shot") == "Snap Shot, available, level 1"
    assert player.spoken("Rain of Arrows") == "Rain of Arrows, unavailable, needs level 26"
    player.click_word("Snap Shot")
    player.click_word("Electron Shackles")
    assert [(bar.level, bar.name) for bar in player.bars[:2]] == [
        (1, "Snap Shot"), (1, "Electron Shackles"),
    ]  # fmt: skip
    assert player.spoken("Snap Shot") == "Snap Shot, taken, level 1"
    assert "archetype" in window.powers.identity.archetype.toolTip().lower(), "a lock says why"
    player.action("help")
    assert window.help.isVisible()
    player.press(Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_s2_levels_and_slots(player: Player) -> None:
    archer(player)
    row = next(row for row, bar in enumerate(player.bars) if bar.level == 26)
    player.click_row(row)
    assert player.bars[row].kind == "next"
    assert player.spoken("Rain of Arrows") == "Rain of Arrows, available, level 26"
    player.click_word("Rain of Arrows")
    assert (player.bars[row].name, player.bars[row].ghost_level) == ("Rain of Arrows", 27)
    player.click_bar("Rain of Arrows")
    # As the data say: 20.8 endurance, 65 s, 90 ft; a rain of three times 75.07 lethal damage.
    figures = player.figures()
    assert {"Endurance 20.80", "Recharge 65.00 s", "Range 90.0 ft", "Targets 16"} <= set(figures)
    assert player.damage().endswith("base 225.2. Lethal 75.1 × 3")
    for _ in range(3):
        player.click_bar("Rain of Arrows")
    assert player.bought("Rain of Arrows") == [26, 27, 27, 29, 29]
    assert player.bar("Rain of Arrows").ghost_level == 31
    assert player.document.build.added_slots == 4
    player.click_slot("Rain of Arrows", 3, modifiers=SHIFT)
    assert player.bought("Rain of Arrows") == [26, 27, 29, 29]
    player.click_slot("Rain of Arrows", 1, modifiers=SHIFT)
    assert player.bought("Rain of Arrows") == [26, 27, 29, 29]
    assert player.status == "The first slot of a power cannot be removed."
    assert QApplication.activeModalWidget() is None


def test_s3_the_picker(player: Player) -> None:
    archer(player)
    rain = "Rain of Arrows"
    player.click_word(rain)
    for _ in range(3):
        player.click_bar(rain)
    player.click_slot(rain, 1, Qt.MouseButton.RightButton)
    picker = player.window.picking.overlay
    assert picker.search_field.hasFocus()
    assert [cell.tab for cell in picker.cells.cells] == [
        PickerTab.NONE, PickerTab.REGULAR, PickerTab.INVENTION, PickerTab.SPECIAL, PickerTab.SET,
    ]  # fmt: skip
    player.type("deton")
    player.press(Qt.Key.Key_Return)
    assert not picker.isVisible()
    for number in (2, 3, 4):
        player.click_slot(rain, number, Qt.MouseButton.MiddleButton)
    names = [slot.name for slot in player.bar(rain).slots]
    assert len(set(names)) == 4
    assert all(name.startswith("Detonation: ") for name in names)
    player.click_bar(rain)
    player.click_slot(rain, 5, Qt.MouseButton.RightButton)
    player.type("30")
    player.type("deton")
    assert picker.title.level.text() == "30"
    player.press(Qt.Key.Key_Return)
    fifth = player.bar(rain).slots[4]
    assert (fifth.level, fifth.name.split(":")[0]) == ("30", "Detonation")
    assert fifth.name not in names
    player.click_slot(rain, 5, Qt.MouseButton.RightButton)
    for _ in range(3):
        player.type("+")
    player.press(Qt.Key.Key_Return)
    assert (player.bar(rain).slots[4].level, player.bar(rain).slots[4].relative) == ("30", "+3")
    # The power takes no set of defense: the piece stands there, with the reason.
    player.click_slot(rain, 5, Qt.MouseButton.RightButton)
    player.type("lotg")
    shown = [entry for entry in picker.list.pieces.entries if isinstance(entry, PieceView)]
    assert {entry.name.split(":")[0] for entry in shown} == {"Luck of the Gambler"}
    assert shown[0].refused == "Rain of Arrows does not take Defense/Endurance."


def test_s4_lights_totals_and_reasons(player: Player) -> None:
    """A Blaster has 1,204.8 hit points; a part in 240 of them returns each second."""
    player.choose(player.window.powers.identity.archetype, "Blaster")
    base = 1204.8 / 240
    assert (player.total("hit_points"), player.total("endurance")) == ("1,205", "100")
    assert player.total("regeneration.per_second") == f"{base * 1.4:.2f}/s"
    assert player.total("recovery.per_second") == f"{1.25 * 5 / 3:.2f}/s"
    player.click_lamp("Health")
    assert player.total("regeneration.per_second") == f"{base:.2f}/s"
    player.click_lamp("Stamina")
    assert player.total("recovery.per_second") == f"{5 / 3:.2f}/s"
    player.click_total("regeneration.per_second")
    assert player.window.asking.panel.isVisible()
    player.press(Qt.Key.Key_Escape)
    player.action("undo")
    player.action("undo")
    assert player.total("regeneration.per_second") == f"{base * 1.4:.2f}/s"
    player.click(player.window.powers.counts[0])
    assert player.window.adding.sheet.isVisible()
    player.window.adding.sheet.field.setFocus()
    player.type("task force")
    player.press(Qt.Key.Key_Return)
    player.press(Qt.Key.Key_Escape)
    assert player.total("hit_points") == "1,265"  # a twentieth more
    player.choose(player.window.powers.identity.alignment, "Villain")
    assert player.document.build.find("Temporary_Powers.Accolades.Invader") is not None
    assert player.total("hit_points") == "1,265"


def test_s5_rule_of_five(player: Player) -> None:
    archer(player)
    carriers = (
        "Stealth",
        "Grant Invisibility",
        "Infiltration",
        "Hover",
        "Maneuvers",
        "Combat Jumping",
    )
    for count, power in enumerate(carriers, 1):
        player.click_word(power)
        player.click_slot(power, 1, Qt.MouseButton.RightButton)
        player.type("lotg global")
        player.press(Qt.Key.Key_Return)
        assert player.bar(power).slots[0].name == LUCK
        assert player.total("haste") == f"{100 + 7.5 * min(count, 5):.1f} %"
    player.action("problems")
    player.qtbot.waitUntil(lambda: not player.window.mending.searching, timeout=20_000)
    model = player.window.problems.view.problems
    titles = [row.title for number in range(model.rowCount()) if (row := model.row(number))]
    assert titles.count("Sixth copy wasted") == 1, titles


def test_s7_everything_can_be_undone(player: Player) -> None:
    window = player.window
    window.builds.open(SAMPLE)
    before = player.document.build
    for name in ("levels_lowest", "flip_all", "arrange_slots", "remove_slots"):
        window.actions_by_name[name].trigger()
    player.drag(player.bars[2].name, player.bars[12].name)
    assert len(player.document.history.labels) == 5, player.document.history.labels
    assert len(set(player.document.history.labels)) == 5
    assert window.messages.texts, "what the drag did is told, with other ways"
    assert QApplication.activeModalWidget() is None
    after = player.document.build
    for _ in range(5):
        player.action("undo")
    assert player.document.build == before
    assert not window.isWindowModified()
    for _ in range(5):
        player.action("redo")
    assert player.document.build == after
