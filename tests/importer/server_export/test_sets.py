"""Enhancements and sets out of small exports."""

from collections.abc import Callable
from typing import Any

import pytest

from importer.mhd import layout
from midsdesk.model.vocab import (
    BuffMode,
    EnhancedAspect,
    EnhancementKind,
    PvMode,
    Schedule,
    StatusEffect,
)
from tests.importer.server_export import made_export
from tests.importer.server_export.conftest import Read, fields
from tests.importer.server_export.made_export import boost, boost_set, strength

ReadFiles = Callable[[made_export.Files], Read]
DAMAGE = ["Smashing_Dmg", "Lethal_Dmg", "Fire_Dmg"]


def pieces(found: Read) -> dict[str, dict[str, Any]]:
    """Enhancements by uid, their lines as aspect, status, schedule, multiplier, buff mode."""
    result = {}
    for values in found.source.enhancements:
        each = fields(layout.ENHANCEMENT, values)
        each["lines"] = [
            (
                line["enhances"],
                line["enhances_status"],
                line["schedule"],
                round(line["multiplier"], 4),
                line["buff_mode"],
            )
            for line in (fields(layout.ENHANCEMENT_EFFECT, one) for one in each["effects"])
        ]
        result[each["uid"]] = each
    return result


def a_set(found: Read) -> dict[str, Any]:
    """The one set."""
    (values,) = found.source.enhancement_sets
    return fields(layout.ENHANCEMENT_SET, values)


def test_a_set_and_its_pieces(read: ReadFiles) -> None:
    found = read(made_export.files())
    first, second = pieces(found).values()
    assert first["uid"] == "Crafted_Lucky_Day_A"
    assert first["kind"] == EnhancementKind.SET
    assert first["lines"] == [
        (EnhancedAspect.DEFENSE, -1, Schedule.B, 0.625, BuffMode.BUFF_ONLY),
        (EnhancedAspect.ENDURANCE_DISCOUNT, -1, Schedule.A, 0.625, BuffMode.ANY),
    ]
    assert second["lines"] == [(EnhancedAspect.RECHARGE_TIME, -1, Schedule.A, 1.0, 0)]
    family = a_set(found)
    assert (family["set_type"], family["level_min"], family["level_max"]) == (7, 9, 29)
    assert family["enhancement_indices"] == (0, 1)
    assert family["bonuses"] == (
        (-1, "", PvMode.ANY, 2, (("Set_Bonus.Set_Bonus.Small_Bonus", -1),)),
    )


@pytest.mark.parametrize(
    ("attribs", "table", "words", "expected"),
    [
        (DAMAGE, "Melee_Boosts_33", ["Enhance Damage"], [(EnhancedAspect.DAMAGE, -1, 0)]),
        (
            DAMAGE,
            "Melee_Boosts_20",
            ["Enhance Damage Resistance"],
            [(EnhancedAspect.RESISTANCE, -1, 1)],
        ),
        (
            ["Knockback", "Knockup", "Repel"],
            "Melee_Boosts_60",
            ["Enhance KnockBack"],
            [
                (EnhancedAspect.STATUS, StatusEffect.KNOCKBACK, 3),
                (EnhancedAspect.STATUS, StatusEffect.KNOCKUP, 3),
            ],
        ),
        (
            ["RunningSpeed"],
            "Melee_Boosts_33",
            ["Enhance Slow Movement"],
            [(EnhancedAspect.SPEED_RUNNING, -1, 0), (EnhancedAspect.SLOW, -1, 0)],
        ),
        (["InterruptTime"], "Melee_Boosts_40", [], [(EnhancedAspect.INTERRUPT, -1, 2)]),
        (["Null"], "Melee_Ones", [], []),
    ],
)
def test_what_a_piece_strengthens(
    attribs: list[str],
    table: str,
    words: list[str],
    expected: list[tuple[int, int, int]],
    read: ReadFiles,
) -> None:
    content = made_export.files()
    content |= boost("Crafted_Lucky_Day_A", strength(attribs, table, 0.5), words=words)
    lines = pieces(read(content))["Crafted_Lucky_Day_A"]["lines"]
    assert [line[:3] for line in lines] == expected


def test_superior_pieces_keep_their_quarter_as_a_mark(read: ReadFiles) -> None:
    content = made_export.files()
    info = {
        "superior_scales": True,
        "only_at_50": True,
        "restricted_ats": ["Blaster"],
        "unique_group": ["attuned_wrath_a", "superior_attuned_superior_wrath_a"],
    }
    content |= boost(
        "Superior_Wrath_A", strength(DAMAGE, "Melee_Boosts_33", 0.78125), words=["Enhance Damage"]
    )
    content["boost_sets/lucky_day.json"] = boost_set(
        "Superior_Wrath",
        boost_lists=[["Boosts.Superior_Wrath_A.Superior_Wrath_A"]],
        min_level=1,
        max_level=1,
        computed={"boost_infos": {"superior_wrath_a": info}},
    )
    piece = pieces(read(content))["Superior_Wrath_A"]
    assert piece["superior"]
    assert piece["unique"]
    assert piece["exclusive_group"] == 2
    assert piece["lines"][0][3] == 0.625
    assert (piece["level_min"], piece["level_max"]) == (49, 49)


def test_bonuses_of_one_piece_and_against_players(read: ReadFiles) -> None:
    content = made_export.files()
    bonus = {
        "min_boosts": 1,
        "auto_powers": ["set_bonus.set_bonus.small_bonus"],
        "requires": "(PowerBoostsSlotted>Crafted_Lucky_Day_B >= 1)",
    }
    players = {**bonus, "min_boosts": 3, "requires": "isPVPMap?"}
    strange = {**bonus, "requires": "char>level > 60"}
    content["boost_sets/lucky_day.json"]["bonuses"] = [bonus, players, strange]
    found = read(content)
    family = a_set(found)
    assert [each[0] for each in family["special_bonuses"]] == [-1, 1, -1, -1, -1, -1]
    assert family["bonuses"] == (
        (-1, "", PvMode.PVP, 3, (("Set_Bonus.Set_Bonus.Small_Bonus", -1),)),
    )
    extra = found.source.extras.of("enhancement_sets", "Lucky_Day")
    assert extra["unread_bonuses"] == ["char>level > 60"]


def test_crafted_stands_for_attuned(read: ReadFiles) -> None:
    content = made_export.files()
    content |= boost("Attuned_Lucky_Day_A", strength(["Melee"], "Melee_Boosts_20", 1.0), words=[])
    content["boost_sets/lucky_day.json"]["boost_lists"][0].append(
        "Boosts.Attuned_Lucky_Day_A.Attuned_Lucky_Day_A"
    )
    found = read(content)
    assert "Attuned_Lucky_Day_A" not in pieces(found)
    extra = found.source.extras.of("enhancements", "Crafted_Lucky_Day_A")
    assert extra["also"] == ["Attuned_Lucky_Day_A"]


@pytest.mark.parametrize(
    ("uid", "scale", "schedule"),
    [("Magic_Accuracy", 0.3333, Schedule.A), ("Crafted_Accuracy", 1.0, Schedule.A)],
)
def test_origins_and_inventions(
    uid: str, scale: float, schedule: Schedule, read: ReadFiles
) -> None:
    content = made_export.files()
    for name, table, size in (
        ("Magic_Accuracy", "Melee_Ones", 0.3333),
        ("Crafted_Accuracy", "Melee_Boosts_33", 1.0),
    ):
        content |= boost(name, strength(["Accuracy"], table, size), words=["Enhance Accuracy"])
    piece = pieces(read(content))[uid]
    assert piece["lines"] == [(EnhancedAspect.ACCURACY, -1, schedule, 1.0, 0)]
    assert piece["classes"] == (0,)
    assert scale


@pytest.mark.parametrize(
    ("attrib", "scale", "expected"),
    [("ToHit", 0.2, Schedule.B), ("Base_Defense", 0.3333, Schedule.A), ("Held", 0.5, 0)],
)
def test_special_pieces_are_flat(attrib: str, scale: float, expected: int, read: ReadFiles) -> None:
    content = made_export.files()
    words = ["Enhance ToHit DeBuffs", "Enhance Defense DeBuff"]
    content |= boost("Hamidon_Some", strength([attrib], "Melee_Ones", scale), words=words)
    piece = pieces(read(content))["Hamidon_Some"]
    assert (piece["kind"], piece["special_kind"]) == (EnhancementKind.SPECIAL, 1)
    assert piece["lines"][0][2] == expected
