"""Opening from everywhere, and the import report, in the real window with mouse and keys."""

import itertools

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from midsdesk.app import commands
from midsdesk.app.decisions import Decisions, MemoryStore
from midsdesk.app.import_rows import Mark
from midsdesk.formats import mbd, share_code
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import BUILDS, SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared
from tests.window.files_window import doubtful, drop

CATALOG = packed_catalog()
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def code() -> str:
    return share_code.encode(taken(SNAP_SHOT))


def text_mime(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def taken_powers(window: MainWindow) -> list[str]:
    document = window.builds.current
    assert document is not None
    return [entry.power for entry in document.build.picks if not entry.is_empty]


def test_a_dropped_text_opens(window, code):
    drop(window, text_mime(f"look at this: {share_code.link(code)} nice"))
    assert taken_powers(window) == [SNAP_SHOT]
    assert window.builds.current.path is None


def test_several_dropped_files_of_any_name_open(window, tmp_path):
    paths = []
    for number, name in enumerate(("one.mhd", "two", "three.html")):
        path = tmp_path / name
        path.write_bytes(mbd.encode(taken(SNAP_SHOT), CATALOG))
        paths.append(QUrl.fromLocalFile(str(path)))
        assert number < 3
    mime = QMimeData()
    mime.setUrls(paths)
    drop(window, mime)
    assert [document.path.name for document in window.builds.documents] == [
        "one.mhd", "two", "three.html"
    ]  # fmt: skip


def test_paste_opens_what_the_clipboard_holds(window, code):
    QGuiApplication.clipboard().setText(code)
    window.actions_by_name["paste_build"].trigger()
    assert taken_powers(window) == [SNAP_SHOT]


def test_paste_by_key_stays_with_a_field_that_wants_it(qtbot, window, code):
    QGuiApplication.clipboard().setText(code)
    window.activateWindow()
    field = window.powers.findChildren(QLineEdit)[0]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(window.builds.documents) == 1
    assert taken_powers(window) == []
    assert code in field.text() or field.text() in code
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert taken_powers(window) == [SNAP_SHOT]


def test_an_empty_clipboard_says_so(window):
    QGuiApplication.clipboard().clear()
    window.actions_by_name["paste_build"].trigger()
    assert "clipboard" in window.status.text
    assert window.messages.texts == []


@pytest.mark.parametrize("text", ["no build at all", "MD1.900.abcdefghijklmnopqrst", "{}"])
def test_what_cannot_be_opened_touches_nothing(window, text):
    before, documents = window.builds.current.build, window.builds.documents
    window.builds.opening.open_text(text, "Clipboard")
    assert window.builds.documents == documents
    assert window.builds.current.build is before
    (said,) = window.messages.texts
    assert said.startswith("Clipboard: ")
    assert QApplication.activeModalWidget() is None


def test_words_of_the_command_line(window, code, tmp_path):
    path = tmp_path / "a.mbd"
    path.write_bytes(mbd.encode(taken(SNAP_SHOT), CATALOG))
    for word in (str(path), code, share_code.link(code), str(tmp_path / "none.mbd")):
        window.builds.opening.open_word(word)
    assert len(window.builds.documents) == 3
    assert "none.mbd does not exist" in window.messages.texts[0]


def test_a_doubtful_build_is_shown_before_it_opens(qtbot, window):
    opening, report = window.builds.opening, window.builds.opening.report
    before = window.builds.documents
    opening.open_text(doubtful(), "Clipboard")
    assert report.isVisible()
    assert not report.isModal()
    assert window.builds.documents == before
    assert "1 needs your choice" in report.summary_text
    assert report.chooser.title.text() == "Pick 1 (level 1): which power is it?"
    first = report.chooser.offers[0]
    assert first.text() == "Snap Shot"
    qtbot.mouseClick(first, LEFT)
    assert "1 was taken otherwise" in report.summary_text
    report.accept.click()
    assert not report.isVisible()
    assert taken_powers(window) == [SNAP_SHOT]


def test_cancelling_changes_nothing(qtbot, window):
    before, documents = window.builds.current.build, window.builds.documents
    report = window.builds.opening.report
    window.builds.opening.open_text(doubtful(), "Clipboard")
    qtbot.keyClick(QApplication.focusWidget() or report, Qt.Key.Key_Escape)
    assert not report.isVisible()
    assert window.builds.documents == documents
    assert window.builds.current.build is before
    assert window.status.text == "Clipboard was not opened; nothing has changed."


def test_the_report_is_worked_with_keys_alone(qtbot, window):
    report = window.builds.opening.report
    window.activateWindow()
    window.builds.opening.open_text(doubtful(), "Clipboard")
    assert QApplication.focusWidget() is report.list
    qtbot.keyClick(report.list, Qt.Key.Key_Right)
    focus = QApplication.focusWidget()
    assert focus is report.chooser.offers[0]
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    assert report.shown.decided == {0: SNAP_SHOT}
    seen = set()
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert report.isAncestorOf(focus)
        seen.add(focus)
    assert {report.accept, report.cancel, report.copy, report.list} <= seen


def test_a_decision_is_remembered_and_can_be_forgotten(qtbot, window):
    store = MemoryStore()
    window.builds.workspace.decisions = Decisions(store)
    opening, report = window.builds.opening, window.builds.opening.report
    opening.open_text(doubtful(), "First")
    qtbot.mouseClick(report.chooser.offers[0], LEFT)
    report.accept.click()
    opening.open_text(doubtful(), "Second")
    assert not report.isVisible()
    assert taken_powers(window) == [SNAP_SHOT]
    assert "Second was opened" in window.messages.texts[0]
    assert "as decided before" in window.messages.texts[0]
    window.messages.bars[0].findChildren(QWidget, "remedy")[0].click()
    assert report.isVisible()
    row = next(n for n, row in enumerate(report.shown.rows) if row.choice == 0)
    report.list.go_to(row)
    report.chooser.again.click()
    assert len(Decisions(store)) == 0
    report.close_sheet()
    opening.open_text(doubtful(), "Third")
    assert report.isVisible()


def test_not_remembering_is_a_choice(qtbot, window):
    report = window.builds.opening.report
    window.builds.opening.open_text(doubtful(), "First")
    report.chooser.remember.setChecked(False)
    qtbot.mouseClick(report.chooser.offers[0], LEFT)
    assert len(window.builds.workspace.decisions) == 0


def test_forgetting_all_decisions(qtbot, window):
    report = window.builds.opening.report
    window.builds.opening.open_text(doubtful(), "First")
    qtbot.mouseClick(report.chooser.offers[0], LEFT)
    report.accept.click()
    window.actions_by_name["forget_decisions"].trigger()
    assert window.status.text == "1 decisions about doubtful names are forgotten."
    assert len(window.builds.workspace.decisions) == 0


def test_any_power_can_be_searched_for(qtbot, window):
    report = window.builds.opening.report
    window.builds.opening.open_text(doubtful(), "First")
    other = next(each for each in report.chooser.offers if each.text() == "Another power…")
    qtbot.mouseClick(other, LEFT)
    assert report.chooser.search.isVisible()
    qtbot.keyClicks(report.chooser.search, "blazing arrow")
    qtbot.mouseClick(report.chooser.offers[0], LEFT)
    assert report.shown.build.entries[0].power == "Blaster_Ranged.Archery.Blazing_Arrow"


def test_leaving_the_pick_empty_is_a_decision(qtbot, window):
    report = window.builds.opening.report
    window.builds.opening.open_text(doubtful(), "First")
    leave = next(each for each in report.chooser.offers if each.text() == "Leave the pick empty")
    qtbot.mouseClick(leave, LEFT)
    report.accept.click()
    assert taken_powers(window) == []
    window.builds.opening.open_text(doubtful(), "Second")
    assert not report.isVisible()


def test_several_doubtful_builds_come_one_after_the_other(qtbot, window):
    opening, report = window.builds.opening, window.builds.opening.report
    opening.open_text(doubtful(), "First")
    opening.open_text(doubtful("Blaster_Ranged.Archery.Snap_Shott"), "Second")
    assert report.shown.brought.name == "First"
    report.cancel.click()
    assert report.shown.brought.name == "Second"
    report.accept.click()
    assert not report.isVisible()
    assert len(window.builds.documents) == 1


def test_a_decision_after_opening_is_a_step_that_can_be_undone(qtbot, window):
    opening, report = window.builds.opening, window.builds.opening.report
    opening.open_text(doubtful(), "First")
    report.accept.click()
    assert taken_powers(window) == []
    window.actions_by_name["import_report"].trigger()
    assert report.isVisible()
    row = next(n for n, row in enumerate(report.shown.rows) if row.choice == 0)
    report.list.go_to(row)
    qtbot.mouseClick(report.chooser.offers[0], LEFT)
    assert taken_powers(window) == [SNAP_SHOT]
    window.actions_by_name["undo"].trigger()
    assert taken_powers(window) == []


def test_a_place_that_was_changed_since_is_left_alone(qtbot, window):
    opening, report = window.builds.opening, window.builds.opening.report
    opening.open_text(doubtful(), "First")
    report.accept.click()
    document = window.builds.current
    document.do(commands.take_power(document, "Blaster_Ranged.Archery.Aimed_Shot"))
    chosen = document.build
    window.actions_by_name["import_report"].trigger()
    row = next(n for n, row in enumerate(report.shown.rows) if row.choice == 0)
    report.list.go_to(row)
    assert report.chooser.offers == ()
    assert "changed since" in report.chooser.text.text()
    assert document.build is chosen


def test_the_filter_shows_what_to_check(window):
    report = window.builds.opening.report
    window.builds.opening.open_text(doubtful(), "First")
    report.show_kind("check")
    assert report.list.rows.rowCount() == 1
    report.show_kind("guessed")
    assert report.list.rows.rowCount() == 0
    assert report.chooser.title.text() == "Nothing to show"


def test_the_report_speaks(window):
    report = window.builds.opening.report
    window.builds.opening.open_text(doubtful(), "First")
    nameless = []
    for widget in report.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            spoken = QAccessible.queryAccessibleInterface(widget)
            if not spoken.text(QAccessible.Text.Name):
                nameless.append(type(widget).__name__)
    assert nameless == []
    offer = QAccessible.queryAccessibleInterface(report.chooser.offers[0])
    assert offer.role() == QAccessible.Role.RadioButton
    row = next(n for n, row in enumerate(report.shown.rows) if row.choice == 0)
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken_row = report.list.rows.index(row, 0).data(role)
    assert spoken_row.startswith("Pick 1 (level 1), Blaster_Ranged.Archery.Snapp_Shot")
    assert "needs your choice" in spoken_row


@needs_shared
@pytest.mark.parametrize("name", ["dark", "light"])
def test_twice_the_size_clips_no_text(window, theme, qtbot, name):
    theme.set_theme(name)
    theme.set_zoom(2.0)
    window.resize(2048, 1400)
    window.builds.opening.open_file(BUILDS / "bad" / "46-game-odd-lines.txt")
    qtbot.wait(60)
    report = window.builds.opening.report
    assert window.rect().contains(report.geometry())
    for widget in report.findChildren(QWidget):
        text = getattr(widget, "text", None)
        if callable(text) and widget.isVisible() and str(text()):
            assert widget.height() >= widget.fontMetrics().height() - 1, str(text())
    tops = [each.geometry() for each in report.chooser.offers]
    assert all(not a.intersects(b) for a, b in itertools.pairwise(tops))


@needs_shared
def test_lines_of_a_text_stand_in_the_report(window):
    report = window.builds.opening.report
    window.builds.opening.open_file(BUILDS / "bad" / "46-game-odd-lines.txt")
    rows = {row.line: row for row in report.shown.rows if row.mark is Mark.UNDERSTOOD}
    text = (BUILDS / "bad" / "46-game-odd-lines.txt").read_text().splitlines()
    for number, row in rows.items():
        assert " ".join(text[number - 1].split()) == row.original
    assert "lines understood" in report.summary_text
