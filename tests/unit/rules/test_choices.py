"""States of a fight that a build asks for, on the data that come with the program."""

import pytest

from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.edit.character import change_powerset, new_build
from midsdesk.edit.choices import set_choice
from midsdesk.errors import RuleViolationError
from midsdesk.formats import forms
from midsdesk.formats.detect import Form
from midsdesk.model.build import PRIMARY, SECONDARY, Build
from midsdesk.rules.choices import choices
from tests.helpers.gamedata import default_catalog

ENGAGEMENT = "Inherent.Inherent.Engagement"
BOLT = "Blaster_Ranged.Fire_Blast.Blazing_Bolt"
COMBO = "Temporary_Powers.Temporary_Powers.Combo_Level_{}"
TIDE = "temporary_powers.temporary_powers.tidal_power"


def build(archetype: str, primary: str, secondary: str, *powers: str) -> Build:
    catalog = default_catalog()
    made = new_build(catalog, f"Class_{archetype}")
    made = change_powerset(made, catalog, PRIMARY, primary)
    made = change_powerset(made, catalog, SECONDARY, secondary)
    for power in powers:
        made = ops.take_power(made, catalog, power)
    return made


def blaster(*powers: str) -> Build:
    return build(
        "Blaster", "Blaster_Ranged.Fire_Blast", "Blaster_Support.Energy_Manipulation", *powers
    )


def fighter() -> Build:
    attacks = ("Initial_Strike", "Sweeping_Cross", "Spinning_Strike")
    return build(
        "Brute",
        "Brute_Melee.Brawling",
        "Brute_Defense.Bio_Organic_Armor",
        *(f"Brute_Melee.Brawling.{name}" for name in attacks),
        "Brute_Defense.Bio_Organic_Armor.Hardened_Carapace",
        "Brute_Defense.Bio_Organic_Armor.Evolution",
    )


def names(made: Build) -> set[str]:
    return {each.name for each in choices(made, default_catalog())}


def test_a_state_is_shown_where_a_power_asks_for_it_and_nowhere_else() -> None:
    assert names(blaster("Blaster_Ranged.Fire_Blast.Fire_Blast")) == set()
    (engaged,) = choices(blaster(BOLT), default_catalog())
    assert (engaged.power, engaged.on, engaged.most) == (ENGAGEMENT, False, 0)


def test_a_snipe_is_slow_until_the_fight_goes_on() -> None:
    """Cast times 3.67 and 1.67 s: `activation_time` of the two powers in the export."""
    catalog = default_catalog()
    slow = blaster(BOLT)
    fast = set_choice(slow, catalog, ENGAGEMENT, 1)
    found = []
    for made in (slow, fast):
        index = made.find(BOLT)
        assert index is not None
        numbers = Engine(catalog).calculate(made).power(index)
        assert numbers is not None
        found.append((numbers.redirected_to, round(numbers.base.cast_time, 2)))
    assert found == [
        ("Pets.Blaster_Fire_Snipe.Blazing_Bolt_Normal", 3.67),
        ("Pets.Blaster_Fire_Snipe.Blazing_Bolt_Quick", 1.67),
    ]
    assert set_choice(fast, catalog, ENGAGEMENT, 0) == slow


def test_levels_of_a_combo_exclude_each_other_and_stances_too() -> None:
    catalog = default_catalog()
    made = fighter()
    assert {f"Combo Level {level}" for level in (1, 2, 3)} <= names(made)
    stance = "Brute_Defense.Bio_Organic_Armor.{}_Adaptation"
    for power in (COMBO.format(1), COMBO.format(3), stance.format("Defensive")):
        made = set_choice(made, catalog, power, 1)
    made = set_choice(made, catalog, stance.format("Offensive"), 1)
    assert {each.name for each in choices(made, catalog) if each.on} == {
        "Combo Level 3",
        "Offensive Adaptation",
    }


def test_a_stance_changes_what_the_armor_gives() -> None:
    catalog = default_catalog()
    without = fighter()
    made = set_choice(without, catalog, "Brute_Defense.Bio_Organic_Armor.Defensive_Adaptation", 1)
    engine = Engine(catalog)
    before, after = engine.calculate(without).totals, engine.calculate(made).totals
    assert after.resistance != before.resistance


def test_stacks_go_from_none_to_the_largest_number_any_condition_tells_apart() -> None:
    catalog = default_catalog()
    made = build(
        "Corruptor",
        "Corruptor_Ranged.Water_Blast",
        "Corruptor_Buff.Time_Manipulation",
        "Corruptor_Ranged.Water_Blast.Water_Burst",
    )
    (tide,) = choices(made, catalog)
    assert (tide.name, tide.most) == ("Tidal Power", 4)
    full = set_choice(made, catalog, TIDE, 3)
    (tide,) = choices(full, catalog)
    assert (tide.on, tide.stacks) == (True, 3)
    with pytest.raises(RuleViolationError, match="0 to 4"):
        set_choice(made, catalog, TIDE, 5)


def test_what_no_power_asks_for_cannot_be_set() -> None:
    with pytest.raises(RuleViolationError, match="No power of the build"):
        set_choice(blaster(), default_catalog(), COMBO.format(1), 1)


@pytest.mark.parametrize("form", [Form.MBD, Form.NATIVE])
def test_states_are_saved_with_the_build_and_outlive_an_edit(form: Form) -> None:
    catalog = default_catalog()
    made = set_choice(fighter(), catalog, COMBO.format(2), 1)
    edited = ops.take_power(made, catalog, "Brute_Melee.Brawling.Heavy_Blow")
    stored = forms.write(edited, form, catalog)
    again = forms.read(stored, catalog).build
    assert {each.name for each in choices(again, catalog) if each.on} == {"Combo Level 2"}


def test_forms_are_powers_of_the_build_each_with_its_own() -> None:
    """Bright Nova brings four powers, White Dwarf six; both are lit and left by their lights."""
    nova = "Peacebringer_Offensive.Luminous_Blast.Bright_Nova"
    dwarf = "Peacebringer_Defensive.Luminous_Aura.White_Dwarf"
    sets = ("Peacebringer_Offensive.Luminous_Blast", "Peacebringer_Defensive.Luminous_Aura")
    for form, count in ((nova, 4), (dwarf, 6)):
        made = build("Peacebringer", *sets, form)
        name = form.rpartition(".")[2]
        assert sum(name in entry.power for entry in made.others) == count
        entry = made.find(form)
        assert entry is not None
        for included in (True, False):
            made = ops.set_included(made, default_catalog(), entry, included)
            assert made.entries[entry].included == included
