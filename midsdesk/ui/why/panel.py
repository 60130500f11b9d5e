"""The panel "why": an overlay of the window that boxes nobody in.

It shows one number at a time; the one before comes back with Alt+←. It stays until Esc, its close
button, or a click elsewhere in the window; pinned, the click elsewhere leaves it.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from midsdesk.app.why import Why, as_text
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import floating_ground, hairline
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.why.head import WhyBar, WhyFoot, WhyTitle
from midsdesk.ui.why.view import WhyView

WIDTH = 420
_MOST_HEIGHT, _SIDE = 560, 12


class WhyPanel(QFrame):
    """Shows a `Why`; the window says where it stands.

    Signals:
        followed: Entry and slot to go to. back_wanted: show the number before. closed.
    """

    followed = Signal(int, int)
    back_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Stay hidden until something is shown."""
        super().__init__(parent)
        self._theme = theme
        self._return_to: QWidget | None = None
        self._keeps: tuple[QWidget, ...] = ()
        self.setObjectName("why-panel")
        self.title = WhyTitle(theme, icons, self)
        self.bar = WhyBar(theme, self)
        self.view = WhyView(theme, icons, self)
        self.empty = QLabel(self.tr("Nothing adds to this number."), self)
        self.empty.setProperty("tone", "muted")
        self.foot = WhyFoot(theme, self)
        hints = ", ".join(f"{key} {text}" for key, text in self.foot.hints)
        self.view.setAccessibleDescription(hints)
        self._middle = QVBoxLayout()
        self._middle.addWidget(self.bar)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addLayout(self._middle)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self.foot)
        self.setTabOrder(self.view, self.title.back)
        self.view.followed.connect(self.followed)
        self.view.back_wanted.connect(self.back_wanted)
        self.view.copy_wanted.connect(self._copy)
        self.view.left.connect(self.close_panel)
        self.title.back.clicked.connect(self.back_wanted)
        self.title.copy.clicked.connect(self._copy)
        self.title.close_button.clicked.connect(self.close_panel)
        self.hide()
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def why(self) -> Why | None:
        """What is shown, None while closed."""
        return self.view.rows.why if self.isVisible() else None

    @property
    def pinned(self) -> bool:
        """A click elsewhere leaves it."""
        return self.title.pin.isChecked()

    def open(self, found: Why, keeps: tuple[QWidget, ...], *, can_go_back: bool) -> None:
        """Show a number and take the focus; clicks in `keeps` do not close it."""
        focus = QApplication.focusWidget()
        if not self.isVisible() or (focus is not None and not self.isAncestorOf(focus)):
            self._return_to = focus
        self._keeps = keeps
        self.title.back.setVisible(can_go_back)
        self.show_why(found)
        if not self.isVisible():
            application = QApplication.instance()
            if application is not None:
                application.installEventFilter(self)
        self.show()
        self.raise_()
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_why(self, found: Why) -> None:
        """Show new values of a number."""
        self.setAccessibleName(self.tr("Why {0} {1}").format(found.title, found.value))
        self.title.show_why(found)
        self.bar.show_why(found)
        self.view.set_why(found)
        self.empty.setVisible(not found.rows)

    def close_panel(self) -> None:
        """Close and give the focus back to where it came from."""
        self._leave(return_focus=True)

    def _leave(self, *, return_focus: bool) -> None:
        if not self.isVisible():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.hide()
        if return_focus and self._return_to is not None:
            self._return_to.setFocus(Qt.FocusReason.PopupFocusReason)
        self._return_to = None
        self.closed.emit()

    def place(self, inside: QRect, anchor: QRect, *, clear_of: QRect | None = None) -> None:
        """Stand beside `anchor` (the totals), or at the other side of what shall stay in sight.

        Args:
            inside: Where it may stand; all in coordinates of the window.
            clear_of: A bar that shall not be covered.
        """
        gap = round(self._theme.scaled(8))
        size = self.wanted(inside)
        left_of = anchor.left() - gap - size.width()
        left = left_of if left_of >= inside.left() else anchor.right() + 1 + gap
        left = max(inside.left(), min(left, inside.right() + 1 - size.width()))
        top = max(inside.top(), min(anchor.top(), inside.bottom() + 1 - size.height()))
        box = QRect(left, top, size.width(), size.height())
        if clear_of is not None and box.intersects(clear_of):
            box = _beside(box, inside, clear_of, gap)
        self.setGeometry(box)

    def wanted(self, inside: QRect) -> QSize:
        """Return the size for what is shown, within `inside`."""
        scaled = self._theme.scaled
        width = min(round(scaled(WIDTH)), inside.width())
        self.bar.fit(width - 2 * round(scaled(_SIDE)) - 2)
        fixed = self.title.sizeHint().height() + self.bar.height()
        fixed += self.foot.sizeHint().height() + round(scaled(_SIDE + 12))
        if not self.empty.isHidden():
            fixed += self.empty.sizeHint().height()
        height = fixed + self.view.content_height()
        return QSize(width, min(height, round(scaled(_MOST_HEIGHT)), inside.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; a click elsewhere in the window closes it."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._pressed(watched)
        return False

    def _pressed(self, watched: QObject) -> None:
        if not isinstance(watched, QWidget) or self.pinned or watched.window() is not self.window():
            return
        around = (self, *self._keeps)
        if not any(part is watched or part.isAncestorOf(watched) for part in around):
            self._leave(return_focus=False)

    def sizeHint(self) -> QSize:
        """See Qt."""
        return QSize(round(self._theme.scaled(WIDTH)), round(self._theme.scaled(_MOST_HEIGHT)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        floating_ground(painter, QRectF(self.rect()), theme, "bg.overlay")
        line, foot = theme.color("line.subtle"), QPointF(self.foot.pos())
        hairline(painter, 1, foot.y(), self.width() - 2, line)
        painter.end()

    def _copy(self) -> None:
        shown = self.view.rows.why
        if shown is not None:
            QGuiApplication.clipboard().setText(as_text(shown))

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(_SIDE))
        self.title.restyle()
        self._middle.setContentsMargins(side, round(scaled(6)), side, round(scaled(6)))
        self._column.setContentsMargins(1, 1, 1, 1)
        self.empty.setContentsMargins(side, round(scaled(4)), side, round(scaled(8)))
        clear = "QTreeView { background: transparent; border: none; }"
        self.view.setStyleSheet(clear)
        self.updateGeometry()
        self.update()


def _beside(box: QRect, inside: QRect, clear_of: QRect, gap: int) -> QRect:
    """Return the box moved left or right of a bar where there is room, else where it was."""
    left = QRect(box)
    left.moveRight(clear_of.left() - gap)
    right = QRect(box)
    right.moveLeft(clear_of.right() + gap)
    return next((each for each in (right, left) if inside.contains(each)), box)
