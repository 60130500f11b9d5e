"""Saving from the window: the form stays, losses are said first, nothing half-written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from midsdesk.app import commands, files
from midsdesk.app.history import Command
from midsdesk.formats import forms, mbd, native, share_code
from midsdesk.formats.forms import Form
from midsdesk.formats.native_file import NativeFile, Variant
from midsdesk.ui.files.saving import kind_text
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
AIMED = "Blaster_Ranged.Archery.Aimed_Shot"


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None, form: Form | None = None) -> None:
    chosen = (str(path or ""), kind_text(form) if form else "")
    monkeypatch.setattr(
        "midsdesk.ui.files.saving.QFileDialog.getSaveFileName", lambda *args: chosen
    )


def press(window: MainWindow, text: str) -> None:
    for bar in window.messages.bars:
        for button in bar.findChildren(QPushButton, "remedy"):
            if button.text() == text:
                button.click()
                return
    raise AssertionError(f"no button {text}")


def edit(window: MainWindow) -> None:
    document = window.builds.current
    assert document is not None
    document.do(commands.take_power(document, AIMED))


def comment(window: MainWindow, text: str) -> None:
    document = window.builds.current
    assert document is not None
    document.do(Command("Comment", lambda build: replace(build, comment=text)))


@pytest.mark.parametrize(
    "form", [Form.MBD, Form.NATIVE, Form.MXD, Form.MXD_101, Form.MXD_BINARY], ids=str
)
def test_save_keeps_the_form_of_the_file(window, tmp_path, form):
    path = tmp_path / "build.dat"  # the name says nothing
    path.write_bytes(files.encoded(taken(SNAP_SHOT), form, CATALOG))
    window.builds.open(path)
    edit(window)
    window.actions_by_name["save"].trigger()
    assert window.messages.texts == []
    assert not window.builds.current.modified
    again = forms.read(path.read_bytes(), CATALOG)
    assert again.form == form
    assert again.build.find(AIMED) is not None


def test_what_the_form_cannot_hold_is_said_before_anything_is_written(window, tmp_path):
    path = tmp_path / "old.mxd"
    path.write_bytes(files.encoded(taken(SNAP_SHOT), Form.MXD_101, CATALOG))
    before = path.read_bytes()
    window.builds.open(path)
    comment(window, "my notes")
    window.actions_by_name["save"].trigger()
    assert path.read_bytes() == before
    assert window.builds.current.modified
    assert "does not hold the comment. old.mxd is as it was." in window.messages.texts[0]
    press(window, "Save anyway")
    assert forms.read(path.read_bytes(), CATALOG).form == Form.MXD_101
    assert not window.builds.current.modified


def test_the_native_form_is_offered_instead(window, tmp_path, monkeypatch):
    path, native_path = tmp_path / "old.mxd", tmp_path / "new.mdbuild"
    path.write_bytes(files.encoded(taken(SNAP_SHOT), Form.MXD_101, CATALOG))
    window.builds.open(path)
    comment(window, "my notes")
    window.actions_by_name["save"].trigger()
    answer(monkeypatch, native_path, Form.NATIVE)
    press(window, "Save as .mdbuild…")
    assert forms.read(native_path.read_bytes(), CATALOG).build.comment == "my notes"
    assert window.builds.current.path == native_path


def test_variants_and_notes_of_a_file_survive(window, tmp_path, monkeypatch):
    path = tmp_path / "two.mdbuild"
    other = Variant("Later", taken(SNAP_SHOT, AIMED), "with more")
    path.write_bytes(native.encode(NativeFile(taken(SNAP_SHOT), (other,), "remember")))
    window.builds.open(path)
    edit(window)
    window.actions_by_name["save"].trigger()
    file, _ = native.decode(path.read_bytes(), CATALOG)
    assert file.variants == (other,)
    assert file.notes == "remember"
    assert file.build.find(AIMED) is not None
    answer(monkeypatch, tmp_path / "two.mbd", Form.MBD)
    window.actions_by_name["save_as"].trigger()
    assert "does not hold variants and notes of the file" in window.messages.texts[0]
    assert not (tmp_path / "two.mbd").exists()


def test_a_post_is_never_written_over(window, tmp_path, monkeypatch):
    path = tmp_path / "post.txt"
    path.write_text(f"Look! {share_code.link(share_code.encode(taken(SNAP_SHOT)))} Bye.")
    before = path.read_text()
    window.builds.open(path)
    asked = []

    def ask(*args: object) -> tuple[str, str]:
        asked.append(args)
        return "", ""

    monkeypatch.setattr("midsdesk.ui.files.saving.QFileDialog.getSaveFileName", ask)
    window.actions_by_name["save"].trigger()
    assert len(asked) == 1
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("name", "form", "written"),
    [
        ("a.mxd", Form.MXD_101, Form.MXD_101),
        ("a.mxd", Form.MXD, Form.MXD),
        ("a", Form.NATIVE, Form.NATIVE),
        ("a.mdbuild", Form.MBD, Form.NATIVE),
        ("a.mbd", None, Form.MBD),
        ("a.odd", Form.MBD, Form.MBD),
    ],
)
def test_save_as_takes_the_form_from_name_and_filter(
    window, tmp_path, monkeypatch, name, form, written
):
    window.builds.opening.open_text(mbd.encode(taken(SNAP_SHOT), CATALOG).decode(), "x")
    answer(monkeypatch, tmp_path / name, form)
    window.actions_by_name["save_as"].trigger()
    (made,) = tmp_path.iterdir()
    assert forms.read(made.read_bytes(), CATALOG).form == written
    assert window.builds.current.form == written


def test_a_folder_that_is_gone_gives_a_message_and_another_place(window, tmp_path):
    window.builds._save(window.builds.current, tmp_path / "gone" / "a.mbd")
    assert "the folder does not exist" in window.messages.texts[0]
    assert window.builds.current.path is None


def test_an_unknown_power_is_written_back_by_save(window, tmp_path):
    value = mbd.value_of(taken(SNAP_SHOT), CATALOG)
    strange = {**value["PowerEntries"][0], "PowerName": "Blaster_Ranged.Zyx.Qwv"}
    value["PowerEntries"][1] = strange
    path = tmp_path / "later.mbd"
    path.write_text(json.dumps(value))
    window.builds.open(path)
    window.builds.opening.report.accept.click()
    assert window.builds.current.build.entries[1].is_empty
    document = window.builds.current
    document.do(Command("Name", lambda build: replace(build, name="New")))
    window.actions_by_name["save"].trigger()
    assert json.loads(path.read_text())["PowerEntries"][1] == strange
