"""The sets & bonuses dock with real clicks and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from midsdesk.app.sets_view import FiveRow, SumRow
from midsdesk.ui.main_window import MainWindow
from tests.helpers.characters import character, piece
from tests.helpers.window import build_window, sample_window
from tests.unit.app.test_sets_view import CARRIERS, LUCK

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, theme) -> MainWindow:
    """Six powers with the same piece, one more than counts."""
    build = character("Class_Blaster", {name: [piece(f"{LUCK}F")] for name in CARRIERS})
    return build_window(qtbot, theme, build)


def open_dock(window: MainWindow):
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    panel = window.side_docks.sets
    assert panel.isVisible()
    assert QApplication.focusWidget() is panel.list
    QTest.qWait(30)  # the window makes room
    return panel


def click(qtbot, view, wanted) -> None:
    rows = view.model_of_rows.rows
    index = view.model_of_rows.index(next(n for n, row in enumerate(rows) if wanted(row)))
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def test_the_key_opens_it_with_the_first_set(window):
    assert not window.side_docks.sets.isVisible(), "hidden at first"
    panel = open_dock(window)
    assert panel.title.text() == "Luck of the Gambler"
    assert panel.over.count == 1
    assert panel.over.accessibleName() == "1 bonuses over the rule of five"
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not panel.isVisible(), "once more closes it"


def test_the_sixth_copy_leads_to_its_slot(qtbot, window):
    panel = open_dock(window)
    click(qtbot, panel.bonuses, lambda row: isinstance(row, FiveRow) and row.over)
    assert window.grid.hasFocus()
    assert (window.grid.current_entry(), window.grid.currentIndex().column()) == (5, 1)


def test_keys_alone_reach_the_wasted_slot(qtbot, window):
    panel = open_dock(window)
    qtbot.keyClick(panel.list, Qt.Key.Key_End)
    assert panel.list.current.power == "Combat Jumping"
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert (window.grid.current_entry(), window.grid.currentIndex().column()) == (5, 1)


def test_a_sum_leads_to_its_reason(qtbot, window):
    panel = open_dock(window)
    click(qtbot, panel.bonuses, lambda row: isinstance(row, SumRow) and row.total == "haste")
    assert window.asking.panel.isVisible()


def test_the_filter_and_what_it_does_not_find(qtbot, window):
    panel = open_dock(window)
    qtbot.keyClick(panel.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert panel.filter.hasFocus()
    qtbot.keyClicks(panel.filter, "hover")
    assert [row.power for row in panel.list.model_of_rows.rows] == ["Hover"]
    qtbot.keyClicks(panel.filter, "x")
    assert panel.empty.isVisible() and "hoverx" in panel.empty.text()
    assert not panel.list.isVisible()


def test_find_sets_opens_the_search_ready_to_type(qtbot, window):
    panel = open_dock(window)
    qtbot.mouseClick(panel.find_button, LEFT)
    overlay = window.searching.overlay
    assert overlay.isVisible() and overlay.field.hasFocus()
    assert overlay.field.text() == "sets: usable in my powers "
    qtbot.keyClicks(overlay.field, "luck")
    assert "Luck of the Gambler" in [row.name for row in overlay.rows]


def test_undo_changes_the_dock_while_it_is_open(qtbot, window):
    panel = open_dock(window)
    assert panel.shown.rows
    document = window.controller.document
    window.grid.piece_remove_requested.emit(5, 0)
    qtbot.waitUntil(lambda: panel.over.count == 0)
    assert document is not None and len(panel.shown.rows) == 5
    window.actions_by_name["undo"].trigger()
    qtbot.waitUntil(lambda: panel.over.count == 1)


def test_nothing_slotted_says_what_to_do(qtbot, theme):
    window = build_window(qtbot, theme, character("Class_Blaster", {CARRIERS[0]: [None]}))
    window.docks.open("sets")
    panel = window.side_docks.sets
    assert panel.empty.isVisible() and panel.empty.text().startswith("No set is slotted")


def test_every_row_is_said(qtbot, theme):
    panel = open_dock(sample_window(qtbot, theme))
    spoken = QAccessible.queryAccessibleInterface(panel.list).child(0)
    assert "6 of 6 pieces" in spoken.text(QAccessible.Text.Name)
    for view in (panel.list, panel.bonuses):
        model = view.model_of_rows
        for number in range(model.rowCount()):
            assert model.data(model.index(number), Qt.ItemDataRole.AccessibleTextRole)
