"""The whole window over real game data: pick, slot, undo, save, reopen, with mouse and keys."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from midsdesk.ui.grid.model import GridModel
from midsdesk.ui.main_window import MainWindow
from tests.helpers.gamedata import packed_path

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def click_word(qtbot, window: MainWindow, place: int, row: int) -> None:
    words = window.powers.places[place].words
    box = words.visualRect(words.model().index(row, 0))
    qtbot.mouseClick(words.viewport(), LEFT, pos=box.center())


def point_on(window: MainWindow, row: int, column: int) -> QPoint:
    box = window.grid.visualRect(window.grid.model().index(row, column))
    return box.center() if column else box.topLeft() + QPoint(40, 6)


def bar(window: MainWindow, row: int):
    model = window.grid.model()
    assert isinstance(model, GridModel)
    return model.bar(row)


def test_pick_slot_undo_save_and_reopen(qtbot, window, tmp_path, monkeypatch):
    click_word(qtbot, window, 0, 0)
    assert bar(window, 0).name
    taken = bar(window, 0).name
    qtbot.mouseClick(window.grid.viewport(), LEFT, pos=point_on(window, 0, 0))
    assert len(bar(window, 0).slots) == 2
    assert window.actions_by_name["undo"].text() == f"Undo Add a slot to {taken}"
    qtbot.mouseClick(window.grid.viewport(), RIGHT, pos=point_on(window, 0, 2))
    picker = window.picking.overlay
    assert picker.isVisible()
    qtbot.keyClick(picker.search_field, Qt.Key.Key_Return)
    qtbot.keyClick(picker.search_field, Qt.Key.Key_Return)
    if picker.isVisible():
        qtbot.keyClick(picker.search_field, Qt.Key.Key_Return)
    assert not picker.isVisible()
    filled = bar(window, 0).slots[1]
    assert filled.name != "empty"
    assert window.status.text.startswith("Slot ")

    window.actions_by_name["undo"].trigger()
    assert bar(window, 0).slots[1] != filled
    window.actions_by_name["redo"].trigger()
    assert bar(window, 0).slots[1] == filled

    target = tmp_path / "mine.mbd"
    monkeypatch.setattr(
        "midsdesk.ui.files.saving.QFileDialog.getSaveFileName", lambda *args: (str(target), "")
    )
    assert window.isWindowModified()
    window.actions_by_name["save"].trigger()
    assert target.is_file()
    assert not window.isWindowModified()
    shown = window.grid.model().grid
    window.builds.close_current()
    window.builds.open(target)
    assert window.grid.model().grid == shown


def test_a_refusal_speaks_in_the_status_line(qtbot, window):
    click_word(qtbot, window, 0, 0)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mouseClick(window.grid.viewport(), LEFT, shift, point_on(window, 0, 1))
    assert window.status.text == "The first slot of a power cannot be removed."
    assert QApplication.activeModalWidget() is None


def test_a_click_on_an_empty_bar_makes_it_the_next(qtbot, window):
    grid = window.grid
    row = 5
    qtbot.mouseClick(grid.viewport(), LEFT, pos=point_on(window, row, 0))
    assert bar(window, row).kind == "next"


def test_a_word_takes_and_removes(qtbot, window):
    click_word(qtbot, window, 0, 0)
    assert window.grid.model().bar(0).kind == "pick"
    click_word(qtbot, window, 0, 0)
    assert window.grid.model().bar(0).kind in ("next", "empty")


def test_a_broken_file_gives_a_message_bar(window, tmp_path):
    broken = tmp_path / "broken.mbd"
    broken.write_text("no build")
    window.builds.open(broken)
    assert len(window.messages.texts) == 1
    assert "broken.mbd" in window.messages.texts[0]
    window.messages.close_message(window.messages.bars[0])
    assert not window.messages.isVisible()


def test_closing_an_unsaved_build_can_be_taken_back(qtbot, window):
    click_word(qtbot, window, 0, 0)
    document = window.builds.current
    window.builds.close_current()
    assert window.builds.current is not document
    window.messages.bars[0].findChildren(QWidget, "remedy")[0].click()
    assert window.builds.current is document


def test_dropped_builds_open(window, tmp_path):
    target = tmp_path / "dropped.mbd"
    window.builds._save(window.builds.current, target)
    window.builds.new()
    window.builds.close(0)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target))])
    copy = Qt.DropAction.CopyAction
    no_key = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, LEFT, no_key))
    assert window.builds.current.path == target


def test_everything_that_takes_the_focus_has_a_name(window):
    nameless = []
    for widget in window.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and widget.isVisible() and widget.isEnabled():
            spoken = QAccessible.queryAccessibleInterface(widget)
            if not spoken.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


@pytest.mark.parametrize(
    ("width", "powers", "totals", "columns"),
    [(1024, 316, 196, 2), (1200, 316, 288, 3), (1440, 460, 288, 3), (1920, 460, 288, 4)],
)
def test_the_window_answers_to_its_width(window, qtbot, width, powers, totals, columns):
    window.resize(width, 700)
    qtbot.wait(20)
    assert window.width() == width
    assert window.powers.width() == powers
    assert window.totals.width() == totals
    assert window.grid.columns == columns


def test_at_900_nothing_of_the_left_column_scrolls(window, qtbot):
    window.resize(1440, 900)
    qtbot.wait(50)
    areas = [
        area for area in window.powers.findChildren(QScrollArea)
        if not window.info.isAncestorOf(area)
    ]  # fmt: skip
    assert [area.verticalScrollBar().isVisible() for area in areas] == [False] * len(areas)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_double_size_clips_nothing(window, theme, qtbot, name):
    theme.set_theme(name)
    theme.set_zoom(2.0)
    window.resize(2880, 1800)
    qtbot.wait(50)
    assert window.powers.width() == 920
    clipped = []
    for widget in window.findChildren(QWidget):
        text = getattr(widget, "text", None)
        if not callable(text) or not widget.isVisible() or widget.inherits("QLineEdit"):
            continue
        needed = widget.fontMetrics().height()
        if widget.height() < needed - 1 and str(text()):
            clipped.append(f"{type(widget).__name__}: {text()}")
    assert clipped == []


def test_regions_are_walked_with_f6(window, qtbot):
    window.activateWindow()
    window.grid.setFocus()
    window.actions_by_name["next_region"].trigger()
    assert window.info.isAncestorOf(QApplication.focusWidget())
    window.actions_by_name["next_region"].trigger()
    assert QApplication.focusWidget() is window.totals.view
    window.actions_by_name["next_region"].trigger()
    assert QApplication.focusWidget() is window.powers.places[0].words
    window.actions_by_name["next_region"].trigger()
    assert QApplication.focusWidget() is window.grid


def test_the_program_starts_shows_itself_and_ends(tmp_path):
    home = tmp_path / "home"
    (home / "data" / "gamedata").mkdir(parents=True)
    (home / "data" / "gamedata" / "packed.db").symlink_to(packed_path())
    picture = tmp_path / "picture.png"
    command = [sys.executable, "-m", "midsdesk.desktop", "--self-test", "--screenshot", picture]
    environment = {**os.environ, "MIDSDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip().endswith("window ok")
    assert picture.stat().st_size > 10_000


def test_a_damaged_database_is_set_aside_and_the_program_starts(tmp_path):
    home = tmp_path / "home"
    folder = home / "data" / "gamedata"
    folder.mkdir(parents=True)
    (folder / "packed.db").symlink_to(packed_path())
    (folder / "broken.db").write_bytes(b"rubbish")
    command = [sys.executable, "-m", "midsdesk.desktop", "--self-test"]
    environment = {**os.environ, "MIDSDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip().endswith("window ok")
    assert sorted(path.name for path in folder.iterdir()) == ["broken.db.damaged", "packed.db"]


def test_one_change_paints_what_changed_and_what_touches_it(qtbot, window):
    click_word(qtbot, window, 0, 0)
    click_word(qtbot, window, 0, 1)
    window.grid.set_current(0)
    qtbot.wait(30)
    window.grid.setFocus()
    painted: list[int] = []
    qtbot.wait(300)
    art = window.grid._art
    real = art.paint

    def watched(*args):
        painted.append(args[2])
        real(*args)

    art.paint = watched
    row = next(r for r in range(24, 40) if bar(window, r) and bar(window, r).lamp == "on")
    qtbot.mouseClick(
        window.grid.viewport(), LEFT, pos=window.grid._layout.lamp(row).center().toPoint()
    )
    qtbot.wait(30)
    assert bar(window, row).lamp == "off"
    assert {0, row} <= set(painted)
    assert len(set(painted)) <= 6, painted  # of 33
