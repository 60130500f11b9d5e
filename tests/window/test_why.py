"""Asking a number for its reason: by mouse and key, following it to its place, and back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from midsdesk.app import present
from midsdesk.app.why import NotCounted, WhyRow, why_power
from midsdesk.ui.info.blocks import FigureCell
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.why.model import WhyRole
from tests.helpers.characters import character, io, piece
from tests.helpers.window import build_window, open_window, sample_window

LEFT = Qt.MouseButton.LeftButton
WEAVE, TOUGH = "Pool.Fighting.Weave", "Pool.Fighting.Tough"


@pytest.fixture
def window(qtbot, theme) -> MainWindow:
    return sample_window(qtbot, theme)


def click_total(qtbot, window: MainWindow, key: str) -> None:
    view = window.totals.view
    index = view.totals.find(key)
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def has_focus(widget: QWidget) -> bool:
    return QApplication.focusWidget() is widget


def row(window: MainWindow, name: str):
    view = window.asking.panel.view
    for number in range(view.rows.rowCount()):
        index = view.rows.index(number, 0)
        content = index.data(WhyRole.CONTENT)
        if getattr(content, "name", content) == name:
            return index
    raise AssertionError(name)


def click_beside(qtbot, window: MainWindow, index) -> None:
    """Click a row on its value, which is no link."""
    view = window.asking.panel.view
    view.scrollTo(index)
    box = view.visualRect(index)
    at = QPoint(view.viewport().width() - 30, box.center().y())
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)


def test_a_click_on_a_total_opens_its_reason(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    panel = window.asking.panel
    assert panel.isVisible()
    assert panel.title.name.text() == "Melee defense"
    assert QApplication.activeModalWidget() is None
    assert has_focus(panel.view)
    assert not panel.geometry().intersects(
        window.totals.geometry().translated(window.totals.mapTo(window, QPoint(0, 0)))
    )
    values = [each.text for each in panel.why.rows]
    assert values == sorted(values, key=lambda text: -float(text.strip("+ %")))


def test_what_is_shown_adds_up_to_what_the_totals_show(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    shown = window.asking.panel.why
    parts = [float(each.text.replace("−", "-").rstrip(" %")) for each in shown.rows]
    # Each part is rounded to two places.
    assert sum(parts) == pytest.approx(float(shown.value.rstrip(" %")), abs=0.005 * len(parts))


def test_by_keys_alone(qtbot, window):
    view = window.totals.view
    view.setCurrentIndex(view.totals.find("defense.melee"))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    panel = window.asking.panel
    assert panel.isVisible() and has_focus(panel.view)
    rows = panel.view
    while not rows.currentIndex().data(WhyRole.CONTENT).children:
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    index = rows.currentIndex()
    qtbot.keyClick(rows, Qt.Key.Key_Right)
    assert rows.isExpanded(index)
    qtbot.keyClick(rows, Qt.Key.Key_Left)
    assert not rows.isExpanded(index)
    entry = index.data(WhyRole.CONTENT).entry
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert has_focus(window.grid)
    assert window.grid.current_entry() == entry
    assert panel.isVisible(), "one may want to follow the next one"
    panel.view.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_escape_gives_the_focus_back(qtbot, window):
    click_total(qtbot, window, "haste")
    qtbot.keyClick(window.asking.panel.view, Qt.Key.Key_Escape)
    assert has_focus(window.totals.view)


def test_a_click_beside_the_name_unfolds_and_a_click_on_it_goes_there(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    index = row(window, "Weave")
    view = window.asking.panel.view
    click_beside(qtbot, window, index)
    assert view.isExpanded(index)
    inner = [view.rows.index(n, 0, index).data(WhyRole.CONTENT) for n in range(3)]
    assert inner[0].name == "Base value"
    entry = index.data(WhyRole.CONTENT).entry
    assert inner[1].slot is not None and inner[1].entry == entry
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.link_point(index).toPoint())
    assert window.grid.current_entry() == entry
    assert window.grid.currentIndex().column() == 0


def test_a_slotted_piece_leads_to_its_slot(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    view, index = window.asking.panel.view, row(window, "Weave")
    view.setExpanded(index, True)
    inner = view.rows.index(1, 0, index)
    content = inner.data(WhyRole.CONTENT)
    view.scrollTo(inner)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.link_point(inner).toPoint())
    assert window.grid.current_entry() == content.entry
    assert window.grid.currentIndex().column() == content.slot + 1


def test_the_bar_gone_to_is_in_sight(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    panel = window.asking.panel
    for number in range(panel.view.rows.rowCount()):
        content = panel.view.rows.index(number, 0).data(WhyRole.CONTENT)
        if isinstance(content, WhyRow) and content.entry is not None:
            window.asking.go_to(content.entry, -1)
            bar = window.grid.bar_rect(content.entry)
            covered = panel.geometry().intersected(
                bar.translated(window.mapFromGlobal(QPoint(0, 0)))
            )
            assert covered.isEmpty(), content.name


def test_a_figure_of_the_info_panel_by_mouse_and_key(qtbot, window):
    window.grid.set_current(0)
    found = window.info.findChildren(FigureCell)
    cells = {cell.accessibleName().split()[0]: cell for cell in found}
    qtbot.mouseClick(cells["Recharge"], LEFT)
    panel = window.asking.panel
    assert panel.why.title == "Recharge of Gambler's Cut"
    panel.close_panel()
    cells["Endurance"].setFocus()
    qtbot.keyClick(cells["Endurance"], Qt.Key.Key_Return)
    assert panel.why.title == "Endurance of Gambler's Cut"


def test_a_power_that_is_not_taken_says_so(qtbot, window):
    window.info.set_info(None)
    window.asking._explain_figure("recharge")
    assert not window.asking.panel.isVisible()
    assert window.status.text == "Take the power first; then its numbers have reasons."


def test_the_number_before_comes_back(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    panel = window.asking.panel
    assert not panel.title.back.isVisible()
    click_total(qtbot, window, "haste")
    assert panel.why.title == "Haste" and panel.title.back.isVisible()
    qtbot.keyClick(panel.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert panel.why.title == "Melee defense"
    assert not panel.title.back.isVisible()


def test_it_follows_the_build_and_keeps_what_is_unfolded(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    panel, index = window.asking.panel, row(window, "Weave")
    panel.view.setExpanded(index, True)
    before = panel.why.value
    document = window.builds.current
    lit = document.build.find("Pool.Leaping.Combat_Jumping")
    window.controller._toggle_lamp(lit)
    assert panel.why.value != before
    assert panel.view.isExpanded(row(window, "Weave"))
    left_out = row(window, "Combat Jumping").data(WhyRole.CONTENT)
    assert isinstance(left_out, NotCounted)
    assert left_out.reason == "the power is switched off"


def test_a_click_elsewhere_closes_it_unless_it_is_pinned(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    panel = window.asking.panel
    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(2, 2))
    assert not panel.isVisible()
    click_total(qtbot, window, "defense.melee")
    qtbot.mouseClick(panel.title.pin, LEFT)
    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(2, 2))
    assert panel.isVisible()
    qtbot.mouseClick(panel.title.close_button, LEFT)
    assert not panel.isVisible()


def test_another_build_closes_it(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    window.builds.new()
    assert not window.asking.panel.isVisible()


def test_copy_gives_the_chain_as_text(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    view = window.asking.panel.view
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == f"Melee defense {window.asking.panel.why.value}"
    assert any("Weave" in line for line in lines)


def test_what_is_left_out_stands_last_with_its_reason(qtbot, theme):
    build = character(
        "Class_Blaster",
        {WEAVE: [io("Defense_Buff")], TOUGH: [piece("Crafted_Steadfast_Protection_C")]},
        off=[WEAVE],
    )
    window = build_window(qtbot, theme, build)
    click_total(qtbot, window, "defense.ranged")
    view = window.asking.panel.view
    last = view.rows.index(view.rows.rowCount() - 1, 0)
    assert window.asking.panel.isVisible()
    assert last.data(WhyRole.CONTENT).reason == "the power is switched off"
    view.setCurrentIndex(last)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert window.grid.current_entry() == build.find(WEAVE)


def test_an_empty_number_says_so(qtbot, theme):
    window = open_window(qtbot, theme)
    window.builds.new()
    click_total(qtbot, window, "defense.melee")
    panel = window.asking.panel
    shown = panel.why
    assert shown is not None
    assert panel.empty.isVisible() == (not shown.rows)


def test_names_and_roles_for_a_screen_reader(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    panel = window.asking.panel
    assert panel.accessibleName() == f"Why Melee defense {panel.why.value}"
    tree = QAccessible.queryAccessibleInterface(panel.view)
    assert tree.role() == QAccessible.Role.Tree
    assert tree.text(QAccessible.Text.Name) == "Contributions"
    children = [tree.child(number) for number in range(3)]
    first = next(each for each in children if each.role() == QAccessible.Role.TreeItem)
    assert "percent" in first.text(QAccessible.Text.Name)
    for button in (panel.title.copy, panel.title.pin, panel.title.close_button):
        spoken = QAccessible.queryAccessibleInterface(button)
        assert spoken.role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox)
        assert spoken.text(QAccessible.Text.Name)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_it_stays_inside_the_window(qtbot, theme, zoom, size):
    theme.set_zoom(zoom)
    scaled = (round(size[0] * zoom), round(size[1] * zoom))
    window = sample_window(qtbot, theme, size=scaled)
    click_total(qtbot, window, "defense.melee")
    panel = window.asking.panel
    assert window.rect().contains(panel.geometry())
    assert panel.geometry().bottom() < window.statusBar().y()
    for part in (panel.title.name, panel.title.value):
        assert part.height() >= part.fontMetrics().height()
    theme.set_zoom(1.0)


def test_the_window_shrinks_around_it(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    window.resize(1024, 640)
    qtbot.wait(30)
    panel = window.asking.panel
    assert window.rect().contains(panel.geometry())
    assert panel.geometry().bottom() < window.statusBar().y()


def test_f6_reaches_it(qtbot, window):
    click_total(qtbot, window, "defense.melee")
    window.totals.view.setFocus()
    window.actions_by_name["next_region"].trigger()
    assert has_focus(window.asking.panel.view)
    window.actions_by_name["next_region"].trigger()
    assert window.powers.isAncestorOf(QApplication.focusWidget())


def test_every_number_of_the_info_panel_has_a_reason(qtbot, window):
    """All figures, strengths, damages and effects of all powers of the sample."""
    asked = 0
    for bar in (*window.grid.model().grid.picks, *window.grid.model().grid.others):
        window.grid.set_current(bar.entry)
        shown = window.info.info
        if shown is None or shown.entry != bar.entry:
            continue
        keys = [each.key for each in (*shown.figures, *shown.strengths, *shown.damages)]
        keys += [effect.key for block in shown.effects for effect in block.effects]
        for key in filter(None, keys):
            found = why_power(window.builds.current, bar.entry, key)
            assert found is not None, (bar.name, key)
            assert found.rows or found.value.startswith(("0", "−0")), (bar.name, key)
            asked += 1
    assert asked > 300


def test_the_reason_of_a_figure_shows_the_number_that_was_asked_about(window):
    document = window.builds.current
    for entry in range(len(document.build.entries)):
        shown = present.power_info(document, entry=entry)
        if shown is None:
            continue
        for figure in shown.figures:
            found = why_power(document, entry, figure.key)
            assert found is not None
            number = float(figure.text.rstrip(" %s/ft°").replace(",", "").replace("−", "-"))
            reason = float(found.value.rstrip(" %s/ft°").replace(",", "").replace("−", "-"))
            assert reason == pytest.approx(number, abs=0.06), (shown.title, figure.key)
