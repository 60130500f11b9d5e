"""The picker's parts and where they stand; no behaviour."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.picker.foot import HEIGHT as FOOT_HEIGHT
from midsdesk.ui.picker.foot import PickerFoot
from midsdesk.ui.picker.head import CELLS_HEIGHT, TITLE_HEIGHT, TitleBar, TypeCells
from midsdesk.ui.picker.lists import CategoryList, PieceList
from midsdesk.ui.picker.search_field import SearchField
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import device_pixel, floating_ground, hairline
from midsdesk.ui.theme.tokens import Theme

_SIDE, _CATEGORIES, _CRUMB = 8, 142, 26


class PickerFrame(QFrame):
    """Title, kinds, search, two lists, foot; drawn with a border of its own."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        taker: Callable[[QKeyEvent], bool],
        parent: QWidget | None,
        art: SlotArt | None,
    ) -> None:
        """Build the parts; `taker` sees each key before the search field."""
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("picker")
        self.title = TitleBar(theme, icons, self)
        self.cells = TypeCells(theme, icons, self)
        self.search_field = SearchField(theme, icons, taker, self)
        self.crumb = QPushButton(self)
        self.crumb.setObjectName("picker-crumb")
        self.crumb.setFlat(True)
        self.crumb.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.crumb.hide()
        self.list = PieceList(theme, art or SlotArt(theme, icons), self)
        self.category_list = CategoryList(theme, self)
        self.foot = PickerFoot(theme, icons, self)
        self._search_row = QHBoxLayout()
        self._search_row.addWidget(self.search_field)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.crumb)
        left.addWidget(self.list, 1)
        self._middle = QHBoxLayout()
        self._middle.addLayout(left, 1)
        self._middle.addWidget(self.category_list)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.cells)
        column.addLayout(self._search_row)
        column.addLayout(self._middle, 1)
        column.addWidget(self.foot)
        self._restyle()
        theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return self._theme.pair("picker")

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scaled = self._theme, self._theme.scaled
        floating_ground(painter, QRectF(self.rect()), theme, "bg.overlay")
        line = theme.color("line.subtle")
        across = self.width() - 2.0
        top, bottom = self.list_top(), float(self.foot.y())
        hairline(painter, 1, scaled(TITLE_HEIGHT), across, line)
        hairline(painter, 1, top, across, line)
        hairline(painter, 1, bottom, across, line)
        if self.category_list.isVisible():
            unit = device_pixel(painter)
            x = float(self.category_list.x())
            painter.fillRect(QRectF(x, top, unit, bottom - top), line)
        painter.end()

    def list_top(self) -> float:
        """Return where the lists begin."""
        return float(self.category_list.y() - round(self._theme.scaled(4)))

    def lowest_height(self) -> int:
        """Return the height below which the lists are of no use."""
        fixed = TITLE_HEIGHT + CELLS_HEIGHT + 44 + FOOT_HEIGHT
        return round(self._theme.scaled(fixed + 72))

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(_SIDE))
        for part in (self.title, self.cells, self.search_field, self.foot):
            part.restyle()
        self._search_row.setContentsMargins(side, round(scaled(4)), side, round(scaled(8)))
        self._middle.setContentsMargins(1, round(scaled(4)), 1, 0)
        self._middle.setSpacing(0)
        column = self.layout()
        if column is not None:
            column.setContentsMargins(0, 0, 0, 0)
        self.category_list.setFixedWidth(round(scaled(_CATEGORIES)))
        top = round(scaled(4))
        self.category_list.setViewportMargins(0, top, 0, top)
        self.crumb.setFixedHeight(round(scaled(_CRUMB)))
        self.crumb.setFont(self._theme.font("caption"))
        link, hover = self._theme.color("text.link"), self._theme.color("bg.hover")
        self.crumb.setStyleSheet(
            f"QPushButton {{ border: none; text-align: left; padding: 0 {side}px;"
            f" background: transparent; color: {link.name()}; }}"
            f"QPushButton:hover {{ background: {hover.name()}; }}"
        )
        clear = "QListView { background: transparent; border: none; }"
        for view in (self.list, self.category_list):
            view.setStyleSheet(clear)
        self.list.fit()
        self.update()
