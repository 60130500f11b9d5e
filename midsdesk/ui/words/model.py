"""Item model of one pick list."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from midsdesk.app.views import Word, WordState

WORD_ROLE = int(Qt.ItemDataRole.UserRole)
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


def spoken_state(state: WordState) -> str:
    """Return what a screen reader says of a state."""
    words = {
        WordState.AVAILABLE: QCoreApplication.translate("Words", "available"),
        WordState.UNAVAILABLE: QCoreApplication.translate("Words", "unavailable"),
        WordState.TAKEN: QCoreApplication.translate("Words", "taken"),
        WordState.TAKEN_LATE: QCoreApplication.translate("Words", "taken, too late here"),
        WordState.ILLEGAL: QCoreApplication.translate("Words", "illegal"),
        WordState.HEADING: QCoreApplication.translate("Words", "heading"),
    }
    return words[state]


class WordModel(QAbstractListModel):
    """Holds the words of a powerset and tells the view just those that differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[Word, ...] = ()

    def set_words(self, words: tuple[Word, ...]) -> None:
        """Show other words."""
        before = self._words
        if [word.power for word in words] != [word.power for word in before]:
            self.beginResetModel()
            self._words = words
            self.endResetModel()
            return
        self._words = words
        for row, (old, new) in enumerate(zip(before, words, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def word(self, row: int) -> Word | None:
        """Return the word of a row."""
        return self._words[row] if 0 <= row < len(self._words) else None

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        """One row a word."""
        return 0 if parent.isValid() else len(self._words)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the spoken text, or the word itself."""
        word = self.word(index.row()) if index.isValid() else None
        if word is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return word.name
        if role == WORD_ROLE:
            return word
        if role == Qt.ItemDataRole.ToolTipRole:
            return word.reason or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(word)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every word can be clicked, grey ones too; headings cannot."""
        word = self.word(index.row()) if index.isValid() else None
        if word is None or word.state is WordState.HEADING:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _spoken(word: Word) -> str:
    if word.state is WordState.HEADING:
        return word.name
    last = word.reason
    if not last:
        last = QCoreApplication.translate("Words", "level {0}").format(word.level)
    return f"{word.name}, {spoken_state(word.state)}, {last}"
