import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from importer import diff, export
from importer.cli import main
from importer.mhd import layout
from importer.progress import Progress
from importer.source import Source
from tests.helpers import made_source
from tests.helpers.made_source import changed, record

BEFORE = made_source.source()


def details(after: Source, before: Source = BEFORE) -> dict[str, diff.Change]:
    return {f"{each.kind} {each.name}": each for each in diff.compare(before, after)}


def power_index() -> int:
    place = layout.POWER.position["effects"]
    return next(number for number, each in enumerate(BEFORE.powers) if each[place])


def with_power(**fields: Any) -> Source:
    powers = list(BEFORE.powers)
    number = power_index()
    powers[number] = changed(layout.POWER, powers[number], **fields)
    return replace(BEFORE, powers=tuple(powers))


def old_effects() -> tuple[Any, ...]:
    effects = BEFORE.powers[power_index()][layout.POWER.position["effects"]]
    assert isinstance(effects, tuple)
    return effects


def test_alike() -> None:
    assert diff.compare(BEFORE, BEFORE) == []
    assert "They are alike" in diff.as_text([], ("a", "b"))


def test_a_field_of_a_power_in_words() -> None:
    (change,) = details(with_power(recharge_time=60.0, click_buff=True)).values()
    assert change.what == diff.CHANGED
    told = " ".join(change.details)
    assert "recharge time: " in told
    assert "→ 60" in told
    assert "click buff: no → yes" in told


def test_texts_only_when_asked_for() -> None:
    after = with_power(description="new words")
    assert diff.compare(BEFORE, after) == []
    (change,) = diff.compare(BEFORE, after, texts=True)
    assert change.details == ("description reworded",)


def test_effects_are_matched_by_what_they_do() -> None:
    first = changed(layout.EFFECT, old_effects()[0], scale=3.25, probability=0.5, ticks=4)
    (change,) = details(with_power(effects=(first, *old_effects()[1:]))).values()
    (told,) = change.details
    assert told.startswith("effect ")
    assert "scale: " in told
    assert "→ 3.25" in told
    new = changed(
        layout.EFFECT,
        old_effects()[0],
        attribute=3,
        damage_type=3,
        to_who=1,
        scale=1.96,
        magnitude=1.0,
        modifier_table="Ranged_Damage",
        probability=0.8,
        delay=1.0,
        duration=2.0,
        pv_mode=1,
        ticks=3,
    )
    (change,) = details(with_power(effects=(*old_effects(), new))).values()
    assert change.details == (
        "effect added: damage (fire) to target, 1.96 × Ranged_Damage, for 2 s, 3 times, "
        "after 1 s, chance 80 %, in pve only",
    )
    (change,) = details(with_power(effects=old_effects()[1:])).values()
    assert change.details[0].startswith("effect removed: ")


def test_added_and_removed() -> None:
    fewer = replace(BEFORE, powers=BEFORE.powers[1:])
    (gone,) = details(fewer).values()
    (come,) = details(BEFORE, fewer).values()
    assert (gone.what, come.what) == (diff.REMOVED, diff.ADDED)
    assert diff.summary([gone, come])["power"] == {"added": 1, "removed": 1, "changed": 0}


def test_pieces_and_bonuses() -> None:
    line = record(layout.ENHANCEMENT_EFFECT, enhances=1, schedule=0, multiplier=1.0)
    other = changed(layout.ENHANCEMENT_EFFECT, line, multiplier=0.625)
    piece = made_source.enhancement("Crafted_Fudge_A", effects=(line,))
    better = changed(layout.ENHANCEMENT, piece, effects=(other, line), unique=True)

    def bonus(*powers: str) -> Any:
        rows = tuple(record(layout._BONUS_POWER, power=each, power_index=7) for each in powers)
        return record(layout.SET_BONUS, slotted=3, powers=rows)

    place = len(BEFORE.enhancements)
    family = record(
        layout.ENHANCEMENT_SET,
        uid="Fudge",
        display_name="Fudge",
        enhancement_indices=(place,),
        bonuses=(bonus("Set_Bonus.Set_Bonus.Old"),),
    )
    newer = changed(layout.ENHANCEMENT_SET, family, bonuses=(bonus("Set_Bonus.Set_Bonus.New"),))
    before = replace(
        BEFORE,
        enhancements=(*BEFORE.enhancements, piece),
        enhancement_sets=(*BEFORE.enhancement_sets, family),
    )
    after = replace(
        BEFORE,
        enhancements=(*BEFORE.enhancements, better),
        enhancement_sets=(*BEFORE.enhancement_sets, newer),
    )
    found = details(after, before)
    told = found["piece Crafted_Fudge_A"].details
    assert "unique: no → yes" in told
    assert (
        "line 1: strength of aspect 1, schedule A × 1 → strength of aspect 1, schedule A × 0.625"
    ) in told
    assert any(each.startswith("line added") for each in told)
    assert found["set Fudge"].details == (
        "bonus of 3 pieces: + Set_Bonus.Set_Bonus.New, − Set_Bonus.Set_Bonus.Old",
    )


def test_modifier_tables() -> None:
    first = BEFORE.modifier_tables[0]
    name = str(first[0])
    other = made_source.modifier_table(name, value=-99.0)
    after = replace(BEFORE, modifier_tables=(other, *BEFORE.modifier_tables[1:]))
    change = details(after)[f"modifier table {name}"]
    assert "values differ, at levels 1 to 55" in change.details[0]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    export.write_json(BEFORE, one, Progress())
    export.write_json(with_power(recharge_time=60.0), two, Progress())
    assert main(["diff", str(one), str(two)]) == 0
    said = capsys.readouterr().out
    assert "powers: 1 changed" in said
    assert "recharge time" in said
    assert main(["diff", str(one), str(two), "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["summary"] == {"power": {"added": 0, "removed": 0, "changed": 1}}
    assert value["changes"][0]["kind"] == "power"
    assert main(["diff", str(one), str(tmp_path / "none.json")]) != 0
