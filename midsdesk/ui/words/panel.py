"""The powers column: identity, primary and secondary, info, pools; narrow windows get tabs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.views import Identity, WordList
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.words.identity import IdentityBlock
from midsdesk.ui.words.places import PlaceBlock

_PLACES = (0, 1, 3, 4, 5, 6, 7)
_SETS, _POOLS = _PLACES[:2], _PLACES[2:]
_NARROW_WIDTH = 316
_ROWS = 9
_MOST_ROWS = 15
_HEAD, _ROW = 26, 18


class CountRow(QPushButton):
    """A name with a count: accolades, incarnates; a click opens their list."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.setProperty("row", True)
        self._count = QLabel("0", self)
        label = QLabel(name, self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(label, 1)
        self._row.addWidget(self._count)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_count(self, count: int) -> None:
        """Show a number; zero is quiet."""
        if self._count.text() == str(count) and self.accessibleName():
            return
        self._count.setText(str(count))
        self._count.setProperty("tone", "accent" if count else "muted")
        self._count.style().unpolish(self._count)
        self._count.style().polish(self._count)
        self.setAccessibleName(f"{self._name}: {count}")

    def _restyle(self) -> None:
        side = round(self._theme.scaled(8))
        self._row.setContentsMargins(side, 0, side, 0)
        self.setFixedHeight(round(self._theme.scaled(22)))


class PowersPanel(QWidget):
    """Everything left of the grid. `arrange` answers to the width of the window."""

    word_activated = Signal(str)
    word_locked = Signal(str)
    word_pointed = Signal(str)
    extras_wanted = Signal(str)  # a kind of `midsdesk.app.extras`
    powerset_chosen = Signal(int, str)

    def __init__(
        self, theme: Theme, icons: Icons, info: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._info = info
        self._narrow: bool | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.identity = IdentityBlock(theme, icons, self)
        self.places = {place: PlaceBlock(theme, icons, place, self) for place in _PLACES}
        names = {
            "accolades": self.tr("Accolades"),
            "incarnate": self.tr("Incarnate"),
            "temporary": self.tr("Temporary"),
            "prestige": self.tr("Prestige"),
        }
        self.counts = [CountRow(theme, name, self) for name in names.values()]
        for row, kind in zip(self.counts, names, strict=True):
            row.clicked.connect(lambda _=False, kind=kind: self.extras_wanted.emit(kind))
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self.identity)
        self._body: QWidget | None = None
        self._lists: QWidget | None = None
        self._tabs: QTabBar | None = None
        self._most = 0
        for place, block in self.places.items():
            block.powerset_chosen.connect(self.powerset_chosen)
            block.words.word_activated.connect(self.word_activated)
            block.words.lock_requested.connect(self.word_locked)
            block.words.pointed_at.connect(self.word_pointed)
            block.words.neighbour_asked.connect(lambda step, place=place: self._walk(place, step))
        theme.changed.connect(self._again)
        self.arrange(narrow=False)

    @property
    def is_hovered(self) -> bool:
        """The pointer is on one of the lists."""
        return any(block.words.underMouse() for block in self.places.values())

    def set_identity(self, who: Identity) -> None:
        """Show the character."""
        self.identity.set_identity(who)

    def set_words(self, lists: Sequence[WordList]) -> None:
        """Show all places."""
        for shown in lists:
            if shown.place in self.places:
                self.places[shown.place].set_words(shown)
        self._most = max((len(shown.words) for shown in lists if shown.place in _SETS), default=0)
        self._fit_lists()

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how many accolades, incarnates, temporary and prestige powers there are."""
        for row, count in zip(self.counts, counts, strict=True):
            row.set_count(count)

    def show_place(self, place: int) -> None:
        """Put the focus on the selector of a powerset place, and bring it into sight."""
        if self._tabs is not None:
            self._tabs.setCurrentIndex(0 if place in _SETS else 1)
        self.places[place].head.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self, *, narrow: bool) -> None:
        """Put the blocks side by side, or behind tabs."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.identity.set_compact(narrow)
        old, self._body = self._body, QWidget(self)
        self._tabs = None
        (self._fill_narrow if narrow else self._fill_wide)(self._body)
        self._outer.addWidget(self._body, 1)
        if old is not None:
            self._outer.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._restyle()

    def _fill_wide(self, body: QWidget) -> None:
        gap = round(self._theme.scaled(6))
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(gap)
        left = QVBoxLayout()
        left.setSpacing(gap)
        self._lists = _scrolled(self._beside(_SETS, body), body)
        self._lists.setFixedWidth(self._theme.ipx("info_width"))
        left.addWidget(self._lists)
        left.addWidget(self._info, 1)
        columns.addLayout(left)
        columns.addWidget(_scrolled(self._stacked(body), body), 1)

    def _fill_narrow(self, body: QWidget) -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(self._theme.scaled(6)))
        tabs = QTabBar(body)
        tabs.setProperty("role", "pages")
        tabs.setAccessibleName(self.tr("Powers"))
        tabs.setExpanding(True)
        pages = QStackedWidget(body)
        for title, page in (
            (self.tr("Powersets"), self._beside(_SETS, body)),
            (self.tr("Pools 4 + 1"), self._pool_page(body)),
            (self.tr("Other"), self._count_page(body)),
        ):
            tabs.addTab(title)
            pages.addWidget(_scrolled(page, body))
        self._lists, self._tabs = pages, tabs
        tabs.currentChanged.connect(pages.setCurrentIndex)
        column.addWidget(tabs)
        column.addWidget(pages)
        column.addWidget(self._info, 1)

    def _beside(self, places: Sequence[int], body: QWidget) -> QWidget:
        page = QWidget(body)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(self._theme.scaled(6)))
        for place in places:
            row.addWidget(self.places[place], 1, Qt.AlignmentFlag.AlignTop)
        return page

    def _stacked(self, body: QWidget) -> QWidget:
        page = QWidget(body)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(self._theme.scaled(6)))
        for place in _POOLS:
            column.addWidget(self.places[place])
        rows = QVBoxLayout()
        rows.setSpacing(round(self._theme.scaled(3)))
        for row in self.counts:
            rows.addWidget(row)
        column.addLayout(rows)
        column.addStretch(1)
        return page

    def _pool_page(self, body: QWidget) -> QWidget:
        page = QWidget(body)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(round(self._theme.scaled(6)))
        for position, place in enumerate(_POOLS):
            line, column = divmod(position, 2)
            grid.addWidget(self.places[place], line, column, Qt.AlignmentFlag.AlignTop)
        return page

    def _count_page(self, body: QWidget) -> QWidget:
        page = QWidget(body)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        for row in self.counts:
            column.addWidget(row)
        column.addStretch(1)
        return page

    def _walk(self, place: int, step: int) -> None:
        order = [p for p in _PLACES if self.places[p].words.isVisible()]
        if place in order:
            position = order.index(place) + step
            if 0 <= position < len(order):
                self.places[order[position]].words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_lists(self) -> None:
        """Nine words always show; longer lists take from the info panel, then scroll."""
        rows = min(_MOST_ROWS, max(_ROWS, self._most))
        if self._lists is not None:
            self._lists.setFixedHeight(round(self._theme.scaled(_HEAD + rows * _ROW)))

    def _again(self) -> None:
        narrow, self._narrow = bool(self._narrow), None
        self.arrange(narrow=narrow)

    def _restyle(self) -> None:
        theme = self._theme
        side = round(theme.scaled(8))
        self._outer.setContentsMargins(side, side, side, side)
        self._outer.setSpacing(side)
        width = _NARROW_WIDTH * theme.scale if self._narrow else theme.px("left_width")
        self.setFixedWidth(round(width))
        self.identity.setFixedHeight(round(theme.scaled(45)))
        self._fit_lists()


def _scrolled(page: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area
