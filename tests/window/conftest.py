"""Window tests run without a screen, with the shipped fonts, and with Qt silent."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from midsdesk.model.catalog import Catalog
from midsdesk.ui.immortal import keep_none_alive
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.theme import style
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme, register_fonts
from tests.helpers.gamedata import packed_catalog
from tests.helpers.window import open_window

keep_none_alive()

# Said by the offscreen platform, not by us.
_HARMLESS = (
    "does not support propagateSizeHints",
    "does not support raise()",
    "does not support grabbing the keyboard",
)


@pytest.fixture(autouse=True)
def silent_qt() -> Iterator[None]:
    """Any message of Qt fails the test."""
    heard: list[str] = []

    def hear(kind: QtMsgType, context: object, text: str | None) -> None:
        if text and not any(known in text for known in _HARMLESS):
            heard.append(f"{kind.name}: {text}")

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not heard, heard


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The dark theme, dressed."""
    register_fonts()
    made = Theme()
    style.apply(qapp, made)
    return made


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> MainWindow:
    """The whole window with a new build; file choosers start in a folder of the test."""
    return open_window(qtbot, theme, folder=tmp_path, new=True)


@pytest.fixture
def icons(theme: Theme) -> Icons:
    """Icons of the theme."""
    return Icons(theme)


@pytest.fixture
def catalog() -> Catalog:
    """The game data that come with the program, shared by all tests."""
    return packed_catalog()
