"""Where the picker opens: beside the bar, in the window, never under the pointer."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

_GAP, _EDGE = 8, 8
# How far the picker's top stands above its bar when it opens at a side.
_RISE = 88


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the picker must respect; all in coordinates of the window.

    Attributes:
        bar: The bar with its slots. keep_clear: the totals, if they are in sight.
        scale: Pixels of a logical pixel.
    """

    window: QRect
    bar: QRect
    pointer: QPoint | None = None
    keep_clear: QRect | None = None
    scale: float = 1.0


def place(size: QSize, lowest_height: int, around: Surroundings) -> QRect:
    """Return where a picker of at most `size` opens.

    Sides first, the one away from the totals before the other; then below or above the bar, lower
    if need be down to `lowest_height`. A place that hides the totals comes after one that does
    not. In a window too small for any of these it lies in the window and as little as can be over
    the bar.
    """
    edge = round(_EDGE * around.scale)
    inside = around.window.adjusted(edge, edge, -edge, -edge)
    full = size.boundedTo(inside.size())
    good = [
        rect for rect in _candidates(full, min(lowest_height, full.height()), inside, around)
        if inside.contains(rect) and not _disturbs(rect, around)
    ]  # fmt: skip
    if good:
        return min(good, key=lambda rect: _area(rect, around.keep_clear))
    return min(_corners(full, inside), key=lambda rect: _badness(rect, around))


def _candidates(
    size: QSize, lowest_height: int, inside: QRect, around: Surroundings
) -> list[QRect]:
    gap = round(_GAP * around.scale)
    bar, width, height = around.bar, size.width(), size.height()
    top = _within(bar.top() - round(_RISE * around.scale), inside.top(), inside.bottom() - height)
    across = _within(bar.left(), inside.left(), inside.right() - width)
    left = QRect(bar.left() - gap - width, top, width, height)
    right = QRect(bar.right() + 1 + gap, top, width, height)
    sides = [left, right]
    if around.keep_clear is not None and around.keep_clear.center().x() < bar.center().x():
        sides.reverse()
    below_top = bar.bottom() + 1 + gap
    below = min(height, inside.bottom() + 1 - below_top)
    above = min(height, bar.top() - gap - inside.top())
    beyond = [
        QRect(across, below_top, width, max(below, lowest_height)),
        QRect(across, bar.top() - gap - max(above, lowest_height), width,
              max(above, lowest_height)),
    ]  # fmt: skip
    if above > below:
        beyond.reverse()
    return sides + beyond


def _corners(size: QSize, inside: QRect) -> list[QRect]:
    xs = (inside.left(), inside.right() + 1 - size.width())
    ys = (inside.top(), inside.bottom() + 1 - size.height())
    return [QRect(QPoint(x, y), size) for x in xs for y in ys]


def _disturbs(rect: QRect, around: Surroundings) -> bool:
    under_pointer = around.pointer is not None and rect.contains(around.pointer)
    return under_pointer or rect.intersects(around.bar)


def _badness(rect: QRect, around: Surroundings) -> tuple[bool, int, int]:
    under_pointer = around.pointer is not None and rect.contains(around.pointer)
    return under_pointer, _area(rect, around.bar), _area(rect, around.keep_clear)


def _area(rect: QRect, other: QRect | None) -> int:
    if other is None:
        return 0
    both = rect.intersected(other)
    return max(0, both.width()) * max(0, both.height())


def _within(value: int, low: int, high: int) -> int:
    return max(low, min(value, high + 1))
