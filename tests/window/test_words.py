"""Word lists: spoken states, clicks, keys, locked selectors."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester

from midsdesk.app.views import Choice, Word, WordList, WordState
from midsdesk.model.ids import PowerId, PowersetId
from midsdesk.ui.words.model import WordModel
from midsdesk.ui.words.places import PlaceBlock

WORDS = (
    Word(PowerId(""), "Trunk", 0, WordState.HEADING),
    Word(PowerId("A.B.Rain"), "Rain of Arrows", 26, WordState.AVAILABLE),
    Word(PowerId("A.B.Inferno"), "Inferno", 32, WordState.UNAVAILABLE, "needs level 32"),
    Word(PowerId("A.B.Aim"), "Aim", 6, WordState.TAKEN),
)
CHOICES = (
    Choice("fire", "Fire Blast"),
    Choice("ice", "Ice Blast"),
    Choice("sonic", "Sonic Attack", enabled=False, reason="excluded"),
)


def shown(locked: str = "") -> WordList:
    return WordList(0, "Primary", PowersetId("fire"), CHOICES, bool(locked), locked, WORDS)


@pytest.fixture
def block(qtbot, theme, icons):
    made = PlaceBlock(theme, icons, 0)
    qtbot.addWidget(made)
    made.resize(146, 200)
    made.set_words(shown())
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_screen_reader_hears_states_and_reasons(block):
    root = QAccessible.queryAccessibleInterface(block.words)
    texts = [root.child(n).text(QAccessible.Text.Name) for n in range(root.childCount())]
    assert texts == [
        "Trunk",
        "Rain of Arrows, available, level 26",
        "Inferno, unavailable, needs level 32",
        "Aim, taken, level 6",
    ]
    assert block.words.accessibleName() == "Primary powers"


def test_the_model_keeps_the_rules_of_qt(qtbot):
    model = WordModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_words(WORDS)
    model.set_words(WORDS[1:])


def test_every_word_can_be_clicked_but_headings(block, qtbot):
    asked: list[object] = []
    block.words.word_activated.connect(asked.append)
    for row in range(4):
        box = block.words.visualRect(block.words.model().index(row, 0))
        qtbot.mouseClick(block.words.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert asked == ["A.B.Rain", "A.B.Inferno", "A.B.Aim"]


def test_right_click_locks(block, qtbot):
    box = block.words.visualRect(block.words.model().index(3, 0))
    with qtbot.waitSignal(block.words.lock_requested) as heard:
        qtbot.mouseClick(block.words.viewport(), Qt.MouseButton.RightButton, pos=box.center())
    assert heard.args == ["A.B.Aim"]


def test_keys_take_and_walk(block, qtbot):
    block.words.setFocus()
    block.words.setCurrentIndex(block.words.model().index(1, 0))
    with qtbot.waitSignal(block.words.word_activated) as heard:
        qtbot.keyClick(block.words, Qt.Key.Key_Return)
    assert heard.args == ["A.B.Rain"]
    with qtbot.waitSignal(block.words.neighbour_asked) as heard:
        qtbot.keyClick(block.words, Qt.Key.Key_Right)
    assert heard.args == [1]


def test_a_locked_selector_says_why_and_stays(block):
    block.set_words(shown("Remove its powers first."))
    assert block.head.toolTip() == "Remove its powers first."
    block.head.showPopup()
    assert not block.head.view().isVisible()


def test_choosing_tells_and_waits_for_the_answer(block, qtbot):
    with qtbot.waitSignal(block.powerset_chosen) as heard:
        block.head.setCurrentIndex(1)
        block.head.activated.emit(1)
    assert heard.args == [0, "ice"]
    assert block.head.currentText() == "Fire Blast"


def test_all_words_show_without_a_scroll_bar(block, theme):
    assert block.words.height() == 4 * theme.ipx("word_row")
    theme.set_zoom(2)
    assert block.words.height() == 4 * theme.ipx("word_row")
