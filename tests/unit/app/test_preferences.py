"""What settings mean for the numbers."""

from midsdesk.app import preferences
from midsdesk.app.preferences import Preference, calc_settings, pages, team_of, with_member
from midsdesk.app.settings import TABLE, Settings
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.vocab import Suppression


def test_defaults_are_those_of_the_calculator() -> None:
    assert calc_settings(Settings(None, {})) == CalcSettings()


def test_every_row_has_its_setting_and_its_values_are_allowed() -> None:
    table = {item.key: item for item in TABLE}
    for page in pages(("Blaster",)):
        for row in page.rows:
            for key in row.keys:
                assert key in table
            if row.kind in ("segments", "list"):
                for value, _ in row.choices:
                    stored = preferences.stored_value(row, value)
                    Settings(None, {}).set(row.key, stored)
            if row.kind == "slider":
                for number in (row.low, row.high):
                    Settings(None, {}).set(row.key, preferences.stored_value(row, number))


def test_one_setting_changes_one_thing() -> None:
    settings = Settings(None, {})
    before = CalcSettings(exemplar_level=22, pvp=True)
    settings.set("suppression", (str(int(Suppression.HELD)), str(int(Suppression.DAMAGED)), "9"))
    after = preferences.changed_settings(settings, "suppression", before)
    assert after.suppression == Suppression.HELD | Suppression.DAMAGED
    assert (after.exemplar_level, after.pvp) == (22, True), "the others stay"
    settings.set("rules", "mids")
    assert preferences.changed_settings(settings, "rules", before).rules is Rules.MIDS
    assert preferences.changed_settings(settings, "zoom", before) == before


def test_a_team_has_eight() -> None:
    team = with_member((), "Blaster", 3)
    team = with_member(team, "Defender", 9)
    assert team_of(team) == (("Blaster", 3), ("Defender", 4))
    assert with_member(team, "Blaster", 0) == ("Defender=4",)
    assert team_of(("Brute=x", "=3", "Tanker", "Tanker=-1")) == ()


def test_words_find_a_row_by_name_note_and_choice() -> None:
    row = Preference("Theme", "Every state", ("theme",), "list", (("dark", "Dark"),), also="colour")
    assert row.fits("") and row.fits("dark state") and row.fits("COLOUR")
    assert not row.fits("dark zoom")
