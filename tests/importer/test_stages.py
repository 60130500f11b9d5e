"""Schema, references and rules: a sound source has no issue, each planted flaw has its own."""

from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest

from importer import checks, references, schema
from importer.issues import Issue, Severity
from importer.names import Names
from importer.progress import Progress
from importer.source import Source
from midsdesk.errors import ImportRefusedError
from tests.helpers.made_source import effect, modifier_table, texts, with_changed


def _found(source: Source) -> list[Issue]:
    return [
        *schema.check(source, Progress())[1],
        *references.check(source, Progress()),
        *checks.check(source, Progress()),
    ]


def test_a_sound_source_has_no_issue(source: Source) -> None:
    assert _found(source) == []


@pytest.mark.parametrize(
    ("name", "at", "fields", "place", "severity"),
    [
        ("powers", 0, {"range": nan}, "I12.mhd, power Blaster.Fire.Flares, range", "error"),
        ("powers", 0, {"range": inf}, "I12.mhd, power Blaster.Fire.Flares, range", "error"),
        ("powers", 0, {"level": 2**31}, "I12.mhd, power Blaster.Fire.Flares, level", "error"),
        ("powers", 0, {"click_buff": 1}, "I12.mhd, power Blaster.Fire.Flares, click_buff", "error"),
        (
            "powers",
            0,
            {"effects": (effect(), effect(scale=nan))},
            "I12.mhd, power Blaster.Fire.Flares, effects[1].scale",
            "error",
        ),
        ("salvage", 0, {"rarity": "rare"}, "Salvage.mhd, salvage S_Iron, rarity", "error"),
        ("powers", 0, {"display_name": "\ud800"}, "display_name", "error"),
    ],
)
def test_a_value_of_a_wrong_kind_is_found_where_it_is(
    source: Source, name: str, at: int, fields: dict[str, Any], place: str, severity: str
) -> None:
    kept, issues = schema.check(with_changed(source, name, at, **fields), Progress())
    assert [issue.severity for issue in issues] == [severity]
    assert place in issues[0].place
    assert len(getattr(kept, name)) == len(getattr(source, name)) - 1


def test_many_malformed_records_stop_the_import(source: Source) -> None:
    bad = with_changed(with_changed(source, "powers", 0, range=nan), "powers", 1, range=nan)
    with pytest.raises(ImportRefusedError, match="2 of 12 power records are malformed"):
        schema.check(bad, Progress())


@pytest.mark.parametrize("form", ["levels", "maths", "server_data", "grades"])
@pytest.mark.parametrize("value", [None, {}, [], {"picks": "x"}, 3])
def test_a_small_table_of_a_wrong_kind_stops_the_import(
    source: Source, form: str, value: Any
) -> None:
    bad = replace(source, texts={**texts(), form: value})
    with pytest.raises(ImportRefusedError, match=r"^\w+\.(mhd|json)"):
        schema.check(bad, Progress())


@pytest.mark.parametrize(
    ("name", "at", "fields", "message", "severity"),
    [
        ("archetypes", 0, {"primary_group": "Blast"}, "group Blast", "error"),
        ("powersets", 5, {"full_name": "Pool.Flght"}, "no powerset pool.flight", "error"),
        ("powersets", 0, {"archetype": "Class_Blastr"}, "archetype Class_Blastr", "warning"),
        ("powersets", 0, {"trunk": "Blaster.Fir"}, "no powerset Blaster.Fir", "warning"),
        ("powers", 0, {"required_classes": ("Class_X",)}, "archetype Class_X", "warning"),
        ("powers", 0, {"forced_class": "Class_X"}, "archetype Class_X", "warning"),
        ("powers", 0, {"sub_powers": ("A.B.C",)}, "no power A.B.C", "warning"),
        ("powers", 0, {"forbidden_powers": (("!A.B.C", ""),)}, "no power !A.B.C", "warning"),
        ("powers", 0, {"set_types": (7,)}, "no row 7", "warning"),
        ("powers", 0, {"enhancement_classes": (9,)}, "no row 9", "warning"),
        ("powers", 0, {"effects": (effect(modifier_table="No"),)}, "table No", "warning"),
        ("powers", 0, {"effects": (effect(effect_id="No"),)}, "effect id No", "info"),
        ("powers", 0, {"effects": (effect(only_class="No"),)}, "archetype No", "warning"),
        ("powers", 3, {"effects": (effect(attribute=38, summon="No"),)}, "entity No", "warning"),
        ("powers", 0, {"effects": (effect(attribute=53, redirect="A.B.C"),)}, "A.B.C", "warning"),
        ("entities", 0, {"class_name": "Class_X"}, "archetype Class_X", "warning"),
        ("enhancements", 0, {"set_uid": "Bad_Luck"}, "set Bad_Luck", "warning"),
        ("enhancements", 0, {"recipe": "Luck_Z"}, "recipe Luck_Z", "warning"),
        ("enhancements", 2, {"classes": (4,)}, "no row 4", "warning"),
        ("salvage", 0, {"internal_name": "S_Gold"}, "salvage S_Iron", "warning"),
    ],
)
def test_a_name_that_leads_nowhere_is_found(
    source: Source, name: str, at: int, fields: dict[str, Any], message: str, severity: str
) -> None:
    issues = references.check(with_changed(source, name, at, **fields), Progress())
    assert (severity, True) in {(issue.severity, message in issue.message) for issue in issues}


def test_a_near_miss_is_suggested(source: Source) -> None:
    bad = with_changed(source, "powers", 2, sub_powers=("Blaster.Fire.Flare",))
    (issue,) = references.check(bad, Progress())
    assert issue.suggestion == "Did you mean Blaster.Fire.Flares?"
    assert issue.place == "I12.mhd, power Blaster.Fire.Blaze, sub_powers"


def test_names_are_compared_without_case() -> None:
    names = Names(["Pool.Flight.Fly", ""])
    assert "pool.FLIGHT.fly" in names
    assert "" not in names
    assert names.suggest("Pool.Flight.Flyy") == "Did you mean Pool.Flight.Fly?"
    assert names.suggest("Quite.Something.Else") == ""


@pytest.mark.parametrize(
    ("name", "at", "fields", "message", "severity"),
    [
        ("archetypes", 0, {"hit_points": 0}, "not above 0", "error"),
        ("archetypes", 0, {"resistance_cap": 90.0}, "above 1", "error"),
        ("archetypes", 0, {"hit_points_cap": 1.0}, "below the base", "error"),
        ("archetypes", 0, {"column": 3}, "lack a column", "error"),
        ("archetypes", 1, {"class_name": "class_blaster"}, "the first counts", "warning"),
        ("powersets", 1, {"full_name": "Blaster.Ice"}, "the first counts", "error"),
        ("powers", 1, {"full_name": "Blaster.Fire.Flares"}, "the first counts", "warning"),
        ("powers", 0, {"level": 51}, "no level from 0 to 50", "warning"),
        ("powers", 0, {"power_type": 77}, "unknown", "info"),
        ("powers", 6, {"endurance_cost": 1.0}, "period above 0", "warning"),
        ("powers", 0, {"variable_enabled": True, "variable_min": 3}, "from 3 to 0", "warning"),
        ("powers", 0, {"effects": (effect(attribute=999),)}, "999 is unknown", "info"),
        ("powers", 0, {"effects": (effect(probability=9.0),)}, "chance below 0", "info"),
        ("enhancements", 0, {"level_min": 60}, "levels go from 61", "info"),
        ("modifier_tables", 0, {"id": "melee_ones"}, "the first counts", "error"),
        ("enhancement_sets", 0, {"bonuses": ((-1, "", 0, 5, (("A", 0),)),)}, "5 pieces", "warning"),
    ],
)
def test_a_broken_rule_is_found(
    source: Source, name: str, at: int, fields: dict[str, Any], message: str, severity: str
) -> None:
    issues = checks.check(with_changed(source, name, at, **fields), Progress())
    assert (severity, True) in {(issue.severity, message in issue.message) for issue in issues}


def test_every_modifier_table_has_all_levels(source: Source) -> None:
    table_id, base, rows = modifier_table("Short")
    bad = replace(source, modifier_tables=((table_id, base, (*rows[:49], *((),) * 6)),))
    (issue,) = checks.check(bad, Progress())
    assert issue.severity is Severity.ERROR
    assert issue.place == "AttribMod.json, modifier table Short, level 50"


def test_thresholds_must_ascend(source: Source) -> None:
    maths = {**texts()["maths"], "thresholds": [[0.9, 0.4, 0.8, 1.2], [0.7] * 4, [2.0] * 4]}
    issues = checks.check(replace(source, texts={**texts(), "maths": maths}), Progress())
    assert {(issue.severity, issue.field) for issue in issues} == {
        ("error", "schedule A"),
        ("error", "schedule C"),
        ("error", "schedule D"),
    }


def test_levels_must_give_something(source: Source) -> None:
    rows = [{**row, "picks": 0} for row in texts()["levels"]]
    (issue,) = checks.check(replace(source, texts={**texts(), "levels": rows}), Progress())
    assert issue.severity is Severity.ERROR
