"""Keeps the goals of the open build on show and turns what is done to them into commands."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from midsdesk.app import goals
from midsdesk.app.numbers import with_unit
from midsdesk.app.ports import Calculation
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.goals import GoalsBlock
from midsdesk.ui.totals.panel import TotalsPanel


class Goals(QObject):
    """One block of goals for the window."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        window: QWidget,
        totals: TotalsPanel,
        controller: DocumentController,
    ) -> None:
        super().__init__(window)
        self._totals = totals
        self._controller = controller
        self.block = GoalsBlock(theme, icons)
        totals.set_goals(self.block)
        totals.menu_wanted.connect(self._menu_of_total)
        controller.changed.connect(lambda: self._show(None))
        controller.previewed.connect(self._show)
        self.block.add_wanted.connect(self._choose)
        self.block.explained.connect(totals.explained)
        self.block.menu_wanted.connect(self._menu_of_goal)
        self.block.removed.connect(self._remove)
        self.block.edited.connect(
            lambda total, target: controller.run(lambda d: goals.set_target(d, total, target))
        )

    def ask(self) -> None:
        """Open the menu of totals below the plus, for the key."""
        plus = self.block.plus
        visible = plus.isVisible()
        self._choose(plus.mapToGlobal(plus.rect().bottomLeft()) if visible else QCursor.pos())

    def add(self, total: str) -> None:
        """Add a goal with its usual target and let the target be typed."""
        if self._controller.run(lambda document: goals.add_goal(document, total)):
            row = next((r for r in self.block.rows if r.shown and r.shown.total == total), None)
            if row is not None:
                row.edit()

    def _show(self, preview: Calculation | None) -> None:
        document = self._controller.document
        if document is not None:
            self.block.set_goals(goals.view(document, preview))

    def _remove(self, total: str) -> None:
        self._controller.run(lambda document: goals.remove_goal(document, total))
        self.block.plus.setFocus()

    # --- menus -------------------------------------------------------------------------------
    def menu_of_totals(self) -> QMenu:
        """Return a menu of all totals without a goal, by their headings."""
        menu = QMenu(self._totals)
        document = self._controller.document
        for group, rows in goals.choices(document) if document is not None else ():
            below = menu.addMenu(group)
            for total, name, target, unit in rows:
                text = f"{name}\t{with_unit(target, unit)}"
                below.addAction(text).triggered.connect(lambda _=False, t=total: self.add(t))
        return menu

    def _choose(self, place: QPoint) -> None:
        self._popup(self.menu_of_totals(), place)

    def _menu_of_total(self, total: str, place: QPoint) -> None:
        document = self._controller.document
        if document is None:
            return
        menu = QMenu(self._totals)
        why = menu.addAction(self.tr("Why this number?"))
        why.triggered.connect(lambda: self._totals.explained.emit(total))
        if any(goal.total == total for goal in goals.goals_of(document.build)):
            action, run = menu.addAction(self.tr("Remove the goal")), self._remove
        else:
            action, run = menu.addAction(self.tr("Add a goal")), self.add
        action.triggered.connect(lambda: run(total))
        self._popup(menu, place)

    def _menu_of_goal(self, total: str, place: QPoint) -> None:
        row = next((r for r in self.block.rows if r.shown and r.shown.total == total), None)
        menu = QMenu(self._totals)
        why = menu.addAction(self.tr("Why this number?"))
        why.triggered.connect(lambda: self._totals.explained.emit(total))
        if row is not None:
            menu.addAction(self.tr("Change the target")).triggered.connect(row.edit)
        menu.addAction(self.tr("Remove the goal")).triggered.connect(lambda: self._remove(total))
        self._popup(menu, place)

    def _popup(self, menu: QMenu, place: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
