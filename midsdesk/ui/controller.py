"""Turns what the views were asked for into commands, and shows what came of them.

The one place where a click meets the document. A refusal speaks in the status line; nothing else
happens then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from midsdesk.app import commands, extras, present, what_if
from midsdesk.app.consequences import consequences
from midsdesk.app.document import Document, DocumentChanged
from midsdesk.app.history import Change, Command
from midsdesk.app.what_if import Wish
from midsdesk.errors import MidsdeskError
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import TO_HIT_BY_ENEMY
from midsdesk.model.vocab import Alignment
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.info.panel import InfoPanel
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.shell.tool_strip import ToolStrip
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.totals.panel import TotalsPanel
from midsdesk.ui.words.panel import PowersPanel

Make = Callable[[Document], Command]
_WORTH_TELLING_MS = 0.05


@dataclass(frozen=True)
class Parts:
    """The widgets of the window that show a document."""

    theme: Theme
    grid: BuildGridView
    powers: PowersPanel
    info: InfoPanel
    totals: TotalsPanel
    tools: ToolStrip
    status: StatusStrip


class DocumentController(QObject):
    """Connects the parts with the document on show."""

    changed = Signal()  # something about the document changed: titles, menus
    wished = Signal(object)  # the `Wish` of what is pointed at, None for none
    data_changed = Signal(object)  # the `Document` on show went to other game data
    previewed = Signal(object)  # the `Calculation` it leads to, None for none

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._document: Document | None = None
        self._catalog: Catalog | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._locked: tuple[str, int | None] | None = None
        self._wish: Wish | None = None
        self.pointed_by_key = False
        self._what_if = QTimer(self)
        self._what_if.setSingleShot(True)
        self._what_if.timeout.connect(self._preview_wish)
        self._connect_grid()
        self._connect_words()
        tools = parts.tools
        tools.pvp_chosen.connect(lambda pvp: self._set(pvp=pvp))
        tools.enemy_chosen.connect(lambda level: self._set(scaling_to_hit=TO_HIT_BY_ENEMY[level]))
        tools.level_chosen.connect(lambda level: self._set(exemplar_level=level))
        parts.info.lock_toggled.connect(self._unlock)

    @property
    def document(self) -> Document | None:
        """What is on show."""
        return self._document

    def show(self, document: Document) -> None:
        """Put another document on show."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._document, self._catalog = document, document.catalog
        self._unsubscribe = document.subscribe(self._document_changed)
        self._locked = None
        self._parts.info.set_locked(False)
        self._parts.info.set_info(None)
        self._parts.grid.set_locked(-1)
        self.refresh()

    def run(self, make: Make) -> bool:
        """Run a command; True if it changed the build."""
        document = self._document
        if document is None:
            return False
        self._forget_wish()
        try:
            command = make(document)
            change = document.do(command)
        except MidsdeskError as error:
            self._parts.status.refuse(error.user_message)
            return False
        if change is not None:
            self._parts.status.say(_told(command, change, document.catalog))
        return change is not None

    def undo(self) -> None:
        """Take the last step back."""
        if self._document is not None:
            change = self._document.undo()
            if change is not None:
                self._parts.status.say(self.tr("Undone: {0}").format(change.label))

    def redo(self) -> None:
        """Do it once more."""
        if self._document is not None:
            change = self._document.redo()
            if change is not None:
                self._parts.status.say(self.tr("Done again: {0}").format(change.label))

    def jump(self, position: int) -> None:
        """Go to where so many steps are done."""
        if self._document is not None:
            self._forget_wish()
            back = position < self._document.history.position
            change = self._document.jump(position)
            if change is not None:
                text = self.tr("Back to before: {0}") if back else self.tr("Done again up to: {0}")
                self._parts.status.say(text.format(change.label))

    def note(self, text: str) -> None:
        """Tell something that changed no build."""
        self._parts.status.note(text)

    def preview(self, make: Make | None) -> None:
        """Show in the totals what a command would change; None ends that."""
        document = self._document
        if document is None:
            return
        groups = present.totals(document)
        calculation = None
        if make is not None:
            try:
                calculation = document.preview(make(document))
            except MidsdeskError:
                calculation = None
        shown = present.totals(document, calculation) if calculation is not None else None
        self._parts.totals.set_groups(groups, shown)
        self.previewed.emit(calculation)

    def show_power(self, power: str) -> None:
        """Keep a power in the info panel, in the build or not."""
        if self._locked != (power, None):
            self._lock_power(power)

    def refresh(self) -> None:
        """Show everything about the document; views repaint only what differs."""
        document, parts = self._document, self._parts
        if document is None:
            return
        who = present.identity(document)
        parts.theme.set_accent("villain" if who.villain else "hero")
        parts.powers.set_identity(who)
        parts.powers.set_words(present.word_lists(document))
        parts.powers.set_counts(extras.counts(document))
        parts.grid.set_grid(present.grid(document))
        started = perf_counter()
        groups = present.totals(document)
        spent = (perf_counter() - started) * 1000
        parts.totals.set_groups(groups)
        parts.info.set_totals(groups)
        parts.tools.set_slots(document.build.added_slots, document.catalog.ruleset.max_slots)
        parts.tools.set_settings(document.settings)
        if spent >= _WORTH_TELLING_MS:  # else they were known already
            parts.status.set_time(self.tr("totals in {0} ms").format(f"{spent:.1f}"))
        parts.status.set_data(f"{document.catalog.name} {document.catalog.version}")
        self._show_info()
        self.changed.emit()

    # --- connections -----------------------------------------------------------------------
    def _connect_grid(self) -> None:
        grid = self._parts.grid
        grid.bar_activated.connect(self._bar_activated)
        grid.power_remove_requested.connect(self._remove_power)
        grid.lamp_toggled.connect(self._toggle_lamp)
        grid.proc_lamp_toggled.connect(self._toggle_procs)
        grid.next_piece_requested.connect(
            lambda e, s: self.run(lambda d: commands.next_piece(d, e, s))
        )
        grid.piece_remove_requested.connect(
            lambda e, s: self.run(lambda d: commands.clear_slot(d, e, s))
        )
        grid.slot_remove_requested.connect(
            lambda e, s: self.run(lambda d: commands.remove_slot(d, e, s))
        )
        grid.pointed_at.connect(self._point_at_entry)
        grid.lamp_pointed.connect(self._point_at_lamp)
        grid.lock_requested.connect(self._lock_entry)

    def _connect_words(self) -> None:
        powers = self._parts.powers
        powers.word_activated.connect(
            lambda name: self.run(lambda d: commands.toggle_power(d, name))
        )
        powers.word_locked.connect(self._lock_power)
        powers.word_pointed.connect(self._point_at_power)
        powers.powerset_chosen.connect(
            lambda place, name: self.run(lambda d: commands.change_powerset(d, place, name))
        )
        who = powers.identity
        who.archetype_chosen.connect(
            lambda name: self.run(lambda d: commands.change_archetype(d, name))
        )
        who.origin_chosen.connect(lambda name: self.run(lambda d: commands.set_origin(d, name)))
        who.alignment_chosen.connect(
            lambda name: self.run(lambda d: commands.set_alignment(d, Alignment[name.upper()]))
        )
        who.renamed.connect(lambda name: self.run(lambda d: commands.set_name(d, name)))

    # --- grid --------------------------------------------------------------------------------
    def _bar_activated(self, entry: int) -> None:
        document = self._document
        if document is None:
            return
        held = document.build.entries[entry]
        if held.is_empty:
            document.request_level(held.level)
            self._parts.status.note(self.tr("The next power goes to level {0}.").format(held.level))
            return
        self.run(lambda d: commands.add_slot(d, entry))

    def _remove_power(self, entry: int) -> None:
        self.run(lambda d: commands.remove_power(d, entry))

    def _toggle_lamp(self, entry: int) -> None:
        self.run(lambda d: commands.set_included(d, entry, not d.build.entries[entry].included))

    def _toggle_procs(self, entry: int) -> None:
        self.run(lambda d: commands.set_procs_off(d, entry, not d.build.entries[entry].procs_off))

    # --- info panel ----------------------------------------------------------------------------
    def _point_at_entry(self, entry: int, slot: int) -> None:
        document = self._document
        self.pointed_by_key = self._parts.grid.hasFocus() and not self._parts.grid.is_hovered
        wish = None
        if document is not None and entry >= 0:
            if self._locked is None:
                self._parts.info.set_info(present.power_info(document, entry=entry))
            wish = what_if.of_slot(document, entry, slot) if slot >= 0 else None
        self._want(wish)

    def _point_at_lamp(self, entry: int, lamp: int) -> None:
        if self._document is not None and lamp >= 0:
            self.pointed_by_key = False
            self._want(what_if.of_lamp(self._document, entry, procs=lamp == 1))

    def _point_at_power(self, power: str) -> None:
        document = self._document
        if document is None:
            return
        if self._locked is None and power:
            self._parts.info.set_info(present.power_info(document, power))
        self.pointed_by_key = not self._parts.powers.is_hovered
        self._want(what_if.of_word(document, power) if power else None)

    def point_at_other(self, power: str) -> None:
        """Foresee what adding or removing a power that is not picked would do; "" ends that."""
        document = self._document
        if document is None:
            return
        if self._locked is None and power:
            self._parts.info.set_info(present.power_info(document, power))
        self._want(what_if.of_other(document, power) if power else None)

    def _lock_entry(self, entry: int, slot: int) -> None:
        self._lock("", entry)

    def _lock_power(self, power: str) -> None:
        self._lock(power, None)

    def _lock(self, power: str, entry: int | None) -> None:
        if self._locked == (power, entry):
            self._unlock()
            return
        self._locked = (power, entry)
        self._parts.grid.set_locked(entry if entry is not None else -1)
        self._parts.info.set_locked(True)
        self._show_info()

    def _unlock(self) -> None:
        shown = self._parts.info.info is not None
        if self._locked is None and shown:
            index = self._parts.grid.current_entry()
            if index >= 0:
                self._lock("", index)
            return
        self._locked = None
        self._parts.grid.set_locked(-1)
        self._parts.info.set_locked(False)

    def _show_info(self) -> None:
        if self._document is None:
            return
        if self._locked is not None:
            power, entry = self._locked
            self._parts.info.set_info(present.power_info(self._document, power, entry))
            return
        entry = self._parts.grid.current_entry()
        if entry >= 0:
            self._parts.info.set_info(present.power_info(self._document, entry=entry))

    # --- what if -------------------------------------------------------------------------------
    def _want(self, wish: Wish | None) -> None:
        """Foresee something in a moment, unless the pointer moves on."""
        if wish == self._wish:
            return
        self._forget_wish()
        self._wish = wish
        self.wished.emit(wish)
        if wish is not None and wish.make is not None:
            self._what_if.start(self._parts.theme.duration("what_if_delay"))

    def _preview_wish(self) -> None:
        if self._wish is not None:
            self.preview(self._wish.make)

    def _forget_wish(self) -> None:
        self._what_if.stop()
        if self._wish is not None:
            self._wish = None
            self.wished.emit(None)
            self.preview(None)

    def _set(self, **values: bool | float) -> None:
        if self._document is not None:
            self._document.set_settings(replace(self._document.settings, **values))  # type: ignore[arg-type]

    def _document_changed(self, event: DocumentChanged) -> None:
        document = self._document
        if document is not None and document.catalog is not self._catalog:
            self.show(document)
            self.data_changed.emit(document)
            return
        self.refresh()


def _told(command: Command, change: Change, catalog: Catalog) -> str:
    """What was done, and what came with it."""
    done = command.told or change.label
    if command.asked is None:
        return done
    along = consequences(change.before, change.after, command.asked, catalog)
    return ". ".join((done, " ".join(along))) if along else done
