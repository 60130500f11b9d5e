"""The build grid: what a screen reader finds, what keys and clicks ask for, what is painted."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester

from midsdesk.ui.grid.model import GridModel
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.grid.view import BuildGridView
from tests.window.sample_grid import states

SIGNALS = (
    "bar_activated",
    "lamp_toggled",
    "proc_lamp_toggled",
    "power_remove_requested",
    "picker_requested",
    "next_piece_requested",
    "slot_remove_requested",
    "piece_remove_requested",
    "lock_requested",
)
NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def grid(qtbot, theme, icons):
    view = BuildGridView(theme, icons, SlotArt(theme, icons))
    qtbot.addWidget(view)
    view.resize(692, 700)
    view.set_grid(states())
    with qtbot.waitExposed(view):
        view.show()
    return view


@pytest.fixture
def asked(grid):
    heard = []
    for name in SIGNALS:
        getattr(grid, name).connect(lambda *args, name=name: heard.append((name, *args[:2])))
    return heard


def center(view, row, column):
    return view.visualRect(view.model().index(row, column)).center()


def name_of(accessible):
    return accessible.text(QAccessible.Text.Name)


def test_a_screen_reader_finds_every_slot(grid):
    root = QAccessible.queryAccessibleInterface(grid)
    texts = [name_of(root.child(number)) for number in range(root.childCount())]
    assert "Blaze, pick 20, 6 slots" in texts
    assert "slot 2 of 6, Apo, level 50" in texts
    assert "slot 3 of 3, empty, bought at 21" in texts
    second = root.child(texts.index("slot 2 of 6, Apo, level 50"))
    assert second.rect().width() == 28  # and where it is


def test_a_screen_reader_follows_the_keys(grid, qtbot):
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    focus = QAccessible.queryAccessibleInterface(grid).focusChild()
    assert name_of(focus) == "slot 1 of 6, Apo, level 50"


def test_the_model_keeps_the_rules_of_qt(qtbot):
    model = GridModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    first = states()
    model.set_grid(first)
    model.set_grid(replace(first, picks=(replace(first.picks[0], level=1), *first.picks[1:])))
    model.set_grid(replace(first, others=()))


def test_only_rows_that_differ_are_told(qtbot):
    model = GridModel()
    before = states()
    model.set_grid(before)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    changed = replace(before.picks[3], included=True)
    model.set_grid(replace(before, picks=(*before.picks[:3], changed, *before.picks[4:])))
    assert told == [(3, 3)]


def test_clicks_say_what_was_asked(grid, qtbot, asked):
    def click(point, button=LEFT, keys=NO_KEY):
        qtbot.mouseClick(grid.viewport(), button, keys, point)

    on_bar = center(grid, 0, 0) - QPoint(60, 8)
    click(on_bar)
    click(on_bar, keys=Qt.KeyboardModifier.AltModifier)
    click(on_bar, RIGHT)
    click(center(grid, 0, 2), RIGHT)
    click(center(grid, 0, 3), Qt.MouseButton.MiddleButton)
    click(center(grid, 0, 4), keys=Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseDClick(grid.viewport(), LEFT, NO_KEY, center(grid, 1, 1))
    click(grid._layout.lamp(2).center().toPoint())
    click(grid._layout.lamp(5, 1).center().toPoint())
    assert asked == [
        ("bar_activated", 0),
        ("power_remove_requested", 0),
        ("lock_requested", 0, -1),
        ("picker_requested", 0, 1),
        ("next_piece_requested", 0, 2),
        ("slot_remove_requested", 0, 3),
        ("slot_remove_requested", 1, 0),
        ("lamp_toggled", 2),
        ("proc_lamp_toggled", 5),
    ]


def test_keys_walk_and_ask(grid, qtbot, asked):
    grid.setFocus()
    grid.set_current(0)
    shift = Qt.KeyboardModifier.ShiftModifier
    keys = Qt.Key
    qtbot.keyClick(grid, keys.Key_Return)
    qtbot.keyClick(grid, keys.Key_Space)
    qtbot.keyClick(grid, keys.Key_Space, shift)
    qtbot.keyClick(grid, keys.Key_Delete)
    qtbot.keyClick(grid, keys.Key_Right)
    qtbot.keyClick(grid, keys.Key_Right)
    qtbot.keyClick(grid, keys.Key_Return)
    qtbot.keyClick(grid, keys.Key_Period)
    qtbot.keyClick(grid, keys.Key_Delete)
    qtbot.keyClick(grid, keys.Key_Delete, shift)
    qtbot.keyClick(grid, keys.Key_Down)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 2)
    assert asked == [
        ("bar_activated", 0),
        ("lamp_toggled", 0),
        ("proc_lamp_toggled", 0),
        ("power_remove_requested", 0),
        ("picker_requested", 0, 1),
        ("next_piece_requested", 0, 1),
        ("piece_remove_requested", 0, 1),
        ("slot_remove_requested", 0, 1),
    ]


def test_what_is_drawn_is_what_is_hit(grid):
    model = grid.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            box = grid.visualRect(index)
            if not box.isEmpty():
                point = box.center() if column else box.topLeft() + QPoint(8, 5)
                assert grid.indexAt(point) == index


@pytest.mark.parametrize(
    ("width", "wanted", "got"), [(692, 3, 3), (512, 3, 2), (596, 3, 3), (400, 6, 2)]
)
def test_columns_fit_the_width(grid, width, wanted, got):
    grid.set_columns(wanted)
    grid.resize(width, 3000)
    assert grid.columns == got


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_slots_stay_inside_their_bar(grid, theme, zoom):
    theme.set_zoom(zoom)
    grid.resize(int(600 * zoom), int(700 * zoom))
    layout = grid._layout
    for row, bar in enumerate(states().picks):
        for position in range(len(bar.slots)):
            assert layout.slot(row, position).right() <= layout.places[row].bar.right()
