"""The picker over a real document: everything the game data allow can be reached and slotted."""

from functools import cache

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from midsdesk.app import commands
from midsdesk.app.document import Document
from midsdesk.app.files import open_document
from midsdesk.app.views import PickerTab
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.vocab import Grade, RelativeLevel
from midsdesk.rules.slotting import accepts
from midsdesk.ui.picker.document_source import DocumentPickerSource
from midsdesk.ui.picker.overlay import PickerOverlay
from midsdesk.ui.picker.source import Wish
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from tests.helpers.fake_calc import FakeCalculator
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import SHARED, needs_shared

pytestmark = needs_shared

SAMPLE = SHARED / "data" / "builds" / "blaster-fire-energy.mbd"


@cache
def sample() -> Document:
    document, _ = open_document(SAMPLE, packed_catalog(), FakeCalculator())
    return document


def entry_of(document: Document, power: str) -> int:
    return next(
        index
        for index, entry in enumerate(document.build.entries)
        if entry.power.endswith(f".{power}")
    )


@pytest.mark.parametrize("power", ["Blaze", "Hasten", "Health", "Brawl", "Tactics"])
def test_whatever_the_power_accepts_is_offered(power: str) -> None:
    document = sample()
    entry = entry_of(document, power)
    source = DocumentPickerSource(document, entry, 0)
    offered = set()
    for tab in (PickerTab.REGULAR, PickerTab.INVENTION, PickerTab.SPECIAL):
        for category in source.categories(tab):
            offered |= {p.enhancement for p in source.pieces(tab, category.key, Wish())}
    for category in source.categories(PickerTab.SET):
        for shown in source.sets(category.key, Wish()):
            offered |= {piece.enhancement for piece in shown.pieces}
    catalog = packed_catalog()
    known = catalog.power(document.build.entries[entry].power)
    assert known is not None
    accepted = {e.id for e in catalog.enhancements() if accepts(known, e, catalog)}
    assert accepted - offered == set()


def test_opens_at_the_piece_in_the_slot() -> None:
    source = DocumentPickerSource(sample(), entry_of(sample(), "Blaze"), 0)
    assert source.heading.power == "Blaze"
    assert (source.heading.slot, source.heading.of) == (1, 6)
    assert source.start.tab is PickerTab.SET
    assert source.start.set_id
    assert source.start.category in {c.key for c in source.categories(PickerTab.SET)}
    found = source.set_of(source.start.enhancement, Wish())
    assert found is not None
    assert found.id == source.start.set_id


def test_limits_are_those_of_the_piece() -> None:
    source = DocumentPickerSource(sample(), entry_of(sample(), "Blaze"), 0)
    single = source.pieces(PickerTab.REGULAR, "single", Wish())[0].enhancement
    regular = source.limits(PickerTab.REGULAR, single)
    assert not regular.numbered
    assert (regular.relative_lowest, regular.relative_highest) == (
        RelativeLevel.MINUS_3,
        RelativeLevel.PLUS_3,
    )
    category = source.categories(PickerTab.SET)[0].key
    for shown in source.sets(category, Wish()):
        piece = source.limits(PickerTab.SET, shown.pieces[0].enhancement)
        assert 1 <= piece.lowest <= piece.highest <= 53


def test_grade_of_the_category_is_slotted() -> None:
    source = DocumentPickerSource(sample(), entry_of(sample(), "Blaze"), 0)
    piece = source.pieces(PickerTab.REGULAR, "dual", Wish())[0].enhancement
    assert source.make(piece, "dual", Wish()).grade is Grade.DUAL


def test_a_piece_goes_from_the_picker_into_the_build(
    qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    document, _ = open_document(SAMPLE, packed_catalog(), FakeCalculator())
    entry = entry_of(document, "Hasten")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    picker = PickerOverlay(theme, icons, window)
    picker.open_beside(DocumentPickerSource(document, entry, 1), QRect(700, 300, 210, 60))
    chosen: list[SlottedEnhancement] = []
    picker.chosen.connect(chosen.append)
    for cell in picker.cells.cells:
        if cell.tab is PickerTab.INVENTION:
            qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(picker.search_field, "30")
    qtbot.keyClick(picker.search_field, Qt.Key.Key_Return)
    document.do(commands.slot_piece(document, entry, 1, chosen[0]))
    assert document.build.entries[entry].slots[1].enhancement == chosen[0]
    assert chosen[0].level == 30
    assert chosen[0].relative_level is RelativeLevel.PLUS_5, "boosted as the slot was"
