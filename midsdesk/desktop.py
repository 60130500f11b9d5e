"""Composition root of the window: the one place that knows every concrete class.

The window is on the screen before anything heavy is imported; SQLAlchemy, the game data and the
user's database come after `show()`.
"""
# ruff: noqa: PLC0415 - imports inside functions are the point here, see above

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication

from midsdesk.app.settings import Settings
from midsdesk.errors import MidsdeskError
from midsdesk.host.memory import settle
from midsdesk.host.paths import Paths, user_paths
from midsdesk.host.resources import resource
from midsdesk.ui.immortal import keep_none_alive
from midsdesk.ui.main_window import MainWindow
from midsdesk.ui.settings.applying import theme_named
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme, register_fonts

if TYPE_CHECKING:
    from midsdesk.app.datasets import DataSets, Started
    from midsdesk.app.shelf import Shelf
    from midsdesk.ui.workspace import Workspace

_TOKEN_BODY_PX = 12.0
_SHOT_DELAY_MS = 400
# The first build is shown and the user looks at it.
_SETTLED_MS = 3000


class _Install(QThread):
    """Installs the game data that come with the program; signals come to the window's thread."""

    progressed = Signal(int, int, str)
    succeeded = Signal()
    failed = Signal(str)

    def __init__(self, sets: "DataSets", parent: QObject) -> None:
        super().__init__(parent)
        self._sets = sets

    def run(self) -> None:
        """Work off the window's thread."""
        from midsdesk.app.jobs import JobCancelled

        try:
            self._sets.add(self._sets.data.default_source(), self)
            self.succeeded.emit()
        except MidsdeskError as error:
            self.failed.emit(error.user_message)
        except JobCancelled:
            self.failed.emit("")

    def step(self, done: int, total: int, note: str = "") -> None:
        """Report; see `midsdesk.app.jobs.Progress`."""
        from midsdesk.app.jobs import JobCancelled

        if self.isInterruptionRequested():
            raise JobCancelled
        self.progressed.emit(done, total, note)


class Desktop(QObject):
    """One run of the program."""

    ready = Signal()

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        words: Sequence[str],
        *,
        autosave: bool = True,
    ) -> None:
        super().__init__()
        self._paths = paths
        self._settings = settings
        self._words = words
        self._autosave = autosave
        self._closers: list[Callable[[], None]] = []
        self._install: _Install | None = None
        self._aside = ""
        self.failed = ""
        self.theme = Theme(
            theme_named(settings.get("theme")),
            zoom=settings.get("zoom") / 100,
            system_scale=_system_scale(),
        )
        self.theme.set_motion(not settings.get("reduce_motion"))
        self.window = MainWindow(self.theme, Icons(self.theme), settings)

    def start(self) -> None:
        """Open the game data, or install them first; call after the window is shown."""
        from midsdesk.app.datasets import DataSets
        from midsdesk.app.gamedata import GameData

        sets = DataSets(GameData(self._paths.game_databases, self._settings), self._settings)
        sets.empty()
        try:
            started, self._aside = sets.open_current()
        except MidsdeskError as error:
            self._fail(error.user_message)
            return
        if started is not None:
            self._open(sets, started)
            return
        self.window.show_progress(0, 1, self.tr("Preparing the game data for the first start…"))
        self._install = _Install(sets, self)
        self._install.progressed.connect(self._progressed)
        self._install.succeeded.connect(lambda: self._installed(sets))
        self._install.failed.connect(self._fail)
        self._install.start()

    def stop(self) -> None:
        """End the run: threads and files."""
        if self._install is not None:
            self._install.requestInterruption()
            self._install.wait()
        for close in reversed(self._closers):
            close()
        self._closers.clear()

    @Slot(int, int, str)
    def _progressed(self, done: int, total: int, stage: str) -> None:
        text = self.tr("Preparing the game data for the first start: {0}").format(stage)
        self.window.show_progress(done, total, text)

    def _fail(self, message: str) -> None:
        self.failed = message
        if message:
            self.window.show_error(message)
        self.ready.emit()

    def _installed(self, sets: "DataSets") -> None:
        try:
            started, _ = sets.open_current()
        except MidsdeskError as error:
            self._fail(error.user_message)
            return
        if started is None:
            self._fail(self.tr("The game data could not be opened; install midsdesk again."))
            return
        self._open(sets, started)

    def _open(self, sets: "DataSets", started: "Started") -> None:
        workspace, shelf = _workspace(sets, started, self._settings)
        self._closers += [shelf.close, self.window.game_data.stop]
        self.window.attach(workspace)
        if self._autosave:
            self._start_autosave(workspace)
        for word in self._words:
            self.window.builds.opening.open_word(word)
        if not self.window.builds.documents:
            self.window.builds.new()
        self.window.builds.offer_restore()
        message = " ".join(each for each in (self._settings.message, self._aside) if each)
        if message:
            self.window.show_error(message)
        self.ready.emit()

    def _start_autosave(self, workspace: "Workspace") -> None:
        from midsdesk.app.autosave import Autosaver
        from midsdesk.app.decisions import Decisions
        from midsdesk.host.sessions import Session
        from midsdesk.storage.userdb.database import UserDatabase

        try:
            self._paths.user_database.parent.mkdir(parents=True, exist_ok=True)
            database = UserDatabase(self._paths.user_database)
            session = Session(self._paths.data / "sessions")
        except (MidsdeskError, OSError) as error:
            text = error.user_message if isinstance(error, MidsdeskError) else str(error)
            self.window.show_error(text)
            return
        self._closers += [database.close, session.close]
        workspace.decisions = Decisions(database)
        workspace.autosaver = Autosaver(
            database, session, _later, lambda error: self.window.show_error(error.user_message)
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window; returns the exit code."""
    arguments = _arguments(sys.argv[1:] if argv is None else argv)
    keep_none_alive()
    app = application()
    settings, paths = _settings(arguments)
    words = [*arguments.builds, *(_sample() if arguments.sample else ())]
    unattended = arguments.self_test or arguments.screenshot is not None
    desktop = Desktop(paths, settings, words, autosave=not unattended)
    desktop.window.restore_place()
    if arguments.size:
        desktop.window.resize(*arguments.size)
    desktop.window.show()
    if unattended:
        desktop.ready.connect(lambda: QTimer.singleShot(_SHOT_DELAY_MS, app.quit))
    else:
        desktop.ready.connect(lambda: QTimer.singleShot(_SETTLED_MS, settle))
    QTimer.singleShot(0, desktop.start)
    code = app.exec()
    if arguments.screenshot is not None and not desktop.window.grab().save(
        str(arguments.screenshot)
    ):
        code = 3
    if unattended:
        code = code or (3 if desktop.failed else 0)
        word = "ok" if code == 0 else f"failed {desktop.failed}".strip()
        sys.stdout.write(f"midsdesk {_version()} window {word}\n")
    desktop.stop()
    return code


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="midsdesk", description="Build planner")
    parser.add_argument(
        "builds", nargs="*", metavar="BUILD", help="files, links or share codes to open"
    )
    parser.add_argument("--sample", action="store_true", help="open the build that comes along")
    parser.add_argument("--self-test", action="store_true", help="start, say ok and end")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="take a picture and end")
    parser.add_argument("--size", type=_size, metavar="WxH", help="size of the window")
    parser.add_argument("--theme", help="theme for this run")
    parser.add_argument("--zoom", type=int, metavar="PERCENT", help="zoom for this run")
    parser.add_argument("--version", action="version", version=f"midsdesk {_version()}")
    return parser.parse_args(argv)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def application() -> QApplication:
    """Return the application, made on the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("midsdesk")
    app.setApplicationVersion(_version())
    app.setDesktopFileName("midsdesk")
    register_fonts(resource("fonts"))
    return app


def _settings(arguments: argparse.Namespace) -> tuple[Settings, Paths]:
    """Read the settings; what the command line says holds for this run and is not kept."""
    paths = user_paths()
    settings = Settings.load(paths.settings)
    if arguments.screenshot is not None or arguments.self_test:
        settings = Settings(None, {"data_set": settings.get("data_set")})
    overrides = {"theme": arguments.theme, "zoom": arguments.zoom}
    wanted = {key: value for key, value in overrides.items() if value is not None}
    if wanted:
        settings.path = None
        for key, value in wanted.items():
            settings.set(key, value)
    return settings, paths


def _workspace(
    sets: "DataSets", started: "Started", settings: Settings
) -> tuple["Workspace", "Shelf"]:
    from midsdesk.app.data_desk import DataDesk
    from midsdesk.app.shelf import Shelf
    from midsdesk.calc.engine import Engine
    from midsdesk.edit.character import new_build
    from midsdesk.ui.workspace import Workspace

    shelf = Shelf(sets.data, Engine)
    opened = shelf.put(started.installed, started.catalog)
    workspace = Workspace(opened.catalog, opened.calculator, settings, new_build)
    workspace.desk = DataDesk(sets, shelf)
    return workspace, shelf


def _version() -> str:
    try:
        return version("midsdesk")
    except PackageNotFoundError:  # a checkout that nobody installed
        return "0"


def _sample() -> list[str]:
    return [str(path) for path in sorted(resource("samples").glob("*.mbd"))[:1]]


def _system_scale() -> float:
    """Size of the system's body text against ours."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return 1.0
    size = QFontInfo(QApplication.font()).pixelSize()
    return min(2.0, max(1.0, size / _TOKEN_BODY_PX))


def _later(seconds: float, work: Callable[[], None]) -> Callable[[], None]:
    """Run work once in the event loop; the scheduler of the autosaver."""
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(work)
    timer.start(round(seconds * 1000))
    return timer.stop


if __name__ == "__main__":
    sys.exit(main())
