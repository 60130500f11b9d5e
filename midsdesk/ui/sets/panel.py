"""The dock's content: the slotted sets, and beside them what they give."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from midsdesk.app.sets_view import FiveRow, SetRow, SetsView, SumRow
from midsdesk.ui.docks.head import Chip, DockHead
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.sets.delegates import BonusDelegate, SetDelegate
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.rows import RowsView

_LIST_WIDTH: Final = 316
_LIST_SHARE: Final = 0.45
_NOTHING: Final = SetsView((), (), ())


class SetsPanel(QWidget):
    """Shows a `SetsView`; decides nothing.

    Signals:
        place_wanted: Entry and slot of a set, or of a copy that is wasted.
        total_wanted: The key of a total whose sources are wanted.
        search_wanted: "Find sets" was pressed.
    """

    place_wanted = Signal(int, int)
    total_wanted = Signal(str)
    search_wanted = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, art: SlotArt, parent: QWidget | None = None
    ) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._shown = _NOTHING
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.over = Chip(theme, "error", self.tr("bonuses over the rule of five"), self)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(self.tr("Filter sets or bonuses"))
        self.filter.setAccessibleName(self.tr("Filter sets or bonuses"))
        self.filter.setProperty("small", True)
        self.find_button = QPushButton(self.tr("Find sets…"), self)
        self.find_button.setProperty("small", True)
        self.head = DockHead(
            theme, icons, self.tr("Sets & bonuses"), (self.over, self.filter, self.find_button)
        )
        self.list = RowsView(theme, self.tr("Slotted sets"), self)
        self.list.setItemDelegate(SetDelegate(theme, icons, art, self.list))
        self.title = QLabel(self)
        self.title.setProperty("type", "title")
        self.note = QLabel(self)
        self.note.setProperty("type", "caption")
        for label in (self.title, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)
        self.bonuses = RowsView(theme, self.tr("Bonuses"), self)
        self.bonuses.setItemDelegate(BonusDelegate(theme, icons, self.bonuses))
        self.empty = QLabel(self)
        self.empty.setProperty("tone", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        for part in (self.title, self.note):
            self._right.addWidget(part)
        self._right.addWidget(self.bonuses, 1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self.list)
        self._row.addWidget(self.empty, 1)
        self._row.addLayout(self._right, 1)
        self.setFocusProxy(self.list)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_bonuses())
        self.list.opened.connect(self._go)
        self.bonuses.chosen.connect(self._choose)
        self.filter.textChanged.connect(lambda _: self._fill())
        self.filter.returnPressed.connect(self.list.setFocus)
        self.find_button.clicked.connect(self.search_wanted)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._fill()

    @property
    def shown(self) -> SetsView:
        """What is shown, before the filter."""
        return self._shown

    def set_view(self, view: SetsView) -> None:
        """Show sets."""
        self._shown = view
        self.over.set_count(sum(row.over for row in view.fives))
        self._fill()

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(700)), round(self._theme.scaled(260)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See Qt; a narrow dock gives the list less."""
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F filters."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() == Qt.Key.Key_F:
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _go(self, row: object) -> None:
        if isinstance(row, SetRow):
            self.place_wanted.emit(row.entry, row.slot)

    def _choose(self, row: object) -> None:
        if isinstance(row, FiveRow) and row.over:
            self.place_wanted.emit(row.entry, row.slot)
        elif isinstance(row, SumRow):
            self.total_wanted.emit(row.total)

    def _fill(self) -> None:
        found = self._shown.matching(self.filter.text())
        self.list.set_rows(found.rows)
        if found.rows and self.list.current is None:
            self.list.go_to(0)
        self.list.setVisible(bool(found.rows))
        nothing = not found.rows and not found.fives and not found.sums
        self.empty.setVisible(nothing)
        text = self.tr("No set or bonus holds “{0}”.").format(self.filter.text())
        if not self._shown.rows:
            text = self.tr("No set is slotted. Right click a slot, or find sets for your powers.")
        self.empty.setText(text)
        self._show_bonuses()

    def _show_bonuses(self) -> None:
        found = self._shown.matching(self.filter.text())
        row = self.list.current if found.rows else None
        self.title.setVisible(isinstance(row, SetRow))
        self.note.setVisible(isinstance(row, SetRow))
        rows: list[object] = []
        if isinstance(row, SetRow):
            self.title.setText(row.name)
            self.note.setText(row.note)
            rows += row.lines
        if found.fives:
            rows += [self.tr("Rule of five, all bonuses"), *found.fives]
        if found.sums:
            rows += [self.tr("Sum of set bonuses, before caps"), *found.sums]
        self.bonuses.set_rows(rows)
        self.bonuses.setVisible(bool(rows))

    def _share(self) -> None:
        width = min(round(self._theme.scaled(_LIST_WIDTH)), round(self.width() * _LIST_SHARE))
        self.list.setFixedWidth(width)

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(12))
        self._row.setContentsMargins(0, 0, 0, 0)
        self._right.setContentsMargins(0, round(scaled(6)), 0, 0)
        for label in (self.title, self.note):
            label.setContentsMargins(side, 0, side, round(scaled(2)))
        self.empty.setContentsMargins(side, side, side, side)
        self.filter.setFixedSize(round(scaled(170)), round(scaled(22)))
        self._share()
        self.updateGeometry()
