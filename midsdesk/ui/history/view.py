"""The list of steps: a click or Enter goes there, the pin or M marks it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from midsdesk.app.history_view import HistoryRow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import CENTER, draw_text, text_width
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.rows import ROW_ROLE, RowsView, ring

Index = QModelIndex | QPersistentModelIndex
_HEIGHT, _SIDE, _ICON, _GAP, _PIN, _CHIP = 38, 12, 14, 10, 22, 16
_UNDONE = 0.62


class HistoryDelegate(QStyledItemDelegate):
    """Draws steps."""

    def __init__(self, theme: Theme, icons: Icons, view: QListView) -> None:
        """Draw in `theme`."""
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        return QSize(1, round(self._theme.scaled(_HEIGHT)))

    def pin(self, rect: QRectF) -> QRectF:
        """Where the pin of a row stands."""
        side = self._theme.scaled(_PIN)
        left = rect.right() - self._theme.scaled(6) - side
        return QRectF(left, rect.center().y() - side / 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, HistoryRow):
            return
        painter.save()
        theme, scaled, rect = self._theme, self._theme.scaled, QRectF(option.rect)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if row.now:
            painter.fillRect(rect, theme.color("accent_soft"))
            band = QRectF(rect.left(), rect.top(), scaled(3), rect.height())
            painter.fillRect(band, theme.color("accent"))
        elif over:
            painter.fillRect(rect, theme.color("bg.hover"))
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        painter.setOpacity(_UNDONE if row.undone else 1.0)
        size = scaled(_ICON)
        box = QRectF(rect.left() + scaled(_SIDE), rect.center().y() - size / 2, size, size)
        self._icons.paint(painter, row.icon, box, "text.secondary")
        if over or focused or row.marked:
            place = QRectF(0, 0, scaled(13), scaled(13))
            place.moveCenter(self.pin(rect).center())
            role = "accent" if row.marked else "text.secondary"
            self._icons.paint(painter, "act-pin", place, role)
        right = self._chips(painter, rect, row)
        left = box.right() + scaled(_GAP)
        inside = QRectF(left, rect.top() + scaled(3), right - left, scaled(17))
        strong = theme.font("strong" if row.now else "body")
        draw_text(painter, inside, row.label, strong, theme.color("text.primary"))
        inside.translate(0, scaled(15))
        color = theme.color("text.secondary" if row.now else "text.muted")
        draw_text(painter, inside, row.detail, theme.font("caption"), color)
        painter.setOpacity(1.0)
        if focused:
            ring(painter, rect, theme)
        painter.restore()

    def _chips(self, painter: QPainter, rect: QRectF, row: HistoryRow) -> float:
        """Draw the chips from the right; return where the text has to end."""
        right = self.pin(rect).left() - self._theme.scaled(2)
        chips = []
        if row.now:
            chips.append((self.tr("now"), "accent", "accent_soft"))
        if row.marked:
            chips.append((self.tr("mark"), "text.secondary", "bg.raised"))
        if row.chip:
            sign = "▲" if row.chip.startswith("+") else "▼"
            role = (
                ("state.better", "state.ok_bg") if row.good else ("state.worse", "state.error_bg")
            )
            chips.append((f"{sign} {row.chip}", *role))
        for text, color, ground in chips:
            right = self._chip(painter, rect, right, text, (color, ground))
        return right - self._theme.scaled(6)

    def _chip(
        self, painter: QPainter, rect: QRectF, right: float, text: str, roles: tuple[str, str]
    ) -> float:
        theme, scaled = self._theme, self._theme.scaled
        font = QFont(theme.font("caption"))
        font.setWeight(QFont.Weight.DemiBold)
        width = min(text_width(font, text) + scaled(10), rect.width() * 0.4)
        box = QRectF(right - width, rect.center().y() - scaled(_CHIP) / 2, width, scaled(_CHIP))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(roles[0]))
        painter.setBrush(theme.color(roles[1]))
        painter.drawRoundedRect(box, theme.px("radius.s"), theme.px("radius.s"))
        painter.restore()
        inside = box.adjusted(scaled(4), 0, -scaled(4), 0)
        draw_text(painter, inside, text, font, theme.color(roles[0]), CENTER)
        return box.left() - scaled(4)


class HistoryView(RowsView):
    """Steps, newest first.

    Signals:
        mark_wanted: The row whose pin was clicked, or that M was pressed on.
    """

    mark_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(theme, "", parent)
        self.setAccessibleName(self.tr("Steps"))
        self.setAccessibleDescription(self.tr("Enter goes to a step, M marks it"))
        self._painted = HistoryDelegate(theme, icons, self)
        self.setItemDelegate(self._painted)

    def pin_point(self, number: int) -> QPointF:
        """Return the middle of the pin of a row, in the viewport."""
        return self._painted.pin(QRectF(self.visualRect(self.model().index(number, 0)))).center()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_M and plain and isinstance(self.current, HistoryRow):
            self.mark_wanted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See Qt; the pin marks, the rest of a row goes there."""
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE)
        left = event.button() == Qt.MouseButton.LeftButton
        pin = self._painted.pin(QRectF(self.visualRect(index)))
        if left and isinstance(row, HistoryRow) and pin.contains(event.position()):
            self.mark_wanted.emit(row)
        else:
            super().mouseReleaseEvent(event)
