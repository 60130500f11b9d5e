"""The sheet of game data with mouse and keys: several sets, switching, adding, checking."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from midsdesk.app.autosave import Autosaver
from midsdesk.host.sessions import Session
from midsdesk.storage.userdb.database import UserDatabase
from midsdesk.ui.main_window import MainWindow
from tests.helpers.updates import keys_in, signed
from tests.helpers.window import SAMPLE
from tests.window.data_window import data_window

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SWITCH_S = 2.0


@pytest.fixture
def window(qtbot, theme, tmp_path: Path):
    made = data_window(qtbot, theme, tmp_path)
    made.builds.open(SAMPLE)
    yield made
    made.game_data.stop()


def opened(qtbot, window: MainWindow):
    qtbot.keyClick(window.grid, Qt.Key.Key_D, CTRL)
    assert window.game_data.sheet.isVisible()
    return window.game_data.sheet


def choose(qtbot, sheet, name: str) -> None:
    """Click a data set in the list."""
    number = [row.name for row in sheet.list.sets.rows].index(name)
    box = sheet.list.visualRect(sheet.list.sets.index(number))
    qtbot.mouseClick(sheet.list.viewport(), LEFT, pos=box.center())
    assert sheet.list.current_row.name == name


def idle(qtbot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.game_data.busy, timeout=20_000)


def strip(window: MainWindow) -> str:
    return window.status._data.text()


def source(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"x")
    return path


def test_ctrl_d_lists_what_is_installed(qtbot, window) -> None:
    sheet = opened(qtbot, window)
    assert sheet.list.hasFocus()
    rows = {row.name: row for row in sheet.list.sets.rows}
    assert rows["before"].label == "Homecoming 2020.12.1"
    assert (rows["before"].in_use, rows["before"].here, rows["before"].builds) == (True, True, 1)
    assert (rows["today"].in_use, rows["today"].here, rows["today"].builds) == (False, False, 0)
    spoken = sheet.list.sets.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Homecoming" in spoken
    choose(qtbot, sheet, "today")
    assert sheet.details.facts.shown["Date"] == "9 Dec 2025"
    assert sheet.details.facts.shown["Checked"] == "not yet"
    qtbot.keyClick(sheet.list, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.grid.hasFocus()


def test_a_build_switches_and_undo_takes_it_back(qtbot, window) -> None:
    document = window.controller.document
    before = document.build
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "today")
    begin = time.process_time()
    qtbot.mouseClick(sheet.details.switch, LEFT)
    assert time.process_time() - begin < SWITCH_S
    assert window.controller.document is document
    assert strip(window) == "Homecoming 2025.12.7415"
    assert document.undo_label == "Switch to Homecoming 2025.12.7415"
    lines = [line.spoken for line in sheet.changes.table.lines]
    assert "Totals (1)" in lines
    assert any(line.startswith("Defense: Toxic: 0 % → 17.") for line in lines)
    assert next(row for row in sheet.list.sets.rows if row.here).name == "today"
    qtbot.keyClick(sheet.changes.table, Qt.Key.Key_Escape)
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, CTRL)
    assert strip(window) == "Homecoming 2020.12.1"
    assert document.build == before
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert strip(window) == "Homecoming 2025.12.7415"
    assert document.catalog.version == "2025.12.7415"


def test_each_open_build_keeps_its_own(qtbot, window) -> None:
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "today")
    qtbot.mouseClick(sheet.details.use, LEFT)
    assert "New builds are made with Homecoming 2025" in sheet.said.text()
    assert strip(window) == "Homecoming 2020.12.1"
    window.builds.new()
    assert strip(window) == "Homecoming 2025.12.7415"
    assert [row.builds for row in sheet.list.sets.rows] == [1, 1]
    window.tab_strip.tabs.setCurrentIndex(0)
    assert strip(window) == "Homecoming 2020.12.1"
    window.controller.document.calculation.totals  # noqa: B018 - it answers
    assert sheet.roll_back.isEnabled()
    qtbot.mouseClick(sheet.roll_back, LEFT)
    window.builds.new()
    assert strip(window) == "Homecoming 2020.12.1"


def test_what_changed_is_shown_without_changing_anything(qtbot, window) -> None:
    document = window.controller.document
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "today")
    qtbot.mouseClick(sheet.details.changes, LEFT)
    assert sheet.pages.currentWidget() is sheet.changes
    assert "Homecoming 2020.12.1 → Homecoming 2025.12.7415" in sheet.changes.title.text()
    assert not document.undo_label
    qtbot.mouseClick(sheet.changes.copy, LEFT)
    assert "Defense: Toxic: 0 % → 17." in QApplication.clipboard().text()
    qtbot.keyClick(sheet.changes.back, Qt.Key.Key_Space)
    assert sheet.pages.currentWidget() is sheet.details


def test_adding_goes_through_the_stages(qtbot, window, tmp_path, monkeypatch) -> None:
    path = source(tmp_path, "third.json.xz")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    sheet = opened(qtbot, window)
    qtbot.mouseClick(sheet.add_file, LEFT)
    assert sheet.offer.facts.shown["What"] == "packed game data"
    assert sheet.offer.start.hasFocus()
    qtbot.keyClick(sheet.offer.start, Qt.Key.Key_Space)
    assert sheet.pages.currentWidget() is sheet.stages
    idle(qtbot, window)
    assert [row.state.value for row in sheet.stages.stages.stages] == ["done"] * 9
    assert sheet.stages.bar.value() == sheet.stages.bar.maximum()
    assert "third was added. 2 remarks" in sheet.stages.found.text()
    added = next(row for row in sheet.list.sets.rows if row.name == "third")
    assert added.in_use
    assert added.checked
    qtbot.mouseClick(sheet.stages.show_issues, LEFT)
    assert sheet.issues.table.lines[0].spoken.startswith("error: powers, power B: There is no")


def test_adding_is_called_off(qtbot, window, tmp_path) -> None:
    sheet = opened(qtbot, window)
    window.game_data.show_offer(source(tmp_path, "slow.zip"))
    qtbot.mouseClick(sheet.offer.start, LEFT)
    stages = sheet.stages.stages
    qtbot.waitUntil(lambda: stages.stages[5].state.value == "now", timeout=20_000)
    assert sheet.cancel.hasFocus()
    window.controller.document.calculation.totals  # noqa: B018 - the window is free meanwhile
    qtbot.keyClick(sheet.cancel, Qt.Key.Key_Space)
    assert sheet.cancel.text() == "Cancelling…"
    idle(qtbot, window)
    assert sheet.said.text() == "Cancelled; nothing has changed."
    assert {row.name for row in sheet.list.sets.rows} == {"before", "today"}


def test_a_refused_source_says_where_and_leaves_what_was(qtbot, window, tmp_path) -> None:
    sheet = opened(qtbot, window)
    window.game_data.show_offer(source(tmp_path, "refuse.zip"))
    qtbot.mouseClick(sheet.offer.start, LEFT)
    idle(qtbot, window)
    assert sheet.stages.found.text() == "powers: there is no power C."
    assert [row.state.value for row in sheet.stages.stages.stages][5] == "stopped"
    qtbot.mouseClick(sheet.stages.show_issues, LEFT)
    assert len(sheet.issues.table.lines) == 2
    assert {row.name for row in sheet.list.sets.rows} == {"before", "today"}


def test_adding_goes_on_in_the_background(qtbot, window, tmp_path) -> None:
    sheet = opened(qtbot, window)
    window.game_data.show_offer(source(tmp_path, "third.json.xz"))
    sheet.offer.use.setChecked(False)
    qtbot.mouseClick(sheet.offer.start, LEFT)
    qtbot.mouseClick(sheet.background, LEFT)
    assert not sheet.isVisible()
    idle(qtbot, window)
    assert any("third was added" in text for text in window.messages.texts)
    remedy = next(b for b in window.messages.findChildren(QPushButton) if b.text() == "Show")
    qtbot.mouseClick(remedy, LEFT)
    rows = {row.name: row for row in sheet.list.sets.rows}
    assert not rows["third"].in_use
    assert rows["before"].in_use


def test_a_mids_folder_found_on_this_machine_is_offered(qtbot, theme, tmp_path) -> None:
    mids = tmp_path / "Mids" / "Homecoming"
    mids.mkdir(parents=True)
    (mids / "I12.mhd").write_bytes(b"x")
    window = data_window(qtbot, theme, tmp_path, found=(mids,))
    sheet = opened(qtbot, window)
    qtbot.waitUntil(sheet.found.isVisible, timeout=5000)
    assert sheet.found.accessibleName() == f"Add {mids}"
    qtbot.mouseClick(sheet.found, LEFT)
    assert sheet.offer.facts.shown["What"] == "Mids data folder"
    window.game_data.show_offer(source(tmp_path, "export.zip"))
    assert sheet.offer.facts.shown["Mids folder"] == str(mids)
    window.game_data.stop()


def test_an_update_package_is_checked_shown_and_added(qtbot, theme, tmp_path, monkeypatch) -> None:
    key = keys_in(tmp_path / "keys")
    update = signed(tmp_path, key)
    whole = update.read_bytes()
    window = data_window(qtbot, theme, tmp_path, keys=key.parent)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(update), ""))
    sheet = opened(qtbot, window)
    update.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    qtbot.mouseClick(sheet.add_file, LEFT)
    assert "is not what test-1 signed" in sheet.offer.refused.text()
    assert not sheet.offer.start.isEnabled()
    update.write_bytes(whole)
    qtbot.mouseClick(sheet.add_file, LEFT)
    facts = sheet.offer.facts.shown
    assert (facts["What"], facts["Data"], facts["Signed"]) == (
        "update package",
        "Made 2024.5.7",
        "test-1",
    )
    sheet.offer.use.setChecked(False)
    qtbot.mouseClick(sheet.offer.start, LEFT)
    idle(qtbot, window)
    assert sheet.list.current_row.title == "Made"
    assert sheet.details.facts.shown["Signed"] == "test-1"
    qtbot.mouseClick(sheet.add_file, LEFT)
    assert sheet.offer.warning.text() == "Made 2024.5.7 is installed already."
    assert sheet.offer.start.text() == "Add all the same"
    window.game_data.stop()


def test_verify_repair_and_an_open_build_reads_what_was_written_again(qtbot, window) -> None:
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "before")
    qtbot.mouseClick(sheet.details.verify, LEFT)
    idle(qtbot, window)
    assert "opens and reads well" in sheet.said.text()
    document = window.controller.document
    catalog, build = document.catalog, document.build
    qtbot.mouseClick(sheet.details.repair, LEFT)
    idle(qtbot, window)
    assert "was written again" in sheet.said.text()
    assert document.catalog is not catalog
    assert document.build == build
    assert not document.undo_label
    names = {row.name for row in sheet.list.sets.rows}
    assert "before" not in names
    assert any(row.here and row.in_use for row in sheet.list.sets.rows)


def test_after_a_crash_a_build_comes_back_on_its_own_data(qtbot, window, tmp_path) -> None:
    database = UserDatabase(tmp_path / "user.db")
    gone, alive = (Session(tmp_path / "sessions") for _ in range(2))
    crashed = Autosaver(database, gone, lambda *_: lambda: None)
    crashed.watch(window.controller.document)
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "today")
    qtbot.mouseClick(sheet.details.switch, LEFT)
    crashed.flush()
    gone.close()
    window.builds.workspace.autosaver = Autosaver(database, alive, lambda *_: lambda: None)
    window.builds.offer_restore()
    restore = next(b for b in window.messages.findChildren(QPushButton) if b.text() == "Restore")
    window.builds.new()
    assert strip(window) == "Homecoming 2020.12.1"
    qtbot.mouseClick(restore, LEFT)
    assert strip(window) == "Homecoming 2025.12.7415"
    window.builds.workspace.autosaver = None
    alive.close()
    database.close()


def test_removed_and_brought_back(qtbot, window) -> None:
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "before")
    assert not sheet.details.remove.isEnabled()
    choose(qtbot, sheet, "today")
    qtbot.mouseClick(sheet.details.remove, LEFT)
    assert [row.name for row in sheet.list.sets.rows] == ["before"]
    again = next(b for b in window.messages.findChildren(QPushButton) if b.text() == "Bring back")
    qtbot.mouseClick(again, LEFT)
    assert {row.name for row in sheet.list.sets.rows} == {"before", "today"}


def test_everything_by_key(qtbot, window) -> None:
    """Tab goes through list and buttons; arrows choose; Space presses; nothing leaves the sheet."""
    sheet = opened(qtbot, window)
    other = [row.here for row in sheet.list.sets.rows].index(False)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Home if other == 0 else Qt.Key.Key_End)
    assert sheet.list.current_row.name == "today"
    seen = []
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert sheet.isAncestorOf(here)
        seen.append(here)
        if here is sheet.details.switch:
            break
    assert seen[-1] is sheet.details.switch
    qtbot.keyClick(seen[-1], Qt.Key.Key_Space)
    assert strip(window) == "Homecoming 2025.12.7415"
    buttons = [b for b in sheet.findChildren(QPushButton) if b.isVisible()]
    assert all(b.accessibleName() or b.text() for b in buttons)


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
def test_it_fits_the_window(qtbot, theme, tmp_path, size) -> None:
    window = data_window(qtbot, theme, tmp_path, size=size)
    sheet = opened(qtbot, window)
    assert window.rect().contains(sheet.geometry())
    for button in sheet.findChildren(QPushButton):
        if button.isVisible():
            inside = sheet.rect().contains(button.mapTo(sheet, QPoint(0, 0)))
            assert inside, button.text()
    window.game_data.stop()


def test_the_sheet_says_whose_rules_and_what_is_wrong_with_them(qtbot, window, tmp_path) -> None:
    path = tmp_path / "gamedata" / "homecoming.toml"
    path.write_text("[server]\nmax_slots = -1\n")
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "today")
    assert sheet.details.facts.shown["Rules"] == "homecoming.toml"
    assert sheet.details.fault.isVisible()
    assert f"{path} has a flaw: [server] max_slots" in sheet.details.fault.text()
    qtbot.keyClick(sheet.list, Qt.Key.Key_Escape)
    path.write_text("[server]\nmax_slots = 70\n")
    sheet = opened(qtbot, window)
    choose(qtbot, sheet, "before")
    assert sheet.details.facts.shown["Rules"] == "homecoming.toml, a file beside the data"
    assert not sheet.details.fault.isVisible()
