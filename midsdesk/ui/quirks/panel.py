"""The dock's content: which rules count, the list of differences, one of them in full."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from midsdesk.app.quirks_view import QuirkRow
from midsdesk.model.settings import Rules
from midsdesk.ui.docks.head import DockHead
from midsdesk.ui.quirks.detail import QuirkDetail
from midsdesk.ui.quirks.listing import QuirkListView
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.segments import Segments

_ALL, _CHANGING = "all", "changing"
_LIST_WIDTH: Final = 330
_LIST_SHARE: Final = 0.45


class QuirksPanel(QWidget):
    """Shows rows; decides nothing.

    Signals:
        rules_chosen: A value of `Rules`. followed: the entry of a power to go to.
    """

    rules_chosen = Signal(str)
    followed = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._all: tuple[QuirkRow, ...] = ()
        self._only_changing = False
        self._rules = Rules.GAME
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.note = QLabel(self)
        self.note.setProperty("type", "caption")
        title = self.tr("Differences to the old planner")
        self.head = DockHead(theme, icons, title, (self.note,))
        self._as = QLabel(self.tr("Numbers as"), self)
        self._as.setProperty("type", "caption")
        self.rules = Segments(
            self.tr("Numbers as"),
            (
                (Rules.GAME.value, self.tr("The game")),
                (Rules.MIDS.value, self.tr("The old planner")),
            ),
            self,
            narrow=True,
        )
        self.filter = Segments(
            self.tr("Show"),
            ((_ALL, self.tr("All")), (_CHANGING, self.tr("With an effect here"))),
            self,
            narrow=True,
        )
        self.list = QuirkListView(theme, self)
        self.nothing = QLabel(self.tr("None of them changes a number of this build."), self)
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("tone", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail = QuirkDetail(theme, self)
        self._top = QHBoxLayout()
        for part in (self._as, self.rules, self.filter):
            self._top.addWidget(part)
        self._top.addStretch(1)
        self._left = QVBoxLayout()
        self._left.addWidget(self.list, 1)
        self._left.addWidget(self.nothing, 1)
        self._middle = QHBoxLayout()
        self._middle.addLayout(self._left)
        self._middle.addWidget(self.detail, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._top)
        self._column.addLayout(self._middle, 1)
        self.setFocusProxy(self.list)
        self.rules.chosen.connect(self.rules_chosen)
        self.filter.chosen.connect(self._filter)
        self.filter.set_current(_ALL)
        self.detail.followed.connect(self.followed)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.nothing.hide()
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_rules(self, rules: Rules) -> None:
        """Show which rules count."""
        self._rules = rules
        self.rules.set_current(rules.value)
        self._show_current()

    def set_rows(self, rows: tuple[QuirkRow, ...]) -> None:
        """Show rows; some of them may not be known yet."""
        self._all = rows
        known = sum(row.changes is not None for row in rows)
        changing = sum(bool(row.changes) for row in rows)
        if known < len(rows):
            text = self.tr("working out {0} of {1}").format(known + 1, len(rows))
        else:
            text = self.tr("{0} of {1} have an effect on this build").format(changing, len(rows))
        self.note.setText(text)
        self._fill()

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(640)), round(self._theme.scaled(230)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See Qt; a narrow dock gives the list less."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        width = min(round(self._theme.scaled(_LIST_WIDTH)), round(self.width() * _LIST_SHARE))
        self.list.setFixedWidth(width)
        self.nothing.setFixedWidth(width)

    def _filter(self, key: str) -> None:
        self._only_changing = key == _CHANGING
        self._fill()

    def _fill(self) -> None:
        before = self.list.current
        rows = self._all
        if self._only_changing:
            rows = tuple(row for row in rows if row.changes)
        self.list.quirks.set_rows(rows)
        ids = [row.id for row in rows]
        if rows and self.list.current is None:
            wanted = ids.index(before.id) if before is not None and before.id in ids else 0
            self.list.setCurrentIndex(self.list.quirks.index(wanted))
        all_known = all(row.changes is not None for row in self._all)
        self.list.setVisible(bool(rows) or not all_known)
        self.nothing.setVisible(not rows and all_known)
        self._show_current()

    def _show_current(self) -> None:
        self.detail.show_row(self.list.current, self._rules)

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(10))
        self._top.setContentsMargins(side, round(scaled(6)), side, round(scaled(4)))
        self._top.setSpacing(round(scaled(8)))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._share()
        self.nothing.setContentsMargins(side, side, side, side)
        self.updateGeometry()
