"""The status bar: what happened at the left, the state of things at the right."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme


class StatusStrip(QWidget):
    """Says what was done or refused; never asks anything.

    Signals:
        problems_wanted: The count of problems was clicked.
    """

    problems_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._tone = "state.ok"
        self._sign_name = ""
        self._full = ""
        self._problem_role = ("mark-ok", "state.ok")
        self.setProperty("surface", "raised")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.installEventFilter(self)
        self._progress = QProgressBar(self)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._data = QLabel(self)
        self._time = QLabel(self)
        self.problems = QPushButton(self)
        self.problems.setProperty("link", True)
        self.problems.setProperty("type", "caption")
        self.problems.clicked.connect(self.problems_wanted)
        self._zoom = QLabel(self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._progress)
        for label in (self._text, self._data, self._time, self._zoom):
            label.setProperty("type", "caption")
            label.setProperty("tone", "secondary")
        for part in (self._data, self._time, self.problems, self._zoom):
            self._row.addWidget(part)
        self.set_problems(0, 0, "")
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def text(self) -> str:
        """What stands at the left."""
        return self._full

    def say(self, text: str) -> None:
        """Tell what was done."""
        self._show(text, "mark-ok", "state.ok")

    def note(self, text: str) -> None:
        """Tell something that is neither done nor refused."""
        self._show(text, "", "state.info")

    def refuse(self, text: str) -> None:
        """Tell why a click did nothing."""
        self._show(text, "mark-warn", "state.warn")

    def set_data(self, text: str) -> None:
        """Show the data set in use."""
        self._data.setText(text)

    def set_time(self, text: str) -> None:
        """Show how long the totals took."""
        self._time.setText(text)

    def set_problems(self, errors: int, warnings: int, reasons: str) -> None:
        """Show how much is wrong with the build: rules broken, things wasted."""
        count = errors + warnings
        text = self.tr("{0} problems").format(count) if count else self.tr("No problems")
        if count == 1:
            text = self.tr("1 problem")
        self.problems.setText(f" {text}")  # Qt puts the sign too close
        self.problems.setAccessibleName(text)
        self.problems.setAccessibleDescription(self.tr("Show the problems"))
        self.problems.setToolTip(reasons)
        self._problem_role = ("mark-ok", "text.muted")
        if count:
            self._problem_role = ("mark-warn", "state.warn")
        if errors:
            self._problem_role = ("mark-error", "state.error")
        tone = self._problem_role[1].partition(".")[2]
        if self.problems.property("tone") != tone:
            self.problems.setProperty("tone", tone)
            self.problems.style().unpolish(self.problems)
            self.problems.style().polish(self.problems)
        self._draw_signs()

    def set_progress(self, done: int, total: int) -> None:
        """Show a bar; a total of 0 hides it."""
        self._progress.setVisible(total > 0)
        if total > 0:
            self._progress.setRange(0, total)
            self._progress.setValue(done)

    def set_narrow(self, narrow: bool) -> None:
        """Small windows keep what may need a person."""
        self._data.setVisible(not narrow)
        self._time.setVisible(not narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Elide the text to the room there is."""
        if watched is self._text and event.type() == QEvent.Type.Resize:
            self._elide()
        return super().eventFilter(watched, event)

    def _show(self, text: str, sign: str, tone: str) -> None:
        self._full, self._sign_name, self._tone = text, sign, tone
        self._text.setAccessibleName(text)
        self._text.setToolTip(text)
        self._draw_signs()
        self._elide()

    def _elide(self) -> None:
        metrics = self._text.fontMetrics()
        mode = Qt.TextElideMode.ElideRight
        self._text.setText(metrics.elidedText(self._full, mode, self._text.width()))

    def _draw_signs(self) -> None:
        size = self._theme.scaled(13)
        self._sign.setVisible(bool(self._sign_name))
        if self._sign_name:
            self._sign.setPixmap(self._icons.pixmap(self._sign_name, size, self._tone))
        name, role = self._problem_role
        self.problems.setIcon(self._icons.icon(name, role, size))
        self.problems.setIconSize(QSize(round(size), round(size)))

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.ipx("status_bar"))
        self._row.setContentsMargins(theme.ipx("space.s"), 0, theme.ipx("space.s"), 0)
        self._row.setSpacing(round(theme.scaled(6)))
        self._progress.setFixedWidth(round(theme.scaled(160)))
        self._zoom.setText(f"{round(theme.zoom * 100)} %")
        for label in (self._time, self._zoom):
            label.setContentsMargins(round(theme.scaled(10)), 0, 0, 0)
        self._draw_signs()
