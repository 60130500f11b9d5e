"""Sharing and exporting from the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from midsdesk.app import commands
from midsdesk.app.exports import TARGETS
from midsdesk.app.history import Command
from midsdesk.app.sharing import KINDS, Option
from midsdesk.formats import forms, share_code, share_qr
from midsdesk.formats.forms import Form
from midsdesk.ui.main_window import MainWindow
from tests.formats.qr_reading import decoded
from tests.helpers.builds import BUILDS, SNAP_SHOT
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared

CATALOG = packed_catalog()
pytestmark = needs_shared


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    window.builds.open(BUILDS / "blaster-fire-energy.mbd")
    window.actions_by_name["share"].trigger()
    return window


def choose(window: MainWindow, target: str) -> None:
    window.share.kinds.choose(target)
    window.share.refresh()


def test_every_form_that_is_written_can_be_had_from_the_window() -> None:
    assert {kind.target for kind in KINDS} == set(TARGETS)


def test_every_kind_is_made_shown_and_saved(window, tmp_path, monkeypatch):
    share = window.share
    for kind in KINDS:
        choose(window, kind.target)
        assert share.page.title.text() == kind.title
        path = tmp_path / f"out{TARGETS[kind.target].ending}"
        answer = (str(path), "")
        monkeypatch.setattr(
            "midsdesk.ui.files.share.QFileDialog.getSaveFileName",
            lambda *args, answer=answer: answer,
        )
        share.save.click()
        assert path.read_bytes() == share.made.data
        assert window.status.text == f"Saved {path.name}"
        assert share.copy.isEnabled() != kind.binary
        if not kind.binary:
            share.copy.click()
            mime = QGuiApplication.clipboard().mimeData()
            assert mime.hasImage() if kind.picture else mime.text() == share.made.text


def test_what_cannot_be_made_says_why(window):
    document = window.builds.current
    name = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(1_500))
    document.do(Command("Name", lambda build: replace(build, name=name)))
    for target, reason in (("link", "too large"), ("qr-png", "too long for a QR code")):
        choose(window, target)
        assert reason in window.share.page.losses.text()
        assert window.share.page.preview.toPlainText() == ""
        assert not window.share.save.isEnabled()
        assert not window.share.copy.isEnabled()


def test_it_says_what_is_lost(window):
    choose(window, "mdbuild")
    assert window.share.page.losses.text() == "It holds everything that is in this build."
    choose(window, "mxd-1.01")
    said = window.share.page.losses.text()
    assert "which powers' procs count" in said
    assert "the comment" in said
    assert "powers and data" not in said


def test_options_change_the_post(qtbot, window):
    choose(window, "post")
    page = window.share.page
    assert page.flags[Option.TOTALS].isVisible()
    assert not page.flags[Option.LEVELS].isVisible()
    before = page.preview.toPlainText()
    for option in (Option.TOTALS, Option.BONUSES, Option.CODE):
        qtbot.mouseClick(page.flags[option], Qt.MouseButton.LeftButton)
        after = page.preview.toPlainText()
        assert len(after) > len(before)
        before = after
    assert share_code.link(share_code.encode(window.builds.current.build)) in after
    assert window.share.page.losses.text() == "It holds everything that is in this build."
    qtbot.mouseClick(page.flags[Option.INCARNATES], Qt.MouseButton.LeftButton)
    assert "Incarnates:" in before
    assert "Incarnates:" not in page.preview.toPlainText()
    page.markup.chosen.emit("markdown")
    assert "[b]" not in page.preview.toPlainText()
    page.markup.chosen.emit("bbcode")
    page.colors.chosen.emit("pink")
    assert "#ff80c0" in page.preview.toPlainText()
    settings = window.builds.workspace.settings
    assert settings.get("post_theme") == "pink"
    assert set(settings.get("post_parts")) == {
        "levels", "inherents", "accolades", "totals", "bonuses", "code",
    }  # fmt: skip


def test_the_qr_code_on_the_screen_is_the_link(window):
    choose(window, "qr-png")
    link = share_code.link(share_code.encode(window.builds.current.build))
    assert decoded(share_qr.made(link)) == link
    assert window.share.made.data == share_qr.png(link)
    shown = window.share.page.picture.pixmap().toImage()
    assert shown.convertToFormat(QImage.Format.Format_Grayscale8) == QImage.fromData(
        window.share.made.data
    ).convertToFormat(QImage.Format.Format_Grayscale8)


def test_the_preview_follows_the_build(qtbot, window):
    choose(window, "game")
    document = window.builds.current
    before = window.share.page.preview.toPlainText()
    document.do(commands.remove_power(document, 0))
    qtbot.waitUntil(lambda: window.share.page.preview.toPlainText() != before, timeout=2000)
    reading = forms.read(window.share.made.data, CATALOG)
    assert reading.form == Form.GAME_TEXT
    window.builds.new()
    assert window.share.isVisible()
    assert "New build" in window.share.title.text() or "this build" in window.share.title.text()


def test_it_is_worked_with_keys_and_gives_the_focus_back(qtbot, window):
    window.activateWindow()
    window.share.close_sheet()
    window.grid.setFocus()
    window.actions_by_name["share"].trigger()
    assert QApplication.focusWidget() is window.share.kinds
    shown = window.share.page.title.text()
    qtbot.keyClick(window.share.kinds, Qt.Key.Key_Down)
    assert window.share.page.title.text() != shown
    qtbot.keyClick(window.share.kinds, Qt.Key.Key_Escape)
    assert not window.share.isVisible()
    assert QApplication.focusWidget() is window.grid


def test_everything_has_a_name(window):
    nameless = []
    for kind in KINDS:
        choose(window, kind.target)
        for widget in window.share.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                spoken = QAccessible.queryAccessibleInterface(widget)
                if not spoken.text(QAccessible.Text.Name):
                    nameless.append(f"{kind.target}: {type(widget).__name__}")
    assert nameless == []


def test_a_new_build_can_be_shared(window):
    window.builds.new()
    choose(window, "share-code")
    code = window.share.made.text
    assert forms.read(code.encode(), CATALOG).build == window.builds.current.build
    assert SNAP_SHOT not in code
