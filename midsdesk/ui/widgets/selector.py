"""A combo box of `Choice` values with an optional icon and a lock."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPolygonF, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from midsdesk.app.views import Choice
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

IconOf = Callable[[Choice], QIcon]


class Selector(QComboBox):
    """Shows choices and says which one was picked. A locked one says why in its tool tip."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        name: str,
        parent: QWidget | None = None,
        icon_of: IconOf | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._icon_of = icon_of
        self._shown: tuple[tuple[Choice, ...], str, str] | None = None
        self._locked = False
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)
        self.setMaxVisibleItems(24)
        self.activated.connect(self._picked)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_choices(
        self, choices: tuple[Choice, ...], current: str, lock_reason: str = "", empty: str = ""
    ) -> None:
        """Show choices; `lock_reason` locks, `empty` is written where nothing is chosen."""
        self._locked = bool(lock_reason)
        self.setToolTip(lock_reason)
        self.setAccessibleDescription(lock_reason)
        if self.placeholderText() != empty:
            self.setPlaceholderText(empty)
        if self._shown != (choices, current, lock_reason):
            self._shown = (choices, current, lock_reason)
            self._fill()
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past a selector must not change the build."""
        event.ignore()

    def showPopup(self) -> None:
        """A locked selector does not open."""
        if not self._locked:
            super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the combo box with its text elided, then our arrow and lock."""
        theme = self._theme
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        room = self.width() - theme.scaled(24)
        if not option.currentIcon.isNull():
            room -= self.iconSize().width() + theme.scaled(4)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText,
            Qt.TextElideMode.ElideRight,
            round(room),
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self.width() - theme.scaled(8)
        middle = self.height() / 2
        if self._locked:
            size = theme.scaled(12)
            box = QRectF(right - size, middle - size / 2, size, size)
            self._icons.paint(painter, "act-lock", box, "text.muted")
        else:
            half, tall = theme.scaled(3), theme.scaled(4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text.muted"))
            top = middle - tall / 2
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(right - 2 * half, top),
                        QPointF(right, top),
                        QPointF(right - half, top + tall),
                    ]
                )
            )
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """Narrow columns win over long names: they are elided."""
        return QSize(round(self._theme.scaled(48)), super().minimumSizeHint().height())

    def _fill(self) -> None:
        assert self._shown is not None
        choices, current, _ = self._shown
        self.clear()
        model = self.model()
        for row, choice in enumerate(choices):
            icon = self._icon_of(choice) if self._icon_of else QIcon()
            self.addItem(icon, choice.name, choice.id)
            if not choice.enabled and isinstance(model, QStandardItemModel):
                item = model.item(row)
                item.setEnabled(False)
                item.setToolTip(choice.reason)
        self.setCurrentIndex(self.findData(current))

    def _picked(self, row: int) -> None:
        wanted = str(self.itemData(row))
        if self._shown is not None and wanted != self._shown[1]:
            self.chosen.emit(wanted)
            # The document answers with new choices; if it refused, show what still holds.
            self.setCurrentIndex(self.findData(self._shown[1]))

    def _restyle(self) -> None:
        size = self._theme.ipx("space.m") + 2
        self.setIconSize(QSize(size, size))
        self.setFixedHeight(self._theme.ipx("list_head"))
        if self._shown is not None:
            self._fill()
        self.update()
