"""The dock of differences: list, details, effect on the open build, and the switch of rules."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton

from midsdesk.app.document import Document
from midsdesk.calc.quirks import Quirk
from midsdesk.calc.quirks_text import TEXTS
from midsdesk.ui.main_window import MainWindow
from tests.helpers.characters import character, so
from tests.helpers.window import build_window

LEFT = Qt.MouseButton.LeftButton
BLAZE = "Blaster_Ranged.Fire_Blast.Blaze"


@pytest.fixture
def window(qtbot, theme) -> MainWindow:
    """Two accuracy pieces do not reach 95 % at +0, but Tactics helps: 1.666 × 0.85 is more."""
    build = character(
        "Class_Blaster", {BLAZE: [so("Accuracy")] * 2, "Pool.Leadership.Tactics": [so("To_Hit")]}
    )
    return build_window(qtbot, theme, build)


def opened(qtbot, window: MainWindow) -> MainWindow:
    window.docks.open("quirks")
    qtbot.waitUntil(lambda: window.watching.done, timeout=60_000)
    return window


def texts(window: MainWindow) -> list[str]:
    found = window.quirks.detail.findChildren(QLabel)
    return [label.text() for label in found if label.isVisible()]


def rules_of(document: Document) -> str:
    return document.settings.rules.value


def go_to(window: MainWindow, quirk: Quirk) -> None:
    shown = window.quirks.list
    ids = [row.id for row in shown.quirks.rows]
    shown.setCurrentIndex(shown.quirks.index(ids.index(quirk.value)))


def test_all_are_listed_before_anything_is_worked_out(window):
    window.docks.open("quirks")
    rows = window.quirks.list.quirks.rows
    assert [row.id for row in rows] == [quirk.value for quirk in Quirk]
    assert not window.watching.done
    assert "Being worked out…" in texts(window)
    assert window.quirks.note.text().startswith("working out 1 of ")


def test_nothing_is_worked_out_while_the_dock_is_closed(qtbot, window):
    qtbot.wait(700)
    assert not window.watching.done
    assert window.watching._search is None


def test_each_tells_what_it_changes_here(qtbot, window):
    opened(qtbot, window)
    go_to(window, Quirk.HIT_CHANCE_UNBOUNDED)
    shown = texts(window)
    text = TEXTS[Quirk.HIT_CHANCE_UNBOUNDED]
    assert text.old in shown and text.ours in shown
    assert "95.0 %" in shown
    links = [b.text() for b in window.quirks.detail.findChildren(QPushButton) if b.isVisible()]
    assert links == ["Hit chance of Blaze"]
    go_to(window, Quirk.FAULTY_PIECE_RECORDS)
    assert "The same numbers." in texts(window)


def test_a_power_it_changes_is_a_link_to_its_bar(qtbot, window):
    opened(qtbot, window)
    go_to(window, Quirk.HIT_CHANCE_UNBOUNDED)
    window.grid.set_current(1)
    (link,) = [b for b in window.quirks.detail.findChildren(QPushButton) if b.isVisible()]
    qtbot.mouseClick(link, LEFT)
    assert window.grid.current_entry() == window.builds.current.build.find(BLAZE)


def test_the_filter_keeps_those_with_an_effect(qtbot, window):
    opened(qtbot, window)
    button = next(b for b, key in window.quirks.filter._keys.items() if key == "changing")
    qtbot.mouseClick(button, LEFT)
    rows = window.quirks.list.quirks.rows
    assert rows and all(row.changes for row in rows)
    assert window.quirks.note.text() == f"{len(rows)} of {len(Quirk)} have an effect on this build"


def test_the_switch_changes_the_numbers_and_is_kept(qtbot, window):
    opened(qtbot, window)
    document = window.builds.current
    buttons = {key: button for button, key in window.quirks.rules._keys.items()}
    assert buttons["game"].isChecked()
    qtbot.mouseClick(buttons["mids"], LEFT)
    assert rules_of(document) == "mids"
    assert window._settings.get("rules") == "mids"
    assert buttons["mids"].isChecked()
    assert not window.watching.done, "the effects are those of turning each one over now"
    qtbot.waitUntil(lambda: window.watching.done, timeout=60_000)
    go_to(window, Quirk.HIT_CHANCE_UNBOUNDED)
    assert "In this build the game's rules would show" in texts(window)
    buttons["game"].setFocus()
    qtbot.keyClick(buttons["game"], Qt.Key.Key_Space)
    assert rules_of(document) == "game"


def test_a_change_of_the_build_begins_anew(qtbot, window):
    opened(qtbot, window)
    window.controller._toggle_lamp(window.builds.current.build.find("Pool.Leadership.Tactics"))
    assert not window.watching.done
    qtbot.waitUntil(lambda: window.watching.done, timeout=60_000)


def test_input_puts_the_work_off(qtbot, window):
    window.docks.open("quirks")
    search = window.watching
    for _ in range(8):
        qtbot.wait(100)
        qtbot.mouseMove(window.grid.viewport(), QPoint(5 + _, 5))
    assert search._search is None


def test_keys_walk_the_list_and_reach_the_details(qtbot, window):
    window.docks.open("quirks")
    shown = window.quirks.list
    first = shown.current
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert shown.current != first
    assert window.quirks.detail._shown[0] == shown.current
    qtbot.keyClick(shown, Qt.Key.Key_Tab)
    assert window.quirks.isAncestorOf(window.focusWidget())
    assert not shown.hasFocus()


def test_names_and_roles_for_a_screen_reader(qtbot, window):
    opened(qtbot, window)
    spoken = QAccessible.queryAccessibleInterface(window.quirks.list)
    assert spoken.role() == QAccessible.Role.List
    said = spoken.child(0).text(QAccessible.Text.Name)
    assert said == f"{window.quirks.list.quirks.rows[0].name}, no effect"
    go_to(window, Quirk.HIT_CHANCE_UNBOUNDED)
    assert TEXTS[Quirk.HIT_CHANCE_UNBOUNDED].old in window.quirks.detail.accessibleDescription()
