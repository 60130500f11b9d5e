"""The history dock by hand."""

from midsdesk.app import commands, goals
from midsdesk.app.document import Document, DocumentChanged
from midsdesk.app.history_view import Figures, HistoryRow, history_rows
from midsdesk.app.totals_view import totals
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
HOVER = "Pool.Flight.Combat_Flight"


def document() -> Document:
    build = ops.change_powerset(taken(SNAP_SHOT), CATALOG, 3, "Pool.Flight")
    return Document(build, CATALOG, Engine(CATALOG))


def test_newest_on_top_with_the_build_in_between() -> None:
    shown, figures = document(), Figures()
    shown.do(commands.set_name(shown, "Anna"))
    shown.do(commands.take_power(shown, HOVER))
    shown.undo()
    rows = history_rows(shown, figures)
    assert [(row.label, row.position, row.now, row.undone) for row in rows] == [
        ("Take Hover", 2, False, True),
        ("Rename the character", 1, True, False),
        ("New build", 0, False, False),
    ]
    assert (
        rows[1].spoken.startswith("Rename the character, ")
        and "the build is here" in rows[1].spoken
    )


def test_jumping_is_one_change() -> None:
    shown = document()
    heard: list[DocumentChanged] = []
    shown.do(commands.set_name(shown, "A"))
    shown.do(commands.take_power(shown, HOVER))
    shown.do(commands.set_origin(shown, "Science"))
    shown.subscribe(heard.append)
    shown.jump(1)
    assert len(heard) == 1 and shown.history.position == 1
    assert (shown.build.name, shown.build.find(HOVER)) == ("A", None)
    shown.jump(3)
    assert shown.build.find(HOVER) is not None and shown.redo_label == ""
    shown.jump(99)
    assert len(heard) == 2, "there is nothing further"


def test_the_step_that_moves_a_goal_says_so() -> None:
    shown, figures = document(), Figures()
    shown.do(goals.add_goal(shown, "defense.ranged"))
    shown.do(commands.take_power(shown, HOVER))
    figures.note(shown)
    index = shown.build.find(HOVER)
    assert index is not None
    shown.do(commands.set_included(shown, index, not shown.build.entries[index].included))
    rows = history_rows(shown, figures)
    # Hover gives a blaster 1.75 % defense to all while it is on.
    assert rows[0].chip in ("+1.8 % ranged defense", "−1.8 % ranged defense")
    assert rows[0].good == rows[0].chip.startswith("+")


def test_totals_tell_the_change_since_the_mark() -> None:
    shown = document()
    shown.do(commands.take_power(shown, HOVER))
    index = shown.build.find(HOVER)
    assert index is not None
    shown.do(commands.set_included(shown, index, False))
    shown.set_mark(shown.build)
    rows = history_rows(shown, Figures())
    assert rows[0].marked, "the newest step holds the mark"
    assert not any(row.delta for group in totals(shown) for row in group.rows)
    shown.do(commands.set_included(shown, index, True))
    deltas = {row.key: row.delta for group in totals(shown) for row in group.rows if row.delta}
    assert deltas["defense.melee"] == "+1.75"
    shown.set_mark(None)
    assert not any(row.delta for group in totals(shown) for row in group.rows)


def test_rows_are_plain_values() -> None:
    shown = document()
    assert isinstance(history_rows(shown, Figures())[0], HistoryRow)
    assert history_rows(shown, Figures()) == history_rows(shown, Figures())
