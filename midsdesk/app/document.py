"""A document: an open build with its history, its numbers and its file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from midsdesk.app.events import Hub
from midsdesk.app.history import Change, Command, Edit, History
from midsdesk.app.memo import Memo
from midsdesk.app.ports import Calculation, Calculator
from midsdesk.edit.diff import Delta, diff
from midsdesk.errors import BusinessError
from midsdesk.formats.detect import Form
from midsdesk.formats.native_file import NativeFile
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings
from midsdesk.rules.check import Violation, check

_CALCULATIONS_KEPT = 24


@dataclass(frozen=True, slots=True)
class DocumentChanged:
    """Something about a document changed.

    Attributes:
        build_before, build_after: The same value when only settings, the requested level or the
            saved state changed.
        label: Name of the step, "" where no step was taken.
    """

    build_before: Build
    build_after: Build
    label: str

    @property
    def delta(self) -> Delta:
        """Which entries differ."""
        return diff(self.build_before, self.build_after)


class Document:
    """An open build. Changed only through `do`, `move`, `undo` and `redo`.

    Args:
        path: File it was read from or saved to, None for a build without a file.

    Attributes:
        catalog: The game data it is planned on; others after `move`.
        form: The form of that file, None where it has none or nobody looked.
        companions: What stands beside the build in a file of ours, to be written back.
    """

    def __init__(
        self,
        build: Build,
        catalog: Catalog,
        calculator: Calculator,
        settings: CalcSettings | None = None,
        path: Path | None = None,
    ) -> None:
        self.catalog = catalog
        self.path = path
        self.form: Form | None = None
        self.companions: NativeFile | None = None
        self.memo = Memo()
        self.last_piece: SlottedEnhancement | None = None
        self._calculator = calculator
        self._settings = settings or CalcSettings()
        self._history = History(build)
        self._reference: Build | None = build
        self._changed: Hub[DocumentChanged] = Hub()
        self._requested_level = 0
        self._numbers: tuple[Build, CalcSettings, Calculation] | None = None
        self._violations: tuple[Build, tuple[Violation, ...]] | None = None
        self._kept: dict[tuple[Build, CalcSettings], Calculation] = {}
        self._mark: Build | None = None

    @property
    def build(self) -> Build:
        """The current build."""
        return self._history.build

    @property
    def calculator(self) -> Calculator:
        """What turns the build into numbers, on its own game data."""
        return self._calculator

    @property
    def history(self) -> History:
        """The steps done and undone, for reading."""
        return self._history

    @property
    def settings(self) -> CalcSettings:
        """What the calculator is told besides the build."""
        return self._settings

    @property
    def undo_label(self) -> str:
        """Name of the step that `undo` would take back, "" if there is none."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        """Name of the step that `redo` would do again, "" if there is none."""
        return self._history.redo_label

    @property
    def modified(self) -> bool:
        """The build differs from what was opened, made or last saved."""
        reference = self._reference
        return reference is None or (self.build is not reference and self.build != reference)

    @property
    def calculation(self) -> Calculation:
        """The numbers of the current build under the current settings."""
        kept = self._numbers
        if kept is None or kept[0] is not self.build or kept[1] != self._settings:
            kept = self._numbers = (self.build, self._settings, self._numbers_of(self.build))
        return kept[2]

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The rules the current build breaks."""
        kept = self._violations
        if kept is None or kept[0] is not self.build:
            kept = self._violations = (self.build, check(self.build, self.catalog))
        return kept[1]

    @property
    def requested_level(self) -> int:
        """Level the lists answer for, from 1; 0 until a pick was chosen or made."""
        return self._requested_level

    @property
    def next_pick_level(self) -> int:
        """Level of the pick that is filled next, from 1; 0 when all picks are filled."""
        return self._requested_level or _next_empty(self.build, 1)

    def request_level(self, level: int) -> None:
        """Fill the empty pick of this level next (a click on an empty bar)."""
        self._requested_level = level
        self._emit(self.build, "")

    def do(self, command: Command) -> Change | None:
        """Run a command. None: it changed nothing.

        Raises:
            RuleViolationError: The rules forbid it; nothing has changed.
        """
        change = self._history.do(command)
        if change is not None:
            self._after(change)
        return change

    def undo(self) -> Change | None:
        """Take the last step back; None if there is none."""
        change = self._history.undo()
        if change is not None:
            self._after(change)
        return change

    def redo(self) -> Change | None:
        """Do the step undone last once more; None if there is none."""
        change = self._history.redo()
        if change is not None:
            self._after(change)
        return change

    def jump(self, position: int) -> Change | None:
        """Undo or do again until so many steps are done; None if that is so already."""
        change = self._history.jump(position)
        if change is not None:
            self._after(change)
        return change

    @property
    def mark(self) -> Build | None:
        """The build the totals are compared with, None for none."""
        return self._mark

    def set_mark(self, build: Build | None) -> None:
        """Compare the totals with a build from now on; None ends that."""
        self._mark = build
        self._emit(self.build, "")

    def numbers_of(self, build: Build) -> Calculation:
        """The numbers of another build under the current settings."""
        return self._numbers_of(build)

    def is_saved(self, build: Build) -> bool:
        """A build is what the file holds, or what was opened."""
        return build is self._reference

    def move(self, label: str, build: Build, catalog: Catalog, calculator: Calculator) -> Change:
        """Go to other game data, as a step like any other.

        Args:
            label: Name of the step.
            build: The same build in the names of those data.
            catalog: The other data.
            calculator: Theirs.
        """
        data = ((self.catalog, self._calculator), (catalog, calculator))
        change = Change(label, self.build, build, data=data)
        self._history.put(change)
        self._after(change)
        return change

    def renew(self, catalog: Catalog, calculator: Calculator) -> None:
        """Read the same game data from another file; the build stays."""
        self._use(catalog, calculator)
        self._emit(self.build, "")

    def preview(self, edit: Edit | Command) -> Calculation | None:
        """The numbers after an edit that is not made. None: refused, or it would change nothing."""
        result = self.preview_build(edit)
        if result is None:
            return None
        return self._numbers_of(result)

    def preview_build(self, edit: Edit | Command) -> Build | None:
        """The build after an edit that is not made. None: refused, or it would change nothing."""
        run = edit.edit if isinstance(edit, Command) else edit
        try:
            result = run(self.build)
        except BusinessError:
            return None
        return None if result == self.build else result

    def numbers_under(self, settings: CalcSettings) -> Calculation:
        """The numbers of the current build under other settings, which stay as they are."""
        return self._numbers_of(self.build, settings)

    def set_settings(self, settings: CalcSettings) -> None:
        """Let the calculator answer under other settings; the build stays."""
        if settings != self._settings:
            self._settings = settings
            self._emit(self.build, "")

    def subscribe(self, listener: Callable[[DocumentChanged], None]) -> Callable[[], None]:
        """Call `listener` after every change; returns what ends that."""
        return self._changed.subscribe(listener)

    def mark_saved(self, path: Path) -> None:
        """The current build is what the file at `path` holds."""
        self.path = path
        self._reference = self.build
        self._emit(self.build, "")

    def mark_unsaved(self) -> None:
        """The current build is in no file (restored after a crash)."""
        self._reference = None
        self._emit(self.build, "")

    def _numbers_of(self, build: Build, settings: CalcSettings | None = None) -> Calculation:
        """Numbers of a build, the last few kept: undo and taking what was previewed are free."""
        key = (build, settings or self._settings)
        kept = self._kept.pop(key, None)
        if kept is None:
            while len(self._kept) >= _CALCULATIONS_KEPT:
                self._kept.pop(next(iter(self._kept)))
            kept = self._calculator.calculate(*key)
        self._kept[key] = kept
        return kept

    def _after(self, change: Change) -> None:
        if change.data is not None:
            self._use(*change.data[1])
        self.last_piece = change.piece or self.last_piece
        emptied = _emptied(change.before, change.after)
        self._requested_level = _next_empty(change.after, emptied or self._requested_level or 1)
        self._emit(change.before, change.label)

    def _use(self, catalog: Catalog, calculator: Calculator) -> None:
        """Forget all that was made of other game data."""
        self.catalog, self._calculator = catalog, calculator
        self.memo = Memo()
        self.last_piece = None
        self._numbers = self._violations = self._mark = None
        self._kept.clear()

    def _emit(self, before: Build, label: str) -> None:
        self._changed.emit(DocumentChanged(before, self.build, label))


def _next_empty(build: Build, level: int) -> int:
    """Level of the first empty pick at or above `level`, else of the first empty pick, else 0."""
    empty = [entry.level for entry in build.picks if entry.is_empty]
    return next((found for found in empty if found >= level), empty[0] if empty else 0)


def _emptied(before: Build, after: Build) -> int:
    """Level of the pick that a change emptied, 0 for none: it is asked for next."""
    for old, new in zip(before.picks, after.picks, strict=False):
        if new.is_empty and not old.is_empty:
            return new.level
    return 0
