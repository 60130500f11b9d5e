"""Lights under a name, and what an exclusive power switched off."""

import pytest

from midsdesk.app import commands, presets
from midsdesk.app.document import Document
from midsdesk.app.lamps import switched_off_by
from midsdesk.app.presets import Preset, presets_of
from midsdesk.calc.engine import Engine
from midsdesk.errors import RuleViolationError
from midsdesk.formats import mbd
from tests.helpers.characters import character
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
STONE = "Brute_Defense.Stone_Armor."
ROCK, SKIN, GRANITE = (f"{STONE}{name}" for name in ("Rock_Armor", "Stone_Skin", "Granite_Armor"))
WEAVE = "Pool.Fighting.Weave"


def document(*off: str) -> Document:
    powers: dict[str, list[None]] = {name: [None] for name in (ROCK, SKIN, GRANITE, WEAVE)}
    return Document(character("Class_Brute", powers, off=off), CATALOG, Engine(CATALOG))


def switch(shown: Document, power: str, on: bool) -> None:
    index = shown.build.find(power)
    assert index is not None
    shown.do(commands.set_included(shown, index, on))


def lit(shown: Document) -> set[str]:
    return {str(entry.power).split(".")[-1] for entry in shown.build.entries if entry.included}


def test_leaving_an_exclusive_power_brings_back_what_it_switched_off() -> None:
    shown = document(GRANITE)
    before = lit(shown)
    build = shown.build
    assert before == {"Rock_Armor", "Stone_Skin", "Weave"}
    switch(shown, GRANITE, True)
    assert "Granite_Armor" in lit(shown) and "Rock_Armor" not in lit(shown)
    off = before - lit(shown)
    assert set(switched_off_by(shown.build)) == {GRANITE} and off
    read, _ = mbd.decode(mbd.encode(shown.build, CATALOG), CATALOG)
    assert switched_off_by(read) == switched_off_by(shown.build), "it travels with the file"
    switch(shown, GRANITE, False)
    assert lit(shown) == before
    assert shown.build == build, "nothing is left behind"
    shown.undo()
    assert "Granite_Armor" in lit(shown), "one step"


def test_switching_on_one_of_them_brings_back_the_rest() -> None:
    shown = document(GRANITE)
    before = lit(shown)
    switch(shown, GRANITE, True)
    switch(shown, ROCK, True)
    assert lit(shown) == before
    assert not switched_off_by(shown.build)


def test_a_preset_keeps_the_lights_and_gives_them_back_in_one_step() -> None:
    shown = document(GRANITE)
    shown.do(presets.save_preset(shown, "  All   on "))
    assert [each.name for each in presets_of(shown.build)] == ["All on"]
    assert presets.current_preset(shown) == "All on"
    switch(shown, WEAVE, False)
    switch(shown, GRANITE, True)
    assert presets.current_preset(shown) == ""
    steps = shown.history.position
    shown.do(presets.apply_preset(shown, "All on"))
    assert lit(shown) == {"Rock_Armor", "Stone_Skin", "Weave"}
    assert shown.history.position == steps + 1 and shown.undo_label == "Switch to All on"
    read, _ = mbd.decode(mbd.encode(shown.build, CATALOG), CATALOG)
    assert presets_of(read) == presets_of(shown.build)
    shown.do(presets.remove_preset(shown, "All on"))
    assert presets_of(shown.build) == ()


def test_everything_on_keeps_to_what_can_run_together() -> None:
    shown = document(ROCK, SKIN, WEAVE, GRANITE)
    assert presets.current_preset(shown) == presets.EVERYTHING_OFF
    shown.do(presets.apply_preset(shown, presets.EVERYTHING_ON))
    assert lit(shown) == {"Rock_Armor", "Stone_Skin", "Weave"}, "Granite Armor would rule them out"
    assert presets.current_preset(shown) == presets.EVERYTHING_ON
    shown.do(presets.apply_preset(shown, presets.EVERYTHING_OFF))
    assert lit(shown) == set()


def test_a_power_taken_later_is_left_alone() -> None:
    shown = document(WEAVE)
    preset = Preset("Old", (), (ROCK,))
    assert presets._applied(shown.build, CATALOG, preset).find(WEAVE) is not None
    changed = presets._applied(shown.build, CATALOG, preset)
    index, other = changed.find(ROCK), changed.find(GRANITE)
    assert index is not None and other is not None
    assert not changed.entries[index].included and changed.entries[other].included


@pytest.mark.parametrize("name", ["", "   ", "On", "OFF"])
def test_a_preset_needs_a_name_of_its_own(name: str) -> None:
    with pytest.raises(RuleViolationError):
        presets.save_preset(document(), name)


def test_there_is_an_end_to_them() -> None:
    shown = document()
    for number in range(presets.MOST):
        shown.do(presets.save_preset(shown, f"Preset {number}"))
    with pytest.raises(RuleViolationError, match="remove one first"):
        presets.save_preset(shown, "One more")
    assert presets.save_preset(shown, "Preset 3"), "one of the same name is replaced"


def test_garbage_in_the_file_is_no_preset() -> None:
    shown = document()
    for extras in ('{"MidsdeskPresets": 3}', '{"MidsdeskPresets": [{"name": ""}, 4]}', "{oh"):
        build = type(shown.build)(shown.build.archetype, extras=extras)
        assert presets_of(build) == () and switched_off_by(build) == {}
