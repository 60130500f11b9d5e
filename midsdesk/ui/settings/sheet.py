"""The settings sheet: search and pages at the left, the rows of one page at the right."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.preferences import Preference, PreferencePage, pages, stored_value
from midsdesk.app.settings import Settings
from midsdesk.errors import MidsdeskError
from midsdesk.ui.settings.row import PreferenceRow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.sheet import Sheet

_LEFT = 196


class SettingsSheet(Sheet):
    """Changes settings at once; those who listen to `Settings` do the rest."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        window: QWidget,
        settings: Settings,
        refuse: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._refuse = refuse
        self._pages: tuple[PreferencePage, ...] = ()
        self._page = 0
        self.rows: list[PreferenceRow] = []
        super().__init__(theme, icons, window, "settings-sheet")
        self.set_heading(self.tr("Settings"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search settings"))
        self.field.setAccessibleName(self.tr("Search settings"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _: self._fill())
        self._names = QButtonGroup(self)
        self._left = QVBoxLayout()
        self._left.addWidget(self.field)
        self._buttons = QVBoxLayout()
        self._left.addLayout(self._buttons)
        self._left.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setStyleSheet("QScrollArea { background: transparent; border: none; }")
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self._side = QWidget(self)
        self._side.setLayout(self._left)
        middle.addWidget(self._side)
        middle.addWidget(self.area, 1)
        self.body.addLayout(middle, 1)
        self.defaults = QPushButton(self.tr("Page back to defaults"), self)
        self.defaults.clicked.connect(self._reset_page)
        self.done = QPushButton(self.tr("Close"), self)
        self.done.setProperty("primary", True)
        self.done.clicked.connect(self.close_sheet)
        self._legend = QLabel(self.tr("● differs from the default"), self)
        self._legend.setProperty("type", "caption")
        self.foot.addWidget(self.defaults)
        self.foot.addStretch(1)
        self.foot.addWidget(self._legend)
        self.foot.addWidget(self.done)
        settings.subscribe(lambda _: self._show_values())
        self.restyle()

    def open_with(self, archetypes: tuple[str, ...]) -> None:
        """Open; a team can have these archetypes."""
        self._pages = pages(archetypes)
        self.field.clear()
        self._fill()
        self.open(self.field)

    @property
    def shown(self) -> list[str]:
        """Names of the rows in sight."""
        return [row.row.title for row in self.rows]

    def choose_page(self, number: int) -> None:
        """Show a page, and forget what was searched for."""
        self._page = number
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._fill()

    def _fill(self) -> None:
        text = self.field.text().strip()
        self._fill_names(searching=bool(text))
        found = [
            (page, [row for row in page.rows if row.fits(text)])
            for page in (self._pages if text else self._pages[self._page : self._page + 1])
        ]
        inside = QWidget()
        column = QVBoxLayout(inside)
        side = round(self.theme.scaled(20))
        column.setContentsMargins(side, round(self.theme.scaled(12)), side, side)
        column.setSpacing(0)
        self.rows = []
        for page, rows in found:
            if rows:
                self._add_page(column, page, rows)
        if not self.rows:
            column.addWidget(_label(self.tr("No setting holds “{0}”.").format(text), "body"))
        column.addStretch(1)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.defaults.setEnabled(not text)
        self._show_values()

    def _add_page(self, column: QVBoxLayout, page: PreferencePage, rows: list[Preference]) -> None:
        column.addWidget(_label(page.title, "title"))
        column.addWidget(_label(page.note, "caption"))
        for each in rows:
            made = PreferenceRow(each, self.theme, self.icons, self)
            made.chosen.connect(self._choose)
            made.reset.connect(self._reset)
            column.addWidget(made)
            self.rows.append(made)

    def _fill_names(self, *, searching: bool) -> None:
        buttons = self._names.buttons()
        if len(buttons) != len(self._pages):
            for old in buttons:
                self._names.removeButton(old)
                old.deleteLater()
            for number, page in enumerate(self._pages):
                button = QPushButton(page.title, self)
                button.setProperty("page", True)
                button.setCheckable(True)
                button.clicked.connect(lambda _=False, n=number: self.choose_page(n))
                self._names.addButton(button, number)
                self._buttons.addWidget(button)
        self._names.setExclusive(not searching)
        for number in range(len(self._pages)):
            self._names.button(number).setChecked(number == self._page and not searching)

    def _show_values(self) -> None:
        for row in self.rows:
            row.show_settings(self._settings)

    def _choose(self, key: str, value: Any) -> None:
        row = next(each.row for each in self.rows if key in each.row.keys)
        self._set(key, stored_value(row, value))

    def _reset(self, row: Preference) -> None:
        for key in row.keys:
            try:
                self._settings.reset(key)
            except MidsdeskError as error:
                self._refuse(error.user_message)

    def _reset_page(self) -> None:
        for row in [each.row for each in self.rows]:
            self._reset(row)

    def _set(self, key: str, value: object) -> None:
        try:
            self._settings.set(key, value)
        except MidsdeskError as error:
            self._refuse(error.user_message)

    def restyle(self) -> None:
        """Ask the theme again; rows are made anew in their new size."""
        if not hasattr(self, "_legend"):
            return
        scaled = self.theme.scaled
        pad = round(scaled(8))
        self._left.setContentsMargins(pad, pad, pad, pad)
        self._buttons.setContentsMargins(0, pad, 0, 0)
        self._buttons.setSpacing(round(scaled(2)))
        self._side.setFixedWidth(round(scaled(_LEFT)))
        if self._pages:
            # Not now: it may be one of the rows that asked for another theme.
            QTimer.singleShot(0, self._make_anew)

    def _make_anew(self) -> None:
        """Make the rows in their new size; the focus stays on the control it was on."""
        focus = QApplication.focusWidget()
        at = next((n for n, row in enumerate(self.rows) if focus and row.isAncestorOf(focus)), None)
        self._fill()
        if at is not None:
            self.rows[at].give_focus()


def _label(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("type", kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
