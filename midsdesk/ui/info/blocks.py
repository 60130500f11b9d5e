"""Painted blocks of the info panel: figures, strength table, set bonuses."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from midsdesk.app.views import FigureRow, StrengthRow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import (
    LEFT,
    RIGHT,
    draw_text,
    inner_ring,
    text_width,
    triangle,
)
from midsdesk.ui.theme.tokens import Theme

_ROW, _STRENGTH_ROW, _BONUS_ROW = 19, 18, 17
_BAND_ROLES = ("num.enhanced", "num.ed_first", "num.ed_second", "num.ed_third")
BAND_SIGNS = ("", "▴", "▴▴", "▴▴▴")
SetRow = tuple[str, int, int, tuple[tuple[int, str, bool], ...]]


class Block(QWidget):
    """A painted block as wide as the panel, of a height it knows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Draw in `theme`."""
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def height_px(self) -> float:
        """Return the height at 100 %."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(200)), round(self._theme.scaled(self.height_px())))

    def minimumSizeHint(self) -> QSize:
        """See Qt."""
        return QSize(0, self.sizeHint().height())


class LinkBlock(Block):
    """A block that is a link to an explanation, by click and by key.

    Signals:
        explained: Key of the number asked about.
    """

    explained = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Draw in `theme`."""
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def key(self) -> str:
        """Return the key of the number shown."""
        raise NotImplementedError

    def enterEvent(self, event: QEnterEvent) -> None:
        """See Qt."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """See Qt."""
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Qt."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.explained.emit(self.key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.explained.emit(self.key())
        else:
            super().keyPressEvent(event)


class FigureCell(LinkBlock):
    """Name and value; the value is a link to its explanation."""

    def __init__(self, theme: Theme, figure: FigureRow, parent: QWidget) -> None:
        """Show `figure`."""
        super().__init__(theme, parent)
        self._figure = figure
        self.setAccessibleName(spoken_figure(figure))
        if figure.base_text and figure.base_text != figure.text:
            tip = self.tr("%1: base %2").replace("%1", figure.name)
            self.setToolTip(tip.replace("%2", figure.base_text))

    def height_px(self) -> float:
        """See `Block`."""
        return _ROW

    def key(self) -> str:
        """See `LinkBlock`."""
        return self._figure.key

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        theme, figure, rect = self._theme, self._figure, QRectF(self.rect())
        font = theme.font("strong")
        font.setUnderline(self.underMouse())
        role = {True: "num.enhanced", False: "state.worse", None: "text.primary"}[figure.better]
        width = min(text_width(font, figure.text), rect.width() * 0.75)
        value = QRectF(rect.right() - width, 0, width, rect.height())
        draw_text(painter, value, figure.text, font, theme.color(role), RIGHT)
        room = value.left() - theme.scaled(4)
        if figure.better is False:
            size = theme.scaled(7)
            mark = QRectF(value.left() - size - theme.scaled(3), rect.center().y() - size * 0.4,
                          size, size * 0.8)  # fmt: skip
            triangle(painter, mark, theme.color(role), up=False)
            room = mark.left() - theme.scaled(2)
        name = QRectF(0, 0, room, rect.height())
        draw_text(painter, name, figure.name, theme.font("body"), theme.color("num.value_name"))
        if self.hasFocus():
            width = theme.px("focus_ring")
            inner_ring(painter, rect, theme.color("line.focus"), width, theme.scaled(3))
        painter.end()


def spoken_figure(figure: FigureRow) -> str:
    """Return "Recharge 2.31 s, base 10 s"."""
    whole = f"{figure.name} {figure.text}"
    changed = figure.base_text and figure.base_text != figure.text
    return f"{whole}, base {figure.base_text}" if changed else whole


class Figures(QWidget):
    """All figures in two columns."""

    explained = Signal(str)

    def __init__(self, theme: Theme, rows: tuple[FigureRow, ...], parent: QWidget) -> None:
        """Show `rows`, left and right in turn."""
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(round(theme.scaled(9)))
        grid.setVerticalSpacing(0)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        for number, row in enumerate(rows):
            cell = FigureCell(theme, row, self)
            cell.explained.connect(self.explained)
            grid.addWidget(cell, number // 2, number % 2)


class StrengthTable(Block):
    """Slotted, after diversification, final; each row is a link to its explanation."""

    explained = Signal(str)

    def __init__(self, theme: Theme, rows: tuple[StrengthRow, ...], parent: QWidget) -> None:
        """Show `rows`."""
        super().__init__(theme, parent)
        self._rows = rows
        self._current = 0
        self._hovered = -1
        if any(row.key for row in rows):
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Strength"))
        self.setAccessibleDescription("; ".join(spoken_strength(row) for row in rows))
        self.setToolTip("\n".join(spoken_strength(row) for row in rows))

    def height_px(self) -> float:
        """See `Block`."""
        return _STRENGTH_ROW * (len(self._rows) + 1)

    def row_center(self, number: int) -> QPoint:
        """Return the middle of a row."""
        height = self._theme.scaled(_STRENGTH_ROW)
        return QPoint(self.width() // 2, round((number + 1.5) * height))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See Qt."""
        self._hover(self._row_at(event.position().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """See Qt."""
        self._hover(-1)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Qt."""
        row = self._row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self._explain(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt; ↑ ↓ move between rows, Enter asks for the reason."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._rows):
            self._current += step
            text = spoken_strength(self._rows[self._current])
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._explain(self._current)
        else:
            super().keyPressEvent(event)

    def _row_at(self, y: float) -> int:
        row = int(y // self._theme.scaled(_STRENGTH_ROW)) - 1
        return row if 0 <= row < len(self._rows) else -1

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            link = row >= 0 and bool(self._rows[row].key)
            shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def _explain(self, row: int) -> None:
        if self._rows[row].key:
            self.explained.emit(self._rows[row].key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        theme, height = self._theme, self._theme.scaled(_STRENGTH_ROW)
        muted, caption = theme.color("text.muted"), theme.font("caption")
        heads = (self.tr("Strength"), self.tr("slotted"), self.tr("after ED"), self.tr("final"))
        for column, text in enumerate(heads):
            align = LEFT if column == 0 else RIGHT
            draw_text(painter, self._cell(column, 0, height), text, caption, muted, align)
        for number, row in enumerate(self._rows, 1):
            name, slotted, after, final = (self._cell(c, number, height) for c in range(4))
            body = theme.font("body")
            draw_text(painter, name, row.name, body, theme.color("num.value_name"))
            draw_text(painter, slotted, row.slotted, body, muted, RIGHT)
            band = theme.color(_BAND_ROLES[min(max(row.band, 0), 3)])
            draw_text(painter, after, row.after_ed, body, band, RIGHT)
            strong = theme.font("strong")
            strong.setUnderline(number - 1 == self._hovered and bool(row.key))
            draw_text(painter, final, row.final, strong, theme.color("text.primary"), RIGHT)
        if self.hasFocus():
            rect = QRectF(0, (self._current + 1) * height, self.width(), height)
            width = theme.px("focus_ring")
            inner_ring(painter, rect, theme.color("line.focus"), width, theme.scaled(3))
        painter.end()

    def _cell(self, column: int, row: int, height: float) -> QRectF:
        ends = (0.29, 0.53, 0.765, 1.0)
        left = self.width() * (ends[column - 1] if column else 0.0)
        return QRectF(left, row * height, self.width() * ends[column] - left, height)


def spoken_strength(row: StrengthRow) -> str:
    """Return a row of the strength table as text; the band of diversification as ▴ signs."""
    signs = BAND_SIGNS[min(max(row.band, 0), 3)]
    return f"{row.name}: {row.slotted}, ED {row.after_ed} {signs}".rstrip() + f", {row.final}"


class SetBlock(Block):
    """A set slotted here, its pieces and bonuses."""

    def __init__(self, theme: Theme, icons: Icons, shown: SetRow, parent: QWidget) -> None:
        """Show a set of `PowerInfo.sets`."""
        super().__init__(theme, parent)
        self._icons = icons
        self._name, self._pieces, self._of, self._lines = shown
        self.setAccessibleName(f"{self._name}, {self._count()}")
        said = [
            f"{count}: {text}, " + (self.tr("active") if active else self.tr("not active"))
            for count, text, active in self._lines
        ]
        self.setAccessibleDescription("; ".join(said))

    def height_px(self) -> float:
        """See `Block`."""
        return 22 + _BONUS_ROW * len(self._lines)

    def _count(self) -> str:
        text = self.tr("%1 of %2").replace("%1", str(self._pieces))
        return text.replace("%2", str(self._of))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scaled = self._theme, self._theme.scaled
        head = QRectF(0, 0, self.width(), scaled(20))
        icon = QRectF(0, scaled(3), scaled(14), scaled(14))
        self._icons.paint(painter, "act-sets", icon, "rarity.very_rare")
        count, caption = self._count(), theme.font("caption")
        chip_width = text_width(caption, count) + scaled(12)
        title = head.adjusted(scaled(20), 0, -chip_width - scaled(8), 0)
        used = draw_text(painter, title, self._name, theme.font("strong"),
                         theme.color("text.primary"))  # fmt: skip
        chip = QRectF(title.left() + used + scaled(8), scaled(2), chip_width, scaled(16))
        painter.setPen(theme.color("line.control"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), scaled(3), scaled(3))
        draw_text(painter, chip, count, caption, theme.color("text.primary"),
                  Qt.AlignmentFlag.AlignCenter)  # fmt: skip
        for number, line in enumerate(self._lines):
            top = scaled(22 + number * _BONUS_ROW)
            self._paint_bonus(painter, QRectF(0, top, self.width(), scaled(_BONUS_ROW)), line)
        painter.end()

    def _paint_bonus(self, painter: QPainter, rect: QRectF, line: tuple[int, str, bool]) -> None:
        theme, scaled = self._theme, self._theme.scaled
        needed, text, active = line
        count_font = theme.font("strong" if active else "body")
        count_role = "text.primary" if active else "text.muted"
        draw_text(painter, rect, f"({needed})", count_font, theme.color(count_role))
        place = rect.adjusted(scaled(25), 0, -scaled(18), 0)
        role = "num.enhanced" if active else "text.muted"
        draw_text(painter, place, text, theme.font("body"), theme.color(role))
        if active:
            size = scaled(11)
            mark = QRectF(rect.right() - size, rect.center().y() - size / 2, size, size)
            self._icons.paint(painter, "mark-ok", mark, "num.enhanced")
