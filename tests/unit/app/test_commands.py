from collections.abc import Callable

import pytest

from midsdesk.app import commands as cmd
from midsdesk.app import commands_all
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.errors import RuleViolationError
from midsdesk.model.vocab import Alignment, Grade, RelativeLevel
from tests.helpers.builds import SNAP_SHOT, document

BOXING = "Pool.Fighting.Boxing"
DECIMATION = "Crafted_Decimation_A"


def filled() -> Document:
    made = document()
    made.do(cmd.take_power(made, SNAP_SHOT))
    for _ in range(3):
        made.do(cmd.add_slot(made, 0))
    made.do(cmd.slot_enhancement(made, 0, 0, DECIMATION))
    return made


@pytest.mark.parametrize(
    ("make", "label"),
    [
        (lambda d: cmd.take_power(d, BOXING), "Take Boxing"),
        (lambda d: cmd.remove_power(d, 0), "Remove Snap Shot"),
        (lambda d: cmd.toggle_power(d, SNAP_SHOT), "Remove Snap Shot"),
        (lambda d: cmd.toggle_power(d, BOXING), "Take Boxing"),
        (lambda d: cmd.add_slot(d, 0), "Add a slot to Snap Shot"),
        (lambda d: cmd.remove_slot(d, 0, 2), "Remove slot 3 of Snap Shot"),
        (
            lambda d: cmd.slot_enhancement(d, 0, 1, "Crafted_Decimation_B", 33),
            "Slot Decimation: Damage/Endurance in Snap Shot",
        ),
        (
            lambda d: cmd.slot_enhancement(d, 0, 1, "Magic_Accuracy", grade=Grade.DUAL),
            "Slot Accuracy in Snap Shot",
        ),
        (lambda d: cmd.clear_slot(d, 0, 0), "Empty slot 1 of Snap Shot"),
        (lambda d: cmd.fill_with_set(d, 0, "Decimation"), "Fill Snap Shot with Decimation"),
        (
            lambda d: cmd.set_piece_level(d, 0, 0, relative=RelativeLevel.PLUS_1),
            "Change a piece in Snap Shot",
        ),
        (lambda d: cmd.swap_slot_contents(d, (0, 0), (0, 1)), "Exchange pieces of Snap Shot"),
        (lambda d: cmd.swap_slot_levels(d, (0, 1), (0, 3)), "Exchange slot levels of Snap Shot"),
        (lambda d: cmd.flip(d, 0), "Flip Snap Shot"),
        (lambda d: cmd.set_procs_off(d, 0, True), "Switch procs of Snap Shot off"),
        (lambda d: cmd.set_included(d, 30, False), "Switch Health off"),
        (lambda d: commands_all.swap_picks(d, 0, 5), "Swap Snap Shot and an empty pick"),
        (lambda d: cmd.change_archetype(d, "Class_Tanker"), "Change archetype to Tanker"),
        (
            lambda d: cmd.change_powerset(d, 0, "Blaster_Ranged.Fire_Blast"),
            "Change powerset to Fire Blast",
        ),
        (lambda d: cmd.set_origin(d, "Magic"), "Change origin to Magic"),
        (lambda d: cmd.set_alignment(d, Alignment.ROGUE), "Change alignment to Rogue"),
        (lambda d: cmd.set_name(d, "Volt"), "Rename the character"),
        (lambda d: cmd.set_comment(d, "note"), "Change the notes"),
    ],
)
def test_each_action_is_named_and_undone(make: Callable[[Document], Command], label: str) -> None:
    made = filled()
    before = made.build
    assert made.do(make(made)) is not None
    assert made.undo_label == label
    made.undo()
    assert made.build == before


def test_filling_puts_what_is_missing_into_empty_slots() -> None:
    made = filled()
    made.do(cmd.fill_with_set(made, 0, "Decimation"))
    pieces = [
        slot.enhancement.enhancement for slot in made.build.entries[0].slots if slot.enhancement
    ]
    assert pieces == [f"Crafted_Decimation_{letter}" for letter in "ABCD"]


def test_the_next_piece_follows_the_last_one() -> None:
    made = filled()
    with pytest.raises(RuleViolationError, match="Slot a piece first"):
        cmd.next_piece(document(), 0, 0)
    made.do(cmd.next_piece(made, 0, 1))
    assert made.undo_label == "Slot Decimation: Damage/Endurance in Snap Shot"
    made.do(cmd.next_piece(made, 0, 2))
    assert "Decimation: " in made.undo_label


def test_a_dragged_slider_is_one_step() -> None:
    made = filled()
    for letters in ("V", "Vo", "Vol"):
        made.do(cmd.set_name(made, letters))
    made.undo()
    assert made.build.name == "Ash"


def test_unknown_pieces_are_refused_in_words() -> None:
    with pytest.raises(RuleViolationError, match="Crafted_Teapot"):
        cmd.slot_enhancement(filled(), 0, 0, "Crafted_Teapot")
    with pytest.raises(RuleViolationError, match="Teapots"):
        cmd.fill_with_set(filled(), 0, "Teapots")
