"""Accolades, incarnates, temporary and prestige powers, with real clicks and keys."""

import pytest
from PySide6.QtCore import Qt

from midsdesk.app.document import Document
from midsdesk.calc.engine import Engine
from midsdesk.model.vocab import Alignment
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import SNAP_SHOT, taken

LEFT = Qt.MouseButton.LeftButton
COMMANDER = "Temporary_Powers.Accolades.Task_Force_Commander"


@pytest.fixture
def window(window: MainWindow, catalog) -> MainWindow:
    window.controller.show(Document(taken(SNAP_SHOT), catalog, Engine(catalog)))
    return window


def row_of(sheet, name: str):
    model = sheet.list.words
    rows = [number for number in range(model.rowCount()) if model.word(number).name == name]
    return model.index(rows[0])


def hit_points(window) -> float:
    items = window.controller.document.calculation.statistics
    return float(next(item.value for item in items if item.key == "hit_points"))


def test_task_force_commander_raises_hit_points_and_changes_sides(qtbot, window):
    before = hit_points(window)
    qtbot.mouseClick(window.powers.counts[0], LEFT)
    sheet = window.adding.sheet
    assert sheet.isVisible()
    index = row_of(sheet, "Task Force Commander")
    sheet.list.scrollTo(index)
    qtbot.mouseClick(sheet.list.viewport(), LEFT, pos=sheet.list.visualRect(index).center())
    # Task Force Commander gives a twentieth of the base hit points: 60.24 of 1,204.8.
    assert hit_points(window) - before == pytest.approx(60.24, abs=0.01)
    assert window.powers.counts[0].accessibleName() == "Accolades: 1"
    assert sheet.count.text().startswith("1 ")
    assert window.status.text == "Add Task Force Commander"
    from midsdesk.app import commands

    window.controller.run(lambda d: commands.set_alignment(d, Alignment.VILLAIN))
    build = window.controller.document.build
    assert build.find("Temporary_Powers.Accolades.Invader") is not None
    assert hit_points(window) - before == pytest.approx(60.24, abs=0.01)
    names = [sheet.list.words.word(n).name for n in range(sheet.list.words.rowCount())]
    assert "Invader" in names
    assert "Task Force Commander" not in names
    qtbot.keyClick(sheet.list, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_incarnates_by_slot_with_keys(qtbot, window):
    window.actions_by_name["incarnate"].trigger()
    sheet = window.adding.sheet
    assert sheet.slots is not None
    assert sheet.list.hasFocus()
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    first = [entry.power for entry in window.controller.document.build.others][-1]
    assert first.startswith("Incarnate.Alpha.")
    qtbot.keyClick(sheet.list, Qt.Key.Key_Down)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Space)
    others = [entry.power for entry in window.controller.document.build.others]
    assert len([name for name in others if name.startswith("Incarnate.Alpha.")]) == 1
    assert first not in others
    sheet.slots.chosen.emit("Destiny")
    qtbot.keyClicks(sheet.field, "ageless core epiphany")
    assert sheet.list.words.rowCount() == 1
    window.controller.undo()
    window.controller.undo()
    assert not [e for e in window.controller.document.build.others if "Incarnate" in e.power]


def test_a_filter_that_finds_nothing_says_so(qtbot, window):
    window.actions_by_name["temporary"].trigger()
    sheet = window.adding.sheet
    qtbot.keyClicks(sheet.field, "zzz")
    assert sheet.empty.isVisible()
    assert sheet.empty.text() == "No power is called like that."


def test_pointing_previews_in_the_totals(qtbot, window):
    window.actions_by_name["accolades"].trigger()
    sheet = window.adding.sheet
    sheet.list.setCurrentIndex(row_of(sheet, "Task Force Commander"))
    qtbot.waitUntil(lambda: window.totals.view.model().has_deltas, timeout=3000)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Escape)
    assert not window.totals.view.model().has_deltas
