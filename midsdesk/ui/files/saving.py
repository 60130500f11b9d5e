"""Saving: a file keeps its form; what that form would lose is said before anything is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from midsdesk.app import files
from midsdesk.app.document import Document
from midsdesk.errors import MidsdeskError
from midsdesk.formats.forms import Facet, Form
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.widgets.messages import MessageArea, Remedy, Tone

_MOST_NAMED: Final = 4
_KINDS: Final = (Form.MBD, Form.NATIVE, Form.MXD, Form.MXD_101)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Saving", text)


def kind_text(form: Form) -> str:
    """A form as the file dialog names it."""
    return {
        Form.MBD: _tr("Build of Mids Reborn (*.mbd)"),
        Form.NATIVE: _tr("Build of midsdesk, with variants and notes (*.mdbuild)"),
        Form.MXD: _tr("Build of Mids Reborn before 2023 (*.mxd)"),
        Form.MXD_101: _tr("Build of Mids' Hero Designer, format 1.01 (*.mxd)"),
    }[form]


def form_text(form: Form) -> str:
    """A form within a sentence."""
    return {
        Form.MBD: _tr("A .mbd"),
        Form.NATIVE: _tr("A .mdbuild"),
        Form.MXD: _tr("A .mxd"),
        Form.MXD_101: _tr("A .mxd of format 1.01"),
        Form.MXD_BINARY: _tr("A bare .mxd"),
        Form.GAME_TEXT: _tr("The text of the game"),
    }.get(form, str(form))


def losses_text(lost: tuple[Facet, ...]) -> str:
    """What would be lost, in words, the first few by name."""
    named = [str(each) for each in lost[:_MOST_NAMED]]
    if len(lost) > _MOST_NAMED:
        named.append(_tr("{0} more").format(len(lost) - _MOST_NAMED))
    return ", ".join(named[:-1]) + (_tr(" and ") if len(named) > 1 else "") + named[-1]


class Saving(QObject):
    """Saves documents to files. `saved` is called with each file that was written."""

    def __init__(
        self,
        window: QWidget,
        messages: MessageArea,
        status: StatusStrip,
        folder: Callable[[], str],
        saved: Callable[[Path], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._status = status
        self._folder = folder
        self._saved = saved

    def save(self, document: Document) -> None:
        """Save to the document's own file, in its form; ask for a file if it has none."""
        if document.path is None:
            self.save_as(document)
            return
        form = document.form or files.form_of_file(document.path)
        self._write_or_warn(document, document.path, form)

    def save_as(self, document: Document, preferred: Form | None = None) -> None:
        """Ask for a file and a form, and save to it."""
        first = preferred or (document.form if document.form in _KINDS else None) or Form.MBD
        kinds = [first, *(each for each in _KINDS if each is not first)]
        texts = {kind_text(each): each for each in kinds}
        folder = Path(self._folder() or Path.home())
        ending = files.FILE_FORMS[first]
        start = folder / files.suggested_name(document, ending)
        if document.path is not None:
            start = document.path.with_suffix(ending)
        title = self.tr("Save build")
        name, chosen = QFileDialog.getSaveFileName(
            self._window, title, str(start), ";;".join(texts)
        )
        if not name:
            return
        path = Path(name)
        form = texts.get(chosen) or files.form_for(path if path.suffix else start)
        if not path.suffix:
            path = path.with_name(f"{path.name}{files.FILE_FORMS[form]}")
        elif files.FILE_FORMS[form] != path.suffix.lower():
            # The name speaks louder than the filter that happened to be set.
            form = files.form_for(path)
        self._write_or_warn(document, path, form)

    def write(self, document: Document, path: Path, form: Form | None = None) -> None:
        """Write the file; what goes wrong stands in a message bar."""
        try:
            saved = files.save_document(document, path, form)
        except MidsdeskError as error:
            elsewhere = Remedy(self.tr("Save as…"), lambda: self.save_as(document))
            self._messages.show_message(Tone.ERROR, error.user_message, elsewhere)
            return
        self._status.say(self.tr("Saved {0}").format(saved.name))
        self._saved(saved)

    def _write_or_warn(self, document: Document, path: Path, form: Form) -> None:
        lost = files.losses(document, form)
        if not lost:
            self.write(document, path, form)
            return
        text = self.tr("Not saved yet: {0} does not hold {1}. {2} is as it was.")
        said = text.format(_lower(form_text(form)), losses_text(lost), path.name)
        native = Remedy(self.tr("Save as .mdbuild…"), lambda: self.save_as(document, Form.NATIVE))
        anyway = Remedy(self.tr("Save anyway"), lambda: self.write(document, path, form))
        self._messages.show_message(Tone.WARN, said, native, anyway)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
