"""The whole window for the tests of opening, saving and sharing, and builds to bring."""

import json
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from midsdesk.app.settings import Settings
from midsdesk.calc.engine import Engine
from midsdesk.edit.character import new_build
from midsdesk.formats import mbd
from midsdesk.model.catalog import Catalog
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.workspace import Workspace
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

MISSPELT = "Blaster_Ranged.Archery.Snapp_Shot"


def made_window(qtbot, theme: Theme, catalog: Catalog, folder: Path) -> MainWindow:
    settings = Settings(None, {"last_folder": str(folder)})
    made = MainWindow(theme, Icons(theme), settings)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.attach(Workspace(catalog, Engine(catalog), settings, new_build))
    made.builds.new()
    with qtbot.waitExposed(made):
        made.show()
    return made


def doubtful(power: str = MISSPELT) -> str:
    """The text of a .mbd with one misspelt power."""
    value = mbd.value_of(taken(SNAP_SHOT), packed_catalog())
    value["PowerEntries"][0]["PowerName"] = power
    return json.dumps(value)


def drop(window: MainWindow, data: QMimeData) -> None:
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, button, none))
