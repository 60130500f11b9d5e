"""The list of an import report: place, mark, what the file says, what was made of it."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from midsdesk.app.import_rows import Mark, Row
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
PLACE, ORIGINAL, MADE = range(3)
_SIGNS: Final = {
    Mark.UNDERSTOOD: ("mark-ok", "state.ok"),
    Mark.NOTE: ("mark-info", "text.muted"),
    Mark.GUESSED: ("mark-info", "state.info"),
    Mark.CHOICE: ("mark-warn", "state.warn"),
    Mark.DECIDED: ("mark-ok", "state.info"),
    Mark.LOST: ("mark-error", "state.error"),
}
_ROW, _SIGN, _GAP = 28, 14, 8


class RowsModel(QAbstractTableModel):
    """The rows on show."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self.by_line = False

    def set_rows(self, rows: tuple[Row, ...], *, by_line: bool) -> None:
        """Show other rows; the same number of them keeps the current one."""
        if len(rows) == len(self._rows) and by_line == self.by_line:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(max(0, len(rows) - 1), MADE))
            return
        self.beginResetModel()
        self._rows, self.by_line = rows, by_line
        self.endResetModel()

    def row(self, number: int) -> Row:
        """A row by its number on show."""
        return self._rows[number]

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """See Qt."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        place = self.tr("Line") if self.by_line else self.tr("Where")
        return (place, self.tr("In the file"), self.tr("Understood as"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        row = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            where = str(row.line or "") if self.by_line else row.place
            return (where, row.original, self.made(row))[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return (row.place, row.original, self.made(row))[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        return None

    def made(self, row: Row) -> str:
        """What was made of a row; where lines are counted, the place stands in front."""
        if self.by_line and row.place and row.mark not in (Mark.UNDERSTOOD, Mark.DECIDED):
            return f"{row.place}: {row.made}"
        return row.made

    def spoken(self, row: Row) -> str:
        """A row as a screen reader says it."""
        words = {
            Mark.UNDERSTOOD: self.tr("understood"),
            Mark.NOTE: self.tr("note"),
            Mark.GUESSED: self.tr("guessed"),
            Mark.CHOICE: self.tr("needs your choice"),
            Mark.DECIDED: self.tr("decided"),
            Mark.LOST: self.tr("left out"),
        }
        where = self.tr("line {0}").format(row.line) if row.line else row.place
        parts = (where, row.original, words[row.mark], row.made)
        return ", ".join(part for part in parts if part)


class RowsDelegate(QStyledItemDelegate):
    """Paints a row; the mark stands before what the file says."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """See Qt."""
        return QSize(10, round(self._theme.scaled(_ROW)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """See Qt."""
        model = index.model()
        assert isinstance(model, RowsModel)
        row, theme = model.row(index.row()), self._theme
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("accent_soft"))
            if index.column() == PLACE:
                band = QRectF(box.left(), box.top(), theme.scaled(3), box.height())
                painter.fillRect(band, theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("bg.hover"))
        inner = box.adjusted(theme.scaled(_GAP), 0, -theme.scaled(4), 0)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        font, color = theme.font("body"), theme.color("text.secondary")
        if index.column() == PLACE:
            color = theme.color("text.muted")
            if model.by_line:
                align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        elif index.column() == ORIGINAL:
            name, role = _SIGNS[row.mark]
            size = theme.scaled(_SIGN)
            sign = QRectF(inner.left(), box.center().y() - size / 2, size, size)
            self._icons.paint(painter, name, sign, role)
            inner.setLeft(sign.right() + theme.scaled(_GAP))
            font, color = mono(theme), theme.color("text.primary")
        elif row.mark is Mark.UNDERSTOOD:
            color = theme.color("text.primary")
        painter.setFont(font)
        painter.setPen(color)
        text = str(index.data() or "")
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, max(0, int(inner.width()))
        )
        painter.drawText(inner, int(align), shown)
        painter.restore()


class RowsView(QTreeView):
    """The list; up and down move, Enter and right go to the chooser.

    Signals:
        entered_row: A person wants to decide about the current row.
    """

    entered_row = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowsDelegate(theme, icons, self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Lines of the file"))
        head = self.header()
        head.setStretchLastSection(True)
        head.setSectionsMovable(False)
        head.setMinimumSectionSize(1)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def go_to(self, number: int, *, centre: bool = False) -> None:
        """Make a row current and bring it in sight."""
        if 0 <= number < self.rows.rowCount():
            index = self.rows.index(number, PLACE)
            self.setCurrentIndex(index)
            hint = QAbstractItemView.ScrollHint
            self.scrollTo(index, hint.PositionAtCenter if centre else hint.EnsureVisible)

    def fit(self) -> None:
        """Share the width among the columns."""
        scaled = self._theme.scaled
        place = round(scaled(48)) if self.rows.by_line else round(scaled(176))
        rest = max(2, self.viewport().width() - place)
        self.header().resizeSection(PLACE, place)
        self.header().resizeSection(ORIGINAL, round(rest * 0.52))
        self.header().resizeSection(MADE, rest - round(rest * 0.52))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See Qt."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """See Qt."""
        super().resizeEvent(event)
        self.fit()


def mono(theme: Theme) -> QFont:
    """The font of texts from files: of one width, a little smaller than the rest."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(theme.points(11.5))
    return font
