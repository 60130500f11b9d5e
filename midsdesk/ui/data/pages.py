"""Pages of the sheet: one data set, a source about to be added, lists of changes and flaws."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from midsdesk.app.data_desk import Offer, SetRow
from midsdesk.ui.data.table import Line, Table
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.tick import Tick


class Page(QWidget):
    """A title and what follows it."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.icons = theme, icons
        self.title = QLabel(self)
        self.title.setProperty("type", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.title)

    def restyle(self) -> None:
        """Ask the theme again."""
        scaled = self.theme.scaled
        side = round(scaled(18))
        self.column.setContentsMargins(side, round(scaled(14)), side, round(scaled(12)))
        self.column.setSpacing(round(scaled(10)))

    def text(self, tone: str = "") -> QLabel:
        """A label that breaks its lines."""
        made = QLabel(self)
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        if tone:
            made.setProperty("tone", tone)
        return made


class Facts(QWidget):
    """Names and values in two columns."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> dict[str, str]:
        """What stands there."""
        return dict(self._shown)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show the facts that are known."""
        wanted = tuple((name, value) for name, value in facts if value)
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(wanted):
            label, said = QLabel(name, self), QLabel(value, self)
            label.setProperty("tone", "muted")
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setToolTip(value)
            said.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, row, 1)
            label.show()
            said.show()

    def restyle(self) -> None:
        """Ask the theme again."""
        scaled = self._theme.scaled
        self._grid.setHorizontalSpacing(round(scaled(18)))
        self._grid.setVerticalSpacing(round(scaled(7)))


class DetailPage(Page):
    """One installed data set: what it is, and what can be done with it."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(theme, icons, parent)
        self.fault = self.text("error")
        self.facts = Facts(theme, self)
        self.hint = self.text("muted")
        self.switch = QPushButton(self.tr("Switch this build to it"), self)
        self.use = QPushButton(self.tr("Use for new builds"), self)
        self.changes = QPushButton(self.tr("What changed…"), self)
        self.verify = QPushButton(self.tr("Verify"), self)
        self.repair = QPushButton(self.tr("Repair"), self)
        self.remove = QPushButton(self.tr("Remove"), self)
        self.report = QPushButton(self.tr("Import report"), self)
        self.switch.setProperty("primary", True)
        self.column.addWidget(self.fault)
        self.column.addWidget(self.facts)
        self.column.addWidget(self.hint)
        self._rows = []
        for buttons in (
            (self.switch, self.use, self.changes),
            (self.verify, self.repair, self.report, self.remove),
        ):
            row = QHBoxLayout()
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            self.column.addLayout(row)
            self._rows.append(row)
        self.column.addStretch(1)

    def show_row(self, row: SetRow | None, build: str, *, busy: bool) -> None:
        """Show a data set; `build` is the name of the build on show, "" if there is none."""
        buttons = (self.switch, self.use, self.changes, self.verify, self.repair, self.remove)
        for button in (*buttons, self.report):
            button.setVisible(row is not None)
        fault = (row.fault or row.rules_fault) if row is not None else ""
        self.fault.setVisible(bool(fault))
        if row is None:
            self.title.setText(self.tr("No game data are installed"))
            self.facts.set_facts(())
            return
        self.title.setText(row.label)
        self.fault.setText(fault)
        self.facts.set_facts(self._facts(row))
        self.switch.setVisible(bool(build) and not row.here)
        self.changes.setVisible(bool(build) and not row.here)
        self.use.setEnabled(not row.in_use)
        self.verify.setEnabled(not busy)
        self.repair.setEnabled(not busy)
        self.remove.setEnabled(not busy and not row.in_use and not row.builds)
        self.hint.setText(self._hint(row, build))

    def restyle(self) -> None:
        """Ask the theme again."""
        super().restyle()
        self.facts.restyle()
        for row in self._rows:
            row.setSpacing(round(self.theme.scaled(8)))

    def _facts(self, row: SetRow) -> list[tuple[str, str]]:
        checked = row.checked and self.tr("{0}, whole").format(row.checked)
        packed = self.tr("comes with the program") if row.added else ""
        source = row.source or packed
        users = self.tr("{0} open").format(row.builds) if row.builds else self.tr("none open")
        if row.in_use:
            users = self.tr("{0}; new builds are made with it").format(users)
        return [
            (self.tr("Date"), row.date),
            (self.tr("Version"), row.version),
            (self.tr("Realm"), row.realm),
            (self.tr("Rules"), row.rules),
            (self.tr("Size"), f"{row.megabytes:.1f} MB"),
            (self.tr("Source"), source),
            (self.tr("Added"), row.added),
            (self.tr("Signed"), row.signed),
            (self.tr("Checked"), checked or self.tr("not yet")),
            (self.tr("Builds"), users),
        ]

    def _hint(self, row: SetRow, build: str) -> str:
        if row.here:
            return self.tr("{0} is on these data.").format(build)
        if not build:
            return ""
        text = self.tr(
            "{0} is on other data. Switching is a step like any other: undo takes it back."
        )
        return text.format(build)


class OfferPage(Page):
    """A source that is about to be added."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(theme, icons, parent)
        self.facts = Facts(theme, self)
        self.refused = self.text("error")
        self.warning = self.text("warn")
        self.note = self.text("muted")
        self.attach = QPushButton(self.tr("Choose a Mids folder…"), self)
        self.use = Tick(theme, icons, self.tr("Use it for new builds when done"), self)
        self.use.setChecked(True)
        self.start = QPushButton(self.tr("Add"), self)
        self.start.setProperty("primary", True)
        row = QHBoxLayout()
        row.addWidget(self.start)
        row.addWidget(self.attach)
        row.addStretch(1)
        self._row = row
        for part in (self.facts, self.refused, self.warning, self.note, self.use):
            self.column.addWidget(part)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_offer(self, offer: Offer, attached: str) -> None:
        """Show a source, and the Mids folder that goes with it."""
        self.title.setText(self.tr("Add {0}").format(offer.path.name or str(offer.path)))
        self.facts.set_facts(
            (
                (self.tr("What"), str(offer.kind)),
                *offer.facts,
                (self.tr("Where"), str(offer.path)),
                (self.tr("Mids folder"), attached if offer.attachable else ""),
            )
        )
        self.refused.setText(offer.refused)
        self.refused.setVisible(bool(offer.refused))
        self.warning.setText(offer.warning)
        self.warning.setVisible(bool(offer.warning))
        for part in (self.start, self.use, self.note):
            part.setVisible(not offer.refused)
        self.start.setEnabled(not offer.refused)
        self.start.setText(self.tr("Add all the same") if offer.warning else self.tr("Add"))
        self.attach.setVisible(offer.attachable)
        text = self.tr("Open builds stay on their own data.")
        if offer.attachable and not attached:
            text = self.tr(
                "A Mids folder brings what the server's export has no number for: short names, "
                "the numbers of old files, sliders, recipes. Open builds stay on their own data."
            )
        self.note.setText(text)

    def restyle(self) -> None:
        """Ask the theme again."""
        super().restyle()
        self.facts.restyle()
        self._row.setSpacing(round(self.theme.scaled(8)))


class ListPage(Page):
    """A title, a sentence and a table."""

    def __init__(
        self, theme: Theme, icons: Icons, name: str, heads: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(theme, icons, parent)
        self.said = self.text("muted")
        self.table = Table(theme, icons, name, heads, self)
        self.copy = QPushButton(" " + self.tr("Copy"), self)  # Qt puts the sign too close
        self.copy.setAccessibleName(self.tr("Copy"))
        self.back = QPushButton(self.tr("Back"), self)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.copy)
        row.addStretch(1)
        self._row = row
        self.column.addWidget(self.said)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(row)

    def show_lines(self, title: str, said: str, lines: tuple[Line, ...]) -> None:
        """Show a list."""
        self.title.setText(title)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.table.set_lines(lines)
        self.table.setVisible(bool(lines))
        self.copy.setVisible(bool(lines))

    def restyle(self) -> None:
        """Ask the theme again."""
        super().restyle()
        self.table.restyle()
        scaled = self.theme.scaled
        self._row.setSpacing(round(scaled(8)))
        self.copy.setIcon(self.icons.icon("act-copy", "text.primary", scaled(14)))
        self.copy.setIconSize(QSize(round(scaled(14)), round(scaled(14))))
