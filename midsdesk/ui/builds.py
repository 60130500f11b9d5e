"""The open builds: new, open, save, close. Errors and offers go to message bars, never to boxes."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from midsdesk.app import present
from midsdesk.app.document import Document
from midsdesk.errors import MidsdeskError
from midsdesk.ui.files.opening import Opening
from midsdesk.ui.files.saving import Saving
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.shell.tab_strip import TabStrip
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.messages import MessageArea, Remedy, Tone
from midsdesk.ui.workspace import Workspace


class OpenBuilds(QObject):
    """Documents and their tabs, in the same order."""

    current_changed = Signal(object)  # Document or None

    def __init__(
        self,
        window: QWidget,
        tabs: TabStrip,
        messages: MessageArea,
        status: StatusStrip,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__(window)
        self._tabs = tabs
        self._messages = messages
        self._status = status
        self._icons = icons
        self._documents: list[Document] = []
        self.workspace: Workspace | None = None
        self.opening = Opening(
            theme,
            icons,
            window,
            messages,
            status,
            workspace=lambda: self.workspace,
            show=self._add_opened,
            find=self._go_to,
        )
        self._saving = Saving(window, messages, status, self._last_folder, self._remember)
        tabs.tab_chosen.connect(self._chosen)
        tabs.close_asked.connect(self.close)
        tabs.new_asked.connect(self.new)

    @property
    def documents(self) -> tuple[Document, ...]:
        """What is open."""
        return tuple(self._documents)

    @property
    def current(self) -> Document | None:
        """The document of the chosen tab."""
        index = self._tabs.tabs.currentIndex()
        return self._documents[index] if 0 <= index < len(self._documents) else None

    def add(self, document: Document) -> None:
        """Show a document in a tab of its own."""
        self._documents.append(document)
        name, sign = self._title(document)
        self._tabs.tabs.blockSignals(True)
        index = self._tabs.add_tab(name, sign)
        self._tabs.set_tab(index, name, sign, modified=document.modified)
        self._tabs.tabs.setCurrentIndex(index)
        self._tabs.tabs.blockSignals(False)
        self._chosen(index)
        if self.workspace is not None:
            self.workspace.watch(document)

    def new(self) -> None:
        """Start an empty build."""
        if self.workspace is not None:
            self.add(self.workspace.new_document())

    def open(self, path: Path) -> None:
        """Open a file, or go to its tab if it is open already."""
        self.opening.open_file(path)

    def save(self) -> None:
        """Save to the build's own file, asking for one if it has none."""
        if self.current is not None:
            self._saving.save(self.current)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        if self.current is not None:
            self._saving.save_as(self.current)

    def show_import_report(self) -> None:
        """Show how the chosen build was read."""
        self.opening.show_report(self.current)

    def close_current(self) -> None:
        """Close the chosen tab."""
        self.close(self._tabs.tabs.currentIndex())

    def close(self, index: int) -> None:
        """Close a tab; unsaved work can be brought back."""
        if not 0 <= index < len(self._documents):
            return
        document = self._documents.pop(index)
        name, _ = self._title(document)
        self._tabs.remove_tab(index)
        if self.workspace is not None:
            self.workspace.release(document)
        if document.modified:
            text = self.tr("{0} was closed without saving.").format(name)
            again = Remedy(self.tr("Open it again"), lambda: self.add(document))
            self._messages.show_message(Tone.OK, text, again)
        if self._documents:
            self._chosen(self._tabs.tabs.currentIndex())
        else:
            self.new()

    def title_of(self, document: Document) -> str:
        """What a build is called."""
        return self._title(document)[0]

    def refresh_titles(self) -> None:
        """Show names and unsaved changes."""
        for index, document in enumerate(self._documents):
            name, sign = self._title(document)
            self._tabs.set_tab(index, name, sign, modified=document.modified)

    def offer_restore(self) -> None:
        """Offer what a run that ended badly left behind."""
        saver = self.workspace.autosaver if self.workspace is not None else None
        if saver is None:
            return
        for item in saver.recoverable():
            name = item.name or self.tr("A build without a name")
            last = self.tr(" (last step: {0})").format(item.label) if item.label else ""
            text = self.tr("{0} was not saved when midsdesk ended{1}.").format(name, last)
            self._messages.show_message(
                Tone.INFO,
                text,
                Remedy(self.tr("Restore"), lambda key=item.id: self._restore(key)),  # type: ignore[misc]
                Remedy(self.tr("Discard"), lambda key=item.id: saver.discard(key)),  # type: ignore[misc]
            )

    def _restore(self, key: str) -> None:
        workspace = self.workspace
        if workspace is None or workspace.autosaver is None:
            return
        try:
            data = workspace.data_of(*workspace.autosaver.made_with(key))
            found = workspace.autosaver.restore(key, *data, workspace.calc_settings())
        except MidsdeskError as error:
            self._messages.show_message(Tone.ERROR, error.user_message)
            return
        if found is not None:
            self._drop_untouched()
            self.add(found[0])
            self._status.say(self.tr("Restored {0}").format(self._title(found[0])[0]))

    def _save(self, document: Document, path: Path) -> None:
        self._saving.write(document, path)

    def _go_to(self, path: Path) -> bool:
        """Go to the tab of a file; False if it has none."""
        for index, document in enumerate(self._documents):
            if document.path == path:
                self._tabs.tabs.setCurrentIndex(index)
                return True
        return False

    def _add_opened(self, document: Document) -> None:
        self._drop_untouched()
        self.add(document)

    def _last_folder(self) -> str:
        return str(self.workspace.settings.get("last_folder")) if self.workspace else ""

    def _remember(self, path: Path) -> None:
        if self.workspace is None:
            return
        try:
            self.workspace.settings.add_recent_file(path)
            self.workspace.settings.set("last_folder", str(path.parent))
        except MidsdeskError as error:
            self._status.refuse(error.user_message)

    def _drop_untouched(self) -> None:
        """An empty new build makes room for the one that was opened."""
        if len(self._documents) != 1:
            return
        document = self._documents[0]
        if document.path is None and not document.modified and not document.build.name:
            self._documents.pop(0)
            self._tabs.remove_tab(0)
            if self.workspace is not None:
                self.workspace.release(document)

    def _title(self, document: Document) -> tuple[str, str]:
        who = present.identity(document)
        fallback = document.path.stem if document.path else self.tr("New build")
        sign = f"archetype-{who.archetype_name.lower().replace(' ', '-')}"
        return who.name or fallback, sign if self._icons.has(sign) else ""

    def _chosen(self, index: int) -> None:
        if 0 <= index < len(self._documents):
            self.current_changed.emit(self._documents[index])
