"""Opens the sheet of accolades and the like and turns its wishes into commands."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from midsdesk.app import commands, extras
from midsdesk.app.extras import Page
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.extras.sheet import ExtrasSheet
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme


class Adding(QObject):
    """One sheet for the window."""

    def __init__(
        self, theme: Theme, icons: Icons, window: QWidget, controller: DocumentController
    ) -> None:
        super().__init__(window)
        self._controller = controller
        self.sheet = ExtrasSheet(theme, icons, window)
        self.sheet.toggled.connect(
            lambda power: controller.run(lambda d: commands.toggle_other(d, power))
        )
        self.sheet.pointed.connect(controller.point_at_other)
        self.sheet.closed.connect(lambda: controller.point_at_other(""))
        controller.changed.connect(self._refresh)

    def open(self, kind: str) -> None:
        """Show the powers of a kind."""
        if self._controller.document is not None:
            self.sheet.open_kind(kind, self._pages)

    def _pages(self, kind: str) -> tuple[Page, ...]:
        document = self._controller.document
        return extras.pages(document, kind) if document is not None else ()

    def _refresh(self) -> None:
        if self.sheet.isVisible():
            self.sheet.refresh()
