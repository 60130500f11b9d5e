"""The docks under the grid: tabbed, hidden at first, opened by menu, key or a link."""

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget

from midsdesk.ui.docks.head import DockHead


class BottomDocks(QObject):
    """Docks by name."""

    def __init__(self, window: QMainWindow) -> None:
        """None yet."""
        super().__init__(window)
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        window.installEventFilter(self)

    def add(self, name: str, title: str, content: QWidget, head: DockHead) -> QDockWidget:
        """Add a dock, hidden, as a tab beside the others."""
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock-{name}")
        dock.setTitleBarWidget(head)
        dock.setWidget(content)
        dock.setAccessibleName(title)
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        first = next(iter(self._docks.values()), None)
        if first is not None:
            self._window.tabifyDockWidget(first, dock)
        dock.hide()
        self._docks[name] = dock
        return dock

    def dock(self, name: str) -> QDockWidget:
        """Return a dock."""
        return self._docks[name]

    def opener(self, name: str) -> Callable[[], None]:
        """Return what opens a dock and gives it the focus; closes it where it has that already."""
        return lambda: self.toggle(name)

    def open(self, name: str) -> None:
        """Show a dock and put the focus into it."""
        dock = self._docks[name]
        dock.show()
        dock.raise_()
        content = dock.widget()
        if content is not None:
            content.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self, name: str) -> None:
        """Open a dock; close it when the focus is in it already."""
        dock = self._docks[name]
        focus = self._window.focusWidget()
        content = dock.widget()
        inside = focus is not None and content is not None and content.isAncestorOf(focus)
        if dock.isVisible() and inside:
            dock.close()
        else:
            self.open(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Qt; it makes the tabs of docks itself, and keeps them in the tab order when empty.

        The docks are reached by menu, key and F6.
        """
        if event.type() == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            child = event.child()
            if isinstance(child, QTabBar):
                child.setAccessibleName(self.tr("Docks"))
                child.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return False

    @property
    def contents(self) -> list[QWidget]:
        """Contents of the docks in sight, for F6."""
        found = [dock.widget() for dock in self._docks.values() if dock.isVisible()]
        return [each for each in found if each is not None and each.isVisible()]
