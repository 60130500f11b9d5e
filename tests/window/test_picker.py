"""The picker: keys, clicks, search, levels, what it refuses; over a made-up source."""

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from midsdesk.app.views import PickerTab, SetView
from midsdesk.ui.picker.model import PickerModel, with_headings
from midsdesk.ui.picker.overlay import PickerOverlay
from midsdesk.ui.picker.source import Wish
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import text_width
from midsdesk.ui.theme.tokens import Theme
from tests.helpers import fake_views as fake
from tests.helpers.fake_picker import (
    FakeSource,
    Heard,
    click_row,
    name,
    press,
    show,
    window_with_field,
    write,
)

_Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QWidget:
    return window_with_field(qtbot)


@pytest.fixture
def picker(window: QWidget, theme: Theme, icons: Icons) -> PickerOverlay:
    return PickerOverlay(theme, icons, window)


@pytest.fixture
def heard(picker: PickerOverlay) -> Heard:
    return Heard(picker)


# --- opening, closing --------------------------------------------------------------------
def test_opens_with_the_focus_in_the_search(picker: PickerOverlay) -> None:
    show(picker)
    assert picker.search_field.hasFocus()
    assert picker.accessibleName() == "Enhance Blaze, slot 6 of 6"
    assert name(picker) == "Apocalypse"
    assert picker.title.level.text() == "50"


def test_esc_closes_and_gives_the_focus_back(picker: PickerOverlay, heard: Heard) -> None:
    before = QApplication.focusWidget()
    show(picker)
    press(picker, _Key.Key_Escape)
    assert not picker.isVisible()
    assert QApplication.focusWidget() is before
    assert heard.closed == 1
    assert heard.chosen == []
    assert heard.previewed[-1] is None


def test_focus_elsewhere_closes(window: QWidget, picker: PickerOverlay, heard: Heard) -> None:
    other = QLineEdit(window)
    other.show()
    show(picker)
    other.setFocus()
    assert not picker.isVisible()
    assert other.hasFocus()
    assert heard.closed == 1


def test_opens_again_after_closing(picker: PickerOverlay, heard: Heard) -> None:
    for _ in range(3):
        show(picker)
        write(picker, "ran")
        press(picker, _Key.Key_Escape)
    show(picker)
    assert picker.search_field.text() == ""
    assert heard.closed == 3


def test_close_button(qtbot: QtBot, picker: PickerOverlay, heard: Heard) -> None:
    show(picker)
    qtbot.mouseClick(picker.title.close_button, Qt.MouseButton.LeftButton)
    assert heard.closed == 1


def test_stays_inside_when_the_window_shrinks(window: QWidget, picker: PickerOverlay) -> None:
    show(picker)
    window.resize(1024, 700)
    QApplication.processEvents()
    assert window.rect().contains(picker.geometry())


# --- kinds -------------------------------------------------------------------------------
def test_tab_cycles_through_the_kinds(picker: PickerOverlay) -> None:
    show(picker)
    seen = []
    for _ in range(5):
        press(picker, _Key.Key_Tab)
        seen.append(next(cell.tab for cell in picker.cells.cells if cell.isChecked()))
    assert seen == [
        PickerTab.NONE,
        PickerTab.REGULAR,
        PickerTab.INVENTION,
        PickerTab.SPECIAL,
        PickerTab.SET,
    ]
    press(picker, _Key.Key_Backtab, SHIFT)
    assert picker.cells.cells[3].isChecked()


def test_none_by_key_waits_for_enter(picker: PickerOverlay, heard: Heard) -> None:
    show(picker)
    press(picker, _Key.Key_Tab)
    assert picker.isVisible()
    assert picker.list.message() == "Enter empties the slot."
    press(picker, _Key.Key_Return)
    assert heard.chosen == [None]


def test_none_by_click_empties_at_once(qtbot: QtBot, picker: PickerOverlay, heard: Heard) -> None:
    show(picker)
    qtbot.mouseClick(picker.cells.cells[0], Qt.MouseButton.LeftButton)
    assert heard.chosen == [None]
    assert not picker.isVisible()


@pytest.mark.parametrize("tab", [PickerTab.REGULAR, PickerTab.INVENTION, PickerTab.SPECIAL])
def test_every_single_piece_can_be_slotted_by_key(
    picker: PickerOverlay, heard: Heard, tab: PickerTab
) -> None:
    source = FakeSource(tab)
    wanted = [piece.enhancement for piece in source.pieces(tab, "", Wish())]
    for steps in range(len(wanted)):
        show(picker, tab)
        for _ in range(steps // 6):
            press(picker, _Key.Key_Down)
        for _ in range(steps % 6):
            press(picker, _Key.Key_Right)
        press(picker, _Key.Key_Return)
    assert [made.enhancement for made in heard.chosen if made] == wanted


# --- sets --------------------------------------------------------------------------------
def test_click_on_a_set_shows_its_pieces_and_a_click_on_one_slots_it(
    qtbot: QtBot, picker: PickerOverlay, heard: Heard
) -> None:
    show(picker)
    click_row(qtbot, picker, 3)
    assert picker.crumb.isVisible()
    assert name(picker) == "Devastation: Accuracy/Damage"
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    click_row(qtbot, picker, 2)
    assert [made.enhancement for made in heard.chosen if made] == ["Devastation:_Damage/Endurance"]
    assert not picker.isVisible()


def test_double_click_on_a_set_fills_the_power(
    qtbot: QtBot, picker: PickerOverlay, heard: Heard
) -> None:
    show(picker)
    place = picker.list.visualRect(picker.list.pieces.index(1)).center()
    view = picker.list.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert heard.filled == ["Thunderstrike"]
    assert heard.chosen == [], "the second click must not slot a piece"


def test_double_click_on_a_piece_does_not_reach_what_lies_below(
    qtbot: QtBot, picker: PickerOverlay, window: QWidget, heard: Heard
) -> None:
    show(picker, PickerTab.INVENTION)
    below = QPushButton(window)
    below.setGeometry(picker.geometry())
    below.lower()
    below.show()
    pressed: list[bool] = []
    below.pressed.connect(lambda: pressed.append(True))
    click_row(qtbot, picker, 0)
    middle = QPointF(below.rect().center())
    second = QMouseEvent(
        QEvent.Type.MouseButtonDblClick,
        middle,
        below.mapToGlobal(middle),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(below, second)
    assert len(heard.chosen) == 1
    assert pressed == []
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    QApplication.sendEvent(below, second)
    assert pressed == [True], "later double clicks are none of the picker's business"


def test_keys_open_a_set_skip_what_is_in_use_and_go_back(picker: PickerOverlay) -> None:
    show(picker)
    press(picker, _Key.Key_Return)
    assert name(picker) == "Apocalypse: Chance of Damage"
    press(picker, _Key.Key_Left)
    assert name(picker) == "Apocalypse"
    assert not picker.crumb.isVisible()


def test_shift_enter_fills_the_power(picker: PickerOverlay, heard: Heard) -> None:
    show(picker)
    press(picker, _Key.Key_Right)
    press(picker, _Key.Key_Return, SHIFT)
    assert heard.filled == ["Thunderstrike"]
    assert not picker.isVisible()


def test_only_sets_fill(picker: PickerOverlay, heard: Heard) -> None:
    show(picker, PickerTab.INVENTION)
    press(picker, _Key.Key_Return, SHIFT)
    assert heard.filled == []
    assert heard.refused == ["Only a set can fill the power."]
    assert picker.isVisible()


def test_refused_piece_stays_listed_and_says_why(picker: PickerOverlay, heard: Heard) -> None:
    show(picker)
    press(picker, _Key.Key_Return)
    press(picker, _Key.Key_Up)
    press(picker, _Key.Key_Return)
    assert heard.chosen == []
    assert heard.refused == ["Already in this power"]
    assert heard.previewed[-1] is None


def test_arrows_walk_the_field_six_a_row(picker: PickerOverlay) -> None:
    show(picker)
    press(picker, _Key.Key_Down)
    assert name(picker) == "Entropic Chaos"
    press(picker, _Key.Key_Up)
    assert name(picker) == "Apocalypse"
    assert picker.list.visualRect(picker.list.pieces.index(5)).top() == (
        picker.list.visualRect(picker.list.pieces.index(0)).top()
    )


def test_arrow_right_at_the_edge_goes_to_the_categories(picker: PickerOverlay) -> None:
    show(picker)
    for _ in range(6):
        press(picker, _Key.Key_Right)
    assert picker.category_list.active
    press(picker, _Key.Key_Up)
    assert picker.category == "in-power"
    press(picker, _Key.Key_Left)
    assert not picker.category_list.active
    assert name(picker) == "Apocalypse"


def test_category_by_click(qtbot: QtBot, picker: PickerOverlay) -> None:
    show(picker)
    view = picker.category_list
    place = view.visualRect(view.categories.index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picker.category == "in-power"
    assert picker.list.pieces.rowCount() == 2


# --- search ------------------------------------------------------------------------------
def test_letters_search_and_digits_never_do(picker: PickerOverlay) -> None:
    source = show(picker)
    write(picker, "ranged 3d")
    assert picker.search_field.text() == "ranged d"
    assert source.asked[-1][0] == "ranged d"
    assert picker.title.level.text() == "10", "3 is below the lowest level of the piece"


def test_search_groups_rows_and_slots_the_first(picker: PickerOverlay, heard: Heard) -> None:
    show(picker)
    write(picker, "ranged")
    roles = [picker.list.pieces.index(row).data() for row in (0, 1, 2, 6)]
    assert roles == [
        "Completes a set in this power",
        "Apocalypse: Chance of Damage",
        "Starts a set, bonus needs more pieces",
        "Cannot go here",
    ]
    press(picker, _Key.Key_Down)
    assert name(picker) == "Thunderstrike", "headings are stepped over"
    press(picker, _Key.Key_Up)
    press(picker, _Key.Key_Return)
    assert [made.enhancement for made in heard.chosen if made] == ["Apocalypse:_Chance_of_Damage"]


def test_nothing_found_is_written(picker: PickerOverlay) -> None:
    show(picker)
    write(picker, "zzz")
    assert picker.list.message() == "No piece fits “zzz”."
    assert picker.current is None
    press(picker, _Key.Key_Return)
    assert picker.isVisible()


def test_screen_reader_hears_name_reason_and_deltas(picker: PickerOverlay) -> None:
    show(picker)
    write(picker, "x")
    role = Qt.ItemDataRole.AccessibleTextRole
    assert picker.list.pieces.index(1).data(role) == (
        "Apocalypse: Chance of Damage, unique · completes 6 of 6, adds (6), "
        "+5.00 ranged, −29.4 damage"
    )
    assert "Sniper attacks only" in picker.list.pieces.index(7).data(role)


def test_deltas_arrive_between_frames(qtbot: QtBot, picker: PickerOverlay) -> None:
    show(picker)
    press(picker, _Key.Key_Right)
    press(picker, _Key.Key_Return)
    role = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: "+3.00 %" in picker.list.pieces.index(1).data(role))


# --- looks -------------------------------------------------------------------------------
def test_model_keeps_the_rules_of_qt() -> None:
    model = PickerModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    source = FakeSource()
    model.set_entries(source.sets("", Wish()))
    model.set_entries(with_headings(source.search("x", Wish())))
    model.set_entries(())
    assert tester.model() is model
    assert not model.index(0).isValid()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_nothing_is_clipped(
    qtbot: QtBot, picker: PickerOverlay, window: QWidget, theme: Theme, zoom: float
) -> None:
    theme.set_zoom(zoom)
    window.resize(round(1024 * zoom), round(700 * zoom))
    picker.open_beside(FakeSource(), QRect(0, 0, 20, 20))
    QApplication.processEvents()
    assert window.rect().contains(picker.geometry())
    for cell in picker.cells.cells:
        assert text_width(theme.font("strong"), cell.text()) <= cell.width()
    assert picker.search_field.height() >= 28 * zoom
    level = picker.title.level
    assert text_width(theme.font("title"), "50+5") <= level.sizeHint().width() + 20 * zoom
    places = [picker.list.visualRect(picker.list.pieces.index(row)) for row in range(6)]
    assert len({rect.top() for rect in places}) == 1, "six a row at every zoom"
    assert not picker.grab().isNull()


def test_names_for_whatever_can_be_clicked(picker: PickerOverlay) -> None:
    show(picker)
    for cell in picker.cells.cells:
        assert cell.accessibleName()
    for part in (picker.search_field, picker.list, picker.category_list,
                 picker.title.close_button):  # fmt: skip
        assert part.accessibleName()
    assert "Apocalypse" in picker.foot.accessibleDescription()


@pytest.mark.parametrize("name", ["dark", "light", "high-contrast", "dark-deuteranopia"])
def test_every_theme_draws_every_state(picker: PickerOverlay, theme: Theme, name: str) -> None:
    theme.set_theme(name)
    show(picker)
    assert not picker.grab().isNull()
    write(picker, "x")
    assert not picker.grab().isNull()


def test_a_set_without_pieces_is_harmless(picker: PickerOverlay) -> None:
    empty = fake.enhancement_set("Empty", "Em")
    bare = SetView(empty.id, empty.name, empty.slot, "", 0, (), ())
    show(picker)
    picker.enter_set(bare)
    assert not picker.grab().isNull()
