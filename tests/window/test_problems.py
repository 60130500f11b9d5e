"""The problems dock: found while nobody waits, gone to and mended by mouse and key."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from midsdesk.app import commands
from midsdesk.model.build import Build
from midsdesk.rules.problems_model import Action
from midsdesk.ui.main_window import MainWindow
from tests.helpers.characters import character, io, piece, so
from tests.helpers.window import build_window, open_window, sample_window

LEFT = Qt.MouseButton.LeftButton
WEAVE, TOUGH, BOXING = (f"Pool.Fighting.{name}" for name in ("Weave", "Tough", "Boxing"))
SLICK = "Crafted_Luck_of_the_Gambler_F"


def found(qtbot, window: MainWindow) -> MainWindow:
    qtbot.waitUntil(lambda: not window.mending.searching, timeout=10_000)
    return window


@pytest.fixture
def window(qtbot, theme) -> MainWindow:
    """Tough holds one piece and five empty slots; the procs of nothing are off."""
    build = character("Class_Blaster", {TOUGH: [so("Res_Damage"), None, None], WEAVE: [None, None]})
    made = build_window(qtbot, theme, build)
    return found(qtbot, made)


def has_focus(widget: QWidget) -> bool:
    return QApplication.focusWidget() is widget


def build_of(window: MainWindow) -> Build:
    document = window.builds.current
    assert document is not None
    return document.build


def rows(window: MainWindow):
    model = window.problems.view.problems
    return [model.row(number) for number in range(model.rowCount())]


def number_of(window: MainWindow, part: str) -> int:
    return next(number for number, row in enumerate(rows(window)) if part in row.title)


def click_link(qtbot, window: MainWindow, part: str, action: Action) -> None:
    number, view = number_of(window, part), window.problems.view
    link = [each.action for each in rows(window)[number].remedies].index(action)
    view.scrollTo(view.problems.index(number))
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.link_point(number, link))


def test_the_badge_counts_and_opens_the_dock(qtbot, window):
    listed = window.problems.shown
    badge = window.status.problems
    assert badge.accessibleName() == f"{listed.errors + listed.warnings} problems"
    assert not window.problems.isVisible(), "hidden at first"
    qtbot.mouseClick(badge, LEFT)
    assert window.problems.isVisible() and has_focus(window.problems.view)
    assert QApplication.activeModalWidget() is None
    qtbot.keyClick(badge, Qt.Key.Key_Space)
    assert not window.problems.isVisible(), "once more closes it"


def test_a_key_opens_it_and_f6_reaches_it(qtbot, window):
    window.actions_by_name["problems"].trigger()
    assert has_focus(window.problems.view)
    window.actions_by_name["next_region"].trigger()
    assert not has_focus(window.problems.view)
    window.actions_by_name["previous_region"].trigger()
    assert has_focus(window.problems.view)


def test_a_click_on_a_row_goes_to_its_place(qtbot, window):
    window.docks.open("problems")
    number = number_of(window, "empty slots in Tough")
    view = window.problems.view
    view.scrollTo(view.problems.index(number))
    box = view.visualRect(view.problems.index(number))
    qtbot.mouseClick(view.viewport(), LEFT, pos=box.topLeft() + QPoint(60, 12))
    assert window.grid.current_entry() == rows(window)[number].entry
    assert window.grid.currentIndex().column() == rows(window)[number].slot + 1
    assert has_focus(window.grid)


def test_a_click_on_a_link_mends_and_undo_takes_it_back(qtbot, theme):
    build = character("Class_Blaster", {WEAVE: [io("Defense_Buff")], TOUGH: [piece(SLICK)]})
    window = found(qtbot, build_window(qtbot, theme, build))
    window.docks.open("problems")
    before = build_of(window)
    title = next(row.title for row in rows(window) if row.title.startswith("Slot 1 of Tough"))
    click_link(qtbot, window, title, Action.CLEAR_SLOT)
    changed = build_of(window)
    assert changed.entries[before.find(TOUGH) or 0].slots[0].enhancement is None
    assert window.status.text == "Empty slot 1 of Tough"
    found(qtbot, window)
    assert title not in [row.title for row in rows(window)]
    window.actions_by_name["undo"].trigger()
    assert build_of(window) == before
    found(qtbot, window)
    assert title in [row.title for row in rows(window)]


def test_keys_alone_mend_row_after_row(qtbot, theme):
    build = character("Class_Blaster", {TOUGH: [piece(SLICK), piece(SLICK), piece(SLICK)]})
    window = found(qtbot, build_window(qtbot, theme, build))
    window.docks.open("problems")
    view = window.problems.view
    wrong = sum(row.title.startswith("Slot ") for row in rows(window))
    assert wrong >= 3
    for left in range(wrong, 0, -1):
        here = number_of(window, "Slot ")
        while view.currentIndex().row() != here:
            down = view.currentIndex().row() < here
            qtbot.keyClick(view, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        links = [each.action for each in rows(window)[here].remedies]
        for _ in range(links.index(Action.CLEAR_SLOT)):
            qtbot.keyClick(view, Qt.Key.Key_Right)
        assert view.link == links.index(Action.CLEAR_SLOT)
        qtbot.keyClick(view, Qt.Key.Key_Return)
        found(qtbot, window)
        assert has_focus(view)
        assert sum(row.title.startswith("Slot ") for row in rows(window)) < left
        if not any(row.title.startswith("Slot ") for row in rows(window)):
            break


def test_links_that_show_something_show_it(qtbot, window):
    window.docks.open("problems")
    click_link(qtbot, window, "empty slots in Tough", Action.CHOOSE_PIECE)
    assert window.picking.overlay.isVisible()
    window.picking.overlay.close_picker()
    click_link(qtbot, window, "empty slots in Tough", Action.GO_TO)
    assert has_focus(window.grid)


def test_what_is_over_a_cap_leads_to_its_reason(qtbot, theme):
    toughest = {TOUGH: [so("Res_Damage")] * 3}
    powers = {f"Tanker_Defense.Invulnerability.{name}": [so("Res_Damage")] * 3 for name in (
        "Temp_Invulnerability", "Unyielding", "Unstoppable", "Resist_Physical_Damage"
    )}  # fmt: skip
    window = found(qtbot, build_window(qtbot, theme, character("Class_Tanker", powers | toughest)))
    window.docks.open("problems")
    assert window.problems.warnings.count > 0
    click_link(qtbot, window, "Over the cap", Action.SHOW_SOURCES)
    panel = window.asking.panel
    assert panel.isVisible() and panel.why is not None
    assert "resistance" in panel.why.title
    number = number_of(window, "Over the cap")
    off = rows(window)[number].remedies[1]
    click_link(qtbot, window, "Over the cap", Action.SWITCH_OFF)
    assert not build_of(window).entries[off.entry].included


def test_the_filter_shows_one_kind(qtbot, window):
    window.docks.open("problems")
    buttons = {button.text().split()[0]: button for button in window.problems.filter._keys}
    assert set(buttons) == {"All", "Rules", "Waste", "To"}
    qtbot.mouseClick(buttons["To"], LEFT)
    assert {row.group for row in rows(window)} == {"unfinished"}
    empty = next(name for name in ("Waste", "Rules") if buttons[name].text().endswith(" 0"))
    qtbot.mouseClick(buttons[empty], LEFT)
    assert window.problems.empty.isVisible()
    assert window.problems.empty.text() == "Nothing of this kind."


def test_a_build_without_problems_says_so(qtbot, theme):
    window = open_window(qtbot, theme)
    window.builds.new()
    found(qtbot, window)
    window.docks.open("problems")
    assert window.status.problems.accessibleName() == "No problems"
    assert window.problems.empty.isVisible()
    assert window.problems.empty.text().startswith("No problems.")


def test_the_search_never_holds_the_window_for_long(qtbot, theme, monkeypatch):
    """The slices are counted, not timed: the machine of a test may be busy."""
    window = sample_window(qtbot, theme)
    slices: list[int] = []

    def watched() -> None:
        slices.append(1)
        window.mending._go_on()

    window.mending._later.timeout.disconnect()
    window.mending._later.timeout.connect(watched)
    monkeypatch.setattr("midsdesk.ui.problems.mending._SLICE_S", 0.0001)
    window.controller.run(lambda d: commands.set_included(d, 4, not d.build.entries[4].included))
    found(qtbot, window)
    assert len(slices) > 5


def test_names_and_roles_for_a_screen_reader(qtbot, window):
    window.docks.open("problems")
    spoken = QAccessible.queryAccessibleInterface(window.problems.view)
    assert spoken.role() == QAccessible.Role.List
    assert spoken.text(QAccessible.Text.Name) == "Problems"
    first = spoken.child(0)
    assert first.role() == QAccessible.Role.ListItem
    said = first.text(QAccessible.Text.Name)
    assert said.split(":")[0] in ("Error", "Warning", "Hint")
    assert "Ways to mend: " in said
    badge = QAccessible.queryAccessibleInterface(window.status.problems)
    assert badge.role() == QAccessible.Role.Button
    for part in (window.problems.head.float_button, window.problems.head.close_button):
        assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_long_reasons_wrap_and_no_link_is_cut(qtbot, window, theme, zoom):
    theme.set_zoom(zoom)
    window.resize(round(1024 * zoom), round(700 * zoom))
    window.docks.open("problems")
    qtbot.wait(50)
    view = window.problems.view
    for number, row in enumerate(rows(window)):
        places = view._painted.places(row)
        box = view.visualRect(view.problems.index(number))
        assert places.height <= box.height() + 1
        for place in places.links:
            assert place.right() <= view.viewport().width()
    theme.set_zoom(1.0)
