"""Painted blocks of the info panel: figures, damage bar, strength table, set bonuses."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from midsdesk.app.views import FigureRow, PowerInfo, StrengthRow
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


class FigureCell(Block):
    """Name and value; the value is a link to its explanation."""

    explained = Signal(str)

    def __init__(self, theme: Theme, figure: FigureRow, parent: QWidget) -> None:
        """Show `figure`."""
        super().__init__(theme, parent)
        self._figure = figure
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(spoken_figure(figure))
        if figure.base_text and figure.base_text != figure.text:
            tip = self.tr("%1: base %2").replace("%1", figure.name)
            self.setToolTip(tip.replace("%2", figure.base_text))

    def height_px(self) -> float:
        """See `Block`."""
        return _ROW

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
            self.explained.emit(self._figure.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.explained.emit(self._figure.key)
        else:
            super().keyPressEvent(event)

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


class DamageBar(Block):
    """Base damage and what has been added; captions below."""

    def __init__(self, theme: Theme, info: PowerInfo, parent: QWidget) -> None:
        """Show the damage of `info`."""
        super().__init__(theme, parent)
        self._info = info
        spoken = self.tr("Damage %1, base %2").replace("%1", _number(info.damage))
        self.setAccessibleName(spoken.replace("%2", _number(info.damage_base)))

    def height_px(self) -> float:
        """See `Block`."""
        return 20 + 16 + 20 + (20 if self._info.damage_text else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scaled, info = self._theme, self._theme.scaled, self._info
        head = QRectF(0, 0, self.width(), scaled(20))
        draw_text(painter, head, self.tr("Damage"), theme.font("strong"),
                  theme.color("text.primary"))  # fmt: skip
        bar = QRectF(0, head.bottom(), self.width(), scaled(16))
        self._paint_bar(painter, bar)
        below = QRectF(0, bar.bottom(), self.width(), scaled(20))
        base = f"{self.tr('base')} {_number(info.damage_base)}"
        draw_text(painter, below, base, theme.font("caption"), theme.color("text.muted"))
        better = info.damage > info.damage_base + 0.05
        role = "num.enhanced" if better else "text.primary"
        draw_text(painter, below, _number(info.damage), theme.font("strong"),
                  theme.color(role), RIGHT)  # fmt: skip
        if info.damage_text:
            line = QRectF(0, below.bottom(), self.width(), scaled(18))
            draw_text(painter, line, info.damage_text, theme.font("body"),
                      theme.color("text.secondary"))  # fmt: skip
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        theme, info = self._theme, self._info
        clip = QPainterPath()
        clip.addRoundedRect(bar, theme.scaled(2), theme.scaled(2))
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(bar, theme.color("stat.track"))
        # An eighth stays free, so that a what-if has where to grow.
        whole = max(info.damage, info.damage_base, 1e-9) * 8 / 7
        total, base = bar.width() * info.damage / whole, bar.width() * info.damage_base / whole
        painter.fillRect(QRectF(bar.left(), bar.top(), total, bar.height()),
                         theme.color("stat.damage"))  # fmt: skip
        painter.fillRect(QRectF(bar.left(), bar.top(), base, bar.height()),
                         theme.color("stat.damage_base"))  # fmt: skip
        painter.restore()


def _number(value: float) -> str:
    return f"{value:,.1f}"


class StrengthTable(Block):
    """Slotted, after diversification, final."""

    def __init__(self, theme: Theme, rows: tuple[StrengthRow, ...], parent: QWidget) -> None:
        """Show `rows`."""
        super().__init__(theme, parent)
        self._rows = rows
        self.setAccessibleName(self.tr("Strength"))
        self.setAccessibleDescription("; ".join(spoken_strength(row) for row in rows))
        self.setToolTip("\n".join(spoken_strength(row) for row in rows))

    def height_px(self) -> float:
        """See `Block`."""
        return _STRENGTH_ROW * (len(self._rows) + 1)

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
            draw_text(painter, final, row.final, strong, theme.color("text.primary"), RIGHT)
        painter.end()

    def _cell(self, column: int, row: int, height: float) -> QRectF:
        ends = (0.28, 0.52, 0.74, 1.0)
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
