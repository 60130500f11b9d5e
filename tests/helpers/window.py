"""The whole window over the packed game data, for tests with mouse and keys."""

from pathlib import Path

from midsdesk.app.document import Document
from midsdesk.app.settings import Settings
from midsdesk.calc.engine import Engine
from midsdesk.edit.character import new_build
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.workspace import Workspace
from tests.helpers.gamedata import ROOT, packed_catalog

SAMPLE = ROOT / "resources" / "samples" / "quiet-harbor.mbd"


def open_window(
    qtbot,
    theme: Theme,
    *,
    size: tuple[int, int] = (1440, 900),
    folder: Path | None = None,
    new: bool = False,
    catalog: Catalog | None = None,
) -> MainWindow:
    """Show the window without a build, or with a new one; file choosers start in `folder`."""
    catalog = catalog or packed_catalog()
    settings = Settings(None, {"last_folder": str(folder)} if folder else {})
    made = MainWindow(theme, Icons(theme), settings)
    qtbot.addWidget(made)
    made.resize(*size)
    made.attach(Workspace(catalog, Engine(catalog), settings, new_build))
    if new:
        made.builds.new()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def sample_window(qtbot, theme: Theme, *, size: tuple[int, int] = (1440, 900)) -> MainWindow:
    """Show the window with the sample that comes with the program."""
    made = open_window(qtbot, theme, size=size)
    made.builds.open(Path(SAMPLE))
    return made


def build_window(qtbot, theme: Theme, build: Build) -> MainWindow:
    """Show the window with a build."""
    made = open_window(qtbot, theme)
    catalog = packed_catalog()
    made.builds.add(Document(build, catalog, Engine(catalog)))
    return made
