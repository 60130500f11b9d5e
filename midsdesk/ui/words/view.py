"""One pick list: clicks and keys on words become wishes."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from midsdesk.app.views import Word, WordState
from midsdesk.ui.theme.icons import Icons
from midsdesk.ui.theme.tokens import Theme
from midsdesk.ui.words.delegate import WordDelegate
from midsdesk.ui.words.model import AnyIndex, WordModel


class WordListView(QListView):
    """Shows the words of one powerset place; all rows are visible, it never scrolls by itself."""

    word_activated = Signal(str)  # take or remove this power
    lock_requested = Signal(str)
    pointed_at = Signal(str)  # "" when the pointer leaves
    neighbour_asked = Signal(int)  # walk to the neighbouring list: -1 or 1

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = WordModel(self)
        self.setModel(self._model)
        self.setItemDelegate(WordDelegate(theme, icons, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.entered.connect(self._entered)
        theme.changed.connect(self._fit)

    def set_words(self, words: tuple[Word, ...]) -> None:
        """Show words; the height follows their number."""
        before = self._model.rowCount()
        self._model.set_words(words)
        if self._model.rowCount() != before:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space take or remove, left and right walk to the next list."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._activate(self.currentIndex(), lock=bool(control))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.neighbour_asked.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left takes or removes, right locks the info panel."""
        index = self.indexAt(event.position().toPoint())
        event.accept()
        if not index.isValid():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(index)
        if event.button() == Qt.MouseButton.LeftButton:
            self._activate(index)
        elif event.button() == Qt.MouseButton.RightButton:
            self._activate(index, lock=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is a click."""
        self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Everything happens on press."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.pointed_at.emit("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard points elsewhere."""
        super().focusOutEvent(event)
        self.pointed_at.emit("")

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """The keyboard points like the mouse."""
        super().currentChanged(current, previous)
        self._entered(current)

    def _entered(self, index: AnyIndex) -> None:
        word = self._model.word(index.row())
        if word is not None and word.state is not WordState.HEADING:
            self.pointed_at.emit(str(word.power))

    def _activate(self, index: QModelIndex, *, lock: bool = False) -> None:
        word = self._model.word(index.row())
        if word is None or word.state is WordState.HEADING:
            return
        (self.lock_requested if lock else self.word_activated).emit(str(word.power))

    def _fit(self) -> None:
        rows = self._model.rowCount()
        self.setFixedHeight(rows * self._theme.ipx("word_row"))
        self.setVisible(rows > 0)
        self.viewport().update()
