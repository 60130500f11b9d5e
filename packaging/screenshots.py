"""Takes the pictures of the window: `python packaging/screenshots.py [OUTDIR]`.

Without game data of its own it installs those that come with the program into a folder beside the
pictures. Builds come from resources/samples; `--build` names others.
"""
# ruff: noqa: E402, PLC0415 - Qt reads its platform when it is imported

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from midsdesk.app.commands import set_alignment
from midsdesk.app.settings import Settings
from midsdesk.desktop import Desktop, application
from midsdesk.host.paths import Paths
from midsdesk.model.vocab import Alignment
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.theme import style
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme

_SETTLE_MS = 350


def main() -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--build", type=Path, help="build in the hero's pictures")
    parser.add_argument("--villain", type=Path, help="build in the villain's picture")
    parser.add_argument("--home", type=Path, help="folder with installed game data")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    app = application()
    hero = arguments.build or _sample(0)
    villain = arguments.villain or _sample(1) or hero
    with tempfile.TemporaryDirectory() as scratch:
        paths = _paths(arguments.home or Path(scratch))
        for name, build, size, values in (
            ("main-dark", hero, (1440, 900), {}),
            ("main-light", hero, (1440, 900), {"theme": "light"}),
            ("main-villain", villain, (1440, 900), {}),
            ("main-small", hero, (1024, 700), {}),
            ("main-wide", hero, (1920, 1080), {}),
            ("main-200", hero, (2048, 1400), {"zoom": 200}),
            ("picker-dark", hero, (1440, 900), {}),
            ("picker-light", hero, (1440, 900), {"theme": "light"}),
            ("new-build", None, (1440, 900), {}),
        ):
            desktop = _desktop(paths, dict(values), build, size)
            if desktop.failed:
                sys.stderr.write(f"{name}: {desktop.failed}\n")
                return 3
            if name == "main-villain":
                desktop.window.controller.run(lambda d: set_alignment(d, Alignment.VILLAIN))
            _pose(desktop, picker=name.startswith("picker"))
            _shoot(desktop.window, arguments.folder / f"{name}.png")
            desktop.window.close()
            desktop.stop()
    _states(app, arguments.folder)
    return 0


def _desktop(
    paths: Paths, values: dict[str, object], build: Path | None, size: tuple[int, int]
) -> Desktop:
    settings = Settings(None, dict(values))
    words = [str(build)] if build else []
    desktop = Desktop(paths, settings, words, autosave=False)
    desktop.window.resize(*size)
    desktop.window.show()
    loop = QEventLoop()
    desktop.ready.connect(loop.quit)
    QTimer.singleShot(0, desktop.start)
    loop.exec()
    return desktop


def _pose(desktop: Desktop, *, picker: bool) -> None:
    """Close what was said at opening; point at a power as a person would."""
    window = desktop.window
    for bar in list(window.messages.bars):
        window.messages.close_message(bar)
    QTest.qWait(_SETTLE_MS)
    entry = 10 if window.grid.bar_rect(10).isValid() else 0
    window.grid.set_current(entry)
    if not picker:
        window.grid.lock_requested.emit(entry, -1)
        return
    document = window.controller.document
    if document is not None and document.build.entries[entry].slots:
        last = len(document.build.entries[entry].slots) - 1
        window.grid.picker_requested.emit(entry, last, window.grid.slot_rect(entry, last))
        QTest.qWait(_SETTLE_MS)


def _shoot(widget: QWidget, file: Path) -> None:
    QTest.qWait(_SETTLE_MS)
    widget.grab().save(str(file))
    sys.stdout.write(f"{file}\n")


def _states(app: QApplication, folder: Path) -> None:
    """Every state of bars and slots."""
    from tests.window.sample_grid import states

    for name in ("dark", "light"):
        theme = Theme(name, zoom=2)
        style.apply(app, theme)
        icons = Icons(theme)
        view = BuildGridView(theme, icons, SlotArt(theme, icons))
        view.resize(1384, 900)
        view.set_grid(states())
        view.show()
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        view.set_current(0, 1)
        _shoot(view, folder / f"states-{name}.png")
        view.close()


def _paths(home: Path) -> Paths:
    return Paths(home / "config", home / "data", home / "cache", home / "logs")


def _sample(number: int) -> Path | None:
    found = sorted((ROOT / "resources" / "samples").glob("*.mbd"))
    return found[number] if number < len(found) else None


if __name__ == "__main__":
    sys.exit(main())
