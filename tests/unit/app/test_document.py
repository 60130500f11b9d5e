from pathlib import Path

import pytest

from midsdesk.app import commands
from midsdesk.app.document import Document, DocumentChanged
from midsdesk.errors import RuleViolationError
from midsdesk.model.settings import CalcSettings
from tests.helpers.builds import RAIN_OF_ARROWS, SNAP_SHOT, document, empty_blaster
from tests.helpers.fake_calc import FakeCalculator
from tests.helpers.gamedata import packed_catalog


def watched() -> tuple[Document, list[DocumentChanged]]:
    found: list[DocumentChanged] = []
    made = document()
    made.subscribe(found.append)
    return made, found


def test_every_change_is_told_with_its_name_and_its_entries() -> None:
    made, events = watched()
    made.do(commands.take_power(made, SNAP_SHOT))
    made.undo()
    made.redo()
    assert [event.label for event in events] == ["Take Snap Shot"] * 3
    assert all(event.delta.entries == (0,) for event in events)
    assert events[1].build_after == empty_blaster()


def test_a_refusal_is_told_to_nobody() -> None:
    made, events = watched()
    with pytest.raises(RuleViolationError):
        made.do(commands.add_slot(made, 0))
    assert events == []


def test_a_listener_may_leave() -> None:
    made = document()
    events: list[DocumentChanged] = []
    leave = made.subscribe(events.append)
    leave()
    leave()
    made.do(commands.set_name(made, "Other"))
    assert events == []


def test_modified_follows_undo() -> None:
    made = document()
    assert not made.modified
    made.do(commands.take_power(made, SNAP_SHOT))
    assert made.modified
    made.undo()
    assert not made.modified


def test_saving_sets_the_mark() -> None:
    made = document()
    made.do(commands.take_power(made, SNAP_SHOT))
    made.mark_saved(Path("ash.mbd"))
    assert not made.modified
    made.undo()
    assert made.modified
    made.mark_unsaved()
    assert made.modified


def test_numbers_are_computed_once_for_each_build() -> None:
    calculator = FakeCalculator()
    made = Document(empty_blaster(), packed_catalog(), calculator)
    assert made.calculation is made.calculation
    assert calculator.calls == 1
    made.do(commands.take_power(made, SNAP_SHOT))
    assert made.calculation is made.calculation
    assert calculator.calls == 2
    made.set_settings(CalcSettings(pvp=True))
    assert made.calculation is not None
    assert calculator.calls == 3


def test_a_preview_changes_nothing() -> None:
    made = document()
    made.do(commands.take_power(made, SNAP_SHOT))
    made_build = made.build
    command = commands.slot_enhancement(made, 0, 0, "Crafted_Accuracy")
    preview = made.preview(command)
    assert preview is not None
    assert made.preview(command.edit) is preview
    assert made.build is made_build
    assert made.undo_label == "Take Snap Shot"
    assert made.preview(commands.add_slot(made, 5)) is None
    assert made.preview(lambda build: build) is None


def test_the_requested_level_moves_on() -> None:
    made, events = watched()
    assert (made.requested_level, made.next_pick_level) == (0, 1)
    made.request_level(20)
    assert events[-1].label == ""
    made.do(commands.take_power(made, "Pool.Fighting.Boxing"))
    assert made.build.entries[made.build.find("Pool.Fighting.Boxing") or 0].level == 20
    assert made.requested_level == 22


def test_a_power_above_the_requested_level_goes_where_it_fits() -> None:
    made = document()
    made.request_level(2)
    made.do(commands.take_power(made, RAIN_OF_ARROWS))
    assert made.build.entries[made.build.find(RAIN_OF_ARROWS) or 0].level == 32


def test_a_removed_pick_is_asked_for_next() -> None:
    made = document()
    made.do(commands.take_power(made, RAIN_OF_ARROWS))
    made.do(commands.remove_power(made, made.build.find(RAIN_OF_ARROWS) or 0))
    assert made.requested_level == 32
