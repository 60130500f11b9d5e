"""Search everything: typed, walked and taken with real keys."""

import pytest
from PySide6.QtCore import Qt

from midsdesk.app.document import Document
from midsdesk.app.everything import Act, matches
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import SNAP_SHOT, taken

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Tab
HOVER = "Pool.Flight.Combat_Flight"


@pytest.fixture
def window(window: MainWindow, catalog) -> MainWindow:
    build = ops.change_powerset(taken(SNAP_SHOT), catalog, 3, "Pool.Flight")
    build = ops.take_power(build, catalog, HOVER)
    window.controller.show(Document(build, catalog, Engine(catalog)))
    return window


def search(qtbot, window: MainWindow, text: str):
    window.grid.setFocus()
    window.actions_by_name["search"].trigger()
    overlay = window.searching.overlay
    assert overlay.isVisible()
    assert overlay.field.hasFocus()
    qtbot.keyClicks(overlay.field, text)
    return overlay


def names(overlay) -> list[str]:
    return [row.name for row in overlay.rows]


def test_an_abbreviation_finds_the_piece_and_enter_slots_it(qtbot, window):
    overlay = search(qtbot, window, "lotg recharge")
    first = overlay.rows[0]
    assert first.name.startswith("Luck of the Gambler: ")
    assert "Recharge" in first.name
    assert first.promise == "slot in Hover"
    qtbot.keyClick(overlay.field, ENTER)
    assert not overlay.isVisible()
    assert window.grid.hasFocus()
    build = window.controller.document.build
    slot = build.entries[build.find(HOVER)].slots[0]
    assert slot.enhancement.enhancement == first.target
    # Now it is told where it is, and Enter goes there.
    window.grid.set_current(0)
    overlay = search(qtbot, window, "lotg recharge")
    slotted = next(row for row in overlay.rows if row.promise == "go to slot")
    assert slotted.name == "Hover"


def test_a_power_is_taken(qtbot, window):
    overlay = search(qtbot, window, "fistful of arrows")
    assert overlay.rows[0].promise == "take at 2"
    qtbot.keyClick(overlay.field, ENTER)
    build = window.controller.document.build
    assert build.find("Blaster_Ranged.Archery.Fistful_of_Arrows") == 2
    assert window.grid.current_entry() == 2


def test_ctrl_enter_only_shows(qtbot, window):
    before = window.controller.document.build
    overlay = search(qtbot, window, "fistful of arrows")
    qtbot.keyClick(overlay.field, ENTER, CTRL)
    assert window.controller.document.build is before
    assert window.info.info.title.endswith("Fistful of Arrows")


def test_commands_run(qtbot, window):
    overlay = search(qtbot, window, "zoom in")
    assert names(overlay)[0] == "Zoom in"
    before = window._theme.zoom
    qtbot.keyClick(overlay.field, ENTER)
    assert window._theme.zoom > before


def test_kinds_by_tab_and_walking_by_arrows(qtbot, window):
    overlay = search(qtbot, window, "fly")
    assert {section.kind for section in window.searching._find("fly", "all")} > {"powers"}
    qtbot.keyClick(overlay.field, TAB)
    assert overlay.model.item(0) == "Powers"
    assert all(row.act in (Act.TAKE, Act.GO, Act.SHOW) for row in overlay.rows)
    assert overlay.list.currentIndex().row() == 1  # below the heading
    qtbot.keyClick(overlay.field, DOWN)
    assert overlay.list.currentIndex().row() >= 1
    qtbot.keyClick(overlay.field, ESCAPE)
    assert not overlay.isVisible()
    assert window.grid.hasFocus()


def test_nothing_found_says_what_to_do(qtbot, window):
    overlay = search(qtbot, window, "qqqzzz")
    assert not overlay.rows
    assert overlay.empty.isVisible()
    assert "qqqzzz" in overlay.empty.text()


def test_what_cannot_be_slotted_says_why(qtbot, window):
    before = window.controller.document.build
    overlay = search(qtbot, window, "pieces: expedient reinforcement")
    assert overlay.rows[0].refusal == "no empty slot takes it"
    qtbot.keyClick(overlay.field, ENTER)
    assert overlay.isVisible()
    assert overlay.count.text() == "no empty slot takes it"
    assert window.controller.document.build is before


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Luck of the Gambler", "lotg", ((0, 1), (5, 1), (8, 1), (12, 1))),
        ("Luck of the Gambler", "gamb", ((12, 4),)),
        ("Blaze", "blaze", ((0, 5),)),
        ("Blaze", "x", ()),
    ],
)
def test_what_matched_is_marked(name, text, expected):
    assert matches(name, text) == expected
