"""Builds to bring, and how they are dropped, for the tests of opening, saving and sharing."""

import json

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from midsdesk.formats import mbd
from midsdesk.ui.main_window import MainWindow
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

MISSPELT = "Blaster_Ranged.Archery.Snapp_Shot"


def doubtful(power: str = MISSPELT) -> str:
    """The text of a .mbd with one misspelt power."""
    value = mbd.value_of(taken(SNAP_SHOT), packed_catalog())
    value["PowerEntries"][0]["PowerName"] = power
    return json.dumps(value)


def drop(window: MainWindow, data: QMimeData) -> None:
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, button, none))
