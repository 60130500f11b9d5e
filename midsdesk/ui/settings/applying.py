"""Lets settings have their effect: on the theme, the grid, the picker, and all open builds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from midsdesk.app.document import Document
from midsdesk.app.preferences import CALCULATED, changed_settings
from midsdesk.app.settings import SettingChanged, Settings
from midsdesk.model.vocab import RelativeLevel
from midsdesk.ui.grid.slots import Overlays, SlotArt
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.info.panel import InfoPanel
from midsdesk.ui.picker.document_source import Fresh
from midsdesk.ui.picking import Picking
from midsdesk.ui.theme.tokens import Theme

_OVERLAYS = frozenset({"show_enhancement_levels", "show_slot_levels", "relative_levels"})
_PIECES = frozenset({"piece_level", "piece_relative", "piece_grade"})


@dataclass(frozen=True)
class Affected:
    """What settings change; `arrange` lays the window out again."""

    theme: Theme
    art: SlotArt
    grid: BuildGridView
    info: InfoPanel
    picking: Picking
    documents: Callable[[], Iterable[Document]]
    arrange: Callable[[], None]


def theme_named(name: str) -> str:
    """The theme of the tokens that a setting means; the system may choose."""
    if name != "system":
        return name
    scheme = QGuiApplication.styleHints().colorScheme()
    return "light" if scheme.name == "Light" else "dark"


class Applying(QObject):
    """Listens to the settings."""

    def __init__(self, settings: Settings, affected: Affected, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._affected = affected
        settings.subscribe(self._changed)
        self._show_overlays()
        self._begin_pieces()
        affected.info.set_damage_by(settings.get("damage_unit"))
        self._dress("accent")
        self._dress("text_size")
        self._dress("system_font")

    def _changed(self, event: SettingChanged) -> None:
        key, affected = event.key, self._affected
        if key in CALCULATED:
            for document in affected.documents():
                document.set_settings(changed_settings(self._settings, key, document.settings))
        elif key in _OVERLAYS:
            self._show_overlays()
        elif key in _PIECES:
            self._begin_pieces()
        elif key == "columns":
            affected.arrange()
        elif key == "damage_unit":
            affected.info.set_damage_by(event.value)
        else:
            self._dress(key)

    def _dress(self, key: str) -> None:
        theme, value = self._affected.theme, self._settings.get(key)
        match key:
            case "theme":
                theme.set_theme(theme_named(value))
            case "accent":
                theme.pin_accent("" if value == "build" else value)
            case "zoom":
                theme.set_zoom(value / 100)
            case "text_size":
                theme.set_text_size(value)
            case "system_font":
                theme.set_system_font(value)
            case "reduce_motion":
                theme.set_motion(not value)

    def _show_overlays(self) -> None:
        get = self._settings.get
        self._affected.art.overlays = Overlays(
            get("show_enhancement_levels"), get("show_slot_levels"), get("relative_levels")
        )
        self._affected.grid.viewport().update()

    def _begin_pieces(self) -> None:
        get = self._settings.get
        relative = RelativeLevel(RelativeLevel.EVEN + get("piece_relative"))
        self._affected.picking.fresh = Fresh(get("piece_level"), relative, get("piece_grade"))
