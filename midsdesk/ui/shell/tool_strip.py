"""The tool bar: undo and redo, slot counter, against whom, level."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from midsdesk.app.views import Choice
from midsdesk.model.settings import TO_HIT_BY_ENEMY, CalcSettings
from midsdesk.ui.shell.presets import PresetBox
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.segments import Segments
from midsdesk.ui.widgets.selector import Selector

_HIGHEST = 50


class ToolStrip(QWidget):
    """Shows the state of the build and the settings of its numbers."""

    pvp_chosen = Signal(bool)
    enemy_chosen = Signal(int)
    level_chosen = Signal(int)

    def __init__(
        self, theme: Theme, icons: Icons, actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.setProperty("surface", "raised")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons = [self._button(actions[name]) for name in ("undo", "redo")]
        self._tick = QLabel(self)
        self._slots = QLabel(self)
        self._slots.setTextFormat(Qt.TextFormat.RichText)
        self._against = Segments(
            self.tr("Against"), (("pve", self.tr("PvE")), ("pvp", self.tr("PvP"))), self
        )
        self._against.chosen.connect(lambda key: self.pvp_chosen.emit(key == "pvp"))
        self._enemy_label = QLabel(self.tr("Enemy"), self)
        self._enemy = Selector(theme, icons, self.tr("Enemy level"), self)
        self._enemy.chosen.connect(lambda key: self.enemy_chosen.emit(int(key)))
        self._level_label = QLabel(self.tr("Level"), self)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(1, _HIGHEST)
        self._slider.setPageStep(5)
        self._slider.setAccessibleName(self.tr("Level played at"))
        self._slider.valueChanged.connect(self._slid)
        self._level = QLabel(str(_HIGHEST), self)
        self._level.setProperty("type", "strong")
        self.presets = PresetBox(theme, icons, self)
        self._share = self._button(actions["share"])
        self._look = self._button(actions["settings"])
        self._row = QHBoxLayout(self)
        self._fill_row()
        for label in (self._enemy_label, self._level_label, self._slots):
            label.setProperty("tone", "secondary")
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_slots(self, placed: int, most: int) -> None:
        """Show how many slots are placed."""
        full = placed >= most
        size = self._theme.scaled(14)
        name, role = ("mark-ok", "state.ok") if placed == most else ("mark-warn", "state.warn")
        self._tick.setPixmap(self._icons.pixmap(name, size, role))
        self._tick.setVisible(full)
        strong = self._theme.color("text.primary").name()
        number = f'<span style="font-weight:600;color:{strong}">{placed}</span>'
        of = "" if full else self.tr(" of {0}").format(most)
        self._slots.setText(self.tr("{0}{1} slots placed").format(number, of))

    def set_settings(self, settings: CalcSettings) -> None:
        """Show the settings of the calculator."""
        self._against.set_current("pvp" if settings.pvp else "pve")
        levels = [
            (level, f"{level:+d}".replace("-", "\u2212")) for level in sorted(TO_HIT_BY_ENEMY)
        ]
        choices = tuple(Choice(str(level), text) for level, text in levels)
        current = next(
            (k for k, chance in TO_HIT_BY_ENEMY.items() if chance == settings.scaling_to_hit), 0
        )
        self._enemy.set_choices(choices, str(current))
        self._slider.blockSignals(True)
        self._slider.setValue(settings.exemplar_level)
        self._slider.blockSignals(False)
        self._level.setText(str(settings.exemplar_level))

    def set_narrow(self, narrow: bool) -> None:
        """The enemy is the first to go."""
        self._enemy.setVisible(not narrow)
        self._enemy_label.setVisible(not narrow)

    def _slid(self, level: int) -> None:
        self._level.setText(str(level))
        self.level_chosen.emit(level)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text().replace("&", ""))
        action.changed.connect(lambda: button.setAccessibleName(action.text().replace("&", "")))
        return button

    def _line(self) -> QFrame:
        line = QFrame(self)
        line.setProperty("rule", "vertical")
        line.setFixedWidth(1)
        return line

    def _fill_row(self) -> None:
        row = self._row
        for button in self._buttons:
            row.addWidget(button)
        row.addWidget(self._line())
        row.addWidget(self._tick)
        row.addWidget(self._slots)
        row.addWidget(self._line())
        for widget in (self._against, self._enemy_label, self._enemy, self._level_label):
            row.addWidget(widget)
        row.addWidget(self._slider)
        row.addWidget(self._level)
        row.addWidget(self._line())
        row.addWidget(self.presets)
        row.addStretch(1)
        row.addWidget(self._share)
        row.addWidget(self._look)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.ipx("tool_bar"))
        self._row.setContentsMargins(theme.ipx("space.s"), 0, theme.ipx("space.m"), 0)
        self._row.setSpacing(theme.ipx("space.s"))
        icon = theme.ipx("space.l") + 2
        for button in (*self._buttons, self._share, self._look):
            side = theme.ipx("control") + 2
            button.setFixedSize(side, side)
            button.setIconSize(QSize(icon, icon))
        for line in self.findChildren(QFrame):
            if line.property("rule"):
                line.setFixedHeight(round(theme.scaled(24)))
        self._enemy.setFixedWidth(round(theme.scaled(58)))
        self._slider.setFixedWidth(round(theme.scaled(106)))
        self._level.setFixedWidth(round(theme.scaled(20)))
        self._against.setFixedHeight(theme.ipx("control"))
