"""Shows the card for what the pointer or the focus rests on."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QCursor, QKeyEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from midsdesk.app.ports import Calculation
from midsdesk.app.what_if import Foreseen, Wish, foresee
from midsdesk.ui.card.card import HoverCard
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_POINTER = 24


class Hovering(QObject):
    """One card for the window."""

    def __init__(
        self, theme: Theme, icons: Icons, window: QWidget, controller: DocumentController
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._controller = controller
        self._wish: Wish | None = None
        self._foreseen: Foreseen | None = None
        self.card = HoverCard(theme, icons, window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        controller.wished.connect(self._wished)
        controller.previewed.connect(self._previewed)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc hides the card until something else is pointed at."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.card.isVisible():
                self._hide()
        elif event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.Resize):
            self._hide()
        return False

    def _wished(self, wish: Wish | None) -> None:
        open_already = self.card.isVisible()
        self._wish, self._foreseen = wish, None
        self._timer.stop()
        if wish is None:
            self._hide()
            return
        delay = self._theme.duration("hover_delay")
        self._timer.start(self._theme.duration("what_if_delay") + 10 if open_already else delay)

    def _previewed(self, calculation: Calculation | None) -> None:
        document = self._controller.document
        if self._wish is None or calculation is None or document is None:
            return
        self._foreseen = foresee(document, self._wish, calculation)
        if self.card.isVisible():
            self._show()

    def _show(self) -> None:
        if self._wish is not None and self._window.isVisible():
            self.card.show_wish(self._wish, self._foreseen, self._beside())

    def _hide(self) -> None:
        self._timer.stop()
        self.card.hide()

    def _beside(self) -> QRect:
        """Return where the pointer is, or what has the focus when keys are used."""
        focus = QApplication.focusWidget()
        pointer = self._window.mapFromGlobal(QCursor.pos())
        if self._controller.pointed_by_key and isinstance(focus, QAbstractItemView):
            box = focus.visualRect(focus.currentIndex())
            corner = focus.viewport().mapTo(self._window, box.topLeft())
            return QRect(corner, box.size())
        size = round(self._theme.scaled(_POINTER))
        return QRect(pointer - QPoint(size // 3, size // 4), QSize(size, size))
