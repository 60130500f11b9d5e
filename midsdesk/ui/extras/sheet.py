"""The sheet of powers that are not picked: kinds, slots of incarnates below them, one list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QLineEdit, QListView, QWidget

from midsdesk.app.extras import KINDS, Page
from midsdesk.app.views import Word, WordState
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.widgets.segments import Segments
from midsdesk.ui.widgets.sheet import Sheet
from midsdesk.ui.words.delegate import WordDelegate
from midsdesk.ui.words.model import AnyIndex, WordModel

_WIDTH, _HEIGHT = 460, 560
Pages = Callable[[str], Sequence[Page]]


class ExtrasList(QListView):
    """Words that are added or removed by click and key."""

    toggled = Signal(str)
    pointed = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.words = WordModel(self)
        self.setModel(self.words)
        self.setItemDelegate(WordDelegate(theme, icons, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.entered.connect(self._point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A left click adds or removes."""
        index = self.indexAt(event.position().toPoint())
        event.accept()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if index.isValid():
            self.setCurrentIndex(index)
            if event.button() == Qt.MouseButton.LeftButton:
                self.toggle_row(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space add or remove."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle_row(self.currentIndex().row())
            event.accept()
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """The keyboard points like the mouse."""
        super().currentChanged(current, previous)
        self._point(current)

    def leaveEvent(self, event: object) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self.pointed.emit("")

    def toggle_row(self, row: int) -> None:
        """Add or remove the power of a row."""
        word = self.words.word(row)
        if word is not None and word.state is not WordState.UNAVAILABLE:
            self.toggled.emit(str(word.power))

    def _point(self, index: AnyIndex) -> None:
        word = self.words.word(index.row())
        self.pointed.emit(str(word.power) if word is not None else "")


class ExtrasSheet(Sheet):
    """Asks `pages` what there is; tells what shall be added or removed.

    Signals:
        toggled: A power to add or remove. pointed: one that is looked at, "" for none.
    """

    toggled = Signal(str)
    pointed = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, window: QWidget) -> None:
        """Stay hidden until `open_kind`."""
        self._pages: Pages = lambda _kind: ()
        self._kind, self._page = KINDS[0][0], ""
        super().__init__(theme, icons, window, "extras-sheet")
        self.set_heading(self.tr("Accolades, incarnate and other powers"))
        self.kinds = Segments(self.tr("Kind"), KINDS, self, narrow=True)
        self.kinds.chosen.connect(self._choose_kind)
        self.slots: Segments | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Filter by name"))
        self.field.setAccessibleName(self.tr("Filter by name"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _: self.refresh())
        self.list = ExtrasList(theme, icons, self)
        self.list.toggled.connect(self.toggled)
        self.list.pointed.connect(self.pointed)
        self.field.returnPressed.connect(lambda: self.list.toggle_row(0))
        self.empty = QLabel(self)
        self.empty.setProperty("tone", "muted")
        self.empty.setWordWrap(True)
        self.count = QLabel(self)
        self.count.setProperty("type", "caption")
        self.count.setProperty("tone", "secondary")
        for part in (self.kinds, self.field, self.empty):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.foot.addWidget(self.count, 1)
        self.restyle()

    def open_kind(self, kind: str, pages: Pages) -> None:
        """Show the powers of a kind."""
        self._pages = pages
        self._choose_kind(kind)
        self.open(self.list)

    def refresh(self) -> None:
        """Ask again what there is."""
        pages = list(self._pages(self._kind))
        page = next((each for each in pages if each.key == self._page), pages[0] if pages else None)
        rows: tuple[Word, ...] = ()
        if page is not None:
            self._page = page.key
            wanted = self.field.text().lower().split()
            rows = tuple(
                row for row in page.rows if all(word in row.name.lower() for word in wanted)
            )
        self.list.words.set_words(rows)
        taken = sum(row.state is WordState.TAKEN for each in pages for row in each.rows)
        self.count.setText(self.tr("%n in the build", "", taken))
        self.empty.setVisible(not rows)
        text = self.tr("No power is called like that.")
        if page is None or not page.rows:
            text = self.tr("These game data have no such powers.")
        self.empty.setText(text)
        self.list.setAccessibleName(page.title if page is not None else "")

    def place(self) -> None:
        """Stand left in the room of the grid, so that the totals stay in sight."""
        room, scaled = self.room(), self.theme.scaled
        margin = round(scaled(8))
        width = min(round(scaled(_WIDTH)), room.width() - 2 * margin)
        height = min(round(scaled(_HEIGHT)), room.height() - 2 * margin)
        left = min(round(scaled(460)) + margin, room.right() - width - margin)
        top = room.top() + max(margin, (room.height() - height) // 3)
        self.setGeometry(max(margin, left), top, width, height)

    def restyle(self) -> None:
        """See `Sheet`."""
        scaled = self.theme.scaled
        side = round(scaled(16))
        self.body.setContentsMargins(side, round(scaled(10)), side, round(scaled(4)))
        self.body.setSpacing(round(scaled(8)))

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self.kinds.set_current(kind)
        pages = list(self._pages(kind))
        if self.slots is not None:
            self.body.removeWidget(self.slots)
            self.slots.hide()
            self.slots.deleteLater()
            self.slots = None
        if len(pages) > 1:
            choices = [(page.key, page.title) for page in pages]
            self.slots = Segments(self.tr("Slot"), choices, self, narrow=True)
            self.slots.chosen.connect(self._choose_page)
            self.body.insertWidget(1, self.slots)
            self.slots.show()
        self.field.clear()
        self._choose_page(pages[0].key if pages else "")

    def _choose_page(self, key: str) -> None:
        self._page = key
        if self.slots is not None:
            self.slots.set_current(key)
        self.refresh()
        words = self.list.words
        taken = (n for n in range(words.rowCount()) if _is_taken(words.word(n)))
        self.list.setCurrentIndex(words.index(next(taken, 0)))


def _is_taken(word: Word | None) -> bool:
    return word is not None and word.state is WordState.TAKEN
