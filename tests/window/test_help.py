"""Help page, hints at the first steps, notes: with real clicks and keys."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from midsdesk.app import commands
from midsdesk.app.settings import Settings
from midsdesk.calc.engine import Engine
from midsdesk.edit.character import new_build
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.workspace import Workspace
from tests.helpers.builds import SNAP_SHOT
from tests.helpers.characters import character
from tests.helpers.gamedata import packed_catalog
from tests.helpers.window import build_window

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
WEAVE = "Pool.Fighting.Weave"


def first_start(qtbot, theme: Theme, path: Path) -> MainWindow:
    """A window whose settings are kept, with an empty build."""
    catalog, settings = packed_catalog(), Settings.load(path)
    made = MainWindow(theme, Icons(theme), settings)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.attach(Workspace(catalog, Engine(catalog), settings, new_build))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.builds.new()
    return made


def test_hints_come_once_each_and_stand_in_nobodys_way(qtbot, theme, tmp_path):
    path = tmp_path / "settings.json"
    window = first_start(qtbot, theme, path)
    assert len(window.messages.bars) == 1
    window.controller.run(lambda d: commands.take_power(d, SNAP_SHOT))
    assert Settings.load(path).get("hints_seen") == ("start", "power")
    document = window.controller.document
    assert document is not None
    entry = document.build.find(SNAP_SHOT)
    assert entry is not None
    window.controller.run(lambda d: commands.add_slot(d, entry))
    assert Settings.load(path).get("hints_seen") == ("start", "power", "slot")
    window.controller.undo()
    shown = len(window.messages.bars)
    window.builds.new()
    assert len(window.messages.bars) == shown, "never twice"
    assert not window.isModal()


def test_f1_shows_one_page_with_every_shortcut(qtbot, theme):
    window = build_window(qtbot, theme, character("Class_Blaster", {WEAVE: [None]}))
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = window.help
    assert sheet.isVisible() and sheet.field.hasFocus()
    rows = [row for row in sheet.list.model_of_rows.rows if not isinstance(row, str)]
    told = " ".join(row.keys for row in rows)
    for action in window.actions_by_name.values():
        for keys in action.shortcuts():
            assert keys.toString(keys.SequenceFormat.NativeText) in told
    qtbot.keyClicks(sheet.field, "next piece")
    found = [row for row in sheet.list.model_of_rows.rows if not isinstance(row, str)]
    assert [row.keys for row in found] == ["Middle click, ."]
    qtbot.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_notes_are_one_step_and_undo_is_that_of_the_build(qtbot, theme):
    window = build_window(qtbot, theme, character("Class_Blaster", {WEAVE: [None]}))
    document = window.controller.document
    assert document is not None
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    field = window.side_docks.notes.field
    assert field.isVisible() and field.hasFocus()
    qtbot.keyClicks(field, "buy the sixth slot")
    assert document.build.comment == "buy the sixth slot"
    assert document.history.labels == ("Change the notes",)
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert document.build.comment == "" and field.toPlainText() == ""
    window.actions_by_name["redo"].trigger()
    assert field.toPlainText() == "buy the sixth slot"
