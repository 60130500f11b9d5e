"""The chooser of an import report: what is the doubtful line about, and what may it mean?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.decisions import AS_READ
from midsdesk.app.import_rows import Mark, Row
from midsdesk.app.import_search import Offer, offers_of, search
from midsdesk.app.imports import Import
from midsdesk.formats.issues import Choice, Part
from midsdesk.ui.files.offers import OfferRow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.tick import Tick

_OTHER = "\0other"


class Chooser(QFrame):
    """Shows one row; of a doubtful one its offers.

    Signals:
        decided: Index of the choice, id decided for ("" leaves it), whether to remember it.
        reopened: Index of a choice whose decision is taken back and forgotten.
    """

    decided = Signal(int, str, bool)
    reopened = Signal(int)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._made: Import | None = None
        self._index = -1
        self._searching = False
        self._offers: list[OfferRow] = []
        self.setProperty("surface", "raised")
        self.setAccessibleName(self.tr("What the line means"))
        self.title = QLabel(self)
        self.title.setProperty("type", "strong")
        self.text = QLabel(self)
        self.text.setProperty("tone", "secondary")
        for label in (self.title, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._list = QWidget(self)
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._list)
        self._list.setObjectName("offers")
        self._area.setStyleSheet("QScrollArea, #offers { background: transparent; }")
        self._area.viewport().setAutoFillBackground(False)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Part of the name"))
        self.search.setAccessibleName(self.tr("Search by name"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.remember = Tick(theme, icons, self.tr("Remember for other files"), self)
        self.remember.setChecked(True)
        self.again = QPushButton(self.tr("Decide anew and forget"), self)
        self.again.setProperty("link", True)
        self.again.clicked.connect(lambda: self.reopened.emit(self._index))
        self._column = QVBoxLayout(self)
        for part in (self.title, self.text, self.search):
            self._column.addWidget(part)
        self._column.addWidget(self._area, 1)
        self._column.addWidget(self.remember)
        self._column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._group = QButtonGroup(self)

    @property
    def offers(self) -> tuple[OfferRow, ...]:
        """What may be chosen, in order."""
        return tuple(self._offers)

    def show_row(self, made: Import, row: Row | None, locked: str = "") -> None:
        """Show a row; `locked` says why nothing can be decided any more."""
        index = row.choice if row is not None and not locked else -1
        if index != self._index or made is not self._made:
            self._searching = False
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self._made, self._index = made, index
        if row is None:
            self.title.setText(self.tr("Nothing to show"))
            self.text.setText(self.tr("No line of this kind is in the file."))
        elif index < 0:
            self.title.setText(_place(row))
            self.text.setText("\n".join(each for each in (self._said(row), locked) if each))
        else:
            choice = made.choices[index]
            self.title.setText(f"{_place(row)}: {self._question(choice)}")
            said = self.tr("The file says “{0}”. Everything else stays as it is.")
            self.text.setText(said.format(choice.original))
        self._fill()

    def focus_first(self) -> None:
        """Put the focus on what is chosen, else on the first offer."""
        chosen = next((each for each in self._offers if each.isChecked()), None)
        first = chosen or next((each for each in self._offers if each.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def restyle(self) -> None:
        """Ask the theme again."""
        scaled = self._theme.scaled
        side = round(scaled(16))
        self._column.setContentsMargins(side, round(scaled(12)), side, round(scaled(12)))
        self._column.setSpacing(round(scaled(8)))
        self._rows.setSpacing(round(scaled(8)))
        self._fill()

    def _said(self, row: Row) -> str:
        """A row in whole sentences: what was noted of it goes on where the text ends."""
        if row.mark in (Mark.UNDERSTOOD, Mark.DECIDED):
            made = self.tr("Understood as: {0}").format(row.made)
            original = self.tr("The file says “{0}”.").format(row.original)
            return f"{original}\n{made}" if row.original else made
        return f"“{row.original}” {row.made}" if row.original else row.made

    def _question(self, choice: Choice) -> str:
        return {
            Part.POWER: self.tr("which power is it?"),
            Part.POWERSET: self.tr("which powerset is it?"),
            Part.PIECE: self.tr("which enhancement is it?"),
        }[choice.part]

    def _fill(self) -> None:
        had = next((each.key for each in self._offers if each.hasFocus()), None)
        for each in self._offers:
            self._group.removeButton(each)
            self._rows.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._offers.clear()
        asked = self._index >= 0 and self._made is not None
        self.search.setVisible(asked and self._searching)
        self._area.setVisible(asked)
        self.remember.setVisible(asked)
        decided = self._made.decided.get(self._index) if self._made is not None else None
        self.again.setVisible(asked and decided is not None)
        if not asked or self._made is None:
            self._column.addStretch(0)
            return
        made, choice = self._made, self._made.choices[self._index]
        build = made.reading.build
        if self._searching:
            found = search(choice, build, made.catalog, self.search.text())
            self._add_offers(found, "")
        else:
            found = offers_of(choice, build, made.catalog)
            self._add_offers(found, self.tr("best match"))
            known = {each.id for each in found}
            if decided and decided not in known:
                others = search(choice, build, made.catalog, "")
                name = next((each.name for each in others if each.id == decided), decided)
                self._add(decided, name, self.tr("chosen by search"))
        self._add_others(choice)
        for each in self._offers:
            each.setChecked(decided is not None and each.key == decided)
            if each.key == had:
                each.setFocus()

    def _add_offers(self, found: tuple[Offer, ...], best: str) -> None:
        first = True
        for each in found:
            chip = best if first and not each.refused else ""
            first = first and bool(each.refused)
            row = self._add(each.id, each.name, each.refused or each.detail, chip)
            row.setEnabled(not each.refused)

    def _add_others(self, choice: Choice) -> None:
        if self._searching:
            self._add(_OTHER, self.tr("Back to the suggestions"), "")
        else:
            kinds = {
                Part.POWER: self.tr("Another power…"),
                Part.POWERSET: self.tr("Another powerset…"),
                Part.PIECE: self.tr("Another enhancement…"),
            }
            detail = self.tr("search by name")
            self._add(_OTHER, kinds[choice.part], detail)
        left = {
            Part.POWER: self.tr("Leave the pick empty"),
            Part.POWERSET: self.tr("Leave it as it is"),
            Part.PIECE: self.tr("Leave the slot empty"),
        }
        if choice.part == Part.PIECE and choice.piece and choice.piece.enhancement:
            left[Part.PIECE] = self.tr("Leave it as it was read")
        self._add(AS_READ, left[choice.part], self.tr("nothing else changes its place"))

    def _add(self, key: str, name: str, detail: str, chip: str = "") -> OfferRow:
        row = OfferRow(self._theme, key, name, detail, chip, self._list)
        row.clicked.connect(lambda _=False, key=key: self._chosen(key))
        self._group.addButton(row)
        self._rows.insertWidget(len(self._offers), row)
        row.show()  # at once: the focus may go there before the next turn of the event loop
        self._offers.append(row)
        return row

    def _chosen(self, key: str) -> None:
        if key == _OTHER:
            self._searching = not self._searching
            self._fill()
            if self._searching:
                self.search.setFocus()
            else:
                self.focus_first()
            return
        self.decided.emit(self._index, key, self.remember.isChecked())


def _place(row: Row) -> str:
    return f"Line {row.line}" if row.line and not row.place.startswith("Line") else row.place
