"""A surface inside the window that lies above the grid and blocks nothing.

Title with a cross, a body, a foot with buttons. Escape closes it and gives the focus back; menus,
tabs and tool bar stay within reach.
"""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from PySide6.QtWidgets import QVBoxLayout as Column

from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import floating_ground
from midsdesk.ui.theme.tokens import Theme

_WIDTH, _HEIGHT, _TITLE, _FOOT, _MARGIN = 1120, 700, 40, 52, 8


class Sheet(QFrame):
    """A child of the window; `body` and `foot` are filled by those who derive from it.

    Signals:
        closed: It was closed by its cross or with Escape, not by a button of its own.
    """

    closed = Signal()

    def __init__(self, theme: Theme, icons: Icons, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.theme = theme
        self.icons = icons
        self._window = window
        self._back: QWidget | None = None
        self._heading = ""
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = QLabel(self)
        self.title.setProperty("type", "title")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self._cross = QToolButton(self)
        self._cross.setAccessibleName(self.tr("Close"))
        self._cross.setToolTip(self.tr("Close (Esc)"))
        self._cross.clicked.connect(self._leave)
        self._head = QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self._cross)
        self.body = Column()
        self.body.setSpacing(0)
        self.foot = QHBoxLayout()
        column = Column(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)
        window.installEventFilter(self)
        theme.changed.connect(self._restyle)
        self.hide()
        self._restyle()

    def set_heading(self, text: str) -> None:
        """What stands at the top, and what a screen reader says of the whole."""
        self._heading = text
        self.title.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def open(self, focus: QWidget) -> None:
        """Show it above the rest and put the focus on a part of it."""
        before = QApplication.focusWidget()
        if before is not None and not self.isAncestorOf(before):
            self._back = before
        self.place()
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Hide it; the focus goes back to where it came from."""
        if not self.isVisible():
            return
        inside = QApplication.focusWidget()
        returns = inside is None or self.isAncestorOf(inside)
        self.hide()
        if returns and self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)
        self._back = None

    def room(self) -> QRect:
        """The part of the window that it may cover."""
        rect = self._window.rect()
        if isinstance(self._window, QMainWindow):
            above = self._window.menuWidget()
            rect.setTop(above.geometry().bottom() + 1 if above is not None else 0)
            rect.setBottom(self._window.statusBar().geometry().top() - 1)
        return rect

    def place(self) -> None:
        """Stand in the middle of the room, smaller if the room is."""
        room = self.room()
        margin = round(self.theme.scaled(_MARGIN))
        width = min(round(self.theme.scaled(_WIDTH)), room.width() - 2 * margin)
        height = min(round(self.theme.scaled(_HEIGHT)), room.height() - 2 * margin)
        left = room.left() + (room.width() - width) // 2
        top = room.top() + max(margin, (room.height() - height) // 3)
        self.setGeometry(left, top, max(1, width), max(1, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long names of files lose their middle."""
        super().resizeEvent(event)
        self._elide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside, as it does in every region."""
        inside = [
            each
            for each in self.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.isEnabled()
            and each.isVisibleTo(self)
        ]
        chain = _in_tab_order(self, inside)
        here = QApplication.focusWidget()
        if not chain:
            return False
        at = chain.index(here) if here in chain else -1
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        chain[(at + step) % len(chain)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the body, the border, and the lines under the title and above the foot."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floating_ground(painter, QRectF(self.rect()), theme, "bg.raised")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        line = theme.color("line.subtle")
        top, bottom = self._head.geometry().bottom(), self.foot.geometry().top()
        for y in (top, bottom):
            painter.fillRect(1, y, self.width() - 2, 1, line)
        painter.end()

    def restyle(self) -> None:
        """Ask the theme again; for those who derive from it."""

    def _elide(self) -> None:
        room = self.width() - round(self.theme.scaled(16 + 8 + 26 + 16))
        middle = Qt.TextElideMode.ElideMiddle
        self.title.setText(self.title.fontMetrics().elidedText(self._heading, middle, room))

    def _leave(self) -> None:
        self.close_sheet()
        self.closed.emit()

    def _restyle(self) -> None:
        scaled = self.theme.scaled
        side = round(scaled(16))
        self._head.setContentsMargins(side, 0, round(scaled(8)), 1)
        self.title.setMinimumHeight(round(scaled(_TITLE)))
        self.foot.setContentsMargins(side, round(scaled(12)), side, round(scaled(12)))
        self.foot.setSpacing(round(scaled(8)))
        self._cross.setIcon(self.icons.icon("act-close", "text.secondary", scaled(14)))
        button = round(scaled(26))
        self._cross.setFixedSize(button, button)
        self._cross.setIconSize(QSize(round(scaled(14)), round(scaled(14))))
        self.restyle()
        if self.isVisible():
            self.place()
        self.update()


def _in_tab_order(owner: QWidget, wanted: list[QWidget]) -> list[QWidget]:
    """The widgets in the order Tab visits them."""
    found: list[QWidget] = []
    known = set(wanted)
    each = owner.nextInFocusChain()
    while each is not None and each is not owner:
        if each in known:
            found.append(each)
        each = each.nextInFocusChain()
    return found
