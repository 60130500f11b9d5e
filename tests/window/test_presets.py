"""Toggle presets in the tool strip, and the way back from an exclusive power."""

import pytest
from PySide6.QtCore import Qt

from midsdesk.app.presets import presets_of
from midsdesk.model.build import Build
from midsdesk.ui.main_window import MainWindow
from tests.helpers.characters import character
from tests.helpers.window import build_window
from tests.unit.app.test_presets import GRANITE, ROCK, SKIN, WEAVE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, theme) -> MainWindow:
    """A Brute in stone; Granite Armor is off."""
    powers: dict[str, list[None]] = {name: [None] for name in (ROCK, SKIN, GRANITE, WEAVE)}
    return build_window(qtbot, theme, character("Class_Brute", powers, off=(GRANITE,)))


def build_of(window: MainWindow) -> Build:
    document = window.controller.document
    assert document is not None
    return document.build


def lit(window: MainWindow) -> list[bool]:
    return [entry.included for entry in build_of(window).entries[:4]]


def choose(qtbot, window: MainWindow, text: str) -> None:
    """With the keys: ↓ opens, then to the row, Enter."""
    box = window.tools.presets.selector
    box.setFocus()
    row = box.findText(text)
    assert row >= 0, [box.itemText(number) for number in range(box.count())]
    before = lit(window)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    view = box.view()
    assert view.isVisible() and lit(window) == before
    qtbot.keyClick(view, Qt.Key.Key_Home)
    for _ in range(row):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)


def test_lights_are_saved_under_a_name_and_come_back(qtbot, window):
    box = window.tools.presets
    choose(qtbot, window, "Save these lights…")
    assert box.field.hasFocus()
    qtbot.keyClicks(box.field, "Tanking")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert [each.name for each in presets_of(build_of(window))] == ["Tanking"]
    assert box.selector.currentText() == "Tanking" and box.selector.hasFocus()
    choose(qtbot, window, "Everything off")
    assert lit(window) == [False] * 4
    choose(qtbot, window, "Tanking")
    assert lit(window) == [True, True, False, True]
    assert window.status.text == "Switch to Tanking"
    window.actions_by_name["undo"].trigger()
    assert lit(window) == [False] * 4, "one step"
    window.actions_by_name["redo"].trigger()
    choose(qtbot, window, "Remove “Tanking”")
    assert presets_of(build_of(window)) == ()


def test_esc_names_nothing_and_an_empty_name_is_refused(qtbot, window):
    box = window.tools.presets
    choose(qtbot, window, "Save these lights…")
    qtbot.keyClicks(box.field, "x")
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert presets_of(build_of(window)) == () and box.selector.hasFocus()
    choose(qtbot, window, "Save these lights…")
    box.field.clear()
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert presets_of(build_of(window)) == ()
    assert window.status.text == "A preset needs a name of its own."


def test_granite_on_and_off_by_its_lamp(qtbot, window):
    grid = window.grid
    before = lit(window)
    grid.set_current(2)
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert lit(window) == [False, True, True, True]
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert lit(window) == before
    window.actions_by_name["undo"].trigger()
    assert lit(window) == [False, True, True, True]
