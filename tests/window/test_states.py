"""The menu of states: only what the build asks for, and each a step of the history."""

from typing import cast

import pytest
from PySide6.QtWidgets import QWidget

from midsdesk.app.document import Document
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.edit.character import change_powerset, new_build
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.states import StatesMenu
from tests.helpers.gamedata import default_catalog

WATER = "Corruptor_Ranged.Water_Blast.Water_Burst"


class Controller:
    """As much of the window's controller as the menu needs."""

    def __init__(self, document: Document | None) -> None:
        self.document = document

    def run(self, make):
        assert self.document is not None
        return self.document.do(make(self.document)) is not None


def document(*powers: str) -> Document:
    catalog = default_catalog()
    build = new_build(catalog, "Class_Corruptor")
    build = change_powerset(build, catalog, 0, "Corruptor_Ranged.Water_Blast")
    for power in powers:
        build = ops.take_power(build, catalog, power)
    return Document(build, catalog, Engine(catalog))


@pytest.fixture
def menu(qtbot, theme):
    owner = QWidget()
    qtbot.addWidget(owner)

    def make(shown):
        return StatesMenu(cast("DocumentController", Controller(shown)), owner)

    return make


def test_without_a_power_that_asks_there_is_nothing_to_set(menu) -> None:
    for shown in (None, document()):
        made = menu(shown)
        made.fill()
        (row,) = made.actions()
        assert not row.isEnabled()


def test_stacks_are_chosen_and_taken_back(menu) -> None:
    shown = document(WATER)
    made = menu(shown)
    made.fill()
    (tide,) = made.actions()
    assert tide.text() == "Tidal Power"
    rows = tide.menu().actions()
    assert [row.text() for row in rows] == ["None", "1", "2", "3", "4"]
    assert rows[0].isChecked()
    assert "Water Burst" in rows[3].toolTip()
    rows[3].trigger()
    assert shown.undo_label == "Tidal Power × 3"
    made.fill()
    assert made.actions()[0].menu().actions()[3].isChecked()
    shown.undo()
    made.fill()
    assert made.actions()[0].menu().actions()[0].isChecked()


def test_a_switch_goes_on_and_off(menu) -> None:
    catalog = default_catalog()
    build = new_build(catalog, "Class_Blaster")
    build = change_powerset(build, catalog, 0, "Blaster_Ranged.Fire_Blast")
    build = ops.take_power(build, catalog, "Blaster_Ranged.Fire_Blast.Blazing_Bolt")
    shown = Document(build, catalog, Engine(catalog))
    made = menu(shown)
    for label in ("Engagement on", "Engagement off"):
        made.fill()
        (switch,) = made.actions()
        switch.trigger()
        assert shown.undo_label == label
