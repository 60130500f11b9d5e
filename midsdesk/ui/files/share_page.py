"""One thing a build is made into: what it is for, what it loses, its options, a preview."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.sharing import Kind, Made, Option, Wishes
from midsdesk.app.views import Choice
from midsdesk.report.markup import Markup
from midsdesk.report.markup import Theme as Colors
from midsdesk.ui.files.rows import mono
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.selector import Selector
from midsdesk.ui.widgets.tick import Tick

_FLAG_COLUMNS = 3


class SharePage(QWidget):
    """Says with `wishes_changed` what was chosen."""

    wishes_changed = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._wishes = Wishes()
        self._markups: tuple[Choice, ...] = ()
        self._themes: tuple[Choice, ...] = ()
        self.title = QLabel(self)
        self.title.setProperty("type", "strong")
        self.about = QLabel(self)
        self.about.setProperty("tone", "secondary")
        self.about.setWordWrap(True)
        self._box = QFrame(self)
        self._box.setObjectName("share-losses")
        self._sign = QLabel(self._box)
        self.losses = QLabel(self._box)
        self.losses.setWordWrap(True)
        row = QHBoxLayout(self._box)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.losses, 1)
        self._box_row = row
        self.markup = Selector(theme, icons, self.tr("Mark-up"), self)
        self.colors = Selector(theme, icons, self.tr("Colours"), self)
        self._labels = [QLabel(self.tr("Mark-up"), self), QLabel(self.tr("Colours"), self)]
        self.markup.chosen.connect(lambda key: self._wish(replace(self._wishes, markup=key)))
        self.colors.chosen.connect(lambda key: self._wish(replace(self._wishes, theme=key)))
        self._selectors = QHBoxLayout()
        for label, selector in zip(self._labels, (self.markup, self.colors), strict=True):
            label.setProperty("tone", "secondary")
            self._selectors.addWidget(label)
            self._selectors.addWidget(selector)
        self._selectors.addStretch(1)
        self.flags = self._make_flags()
        self._grid = QGridLayout()
        self._fact = QLabel(self)
        self._fact.setProperty("type", "caption")
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("Preview"))
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.picture)
        self._column = QVBoxLayout(self)
        for part in (self.title, self.about, self._box):
            self._column.addWidget(part)
        self._column.addLayout(self._selectors)
        self._column.addLayout(self._grid)
        self._column.addLayout(self._stack, 1)
        self._column.addWidget(self._fact)

    @property
    def wishes(self) -> Wishes:
        """What was chosen."""
        return self._wishes

    def set_choices(self, markups: Mapping[str, Markup], themes: Mapping[str, Colors]) -> None:
        """What there is to choose from."""
        dark, light = self.tr("for dark pages"), self.tr("for light pages")
        self._markups = tuple(Choice(name, each.label) for name, each in markups.items())
        self._themes = tuple(
            Choice(name, f"{each.label}, {dark if each.dark else light}")
            for name, each in sorted(themes.items(), key=lambda each: each[1].dark)
        )

    def set_wishes(self, wishes: Wishes) -> None:
        """Show what was chosen, without telling."""
        self._wishes = wishes
        self.markup.set_choices(self._markups, wishes.markup)
        self.colors.set_choices(self._themes, wishes.theme)
        for option, tick in self.flags.items():
            tick.blockSignals(True)
            tick.setChecked(wishes.flags.get(option, False))
            tick.blockSignals(False)

    def show_made(self, kind: Kind, made: Made) -> None:
        """Show a build made into something."""
        self.title.setText(kind.title)
        self.about.setText(kind.about)
        self._show_losses(made)
        for option, parts in (
            (Option.MARKUP, (self._labels[0], self.markup)),
            (Option.THEME, (self._labels[1], self.colors)),
        ):
            for part in parts:
                part.setVisible(option in kind.options)
        self._show_flags(kind)
        if kind.picture and made.data:
            self.picture.setPixmap(self._pixmap(made.data))
            self.picture.setAccessibleName(self.tr("QR code of the link"))
            self._stack.setCurrentWidget(self.picture)
        else:
            self.preview.setPlainText("" if kind.binary else made.text)
            self._stack.setCurrentWidget(self.preview)
        self.preview.setPlaceholderText(
            self.tr("There is nothing to show.") if made.error else self._no_text(kind)
        )
        self._fact.setText(self._fact_of(kind, made))

    def show_error(self, text: str) -> None:
        """Show what went wrong."""
        self._say("error", "mark-error", text)

    def restyle(self) -> None:
        """Ask the theme again."""
        theme, scaled = self._theme, self._theme.scaled
        side = round(scaled(16))
        self._column.setContentsMargins(side, round(scaled(14)), side, round(scaled(10)))
        self._column.setSpacing(round(scaled(10)))
        self._box_row.setContentsMargins(
            round(scaled(12)), round(scaled(8)), round(scaled(12)), round(scaled(8))
        )
        self._box_row.setSpacing(round(scaled(8)))
        self._selectors.setSpacing(round(scaled(8)))
        self._grid.setHorizontalSpacing(round(scaled(16)))
        self._grid.setVerticalSpacing(0)
        self.markup.setFixedWidth(round(scaled(190)))
        self.colors.setFixedWidth(round(scaled(220)))
        font = mono(theme)
        self.preview.setStyleSheet(
            f"QPlainTextEdit {{ background: {theme.color('bg.input').name()};"
            f" border: 1px solid {theme.color('line.control').name()};"
            f" font-family: '{font.family()}'; font-size: {font.pointSizeF():.2f}pt;"
            f" border-radius: {theme.ipx('radius.s')}px; padding: {round(scaled(6))}px;"
            f" selection-background-color: {theme.color('accent_fill').name()}; }}"
            f"QPlainTextEdit:focus {{ border: {theme.ipx('focus_ring')}px solid"
            f" {theme.color('line.focus').name()}; }}"
        )

    def _make_flags(self) -> dict[Option, Tick]:
        texts = {
            Option.LEVELS: self.tr("Levels of inventions"),
            Option.INHERENTS: self.tr("Inherents"),
            Option.INCARNATES: self.tr("Incarnates"),
            Option.ACCOLADES: self.tr("Accolades"),
            Option.TOTALS: self.tr("Totals"),
            Option.BONUSES: self.tr("Set bonuses"),
            Option.CODE: self.tr("Link to open it"),
        }
        made = {}
        for option, text in texts.items():
            tick = Tick(self._theme, self._icons, text, self)
            tick.toggled.connect(
                lambda on, option=option: self._wish(self._wishes.with_flag(option, on))
            )
            made[option] = tick
        return made

    def _show_flags(self, kind: Kind) -> None:
        shown = [option for option in self.flags if option in kind.options]
        for option, tick in self.flags.items():
            self._grid.removeWidget(tick)
            tick.setVisible(option in kind.options)
        for number, option in enumerate(shown):
            row, column = divmod(number, _FLAG_COLUMNS)
            self._grid.addWidget(self.flags[option], row, column)
        self._grid.setColumnStretch(_FLAG_COLUMNS, 1)

    def _show_losses(self, made: Made) -> None:
        if made.error:
            self._say("error", "mark-error", made.error)
        elif made.lost:
            named = ", ".join(str(each) for each in made.lost)
            text = self.tr("Of this build it does not hold: {0}.").format(named)
            self._say("warn", "mark-warn", text)
        else:
            self._say("ok", "mark-ok", self.tr("It holds everything that is in this build."))

    def _say(self, tone: str, sign: str, text: str) -> None:
        theme, scaled = self._theme, self._theme.scaled
        self.losses.setText(text)
        self._box.setAccessibleName(text)
        self._sign.setPixmap(self._icons.pixmap(sign, scaled(16), f"state.{tone}"))
        self._box.setStyleSheet(
            f"#share-losses {{ background: {theme.color(f'state.{tone}_bg').name()};"
            f" border-left: {round(scaled(4))}px solid {theme.color(f'state.{tone}').name()}; }}"
        )

    def _pixmap(self, data: bytes) -> QPixmap:
        """A whole number of pixels a module, or phones cannot read it."""
        image = QImage.fromData(data)
        ratio = self.devicePixelRatioF()
        factor = max(1, round(self._theme.scale * ratio))
        pixmap = QPixmap.fromImage(image.scaled(image.size() * factor))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _no_text(self, kind: Kind) -> str:
        return self.tr("These are bare data; save them to a file.") if kind.binary else ""

    def _fact_of(self, kind: Kind, made: Made) -> str:
        if not made.data:
            return ""
        if kind.binary or kind.picture:
            return self.tr("{0} bytes").format(f"{len(made.data):,}")
        return self.tr("{0} characters").format(f"{len(made.text.strip()):,}")

    def _wish(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self.set_wishes(wishes)
        self.wishes_changed.emit(wishes)
