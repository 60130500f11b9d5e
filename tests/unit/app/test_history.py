import pytest

from midsdesk.app.history import Command, History
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build
from midsdesk.model.ids import ArchetypeId


def renamed(name: str, merge_key: str | None = None) -> Command:
    def edit(build: Build) -> Build:
        return Build(build.archetype, name=name)

    return Command(f"Rename to {name}", edit, merge_key)


@pytest.fixture
def history() -> History:
    return History(Build(ArchetypeId("Class_Blaster")), limit=3)


def test_steps_have_names(history: History) -> None:
    history.do(renamed("A"))
    history.do(renamed("B"))
    assert history.undo_label == "Rename to B"
    history.undo()
    assert (history.build.name, history.undo_label, history.redo_label) == (
        "A",
        "Rename to A",
        "Rename to B",
    )
    assert history.labels == ("Rename to A",)
    assert history.undone_labels == ("Rename to B",)
    history.redo()
    assert history.build.name == "B"
    assert history.redo_label == ""


def test_an_edit_that_changes_nothing_is_no_step(history: History) -> None:
    history.do(renamed("A"))
    assert history.do(renamed("A")) is None
    assert history.labels == ("Rename to A",)


def test_a_refused_edit_changes_nothing(history: History) -> None:
    def refuse(build: Build) -> Build:
        raise RuleViolationError("no")

    history.do(renamed("A"))
    history.undo()
    with pytest.raises(RuleViolationError):
        history.do(Command("Refused", refuse))
    assert history.redo_label == "Rename to A"


def test_steps_with_the_same_key_undo_as_one(history: History) -> None:
    for name in ("A", "Ab", "Abc"):
        history.do(renamed(name, "name"))
    assert history.labels == ("Rename to Abc",)
    history.undo()
    assert history.build.name == ""


def test_steps_without_a_key_do_not_merge(history: History) -> None:
    history.do(renamed("A"))
    history.do(renamed("B"))
    assert len(history.labels) == 2


def test_a_new_step_forgets_the_undone_ones(history: History) -> None:
    history.do(renamed("A"))
    history.undo()
    history.do(renamed("B"))
    assert history.redo() is None
    history.undo()
    assert history.undo() is None


def test_the_oldest_steps_are_forgotten(history: History) -> None:
    for name in "ABCDE":
        history.do(renamed(name))
    assert len(history.labels) == 3
