"""The picker opens in the window, off its bar, off the pointer, off the totals when it can."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from midsdesk.ui.picker.placement import Surroundings, place

SIZE, LOWEST = QSize(500, 576), 300
WINDOW = QRect(0, 0, 1440, 900)
TOTALS = QRect(1152, 98, 288, 778)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Surroundings, bool]:
    """A window of any size from the smallest supported, a bar in it, the pointer on the bar."""
    scale = draw(st.sampled_from([1.0, 1.25, 1.5, 2.0]))
    width = draw(st.integers(round(1024 * scale), round(2560 * scale)))
    height = draw(st.integers(round(700 * scale), round(1600 * scale)))
    bar_width = draw(st.integers(round(178 * scale), round(340 * scale)))
    x = draw(st.integers(0, width - bar_width))
    y = draw(st.integers(0, height - round(60 * scale)))
    bar = QRect(x, y, bar_width, round(60 * scale))
    dx, dy = draw(st.integers(0, bar_width - 1)), draw(st.integers(0, bar.height() - 1))
    pointer = bar.topLeft() + QPoint(dx, dy)
    side = draw(st.sampled_from(["left", "right", "none"]))
    totals = round(288 * scale)
    clear = {
        "left": QRect(0, 98, totals, height - 122),
        "right": QRect(width - totals, 98, totals, height - 122),
        "none": None,
    }[side]
    return Surroundings(QRect(0, 0, width, height), bar, pointer, clear, scale), side != "none"


@given(situations())
def test_never_off_the_window_never_on_the_bar_never_under_the_pointer(
    situation: tuple[Surroundings, bool],
) -> None:
    around, _ = situation
    size, lowest = SIZE * around.scale, round(LOWEST * around.scale)
    rect = place(size, lowest, around)
    assert around.window.contains(rect)
    assert not rect.intersects(around.bar)
    assert around.pointer is not None
    assert not rect.contains(around.pointer)
    assert rect.height() >= lowest
    assert rect.height() <= around.window.height() - 16 * around.scale + 1


@given(st.integers(1, 3000), st.integers(1, 2000), st.integers(-500, 3000), st.integers(-500, 2000))
def test_any_window_at_all_holds_it(width: int, height: int, x: int, y: int) -> None:
    window = QRect(0, 0, max(width, 40), max(height, 40))
    rect = place(SIZE, LOWEST, Surroundings(window, QRect(x, y, 200, 60)))
    assert window.contains(rect)


def test_middle_column_opens_at_the_left_as_drawn() -> None:
    bar = QRect(698, 285, 216, 60)
    assert place(SIZE, LOWEST, Surroundings(WINDOW, bar, keep_clear=TOTALS)) == QRect(
        190, 197, 500, 576
    )


def test_totals_at_the_left_turn_it_around() -> None:
    bar = QRect(698, 285, 216, 60)
    totals = QRect(0, 98, 288, 778)
    rect = place(SIZE, LOWEST, Surroundings(WINDOW, bar, keep_clear=totals))
    assert rect.left() > bar.right()


def test_first_column_goes_below_rather_than_over_the_totals() -> None:
    rect = place(SIZE, LOWEST, Surroundings(WINDOW, QRect(470, 127, 216, 60), keep_clear=TOTALS))
    assert not rect.intersects(TOTALS)
    assert rect.top() > 187


def test_grows_less_high_before_it_covers_the_totals() -> None:
    rect = place(SIZE, LOWEST, Surroundings(WINDOW, QRect(470, 420, 216, 60), keep_clear=TOTALS))
    assert not rect.intersects(TOTALS)
    assert LOWEST <= rect.height() < SIZE.height()
