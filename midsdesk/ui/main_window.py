"""The window: puts the parts together and answers to its size. It decides nothing."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from midsdesk.app.document import Document
from midsdesk.app.settings import Settings
from midsdesk.errors import MidsdeskError
from midsdesk.ui.builds import OpenBuilds
from midsdesk.ui.bulk import bulk_runs
from midsdesk.ui.card.hovering import Hovering
from midsdesk.ui.controller import DocumentController, Parts
from midsdesk.ui.data.managing import DataManager
from midsdesk.ui.docks.bottom import BottomDocks
from midsdesk.ui.extras.adding import Adding
from midsdesk.ui.files.share import ShareSheet
from midsdesk.ui.goals import Goals
from midsdesk.ui.grid.slots import SlotArt
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.hands import GridHands
from midsdesk.ui.help.hints import Hints
from midsdesk.ui.help.sheet import HelpSheet
from midsdesk.ui.info.panel import InfoPanel
from midsdesk.ui.lights import Lights
from midsdesk.ui.menus import dress_actions, make_actions
from midsdesk.ui.picking import Picking
from midsdesk.ui.problems.mending import Helpers, Mending
from midsdesk.ui.problems.panel import ProblemsPanel
from midsdesk.ui.quirks.panel import QuirksPanel
from midsdesk.ui.quirks.watching import Watching
from midsdesk.ui.search import Searching
from midsdesk.ui.settings.applying import Affected, Applying
from midsdesk.ui.settings.sheet import SettingsSheet
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.shell.tab_strip import TabStrip
from midsdesk.ui.shell.tool_strip import ToolStrip
from midsdesk.ui.side_docks import SideDocks
from midsdesk.ui.states import StatesMenu
from midsdesk.ui.theme import style
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.panel import TotalsPanel
from midsdesk.ui.why.asking import Asking
from midsdesk.ui.widgets.messages import MessageArea, Tone
from midsdesk.ui.words.panel import PowersPanel
from midsdesk.ui.workspace import Workspace

_Area = Qt.DockWidgetArea
_NEED_DATA = (
    "share",
    "new",
    "open",
    "paste_build",
    "import_report",
    "save",
    "save_as",
    "game_data",
)
_SLIM_BELOW, _WIDE_FROM, _FOUR_FROM, _SIX_FROM = 1200, 1440, 1920, 2560


class MainWindow(QMainWindow):
    """Menu, tool bar, tabs and messages above; powers, grid and totals; status below."""

    def __init__(self, theme: Theme, icons: Icons, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._icons = icons
        _dress_application(theme)
        self.setWindowTitle("midsdesk[*]")
        self.setWindowIcon(QIcon(icons.pixmap("app-icon", 64, dpr=1.0)))
        self.setAcceptDrops(True)
        art = SlotArt(theme, icons)
        self.grid = BuildGridView(theme, icons, art)
        self.info = InfoPanel(theme, icons)
        self.powers = PowersPanel(theme, icons, self.info)
        self.totals = TotalsPanel(theme, icons)
        self.messages = MessageArea(theme, icons)
        self.status = StatusStrip(theme, icons)
        self.tab_strip = TabStrip(theme, icons)
        self.docks = BottomDocks(self)
        self.problems = ProblemsPanel(theme, icons)
        self.quirks = QuirksPanel(theme, icons)
        self._menu_bar = QMenuBar()
        self.builds = OpenBuilds(self, self.tab_strip, self.messages, self.status, theme, icons)
        self.actions_by_name = make_actions(self._menu_bar, icons, self._runs(), self)
        self.tools = ToolStrip(theme, icons, self.actions_by_name)
        parts = Parts(
            theme, self.grid, self.powers, self.info, self.totals, self.tools, self.status
        )
        self.controller = DocumentController(parts, self)
        self.lights = Lights(self.tools.presets, self.controller, self)
        self.states = StatesMenu(self.controller, self)
        self._menu_bar.insertMenu(self._menu_bar.actions()[3], self.states)
        self._put_together()
        self.picking = Picking(
            theme, icons, art, self, self.grid, self.totals, self.status, self.controller
        )
        self.asking = Asking(
            theme, icons, self, self.grid, self.totals, self.info, self.status, self.controller
        )
        self._connect_docks()
        self.share = ShareSheet(theme, icons, self, settings)
        self.share.said.connect(self.status.say)
        self.game_data = DataManager(theme, icons, self, self.builds, self.messages, self.status)
        self.controller.data_changed.connect(self._show_document)
        self.adding = Adding(theme, icons, self, self.controller)
        self.powers.extras_wanted.connect(self.adding.open)
        self.hovering = Hovering(theme, icons, self, self.controller)
        self.goals = Goals(theme, icons, self, self.totals, self.controller)
        self.searching = Searching(
            theme,
            icons,
            art,
            self,
            self.grid,
            self.picking,
            self.controller,
            self.actions_by_name,
        )
        self.hands = GridHands(theme, self, self.grid, self.messages, self.status, self.controller)
        self.side_docks = SideDocks(
            theme, icons, art, self.docks, self.controller, self.asking, self.searching, self
        )
        self.settings_sheet = SettingsSheet(theme, icons, self, settings, self.status.refuse)
        self.help = HelpSheet(theme, icons, self, self.actions_by_name)
        self.hints = Hints(settings, self.messages, self.controller, self.help.open_page, self)
        affected = Affected(
            theme,
            art,
            self.grid,
            self.info,
            self.picking,
            lambda: self.builds.documents,
            self._arrange,
        )
        self.applying = Applying(settings, affected, self)
        self.builds.current_changed.connect(self._show_document)
        self.controller.changed.connect(self._show_titles)
        self.tab_strip.columns_chosen.connect(self._set_columns)
        theme.changed.connect(self._dress)
        self._enable(ready=False)
        self._dress_parts()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def attach(self, workspace: Workspace) -> None:
        """Begin to work: the game data are open."""
        self.builds.workspace = workspace
        self.status.set_progress(0, 0)
        self._enable(ready=True)

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show how far the preparation of the game data is."""
        self.status.note(text)
        self.status.set_progress(done, max(1, total))

    def show_error(self, text: str) -> None:
        """Tell of an error in a message bar."""
        self.status.set_progress(0, 0)
        self.messages.show_message(Tone.ERROR, text)

    def restore_place(self) -> None:
        """Put the window where it was."""
        stored = self._settings.get("window_geometry")
        if not stored or not self.restoreGeometry(QByteArray.fromHex(stored.encode())):
            self.resize(round(1440 * self._theme.scale), round(900 * self._theme.scale))

    # --- Qt events --------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Answer to the width."""
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is unsaved for the next start; nobody is asked anything."""
        workspace = self.builds.workspace
        if workspace is not None and workspace.autosaver is not None:
            workspace.autosaver.flush()
        self._keep("window_geometry", bytes(self.saveGeometry().toHex().data()).decode())
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Builds may be dropped anywhere: files, links, texts."""
        if self.builds.opening.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.builds.opening.open_mime(event.mimeData(), self.tr("Dropped text"))
        event.acceptProposedAction()

    # --- building ---------------------------------------------------------------------------
    def _put_together(self) -> None:
        top = QWidget(self)
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._menu_bar, self.tools, self.tab_strip, self.messages):
            column.addWidget(part)
        self.setMenuWidget(top)
        middle = QWidget(self)
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.grid)
        self.setCentralWidget(middle)
        for corner, area in (
            (Qt.Corner.TopLeftCorner, _Area.LeftDockWidgetArea),
            (Qt.Corner.BottomLeftCorner, _Area.LeftDockWidgetArea),
            (Qt.Corner.TopRightCorner, _Area.RightDockWidgetArea),
            (Qt.Corner.BottomRightCorner, _Area.RightDockWidgetArea),
        ):
            self.setCorner(corner, area)
        self._dock("powers", self.tr("Powers"), self.powers, _Area.LeftDockWidgetArea, QWidget())
        self._totals_title = QLabel(self.tr("Totals"))
        self._totals_title.setProperty("type", "strong")
        self._totals_title.setProperty("surface", "panel")
        self._totals_title.setProperty("edge", "bottom")
        self._dock(
            "totals", self.tr("Totals"), self.totals, _Area.RightDockWidgetArea, self._totals_title
        )
        self.docks.add("problems", self.tr("Problems"), self.problems, self.problems.head)
        self.docks.add("quirks", self.tr("Differences"), self.quirks, self.quirks.head)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.status, 1)
        bar.setContentsMargins(0, 0, 0, 0)
        layout = bar.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)

    def _connect_docks(self) -> None:
        helpers = Helpers(
            self.grid, self.powers, self.asking, self.picking, self.status, self.controller
        )
        self.mending = Mending(self.problems, helpers, self)
        self.watching = Watching(
            self.quirks,
            self.controller,
            self.asking,
            lambda rules: self._keep("rules", rules.value),
            self,
        )
        self.status.problems_wanted.connect(self.docks.opener("problems"))

    def _dock(
        self, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea, head: QWidget
    ) -> None:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"dock-{name}")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(head)
        dock.setWidget(content)
        self.addDockWidget(area, dock)

    def _runs(self) -> dict[str, Callable[[], object]]:
        builds, theme = self.builds, self._theme
        return {
            "new": builds.new,
            "open": builds.opening.ask,
            "paste_build": builds.opening.paste,
            "search": lambda: self.searching.open(),
            "add_goal": lambda: self.goals.ask(),
            "share": self._share,
            "import_report": builds.show_import_report,
            "forget_decisions": builds.opening.forget_decisions,
            "save": builds.save,
            "save_as": builds.save_as,
            "close": builds.close_current,
            "quit": self.close,
            "game_data": lambda: self.game_data.open(),
            "undo": lambda: self.controller.undo(),
            "redo": lambda: self.controller.redo(),
            "theme": self._toggle_theme,
            "settings": self._open_settings,
            "columns_auto": lambda: self._set_columns(0),
            "zoom_in": lambda: theme.step_zoom(1),
            "zoom_out": lambda: theme.step_zoom(-1),
            "zoom_reset": lambda: theme.step_zoom(0),
            "next_region": lambda: self._go_region(1),
            "previous_region": lambda: self._go_region(-1),
            "next_build": self._next_build,
            "accolades": lambda: self.adding.open("accolades"),
            "incarnate": lambda: self.adding.open("incarnate"),
            "temporary": lambda: self.adding.open("temporary"),
            "prestige": lambda: self.adding.open("prestige"),
            **bulk_runs(lambda make: self.controller.run(make)),
            "sets": self.docks.opener("sets"),
            "history": self.docks.opener("history"),
            "notes": self.docks.opener("notes"),
            "help": lambda: self.help.open_page(),
            "mark": lambda: self.side_docks.history.mark_here(),
            "problems": self.docks.opener("problems"),
            "quirks": self.docks.opener("quirks"),
        }

    # --- what is shown ------------------------------------------------------------------------
    def _show_document(self, document: Document) -> None:
        self.picking.overlay.close_picker()
        self.controller.show(document)
        if self.share.isVisible():
            self._share()
        if QApplication.focusWidget() is None or not self.isActiveWindow():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_titles(self) -> None:
        document = self.controller.document
        if document is None:
            return
        undo, redo = self.actions_by_name["undo"], self.actions_by_name["redo"]
        undo.setText(self.tr("Undo {0}").format(document.undo_label).strip())
        redo.setText(self.tr("Redo {0}").format(document.redo_label).strip())
        undo.setEnabled(bool(document.undo_label))
        redo.setEnabled(bool(document.redo_label))
        self.builds.refresh_titles()
        name = document.build.name or (document.path.stem if document.path else "")
        self.setWindowTitle(f"{name}[*] - midsdesk" if name else "midsdesk[*]")
        self.setWindowModified(document.modified)

    def _enable(self, *, ready: bool) -> None:
        for name in (*_NEED_DATA, "close"):
            self.actions_by_name[name].setEnabled(ready)
        for name in ("undo", "redo"):
            self.actions_by_name[name].setEnabled(False)

    def _arrange(self) -> None:
        width = self.width() / self._theme.scale
        slim = width < _SLIM_BELOW
        self.powers.arrange(narrow=width < _WIDE_FROM)
        totals = self._theme.px("totals_slim" if slim else "totals_width")
        self.totals.setFixedWidth(round(totals))
        for part in (self.tools, self.tab_strip, self.status):
            part.set_narrow(slim)
        wanted = self._settings.get("columns")
        if not wanted:
            wanted = 2 if slim else 3 if width < _FOUR_FROM else 4 if width < _SIX_FROM else 6
        self.grid.set_columns(wanted)
        self.tab_strip.set_columns(wanted)

    def _dress(self) -> None:
        _dress_application(self._theme)
        self._dress_parts()

    def _dress_parts(self) -> None:
        theme = self._theme
        dress_actions(self.actions_by_name, self._icons)
        text = self.tr("Dark theme") if theme.is_light else self.tr("Light theme")
        self.actions_by_name["theme"].setText(text)
        self._menu_bar.setFixedHeight(theme.ipx("menu_bar"))
        self.statusBar().setFixedHeight(theme.ipx("status_bar"))
        self._totals_title.setFixedHeight(round(theme.scaled(28)))
        self._totals_title.setIndent(round(theme.scaled(10)))
        self.setMinimumSize(640, 480)
        self._keep("zoom", round(theme.zoom * 100))
        self._arrange()

    def _share(self) -> None:
        document = self.builds.current
        if document is not None:
            self.share.show_document(document, document.calculator)

    # --- wishes -------------------------------------------------------------------------------
    def _open_settings(self) -> None:
        document = self.builds.current
        found = document.catalog.archetypes() if document is not None else ()
        names = tuple(item.display_name for item in found if item.playable)
        self.settings_sheet.open_with(names)

    def _toggle_theme(self) -> None:
        wanted = "dark" if self._theme.is_light else "light"
        self._keep("theme", wanted)

    def _set_columns(self, columns: int) -> None:
        self._keep("columns", columns)

    def _next_build(self) -> None:
        tabs = self.tab_strip.tabs
        if tabs.count():
            tabs.setCurrentIndex((tabs.currentIndex() + 1) % tabs.count())

    def _go_region(self, step: int) -> None:
        regions: list[tuple[QWidget, QWidget]] = [
            (self.powers, self.powers.places[0].words),
            (self.grid, self.grid),
            (self.info, self.info.tabs),
            (self.totals, self.totals.view),
            (self.asking.panel, self.asking.panel.view),
            *((content, content) for content in self.docks.contents),
        ]
        regions = [(owner, target) for owner, target in regions if target.isVisible()]
        focus = QApplication.focusWidget()
        inside = [
            number
            for number, (owner, _) in enumerate(regions)
            if focus is not None and _inside(focus, owner)
        ]
        # The info panel stands in the powers column: the innermost owner is where we are.
        here = inside[-1] if inside else -1
        if regions:
            target = regions[(here + step) % len(regions)][1] if here >= 0 else regions[0][1]
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep(self, key: str, value: object) -> None:
        try:
            self._settings.set(key, value)
        except MidsdeskError as error:
            self.status.refuse(error.user_message)


def _dress_application(theme: Theme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        style.apply(app, theme)


def _inside(widget: QWidget, owner: QWidget) -> bool:
    return widget is owner or owner.isAncestorOf(widget)
