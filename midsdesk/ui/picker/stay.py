"""How long the picker stays and where: beside its bar, inside the window, until the focus goes."""

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from midsdesk.ui.picker.frame import PickerFrame
from midsdesk.ui.picker.placement import Surroundings, place
from midsdesk.ui.theme.tokens import Theme


class Stay(QObject):
    """One stay after another; `left` says that the focus went to another part of the window."""

    left = Signal()

    def __init__(self, picker: PickerFrame, theme: Theme) -> None:
        """Watch nothing yet."""
        super().__init__(picker)
        self._picker = picker
        self._theme = theme
        self._around: Surroundings | None = None
        self._return_to: QWidget | None = None
        self._watching = False

    def begin(self, bar: QRect, keep_clear: QRect | None, return_to: QWidget | None) -> None:
        """Place the picker beside `bar`; all in coordinates of its parent, the window."""
        self.end()
        self._return_to = return_to
        window = self._picker.parentWidget()
        if window is not None:
            pointer = window.mapFromGlobal(QCursor.pos())
            self._around = Surroundings(window.rect(), bar, pointer, keep_clear, self._theme.scale)
            self._put(self._around)
            window.installEventFilter(self)

    def watch_focus(self) -> None:
        """From now on a click elsewhere ends the stay."""
        application = QApplication.instance()
        if isinstance(application, QApplication) and not self._watching:
            application.focusChanged.connect(self._follow_focus)
            self._watching = True

    def end(self) -> QWidget | None:
        """Watch no longer; return who had the focus before."""
        application = QApplication.instance()
        if self._watching and isinstance(application, QApplication):
            application.focusChanged.disconnect(self._follow_focus)
        window = self._picker.parentWidget()
        if self._around is not None and window is not None:
            window.removeEventFilter(self)
        self._watching, self._around = False, None
        back, self._return_to = self._return_to, None
        return back

    def _put(self, around: Surroundings) -> None:
        picker = self._picker
        picker.setGeometry(place(picker.sizeHint(), picker.lowest_height(), around))

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The window losing the focus to another program ends nothing."""
        if now is not None and now is not self._picker and not self._picker.isAncestorOf(now):
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; keeps the picker inside when the window changes its size."""
        window, around = self._picker.parentWidget(), self._around
        resized = watched is window and event.type() == QEvent.Type.Resize
        if resized and window is not None and around is not None:
            self._put(
                Surroundings(window.rect(), around.bar, None, around.keep_clear, around.scale)
            )
        return False


class DoubleClickGuard(QObject):
    """Swallows the second click of a double click that closed the picker with its first."""

    def __init__(self, picker: QWidget) -> None:
        """Guard nothing yet."""
        super().__init__(picker)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._stop)

    def start(self) -> None:
        """Watch for the time of a double click."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            application.installEventFilter(self)
            self._timer.start(QApplication.doubleClickInterval())

    def _stop(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; asks no widget: while the program ends, `watched` may be the last one left."""
        return event.type() == QEvent.Type.MouseButtonDblClick and watched.isWidgetType()
