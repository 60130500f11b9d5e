"""The field with its list, over the upper middle of the window."""

from collections.abc import Callable, Sequence
from time import perf_counter

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.everything import KINDS, Row, Section
from midsdesk.ui.finding.delegate import FoundDelegate
from midsdesk.ui.finding.model import FoundModel
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.paint import floating_ground
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.segments import Segments

_WIDTH, _TOP, _FIELD, _FOOT, _MOST = 640, 92, 46, 26, 480
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
Find = Callable[[str, str], Sequence[Section]]


class FindOverlay(QFrame):
    """A child of the window; asks `find` at every key.

    Signals:
        chosen: A `Row`, and whether it shall only be shown.
    """

    chosen = Signal(object, bool)

    def __init__(self, theme: Theme, icons: Icons, art: SlotArt, window: QWidget) -> None:
        """Stay hidden until `open`."""
        super().__init__(window)
        self._theme = theme
        self._find: Find = lambda _text, _kind: ()
        self._back: QWidget | None = None
        self._kind = KINDS[0][0]
        self.setObjectName("find-overlay")
        self.setAccessibleName(self.tr("Search everything"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search everything"))
        self.field.setAccessibleName(self.tr("Search everything"))
        self.field.setFrame(False)
        self.field.addAction(
            icons.icon("act-search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.kinds = Segments(self.tr("Kind"), KINDS, self, narrow=True)
        self.kinds.set_current(self._kind)
        self.model = FoundModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self._delegate = FoundDelegate(theme, icons, art, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Results"))
        self.empty = QLabel(self)
        self.empty.setProperty("tone", "muted")
        self.empty.setWordWrap(True)
        hints = self.tr("↑ ↓ choose · Tab next kind · Ctrl+Enter only show · Esc close")
        self.hints = QLabel(hints, self)
        self.count = QLabel(self)
        for label in (self.hints, self.count):
            label.setProperty("type", "caption")
            label.setProperty("tone", "muted")
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.field, 1)
        self._head.addWidget(self.kinds)
        self._foot.addWidget(self.hints, 1)
        self._foot.addWidget(self.count)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.empty)
        self._column.addLayout(self._foot)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.kinds.chosen.connect(self._choose_kind)
        self.list.clicked.connect(lambda index: self._take(index, show=False))
        window.installEventFilter(self)
        theme.changed.connect(self._restyle)
        self.hide()
        self._restyle()

    def open(self, find: Find, text: str = "") -> None:
        """Show the field with a text and take the focus."""
        self._find = find
        if not self.isVisible():
            self._back = QApplication.focusWidget()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self.field.setText(text)
        self._choose_kind(KINDS[0][0])
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_overlay(self, *, give_back: bool = True) -> None:
        """Close; the focus goes back to where it came from."""
        if not self.isVisible():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.hide()
        if give_back and self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Stand in the upper middle of the window, inside it."""
        window = self.parentWidget()
        if window is None:
            return
        scaled = self._theme.scaled
        width = min(round(scaled(_WIDTH)), window.width() - round(scaled(16)))
        top = min(round(scaled(_TOP)), max(0, window.height() // 8))
        height = min(round(scaled(_MOST)), window.height() - top - round(scaled(16)))
        self.setGeometry((window.width() - width) // 2, top, width, height)

    @property
    def rows(self) -> list[Row]:
        """What is shown, without the headings."""
        items = [self.model.item(number) for number in range(self.model.rowCount())]
        return [item for item in items if isinstance(item, Row)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field work the list; a click elsewhere closes."""
        kind = event.type()
        if watched is self.field and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self.parent() and kind == QEvent.Type.Resize and self.isVisible():
            self.place()
        if kind == QEvent.Type.MouseButtonPress and self._is_outside(watched):
            self.close_overlay(give_back=False)
        return False

    def _is_outside(self, watched: QObject) -> bool:
        """Return whether something of the same window lies beside the overlay."""
        if not isinstance(watched, QWidget) or not self.isVisible():
            return False
        inside = watched is self or self.isAncestorOf(watched)
        return not inside and watched.window() is self.window()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        floating_ground(painter, QRectF(self.rect()), theme, "bg.overlay")
        painter.end()

    # --- searching ---------------------------------------------------------------------------
    def _search(self) -> None:
        begun = perf_counter()
        text = self.field.text()
        sections = self._find(text, self._kind)
        self._delegate.text = text
        self.model.set_sections(sections)
        first = self.model.next_row(-1, 1)
        self._go(first)
        rows = sum(len(section.rows) for section in sections)
        self.list.setVisible(rows > 0)
        self.empty.setVisible(rows == 0)
        self.empty.setText(
            self.tr(
                "Nothing is called “{0}”. Try a part of a name, “lotg”, or “gives recharge”."
            ).format(text)
        )
        spent = (perf_counter() - begun) * 1000
        self.count.setText(self.tr("{0} results in {1} ms").format(rows, f"{spent:.0f}"))

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self.kinds.set_current(kind)
        self._search()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        row = self.list.currentIndex().row()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        if key in steps:
            for _ in range(abs(steps[Qt.Key(key)])):
                row = self.model.next_row(row, 1 if steps[Qt.Key(key)] > 0 else -1)
            self._go(row)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            names = [name for name, _ in KINDS]
            step = 1 if key == Qt.Key.Key_Tab else -1
            self._choose_kind(names[(names.index(self._kind) + step) % len(names)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            show = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._take(self.list.currentIndex(), show=show)
        elif key == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            return False
        return True

    def _go(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)

    def _take(self, index: QModelIndex, *, show: bool) -> None:
        row = self.model.item(index.row())
        if not isinstance(row, Row):
            return
        if row.refusal and not show:
            self.count.setText(row.refusal)
            return
        self.close_overlay()
        self.chosen.emit(row, show)

    def _restyle(self) -> None:
        scaled = self._theme.scaled
        side = round(scaled(14))
        self._column.setContentsMargins(1, 1, 1, 1)
        self._head.setContentsMargins(round(scaled(8)), round(scaled(8)), side, round(scaled(6)))
        self._head.setSpacing(round(scaled(8)))
        self._foot.setContentsMargins(side, round(scaled(4)), side, round(scaled(6)))
        self.empty.setContentsMargins(side, round(scaled(12)), side, round(scaled(12)))
        self.field.setMinimumHeight(round(scaled(_FIELD - 16)))
        self.place()
