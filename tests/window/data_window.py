"""The whole window with two installed data sets, for the tests of the sheet of game data."""

import shutil
import sys
from pathlib import Path

from midsdesk.app.data_desk import DataDesk
from midsdesk.app.datasets import DataSets
from midsdesk.app.gamedata import GameData
from midsdesk.app.settings import Settings
from midsdesk.app.shelf import Shelf
from midsdesk.calc.engine import Engine
from midsdesk.edit.character import new_build
from midsdesk.host.children import importer_command
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.workspace import Workspace
from tests.helpers.gamedata import default_path, packed_path

# Stands for the importer: goes through the stages, then copies the source as a database.
FAKE = """
import json, shutil, sys, time
from pathlib import Path
source = Path(sys.argv[2])
out = Path(sys.argv[sys.argv.index("--out") + 1])
slow = "slow" in source.name
report = {"issues": [
    {"severity": "warning", "stage": "rules", "file": "sets", "record": "set A", "field": "",
     "message": "A bonus leads nowhere."},
    {"severity": "error", "stage": "reference", "file": "powers", "record": "power B",
     "field": "", "message": "There is no power C.", "suggestion": "did you mean D?"}]}
for stage in ("read", "schema", "reference", "rules", "transform", "insert"):
    for done in range(1, 4):
        print(json.dumps({"stage": stage, "done": done, "total": 3}), flush=True)
while slow and stage == "insert":
    time.sleep(0.02)
    print(json.dumps({"stage": stage, "done": 2, "total": 3}), flush=True)
if "--report" in sys.argv:
    Path(sys.argv[sys.argv.index("--report") + 1]).write_text(json.dumps(report))
if "refuse" in source.name:
    text = "powers: there is no power C."
    print(json.dumps({"error": {"code": "X", "message": text}}), file=sys.stderr)
    sys.exit(1)
made = out / (source.name.split(".")[0] + ".db")
shutil.copy(PACKED if source.suffix == ".xz" else source, made)
print(json.dumps({"result": {"database": str(made)}}), flush=True)
"""


def data_window(
    qtbot,
    theme: Theme,
    folder: Path,
    *,
    found: tuple[Path, ...] = (),
    size: tuple[int, int] = (1440, 900),
    keys: Path | None = None,
) -> MainWindow:
    """Show the window; new builds are made with the data of 2020, those of today lie beside.

    Args:
        keys: Of update packages; where they are given, the real importer works.
    """
    installed = folder / "gamedata"
    installed.mkdir()
    shutil.copy(default_path(), installed / "today.db")
    shutil.copy(packed_path(), installed / "before.db")
    script = folder / "fake.py"
    script.write_text(f"PACKED = {str(packed_path())!r}\n{FAKE}")
    settings = Settings(None, {"data_set": "before", "last_folder": str(folder)})
    fake = [sys.executable, str(script)]
    data = GameData(installed, settings, importer_command if keys else lambda: fake)
    sets = DataSets(data, settings, keys)
    started, _ = sets.open_current()
    assert started is not None
    shelf = Shelf(data, Engine)
    opened = shelf.put(started.installed, started.catalog)
    workspace = Workspace(opened.catalog, opened.calculator, settings, new_build)
    workspace.desk = DataDesk(sets, shelf, lambda: found)
    made = MainWindow(theme, Icons(theme), settings)
    qtbot.addWidget(made)
    made.destroyed.connect(shelf.close)
    made.resize(*size)
    made.attach(workspace)
    made.builds.new()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made
