"""Opens the picker beside a slot and turns its answers into commands."""

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from midsdesk.app import commands
from midsdesk.model.build import SlottedEnhancement
from midsdesk.ui.controller import DocumentController, Make
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.picker.document_source import DocumentPickerSource, Fresh
from midsdesk.ui.picker.overlay import PickerOverlay
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme


class Picking(QObject):
    """One picker for the window."""

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        art: SlotArt,
        window: QWidget,
        grid: BuildGridView,
        totals: QWidget,
        status: StatusStrip,
        controller: DocumentController,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._grid = grid
        self._totals = totals
        self._controller = controller
        self._place: tuple[int, int] | None = None
        self.fresh = Fresh()
        self.overlay = PickerOverlay(theme, icons, window, art)
        grid.picker_requested.connect(self.open)
        self.overlay.chosen.connect(self._chosen)
        self.overlay.fill_requested.connect(self._fill)
        self.overlay.previewed.connect(self._preview)
        self.overlay.refused.connect(status.refuse)
        self.overlay.closed.connect(lambda: controller.preview(None))

    def open(self, entry: int, slot: int, rect: QRect) -> None:
        """Open for a slot; `rect` is where it stands, in global coordinates."""
        document = self._controller.document
        if document is None:
            return
        self._place = entry, slot
        bar = self._to_window(self._grid.bar_rect(entry).united(rect))
        keep = None
        if self._totals.isVisible():
            corner = self._totals.mapTo(self._window, self._totals.rect().topLeft())
            keep = QRect(corner, self._totals.size())
        source = DocumentPickerSource(document, entry, slot, self.fresh)
        self.overlay.open_beside(source, bar, keep, self._grid)

    def _to_window(self, rect: QRect) -> QRect:
        return QRect(self._window.mapFromGlobal(rect.topLeft()), rect.size())

    def _made(self, piece: SlottedEnhancement | None) -> Make | None:
        if self._place is None:
            return None
        entry, slot = self._place
        if piece is None:
            return lambda document: commands.clear_slot(document, entry, slot)
        return lambda document: commands.slot_piece(document, entry, slot, piece)

    def _chosen(self, piece: SlottedEnhancement | None) -> None:
        make = self._made(piece)
        if make is not None:
            self._controller.run(make)

    def _fill(self, set_id: str) -> None:
        if self._place is not None:
            entry = self._place[0]
            level = self.overlay.wish.level or 50
            self._controller.run(lambda d: commands.fill_with_set(d, entry, set_id, level))

    def _preview(self, piece: SlottedEnhancement | None) -> None:
        self._controller.preview(self._made(piece) if piece is not None else None)
