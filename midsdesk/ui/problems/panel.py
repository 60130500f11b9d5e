"""The dock's content: a filter by kind, the list, and what an empty list says."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from midsdesk.app.problems_view import ProblemList, ProblemRow
from midsdesk.rules.problems_model import ProblemGroup
from midsdesk.ui.docks.head import Chip, DockHead
from midsdesk.ui.problems.view import ProblemView
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.segments import Segments

_ALL: Final = "all"


class ProblemsPanel(QWidget):
    """Shows a `ProblemList`; decides nothing. Signals as those of `ProblemView`."""

    remedy_chosen = Signal(object, int)
    place_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._shown: ProblemList | None = None
        self._group = _ALL
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.errors = Chip(theme, "error", self.tr("errors"), self)
        self.warnings = Chip(theme, "warn", self.tr("warnings"), self)
        self.head = DockHead(theme, icons, self.tr("Problems"), (self.errors, self.warnings))
        self._filter_row = QHBoxLayout()
        self.filter: Segments | None = None
        self.view = ProblemView(theme, icons, self)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setProperty("tone", "muted")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._filter_row)
        self._column.addWidget(self._pages, 1)
        self.setFocusProxy(self.view)
        self.view.remedy_chosen.connect(self.remedy_chosen)
        self.view.place_wanted.connect(self.place_wanted)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def shown(self) -> ProblemList | None:
        """What was found, None before the first search has ended."""
        return self._shown

    def set_problems(self, found: ProblemList) -> None:
        """Show what was found."""
        if found == self._shown:
            return
        self._shown = found
        self.errors.set_count(found.errors)
        self.warnings.set_count(found.warnings)
        self._fill_filter()
        self._fill()

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(360)), round(self._theme.scaled(230)))

    def _rows(self, group: str) -> tuple[ProblemRow, ...]:
        rows = self._shown.rows if self._shown is not None else ()
        return rows if group == _ALL else tuple(row for row in rows if row.group == group)

    def _fill_filter(self) -> None:
        """The counts stand in the buttons, so these are made anew."""
        names = {
            _ALL: self.tr("All"),
            ProblemGroup.RULES: self.tr("Rules"),
            ProblemGroup.WASTE: self.tr("Waste"),
            ProblemGroup.UNFINISHED: self.tr("To do"),
        }
        choices = [(str(key), f"{name} {len(self._rows(key))}") for key, name in names.items()]
        if not self._rows(self._group):
            self._group = _ALL
        made = Segments(self.tr("Show"), choices, self, narrow=True)
        made.set_current(self._group)
        made.chosen.connect(self._choose)
        while self._filter_row.count():
            item = self._filter_row.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self._filter_row.addWidget(made)
        self._filter_row.addStretch(1)
        made.setVisible(bool(self._rows(_ALL)))
        self.filter = made

    def _choose(self, group: str) -> None:
        self._group = group
        self._fill()

    def _fill(self) -> None:
        rows = self._rows(self._group)
        self.view.set_rows(rows)
        self.empty.setText(self._shown.empty if self._shown is not None else "")
        if not rows and self._shown is not None and self._shown.rows:
            self.empty.setText(self.tr("Nothing of this kind."))
        self._pages.setCurrentWidget(self.view if rows else self.empty)

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(10))
        self._filter_row.setContentsMargins(side, round(scaled(6)), side, round(scaled(4)))
        self._column.setContentsMargins(0, 0, 0, 0)
        self.empty.setContentsMargins(side, round(scaled(8)), side, side)
        self.view.setStyleSheet("QListView { background: transparent; border: none; }")
        self.updateGeometry()
