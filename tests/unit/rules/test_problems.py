"""The problems list: every kind, with its place, its reason and the ways to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from midsdesk.app.document import Document
from midsdesk.app.problems_measured import measure
from midsdesk.app.problems_view import problem_list, problem_search, remedy_command
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.model.build import Build
from midsdesk.model.ids import EnhancementId, PowersetId
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.rules.problems import nothing_wrong, problems
from midsdesk.rules.problems_model import (
    Action,
    DeadReason,
    Measured,
    Problem,
    ProblemKind,
    Remedy,
    Severity,
)
from tests.helpers.builds import (
    RAIN_OF_ARROWS,
    SAMPLES,
    SNAP_SHOT,
    empty_blaster,
    sample,
    taken,
)
from tests.helpers.builds import document as made_document
from tests.helpers.characters import Piece, calculate, character, io, piece, so
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared

_BLAZE = "Blaster_Ranged.Fire_Blast.Blaze"
_WEAVE = "Pool.Fighting.Weave"
_LOTG = "Crafted_Luck_of_the_Gambler_F"
_GAUSSIAN = "Crafted_Gaussians_Synchronized_FireControl_F"
_HOSTS = (
    _WEAVE,
    "Pool.Leaping.Combat_Jumping",
    "Pool.Leadership.Defense",
    "Pool.Invisibility.Stealth",
    "Pool.Invisibility.Invisibility",
    "Epic.Force_Mastery.Personal_Force_Field",
)


def _of(build: Build, kind: ProblemKind, measured: Measured | None = None) -> list[Problem]:
    found = problems(build, packed_catalog(), measured)
    return [each for each in found if each.kind is kind]


def _measured(powers: Mapping[str, Sequence[Piece]], **settings: Any) -> tuple[Build, Measured]:
    build = character("Class_Blaster", powers)
    return build, measure(calculate(build, Rules.GAME, **settings))


def _actions(problem: Problem) -> list[Action]:
    return [each.action for each in problem.remedies]


# -- illegal --------------------------------------------------------------------------------------


def test_a_power_without_its_requirement_offers_what_it_needs() -> None:
    (problem,) = _of(taken(SNAP_SHOT, "Pool.Fighting.Weave"), ProblemKind.ILLEGAL)[:1]
    assert problem.severity is Severity.ERROR
    assert problem.entry is not None and problem.reason
    offered = [each.name for each in problem.remedies if each.action is Action.TAKE_POWER]
    assert Action.REMOVE_POWER in _actions(problem)
    assert all(name.startswith("Pool.Fighting.") for name in offered)


def test_a_piece_a_power_does_not_take_can_be_replaced_or_cleared() -> None:
    build = taken(SNAP_SHOT)
    entry = build.entries[0]
    wrong = replace(entry.slots[0], enhancement=io("Heal"))
    build = build.with_entry(0, replace(entry, slots=(wrong,)))
    (problem,) = _of(build, ProblemKind.ILLEGAL)
    assert (problem.entry, problem.slot) == (0, 0)
    assert _actions(problem) == [Action.GO_TO, Action.CHOOSE_PIECE, Action.CLEAR_SLOT]


def test_an_unknown_piece_is_a_kind_of_its_own() -> None:
    build = taken(SNAP_SHOT)
    entry = build.entries[0]
    odd = replace(entry.slots[0], enhancement=Piece(EnhancementId("Crafted_Nothing")))
    build = build.with_entry(0, replace(entry, slots=(odd,)))
    (problem,) = _of(build, ProblemKind.UNKNOWN)
    assert problem.reason == "The game data do not know Crafted_Nothing."


# -- wasted ---------------------------------------------------------------------------------------


def test_the_sixth_copy_names_its_bonus_and_its_piece() -> None:
    build, measured = _measured({power: [piece(_LOTG)] for power in _HOSTS})
    (problem,) = _of(build, ProblemKind.WASTED_BONUS, measured)
    assert problem.title == "Sixth copy wasted"
    assert problem.reason.startswith("+7.5 % recharge from Luck of the Gambler in ")
    assert "is copy 6; 5 of the same count." in problem.reason
    assert (problem.entry, problem.slot) == (5, 0)
    assert Action.CHOOSE_PIECE in _actions(problem)


def test_five_copies_are_no_problem() -> None:
    build, measured = _measured({power: [piece(_LOTG)] for power in _HOSTS[:5]})
    assert _of(build, ProblemKind.WASTED_BONUS, measured) == []


def test_only_pieces_that_serve_nothing_else_are_called_needless() -> None:
    family = packed_catalog().enhancement_set("Luck_of_the_Gambler")
    assert family is not None
    two = [piece(each) for each in family.pieces[:2]]
    _, measured = _measured(dict.fromkeys(_HOSTS, two))
    wasted = [each for each in measured.wasted if "regeneration" in each.effect]
    assert [each.number for each in wasted] == [6]
    assert wasted[0].pieces == family.pieces[1:2]


def test_what_is_over_the_cap_is_told_with_a_power_to_switch_off() -> None:
    build, measured = _measured(
        {
            "Epic.Force_Mastery.Temp_Invulnerability": [io("Res_Damage")] * 3,
            "Epic.Power_Mastery.Force_of_Nature": [io("Res_Damage")] * 3,
        }
    )
    problem = _of(build, ProblemKind.OVER_CAP, measured)[0]
    assert problem.title == "Over the cap: smashing and lethal resistance"
    assert "above 75.0 % while Force of Nature is included" in problem.reason
    assert _actions(problem) == [Action.SHOW_SOURCES, Action.SWITCH_OFF]
    assert problem.remedies[0].name == "resistance.smashing"


def test_a_slot_that_diversification_eats_is_a_warning() -> None:
    build, measured = _measured({_BLAZE: [so("Damage")] * 6})
    (problem,) = _of(build, ProblemKind.DIVERSIFICATION, measured)
    assert problem.severity is Severity.WARNING
    assert (problem.entry, problem.slot) == (0, 5)
    assert "Damage in Blaze: 199.8 % slotted, 110.0 % left" in problem.reason
    assert Action.REMOVE_SLOT in _actions(problem)


def test_a_piece_that_counts_for_its_set_is_a_hint_only() -> None:
    slots = [piece("Crafted_Apocalypse_A"), piece("Crafted_Apocalypse_B"), *[so("Damage")] * 4]
    build, measured = _measured({_BLAZE: slots})
    found = _of(build, ProblemKind.DIVERSIFICATION, measured)
    assert {each.severity for each in found} <= {Severity.HINT, Severity.WARNING}
    deep = {each.slot: each.for_set for each in measured.deep}
    assert deep.get(5) is False


def test_three_enhancements_are_not_too_many() -> None:
    build, measured = _measured({_BLAZE: [so("Damage")] * 3})
    assert _of(build, ProblemKind.DIVERSIFICATION, measured) == []


@pytest.mark.parametrize(
    ("change", "settings", "reason", "action"),
    [
        ({"procs_off": True}, {}, DeadReason.PROCS_OFF, Action.PROCS_ON),
        ({"included": False}, {}, DeadReason.NOT_LIT, Action.SWITCH_ON),
        ({}, {"ignore_enhancement_effects": True}, DeadReason.IGNORED, Action.COUNT_EFFECTS),
    ],
)
def test_a_proc_that_cannot_fire_says_why(
    change: dict[str, bool],
    settings: dict[str, Any],
    reason: DeadReason,
    action: Action,
) -> None:
    build = character("Class_Blaster", {"Pool.Leadership.Tactics": [piece(_GAUSSIAN)]})
    build = build.with_entry(0, replace(build.entries[0], **change))  # type: ignore[arg-type]
    measured = measure(calculate(build, Rules.GAME, **settings))
    assert [each.reason for each in measured.dead] == [reason]
    (problem,) = _of(build, ProblemKind.DEAD_PROC, measured)
    assert problem.title.startswith("Gaussian's Synchronized Fire-Control")
    assert action in _actions(problem)


# -- unfinished -----------------------------------------------------------------------------------


def test_empty_slots_are_one_problem_for_each_power() -> None:
    build = ops.add_slot(taken(SNAP_SHOT), packed_catalog(), 0)
    (problem,) = [each for each in _of(build, ProblemKind.EMPTY_SLOT) if each.entry == 0]
    assert problem.title == "2 empty slots in Snap Shot"
    assert (problem.slot, problem.severity) == (0, Severity.HINT)


def test_a_chosen_pool_without_a_power_is_unused() -> None:
    build = ops.change_powerset(taken(SNAP_SHOT), packed_catalog(), 3, "Pool.Speed")
    titles = [each.title for each in _of(build, ProblemKind.UNUSED_POWERSET)]
    assert "Speed is chosen and not used" in titles
    used = replace(build, powersets=(*build.powersets[:3], PowersetId(""), *build.powersets[4:]))
    titles = [each.title for each in _of(used, ProblemKind.UNUSED_POWERSET)]
    assert "Speed is chosen and not used" not in titles


def test_a_power_taken_for_others_only_is_a_hint() -> None:
    build = taken(SNAP_SHOT, "Pool.Fighting.Boxing", "Pool.Fighting.Tough")
    (problem,) = _of(build, ProblemKind.ONLY_REQUIREMENT)
    assert problem.title == "Boxing is used only as a requirement"
    assert problem.reason == "No piece in it. Tough needs it."


def test_picks_and_slots_that_are_left() -> None:
    build = taken(SNAP_SHOT, RAIN_OF_ARROWS)
    (picks,) = _of(build, ProblemKind.MISSING_PICKS)
    assert picks.title.endswith("picks left") and picks.entry is not None
    assert _of(empty_blaster(), ProblemKind.MISSING_PICKS) == []
    full = replace(build, pick_count=1, entries=build.entries[:1])
    (slots,) = _of(full, ProblemKind.MISSING_SLOTS)
    assert slots.title == f"{packed_catalog().ruleset.max_slots} slots left"


def test_the_worst_comes_first() -> None:
    build = taken(SNAP_SHOT, "Pool.Fighting.Weave")
    severities = [each.severity for each in problems(build, packed_catalog())]
    assert severities == sorted(severities) and severities[0] is Severity.ERROR


def test_an_empty_list_says_what_is_legal() -> None:
    assert nothing_wrong(taken(SNAP_SHOT)) == "No problems. 1 picks and 0 slots are legal."


# -- the dock -------------------------------------------------------------------------------------


def _document(build: Build) -> Document:
    catalog = packed_catalog()
    return Document(build, catalog, Engine(catalog), CalcSettings())


def test_the_dock_counts_and_its_links_are_steps() -> None:
    build = character("Class_Blaster", {power: [piece(_LOTG)] for power in _HOSTS})
    found = problem_list(_document(build))
    assert found.errors + found.warnings + found.hints == len(found.rows)
    assert found.empty == ""
    wasted = next(row for row in found.rows if row.title == "Sixth copy wasted")
    assert wasted.icon == "mark-warn"
    assert wasted.links == ("Go to slot", "Choose another", "Empty the slot")


@pytest.mark.parametrize(
    ("action", "label"),
    [
        (Action.REMOVE_POWER, "Remove Snap Shot"),
        (Action.SWITCH_OFF, "Switch Snap Shot off"),
        (Action.SWITCH_ON, "Switch Snap Shot on"),
        (Action.PROCS_ON, "Switch procs of Snap Shot on"),
        (Action.CLEAR_SLOT, "Empty slot 1 of Snap Shot"),
        (Action.REMOVE_SLOT, "Remove slot 1 of Snap Shot"),
        (Action.TAKE_POWER, "Take Rain of Arrows"),
    ],
)
def test_a_remedy_becomes_a_command(action: Action, label: str) -> None:
    document = _document(taken(SNAP_SHOT))
    remedy = Remedy("", action, 0, 0, RAIN_OF_ARROWS if action is Action.TAKE_POWER else "")
    command = remedy_command(document, remedy)
    assert command is not None and command.label == label


@pytest.mark.parametrize("action", [Action.GO_TO, Action.SHOW_SOURCES, Action.CHOOSE_PIECE])
def test_a_remedy_that_only_shows_something_is_no_command(action: Action) -> None:
    document = _document(taken(SNAP_SHOT))
    assert remedy_command(document, Remedy("", action, 0, 0)) is None
    assert remedy_command(document, Remedy("", action)) is None


def test_without_a_calculator_the_rules_speak_alone() -> None:
    found = problem_list(made_document(taken(SNAP_SHOT)))
    assert found.rows and found.warnings == 0


def test_the_search_in_steps_finds_what_the_list_holds() -> None:
    build = character("Class_Blaster", {"Pool.Fighting.Tough": [so("Res_Damage")] * 6})
    document = _document(build)
    *steps, last = problem_search(document)
    assert len(steps) > 2 and set(steps) == {None}
    assert last == problem_list(_document(build))


def test_what_is_wrong_with_the_build_as_a_whole_can_be_mended_too() -> None:
    """Nothing is a row without a way out, in a build that breaks every rule there is."""
    catalog = packed_catalog()
    build = character("Class_Blaster", {"Pool.Fighting.Tough": [None] * 6})
    slots = tuple(replace(slot, level=3) for slot in build.entries[0].slots)
    build = build.with_entry(0, replace(build.entries[0], slots=slots))
    clashing = [*build.powersets]
    clashing[3:5] = [PowersetId("Pool.Nonsense"), PowersetId("Pool.Fighting")]
    build = replace(build, powersets=tuple(clashing))
    found = problems(build, catalog)
    assert any("bought at level 3" in each.reason for each in found)
    assert any("do not know the powerset" in each.reason for each in found)
    assert [each for each in found if not each.remedies] == []


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_every_problem_of_every_sample_can_be_mended(name: str) -> None:
    document = _document(sample(name))
    shows = {Action.GO_TO, Action.SHOW_SOURCES}
    for row in problem_list(document).rows:
        assert row.remedies, row.title
        assert len(row.links) == len(row.remedies)
        if row.entry is None:
            assert {each.action for each in row.remedies} - {Action.GO_TO}, row.title
        else:
            assert {each.action for each in row.remedies} - shows, row.title
