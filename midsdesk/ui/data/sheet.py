"""The sheet of game data: the installed sets at the left, one page about them at the right."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.data_desk import SetRow
from midsdesk.ui.data.listing import SetList
from midsdesk.ui.data.pages import DetailPage, ListPage, OfferPage
from midsdesk.ui.data.stages import StagesPage
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.sheet import Sheet

_SIDE = 410


class DataSheet(Sheet):
    """Shows and asks; `midsdesk.ui.data.managing` answers.

    Signals:
        chosen: Another data set of the list is looked at.
    """

    chosen = Signal()

    def __init__(self, theme: Theme, icons: Icons, window: QWidget) -> None:
        """Stay hidden until `open`."""
        self._ready = False
        self._folder = ""
        super().__init__(theme, icons, window, "data-sheet")
        self.set_heading(self.tr("Game data"))
        self.list = SetList(theme, icons, self)
        self.found = QPushButton(self)
        self.found.setProperty("row", True)
        self.found.hide()
        self.add_file = self._tool(self.tr("Add file…"))
        self.add_folder = self._tool(self.tr("Add folder…"))
        self.roll_back = self._tool(self.tr("Roll back"))
        self.pages = QStackedWidget(self)
        self.details = DetailPage(theme, icons, self)
        self.offer = OfferPage(theme, icons, self)
        self.stages = StagesPage(theme, icons, self)
        what = (self.tr("What"), self.tr("Before"), self.tr("After"))
        self.changes = ListPage(theme, icons, self.tr("What changed"), what, self)
        heads = (self.tr("Where"), self.tr("What"))
        self.issues = ListPage(theme, icons, self.tr("What the import found"), heads, self)
        for page in (self.details, self.offer, self.stages, self.changes, self.issues):
            self.pages.addWidget(page)
        self._rule = QFrame(self)
        self._rule.setProperty("rule", "vertical")
        self._rule.setFixedWidth(1)
        self._left = QWidget(self)
        self._left.setProperty("surface", "window")
        self._put_together()
        self.said = QLabel(self)
        self.said.setProperty("type", "caption")
        self.said.setWordWrap(True)
        self.background = QPushButton(self.tr("Run in the background"), self)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.done = QPushButton(self.tr("Close"), self)
        self.foot.addWidget(self.said, 1)
        for button in (self.background, self.cancel, self.done):
            self.foot.addWidget(button)
        self.background.clicked.connect(self.close_sheet)
        self.done.clicked.connect(self.close_sheet)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        self.set_busy(busy=False)
        self._ready = True
        self.restyle()

    def show_page(self, page: QWidget) -> None:
        """Show a page at the right."""
        self.pages.setCurrentWidget(page)

    def set_busy(self, *, busy: bool, cancelling: bool = False) -> None:
        """Whether work goes on that can be stopped."""
        self.background.setVisible(busy)
        self.cancel.setVisible(busy)
        self.cancel.setEnabled(not cancelling)
        self.cancel.setText(self.tr("Cancelling…") if cancelling else self.tr("Cancel"))
        self.done.setVisible(not busy)
        for button in (self.add_file, self.add_folder, self.found):
            button.setEnabled(not busy)

    def set_rows(self, rows: tuple[SetRow, ...], wanted: str = "") -> None:
        """Show the installed data sets."""
        self.list.set_rows(rows, wanted)

    def set_found(self, folder: str) -> None:
        """Offer a data folder of Mids that was found on this machine; "" for none."""
        self._folder = folder
        self.found.setVisible(bool(folder))
        self.found.setToolTip(folder)
        self.found.setAccessibleName(self.tr("Add {0}").format(folder))
        self._elide_found()

    def say(self, text: str) -> None:
        """Tell at the foot what came of the last wish."""
        self.said.setText(text)
        self.said.setAccessibleName(text)

    def restyle(self) -> None:
        """Ask the theme again."""
        if not self._ready:
            return
        scaled = self.theme.scaled
        size = round(scaled(14))
        for button, icon in (
            (self.add_file, "act-import"),
            (self.add_folder, "act-folder"),
            (self.roll_back, "act-undo"),
        ):
            button.setIcon(self.icons.icon(icon, "text.primary", size))
            button.setIconSize(QSize(size, size))
        side, pad = round(scaled(14)), round(scaled(8))
        self._tools.setContentsMargins(side, pad, side, round(scaled(12)))
        self._tools.setSpacing(round(scaled(6)))
        self._found_at.setContentsMargins(side, pad, side, 0)
        for page in (self.details, self.offer, self.stages, self.changes, self.issues):
            page.restyle()
        back = self.theme.color("bg.window").name()
        self.list.setStyleSheet(f"QListView {{ background: {back}; border: none; }}")
        plain = self.theme.color("bg.raised").name()
        self.stages.list.setStyleSheet(f"QListView {{ background: {plain}; border: none; }}")
        self._fit()

    def place(self) -> None:
        """See `Sheet`; the list gives way in small windows."""
        super().place()
        self._fit()

    def _fit(self) -> None:
        wanted = round(self.theme.scaled(_SIDE))
        self._left.setFixedWidth(max(1, min(wanted, round(self.width() * 0.42))))
        self._elide_found()

    def _elide_found(self) -> None:
        metrics, pad = self.found.fontMetrics(), round(self.theme.scaled(50))
        text = self.tr("Found: {0}").format(self._folder)
        room = self._left.maximumWidth() - pad
        self.found.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room))

    def _tool(self, text: str) -> QPushButton:
        made = QPushButton(f" {text}", self)  # Qt puts the sign too close
        made.setProperty("small", True)
        made.setAccessibleName(text)
        return made

    def _put_together(self) -> None:
        self._found_at = QHBoxLayout()
        self._found_at.addWidget(self.found)
        self._tools = QHBoxLayout()
        for button in (self.add_file, self.add_folder, self.roll_back):
            self._tools.addWidget(button)
        self._tools.addStretch(1)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addLayout(self._found_at)
        column.addLayout(self._tools)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._left)
        middle.addWidget(self._rule)
        middle.addWidget(self.pages, 1)
        self.body.addLayout(middle, 1)
