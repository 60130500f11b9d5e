"""The nine stages of an import, followed by what its progress says."""

from midsdesk.app.data_changes import DataChanges, NumberChange, PowerChange, SetChange, _apart
from midsdesk.app.data_rows import as_text, change_rows, summary
from midsdesk.app.data_stages import STAGES, StageWatch, State, issue_rows
from midsdesk.formats.issues import Issue
from tests.helpers.builds import SNAP_SHOT, taken

REPORT = {
    "issues": [
        {"severity": "info", "stage": "read", "message": "Good to know."},
        {"severity": "warning", "stage": "rules", "file": "sets", "message": "Odd."},
        {"severity": "error", "stage": "attach", "record": "power A", "message": "Bad."},
    ]
}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_stages_follow_the_progress() -> None:
    clock = Clock()
    watch = StageWatch(clock)
    assert watch.caption == "starting"
    watch.step(1, 2, "read")
    clock.now = 2.0
    watch.step(1, 1, "attach")
    clock.now = 3.0
    watch.step(5, 10, "schema")
    watch.step(1, 1, "no such stage")
    clock.now = 4.0
    read, schema, rest, *_ = watch.rows
    assert (read.state, read.seconds) == (State.DONE, 3.0)
    assert (schema.state, schema.share, schema.detail) == (State.NOW, 0.5, "5 of 10")
    assert schema.seconds == 1.0
    assert rest.state is State.WAITING
    assert watch.caption.startswith("stage 2 of 9 · about ")
    assert 0.3 < watch.share < 0.4


def test_a_good_end_has_nine_done_stages_and_counts_what_was_found() -> None:
    watch = StageWatch(Clock())
    for name, *_ in STAGES:
        watch.step(1, 1, name)
    watch.step(1, 1, "note")
    watch.end(REPORT, whole=True)
    assert {row.state for row in watch.rows} == {State.DONE}
    assert watch.share == 1.0
    assert [row.issues for row in watch.rows] == [1, 0, 0, 1, 0, 0, 0, 0, 0]
    assert watch.rows[3].detail == "1 remark"


def test_a_bad_end_stops_at_its_stage() -> None:
    watch = StageWatch(Clock())
    watch.step(1, 1, "read")
    watch.step(1, 1, "schema")
    watch.end(None, whole=False)
    watch.step(1, 1, "insert")
    states = [row.state for row in watch.rows]
    assert states[:3] == [State.DONE, State.STOPPED, State.WAITING]


def test_flaws_come_the_worst_first() -> None:
    rows = issue_rows(REPORT)
    assert [(row.severity, row.place, row.message) for row in rows] == [
        ("error", "power A", "Bad."),
        ("warning", "sets", "Odd."),
        ("info", "", "Good to know."),
    ]
    assert issue_rows(None) == ()


def test_the_shares_of_the_stages_are_all_of_it() -> None:
    assert abs(sum(weight for *_, weight in STAGES) - 1.0) < 1e-9


def test_words_with_numbers_as_good_as_equal_are_no_difference() -> None:
    first = ("+26.276 damage", "+10 % defense", "stuns")
    second = ("+26.277 damage", "slows", "+25 % defense")
    assert _apart(first, second) == (("+10 % defense", "stuns"), ("+25 % defense", "slows"))
    assert _apart(("−10 hold/stun protection",), ("−10 stun/hold protection",)) == ((), ())
    assert _apart(("+1,000.5 a", "+5 a"), ("+5 a", "+1,000.5 a")) == ((), ())


def test_rows_of_what_changed() -> None:
    changes = DataChanges(
        taken(SNAP_SHOT),
        (Issue("Blaze, slot 3", "Gone", "was left out."),),
        (
            PowerChange("New", former="Old", level=(2, 1), lost=("a", "b"), gained=("c",)),
            PowerChange("Lost", gone=True),
        ),
        (SetChange("Set", ((2, "", "+1 %"),)),),
        (NumberChange("Defense: Toxic", 0.0, 17.456, "%"),),
    )
    assert as_text(changes).splitlines() == [
        "Totals (1)",
        "Defense: Toxic: 0 % → 17.46 %",
        "Powers (2)",
        "New: name: Old → New",
        "New: level: 2 → 1",
        "New: a → c",
        "New: b → –",
        "Lost: Lost → is gone",
        "Set bonuses (1)",
        "Set, 2 pieces: – → +1 %",
        "Not taken along as it stood (1)",
        "Blaze, slot 3: Gone → was left out.",
    ]
    assert summary(changes) == (
        "1 total, 2 powers and 1 set differ. 1 thing was not taken along as it stood."
    )
    nothing = DataChanges(taken(SNAP_SHOT), (), (), (), ())
    assert summary(nothing) == "Nothing has changed for this build."
    assert change_rows(nothing) == ()
