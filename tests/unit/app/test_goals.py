"""Goals of a build: kept with it, counted, and foreseen."""

import json
from dataclasses import replace

import pytest

from midsdesk.app import goals
from midsdesk.app.document import Document
from midsdesk.app.goals import Goal
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.errors import RuleViolationError
from midsdesk.formats import mbd
from tests.helpers.builds import SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
HOVER = "Pool.Flight.Combat_Flight"


def document() -> Document:
    build = ops.change_powerset(taken(SNAP_SHOT), CATALOG, 3, "Pool.Flight")
    return Document(ops.take_power(build, CATALOG, HOVER), CATALOG, Engine(CATALOG))


def test_a_goal_travels_with_the_build_and_undoes() -> None:
    shown = document()
    before = shown.build
    shown.do(goals.add_goal(shown, "defense.ranged"))
    # The soft cap of defense is 45.
    assert goals.goals_of(shown.build) == (Goal("defense.ranged", 45.0),)
    assert shown.undo_label == "Add the goal Ranged defense 45.0 %"
    written = mbd.encode(shown.build, CATALOG)
    read, _ = mbd.decode(written, CATALOG)
    assert goals.goals_of(read) == (Goal("defense.ranged", 45.0),)
    shown.undo()
    assert shown.build == before


def test_the_other_members_of_a_file_stay() -> None:
    build = replace(document().build, extras=json.dumps({"Theirs": [1]}))
    with_one = goals.with_goals(build, (Goal("haste", 100.0),))
    assert json.loads(with_one.extras)["Theirs"] == [1]
    assert goals.with_goals(with_one, ()) == build


@pytest.mark.parametrize(
    "rows", ["x", [1], [{"total": 3, "target": 4}], [{"total": "haste", "target": "high"}], [{}]]
)
def test_nonsense_in_a_file_is_no_goal(rows: object) -> None:
    build = replace(document().build, extras=json.dumps({goals.MEMBER: rows}))
    assert goals.goals_of(build) == ()


def test_how_far_it_is() -> None:
    shown = document()
    shown.do(goals.add_goal(shown, "hit_points", 1000.0))
    # A Blaster of level 50 has 1,204.8 hit points.
    found = goals.view(shown)[0]
    assert (found.name, found.text, found.chip, found.tone) == (
        "Hit points",
        "1,205 / 1,000",
        "✓ met",
        "ok",
    )
    shown.do(goals.set_target(shown, "hit_points", 1300.0))
    found = goals.view(shown)[0]
    assert (found.chip, found.tone) == ("− 95", "warn")
    assert found.spoken == "Goal Hit points, 1,205 of 1,300, missing 95"


def test_less_endurance_use_is_better() -> None:
    shown = document()
    shown.do(goals.add_goal(shown, "endurance_use", 0.0))
    assert goals.view(shown)[0].tone == "ok"


def test_a_preview_tells_the_change() -> None:
    shown = document()
    shown.do(goals.add_goal(shown, "defense.ranged"))
    entry = shown.build.find(HOVER)
    assert entry is not None
    then = shown.preview(lambda build: ops.set_included(build, CATALOG, entry, included=True))
    found = goals.view(shown, then)[0]
    # Hover gives every defense 0.25 x 0.1 at scale 1 for a Blaster: 1.75 %.
    assert found.tone == "better"
    assert found.after is not None
    assert found.text.startswith("0.0 → ")
    assert found.chip.startswith("+")


def test_digits_in_a_row_undo_as_one_step() -> None:
    shown = document()
    shown.do(goals.add_goal(shown, "haste"))
    for target in (1.0, 12.0, 125.0):
        shown.do(goals.set_target(shown, "haste", target))
    shown.undo()
    assert goals.goals_of(shown.build)[0].target != 1.0
    shown.undo()
    assert goals.goals_of(shown.build) == ()


def test_what_is_no_total() -> None:
    with pytest.raises(RuleViolationError, match="no such total"):
        goals.add_goal(document(), "luck")


def test_the_choices_leave_out_what_is_a_goal_already() -> None:
    shown = document()
    before = {row[0] for _, rows in goals.choices(shown) for row in rows}
    shown.do(goals.add_goal(shown, "haste"))
    after = {row[0] for _, rows in goals.choices(shown) for row in rows}
    assert before - after == {"haste"}
