"""Lists in two or three columns: what changed for a build, and what an import found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import draw_text, hairline
from midsdesk.ui.theme.tokens import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_HIGH, _SIGN = 28, 13


@dataclass(frozen=True, slots=True)
class Line:
    """One row of texts.

    Attributes:
        spoken: As a screen reader says it. heading: one text over all columns.
        sign: Icon before the first text and its colour, ("", "") for none.
    """

    texts: tuple[str, ...]
    spoken: str
    heading: bool = False
    sign: tuple[str, str] = ("", "")


class _Model(QAbstractTableModel):
    def __init__(self, heads: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.heads[section] if wanted else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.texts[column] if column < len(line.texts) else ""
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(10, round(self._theme.scaled(_HIGH)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme, scaled, model = self._theme, self._theme.scaled, index.model()
        assert isinstance(model, _Model)
        line, box = model.lines[index.row()], QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("bg.hover"))
        inner = box.adjusted(scaled(8), 0, -scaled(4), 0)
        if line.sign[0] and index.column() == 0:
            size = scaled(_SIGN)
            place = QRectF(inner.left(), box.center().y() - size / 2, size, size)
            self._icons.paint(painter, line.sign[0], place, line.sign[1])
            inner.setLeft(place.right() + scaled(8))
        font = theme.font("strong" if line.heading else "body")
        last = index.column() == len(model.heads) - 1
        role = "text.primary" if line.heading or index.column() == 0 or last else "text.secondary"
        draw_text(painter, inner, str(index.data() or ""), font, theme.color(role))
        color = theme.color("line.subtle")
        hairline(painter, box.left(), box.bottom() - 1, box.width(), color)
        painter.restore()


class Table(QTreeView):
    """Rows of texts; the first column takes what the others leave."""

    def __init__(
        self, theme: Theme, icons: Icons, name: str, heads: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = _Model(heads, self)
        self.setModel(self._lines)
        self.setItemDelegate(_Delegate(theme, icons, self))
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setMinimumSectionSize(1)
        head.setSectionsMovable(False)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.restyle()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is on show."""
        return self._lines.lines

    def set_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other rows; headings go over all columns."""
        self._lines.set_lines(lines)
        for number, line in enumerate(lines):
            self.setFirstColumnSpanned(number, QModelIndex(), line.heading)
        if lines:
            self.setCurrentIndex(self._lines.index(0, 0))

    def restyle(self) -> None:
        """Ask the theme again."""
        theme, scaled = self._theme, self._theme.scaled
        back, muted = theme.color("bg.raised").name(), theme.color("text.muted").name()
        self.setStyleSheet(
            f"QTreeView {{ background: {back}; border: none; }}"
            f"QHeaderView, QHeaderView::section {{ background: {back}; color: {muted};"
            f" border: none; padding: 0 {round(scaled(8))}px; }}"
        )
        self.header().setFixedHeight(round(scaled(26)))
        self.header().setFont(theme.font("caption"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See Qt."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = len(self._lines.heads)
        wide = self.viewport().width()
        first = round(wide * 0.4)
        self.header().resizeSection(0, first)
        for column in range(1, columns):
            self.header().resizeSection(column, max(1, (wide - first) // (columns - 1)))
