"""Keeps the presets of the build in the tool strip, and does what is chosen there."""

from PySide6.QtCore import QObject

from midsdesk.app import presets
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.shell.presets import PresetBox


class Lights(QObject):
    """Between the document and the box."""

    def __init__(self, box: PresetBox, controller: DocumentController, parent: QObject) -> None:
        super().__init__(parent)
        self._box = box
        self._controller = controller
        controller.changed.connect(self._show)
        box.chosen.connect(lambda name: controller.run(lambda d: presets.apply_preset(d, name)))
        box.named.connect(lambda name: controller.run(lambda d: presets.save_preset(d, name)))
        box.removed.connect(lambda name: controller.run(lambda d: presets.remove_preset(d, name)))

    def _show(self) -> None:
        document = self._controller.document
        if document is not None:
            names = tuple(each.name for each in presets.presets_of(document.build))
            self._box.set_presets(names, presets.current_preset(document))
