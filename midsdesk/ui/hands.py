"""What moving, copying and stacking in the grid does to the build."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from midsdesk.app import commands, commands_all, piece_text
from midsdesk.app.commands_all import Remedy
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.errors import RuleViolationError
from midsdesk.ui.controller import DocumentController
from midsdesk.ui.grid.dragging import Drop, Outcome
from midsdesk.ui.grid.stacks import StacksBox
from midsdesk.ui.grid.view import BuildGridView
from midsdesk.ui.shell.status_strip import StatusStrip
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.messages import MessageArea, Tone
from midsdesk.ui.widgets.messages import Remedy as Button


class GridHands(QObject):
    """Turns drops, copies and stacks of the grid into commands."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        grid: BuildGridView,
        messages: MessageArea,
        status: StatusStrip,
        controller: DocumentController,
    ) -> None:
        super().__init__(window)
        self._grid = grid
        self._messages = messages
        self._status = status
        self._controller = controller
        self.stacks = StacksBox(theme, window)
        grid.foresee = self.foresee
        grid.dropped.connect(self.drop)
        grid.flip_requested.connect(lambda entry: controller.run(lambda d: commands.flip(d, entry)))
        grid.copy_requested.connect(self.copy)
        grid.paste_requested.connect(self.paste)
        grid.stacks_requested.connect(self.ask_stacks)
        self.stacks.chosen.connect(
            lambda entry, count: controller.run(lambda d: commands.set_stacks(d, entry, count))
        )

    # --- moves -------------------------------------------------------------------------------
    def foresee(self, drop: Drop) -> Outcome:
        """Tell what a drop would do; nothing is changed."""
        document = self._controller.document
        if document is None:
            return Outcome("", allowed=False)
        try:
            if not drop.of_slots:
                return self._foresee_move(document, drop)
            command = _of_slots(document, drop)
            command.edit(document.build)
        except RuleViolationError as error:
            return Outcome(error.user_message, clean=False, allowed=False)
        return Outcome(command.label)

    def _foresee_move(self, document: Document, drop: Drop) -> Outcome:
        first, target = drop.first[0], drop.target[0]
        moved = commands_all.outcome_of_move(document, first, target, closing_up=drop.shift)
        command = _of_bars(document, drop, Remedy.LATER)
        return Outcome(command.told, clean=moved.is_clean)

    def drop(self, drop: Drop) -> None:
        """Do it, and offer other ways where something had to give way."""
        if drop.of_slots:
            self._controller.run(lambda document: _of_slots(document, drop))
            return
        self._move(drop, Remedy.LATER)

    def _move(self, drop: Drop, remedy: Remedy) -> None:
        document = self._controller.document
        if document is None:
            return
        try:
            moved = commands_all.outcome_of_move(
                document, drop.first[0], drop.target[0], closing_up=drop.shift
            )
        except RuleViolationError as error:
            self._status.refuse(error.user_message)
            return
        command = _of_bars(document, drop, remedy)
        if not self._controller.run(lambda _: command) or moved.is_clean:
            return
        buttons = [Button(self.tr("Undo"), self._controller.undo)]
        if moved.later or moved.early_slots:
            for other, text in (
                (Remedy.LATER, self.tr("Other levels")),
                (Remedy.REMOVE, self.tr("Give slots back")),
                (Remedy.LEAVE, self.tr("Leave slots")),
            ):
                if other is not remedy:
                    buttons.append(Button(text, self._instead(drop, other)))
        tone = Tone.WARN if moved.early_powers or moved.early_slots else Tone.OK
        self._messages.show_message(tone, command.told, *buttons)

    def _instead(self, drop: Drop, remedy: Remedy) -> Callable[[], None]:
        """Return what takes the move back and does it another way."""

        def run() -> None:
            self._controller.undo()
            self._move(drop, remedy)

        return run

    # --- copies ------------------------------------------------------------------------------
    def copy(self, entry: int, slot: int) -> None:
        """Copy the piece of a slot, or all of a power."""
        document = self._controller.document
        if document is None:
            return
        pieces = piece_text.copied(document, entry, slot)
        found = [each for each in pieces if each is not None]
        if not found:
            self._status.refuse(self.tr("There is no piece to copy."))
            return
        data = QMimeData()
        data.setData(piece_text.MIME_TYPE, piece_text.to_text(pieces).encode())
        data.setText(piece_text.readable(document, pieces))
        QGuiApplication.clipboard().setMimeData(data)
        self._status.note(self.tr("%n piece(s) copied.", "", len(found)))

    def paste(self, entry: int, slot: int) -> None:
        """Put the copied pieces into a slot or a power."""
        data = QGuiApplication.clipboard().mimeData().data(piece_text.MIME_TYPE)
        pieces = piece_text.from_text(bytes(data.data()).decode("utf-8", "replace"))
        if pieces:
            self._controller.run(lambda d: piece_text.paste(d, entry, slot, pieces))

    # --- stacks ------------------------------------------------------------------------------
    def ask_stacks(self, entry: int) -> None:
        """Open the slider of a power beside its bar."""
        document = self._controller.document
        if document is None:
            return
        held = document.build.entries[entry]
        power = document.catalog.power(held.power) if held.power else None
        if power is None or not power.has_variable:
            self._status.refuse(self.tr("This power has no stacks."))
            return
        name = power.variable_name or self.tr("Stacks")
        span = (power.variable_min, power.variable_max)
        self.stacks.open_at(entry, name, span, held.stacks, self._grid.bar_rect(entry), self._grid)


def _of_slots(document: Document, drop: Drop) -> Command:
    """Return what dragging a slot does: exchange pieces, with Ctrl copy, with Alt levels."""
    if drop.alt:
        return commands.swap_slot_levels(document, drop.first, drop.target)
    if drop.ctrl:
        return piece_text.paste(document, *drop.target, piece_text.copied(document, *drop.first))
    return commands.swap_slot_contents(document, drop.first, drop.target)


def _of_bars(document: Document, drop: Drop, remedy: Remedy) -> Command:
    make = commands_all.move_pick if drop.shift else commands_all.swap_picks
    return make(document, drop.first[0], drop.target[0], remedy)
