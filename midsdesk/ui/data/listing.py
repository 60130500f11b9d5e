"""The list of installed data sets: name, date, who uses it."""

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from midsdesk.app.data_desk import SetRow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import CENTER, RIGHT, draw_text, inner_ring, text_width
from midsdesk.ui.theme.tokens import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_HIGH, _SIGN = 52, 20
ROW: Final = Qt.ItemDataRole.UserRole


class SetModel(QAbstractListModel):
    """The rows on show."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[SetRow, ...] = ()

    def set_rows(self, rows: tuple[SetRow, ...]) -> None:
        """Show other rows."""
        if [row.name for row in rows] == [row.name for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def rows(self) -> tuple[SetRow, ...]:
        """What is on show."""
        return self._rows

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.fault or f"{row.label}\n{detail(row)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            tags = ", ".join(text for text, *_ in self.tags(row))
            parts = (row.label, tags, detail(row), self.users(row), row.fault)
            return ", ".join(part for part in parts if part)
        return None

    def tags(self, row: SetRow) -> tuple[tuple[str, str, str], ...]:
        """Words in frames beside the name: text, colour of the line, colour behind."""
        found = []
        if row.fault:
            found.append((self.tr("damaged"), "state.error", "state.error_bg"))
        if row.in_use:
            found.append((self.tr("new builds"), "accent", "accent_soft"))
        if row.here:
            found.append((self.tr("this build"), "state.ok", "state.ok_bg"))
        return tuple(found)

    def users(self, row: SetRow) -> str:
        """How many open builds are on it."""
        if row.builds == 1:
            return self.tr("1 build open")
        return self.tr("{0} builds open").format(row.builds) if row.builds else ""


def detail(row: SetRow) -> str:
    """Date and version in one line."""
    return " · ".join(part for part in (row.date, row.version, f"{row.megabytes:.1f} MB") if part)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._view = theme, icons, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """See Qt."""
        return QSize(10, round(self._theme.scaled(_HIGH)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """See Qt."""
        theme, scaled = self._theme, self._theme.scaled
        model = index.model()
        assert isinstance(model, SetModel)
        row, box = model.rows[index.row()], QRectF(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, theme.color("accent_soft"))
            band = QRectF(box.left(), box.top(), scaled(3), box.height())
            painter.fillRect(band, theme.color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("bg.hover"))
        size = scaled(_SIGN)
        sign = QRectF(box.left() + scaled(14), box.center().y() - size / 2, size, size)
        role = "state.error" if row.fault else "accent" if row.here else "text.secondary"
        self._icons.paint(painter, "act-database", sign, role)
        left = sign.right() + scaled(12)
        right = self._users(painter, box, model.users(row))
        high = scaled(17)
        line = QRectF(left, box.center().y() - high, right - left, high)
        wide = min(text_width(theme.font("strong"), row.title), line.width())
        draw_text(painter, line, row.title, theme.font("strong"), theme.color("text.primary"))
        self._tags(painter, left + wide + scaled(6), right, line, model.tags(row))
        below = line.translated(0, high)
        text, color = (row.fault, "state.error") if row.fault else (detail(row), "text.muted")
        draw_text(painter, below, text, theme.font("caption"), theme.color(color))
        if chosen and self._view.hasFocus():
            width = theme.px("focus_ring")
            inner_ring(painter, box, theme.color("line.focus"), width, theme.px("radius.s"))
        painter.restore()

    def _users(self, painter: QPainter, box: QRectF, text: str) -> float:
        theme = self._theme
        right = box.right() - theme.scaled(14)
        if not text:
            return right
        font = theme.font("caption")
        wide = text_width(font, text)
        place = QRectF(right - wide, box.top(), wide, box.height())
        draw_text(painter, place, text, font, theme.color("text.muted"), RIGHT)
        return right - wide - theme.scaled(8)

    def _tags(
        self,
        painter: QPainter,
        left: float,
        right: float,
        line: QRectF,
        tags: tuple[tuple[str, str, str], ...],
    ) -> None:
        theme, scaled, font = self._theme, self._theme.scaled, self._theme.font("caption")
        for text, color, behind in tags:
            wide = text_width(font, text) + scaled(10)
            if left + wide > right:
                return
            chip = QRectF(left, line.center().y() - scaled(8), wide, scaled(16))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color(color), 1))
            painter.setBrush(theme.color(behind))
            painter.drawRoundedRect(chip, scaled(3), scaled(3))
            draw_text(painter, chip, text, font, theme.color("text.primary"), CENTER)
            left = chip.right() + scaled(5)


class SetList(QListView):
    """Chosen with arrows and clicks; `current_row` is the chosen one."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.sets = SetModel(self)
        self.setModel(self.sets)
        self.setItemDelegate(_Delegate(theme, icons, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Installed game data"))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current_row(self) -> SetRow | None:
        """The chosen data set."""
        number = self.currentIndex().row()
        return self.sets.rows[number] if 0 <= number < len(self.sets.rows) else None

    def set_rows(self, rows: tuple[SetRow, ...], wanted: str = "") -> None:
        """Show rows; `wanted` or else the one chosen before stays chosen."""
        before = self.current_row
        self.sets.set_rows(rows)
        name = wanted or (before.name if before is not None else "")
        names = [row.name for row in rows]
        here = next((n for n, row in enumerate(rows) if row.here), 0)
        number = names.index(name) if name in names else here
        if rows:
            self.setCurrentIndex(self.sets.index(number))
