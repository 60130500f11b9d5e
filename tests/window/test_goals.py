"""Goals over the totals, with real clicks and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from midsdesk.app.document import Document
from midsdesk.app.goals import Goal, goals_of
from midsdesk.calc.engine import Engine
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import SNAP_SHOT, taken

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(window: MainWindow, catalog) -> MainWindow:
    window.controller.show(Document(taken(SNAP_SHOT), catalog, Engine(catalog)))
    return window


def goals(window: MainWindow) -> tuple[Goal, ...]:
    document = window.controller.document
    assert document is not None
    return goals_of(document.build)


def test_a_goal_is_added_typed_and_removed(qtbot, window):
    window.goals.add("defense.ranged")
    row = window.goals.block.rows[0]
    assert row.editor.isVisible()
    assert row.editor.hasFocus()
    qtbot.keyClicks(row.editor, "30")
    qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    assert goals(window) == (Goal("defense.ranged", 30.0),)
    assert row.hasFocus()
    assert row.accessibleName() == "Goal Ranged defense, 0.0 of 30 percent, missing 30.0"
    qtbot.keyClick(row, Qt.Key.Key_F2)
    qtbot.keyClick(row.editor, Qt.Key.Key_Escape)
    assert goals(window) == (Goal("defense.ranged", 30.0),)
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert goals(window) == ()
    assert not window.goals.block.rows
    window.controller.undo()
    assert goals(window) == (Goal("defense.ranged", 30.0),)


def test_the_menu_lists_totals_by_heading(window):
    menu = window.goals.menu_of_totals()
    titles = [action.text() for action in menu.actions()]
    assert titles[:3] == ["Defense", "Resistance", "Health"]
    first = menu.actions()[0].menu()
    assert isinstance(first, QMenu)
    assert first.actions()[1].text() == "Ranged defense\t45.0 %"
    first.actions()[1].trigger()
    assert goals(window) == (Goal("defense.ranged", 45.0),)


def test_what_is_pointed_at_shows_in_the_goals(qtbot, window):
    window.goals.add("hit_points")
    entry = window.controller.document.build.find("Inherent.Fitness.Health")
    assert entry is not None
    from midsdesk.app import commands

    window.goals.add("regeneration.per_second")
    window.controller.preview(lambda d: commands.set_included(d, entry, False))
    shown = window.goals.block.rows[1].shown
    assert shown.after is not None
    assert shown.tone == "worse"
    window.controller.preview(None)
    assert window.goals.block.rows[1].shown.after is None


def test_at_most_six_are_drawn(window):
    kinds = ("smashing", "lethal", "fire", "cold", "energy", "negative", "psionic")
    for kind in kinds:
        window.goals.add(f"resistance.{kind}")
    assert len(window.goals.block.rows) == 6
    assert window.goals.block.more.isVisible()


def test_the_why_of_a_goal_opens(qtbot, window):
    window.goals.add("hit_points")
    row = window.goals.block.rows[0]
    qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert window.asking.panel.isVisible()
