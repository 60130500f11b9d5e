"""The tab bar of open builds, and how many columns the grid has."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QToolButton, QWidget

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.segments import Segments


class _TabEnd(QWidget):
    """Right end of a tab: the dot of unsaved changes, and the cross."""

    def __init__(self, theme: Theme, icons: Icons, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.dot = QLabel(self)
        self.cross = QToolButton(self)
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.dot)
        self._row.addWidget(self.cross)
        self.restyle(name)

    def restyle(self, name: str) -> None:
        """Ask the theme again."""
        theme = self._theme
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(round(theme.scaled(4)))
        self.dot.setPixmap(self._icons.pixmap("state-taken", theme.scaled(9), "accent"))
        self.dot.setFixedWidth(round(theme.scaled(9)))
        size = round(theme.scaled(12))
        self.cross.setIcon(self._icons.icon("act-close", "text.muted", size))
        self.cross.setIconSize(QSize(size, size))
        self.cross.setFixedSize(size + 6, size + 6)
        self.cross.setAccessibleName(self.tr("Close {0}").format(name))
        self.setFixedSize(round(theme.scaled(9 + 4)) + size + 6, size + 6)


class TabStrip(QWidget):
    """Builds as tabs, + for a new one, columns at the right."""

    tab_chosen = Signal(int)
    close_asked = Signal(int)
    new_asked = Signal()
    columns_chosen = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._ends: list[_TabEnd] = []
        self._signs: list[str] = []
        self.setProperty("surface", "window")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = QTabBar(self)
        self.tabs.setProperty("role", "builds")
        self.tabs.setAccessibleName(self.tr("Open builds"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.tabs.currentChanged.connect(self.tab_chosen)
        self._plus = QToolButton(self)
        self._plus.setAccessibleName(self.tr("New build"))
        self._plus.setToolTip(self.tr("New build"))
        self._plus.clicked.connect(self.new_asked)
        self._label = QLabel(self.tr("Columns"), self)
        self._label.setProperty("type", "caption")
        numbers = [(str(n), str(n)) for n in range(2, 7)]
        self._columns = Segments(self.tr("Columns"), numbers, self, narrow=True)
        self._columns.chosen.connect(lambda key: self.columns_chosen.emit(int(key)))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.tabs)
        self._row.addWidget(self._plus)
        self._row.addStretch(1)
        self._row.addWidget(self._label)
        self._row.addWidget(self._columns)
        theme.changed.connect(self._restyle)
        self._restyle()

    def add_tab(self, name: str, sign: str) -> int:
        """Add a tab at the end."""
        self._signs.append(sign)
        end = _TabEnd(self._theme, self._icons, name, self.tabs)
        self._ends.append(end)
        end.cross.clicked.connect(lambda: self.close_asked.emit(self._ends.index(end)))
        index = self.tabs.addTab(name)
        self.tabs.setTabButton(index, QTabBar.ButtonPosition.RightSide, end)
        return index

    def remove_tab(self, index: int) -> None:
        """Take a tab away."""
        self._ends.pop(index)
        self._signs.pop(index)
        self.tabs.removeTab(index)

    def set_tab(self, index: int, name: str, sign: str, *, modified: bool) -> None:
        """Show the name, the archetype's sign and whether it is saved."""
        if self.tabs.tabText(index) != name:
            self.tabs.setTabText(index, name)
            self._ends[index].restyle(name)
        self._ends[index].dot.setVisible(modified)
        spoken = self.tr("{0}, not saved").format(name) if modified else name
        self.tabs.setAccessibleTabName(index, spoken)
        self._signs[index] = sign
        if sign:
            self.tabs.setTabIcon(index, self._icons.icon(sign, "text.primary"))

    def set_columns(self, columns: int) -> None:
        """Show how many columns are in use."""
        self._columns.set_current(str(columns))

    def set_narrow(self, narrow: bool) -> None:
        """The caption goes in small windows."""
        self._label.setVisible(not narrow)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.ipx("tab_bar"))
        self._row.setContentsMargins(0, 0, theme.ipx("space.s"), 0)
        self._row.setSpacing(theme.ipx("space.s"))
        size = round(theme.scaled(14))
        self.tabs.setIconSize(QSize(size, size))
        self._plus.setIcon(self._icons.icon("act-add", "text.secondary", size))
        self._plus.setIconSize(QSize(size, size))
        self._columns.setFixedHeight(theme.ipx("control_small"))
        for index, end in enumerate(self._ends):
            end.restyle(self.tabs.tabText(index))
            if self._signs[index]:
                self.tabs.setTabIcon(index, self._icons.icon(self._signs[index], "text.primary"))
