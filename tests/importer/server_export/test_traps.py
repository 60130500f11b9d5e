"""Faults and defaults of the export that look like data: one test for each (reference, C.6)."""

from collections.abc import Callable

import pytest

from importer.mhd import layout
from midsdesk.model.vocab import Attribute, PvMode, Suppression, ToWho
from tests.importer.server_export import made_export
from tests.importer.server_export.conftest import Read, fields
from tests.importer.server_export.made_export import group, power, template

WithPower = Callable[..., Read]
TEST = "Blaster_Ranged.Fire.Test"


def test_1_event_names_are_one_place_too_far(with_power: WithPower) -> None:
    triple = ["Immobilized", "Sleep", "Terrorized"]
    moved = [{"event": "Moved", "post_event_duration": 10.0, "always": False}]
    found = with_power(
        effects=[group(template(["Melee"], cancel_events=triple, suppress_events=moved))]
    )
    (effect,) = found.effects(TEST)
    assert effect["suppression"] == (
        Suppression.STUNNED
        | Suppression.HELD
        | Suppression.SLEEP
        | Suppression.MISSION_OBJECT_CLICK
    )
    (extra,) = found.extras(TEST)
    assert extra is not None
    assert extra.extra["suppressed_s"] == {"MissionObjectClick": 10.0}


def test_2_scope_and_chance_of_children_are_folded(with_power: WithPower) -> None:
    child = group(template(["Fire_Dmg"]), chance=0.5, delay=0.2, tags=["Inner"])
    outer = group(
        chance=0.5,
        delay=0.1,
        tags=["Outer"],
        is_pvp="PVP_ONLY",
        requires_expression="target>enttype eq 'player'",
        child_effects=[child],
    )
    found = with_power(targets_affected=["Foe (Alive)"], effects=[outer])
    (effect,) = found.effects(TEST)
    assert effect["pv_mode"] == PvMode.PVP
    assert effect["probability"] == 0.25
    assert effect["delay"] == pytest.approx(0.3)
    assert effect["conditions"] == ()
    (extra,) = found.extras(TEST)
    assert extra is not None
    assert extra.extra["tags"] == ("Outer", "Inner")


def test_3_redirects_exclude_those_before_them(with_power: WithPower) -> None:
    fast, slow, stance = (f"Redirects.Fire.{name}" for name in ("Fast", "Slow", "Stance"))
    mode = template(["Set_Mode"], mode_name="FireStance")
    found = with_power(
        power(fast),
        power(slow),
        power(stance, effects=[group(mode)]),
        redirect=[
            {"name": fast, "condition_expression": "Source.Mode?(kFireStance)"},
            {"name": slow, "condition_expression": "Always"},
        ],
    )
    first, second = found.effects(TEST)
    assert first["attribute"] == second["attribute"] == Attribute.POWER_REDIRECT
    assert (first["redirect"], second["redirect"]) == (fast, slow)
    assert first["conditions"] == ((f"Active:{stance}", "True"),)
    assert second["conditions"] == ((f"Active:{stance}", "False"),)


def test_4_henchmen_share_of_a_bonus_is_kept_apart(
    read: Callable[[made_export.Files], Read],
) -> None:
    found = read(made_export.files()).effects("Set_Bonus.Set_Bonus.Small_Bonus")
    by_target = {ToWho(effect["to_who"]): effect["scale"] for effect in found}
    assert by_target[ToWho.SELF] == pytest.approx(0.0188)
    assert by_target[ToWho.TARGET] == pytest.approx(0.0075)


def test_4_a_stack_limit_of_2_is_no_limit(with_power: WithPower) -> None:
    groups = [group(template(["Melee"])), group(template(["Ranged"], stack_limit=4))]
    plain, limited = with_power(effects=groups).extras(TEST)
    assert plain is None
    assert limited is not None
    assert limited.extra == {"stack_limit": 4}


def test_4_boost_mod_allowed_is_no_information(with_power: WithPower) -> None:
    found = with_power(effects=[group(template(["Melee"], boost_mod_allowed="Magic_Boost"))])
    assert found.extras(TEST) == ()


def test_4_lists_of_210_for_defense_do_no_harm(
    read: Callable[[made_export.Files], Read],
) -> None:
    content = made_export.files()
    maximum = content["archetypes/blaster.json"]["attrib_max"]
    maximum["defense"] = [1.0] * 210
    del maximum["perception_radius"]
    found = fields(layout.ARCHETYPE, read(content).source.archetypes[0])
    assert found["hit_points"] == 1205
    assert found["perception_cap"] == 0.0


def test_5_a_pool_opens_at_4(read: Callable[[made_export.Files], Read]) -> None:
    content = made_export.files()
    first, last = (
        power(f"Pool.Speed.{name}", available_level=level)
        for name, level in (("Run", 0), ("Rush", 13))
    )
    content |= made_export.powerset("Pool.Speed", first, last)
    found = read(content)
    assert [found.power(each["full_name"])["level"] for each in (first, last)] == [4, 14]


def test_5_an_ancillary_set_asks_for_its_own_powers(
    read: Callable[[made_export.Files], Read],
) -> None:
    content = made_export.files()
    powers = [
        power(f"Epic.Ice.{name}", available_level=level, requires=text)
        for name, level, text in (
            ("A", 34, ""),
            ("B", 34, ""),
            ("C", 37, "ownPowerNum?(Epic) > 0"),
            ("D", 40, "ownPowerNum?(Epic) > 1"),
        )
    ]
    content |= made_export.powerset("Epic.Ice", *powers, requires="$archetype == @Class_Blaster")
    found = read(content)
    third, fourth = (found.power(f"Epic.Ice.{name}") for name in "CD")
    assert third["level"] == 38
    assert third["required_classes"] == ("Class_Blaster",)
    assert third["required_powers"] == (
        ("Epic.Ice.A", ""),
        ("Epic.Ice.B", ""),
        ("Epic.Ice.D", ""),
    )
    assert ("Epic.Ice.A", "Epic.Ice.B") in fourth["required_powers"]
    assert len(fourth["required_powers"]) == 3


def test_6_a_formula_of_the_power_is_counted_out(with_power: WithPower) -> None:
    each = template(
        ["Smashing_Dmg"],
        type="Expression",
        aspect="Strength",
        scale=0.0,
        magnitude=0.0,
        magnitude_expression="0.066 * power.base>activatetime / power.base>areafactor",
        duration_expression="power.base>activatetime + 7.5",
    )
    found = with_power(effects=[group(each, tags=["Defiance"])], activation_time=2.0)
    (effect,) = found.effects(TEST)
    assert effect["scale"] * effect["magnitude"] == pytest.approx(0.132)
    assert effect["duration"] == 9.5
    assert effect["magnitude_expression"] == effect["duration_expression"] == ""
    (extra,) = found.extras(TEST)
    assert extra is not None
    assert set(extra.formulas) == {"magnitude", "duration"}


def test_6_a_formula_with_state_keeps_its_text_and_its_tree(with_power: WithPower) -> None:
    text = "@StdResult * (21 / 20 - source>kHitPoints% / 100)"
    each = template(["Smashing_Dmg"], type="Expression", magnitude_expression=text)
    found = with_power(effects=[group(each)])
    (effect,) = found.effects(TEST)
    assert effect["magnitude_expression"] == text
    (extra,) = found.extras(TEST)
    assert extra is not None
    assert extra.formulas["magnitude"][0] == "*"


def test_ones_without_a_list_is_1(read: Callable[[made_export.Files], Read]) -> None:
    tables = {name: rows for name, _, rows in read(made_export.files()).source.modifier_tables}
    assert tables["Ones"][49] == (1.0, 1.0)


def test_a_colon_costs_a_file_and_leaves_a_stump(
    read: Callable[[made_export.Files], Read],
) -> None:
    content = made_export.files()
    index = content["powers/blaster_support/tricks/index.json"]
    index["power_names"].append("Blaster_Support.Tricks.Training:_Assault")
    index["power_display_names"].append("Training: Assault")
    index["available_level"].append(5)
    content["powers/blaster_support/tricks/training"] = ""
    found = read(content)
    brought = found.power("Blaster_Support.Tricks.Training:_Assault")
    assert (brought["display_name"], brought["level"]) == ("Training: Assault", 6)
    assert found.source.extras.of("powers", brought["full_name"])["lost"] is True
    assert "lost in the export" in found.texts()
