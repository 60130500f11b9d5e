"""Top of the picker: which slot, the level, the five kinds in their fixed order."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from midsdesk.app.views import PickerTab
from midsdesk.ui.picker.source import PickerHeading
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import CENTER, RIGHT, draw_text, text_width
from midsdesk.ui.theme.tokens import Theme

TITLE_HEIGHT, CELLS_HEIGHT = 38, 60
TABS = (
    PickerTab.NONE, PickerTab.REGULAR, PickerTab.INVENTION, PickerTab.SPECIAL, PickerTab.SET,
)  # fmt: skip
_ICON = {
    PickerTab.NONE: "slot-empty",
    PickerTab.REGULAR: "ring-single",
    PickerTab.INVENTION: "ring-invention",
    PickerTab.SPECIAL: "ring-special",
    PickerTab.SET: "frame-set",
}


class FlatButton(QAbstractButton):
    """A small icon button that never takes the focus from the search field."""

    def __init__(self, theme: Theme, icons: Icons, icon: str, parent: QWidget) -> None:
        """Show `icon`; give it an accessible name."""
        super().__init__(parent)
        self._theme, self._icons, self._name = theme, icons, icon
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """See Qt."""
        side = round(self._theme.px("hit_min"))
        return QSize(side, side)

    def enterEvent(self, event: QEnterEvent) -> None:
        """See Qt."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """See Qt."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("bg.pressed" if self.isDown() else "bg.hover"))
            radius = self._theme.px("radius.s")
            painter.drawRoundedRect(box, radius, radius)
        size = self._theme.scaled(14)
        place = QRectF(0, 0, size, size)
        place.moveCenter(box.center())
        self._icons.paint(painter, self._name, place, "text.secondary")
        painter.end()


class LevelBox(QWidget):
    """Shows the level; the wheel changes it by one, digits are typed anywhere in the picker."""

    turned = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start blank."""
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Type two digits, or turn the wheel. + and − change boosters."))

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a level."""
        self._text = text
        self.setAccessibleName(self.tr("Level %1").replace("%1", text))
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """See Qt."""
        wide = text_width(self._theme.font("title"), self._text) + self._theme.scaled(14)
        least = self._theme.scaled(44)
        return QSize(round(max(wide, least)), round(self._theme.scaled(24)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See Qt."""
        if event.angleDelta().y():
            self.turned.emit(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line.control"), 1))
        painter.setBrush(self._theme.color("bg.input"))
        radius = self._theme.px("radius.s")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        color = self._theme.color("num.invention")
        draw_text(
            painter, QRectF(self.rect()), self._text, self._theme.font("title"), color, CENTER
        )
        painter.end()


class TitleBar(QWidget):
    """Power, slot, level, close."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Start blank."""
        super().__init__(parent)
        self._theme = theme
        self._power = self._slot = ""
        self.level = LevelBox(theme, self)
        self.close_button = FlatButton(theme, icons, "act-close", self)
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close (Esc)"))
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self.level)
        layout.addWidget(self.close_button)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        scaled = self._theme.scaled
        self.setFixedHeight(round(scaled(TITLE_HEIGHT)))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, round(scaled(10)), 0)
            layout.setSpacing(round(scaled(10)))

    def set_heading(self, heading: PickerHeading) -> str:
        """Show which slot it is; return the whole as one sentence."""
        self._power = heading.power
        place = self.tr("slot %1 of %2").replace("%1", str(heading.slot))
        place = place.replace("%2", str(heading.of))
        bought = self.tr("bought at %1").replace("%1", str(heading.bought_at))
        self._slot = f"{place}, {bought}" if heading.slot > 1 else place
        self.update()
        return self.tr("Enhance %1, %2").replace("%1", heading.power).replace("%2", place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        scaled, color = self._theme.scaled, self._theme.color
        last = self.level if self.level.isVisible() else self.close_button
        right = last.x() - scaled(8)
        if self.level.isVisible():
            label, font = self.tr("Level"), self._theme.font("caption")
            width = text_width(font, label)
            place = QRectF(right - width, 0, width, self.height())
            draw_text(painter, place, label, font, color("text.muted"), RIGHT)
            right -= width + scaled(8)
        line = QRectF(scaled(12), 0, right - scaled(12), self.height())
        used = draw_text(painter, line, self._power, self._theme.font("title"),
                         color("text.primary"))  # fmt: skip
        rest = line.adjusted(used + scaled(10), 0, 0, 0)
        if rest.width() > scaled(30):
            draw_text(painter, rest, self._slot, self._theme.font("body"), color("text.muted"))
        painter.end()


class TypeCell(QAbstractButton):
    """One kind of enhancement."""

    def __init__(self, tab: PickerTab, name: str, theme: Theme, icons: Icons) -> None:
        """Show the ring of the kind and its name."""
        super().__init__()
        self.tab = tab
        self._theme, self._icons = theme, icons
        self.setText(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """See Qt."""
        width = text_width(self._theme.font("strong"), self.text()) + self._theme.scaled(12)
        return QSize(round(width), round(self._theme.scaled(52)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scaled = self._theme, self._theme.scaled
        box = QRectF(self.rect())
        radius = theme.px("radius.m")
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            if self.isChecked():  # the accent line below follows the round corners
                painter.setBrush(theme.color("accent"))
                painter.drawRoundedRect(box, radius, radius)
                box.adjust(0, 0, 0, -scaled(2))
            painter.setBrush(theme.color("accent_soft" if self.isChecked() else "bg.hover"))
            painter.drawRoundedRect(box, radius, radius)
        size = scaled(24)
        icon = QRectF((self.width() - size) / 2, scaled(6), size, size)
        color = "slot.empty_line" if self.tab is PickerTab.NONE else None
        self._icons.paint(painter, _ICON[self.tab], icon, color)
        label = QRectF(0, icon.bottom() + scaled(1), self.width(), scaled(17))
        font = theme.font("strong" if self.isChecked() else "body")
        role = "text.primary" if self.isChecked() else "text.secondary"
        draw_text(painter, label, self.text(), font, theme.color(role), CENTER)
        painter.end()


class TypeCells(QWidget):
    """The five cells. `picked` is a click; `select` only shows which one is current."""

    picked = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Show all five; the last one is current until somebody says otherwise."""
        super().__init__(parent)
        self._theme = theme
        names = {
            PickerTab.NONE: self.tr("None"),
            PickerTab.REGULAR: self.tr("Regular"),
            PickerTab.INVENTION: self.tr("Invention"),
            PickerTab.SPECIAL: self.tr("Special"),
            PickerTab.SET: self.tr("Set"),
        }
        self._row = QHBoxLayout(self)
        self.cells = tuple(TypeCell(tab, names[tab], theme, icons) for tab in TABS)
        for cell in self.cells:
            self._row.addWidget(cell, 1)
            cell.clicked.connect(lambda _checked=False, tab=cell.tab: self.picked.emit(tab))
        self.select(PickerTab.SET)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        scaled = self._theme.scaled
        self.setFixedHeight(round(scaled(CELLS_HEIGHT)))
        side, top, bottom = round(scaled(8)), round(scaled(6)), round(scaled(2))
        self._row.setContentsMargins(side, top, side, bottom)
        self._row.setSpacing(round(scaled(4)))

    def select(self, tab: PickerTab) -> None:
        """Show which kind is current."""
        self.cells[TABS.index(tab)].setChecked(True)
