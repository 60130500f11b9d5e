"""Levels in the picker: digits, + and −, lowest, highest, back again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from midsdesk.app.views import PickerTab
from midsdesk.model.vocab import RelativeLevel
from midsdesk.ui.picker.level import LevelEntry, shown_level
from midsdesk.ui.picker.overlay import PickerOverlay
from midsdesk.ui.picker.source import LevelLimits, Wish
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from tests.helpers.fake_picker import Heard, name, press, show, window_with_field, write

_Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    return window_with_field(qtbot)


@pytest.fixture
def picker(window: QWidget, theme: Theme, icons: Icons) -> PickerOverlay:
    return PickerOverlay(theme, icons, window)


@pytest.fixture
def heard(picker: PickerOverlay) -> Heard:
    return Heard(picker)


def test_two_digits_make_a_level(picker: PickerOverlay, heard: Heard) -> None:
    show(picker, PickerTab.INVENTION)
    write(picker, "35")
    assert picker.title.level.text() == "35"
    press(picker, _Key.Key_Return)
    assert [made.level for made in heard.chosen if made] == [35]


def test_plus_and_minus_stop_at_the_limits(picker: PickerOverlay) -> None:
    show(picker, PickerTab.INVENTION)
    write(picker, "+++++++")
    assert picker.title.level.text() == "50+5"
    write(picker, "--------")
    assert picker.title.level.text() == "50"


def test_regular_enhancements_have_a_relative_level_only(picker: PickerOverlay) -> None:
    show(picker, PickerTab.REGULAR)
    write(picker, "+30")
    assert picker.title.level.text() == "+1"
    press(picker, _Key.Key_Home)
    assert picker.title.level.text() == "−3"
    press(picker, _Key.Key_End)
    assert picker.title.level.text() == "+3"


def test_home_end_space_backspace(picker: PickerOverlay) -> None:
    show(picker, PickerTab.INVENTION)
    press(picker, _Key.Key_Home)
    assert picker.title.level.text() == "10"
    write(picker, "+")
    press(picker, _Key.Key_Space)
    assert picker.title.level.text() == "50"
    write(picker, "22")
    press(picker, _Key.Key_Backspace)
    assert picker.title.level.text() == "50"


def test_space_belongs_to_the_words_once_there_are_any(picker: PickerOverlay) -> None:
    show(picker)
    write(picker, "a b")
    assert picker.search_field.text() == "a b"


def test_level_shows_on_the_pieces(picker: PickerOverlay) -> None:
    show(picker, PickerTab.INVENTION)
    press(picker, _Key.Key_Right)
    write(picker, "25")
    assert picker.current is not None
    assert picker.current.slot.level == "25"
    assert name(picker) == "Damage", "the current piece stays"


def test_boosters_of_the_old_piece_do_not_go_along_to_another_kind() -> None:
    entry = LevelEntry(Wish(40, RelativeLevel.PLUS_5))
    entry.leave_piece()
    assert entry.wish == Wish(40)
    entry.step(2, LIMITS)
    entry.leave_piece()
    assert entry.wish == Wish(40, RelativeLevel.PLUS_2), "asked for by the user"
    entry.restore()
    assert entry.wish == Wish(40, RelativeLevel.PLUS_5)


LIMITS = LevelLimits(10, 50, 50, True, RelativeLevel.EVEN, RelativeLevel.PLUS_5)


def test_second_digit_joins_within_five_seconds_only() -> None:
    now = [0.0]
    entry = LevelEntry(Wish(50), clock=lambda: now[0])
    shown = []
    for at, digit in ((0.0, "2"), (4.9, "7"), (4.9, "4"), (10.0, "3"), (10.0, "9")):
        now[0] = at
        entry.digit(digit)
        shown.append((entry.wish.level, shown_level(entry.wish, LIMITS)))
    # What was typed is kept for other pieces; this one cannot go below 10.
    assert shown == [(2, "10"), (27, "27"), (4, "10"), (3, "10"), (39, "39")]
