"""Hints at the first steps of somebody new: one bar each, once, never in the way."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from midsdesk.app.document import Document
from midsdesk.app.settings import Settings
from midsdesk.errors import MidsdeskError
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.widgets.messages import MessageArea, Remedy, Tone


class Hints(QObject):
    """Shows a hint when its moment comes; what was shown is kept in the settings.

    Settings that are kept nowhere would show them at every start: then there are none.
    """

    def __init__(
        self,
        settings: Settings,
        messages: MessageArea,
        controller: DocumentController,
        show_help: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._messages = messages
        self._controller = controller
        self._show_help = show_help
        if settings.path is not None:
            controller.changed.connect(self._look)

    def _look(self) -> None:
        document = self._controller.document
        if document is None or document.path is not None:
            return
        name = _moment(document)
        seen = self._settings.get("hints_seen")
        if not name or name in seen:
            return
        try:
            self._settings.set("hints_seen", (*seen, name))
        except MidsdeskError:
            return  # it cannot be remembered, so it would come again and again
        remedy = Remedy(self.tr("All gestures and keys"), self._show_help)
        self._messages.show_message(Tone.INFO, self._text(name), remedy)

    def _text(self, name: str) -> str:
        match name:
            case "start":
                return self.tr("Choose archetype and powersets, then click the powers you want.")
            case "power":
                return self.tr("Click a bar to buy it a slot; its light switches the power.")
            case "slot":
                return self.tr("Right click a slot, or press Enter on it, to choose a piece.")
        return self.tr("Middle click on other slots puts the next piece of the set there.")


def _moment(document: Document) -> str:
    """The furthest step a build has taken: "start", "power", "slot" or "piece"."""
    picks = [entry for entry in document.build.picks if not entry.is_empty]
    if not picks:
        return "start"
    if any(slot.enhancement is not None for entry in picks for slot in entry.slots):
        return "piece"
    return "slot" if document.build.added_slots > 0 else "power"
