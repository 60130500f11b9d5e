"""The settings sheet with real clicks and keys: everything counts at once."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.vocab import Suppression
from midsdesk.ui.main_window import MainWindow
from tests.helpers.window import sample_window

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
APPEARANCE, PIECES, NUMBERS, TEAM = range(4)


@pytest.fixture
def window(qtbot, theme) -> MainWindow:
    """The sample, with the sheet open."""
    made = sample_window(qtbot, theme)
    QTest.keyClick(made, Qt.Key.Key_Comma, CONTROL)
    assert made.settings_sheet.isVisible() and made.settings_sheet.field.hasFocus()
    return made


def row(window: MainWindow, title: str):
    return next(each for each in window.settings_sheet.rows if each.row.title == title)


def press(qtbot, window: MainWindow, title: str, text: str) -> None:
    """Click one of the buttons of a row."""
    buttons = row(window, title).control.findChildren(QToolButton)
    qtbot.mouseClick(next(each for each in buttons if each.text() == text), LEFT)
    QTest.qWait(5)


def calc(window: MainWindow) -> CalcSettings:
    document = window.controller.document
    assert document is not None
    return document.settings


def test_theme_and_accent_change_at_once_and_the_focus_stays(qtbot, window):
    theme = window._theme
    selector = row(window, "Theme").control.selector
    selector.setFocus()
    qtbot.keyClicks(selector, "Hi")
    QTest.qWait(5)
    assert theme.theme == "high-contrast"
    assert row(window, "Theme").control.selector.hasFocus()
    assert row(window, "Theme").dot.isVisible(), "differs from the default"
    press(qtbot, window, "Alignment colours", "Always red")
    assert theme.accent == "villain"
    press(qtbot, window, "Alignment colours", "By build")
    assert theme.accent == "hero"
    qtbot.mouseClick(row(window, "Theme").dot, LEFT)
    QTest.qWait(5)
    assert theme.theme == "dark" and not row(window, "Theme").dot.isVisible()


def test_sizes(qtbot, window):
    theme = window._theme
    slider = row(window, "Text size").control.slider
    slider.setFocus()
    for _ in range(5):  # system, 8, 9, 10, 11, 12
        slider = row(window, "Text size").control.slider
        qtbot.keyClick(slider, Qt.Key.Key_Right)
        QTest.qWait(5)
    # Body text is 12 pixels, 9 points, at 100 %.
    assert theme.scale == pytest.approx(12 / 9)
    qtbot.keyClick(row(window, "Text size").control.slider, Qt.Key.Key_Home)
    QTest.qWait(5)
    assert theme.scale == 1.0
    press(qtbot, window, "Columns of the grid", "5")
    assert window._settings.get("columns") == 5


def test_numbers_at_slots(qtbot, window):
    boxes = row(window, "Numbers at slots").control.boxes
    boxes["show_slot_levels"].setFocus()
    qtbot.keyClick(boxes["show_slot_levels"], Qt.Key.Key_Space)
    press(qtbot, window, "Relative levels at slots", "As signs")
    shown = window.applying._affected.art.overlays
    assert (shown.level, shown.slot_level, shown.relative) == (True, False, "signs")


def test_new_pieces_begin_as_wished(qtbot, window):
    window.settings_sheet.choose_page(PIECES)
    slider = row(window, "Level of new inventions").control.slider
    for _ in range(20):
        qtbot.keyClick(slider, Qt.Key.Key_Left)
    press(qtbot, window, "Grade of new regular pieces", "Dual")
    qtbot.keyClick(window.settings_sheet, Qt.Key.Key_Escape)
    assert not window.settings_sheet.isVisible()
    document = window.controller.document
    assert document is not None
    entry = next(n for n, each in enumerate(document.build.entries)
                 if each.slots and each.slots[0].enhancement is None)  # fmt: skip
    window.grid.picker_requested.emit(entry, 0, window.grid.slot_rect(entry, 0))
    assert window.picking.overlay.wish.level == 30


def test_numbers_of_all_builds_follow(qtbot, window):
    window.settings_sheet.choose_page(NUMBERS)
    press(qtbot, window, "Numbers as", "The old planner")
    press(qtbot, window, "Against", "PvP")
    assert calc(window).rules is Rules.MIDS and calc(window).pvp
    held = row(window, "Just happened").control.boxes[str(int(Suppression.HELD))]
    qtbot.mouseClick(held, LEFT, pos=QPoint(8, held.height() // 2))
    assert calc(window).suppression == Suppression.HELD
    slider = row(window, "Level of the enemy").control.slider
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    # One level above: 65 % to hit.
    assert calc(window).scaling_to_hit == 0.65
    window.builds.new()
    assert calc(window).rules is Rules.MIDS and calc(window).suppression == Suppression.HELD
    qtbot.mouseClick(window.settings_sheet.defaults, LEFT)
    assert calc(window) == CalcSettings()


def test_the_team_has_room_for_seven_more(qtbot, window):
    window.settings_sheet.choose_page(TEAM)
    control = row(window, "Members").control
    qtbot.keyClick(control.boxes["Blaster"], Qt.Key.Key_Up)
    assert calc(window).team_members == (("Blaster", 1),)
    control.boxes["Defender"].selectAll()
    qtbot.keyClicks(control.boxes["Defender"], "7")
    assert dict(calc(window).team_members) == {"Blaster": 1, "Defender": 6}
    assert calc(window).team_size == 8
    assert control.total.text() == "A team of 8, with the character"


def test_search_finds_across_pages(qtbot, window):
    qtbot.keyClicks(window.settings_sheet.field, "colour blind")
    assert window.settings_sheet.shown == ["Theme"]
    window.settings_sheet.field.clear()
    qtbot.keyClicks(window.settings_sheet.field, "level")
    assert {"Level of new inventions", "Level of the enemy"} <= set(window.settings_sheet.shown)
    qtbot.keyClicks(window.settings_sheet.field, "xyz")
    assert window.settings_sheet.shown == []


def test_keys_alone(qtbot, window):
    sheet = window.settings_sheet
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    names = []
    for _ in range(40):
        here = QApplication.focusWidget()
        assert here is not None and sheet.isAncestorOf(here)
        names.append(here.accessibleName() or str(here.property("text")))
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert "Zoom" in names and "Theme" in names and "Close" in names
    assert all(names)
