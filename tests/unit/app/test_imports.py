"""Importing: rows for every line or field, decisions, and the memory of them."""

import json
from pathlib import Path

import pytest

from midsdesk.app import imports
from midsdesk.app.decisions import AS_READ, Decisions, MemoryStore
from midsdesk.app.import_rows import Mark
from midsdesk.app.import_search import offers_of, search
from midsdesk.app.imports import from_file, from_text, from_word, read, summary
from midsdesk.errors import BuildFormatError, StorageError
from midsdesk.formats import forms, mbd, share_code
from midsdesk.formats.forms import Form
from tests.helpers.builds import BUILDS, SAMPLES, SNAP_SHOT, sample, taken
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared

CATALOG = packed_catalog()


def misspelt(power: str = "Blaster_Ranged.Archery.Snapp_Shot") -> imports.Brought:
    value = mbd.value_of(taken(SNAP_SHOT), CATALOG)
    value["PowerEntries"][0]["PowerName"] = power
    return from_text(json.dumps(value), "build")


def test_every_field_of_a_build_has_a_row() -> None:
    build = taken(SNAP_SHOT)
    made = read(from_text(mbd.encode(build, CATALOG).decode(), "Ash"), CATALOG)
    rows = {row.place: row for row in made.rows}
    assert rows["Name"].made == "Ash"
    assert rows["Archetype"].made == "Blaster"
    assert rows["Powerset 1"].original == "Blaster_Ranged.Archery"
    assert rows["Pick 1 (level 1)"].made.startswith("Snap Shot, 1 slot")
    assert rows["Pick 2 (level 1)"].made == "an empty pick"
    assert {row.mark for row in made.rows} <= {Mark.UNDERSTOOD, Mark.NOTE}
    assert not made.doubtful


def test_a_choice_and_its_issue_are_one_row() -> None:
    made = read(misspelt(), CATALOG)
    (row,) = [row for row in made.rows if row.choice >= 0]
    assert (row.mark, row.place) == (Mark.CHOICE, "Pick 1 (level 1)")
    assert [each.place for each in made.rows].count("Pick 1 (level 1)") == 1
    assert made.undecided == (0,)
    assert summary(made.rows)[1:] == (1, 0, 0)


def test_a_decision_changes_build_and_row_and_can_be_taken_back() -> None:
    made = read(misspelt(), CATALOG)
    assert made.build.entries[0].is_empty
    made.decide(0, SNAP_SHOT)
    assert made.build.entries[0].power == SNAP_SHOT
    (row,) = [row for row in made.rows if row.choice >= 0]
    assert (row.mark, row.made) == (Mark.DECIDED, "Snap Shot, as you decided")
    made.decide(0, AS_READ)
    assert made.build == made.reading.build
    made.undecide(0)
    assert made.undecided == (0,)


def test_what_was_decided_is_decided_in_the_next_file() -> None:
    store = MemoryStore()
    first = read(misspelt(), CATALOG)
    Decisions(store).remember(first.choices[0], SNAP_SHOT)
    again = read(misspelt(), CATALOG, Decisions(store))
    assert again.undecided == ()
    assert again.build.entries[0].power == SNAP_SHOT
    (row,) = [row for row in again.rows if row.choice >= 0]
    assert row.made == "Snap Shot, as decided before"
    known = Decisions(store)
    assert known.forget(first.choices[0])
    assert not known.forget(first.choices[0])
    assert read(misspelt(), CATALOG, Decisions(store)).undecided == (0,)


def test_a_decision_never_puts_a_power_in_twice() -> None:
    decisions = Decisions()
    value = mbd.value_of(taken(SNAP_SHOT), CATALOG)
    value["PowerEntries"][1]["PowerName"] = "Blaster_Ranged.Archery.Snapp_Shot"
    brought = from_text(json.dumps(value), "build")
    first = read(misspelt(), CATALOG)
    decisions.remember(first.choices[0], SNAP_SHOT)
    assert read(brought, CATALOG, decisions).decided == {}


def test_what_the_data_no_longer_have_is_not_decided() -> None:
    decisions = Decisions()
    first = read(misspelt(), CATALOG)
    decisions.remember(first.choices[0], "Blaster_Ranged.Archery.Gone")
    assert read(misspelt(), CATALOG, decisions).undecided == (0,)


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"a": 1}', "null"])
def test_unreadable_memory_is_none(kept: str) -> None:
    store = MemoryStore()
    store.set_setting("import.decisions", kept)
    assert len(Decisions(store)) == 0


def test_memory_keeps_the_newest() -> None:
    store = MemoryStore()
    many = {f"power:{number}": SNAP_SHOT for number in range(2_000)}
    store.set_setting("import.decisions", json.dumps(many))
    decisions = Decisions(store)
    decisions.remember(read(misspelt(), CATALOG).choices[0], SNAP_SHOT)
    assert len(decisions) == 2_000
    assert decisions.forget_all() == 2_000
    assert len(Decisions(store)) == 0


def test_offers_say_what_stands_against_them() -> None:
    made = read(misspelt(), CATALOG)
    offers = offers_of(made.choices[0], made.build, CATALOG)
    assert (offers[0].id, offers[0].name) == (SNAP_SHOT, "Snap Shot")
    assert offers[0].detail.startswith("Archery · from level 1")
    found = search(made.choices[0], made.build, CATALOG, "fire blast")
    assert any(each.name == "Fire Blast" for each in found)
    assert search(made.choices[0], made.build, CATALOG, "  ") == ()
    (aimed,) = [
        each
        for each in search(made.choices[0], taken(SNAP_SHOT), CATALOG, "snap shot")
        if each.id == SNAP_SHOT
    ]
    assert aimed.refused in ("", "already taken at level 1")


def test_a_word_of_the_command_line_is_a_file_a_link_or_a_code(tmp_path: Path) -> None:
    build = taken(SNAP_SHOT)
    path = tmp_path / "a build.mbd"
    path.write_bytes(mbd.encode(build, CATALOG))
    code = share_code.encode(build)
    for word in (str(path), path.as_uri(), code, share_code.link(code)):
        assert read(from_word(word), CATALOG).build == build
    with pytest.raises(StorageError, match="does not exist"):
        from_word(str(tmp_path / "none.mbd"))
    with pytest.raises(StorageError, match="it is a folder"):
        from_word(str(tmp_path))


def test_a_failed_import_names_file_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("no build")
    with pytest.raises(BuildFormatError, match=r"^odd\.txt: There is no build"):
        read(from_file(path), CATALOG)


def test_the_report_as_text_has_every_row() -> None:
    made = read(misspelt(), CATALOG)
    lines = made.text().splitlines()
    assert lines[0] == "build: mbd"
    assert len(lines) == len(made.rows) + 1
    assert any(line.startswith("[choice] Pick 1 (level 1): Blaster_Ranged") for line in lines)


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_in_every_readable_form_have_rows_for_all_powers(name: str) -> None:
    build = sample(name)
    taken_powers = [entry for entry in build.entries if not entry.is_empty]
    for form in (Form.MBD, Form.MXD, Form.LINK, Form.SHARE_CODE, Form.NATIVE, Form.GAME_TEXT):
        data = forms.write(build, form, CATALOG)
        made = read(imports.Brought(data, name), CATALOG)
        shown = [row for row in made.rows if row.mark == Mark.UNDERSTOOD]
        assert len(shown) > len(taken_powers)


@needs_shared
def test_unknown_power_of_the_bad_folder_leaves_its_place_empty() -> None:
    made = read(from_file(BUILDS / "bad" / "10-unknown-power.mbd"), CATALOG)
    assert made.build.entries[2].is_empty
    assert made.build.entries[9].is_empty
    lost = [row.place for row in made.rows if row.mark in (Mark.CHOICE, Mark.LOST)]
    assert lost == ["Powerset 1", "Pick 3 (level 2)", "Pick 10 (level 16)"]
    original = json.loads((BUILDS / "bad" / "10-unknown-power.mbd").read_text("utf-8-sig"))
    written = json.loads(mbd.encode(made.build, CATALOG))
    assert written["PowerEntries"][2] == original["PowerEntries"][2]
    assert written["PowerEntries"][9] == original["PowerEntries"][9]
