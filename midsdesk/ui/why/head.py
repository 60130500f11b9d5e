"""Head and foot of the panel: number, stacked bar with its legend, what the keys do."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from midsdesk.app.numbers import spoken
from midsdesk.app.why import LegendItem, Why
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import RIGHT, draw_text, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.bars import dotted
from midsdesk.ui.widgets.icon_button import IconButton

_BAR, _LINE, _GAP, _SQUARE = 12, 18, 6, 8


class WhyTitle(QWidget):
    """Title, value, and the buttons: back, copy, keep, close."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Start blank."""
        super().__init__(parent)
        self._theme = theme
        self.name = QLabel(self)
        self.value = QLabel(self)
        for label in (self.name, self.value):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("type", "title")
        self.name.setMinimumWidth(1)
        self.value.setProperty("tone", "accent")
        self.back = IconButton(theme, icons, "act-undo", self.tr("Back to the number before"), self)
        self.copy = IconButton(theme, icons, "act-copy", self.tr("Copy"), self)
        self.pin = IconButton(theme, icons, "act-pin", self.tr("Keep it open"), self)
        self.pin.setCheckable(True)
        self.close_button = IconButton(theme, icons, "act-close", self.tr("Close"), self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.name)
        self._row.addWidget(self.value)
        self._row.addStretch(1)
        for button in (self.back, self.copy, self.pin, self.close_button):
            self._row.addWidget(button)
        self.pin.toggled.connect(self._show_pin)
        self.back.hide()
        self.restyle()

    def show_why(self, found: Why) -> None:
        """Name the number."""
        self.name.setText(found.title)
        self.name.setToolTip(found.title)
        self.value.setText(found.value)

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        scaled = self._theme.scaled
        self._row.setContentsMargins(round(scaled(12)), round(scaled(8)), round(scaled(8)), 0)
        self._row.setSpacing(round(scaled(4)))

    def _show_pin(self, kept: bool) -> None:
        name = self.tr("Let a click elsewhere close it") if kept else self.tr("Keep it open")
        self.pin.rename("act-pin", name, accent=kept)


class WhyBar(QWidget):
    """One bar of all that adds, by source; the sums below it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start blank."""
        super().__init__(parent)
        self._theme = theme
        self._why: Why | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sources"))

    def show_why(self, found: Why) -> None:
        """Show the parts of a number."""
        self._why = found
        said = [spoken(f"{item.source} {item.text}") for item in found.legend]
        self.setAccessibleDescription(", ".join([*said, found.note] if found.note else said))
        self.setToolTip("\n".join(f"{item.source} {item.text}" for item in found.legend))
        self.update()

    def fit(self, width: int) -> None:
        """Take the height that the legend needs at a width."""
        lines = max(1, len(self._lines(width)))
        self.setFixedHeight(round(self._theme.scaled(_BAR + _GAP + _LINE * lines)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        if self._why is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scaled = self._theme.scaled
        bar = QRectF(0, scaled(1), self.width(), scaled(_BAR - 2))
        self._paint_bar(painter, bar, self._why)
        top = scaled(_BAR + _GAP)
        lines = self._lines(self.width())
        for number, line in enumerate(lines or [[]]):
            rect = QRectF(0, top + number * scaled(_LINE), self.width(), scaled(_LINE))
            self._paint_legend(painter, rect, line, self._why.note if number == 0 else "")
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF, found: Why) -> None:
        theme = self._theme
        clip = QPainterPath()
        clip.addRoundedRect(bar, theme.scaled(2), theme.scaled(2))
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(bar, theme.color("stat.track"))
        left, gap = bar.left(), theme.scaled(1)
        for part in found.bar:
            width = part.fill * bar.width()
            shown = max(width - gap, min(width, gap))
            painter.fillRect(QRectF(left, bar.top(), shown, bar.height()), theme.color(part.color))
            left += width
        painter.restore()
        if found.mark is not None:
            line = theme.scaled(2)
            x = min(bar.right() - line, bar.left() + found.mark * bar.width() - line / 2)
            mark = QRectF(round(x), bar.top() - gap, line, bar.height() + 2 * gap)
            if found.note.startswith("soft"):
                dotted(painter, mark, theme.color("stat.mark_soft"), gap)
            else:
                painter.fillRect(mark, theme.color("stat.mark_cap"))

    def _paint_legend(
        self, painter: QPainter, rect: QRectF, items: list[LegendItem], note: str
    ) -> None:
        theme, scaled = self._theme, self._theme.scaled
        font, color = theme.font("caption"), theme.color("text.secondary")
        left = rect.left()
        for item in items:
            square = QRectF(left, rect.center().y() - scaled(_SQUARE) / 2, *2 * [scaled(_SQUARE)])
            painter.fillRect(square, theme.color(item.color))
            left = square.right() + scaled(4)
            text = f"{item.source} {item.text}"
            place = QRectF(left, rect.top(), rect.right() - left, rect.height())
            left += draw_text(painter, place, text, font, color) + scaled(10)
        if note:
            draw_text(painter, rect, note, font, theme.color("text.muted"), RIGHT)

    def _lines(self, width: float) -> list[list[LegendItem]]:
        """Return the legend broken into lines; the first leaves room for the note."""
        if self._why is None:
            return []
        scaled, font = self._theme.scaled, self._theme.font("caption")
        lines: list[list[LegendItem]] = [[]]
        note = text_width(font, self._why.note) + scaled(10) if self._why.note else 0.0
        room, used = width - note, 0.0
        for item in self._why.legend:
            needed = scaled(_SQUARE + 4 + 10) + text_width(font, f"{item.source} {item.text}")
            if lines[-1] and used + needed - scaled(10) > room:
                lines.append([])
                room, used = width, 0.0
            lines[-1].append(item)
            used += needed
        return lines


class WhyFoot(QWidget):
    """What the keys do; said to screen readers by the list's description."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Three hints."""
        super().__init__(parent)
        self._theme = theme
        self.hints = (
            (self.tr("Enter"), self.tr("go to the bar")),
            ("→", self.tr("unfold")),
            (self.tr("Ctrl C"), self.tr("copy")),
            (self.tr("Esc"), self.tr("close")),
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(100, round(self._theme.scaled(32)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, scaled = self._theme, self._theme.scaled
        font = theme.font("caption")
        metrics = QFontMetricsF(font)
        left, middle = scaled(12), self.height() / 2
        for key, text in self.hints:
            width = metrics.horizontalAdvance(key) + scaled(10)
            box = QRectF(left, middle - scaled(8), width, scaled(16))
            if box.right() + metrics.horizontalAdvance(text) > self.width():
                break
            painter.setPen(theme.color("line.control"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), scaled(3), scaled(3))
            draw_text(painter, box, key, font, theme.color("text.secondary"),
                      Qt.AlignmentFlag.AlignCenter)  # fmt: skip
            place = QRectF(box.right() + scaled(5), 0, self.width(), self.height())
            left = place.left() + draw_text(
                painter, place, text, font, theme.color("text.secondary")
            ) + scaled(12)  # fmt: skip
        painter.end()
