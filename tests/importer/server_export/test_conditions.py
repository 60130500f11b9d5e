"""When an effect is in force: conditions, special cases, scopes, classes."""

from collections.abc import Callable

import pytest

from midsdesk.model.vocab import PvMode, SpecialCase, ToWho
from tests.importer.server_export import made_export
from tests.importer.server_export.conftest import Read
from tests.importer.server_export.made_export import group, power, template

WithPower = Callable[..., Read]
ReadFiles = Callable[[made_export.Files], Read]
TEST = "Blaster_Ranged.Fire.Test"


OWN_ONLY = "target>entref == source>entref"
OTHERS = "Ne(target>entref, source>entref)"


@pytest.mark.parametrize(("text", "who"), [(OWN_ONLY, ToWho.SELF), (OTHERS, ToWho.TARGET)])
def test_a_condition_may_say_whom_it_reaches(text: str, who: ToWho, with_power: WithPower) -> None:
    each = group(template(["Melee"], target="AnyAffected"), requires_expression=text)
    found = with_power(targets_affected=["Ally (Alive)", "Self"], effects=[each])
    assert found.effects(TEST)[0]["to_who"] == who
    assert found.effects(TEST)[0]["conditions"] == ()


LIGHT = "Temporary_Powers.Temporary_Powers.Light"
NEVER = (("Never:", "True"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("target>enttype eq 'critter'", ()),
        ("@ToHitRoll < @ToHit", ()),
        ("target.HasTag?(Raid)", NEVER),
        ("!target.HasTag?(Raid)", ()),
        ("source.EventTimeSince>Attacked > 10", ()),
        ("source.EventTimeSince>NearGround >= 1", NEVER),
        ("source>combatlevel > 23", ()),
        ("distance > 7", NEVER),
        ("source>arch eq 'Blaster'", ()),
        ("source>arch == Scrapper", NEVER),
        (f"source.ownPower?({LIGHT})", ((f"Active:{LIGHT}", "True"),)),
        (f"!source.ownPower?({LIGHT})", ((f"Active:{LIGHT}", "False"),)),
        (f"source.ownPowerNum?({LIGHT}) >= 2", ((f"Stacks:{LIGHT}", "> 1"),)),
        (f"source.ownPowerNum?({LIGHT}) <= 2", ((f"Stacks:{LIGHT}", "< 3"),)),
        (f"source.ownPowerNum?({LIGHT}) == 3", ((f"Stacks:{LIGHT}", "= 3"),)),
        (
            f"!(source.ownPowerNum?({LIGHT}) == 3)",
            ((f"Stacks:{LIGHT}", "< 3"), (f"OR Stacks:{LIGHT}", "> 3")),
        ),
        (
            f"source.ownPower?(Blaster_Ranged.Fire.Flares) && source.ownPower?({LIGHT})",
            ((f"Active:{LIGHT}", "True"), ("AND Taken:Blaster_Ranged.Fire.Flares", "True")),
        ),
        (f"source.ownPower?({LIGHT}) && !source.ownPower?({LIGHT})", NEVER),
        ("source.ownPower?(No.Such.Power)", NEVER),
    ],
)
def test_conditions(
    text: str, expected: tuple[tuple[str, str], ...], with_power: WithPower
) -> None:
    found = with_power(
        power(LIGHT, available_level=-1),
        targets_affected=["Foe (Alive)"],
        effects=[group(template(["Melee"]), requires_expression=text)],
    )
    assert found.effects(TEST)[0]["conditions"] == expected
    (extra,) = found.extras(TEST)
    assert extra is not None
    assert extra.condition is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("target>enttype eq 'player'", PvMode.PVP),
        ("isPVPMap?", PvMode.PVP),
        ("target>enttype eq 'critter'", PvMode.PVE),
        ("!isPVPMap?", PvMode.PVE),
        ("target.HasTag?(Raid)", PvMode.ANY),
    ],
)
def test_a_scope_may_hide_in_the_condition(
    text: str, expected: PvMode, with_power: WithPower
) -> None:
    found = with_power(effects=[group(template(["Melee"]), requires_expression=text)])
    assert [effect["pv_mode"] for effect in found.effects(TEST)] == [expected]


def test_what_differs_against_players_comes_twice(with_power: WithPower) -> None:
    text = f"isPVPMap? || source.ownPower?({LIGHT})"
    found = with_power(
        power(LIGHT, available_level=-1),
        effects=[group(template(["Melee"]), requires_expression=text)],
    )
    assert [(effect["pv_mode"], effect["conditions"]) for effect in found.effects(TEST)] == [
        (PvMode.PVE, ((f"Active:{LIGHT}", "True"),)),
        (PvMode.PVP, ()),
    ]


def test_what_an_account_owns_on_some_days_only_it_does_not_own(with_power: WithPower) -> None:
    groups = [group(template(["Melee"]), requires_expression="source.owned?(FourOne)")]
    found = with_power(effects=groups).effects(TEST)
    assert found[0]["conditions"] == (("Never:", "True"),)


def test_a_later_sibling_falls_back(with_power: WithPower) -> None:
    groups = [
        group(template(["Melee"]), requires_expression=f"source.ownPower?({LIGHT})"),
        group(template(["Ranged"]), flags=["Fallback"]),
    ]
    found = with_power(power(LIGHT, available_level=-1), effects=groups)
    assert [effect["conditions"] for effect in found.effects(TEST)] == [
        ((f"Active:{LIGHT}", "True"),),
        ((f"Active:{LIGHT}", "False"),),
    ]


def test_what_the_game_hides_beside_what_it_shows_counts_once(with_power: WithPower) -> None:
    """A grazing beam: the hidden group has the true damage of a roll, the other one is shown."""
    groups = [
        group(template(["Fire_Dmg"]), flags=["Fallback"]),
        group(template(["Fire_Dmg"]), flags=["HideFromInfo"]),
        group(template(["Cold_Dmg"]), flags=["HideFromInfo"], requires_expression=""),
    ]
    found = with_power(effects=groups).effects(TEST)
    assert [effect["conditions"] for effect in found] == [
        (),
        (("Never:", "True"),),
        (("Never:", "True"),),
    ]


def test_hidden_alone_it_counts(with_power: WithPower) -> None:
    groups = [group(template(["Fire_Dmg"]), flags=["HideFromInfo"])]
    assert with_power(effects=groups).effects(TEST)[0]["conditions"] == ()


SCOURGE = "minmax(5 * target>kHitPoints% / 2 - 25, 0, 100) < 100 * rand()"
HELD = "(target.EventTimeSince>Sleep <= 3) || (target>kHeld > 0)"


@pytest.mark.parametrize(
    ("tags", "text", "expected"),
    [
        (["Containment"], HELD, SpecialCase.CONTAINMENT),
        (["Domination"], "", SpecialCase.DOMINATION),
        (["Defiance"], "", SpecialCase.DEFIANCE),
        (["CritLarge", "ScrapperCrit_ST"], "", SpecialCase.CRITICAL_BOSS),
        ([], SCOURGE, SpecialCase.SCOURGE),
    ],
)
def test_special_cases(
    tags: list[str], text: str, expected: SpecialCase, with_power: WithPower
) -> None:
    each = group(template(["Fire_Dmg"]), tags=tags, requires_expression=text)
    (effect,) = with_power(targets_affected=["Foe (Alive)"], effects=[each]).effects(TEST)
    assert effect["special_case"] == expected
    assert effect["conditions"] == ()


def test_an_effect_of_some_archetypes_comes_once_for_each(read: ReadFiles) -> None:
    content = made_export.files()
    text = "(source>arch eq 'Blaster') || (source>arch eq 'Controller')"
    pool = power(
        "Pool.Speed.Run",
        effects=[group(template(["RunningSpeed"]), requires_expression=text)],
    )
    content |= made_export.powerset("Pool.Speed", pool)
    found = read(content).effects("Pool.Speed.Run")
    assert [effect["only_class"] for effect in found] == ["Class_Blaster", "Class_Controller"]
