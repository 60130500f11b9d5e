"""The card of what a click would do, by pointer and by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from midsdesk.app.document import Document
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import SNAP_SHOT, taken

HOVER = "Pool.Flight.Combat_Flight"


@pytest.fixture
def window(window: MainWindow, catalog) -> MainWindow:
    build = ops.change_powerset(taken(SNAP_SHOT), catalog, 3, "Pool.Flight")
    build = ops.take_power(build, catalog, HOVER)
    window.controller.show(Document(build, catalog, Engine(catalog)))
    return window


def test_a_word_by_keys(qtbot, window):
    before = window.controller.document.build
    words = window.powers.places[3].words
    words.setFocus()
    words.setCurrentIndex(words.model().index(2, 0))
    card = window.hovering.card
    qtbot.waitUntil(lambda: card.isVisible() and card.foreseen is not None, timeout=3000)
    assert card.wish.title == "Hover"
    assert card.chips
    assert card.accessibleName().startswith("Hover Taken at 4")
    # It stands beside the word, not over it.
    box = words.visualRect(words.currentIndex())
    assert not card.geometry().contains(words.viewport().mapTo(window, box.center()))
    assert window.controller.document.build is before
    qtbot.keyClick(words, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_a_word_by_pointer_and_away(qtbot, window):
    words = window.powers.places[3].words
    box = words.visualRect(words.model().index(1, 0))
    QTest.mouseMove(words.viewport(), box.center())
    card = window.hovering.card
    qtbot.waitUntil(card.isVisible, timeout=3000)
    words.pointed_at.emit("")
    assert not card.isVisible()
    # The totals are back to what is.
    assert not window.totals.view.model().has_deltas


def test_a_light_previews_in_the_totals(qtbot, window):
    grid = window.grid
    entry = window.controller.document.build.find(HOVER)
    box = grid.visualRect(grid.model().index(entry, 0))
    lamp = QPoint(box.right() - 13, box.top() + 9)
    QTest.mouseMove(grid.viewport(), lamp)
    qtbot.waitUntil(lambda: window.totals.view.model().has_deltas, timeout=3000)
    QTest.mouseMove(grid.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: not window.totals.view.model().has_deltas, timeout=3000)


def test_a_click_takes_the_card_away(qtbot, window):
    words = window.powers.places[3].words
    words.setFocus()
    words.setCurrentIndex(words.model().index(1, 0))
    card = window.hovering.card
    qtbot.waitUntil(card.isVisible, timeout=3000)
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert not card.isVisible()
