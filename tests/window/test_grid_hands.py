"""Moving, copying, flipping and stacking in the grid, by mouse and by keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from midsdesk.app import commands
from midsdesk.app.document import Document
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import SNAP_SHOT, taken

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
THRUST = "Blaster_Support.Energy_Manipulation.Power_Thrust"
FIST, BLAZING, AIM = (
    f"Blaster_Ranged.Archery.{name}" for name in ("Fistful_of_Arrows", "Blazing_Arrow", "Aim")
)


@pytest.fixture
def document(window, catalog) -> Document:
    """Picks 1, 1, 2, (4), 6, 8; Fistful of Arrows (2) has the two slots of level 3."""
    build = taken(SNAP_SHOT, THRUST, FIST, BLAZING, AIM)
    for _ in range(2):
        build = ops.add_slot(build, catalog, 2)
    made = Document(build, catalog, Engine(catalog))
    window.controller.show(made)
    return made


def at(window: MainWindow, row: int, column: int = 0) -> QPoint:
    box = window.grid.visualRect(window.grid.model().index(row, column))
    return box.center() if column else box.topLeft() + QPoint(60, 6)


def drag(window, first: QPoint, target: QPoint, keys=NONE, *, drop: bool = True) -> None:
    port = window.grid.viewport()
    QTest.mousePress(port, LEFT, keys, first)
    for step in (1, 2, 3):
        between = first + (target - first) * step / 3
        QTest.mouseMove(port, between)
        QApplication.processEvents()
    # The pointer's modifiers are those of the last event.
    _move(port, target, keys)
    if drop:
        QTest.mouseRelease(port, LEFT, keys, target)


def _move(port, point: QPoint, keys) -> None:
    spot = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove, spot, port.mapToGlobal(spot), Qt.MouseButton.NoButton, LEFT, keys
    )
    QApplication.sendEvent(port, event)


def names(document: Document) -> list[str]:
    return [entry.power.rpartition(".")[2] for entry in document.build.picks[:6]]


def levels(document: Document, entry: int) -> list[int]:
    return [slot.level for slot in document.build.entries[entry].slots]


def test_a_bar_dragged_on_another_swaps_and_tells_beforehand(window, document):
    drag(window, at(window, 2), at(window, 4), drop=False)
    note = window.grid.viewport().findChild(object, "drag-note")
    assert note.isVisible()
    assert note.text() == (
        "Swap Fistful of Arrows and Blazing Arrow: 2 slots moved to other levels, "
        "too early for Blazing Arrow."
    )
    assert names(document)[2] == "Fistful_of_Arrows"  # nothing happened yet
    QTest.mouseRelease(window.grid.viewport(), LEFT, NONE, at(window, 4))
    assert names(document) == [
        "Snap_Shot",
        "Power_Thrust",
        "Blazing_Arrow",
        "",
        "Fistful_of_Arrows",
        "Aim",
    ]
    assert levels(document, 4) == [6, 7, 7]
    assert not note.isVisible()
    assert window.grid.current_entry() == 4
    window.controller.undo()
    assert levels(document, 2) == [2, 3, 3]


def test_other_ways_are_offered_afterwards(qtbot, window, document):
    drag(window, at(window, 2), at(window, 4))
    assert window.messages.texts[0].startswith("Swap Fistful of Arrows")
    buttons = {
        button.text(): button for button in window.messages.bars[0].findChildren(object, "remedy")
    }
    assert list(buttons) == ["Undo", "Give slots back", "Leave slots"]
    qtbot.mouseClick(buttons["Give slots back"], LEFT)
    assert levels(document, 4) == [6]
    assert document.history.labels == ("Swap Fistful of Arrows and Blazing Arrow",)


def test_shift_moves_and_those_between_close_up(window, document):
    drag(window, at(window, 5), at(window, 2), SHIFT)
    assert names(document) == [
        "Snap_Shot",
        "Power_Thrust",
        "Aim",
        "Fistful_of_Arrows",
        "",
        "Blazing_Arrow",
    ]


def test_escape_ends_a_drag(qtbot, window, document):
    before = document.build
    drag(window, at(window, 2), at(window, 4), drop=False)
    qtbot.keyClick(window.grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(window.grid.viewport(), LEFT, NONE, at(window, 4))
    assert document.build is before


def test_what_cannot_be_dropped_is_said_and_not_done(window, document):
    before = document.build
    inherent = document.build.pick_count
    drag(window, at(window, 2), at(window, inherent), drop=False)
    note = window.grid.viewport().findChild(object, "drag-note")
    assert note.text() == "Only picks can change places."
    QTest.mouseRelease(window.grid.viewport(), LEFT, NONE, at(window, inherent))
    assert document.build is before


def test_a_click_is_no_drag(qtbot, window, document):
    qtbot.mouseClick(window.grid.viewport(), LEFT, pos=at(window, 0))
    assert len(document.build.entries[0].slots) == 2


@pytest.mark.parametrize(
    ("key", "keys", "expected"),
    [
        (Qt.Key.Key_Down, ALT, ["Snap_Shot", "Power_Thrust", "", "Fistful_of_Arrows"]),
        (Qt.Key.Key_Up, ALT, ["Snap_Shot", "Fistful_of_Arrows", "Power_Thrust", ""]),
        (Qt.Key.Key_Up, ALT | SHIFT, ["Snap_Shot", "Fistful_of_Arrows", "Power_Thrust", ""]),
    ],
)
def test_bars_move_by_keys(qtbot, window, document, key, keys, expected):
    window.grid.setFocus()
    window.grid.set_current(2)
    qtbot.keyClick(window.grid, key, keys)
    assert names(document)[:4] == expected
    assert window.grid.current_entry() == expected.index("Fistful_of_Arrows")


def piece(window, entry: int, slot: int, name: str, level: int = 30) -> None:
    window.controller.run(
        lambda d: commands.slot_piece(
            d, entry, slot, SlottedEnhancement(EnhancementId(name), level=level)
        )
    )


def held(document: Document, entry: int) -> list[str]:
    slots = document.build.entries[entry].slots
    return [slot.enhancement.enhancement if slot.enhancement else "" for slot in slots]


def test_slots_exchange_copy_and_trade_levels(window, document):
    piece(window, 2, 0, "Crafted_Damage")
    piece(window, 4, 0, "Crafted_Accuracy")
    drag(window, at(window, 2, 1), at(window, 4, 1))
    assert (held(document, 2)[0], held(document, 4)[0]) == ("Crafted_Accuracy", "Crafted_Damage")
    drag(window, at(window, 2, 1), at(window, 2, 2), CTRL)
    assert held(document, 2) == ["Crafted_Accuracy", "Crafted_Accuracy", ""]
    window.controller.run(lambda d: commands.add_slot(d, 4))
    assert (levels(document, 2), levels(document, 4)) == ([2, 3, 3], [6, 7])
    drag(window, at(window, 4, 2), at(window, 2, 3), ALT)
    assert (levels(document, 2), levels(document, 4)) == ([2, 3, 7], [6, 3])


def test_slots_by_keys(qtbot, window, document):
    piece(window, 2, 0, "Crafted_Damage")
    window.grid.setFocus()
    window.grid.set_current(2, 0)
    qtbot.keyClick(window.grid, Qt.Key.Key_Right, ALT)
    assert held(document, 2) == ["", "Crafted_Damage", ""]
    qtbot.keyClick(window.grid, Qt.Key.Key_Left, ALT)
    assert held(document, 2) == ["Crafted_Damage", "", ""]


def test_copy_and_paste_of_pieces(qtbot, window, document):
    piece(window, 2, 0, "Crafted_Damage")
    piece(window, 2, 2, "Crafted_Recharge")
    window.grid.setFocus()
    window.grid.set_current(2)
    qtbot.keyClick(window.grid, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Damage Increase\nRecharge Reduction"
    window.grid.set_current(4)
    qtbot.keyClick(window.grid, Qt.Key.Key_V, CTRL)
    assert held(document, 4) == ["Crafted_Damage"]
    assert window.status.text == (
        "Paste into Blazing Arrow: 1 pasted, 1 left. Blazing Arrow has no further slot."
    )
    window.grid.set_current(2, 1)
    qtbot.keyClick(window.grid, Qt.Key.Key_C, CTRL)
    assert window.status.text == "There is no piece to copy."


def test_shift_right_click_flips(qtbot, window, document):
    piece(window, 2, 0, "Crafted_Damage")
    qtbot.mouseClick(window.grid.viewport(), RIGHT, SHIFT, pos=at(window, 2))
    slot = document.build.entries[2].slots[0]
    assert slot.enhancement is None
    assert slot.alternate is not None


def test_stacks_by_f2(qtbot, window, catalog):
    # A power whose buff grows with the foes around.
    build = ops.new_build(catalog, "Class_Scrapper")
    build = ops.change_powerset(build, catalog, 1, "Scrapper_Defense.Invulnerability")
    power = "Scrapper_Defense.Invulnerability.Invincibility"
    build = ops.take_power(build, catalog, power)
    shown = Document(build, catalog, Engine(catalog))
    window.controller.show(shown)
    entry = build.find(power)
    assert entry is not None
    window.grid.setFocus()
    window.grid.set_current(entry)
    qtbot.keyClick(window.grid, Qt.Key.Key_F2)
    box = window.hands.stacks
    assert box.isVisible()
    assert box.slider.hasFocus()
    qtbot.keyClick(box.slider, Qt.Key.Key_End)
    assert shown.build.entries[entry].stacks == catalog.power(power).variable_max
    qtbot.keyClick(box.slider, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert window.grid.hasFocus()
    window.grid.set_current(20)
    qtbot.keyClick(window.grid, Qt.Key.Key_F2)
    assert window.status.text == "This power has no stacks."


def test_bulk_commands_of_the_menu(window, document):
    piece(window, 2, 0, "Crafted_Damage", level=30)
    window.actions_by_name["levels_highest"].trigger()
    assert document.build.entries[2].slots[0].enhancement.level == 50
    assert window.status.text == "Set all inventions to their highest level: 1 changed."
    window.actions_by_name["remove_slots"].trigger()
    assert len(document.build.entries[2].slots) == 1
    window.actions_by_name["flip_all"].trigger()
    for _ in range(3):
        window.controller.undo()
    assert document.build.entries[2].slots[0].enhancement.level == 30
    assert len(document.build.entries[2].slots) == 3


def test_no_two_actions_share_a_shortcut(window):
    keys = [
        key.toString() for action in window.actions_by_name.values() for key in action.shortcuts()
    ]
    assert len(keys) == len(set(keys)), sorted(keys)
