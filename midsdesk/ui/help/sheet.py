"""The help page: everything one can do with mouse and keys, to be searched."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QAction, QFont, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from midsdesk.ui.help.rows import HelpRow, help_rows
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import draw_text, hairline
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.rows import ROW_ROLE, RowsView, ring
from midsdesk.ui.widgets.sheet import Sheet

Index = QModelIndex | QPersistentModelIndex
_ROW, _HEAD, _KEYS, _SIDE = 24, 30, 240, 12


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        tall = _HEAD if isinstance(index.data(ROW_ROLE), str) else _ROW
        return QSize(1, round(self._theme.scaled(tall)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        theme, scaled = self._theme, self._theme.scaled
        painter.save()
        rect = QRectF(option.rect)
        inside = rect.adjusted(scaled(_SIDE), 0, -scaled(_SIDE), 0)
        if isinstance(row, str):
            font = QFont(theme.font("caption"))
            font.setWeight(QFont.Weight.DemiBold)
            used = draw_text(painter, inside, row, font, theme.color("text.secondary"))
            left = inside.left() + used + scaled(8)
            line = theme.color("line.subtle")
            hairline(painter, left, rect.center().y(), inside.right() - left, line)
        elif isinstance(row, HelpRow):
            width = min(scaled(_KEYS), inside.width() * 0.4)
            keys = QRectF(inside.left(), inside.top(), width - scaled(8), inside.height())
            draw_text(painter, keys, row.keys, theme.font("strong"), theme.color("text.primary"))
            what = inside.adjusted(width, 0, 0, 0)
            draw_text(painter, what, row.what, theme.font("body"), theme.color("text.secondary"))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            ring(painter, rect, theme)
        painter.restore()


class HelpSheet(Sheet):
    """Shows gestures and keys."""

    def __init__(
        self, theme: Theme, icons: Icons, window: QWidget, actions: Mapping[str, QAction]
    ) -> None:
        """Stay hidden until `open_page`."""
        self._actions = actions
        super().__init__(theme, icons, window, "help-sheet")
        self.set_heading(self.tr("Mouse and keys"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Search help"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _: self._fill())
        self.list = RowsView(theme, self.tr("Mouse and keys"), self)
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.empty = QLabel(self)
        self.empty.setProperty("tone", "muted")
        for part in (self.field, self.empty):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        hint = QLabel(self.tr("Ctrl+K finds every power, set, bonus and command by name."), self)
        hint.setProperty("type", "caption")
        close = QPushButton(self.tr("Close"), self)
        close.setProperty("primary", True)
        close.clicked.connect(self.close_sheet)
        self.foot.addWidget(hint, 1)
        self.foot.addWidget(close)
        self._restyle_body()

    def open_page(self) -> None:
        """Open with everything."""
        self.field.clear()
        self._fill()
        self.open(self.field)

    def restyle(self) -> None:
        """See `Sheet`."""
        self._restyle_body()

    def _restyle_body(self) -> None:
        side = round(self.theme.scaled(_SIDE))
        self.body.setContentsMargins(side, side, side, 0)
        self.body.setSpacing(round(self.theme.scaled(6)))

    def _fill(self) -> None:
        rows = help_rows(self._actions, self.field.text())
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(self.tr("Nothing here tells of “{0}”.").format(self.field.text()))
