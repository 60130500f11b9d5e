"""Sharing and exporting: what a build can be made into, with its losses, options and a preview."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from midsdesk.app.document import Document
from midsdesk.app.settings import Settings
from midsdesk.app.sharing import Kind, Made, Option, Sharing, Wishes
from midsdesk.errors import MidsdeskError
from midsdesk.ui.files.share_kinds import KindList
from midsdesk.ui.files.share_page import SharePage
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.sheet import Sheet

_REFRESH_MS = 150


class ShareSheet(Sheet):
    """What the build of a document can be made into.

    Signals:
        said: What was done, for the status line.
    """

    said = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, window: QWidget, settings: Settings) -> None:
        self._settings = settings
        self._sharing: Sharing | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._made = Made(b"")
        self._ready = False
        super().__init__(theme, icons, window, "share")
        self.kinds = KindList(theme, self)
        self.page = SharePage(theme, icons, self)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.kinds)
        middle.addWidget(self.page, 1)
        self.body.addLayout(middle, 1)
        self._done = QLabel(self)
        self._done.setProperty("tone", "ok")
        self.save = QPushButton(self.tr("Save to a file…"), self)
        self.copy = QPushButton(self.tr("Copy"), self)
        self.copy.setProperty("primary", True)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.foot.addWidget(self._done, 1)
        for button in (self.close_button, self.save, self.copy):
            self.foot.addWidget(button)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        self.kinds.chosen.connect(self._choose)
        self.page.wishes_changed.connect(self._wish)
        self.save.clicked.connect(self._save)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self._leave)
        self.closed.connect(self._forget)
        self._ready = True
        self.restyle()

    @property
    def kind(self) -> Kind:
        """What is chosen."""
        return self.kinds.kind

    @property
    def made(self) -> Made:
        """The build as it is chosen."""
        return self._made

    def show_document(self, document: Document, calculator: object, target: str = "") -> None:
        """Show what a document can be made into."""
        self._forget()
        self._sharing = Sharing(document, calculator)
        self._unsubscribe = document.subscribe(lambda _: self._later.start(_REFRESH_MS))
        name = document.build.name or self.tr("this build")
        self.set_heading(self.tr("Share or export {0}").format(name))
        try:
            self.page.set_choices(self._sharing.markups, self._sharing.themes)
        except MidsdeskError as error:
            self.page.show_error(error.user_message)
        self.page.set_wishes(self._stored())
        self.kinds.choose(target or self._settings.get("share_kind"))
        self.refresh()
        if not self.isVisible():
            self.open(self.kinds)

    def refresh(self) -> None:
        """Make the build again as it is chosen."""
        if self._sharing is None:
            return
        self._done.clear()
        kind = self.kind
        self._made = self._sharing.make(kind, self.page.wishes)
        self.page.show_made(kind, self._made)
        self.copy.setEnabled(bool(self._made.data) and not kind.binary)
        self.save.setEnabled(bool(self._made.data))

    def restyle(self) -> None:
        """Ask the theme again."""
        if self._ready:
            self.kinds.restyle()
            self.page.restyle()

    def _stored(self) -> Wishes:
        parts = self._settings.get("post_parts")
        flags = {option: option.value in parts for option in Wishes().flags}
        sharing = self._sharing
        markup, theme = self._settings.get("post_markup"), self._settings.get("post_theme")
        if sharing is not None:
            markup = markup if markup in sharing.markups else Wishes().markup
            theme = theme if theme in sharing.themes else Wishes().theme
        return Wishes(markup, theme, flags)

    def _choose(self, kind: Kind) -> None:
        self._keep("share_kind", kind.target)
        self.refresh()

    def _wish(self, wishes: Wishes) -> None:
        self._keep("post_markup", wishes.markup)
        self._keep("post_theme", wishes.theme)
        parts = tuple(str(option) for option in Option if wishes.flags.get(option))
        self._keep("post_parts", parts)
        self.refresh()

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if self.kind.picture:
            clipboard.setPixmap(QPixmap.fromImage(QImage.fromData(self._made.data)))
        else:
            clipboard.setText(self._made.text)
        self._say(self.tr("{0} copied to the clipboard").format(self.kind.title))

    def _save(self) -> None:
        sharing = self._sharing
        if sharing is None:
            return
        made, kind = self._made, self.kind
        folder = Path(self._settings.get("last_folder") or Path.home())
        start = folder / sharing.file_name(kind)
        title = self.tr("Save {0}").format(kind.title)
        ending = start.suffix
        name, _ = QFileDialog.getSaveFileName(self, title, str(start), f"*{ending};;*")
        if not name:
            return
        path = Path(name)
        path = path if path.suffix else path.with_name(f"{path.name}{ending}")
        try:
            sharing.save(made, kind, path)
        except MidsdeskError as error:
            self.page.show_error(error.user_message)
            return
        self._keep("last_folder", str(path.parent))
        self._say(self.tr("Saved {0}").format(path.name))

    def _say(self, text: str) -> None:
        self._done.setText(text)
        self._done.setAccessibleName(text)
        self.said.emit(text)

    def _keep(self, key: str, value: object) -> None:
        try:
            self._settings.set(key, value)
        except MidsdeskError as error:
            self.said.emit(error.user_message)

    def _forget(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
