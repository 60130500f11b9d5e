"""Controls for the kinds of rows: each shows a value and says what was chosen."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.preferences import MOST_OF_A_KIND, Preference, team_of, with_member
from midsdesk.app.views import Choice
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.icon_button import IconButton
from midsdesk.ui.widgets.segments import Segments
from midsdesk.ui.widgets.selector import Selector
from midsdesk.ui.widgets.tick import Tick

_COLUMNS = 3
_LAYS_OUT = frozenset(
    {
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.StyleChange,
        QEvent.Type.FocusIn,
        QEvent.Type.FocusOut,
    }
)


class Control(QWidget):
    """Shows the value of a row.

    Signals:
        chosen: Key and value of a setting.
    """

    chosen = Signal(str, object)

    def __init__(self, row: Preference, parent: QWidget) -> None:
        """Belong to a row."""
        super().__init__(parent)
        self.row = row
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)

    def show_value(self, value: Any) -> None:
        """Show a value without telling."""

    def say(self, value: object) -> None:
        """Tell what was chosen."""
        self.chosen.emit(self.row.key, value)


class SegmentsControl(Control):
    """A few choices side by side."""

    def __init__(self, row: Preference, parent: QWidget) -> None:
        super().__init__(row, parent)
        self.segments = Segments(row.title, row.choices, self)
        self.segments.chosen.connect(self.say)
        self.line.addWidget(self.segments, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_value(self, value: Any) -> None:
        """See `Control`."""
        self.segments.set_current(str(value))


class ListControl(Control):
    """Many choices."""

    def __init__(self, row: Preference, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(row, parent)
        self.selector = Selector(theme, icons, row.title, self)
        self.selector.setMinimumWidth(round(theme.scaled(240)))
        self.selector.chosen.connect(self.say)
        self.line.addWidget(self.selector)

    def show_value(self, value: Any) -> None:
        """See `Control`."""
        choices = tuple(Choice(key, name) for key, name in self.row.choices)
        self.selector.set_choices(choices, str(value))


class SliderControl(Control):
    """A number."""

    def __init__(self, row: Preference, theme: Theme, parent: QWidget) -> None:
        super().__init__(row, parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(row.low, row.high)
        self.slider.setPageStep(5)
        self.slider.setFixedWidth(round(theme.scaled(150)))
        self.slider.setAccessibleName(row.title)
        self.slider.setTracking(False)
        self.number = QLabel(self)
        self.number.setProperty("type", "strong")
        self.number.setFixedWidth(round(theme.scaled(58)))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderMoved.connect(self._tell)
        self.line.addWidget(self.slider)
        self.line.addWidget(self.number)

    def show_value(self, value: Any) -> None:
        """See `Control`."""
        self.slider.blockSignals(True)
        self.slider.setValue(int(value))
        self.slider.blockSignals(False)
        self._tell(self.slider.value())

    def _slid(self, value: int) -> None:
        self._tell(value)
        self.say(value)

    def _tell(self, value: int) -> None:
        row = self.row
        if row.zero and value == row.low:
            text = row.zero
        elif row.low < 0:
            text = f"{value:+d}".replace("-", "−") if value else "even"
        else:
            text = f"{value}{row.unit}"
        self.number.setText(text)
        self.slider.setAccessibleDescription(text)


class SwitchControl(Control):
    """On or off."""

    def __init__(self, row: Preference, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(row, parent)
        self.box = Tick(theme, icons, "", self)
        self.box.setAccessibleName(row.title)
        self.box.clicked.connect(self.say)
        self.line.addWidget(self.box)

    def show_value(self, value: Any) -> None:
        """See `Control`."""
        self.box.setChecked(bool(value))


class ChecksControl(Control):
    """Several switches in a line, each a setting of its own."""

    def __init__(self, row: Preference, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(row, parent)
        self.boxes: dict[str, Tick] = {}
        for key, name in row.choices:
            box = Tick(theme, icons, name, self)
            box.setAccessibleName(f"{row.title}: {name}")
            box.clicked.connect(lambda on, key=key: self.chosen.emit(key, on))
            self.boxes[key] = box
            self.line.addWidget(box)

    def show_value(self, value: Any) -> None:
        """See `Control`; `value` is a table of all of them."""
        for key, box in self.boxes.items():
            box.setChecked(bool(value[key]))


class MembersControl(Control):
    """Any of many, in columns."""

    def __init__(self, row: Preference, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(row, parent)
        self.boxes: dict[str, Tick] = {}
        grid = QGridLayout()
        for number, (key, name) in enumerate(row.choices):
            box = Tick(theme, icons, name, self)
            box.clicked.connect(self._clicked)
            self.boxes[key] = box
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
        self.line.addLayout(grid)

    def show_value(self, value: Any) -> None:
        """See `Control`."""
        for key, box in self.boxes.items():
            box.setChecked(key in value)

    def _clicked(self) -> None:
        self.say(tuple(key for key, box in self.boxes.items() if box.isChecked()))


class _Count(QSpinBox):
    """A small number without buttons; a style sheet would leave its field no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet("QLineEdit { padding: 0; border: none; min-height: 0; }")

    def event(self, event: QEvent) -> bool:
        """See Qt."""
        done = super().event(event)
        if event.type() in _LAYS_OUT:
            self.lineEdit().setGeometry(self.rect().adjusted(2, 2, -2, -2))
        return bool(done)


class CountsControl(Control):
    """A number for each of many."""

    def __init__(self, row: Preference, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(row, parent)
        self._stored: tuple[str, ...] = ()
        self.boxes: dict[str, _Count] = {}
        self.total = QLabel(self)
        self.total.setProperty("type", "caption")
        grid = QGridLayout()
        grid.setHorizontalSpacing(round(theme.scaled(10)))
        grid.setVerticalSpacing(round(theme.scaled(6)))
        for number, (key, name) in enumerate(row.choices):
            box = _Count(self)
            box.setRange(0, MOST_OF_A_KIND)
            box.setAccessibleName(name)
            box.setFixedWidth(round(theme.scaled(36)))
            box.valueChanged.connect(lambda count, key=key: self._counted(key, count))
            self.boxes[key] = box
            less = IconButton(theme, icons, "act-remove", self.tr("Fewer: {0}").format(name), self)
            more = IconButton(theme, icons, "act-add", self.tr("More: {0}").format(name), self)
            less.clicked.connect(box.stepDown)
            more.clicked.connect(box.stepUp)
            at, left = number // 2, number % 2 * 5
            for place, part in enumerate((QLabel(name, self), less, box, more)):
                grid.addWidget(part, at, left + place)
        grid.setColumnMinimumWidth(4, round(theme.scaled(32)))
        grid.setColumnStretch(9, 1)
        column = QVBoxLayout()
        column.addLayout(grid)
        column.addWidget(self.total)
        self.line.addLayout(column)

    def show_value(self, value: Any) -> None:
        """See `Control`."""
        self._stored = value
        counts = dict(team_of(value))
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setValue(counts.get(key, 0))
            box.blockSignals(False)
        text = self.tr("A team of {0}, with the character").format(1 + sum(counts.values()))
        self.total.setText(text)

    def _counted(self, key: str, count: int) -> None:
        team = with_member(self._stored, key, count)
        self.show_value(team)
        self.say(team)


def control_for(row: Preference, theme: Theme, icons: Icons, parent: QWidget) -> Control:
    """Return the control a row asks for."""
    match row.kind:
        case "segments":
            return SegmentsControl(row, parent)
        case "list":
            return ListControl(row, theme, icons, parent)
        case "slider":
            return SliderControl(row, theme, parent)
        case "switch":
            return SwitchControl(row, theme, icons, parent)
        case "checks":
            return ChecksControl(row, theme, icons, parent)
        case "members":
            return MembersControl(row, theme, icons, parent)
    return CountsControl(row, theme, icons, parent)
