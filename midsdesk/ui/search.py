"""Opens the search over everything and does what its rows promise."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from midsdesk.app import commands, everything
from midsdesk.app.everything import Act, Known, Row, Section
from midsdesk.app.search import Search, SearchIndex
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.ids import EnhancementId
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.finding.overlay import FindOverlay
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.picking import Picking
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_NOT_LISTED = frozenset({"search"})


class Searching(QObject):
    """One search for the window."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        art: SlotArt,
        window: QWidget,
        grid: BuildGridView,
        picking: Picking,
        controller: DocumentController,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__(window)
        self._grid = grid
        self._picking = picking
        self._controller = controller
        self._actions = actions
        self._index: tuple[Catalog, Search] | None = None
        self.overlay = FindOverlay(theme, icons, art, window)
        self.overlay.chosen.connect(self._chosen)

    def open(self, text: str = "") -> None:
        """Open the field, with a text to go on from."""
        self.overlay.open(self._find, text)

    def _find(self, text: str, kind: str) -> tuple[Section, ...]:
        document = self._controller.document
        if document is None:
            return ()
        if self._index is None or self._index[0] is not document.catalog:
            catalog: Catalog = document.catalog
            if not isinstance(catalog, SearchIndex):
                return ()
            self._index = catalog, Search(catalog, catalog)
        return everything.find(text, document, self._index[1], self._known(), kind)

    def _known(self) -> list[Known]:
        return [
            Known(
                name,
                action.text().replace("&", "").rstrip("…"),
                action.shortcut().toString(),
                enabled=action.isEnabled(),
            )
            for name, action in self._actions.items()
            if name not in _NOT_LISTED
        ]

    def _chosen(self, row: Row, show: bool) -> None:
        if row.act is Act.RUN:
            self._actions[row.target].trigger()
        elif show or row.act in (Act.GO, Act.SHOW):
            self._show(row)
        elif row.act is Act.TAKE:
            if self._controller.run(lambda d: commands.take_power(d, row.target)):
                self._show(row)
        elif row.act is Act.SLOT:
            piece = SlottedEnhancement(EnhancementId(row.target))
            self._controller.run(lambda d: commands.slot_piece(d, row.entry, row.slot, piece))
            self._go(row.entry, row.slot)
        elif row.act is Act.PICK:
            self._go(row.entry, row.slot)
            self._picking.open(row.entry, row.slot, self._grid.slot_rect(row.entry, row.slot))
            self._picking.overlay.search_field.setText(row.name)

    def _show(self, row: Row) -> None:
        if row.entry >= 0 and row.act is not Act.TAKE:
            self._go(row.entry, row.slot)
            return
        document = self._controller.document
        entry = document.build.find(row.target) if document is not None else None
        if entry is not None:
            self._go(entry, -1)
        else:
            self._controller.show_power(row.target)

    def _go(self, entry: int, slot: int) -> None:
        self._grid.set_current(entry, slot)
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
