"""One difference in full: what the old planner does, what we do, what it changes here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.quirks_view import QuirkChange, QuirkRow
from midsdesk.model.settings import Rules
from midsdesk.ui.theme.tokens import Theme

_MOST = 40


class QuirkDetail(QScrollArea):
    """Shows a `QuirkRow`; names of powers lead to their bars (`followed` with the entry)."""

    followed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[QuirkRow, Rules] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QScrollArea { background: transparent; border: none; }"
                           f"QScrollArea:focus {{ {_ring(theme)} }}")  # fmt: skip
        theme.changed.connect(self._again)

    def show_row(self, row: QuirkRow | None, rules: Rules) -> None:
        """Show a difference as it is seen under the ruleset in use."""
        wanted = (row, rules) if row is not None else None
        if wanted == self._shown:
            return
        self._shown = wanted
        self._fill()

    def _again(self) -> None:
        self.setStyleSheet("QScrollArea { background: transparent; border: none; }"
                           f"QScrollArea:focus {{ {_ring(self._theme)} }}")  # fmt: skip
        self._fill()

    def _fill(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        side = round(self._theme.scaled(12))
        column.setContentsMargins(side, round(self._theme.scaled(8)), side, side)
        column.setSpacing(round(self._theme.scaled(4)))
        if self._shown is not None:
            row, rules = self._shown
            column.addWidget(_words(row.name, "title"))
            for head, text in (
                (self.tr("The old planner"), row.old),
                (self.tr("The game, and we"), row.ours),
            ):
                column.addSpacing(round(self._theme.scaled(4)))
                column.addWidget(_words(head, "caption"))
                column.addWidget(_words(text))
            column.addSpacing(round(self._theme.scaled(4)))
            column.addWidget(_words(self._question(rules), "caption"))
            self._add_changes(column, row)
            column.addSpacing(round(self._theme.scaled(4)))
            column.addWidget(_words(self.tr("Known as {0}").format(row.source), "caption"))
            said = f"{row.name}. {row.old} {row.ours}"
            self.setAccessibleDescription(said)
        column.addStretch(1)
        self.setWidget(page)
        page.setAutoFillBackground(False)

    def _question(self, rules: Rules) -> str:
        if rules is Rules.GAME:
            return self.tr("In this build the old planner would show")
        return self.tr("In this build the game's rules would show")

    def _add_changes(self, column: QVBoxLayout, row: QuirkRow) -> None:
        if row.changes is None:
            column.addWidget(_words(self.tr("Being worked out…"), tone="muted"))
            return
        if not row.changes:
            column.addWidget(_words(self.tr("The same numbers."), tone="muted"))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(round(self._theme.scaled(12)))
        grid.setVerticalSpacing(round(self._theme.scaled(2)))
        grid.setColumnStretch(4, 1)
        for number, change in enumerate(row.changes[:_MOST]):
            grid.addWidget(self._name(change), number, 0, Qt.AlignmentFlag.AlignLeft)
            values = (change.before, "→", change.after)
            for place, text in enumerate(values, 1):
                label = _words(text, "strong" if place == 3 else "body", wraps=False)
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, number, place)
        column.addLayout(grid)
        more = len(row.changes) - _MOST
        if more > 0:
            column.addWidget(_words(self.tr("and {0} more").format(more), tone="muted"))

    def _name(self, change: QuirkChange) -> QWidget:
        if change.entry is None:
            return _words(change.name, wraps=False)
        entry = change.entry
        button = QPushButton(change.name)
        button.setProperty("link", True)
        button.setProperty("flush", True)
        button.setAccessibleDescription(self.tr("Go to the power"))
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _=False: self.followed.emit(entry))
        return button


def _words(text: str, kind: str = "body", *, tone: str = "", wraps: bool = True) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if wraps:
        label.setMinimumWidth(1)
    label.setProperty("type", kind)
    if tone:
        label.setProperty("tone", tone)
    return label


def _ring(theme: Theme) -> str:
    return f"border: {theme.ipx('focus_ring')}px solid {theme.color('line.focus').name()};"
