"""Totals: rows, folding, copying, what-if, flashes; driven by real keys and clicks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from midsdesk.app.views import TotalsGroup
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.model import TotalsModel, copied_text
from midsdesk.ui.totals.panel import TotalsPanel
from tests.helpers import fake_views as fake


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, icons: Icons) -> TotalsPanel:
    made = TotalsPanel(theme, icons)
    qtbot.addWidget(made)
    made.resize(288, 700)
    made.set_groups(fake.groups())
    made.show()
    qtbot.waitExposed(made)
    return made


def click(qtbot: QtBot, panel: TotalsPanel, key: str) -> None:
    rect = panel.view.visualRect(panel.view.totals.find(key))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_model_keeps_the_rules_of_qt(qtbot: QtBot) -> None:
    model = TotalsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_groups(fake.groups(), None)
    model.set_groups(fake.groups(), fake.preview())
    model.set_groups(fake.odd_groups(), None)
    model.set_groups((), None)
    assert tester.model() is model


def test_only_changed_rows_are_announced(qtbot: QtBot) -> None:
    model = TotalsModel()
    model.set_groups(fake.groups(), None)
    seen: list[str] = []
    model.dataChanged.connect(lambda index, _last, _roles: seen.append(index.data()))
    changed = model.set_groups(fake.changed("health.hp", text="1,600"), None)
    assert changed == {"health.hp"}
    assert seen == ["Hit points 1,600"]


def test_first_totals_do_not_flash(panel: TotalsPanel) -> None:
    assert panel.view.flash.tint("health.hp") == 0


def test_a_changed_total_flashes_and_fades(qtbot: QtBot, panel: TotalsPanel, theme: Theme) -> None:
    panel.set_groups(fake.changed("health.hp", text="1,600"))
    assert panel.view.flash.tint("health.hp") == 1
    assert panel.view.flash.tint("health.regen") == 0
    qtbot.waitUntil(lambda: panel.view.flash.tint("health.hp") == 0, timeout=5000)


def test_reduced_motion_leaves_a_dot_until_the_next_change(
    panel: TotalsPanel, theme: Theme
) -> None:
    theme.set_motion(False)
    panel.set_groups(fake.changed("health.hp", text="1,600"))
    assert panel.view.flash.tint("health.hp") == 0
    assert panel.view.flash.has_dot("health.hp")
    panel.set_groups(fake.groups())  # back again: another change of the same row
    panel.set_groups(fake.changed("health.regen", text="40/s"))
    assert not panel.view.flash.has_dot("health.hp") or panel.view.flash.has_dot("health.regen")


def test_a_preview_never_flashes(panel: TotalsPanel) -> None:
    panel.set_groups(fake.groups(), fake.preview())
    assert panel.view.flash.tint("defense.ranged") == 0


def test_delta_column_comes_with_a_preview_and_goes_a_moment_later(
    qtbot: QtBot, panel: TotalsPanel
) -> None:
    assert not panel.view.painted.reserve_delta
    panel.set_groups(fake.groups(), fake.preview())
    assert panel.view.painted.reserve_delta
    panel.set_groups(fake.groups())
    assert panel.view.painted.reserve_delta, "bars must not jump while the pointer moves on"
    qtbot.waitUntil(lambda: not panel.view.painted.reserve_delta, timeout=3000)


def test_click_and_enter_ask_for_the_explanation(qtbot: QtBot, panel: TotalsPanel) -> None:
    with qtbot.waitSignal(panel.explained) as asked:
        click(qtbot, panel, "defense.ranged")
    assert asked.args == ["defense.ranged"]
    with qtbot.waitSignal(panel.explained) as asked:
        qtbot.keyClick(panel.view, Qt.Key.Key_Down)
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert asked.args == ["defense.aoe"]


def test_heading_folds_on_click_and_stays_folded(qtbot: QtBot, panel: TotalsPanel) -> None:
    head = panel.view.totals.index(0, 0)
    place = panel.view.visualRect(head).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not panel.view.isExpanded(head)
    panel.set_groups(fake.odd_groups())
    panel.set_groups(fake.groups())
    assert not panel.view.isExpanded(panel.view.totals.index(0, 0))
    panel.view.setCurrentIndex(panel.view.totals.index(0, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.view.isExpanded(panel.view.totals.index(0, 0))


def test_copy_gives_name_kind_and_value(qtbot: QtBot, panel: TotalsPanel) -> None:
    panel.view.setCurrentIndex(panel.view.totals.find("defense.ranged"))
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Ranged defense 28.5 %"


def test_copy_of_a_signed_value() -> None:
    row = fake.total("to_hit.all", "To-hit", "+151.1 %", 0.5, spoken="To-hit +151.1 percent")
    assert copied_text(row) == "To-hit +151.1 %"
    assert copied_text(replace(row, spoken="")) == "To-hit +151.1 %"


def test_pointing_names_the_row(qtbot: QtBot, panel: TotalsPanel) -> None:
    rect = panel.view.visualRect(panel.view.totals.find("health.hp"))
    with qtbot.waitSignal(panel.pointed) as named:
        qtbot.mouseMove(panel.view.viewport(), rect.center())
        qtbot.mouseMove(panel.view.viewport(), rect.center() + QPoint(2, 0))
    assert named.args == ["health.hp"]


def test_screen_reader_hears_value_and_change(panel: TotalsPanel) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    index = panel.view.totals.find("defense.ranged")
    assert index.data(role) == "Ranged defense 28.5 percent, soft cap 45"
    panel.set_groups(fake.groups(), fake.preview())
    assert index.data(role) == "Ranged defense 28.5 percent, soft cap 45, +5.00"
    assert panel.view.totals.index(0, 0).data(role) == "Defense, soft cap 45"
    assert panel.view.accessibleName()


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0, 2.5])
@pytest.mark.parametrize("deltas", [False, True])
def test_values_and_deltas_fit_their_columns(
    qtbot: QtBot, panel: TotalsPanel, theme: Theme, zoom: float, deltas: bool
) -> None:
    theme.set_zoom(zoom)
    panel.view.painted.reserve_delta = deltas
    width = round(288 * zoom)
    at = panel.view.painted.columns(QRectF(0, 0, width, 20 * zoom))
    assert at.bar.width() >= 48 * zoom - 1
    assert at.name.right() <= at.bar.left() + 1
    assert at.bar.right() <= at.value.left()
    assert max(at.value.right(), at.delta.right()) <= width
    strong, body = theme.font("strong"), theme.font("body")
    for group in fake.groups():
        for row in group.rows:
            assert text_width(strong, row.text) <= at.value.width() + 7 * zoom, row.text
            assert text_width(body, row.name) <= at.name.width(), row.name


def test_below_a_width_the_rows_are_slim(qtbot: QtBot, panel: TotalsPanel, theme: Theme) -> None:
    tall = panel.view.visualRect(panel.view.totals.find("defense.melee")).height()
    panel.resize(196, 700)
    qtbot.waitUntil(
        lambda: panel.view.visualRect(panel.view.totals.find("defense.melee")).height() > tall
    )
    assert panel.view.painted.slim
    assert not panel.grab().isNull()


def test_slim_rows_that_say_the_same_become_one(qtbot: QtBot, panel: TotalsPanel) -> None:
    rows = [fake.defense(name, 14.7, name.lower()) for name in ("Melee", "Fire/Cold", "AoE")]
    group = TotalsGroup("defense", "Defense", "", (*rows, fake.defense("Ranged", 28.5, "ranged")))
    panel.set_groups((group,))
    assert panel.view.totals.rowCount(panel.view.totals.index(0, 0)) == 4
    panel.resize(196, 700)
    qtbot.waitUntil(lambda: panel.view.totals.rowCount(panel.view.totals.index(0, 0)) == 2)
    merged = panel.view.totals.find("defense.melee")
    assert merged.data() == "Melee … AoE 14.7 %"
    assert "Fire/Cold defense 14.7 percent" in merged.data(Qt.ItemDataRole.AccessibleTextRole)
    better = replace(rows[1], fill=0.5, delta="+5.00", delta_good=True)
    ahead = replace(group, rows=(rows[0], better, rows[2], group.rows[3]))
    panel.set_groups((group,), (ahead,))
    assert panel.view.totals.rowCount(panel.view.totals.index(0, 0)) == 4, "a change is not hidden"


@pytest.mark.parametrize("name", ["dark", "light", "high-contrast", "dark-tritanopia"])
def test_every_theme_draws_odd_rows(panel: TotalsPanel, theme: Theme, name: str) -> None:
    theme.set_theme(name)
    panel.set_groups(fake.odd_groups(), fake.odd_groups())
    assert not panel.grab().isNull()


def test_goals_have_a_place_above(qtbot: QtBot, panel: TotalsPanel) -> None:
    assert not panel.goals_area.isVisible()
    panel.set_goals(QLabel("goals"))
    assert panel.goals_area.isVisible()
    assert panel.goals_area.geometry().bottom() <= panel.view.geometry().top()
    panel.set_goals(None)
    assert not panel.goals_area.isVisible()
