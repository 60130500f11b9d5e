"""Paints a problem: sign, title, reason in as many lines as it needs, links."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from midsdesk.app.problems_view import ProblemRow
from midsdesk.rules.problems_model import Severity
from midsdesk.ui.problems.model import ROW_ROLE
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import draw_text, hairline, inner_ring
from midsdesk.ui.theme.tokens import Theme

Index = QModelIndex | QPersistentModelIndex
_SIDE, _ICON, _GAP, _TOP, _BOTTOM = 12, 16, 10, 9, 7
_TITLE, _LINK, _BETWEEN = 18, 24, 6
_WRAP = Qt.TextFlag.TextWordWrap
ROLES = {Severity.ERROR: "state.error", Severity.WARNING: "state.warn", Severity.HINT: "state.info"}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a row stand, from its own top left corner."""

    title: QRectF
    reason: QRectF
    links: tuple[QRectF, ...]
    height: float


class ProblemDelegate(QStyledItemDelegate):
    """Draws what `ProblemModel` holds; knows where the links stand."""

    def __init__(self, theme: Theme, icons: Icons, view: QListView) -> None:
        """Draw in `theme`."""
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view
        self.link = 0  # which link of the current row the keys are on
        self.hovered: tuple[int, int] = (-1, -1)  # row and link under the pointer

    def places(self, row: ProblemRow) -> Places:
        """Lay out a row in the width there is."""
        scaled = self._theme.scaled
        left = scaled(_SIDE + _ICON + _GAP)
        right = self._view.viewport().width() - scaled(_SIDE)
        width = max(scaled(40), right - left)
        title = QRectF(left, scaled(_TOP), width, scaled(_TITLE))
        metrics = QFontMetricsF(self._theme.font("body"))
        wanted = metrics.boundingRect(QRectF(0, 0, width, 1e4), int(_WRAP), row.reason)
        reason = QRectF(left, title.bottom(), width, max(metrics.height(), wanted.height()))
        links, bottom = self._links(row, left, right, reason.bottom())
        return Places(title, reason, links, bottom + scaled(_BOTTOM))

    def _links(
        self, row: ProblemRow, left: float, right: float, top: float
    ) -> tuple[tuple[QRectF, ...], float]:
        """Links stand in a line, in more where the room ends."""
        scaled, metrics = self._theme.scaled, QFontMetricsF(self._theme.font("body"))
        found: list[QRectF] = []
        x, y = left - scaled(4), top + scaled(1)
        for text in row.links:
            width = metrics.horizontalAdvance(text) + scaled(8)
            if found and x + width > right:
                x, y = left - scaled(4), y + scaled(_LINK)
            found.append(QRectF(x, y, min(width, right - x), scaled(_LINK)))
            x += width + scaled(_BETWEEN)
        return tuple(found), (found[-1].bottom() if found else top)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        row = index.data(ROW_ROLE)
        height = self.places(row).height if isinstance(row, ProblemRow) else 0.0
        return QSize(1, round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, ProblemRow):
            return
        painter.save()
        rect = QRectF(option.rect)
        scaled, color = self._theme.scaled, self._theme.color
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("bg.hover"))
        places = self.places(row)
        icon = QRectF(rect.left() + scaled(_SIDE), rect.top() + scaled(_TOP + 1), 0, 0)
        icon.setSize(QRectF(0, 0, scaled(_ICON), scaled(_ICON)).size())
        self._icons.paint(painter, row.icon, icon, ROLES[row.severity])
        origin = rect.topLeft()
        title = places.title.translated(origin)
        draw_text(painter, title, row.title, self._theme.font("strong"), color("text.primary"))
        painter.setFont(self._theme.font("body"))
        painter.setPen(color("text.secondary"))
        painter.drawText(places.reason.translated(origin), int(_WRAP), row.reason)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        for number, (text, box) in enumerate(zip(row.links, places.links, strict=True)):
            at = focused and number == self.link
            hover = self.hovered == (index.row(), number)
            self._paint_link(painter, box.translated(origin), text, at=at, hover=hover)
        hairline(painter, rect.left(), rect.bottom(), rect.width(), color("line.subtle"))
        painter.restore()

    def _paint_link(
        self, painter: QPainter, box: QRectF, text: str, *, at: bool, hover: bool
    ) -> None:
        scaled, theme = self._theme.scaled, self._theme
        font = QFont(theme.font("body"))
        font.setUnderline(hover)
        inside = box.adjusted(scaled(4), 0, -scaled(4), 0)
        draw_text(painter, inside, text, font, theme.color("text.link"))
        if at:
            ring = box.adjusted(0, scaled(1), 0, -scaled(1))
            width = theme.px("focus_ring")
            inner_ring(painter, ring, theme.color("line.focus"), width, theme.px("radius.s"))
