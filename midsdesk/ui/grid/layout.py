"""Where bars and slots stand. Values in, rectangles out; no widget is known here.

Picks fill columns from the top. Under the gold line stand the others, row by row: first those with
slots, then the bare ones; a place left free in the last row with slots takes two bare bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from midsdesk.app.views import Bar, Grid
from midsdesk.ui.theme.tokens import Theme

MAX_COLUMNS = 6
_MARGIN = 10.0
_TOP = 8.0
_GOLD_HEIGHT = 25.0
_GOLD_LINE = 12.0
_SLOT_LEFT = 4.0
_SLOT_GAP = 3.0
_SLOT_LEVEL_HEIGHT = 12.0
_MAX_SLOTS = 6


def edges(x: float, y: float, width: float, height: float) -> QRectF:
    """Return a rectangle with each edge on a whole pixel."""
    left, top = round(x), round(y)
    return QRectF(left, top, round(x + width) - left, round(y + height) - top)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one bar stands: its column in the picture and its rectangle."""

    column: int
    bar: QRectF


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the theme in pixels."""

    scale: float
    bar_height: float
    pitch: float
    pitch_bare: float
    bar_min: float
    bar_max: float
    gap: float
    slot: float
    step: float
    step_tight: float
    overlap: float

    @classmethod
    def of(cls, theme: Theme) -> "Sizes":
        """Ask the theme once."""
        return cls(
            scale=theme.scale,
            bar_height=theme.px("bar_height"),
            pitch=theme.px("bar_pitch"),
            pitch_bare=theme.px("bar_pitch_bare"),
            bar_min=theme.px("bar_min"),
            bar_max=theme.px("bar_max"),
            gap=theme.px("column_gap"),
            slot=theme.px("slot"),
            step=theme.px("slot_step"),
            step_tight=theme.scaled(26),
            overlap=theme.px("slot_overlap"),
        )


def fitting_columns(width: float, wanted: int, sizes: Sizes) -> int:
    """Return the largest number of columns up to `wanted` whose bars are not too narrow."""
    room = width - 2 * _MARGIN * sizes.scale
    fit = int((room + sizes.gap) // (sizes.bar_min + sizes.gap))
    return max(1, min(wanted, fit, MAX_COLUMNS))


class GridLayout:
    """Rectangles of one grid at one width."""

    def __init__(self, grid: Grid, width: float, columns: int, sizes: Sizes) -> None:
        self.sizes = sizes
        self.columns = fitting_columns(width, columns, sizes)
        room = width - 2 * _MARGIN * sizes.scale - sizes.gap * (self.columns - 1)
        self.bar_width = min(sizes.bar_max, room / self.columns)
        used = self.bar_width * self.columns + sizes.gap * (self.columns - 1)
        self._left = (width - used) / 2
        self.step = self._step()
        self.places: list[Place] = []
        self.gold_y: float | None = None
        self._bars = grid.picks + grid.others
        bottom = self._place_picks(len(grid.picks))
        if grid.others:
            line = _GOLD_LINE * sizes.scale if grid.picks else 8 * sizes.scale
            self.gold_y = round(bottom + line) + 0.5
            bottom = self._place_others(grid.others, bottom + _GOLD_HEIGHT * sizes.scale)
        self.height = round(bottom + 4 * sizes.scale)

    @property
    def left(self) -> float:
        """Left edge of the first column."""
        return self._left

    @property
    def right(self) -> float:
        """Right edge of the last column."""
        return self._left + self.bar_width * self.columns + self.sizes.gap * (self.columns - 1)

    def slot(self, row: int, position: int) -> QRectF:
        """Return the box of a slot, `position` from 0; also of the one that may be bought."""
        bar = self.places[row].bar
        sizes = self.sizes
        return edges(
            bar.left() + _SLOT_LEFT * sizes.scale + position * self.step,
            bar.top() + sizes.bar_height - sizes.overlap,
            sizes.slot,
            sizes.slot,
        )

    def level_text(self, row: int, position: int) -> QRectF:
        """Return the room for the slot's level under it."""
        box = self.slot(row, position)
        height = _SLOT_LEVEL_HEIGHT * self.sizes.scale
        return QRectF(
            box.left() - 4, box.bottom() - 0.5 * self.sizes.scale, box.width() + 8, height
        )

    def whole(self, row: int) -> QRectF:
        """Return all that is drawn for a row, rings included: what to repaint."""
        bar = self.places[row].bar
        bare = not self._bars[row].slots and not self._bars[row].ghost_level
        tall = self.sizes.bar_height if bare else self.sizes.pitch
        margin = 4 * self.sizes.scale
        return QRectF(bar.left(), bar.top(), bar.width(), tall).adjusted(
            -margin, -margin, margin, 1
        )

    def lamp(self, row: int, place: int = 0) -> QRectF:
        """Return the box of a light; `place` counts from the right."""
        bar = self.places[row].bar
        scale = self.sizes.scale
        size = 14 * scale
        right = bar.right() - 6 * scale - place * (size + 4 * scale)
        return QRectF(right - size, bar.top() + 9 * scale - size / 2, size, size)

    def hit(self, point: QPointF) -> tuple[int, int] | None:
        """Return (row, column) of what is drawn at a point: column 0 is the power."""
        for row, place in enumerate(self.places):
            if not self.whole(row).contains(point):
                continue
            reach = _SLOT_GAP / 2 * self.sizes.scale
            for position in range(len(self._bars[row].slots)):
                if self.slot(row, position).adjusted(-reach, 0, reach, 0).contains(point):
                    return row, position + 1
            if place.bar.contains(point):
                return row, 0
        return None

    def hover_row(self, point: QPointF) -> int:
        """Return the row whose bar or slots lie under a point, -1 for none."""
        for row in range(len(self.places)):
            if self.whole(row).contains(point):
                return row
        return -1

    def neighbour(self, row: int, across: int, down: int) -> int:
        """Return the row of the bar next to one in the picture; the same row at the edge."""
        here = self.places[row]
        best, nearest = row, float("inf")
        for other, place in enumerate(self.places):
            dx = place.column - here.column
            dy = place.bar.top() - here.bar.top()
            if across and dx != across:
                continue
            if down and (dx or dy * down <= 0):
                continue
            if abs(dy) < nearest:
                best, nearest = other, abs(dy)
        return best

    def _step(self) -> float:
        sizes = self.sizes
        room = self.bar_width - 2 * _SLOT_LEFT * sizes.scale - sizes.slot
        return max(sizes.step_tight, min(sizes.step, room / (_MAX_SLOTS - 1)))

    def _add(self, column: int, top: float) -> None:
        x = self._left + column * (self.bar_width + self.sizes.gap)
        self.places.append(Place(column, edges(x, top, self.bar_width, self.sizes.bar_height)))

    def _place_picks(self, count: int) -> float:
        top = _TOP * self.sizes.scale
        rows = -(-count // self.columns)
        for position in range(count):
            column, line = divmod(position, rows)
            self._add(column, top + line * self.sizes.pitch)
        return top + rows * self.sizes.pitch

    def _place_others(self, others: Sequence[Bar], top: float) -> float:
        sizes = self.sizes
        first_bare = next((i for i, bar in enumerate(others) if not bar.slots), len(others))
        for position in range(first_bare):
            line, column = divmod(position, self.columns)
            self._add(column, top + line * sizes.pitch)
        lines, started = divmod(first_bare, self.columns)
        bare = len(others) - first_bare
        free = (self.columns - started) * 2 if started else 0
        for position in range(min(bare, free)):
            column, second = divmod(position, 2)
            self._add(started + column, top + lines * sizes.pitch + second * sizes.pitch_bare)
        below = top + (lines + bool(started)) * sizes.pitch
        rest = max(0, bare - free)
        for position in range(rest):
            line, column = divmod(position, self.columns)
            self._add(column, below + line * sizes.pitch_bare)
        return below + -(-rest // self.columns) * sizes.pitch_bare
