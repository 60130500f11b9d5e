"""Info panel: four tabs, lock, links, empty state."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from midsdesk.ui.info.blocks import FigureCell, SetBlock, StrengthTable
from midsdesk.ui.info.damage import DamageBar, DamageBlock
from midsdesk.ui.info.effects import EffectLabel
from midsdesk.ui.info.panel import EFFECTS, ENHANCE, INFO, TOTALS, InfoPanel
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import text_width
from midsdesk.ui.theme.tokens import Theme
from tests.helpers import fake_views as fake


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, icons: Icons) -> InfoPanel:
    made = InfoPanel(theme, icons)
    qtbot.addWidget(made)
    made.resize(298, 520)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_empty_state_is_written(panel: InfoPanel) -> None:
    assert panel.empty.isVisible()
    assert panel.empty.text() == "Point at a power or a slot. Right click keeps it here."
    assert not panel.title.isVisible()
    assert panel.accessibleName() == "Info"


def test_a_power_fills_the_first_tab(panel: InfoPanel) -> None:
    panel.set_info(fake.info())
    assert panel.title.label.text() == "[20] Blaze"
    assert [len(panel.findChildren(kind)) for kind in (FigureCell, DamageBar, SetBlock)] == [
        8,
        1,
        1,
    ]
    names = [cell.accessibleName() for cell in panel.findChildren(FigureCell)]
    assert "Recharge 2.31 s, base 10 s" in names
    assert "Cast 1.00 s" in names
    panel.set_info(None)
    assert panel.empty.isVisible()


def test_tabs_by_click_and_arrow(qtbot: QtBot, panel: InfoPanel) -> None:
    panel.set_info(fake.info())
    panel.set_totals(fake.groups())
    qtbot.mouseClick(panel.tabs.buttons[EFFECTS], Qt.MouseButton.LeftButton)
    shown = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "670.2 fire damage to the target" in shown
    qtbot.keyClick(panel.tabs.buttons[EFFECTS], Qt.Key.Key_Right)
    assert panel.tabs.current == TOTALS
    assert panel.totals.isVisible()
    qtbot.keyClick(panel.tabs.buttons[TOTALS], Qt.Key.Key_Right)
    assert panel.tabs.current == ENHANCE
    assert any(table.isVisible() for table in panel.findChildren(StrengthTable))
    qtbot.keyClick(panel.tabs.buttons[ENHANCE], Qt.Key.Key_Right)
    assert panel.tabs.current == INFO


def test_totals_tab_needs_no_power(qtbot: QtBot, panel: InfoPanel) -> None:
    panel.set_totals(fake.groups())
    panel.set_tab(TOTALS)
    assert panel.totals.isVisible()


def test_lock_asks_and_shows(qtbot: QtBot, panel: InfoPanel) -> None:
    panel.set_info(fake.info())
    with qtbot.waitSignal(panel.lock_toggled):
        qtbot.mouseClick(panel.title.lock, Qt.MouseButton.LeftButton)
    assert not panel.locked, "the window decides"
    panel.set_locked(True)
    assert panel.accessibleName() == "Info, [20] Blaze, locked"
    assert panel.title.lock.accessibleName() == "Follow the pointer again"


def test_a_figure_is_a_link(qtbot: QtBot, panel: InfoPanel) -> None:
    panel.set_info(fake.info())
    cell = panel.findChildren(FigureCell)[1]
    with qtbot.waitSignal(panel.explained) as asked:
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert asked.args == ["recharge"]
    with qtbot.waitSignal(panel.explained):
        qtbot.keyClick(cell, Qt.Key.Key_Return)


def test_everything_that_takes_focus_has_a_name(panel: InfoPanel) -> None:
    panel.set_info(fake.info())
    for widget in panel.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or widget.objectName().startswith("qt_"), widget


def test_bands_of_diversification_are_spoken(panel: InfoPanel) -> None:
    panel.set_info(fake.info())
    table = panel.findChildren(StrengthTable)[0]
    assert "Damage: +127.9 %, ED +99.3 % ▴▴▴, +405.9 %" in table.accessibleDescription()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_figures_and_tabs_are_not_clipped(
    qtbot: QtBot, panel: InfoPanel, theme: Theme, zoom: float
) -> None:
    theme.set_zoom(zoom)
    panel.resize(round(298 * zoom), round(520 * zoom))
    panel.set_info(fake.info())
    qtbot.waitUntil(lambda: panel.findChildren(FigureCell)[0].width() > 100 * zoom)
    for cell, figure in zip(panel.findChildren(FigureCell), fake.info().figures, strict=False):
        both = text_width(theme.font("body"), figure.name)
        both += text_width(theme.font("strong"), figure.text)
        assert both <= cell.width(), figure.name
    for button in panel.tabs.buttons:
        wanted = text_width(button.font_of(current=True), button.text())
        assert wanted <= button.width()
    assert not panel.grab().isNull()


def test_theme_change_redraws(panel: InfoPanel, theme: Theme) -> None:
    panel.set_info(fake.info())
    theme.set_theme("light")
    theme.set_motion(False)
    for tab in (INFO, EFFECTS, TOTALS, ENHANCE):
        panel.set_tab(tab)
        assert not panel.grab().isNull()


def test_damage_is_measured_in_three_ways_and_the_choice_stays(
    qtbot: QtBot, panel: InfoPanel
) -> None:
    panel.set_info(fake.info())
    bar = panel.findChildren(DamageBar)[0]
    assert bar.accessibleName() == "Damage activation 862.5, own slots 221.9, base 170.5"
    switch = panel.findChildren(DamageBlock)[0].switch
    button = next(button for button, key in switch._keys.items() if key == "Second")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bar.accessibleName() == "Damage second 160.3, own slots 18.4, base 14.2"
    assert "in server ticks 155.1/s" in bar.accessibleDescription()
    with qtbot.waitSignal(panel.explained) as asked:
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert asked.args == ["damage.second"]
    panel.set_info(replace(fake.info(), title="[1] Another"))
    assert panel.findChildren(DamageBar)[-1].view.name == "Second"


def test_a_strength_is_a_link(qtbot: QtBot, panel: InfoPanel) -> None:
    panel.set_info(fake.info())
    table = next(each for each in panel.findChildren(StrengthTable) if each.isVisible())
    with qtbot.waitSignal(panel.explained) as asked:
        qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=table.row_center(0))
    assert asked.args == ["strength.effect.0"]
    table.setFocus()
    with qtbot.waitSignal(panel.explained):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Down)  # that one has no explanation
    with qtbot.assertNotEmitted(panel.explained):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_an_effect_is_a_link_and_says_when_it_does_not_count(
    qtbot: QtBot, panel: InfoPanel
) -> None:
    panel.set_info(fake.info())
    panel.set_tab(EFFECTS)
    labels = [each for each in panel.findChildren(EffectLabel) if each.isVisible()]
    assert [each.accessibleName().endswith("(not in force)") for each in labels] == [
        False,
        False,
        True,
    ]
    with qtbot.waitSignal(panel.explained) as asked:
        qtbot.mouseClick(labels[0], Qt.MouseButton.LeftButton)
    assert asked.args == ["effect.0.magnitude"]
    labels[1].setFocus()
    with qtbot.waitSignal(panel.explained) as asked:
        qtbot.keyClick(labels[1], Qt.Key.Key_Return)
    assert asked.args == ["effect.1.magnitude"]


@pytest.mark.parametrize("width", [240, 298, 420])
def test_long_words_squeeze_no_block(qtbot: QtBot, panel: InfoPanel, width: int) -> None:
    panel.set_info(replace(fake.info(), summary="A rather long sentence about it. " * 9))
    panel.resize(width, 300)
    qtbot.wait(30)
    for table in panel.findChildren(StrengthTable):
        if table.isVisible():
            assert table.height() >= table.sizeHint().height()
