"""The dock's content: room for goals above, the totals below."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from midsdesk.app.views import TotalsGroup
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.view import TotalsView


class TotalsPanel(QFrame):
    """Totals with a place for pinned goals; signals carry the key of a row."""

    explained = Signal(str)
    pointed = Signal(str)
    menu_wanted = Signal(str, object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start empty, without goals."""
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.setObjectName("totals-panel")
        self._goals = QWidget(self)
        self._goals.setObjectName("totals-goals")
        self._goals_layout = QVBoxLayout(self._goals)
        self._goals_layout.setContentsMargins(0, 0, 0, 0)
        self._goals.hide()
        self._view = TotalsView(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._goals)
        layout.addWidget(self._view, 1)
        self.setFocusProxy(self._view)
        self._view.explained.connect(self.explained)
        self._view.pointed.connect(self.pointed)
        self._view.menu_wanted.connect(self.menu_wanted)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def view(self) -> TotalsView:
        """The tree."""
        return self._view

    @property
    def goals_area(self) -> QWidget:
        """Where pinned goals stand; hidden while there are none."""
        return self._goals

    def set_groups(
        self, groups: tuple[TotalsGroup, ...], preview: tuple[TotalsGroup, ...] | None = None
    ) -> None:
        """Show totals and, while something is pointed at, what would change."""
        self._view.set_groups(groups, preview)

    def set_goals(self, goals: QWidget | None) -> None:
        """Put the block of goals in, or take it away."""
        while self._goals_layout.count():
            item = self._goals_layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
        if goals is not None:
            self._goals_layout.addWidget(goals)
        self._goals.setVisible(goals is not None)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(self._theme.ipx("totals_width"), round(self._theme.scaled(640)))

    def minimumSizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(170)), round(self._theme.scaled(160)))

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self._theme.color("bg.panel"))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.updateGeometry()
