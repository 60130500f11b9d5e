"""Fills in what each piece would change, one row at a time between two frames."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from midsdesk.app.views import PieceView
from midsdesk.ui.picker.lists import PieceList

Deltas = tuple[tuple[str, bool], ...]
Ask = Callable[[PieceView], Deltas]


class DeltaFiller(QObject):
    """Asks for the rows in sight only; a new list makes it start again."""

    def __init__(self, pieces: PieceList) -> None:
        """Fill nothing yet."""
        super().__init__(pieces)
        self._list = pieces
        self._ask: Ask | None = None
        self._done: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fill_one)
        pieces.verticalScrollBar().valueChanged.connect(self._resume)

    def start(self, ask: Ask | None) -> None:
        """Fill the rows now listed with what `ask` answers; None stops."""
        self._ask = ask
        self._done.clear()
        self._resume()

    def _resume(self) -> None:
        if self._ask is None:
            self._timer.stop()
        else:
            self._timer.start()

    def _fill_one(self) -> None:
        row = self._next_row()
        if row < 0 or self._ask is None:
            self._timer.stop()
            return
        self._done.add(row)
        entry = self._list.pieces.entry(row)
        if isinstance(entry, PieceView) and not entry.refused and not entry.deltas:
            found = self._ask(entry)
            if found:
                self._list.pieces.exchange(row, replace(entry, deltas=found))

    def _next_row(self) -> int:
        """Return the first row in sight that was not asked about."""
        view, height = self._list, self._list.viewport().height()
        for row in range(view.pieces.rowCount()):
            if row in self._done:
                continue
            rect = view.visualRect(view.pieces.index(row))
            if rect.top() > height:
                return -1
            if rect.bottom() >= 0:
                return row
        return -1
