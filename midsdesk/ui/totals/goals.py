"""The goals above the totals: what is wanted, how far it is, what a preview would change."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from midsdesk.app.goals import MOST, GoalView
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import RIGHT, draw_text, hatch, inner_ring, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.icon_button import IconButton

_ROW, _LINE, _BAR, _SIDE, _HEAD, _CHIP = 36, 17, 7, 10, 26, 16
_TONES = {
    "ok": ("state.ok", "state.ok_bg"),
    "warn": ("state.warn", "state.warn_bg"),
    "better": ("state.better", "state.ok_bg"),
    "worse": ("state.worse", "state.error_bg"),
}


class GoalRow(QWidget):
    """One goal: name, chip and figures over a bar.

    Signals:
        explained: The total's key. edited: key and new target. removed: the key.
        menu_wanted: The key and a place on the screen.
    """

    explained = Signal(str)
    edited = Signal(str, float)
    removed = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start blank."""
        super().__init__(parent)
        self._theme = theme
        self._shown: GoalView | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.editor = QDoubleSpinBox(self)
        self.editor.setRange(-10_000, 10_000)
        self.editor.setDecimals(1)
        self.editor.setAccessibleName(self.tr("Goal"))
        self.editor.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.editor.setKeyboardTracking(False)
        self.editor.hide()
        self.editor.valueChanged.connect(self._changed)
        self.editor.installEventFilter(self)

    @property
    def shown(self) -> GoalView | None:
        """The goal on show."""
        return self._shown

    def set_goal(self, goal: GoalView) -> None:
        """Show a goal."""
        if goal == self._shown:
            return
        self._shown = goal
        self.setAccessibleName(goal.spoken)
        self.setToolTip(goal.spoken)
        self.update()

    def edit(self) -> None:
        """Let the target be typed."""
        goal = self._shown
        if goal is None:
            return
        scaled = self._theme.scaled
        self.editor.blockSignals(True)
        self.editor.setValue(goal.target)
        self.editor.setSuffix(f" {goal.unit}" if goal.unit not in ("points", "") else "")
        self.editor.blockSignals(False)
        width = round(scaled(84))
        self.editor.setGeometry(
            self.width() - width - round(scaled(_SIDE)), 0, width, round(scaled(22))
        )
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(160)), round(self._theme.scaled(_ROW)))

    # --- events --------------------------------------------------------------------------
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click edits."""
        self.edit()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click explains the total."""
        if event.button() == Qt.MouseButton.LeftButton and self._shown and self.editor.isHidden():
            self.explained.emit(self._shown.total)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a goal."""
        if self._shown is not None:
            self.menu_wanted.emit(self._shown.total, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 edits, Delete removes, Enter explains."""
        goal, key = self._shown, event.key()
        if goal is None:
            return
        if key == Qt.Key.Key_F2:
            self.edit()
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(goal.total)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.explained.emit(goal.total)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field closes when it is left, with Enter and with Esc."""
        if event.type() == QEvent.Type.FocusOut:
            self.editor.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.editor.interpretText()
                self._leave()
                return True
        return False

    def focusInEvent(self, event: object) -> None:
        """Show the ring."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    def _leave(self) -> None:
        self.editor.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, value: float) -> None:
        if self._shown is not None and not self.editor.isHidden():
            self.edited.emit(self._shown.total, value)

    # --- painting --------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        goal = self._shown
        if goal is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scaled = self._theme, self._theme.scaled
        left, right = scaled(_SIDE), self.width() - scaled(_SIDE)
        strong = theme.font("strong")
        width = min(text_width(strong, goal.text), right - left)
        line = QRectF(left, 0, right - left, scaled(_LINE))
        draw_text(painter, line, goal.text, strong, theme.color("text.primary"), RIGHT)
        end = self._chip(painter, right - width - scaled(6), left + scaled(40), goal)
        name = QRectF(left, 0, max(0.0, end - left - scaled(6)), scaled(_LINE))
        draw_text(painter, name, goal.name, theme.font("body"), theme.color("text.primary"))
        self._bar(painter, QRectF(left, scaled(_LINE + 3), right - left, scaled(_BAR)), goal)
        if self.hasFocus():
            box = QRectF(self.rect()).adjusted(scaled(3), 0, -scaled(3), 0)
            ring, radius = theme.px("focus_ring"), theme.px("radius.s")
            inner_ring(painter, box, theme.color("line.focus"), ring, radius)
        painter.end()

    def _chip(self, painter: QPainter, end: float, least: float, goal: GoalView) -> float:
        """Draw the chip left of `end`, unless it would begin before `least`."""
        theme, scaled = self._theme, self._theme.scaled
        font = QFont(theme.font("caption"))
        font.setWeight(QFont.Weight.DemiBold)
        width = text_width(font, goal.chip) + scaled(10)
        if end - width < least:
            return end
        line, back = _TONES[goal.tone]
        box = QRectF(end - width, scaled(0.5), width, scaled(_CHIP))
        painter.setPen(theme.color(line))
        painter.setBrush(theme.color(back))
        radius = theme.px("radius.s")
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        inside = box.adjusted(scaled(5), 0, -scaled(4), 0)
        draw_text(painter, inside, goal.chip, font, theme.color(line))
        return box.left()

    def _bar(self, painter: QPainter, box: QRectF, goal: GoalView) -> None:
        theme, scaled = self._theme, self._theme.scaled
        painter.fillRect(box, theme.color("stat.track"))
        filled = QRectF(box.left(), box.top(), box.width() * goal.fill, box.height())
        painter.fillRect(filled, theme.color(goal.color))
        if goal.after is not None:
            first, last = sorted((goal.fill, goal.after))
            change = QRectF(
                box.left() + box.width() * first,
                box.top(),
                box.width() * (last - first),
                box.height(),
            )
            role = "state.better" if goal.tone == "better" else "state.worse"
            painter.fillRect(change, theme.color("stat.track"))
            hatch(painter, change, theme.color(role), scaled(1))
        at = box.left() + box.width() * goal.mark
        top, half = box.bottom() + scaled(1), scaled(3.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("stat.mark_goal"))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(at, top),
                    QPointF(at - half, top + scaled(5)),
                    QPointF(at + half, top + scaled(5)),
                ]
            )
        )


class GoalsBlock(QWidget):
    """Heading with a plus, and at most six goals; the rest is counted.

    Signals:
        add_wanted: A place on the screen for the menu. The others as those of `GoalRow`.
    """

    add_wanted = Signal(QPoint)
    explained = Signal(str)
    edited = Signal(str, float)
    removed = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start without goals."""
        super().__init__(parent)
        self._theme = theme
        self._rows: list[GoalRow] = []
        self.setAccessibleName(self.tr("Goals"))
        self._title = QLabel(self.tr("Goals"), self)
        self._title.setProperty("type", "caption")
        self.plus = IconButton(theme, icons, "act-add", self.tr("Add a goal"), self)
        self.plus.clicked.connect(
            lambda: self.add_wanted.emit(self.plus.mapToGlobal(self.plus.rect().bottomLeft()))
        )
        self.more = QLabel(self)
        self.more.setProperty("type", "caption")
        self.more.setProperty("tone", "muted")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.plus)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.more)
        self.more.hide()
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def rows(self) -> list[GoalRow]:
        """The goals drawn."""
        return self._rows

    def set_goals(self, goals: Sequence[GoalView]) -> None:
        """Show goals."""
        shown = goals[:MOST]
        while len(self._rows) > len(shown):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(shown):
            row = GoalRow(self._theme, self)
            row.explained.connect(self.explained)
            row.edited.connect(self.edited)
            row.removed.connect(self.removed)
            row.menu_wanted.connect(self.menu_wanted)
            self._column.insertWidget(1 + len(self._rows), row)
            row.show()
            self._rows.append(row)
        for row, goal in zip(self._rows, shown, strict=True):
            row.set_goal(goal)
        rest = goals[MOST:]
        self.more.setVisible(bool(rest))
        self.more.setText(self.tr("%n more", "", len(rest)))
        self.more.setToolTip("\n".join(goal.spoken for goal in rest))

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(_SIDE))
        self._head.setContentsMargins(side, round(scaled(3)), round(scaled(4)), 0)
        self.more.setContentsMargins(side, 0, side, 0)
        self._column.setContentsMargins(0, 0, 0, round(scaled(6)))
