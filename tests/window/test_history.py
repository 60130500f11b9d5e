"""The history dock with real clicks and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from midsdesk.app import commands, goals
from midsdesk.ui.main_window import MainWindow
from tests.helpers.characters import character
from tests.helpers.window import build_window

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
WEAVE, TOUGH = "Pool.Fighting.Weave", "Pool.Fighting.Tough"


@pytest.fixture
def window(qtbot, theme) -> MainWindow:
    """Three steps: a goal, Weave off, Tough off."""
    made = build_window(qtbot, theme, character("Class_Blaster", {WEAVE: [None], TOUGH: [None]}))
    run = made.controller.run
    run(lambda d: goals.add_goal(d, "defense.ranged"))
    run(lambda d: commands.set_included(d, 0, False))
    run(lambda d: commands.set_included(d, 1, False))
    return made


def open_dock(window: MainWindow):
    QTest.keyClick(window, Qt.Key.Key_H, CONTROL)
    panel = window.side_docks.history
    assert panel.isVisible() and panel.view.hasFocus()
    QTest.qWait(30)
    return panel


def rows(panel):
    return panel.view.model_of_rows.rows


def lit(window: MainWindow) -> list[bool]:
    document = window.controller.document
    assert document is not None
    return [entry.included for entry in document.build.entries[:2]]


def click(qtbot, panel, number: int) -> None:
    view = panel.view
    view.scrollTo(view.model_of_rows.index(number))
    box = view.visualRect(view.model_of_rows.index(number))
    qtbot.mouseClick(view.viewport(), LEFT, pos=box.center())


def test_a_click_goes_back_several_steps_and_forth_again(qtbot, window):
    panel = open_dock(window)
    assert [row.label for row in rows(panel)] == [
        "Switch Tough off",
        "Switch Weave off",
        "Add the goal Ranged defense 45.0 %",
        "New build",
    ]
    assert rows(panel)[0].now and panel.view.current.now
    click(qtbot, panel, 2)
    assert lit(window) == [True, True]
    assert [row.undone for row in rows(panel)] == [True, True, False, False]
    assert window.status.text == "Back to before: Switch Weave off"
    click(qtbot, panel, 0)
    assert lit(window) == [False, False]


def test_keys_alone(qtbot, window):
    panel = open_dock(window)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert lit(window) == [False, True]
    assert rows(panel)[1].now
    qtbot.keyClick(panel.view, Qt.Key.Key_M)
    assert rows(panel)[1].marked
    qtbot.keyClick(panel.view, Qt.Key.Key_M)
    assert not any(row.marked for row in rows(panel))


def test_the_step_that_moved_a_goal_says_by_how_much(window):
    panel = open_dock(window)
    # Weave of a blaster: 3.5 % defense, unslotted.
    assert rows(panel)[1].chip == "−3.5 % ranged defense"
    assert not rows(panel)[1].good
    assert rows(panel)[0].chip == ""


def test_the_mark_puts_the_change_into_the_totals(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_M, CONTROL)
    panel = open_dock(window)
    assert rows(panel)[0].marked
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["undo"].trigger()
    shown = [row for group in window.totals.view.model().groups for row in group.rows]
    assert next(row.delta for row in shown if row.key == "defense.ranged") == "+3.50"
    pin = panel.view.pin_point(0).toPoint()
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=pin)
    assert not any(row.marked for row in rows(panel))
    shown = [row for group in window.totals.view.model().groups for row in group.rows]
    assert not any(row.delta for row in shown)


def test_undo_and_redo_in_the_head(qtbot, window):
    panel = open_dock(window)
    qtbot.mouseClick(panel.undo, LEFT)
    assert lit(window) == [False, True]
    assert panel.view.current.now, "the ring follows"
    qtbot.mouseClick(panel.redo, LEFT)
    assert lit(window) == [False, False]
    assert not panel.redo.isEnabled()
