"""The import report: every line or field with what was made of it, and the chooser beside it."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.import_rows import Mark, Row
from midsdesk.app.imports import Import, summary
from midsdesk.ui.files.chooser import Chooser
from midsdesk.ui.files.rows import RowsView
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.segments import Segments
from midsdesk.ui.widgets.sheet import Sheet

_ALL, _CHECK, _GUESSED = "all", "check", "guessed"
_SHOWN = {
    _CHECK: (Mark.CHOICE, Mark.LOST, Mark.DECIDED),
    _GUESSED: (Mark.GUESSED,),
}


class ImportReport(Sheet):
    """A report of one import, before or after its build was opened.

    Signals:
        accepted: The import whose build is to be opened.
        rejected: The import that was called off.
        decided: Import, index of the choice, id decided for, whether to remember it.
        reopened: Import and index of a choice whose decision was taken back.
    """

    accepted = Signal(object)
    rejected = Signal(object)
    decided = Signal(object, int, str, bool)
    reopened = Signal(object, int)

    def __init__(self, theme: Theme, icons: Icons, window: QWidget) -> None:
        self._made: Import | None = None
        self._opened = False
        self._locked: Callable[[int], str] | None = None
        self._kind = _ALL
        self._banner = QFrame()
        self._ready = False
        super().__init__(theme, icons, window, "import-report")
        self._said = QLabel(self._banner)
        self._said.setWordWrap(True)
        self._sign = QLabel(self._banner)
        self._kinds_at = QHBoxLayout()
        self._kinds: Segments | None = None
        self._banner_row = QHBoxLayout(self._banner)
        self._banner_row.addWidget(self._sign)
        self._banner_row.addWidget(self._said, 1)
        self._banner_row.addLayout(self._kinds_at)
        self.list = RowsView(theme, icons, self)
        self.chooser = Chooser(theme, icons, self)
        self._facts = QLabel(self)
        self._facts.setProperty("type", "caption")
        self._facts.setWordWrap(True)
        self._side = QVBoxLayout()
        self._side.setSpacing(0)
        self._side.addWidget(self.chooser, 1)
        self._side.addWidget(self._facts)
        self._rule = QFrame(self)
        self._rule.setProperty("rule", "vertical")
        self._rule.setFixedWidth(1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.list, 1)
        middle.addWidget(self._rule)
        middle.addLayout(self._side)
        self.body.addWidget(self._banner)
        self.body.addLayout(middle, 1)
        self.copy = QPushButton(self.tr("Copy report"), self)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.accept = QPushButton(self.tr("Open in a new tab"), self)
        self.accept.setProperty("primary", True)
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.accept)
        self.copy.clicked.connect(self._copy)
        self.cancel.clicked.connect(self._reject)
        self.accept.clicked.connect(self._accept)
        self.closed.connect(self._closed)
        self.list.selectionModel().currentRowChanged.connect(self._row_changed)
        self.list.entered_row.connect(self.chooser.focus_first)
        self.chooser.decided.connect(self._decide)
        self.chooser.reopened.connect(self._reopen)
        self._ready = True
        self.restyle()

    @property
    def shown(self) -> Import | None:
        """The import on show."""
        return self._made if self.isVisible() else None

    @property
    def summary_text(self) -> str:
        """What the banner says."""
        return self._said.text()

    def show_import(self, made: Import, locked: Callable[[int], str] | None = None) -> None:
        """Show a report.

        Args:
            locked: Given where the build is open already, and decisions act on it at once:
                why a choice cannot be decided any more, "" if it can.
        """
        opened = locked is not None
        self._made, self._opened, self._locked = made, opened, locked
        self._kind = _ALL
        self.set_heading(self.tr("Import: {0}").format(made.brought.name))
        self.accept.setVisible(not opened)
        self.cancel.setText(self.tr("Close") if opened else self.tr("Cancel"))
        self._make_kinds()
        self.refresh()
        first = made.undecided[0] if made.undecided else -1
        rows = self._rows()
        at = next((n for n, row in enumerate(rows) if row.choice == first and first >= 0), 0)
        self.open(self.list)
        self.list.go_to(at, centre=True)
        self._show_current()

    def refresh(self) -> None:
        """Show what was decided since."""
        made = self._made
        if made is None:
            return
        rows = self._rows()
        by_line = any(row.line for row in made.rows)
        current = self.list.currentIndex().row()
        self.list.rows.set_rows(rows, by_line=by_line)
        self.list.fit()
        self._say(made)
        self._make_kinds()
        if current < 0 or current >= len(rows):
            self.list.go_to(0)
        self._show_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left goes back from the chooser to the list."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.chooser.isAncestorOf(focus)
        if event.key() == Qt.Key.Key_Left and inside:
            self.list.setFocus()
            return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        """Ask the theme again."""
        if not self._ready:
            return
        scaled, theme = self.theme.scaled, self.theme
        fill, band = theme.color("state.info_bg").name(), theme.color("state.info").name()
        self._banner.setObjectName("import-banner")
        self._banner.setStyleSheet(
            f"#import-banner {{ background: {fill};"
            f" border-left: {round(scaled(4))}px solid {band}; }}"
        )
        side = round(scaled(12))
        self._banner_row.setContentsMargins(side, round(scaled(8)), side, round(scaled(8)))
        self._banner_row.setSpacing(round(scaled(10)))
        self._sign.setPixmap(self.icons.pixmap("mark-info", scaled(16), "state.info"))
        self.copy.setIconSize(QSize(round(scaled(14)), round(scaled(14))))
        self.copy.setIcon(self.icons.icon("act-copy", "text.primary", scaled(14)))
        width = round(scaled(372))
        self.chooser.setFixedWidth(width)
        self._facts.setFixedWidth(width)
        self._facts.setContentsMargins(round(scaled(16)), 0, round(scaled(16)), round(scaled(12)))
        self.list.setStyleSheet(
            f"QTreeView {{ background: {theme.color('bg.window').name()}; border: none; }}"
            f"QHeaderView {{ background: {theme.color('bg.window').name()}; border: none; }}"
            f"QHeaderView::section {{ background: {theme.color('bg.window').name()};"
            f" color: {theme.color('text.muted').name()}; border: none;"
            f" padding: {round(scaled(4))}px {round(scaled(8))}px; }}"
        )
        self.list.header().setFont(theme.font("caption"))
        self.chooser.restyle()
        self.list.fit()

    def _rows(self) -> tuple[Row, ...]:
        if self._made is None:
            return ()
        rows = self._made.rows
        wanted = _SHOWN.get(self._kind)
        return rows if wanted is None else tuple(row for row in rows if row.mark in wanted)

    def _make_kinds(self) -> None:
        """The segments with their counts; made anew, for their texts change."""
        if self._made is None:
            return
        rows = self._made.rows
        counts = [(kind, sum(row.mark in marks for row in rows)) for kind, marks in _SHOWN.items()]
        texts = {_CHECK: self.tr("To check {0}"), _GUESSED: self.tr("Guessed {0}")}
        choices = [(_ALL, self.tr("All {0}").format(len(rows)))]
        choices += [(kind, texts[kind].format(count)) for kind, count in counts]
        if self._kinds is not None:
            self._kinds_at.removeWidget(self._kinds)
            self._kinds.hide()
            self._kinds.deleteLater()
        self._kinds = Segments(self.tr("Lines shown"), choices, self._banner)
        self._kinds.set_current(self._kind)
        self._kinds.chosen.connect(self.show_kind)
        self._kinds_at.addWidget(self._kinds)

    def show_kind(self, kind: str) -> None:
        """Show all rows, those to check, or those that were guessed."""
        self._kind = kind
        self.refresh()
        self.list.go_to(0)
        self._show_current()

    def _say(self, made: Import) -> None:
        rows = made.rows
        total, open_ones, guessed, lost = summary(rows)
        good = total - open_ones - guessed - lost
        by_line = any(row.line for row in rows)
        what = self.tr("lines") if by_line else self.tr("fields")
        parts = [self.tr("{0} of {1} {2} understood.").format(good, total, what)]
        tail = [
            (open_ones, self.tr("needs your choice"), self.tr("need your choice")),
            (guessed, self.tr("was taken otherwise"), self.tr("were taken otherwise")),
            (lost, self.tr("was left out"), self.tr("were left out")),
        ]
        said = [f"{count} {one if count == 1 else many}" for count, one, many in tail if count]
        if said:
            parts.append(", ".join(said) + ".")
        if not self._opened:
            parts.append(self.tr("Your other builds are untouched."))
        self._said.setText(" ".join(parts))
        self._banner.setAccessibleName(self._said.text())
        build = made.build
        picks = sum(not entry.is_empty for entry in build.picks)
        data = f"{build.made_with.name} {build.made_with.version}".strip()
        facts = self.tr("{0} of {1} picks, {2} slots · {3} · {4}")
        self._facts.setText(
            facts.format(
                picks,
                build.pick_count,
                build.added_slots,
                data or self.tr("unknown game data"),
                made.reading.form,
            )
        )

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        if self._made is None:
            return
        rows = self._rows()
        number = self.list.currentIndex().row()
        row = rows[number] if 0 <= number < len(rows) else None
        locked = ""
        if self._locked is not None and row is not None and row.choice >= 0:
            locked = self._locked(row.choice)
        self.chooser.show_row(self._made, row, locked)

    def _decide(self, index: int, candidate: str, remember: bool) -> None:
        if self._made is not None:
            self._made.decide(index, candidate)
            self.decided.emit(self._made, index, candidate, remember)
            self.refresh()

    def _reopen(self, index: int) -> None:
        if self._made is not None:
            self._made.undecide(index)
            self.reopened.emit(self._made, index)
            self.refresh()
            self.chooser.focus_first()

    def _copy(self) -> None:
        if self._made is not None:
            QGuiApplication.clipboard().setText(self._made.text())
            self.copy.setText(self.tr("Copied"))

    def _accept(self) -> None:
        made = self._made
        self.close_sheet()
        if made is not None:
            self.accepted.emit(made)

    def _reject(self) -> None:
        self.close_sheet()
        self._closed()

    def _closed(self) -> None:
        self.copy.setText(self.tr("Copy report"))
        if self._made is not None and not self._opened:
            self.rejected.emit(self._made)
