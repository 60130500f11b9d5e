"""The card itself: texts and chips; it never takes the pointer."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from midsdesk.app.what_if import Chip, Foreseen, Wish
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import RIGHT, draw_text, floating_ground, text_width, triangle
from midsdesk.ui.theme.tokens import Theme

_WIDTH, _SIDE, _LINE, _CHIP, _GAP = 296, 12, 18, 16, 5
_WRAP = Qt.TextFlag.TextWordWrap
_KINDS = {"click": "kind-click", "toggle": "kind-toggle", "auto": "kind-auto"}


class HoverCard(QFrame):
    """Shows a wish and what it would change."""

    def __init__(self, theme: Theme, icons: Icons, window: QWidget) -> None:
        """Stay hidden."""
        super().__init__(window)
        self._theme = theme
        self._icons = icons
        self._wish: Wish | None = None
        self._foreseen: Foreseen | None = None
        self.setObjectName("hover-card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def wish(self) -> Wish | None:
        """What is shown, None while hidden."""
        return self._wish if self.isVisible() else None

    @property
    def foreseen(self) -> Foreseen | None:
        """What it would change, None until that is known."""
        return self._foreseen

    @property
    def chips(self) -> list[str]:
        """The texts of the chips."""
        return [text for text, _ in self._chip_texts()]

    def show_wish(self, wish: Wish, foreseen: Foreseen | None, beside: QRect) -> None:
        """Show a wish beside a rectangle given in coordinates of the window."""
        self._wish, self._foreseen = wish, foreseen
        self.setAccessibleName(self._spoken())
        self.resize(self.sizeHint())
        self._place(beside)
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        """See Qt."""
        scaled = self._theme.scaled
        return QSize(round(scaled(_WIDTH)), round(self._layout(None)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        floating_ground(painter, QRectF(self.rect()), theme, "bg.overlay")
        self._layout(painter)
        painter.end()

    # --- layout ------------------------------------------------------------------------------
    def _layout(self, painter: QPainter | None) -> float:
        """Draw everything, or only return the height it needs."""
        wish, scaled = self._wish, self._theme.scaled
        if wish is None:
            return 0.0
        left, width = scaled(_SIDE), scaled(_WIDTH - 2 * _SIDE)
        y = scaled(9)
        if painter is not None:
            self._head(painter, QRectF(left, y, width, scaled(_LINE)), wish)
        y += scaled(_LINE + 3)
        texts = [(wish.sentence or wish.reason, "body", "text.secondary")]
        y = self._texts(painter, texts, left, y, width)
        y = self._draw_chips(painter, left, y, width)
        notes = self._foreseen.notes if self._foreseen is not None else ()
        if notes:
            y += scaled(2)
        y = self._texts(painter, [(n, "caption", "text.muted") for n in notes], left, y, width)
        return y + scaled(8)

    def _head(self, painter: QPainter, line: QRectF, wish: Wish) -> None:
        theme, scaled = self._theme, self._theme.scaled
        caption = theme.font("caption")
        room = min(text_width(caption, wish.place), line.width() * 0.55)
        if wish.place:
            draw_text(painter, line, wish.place, caption, theme.color("text.muted"), RIGHT)
        strong = theme.font("strong")
        name = line.adjusted(0, 0, -room - scaled(8) - (scaled(18) if wish.kind else 0), 0)
        used = draw_text(painter, name, wish.title, strong, theme.color("text.primary"))
        if wish.kind in _KINDS:
            size = scaled(12)
            box = QRectF(line.left() + used + scaled(6), line.center().y() - size / 2, size, size)
            self._icons.paint(painter, _KINDS[wish.kind], box, "text.muted")

    def _texts(
        self,
        painter: QPainter | None,
        texts: list[tuple[str, str, str]],
        left: float,
        y: float,
        width: float,
    ) -> float:
        for text, kind, color in texts:
            if not text:
                continue
            font = self._theme.font(kind)
            metrics = QFontMetricsF(font)
            wanted = metrics.boundingRect(QRectF(0, 0, width, 1e4), int(_WRAP), text)
            height = max(metrics.height(), wanted.height())
            if painter is not None:
                painter.setFont(font)
                painter.setPen(self._theme.color(color))
                painter.drawText(QRectF(left, y, width, height + 1), int(_WRAP), text)
            y += height + self._theme.scaled(3)
        return y

    def _chip_texts(self) -> list[tuple[str, Chip | None]]:
        found = self._foreseen
        if found is None:
            return []
        if not found.chips:
            return [(self.tr("unchanged"), None)]
        texts: list[tuple[str, Chip | None]] = [(chip.text, chip) for chip in found.chips]
        if found.more:
            texts.append((self.tr("+%n more", "", found.more), None))
        return texts

    def _draw_chips(self, painter: QPainter | None, left: float, y: float, width: float) -> float:
        texts, scaled = self._chip_texts(), self._theme.scaled
        if not texts:
            return y
        font = QFont(self._theme.font("caption"))
        font.setWeight(QFont.Weight.DemiBold)
        x, y = left, y + scaled(2)
        for text, chip in texts:
            wide = text_width(font, text) + scaled(22 if chip is not None else 10)
            if x > left and x + wide > left + width:
                x, y = left, y + scaled(_CHIP + 4)
            if painter is not None:
                box = QRectF(x, y, min(wide, width), scaled(_CHIP))
                self._chip(painter, box, text, chip, font)
            x += wide + scaled(_GAP)
        return y + scaled(_CHIP + 5)

    def _chip(
        self, painter: QPainter, box: QRectF, text: str, chip: Chip | None, font: QFont
    ) -> None:
        theme, scaled = self._theme, self._theme.scaled
        line, back = "line.control", "bg.raised"
        ink = "text.secondary"
        if chip is not None:
            line = ink = "state.better" if chip.good else "state.worse"
            back = "state.ok_bg" if chip.good else "state.error_bg"
        painter.setPen(QPen(theme.color(line), 1))
        painter.setBrush(theme.color(back))
        radius = theme.px("radius.s")
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        inside = box.adjusted(scaled(5), 0, -scaled(4), 0)
        if chip is not None:
            size = scaled(6)
            mark = QRectF(inside.left(), box.center().y() - size / 2, size, size)
            triangle(painter, mark, theme.color(ink), up=chip.rises)
            inside.setLeft(inside.left() + scaled(11))
        draw_text(painter, inside, text, font, theme.color(ink))

    def _place(self, beside: QRect) -> None:
        window = self.parentWidget()
        if window is None:
            return
        gap = round(self._theme.scaled(8))
        left = beside.right() + gap
        if left + self.width() > window.width() - gap:
            left = beside.left() - gap - self.width()
        top = min(beside.top(), window.height() - self.height() - gap)
        self.move(QPoint(max(gap, left), max(gap, top)))

    def _spoken(self) -> str:
        wish = self._wish
        if wish is None:
            return ""
        parts = [wish.title, wish.sentence or wish.reason, *self.chips]
        parts += list(self._foreseen.notes) if self._foreseen is not None else []
        return " ".join(part for part in parts if part)
