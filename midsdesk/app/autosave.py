"""Autosave: a second after the last change the document is in the user's database.

After a crash the next start finds it there and offers it; a clean save or close clears it.
"""

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Protocol

from midsdesk.app import files
from midsdesk.app.document import Document, DocumentChanged
from midsdesk.app.ports import Calculator
from midsdesk.errors import MidsdeskError
from midsdesk.formats import mbd
from midsdesk.formats.issues import Issue
from midsdesk.host.sessions import Session
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings
from midsdesk.storage.userdb.database import Autosave, UserDatabase

DELAY_S = 1.0
Cancel = Callable[[], None]


class Scheduler(Protocol):
    """Runs work once, later. The window gives one made of `QTimer`."""

    def __call__(self, seconds: float, work: Callable[[], None]) -> Cancel:
        """Run `work` in `seconds`; returns what calls that off."""


def timer_scheduler(seconds: float, work: Callable[[], None]) -> Cancel:
    """A scheduler for programs without an event loop: `work` runs on a thread of its own."""
    timer = Timer(seconds, work)
    timer.daemon = True
    timer.start()
    return timer.cancel


@dataclass(frozen=True, slots=True)
class Recoverable:
    """A document that a run of the program left behind.

    Attributes:
        id: What to give back to `restore` or `discard`.
        name: Of the character. label: last step. path: its file, None for none.
        saved_at: Seconds since 1970.
    """

    id: str
    name: str
    label: str
    path: Path | None
    saved_at: float


class Autosaver:
    """Autosaves of all documents of one run of the program."""

    def __init__(
        self,
        database: UserDatabase,
        session: Session,
        schedule: Scheduler = timer_scheduler,
        on_error: Callable[[MidsdeskError], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._session = session
        self._schedule = schedule
        self._on_error = on_error
        self._clock = clock
        self._watched: dict[int, _Watched] = {}

    def watch(self, document: Document, key: str = "") -> None:
        """Autosave a document from now on; `key` is that of the autosave it was restored from."""
        watched = _Watched(document, key or uuid.uuid4().hex)

        def changed(event: DocumentChanged) -> None:
            if event.label:
                watched.label = event.label
            if document.modified:
                self._later(watched)
            else:
                watched.cancel()
                self._write(watched)

        watched.unsubscribe = document.subscribe(changed)
        self._watched[id(document)] = watched
        if document.modified:
            self._later(watched)

    def release(self, document: Document) -> None:
        """The document was closed on purpose: forget its autosave."""
        watched = self._watched.pop(id(document), None)
        if watched is not None:
            watched.unsubscribe()
            watched.cancel()
            self._guarded(lambda: self._database.remove_autosave(watched.key))

    def flush(self) -> None:
        """Write what is waiting now."""
        for watched in tuple(self._watched.values()):
            if watched.waiting:
                watched.cancel()
                self._write(watched)

    def recoverable(self) -> list[Recoverable]:
        """What runs that are over left behind, newest first."""
        return [
            Recoverable(
                item.id,
                item.name,
                item.label,
                Path(item.path) if item.path else None,
                item.saved_at,
            )
            for item in self._database.autosaves()
            if not self._session.is_alive(item.session)
        ]

    def restore(
        self,
        key: str,
        catalog: Catalog,
        calculator: Calculator,
        settings: CalcSettings | None = None,
    ) -> tuple[Document, tuple[Issue, ...]] | None:
        """Open what was left behind, unsaved, and go on autosaving it; None if it is gone.

        Raises:
            BuildFormatError: It does not fit the game data in use; it stays kept.
        """
        for item in self._database.autosaves():
            if item.id == key:
                build, issues = mbd.decode(item.content, catalog)
                path = Path(item.path) if item.path else None
                document = Document(build, catalog, calculator, settings, path)
                if path is not None:
                    files.restore_form(document, path)
                document.mark_unsaved()
                self.watch(document, key)
                return document, issues
        return None

    def made_with(self, key: str) -> tuple[str, str]:
        """Name and version of the game data that what was left behind is on; "" if unknown."""
        for item in self._database.autosaves():
            if item.id == key:
                try:
                    value = json.loads(item.content)["BuiltWith"]
                    return str(value["Database"]), str(value["DatabaseVersion"])
                except (ValueError, KeyError, TypeError):
                    break
        return "", ""

    def discard(self, key: str) -> None:
        """Forget what was left behind."""
        self._database.remove_autosave(key)

    def _later(self, watched: "_Watched") -> None:
        watched.cancel()
        watched.waiting = True
        watched.cancel_timer = self._schedule(DELAY_S, lambda: self._write(watched))

    def _write(self, watched: "_Watched") -> None:
        watched.waiting = False
        document = watched.document
        if id(document) not in self._watched:
            return
        if not document.modified:
            self._guarded(lambda: self._database.remove_autosave(watched.key))
            return
        build = document.build
        item = Autosave(
            id=watched.key,
            session=self._session.id,
            name=build.name,
            label=watched.label,
            path=str(document.path) if document.path else "",
            content=mbd.encode(build, document.catalog),
            saved_at=self._clock(),
        )
        self._guarded(lambda: self._database.put_autosave(item))

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except MidsdeskError as error:
            if self._on_error is None:
                raise
            self._on_error(error)


class _Watched:
    """A document with the key of its autosave and its waiting timer."""

    def __init__(self, document: Document, key: str) -> None:
        self.document = document
        self.key = key
        self.label = ""
        self.waiting = False
        self.unsubscribe: Cancel = _nothing
        self.cancel_timer: Cancel = _nothing

    def cancel(self) -> None:
        """Call the timer off."""
        self.cancel_timer()
        self.cancel_timer = _nothing


def _nothing() -> None:
    """Nothing to call off."""
