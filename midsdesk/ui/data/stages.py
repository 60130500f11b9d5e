"""The nine stages of an import: marks, what they found, seconds, a bar of the current one."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.data_stages import StageRow, StageWatch, State
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import RIGHT, draw_text, hairline, inner_ring
from midsdesk.ui.theme.tokens import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_HIGH, _SIGN = 34, 14
_PARTS = 1000


class StageModel(QAbstractListModel):
    """The nine rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.stages: tuple[StageRow, ...] = ()

    def set_rows(self, rows: tuple[StageRow, ...]) -> None:
        """Show other rows."""
        if len(rows) != len(self.stages):
            self.beginResetModel()
            self.stages = rows
            self.endResetModel()
            return
        for number, (old, new) in enumerate(zip(self.stages, rows, strict=True)):
            if old != new:
                self.stages = rows
                self.dataChanged.emit(self.index(number), self.index(number))
        self.stages = rows

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self.stages)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        row = self.stages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number}. {row.title}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = {
                State.WAITING: self.tr("waiting"),
                State.NOW: self.tr("working"),
                State.DONE: self.tr("done"),
                State.STOPPED: self.tr("stopped"),
            }
            parts = (f"{row.number}. {row.title}", words[row.state], row.detail)
            return ", ".join(part for part in parts if part)
        return None


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
        assert isinstance(model, StageModel)
        row, box = model.stages[index.row()], QRectF(option.rect)
        painter.save()
        size = scaled(_SIGN)
        sign = QRectF(box.left() + scaled(2), box.center().y() - size / 2, size, size)
        name, role = _sign(row)
        self._icons.paint(painter, name, sign, role)
        waiting = row.state is State.WAITING
        strong = row.state is State.NOW
        font = theme.font("strong" if strong else "body")
        color = theme.color("text.muted" if waiting else "text.primary")
        title = QRectF(sign.right() + scaled(12), box.top(), scaled(110), box.height())
        draw_text(painter, title, f"{row.number}. {row.title}", font, color)
        right = box.right() - scaled(4)
        seconds = QRectF(right - scaled(56), box.top(), scaled(56), box.height())
        if row.state is not State.WAITING and row.seconds >= 0.05:
            text = f"{row.seconds:.1f} s"
            muted = theme.color("text.muted")
            draw_text(painter, seconds, text, theme.font("caption"), muted, RIGHT)
        left = title.right()
        if row.state is State.NOW:
            bar = QRectF(seconds.left() - scaled(150), box.center().y() - scaled(2), scaled(150), 0)
            bar.setHeight(scaled(4))
            painter.fillRect(bar, theme.color("bg.input"))
            bar.setWidth(bar.width() * max(0.0, min(1.0, row.share)))
            painter.fillRect(bar, theme.color("accent"))
        room = QRectF(left, box.top(), seconds.left() - scaled(158) - left, box.height())
        draw_text(painter, room, row.detail, theme.font("body"), theme.color("text.secondary"))
        line = theme.color("line.subtle")
        hairline(painter, box.left(), box.bottom() - 1, box.width(), line)
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            width = theme.px("focus_ring")
            inner_ring(painter, box, theme.color("line.focus"), width, theme.px("radius.s"))
        painter.restore()


def _sign(row: StageRow) -> tuple[str, str]:
    if row.state is State.NOW:
        return "state-taken", "accent"
    if row.state is State.STOPPED:
        return "mark-error", "state.error"
    if row.state is State.WAITING:
        return "state-available", "text.muted"
    return ("mark-warn", "state.warn") if row.issues else ("mark-ok", "state.ok")


class StagesPage(QWidget):
    """One import: title, bar of the whole, nine stages, what it found."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = QLabel(self)
        self.title.setProperty("type", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.caption = QLabel(self)
        self.caption.setProperty("type", "caption")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _PARTS)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.list = QListView(self)
        self.stages = StageModel(self)
        self.list.setModel(self.stages)
        self.list.setItemDelegate(_Delegate(theme, icons, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Stages of the import"))
        self.found = QLabel(self)
        self.found.setWordWrap(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.show_issues = QPushButton(self.tr("Show"), self)
        self.show_issues.setProperty("link", True)
        self.show_issues.setAccessibleName(self.tr("Show what was found"))
        self.note = QLabel(self)
        self.note.setProperty("type", "caption")
        self.note.setWordWrap(True)
        self.note.setText(
            self.tr(
                "The data in use stay as they are until the last stage has passed. "
                "Cancelling leaves nothing behind."
            )
        )
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.caption)
        below = QHBoxLayout()
        below.addWidget(self.found, 1)
        below.addWidget(self.show_issues)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.list, 1)
        self._column.addLayout(below)
        self._column.addWidget(self.note)
        theme.changed.connect(self.list.scheduleDelayedItemsLayout)

    def show_watch(self, watch: StageWatch) -> None:
        """Show how far an import is."""
        self.caption.setText(watch.caption)
        self.bar.setValue(round(watch.share * _PARTS))
        self.stages.set_rows(watch.rows)

    def say(self, text: str, *, issues: bool) -> None:
        """Tell of what was found, and whether there is a list of it."""
        self.found.setText(text)
        self.found.setVisible(bool(text))
        self.show_issues.setVisible(issues)

    def restyle(self) -> None:
        """Ask the theme again."""
        scaled = self._theme.scaled
        side = round(scaled(18))
        self._column.setContentsMargins(side, round(scaled(14)), side, round(scaled(12)))
        self._column.setSpacing(round(scaled(8)))
