import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midsdesk.errors import BuildFormatError
from midsdesk.formats import forms, mbd, native
from midsdesk.formats.forms import Form
from midsdesk.formats.native_file import NativeFile, Variant
from midsdesk.formats.native_shape import VERSION, json_schema
from midsdesk.formats.native_upgrades import UPGRADES, upgraded
from tests.formats.whole_builds import BUILDS, CATALOG, make
from tests.helpers.builds import BUILDS as FOLDER
from tests.helpers.builds import SAMPLES, sample
from tests.helpers.gamedata import ROOT
from tests.helpers.shared import needs_shared

SOME = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)


@SOME
@given(build=BUILDS)
def test_nothing_is_lost(build: Any) -> None:
    data = forms.write(build, Form.NATIVE, CATALOG)
    reading = forms.read(data, CATALOG)
    assert reading.form == Form.NATIVE
    assert reading.build == build
    assert forms.write(reading.build, Form.NATIVE, CATALOG) == data


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_come_back_and_their_mbd_byte_for_byte(name: str) -> None:
    back = forms.read(forms.write(sample(name), Form.NATIVE, CATALOG), CATALOG).build
    assert back == sample(name)
    assert mbd.encode(back, CATALOG) == (FOLDER / f"{name}.mbd").read_bytes()


def whole() -> NativeFile:
    build = make(3, name="Ash", comment="two\nlines")
    other = Variant("Solo", make(4), "for <solo>", '{"mood": "calm"}')
    return NativeFile(build, (other,), "notes\nof mine", '{"colour": [1, {"x": null}]}')


def test_variants_notes_and_unknown_members_survive() -> None:
    data = native.encode(whole())
    file, notes = native.decode(data, CATALOG)
    assert file == whole()
    assert notes.issues == []
    assert native.encode(file) == data


def test_unknown_members_everywhere_survive_through_other_forms() -> None:
    value = json.loads(native.encode_build(make(3)))
    value["build"]["pets"] = {"name": "Fluffy"}
    value["build"]["picks"][0]["mood"] = "calm"
    value["build"]["others"][0]["slots"] = [{"level": 1, "tint": "red"}]
    build = forms.read(json.dumps(value).encode(), CATALOG).build
    through = forms.read(forms.write(build, Form.MBD, CATALOG), CATALOG).build
    again = json.loads(native.encode_build(through))
    assert again["build"]["pets"] == {"name": "Fluffy"}
    assert again["build"]["picks"][0]["mood"] == "calm"
    assert again["build"]["others"][0]["slots"][0]["tint"] == "red"


def changed(*path: Any, value: Any) -> bytes:
    whole_value = json.loads(native.encode_build(make(3, name="Ash")))
    owner = whole_value
    for step in path[:-1]:
        owner = owner[step]
    owner[path[-1]] = value
    return json.dumps(whole_value).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("build", "name"), 7),
        (("build", "alignment"), "praetorian"),
        (("build", "comment"), ["x"]),
        (("build", "powersets", 3), 12),
        (("build", "picks", 0, "level"), "first"),
        (("build", "picks", 0, "stacks"), -4),
        (("build", "picks", 1), "no power"),
        (("build", "made_with"), None),
        (("variants",), "none"),
    ],
)
def test_wrong_values_become_defaults_and_are_told(path: tuple[Any, ...], value: Any) -> None:
    reading = forms.read(changed(*path, value=value), CATALOG)
    assert reading.issues
    assert len(reading.build.entries) == len(make(3, name="Ash").entries)
    untouched = make(3, name="Ash").entries[2:]
    assert reading.build.entries[2:] == untouched


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (changed("version", value=2), "written by a newer program .format 2"),
        (changed("version", value="1"), "does not name the version"),
        (changed("version", value=True), "does not name the version"),
        (changed("build", value=3), "build is missing or wrong"),
        (changed("build", "archetype", value="Class_Sorcerer"), "no archetype “Class_Sorcerer”"),
        (changed("build", "archetype", value=None), "archetype is missing or wrong"),
        (b'{"format": "mdbuild", "version": 1', "cut short or damaged"),
        (b'{"format": "mdbuild", "x": ' + b"[" * 200 + b"]" * 200 + b"}", "far too deep"),
        (b'{"format": "mdbuild", "x": ' + b"[" * 90000 + b"]" * 90000 + b"}", "far too deep"),
        (b'{"format": "mdbuild", "x": ' + b"9" * 5000 + b"}", "impossible number"),
        (b'{"x": {"format": "mdbuild"}}', "not a build of midsdesk"),
    ],
)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(BuildFormatError, match=message):
        forms.read(data, CATALOG)


def test_control_characters_go() -> None:
    reading = forms.read(changed("build", "name", value="a\x1b[31mb\u202e"), CATALOG)
    assert reading.build.name == "a[31mb"
    assert reading.issues


def test_unknown_names_stay_and_are_told() -> None:
    data = changed("build", "picks", 0, "power", value="Blaster_Ranged.Fudge.Soft")
    reading = forms.read(data, CATALOG)
    assert reading.build.entries[0].power == "Blaster_Ranged.Fudge.Soft"
    assert "unknown to the game data" in str(reading.issues[0])


def test_upgrades_go_step_by_step() -> None:
    steps = {
        1: lambda value: {**value, "seen": [1]},
        2: lambda value: {**value, "seen": [*value["seen"], 2]},
    }
    assert upgraded({"version": 1}, 3, steps) == {"version": 3, "seen": [1, 2]}


def test_there_is_a_step_from_every_version() -> None:
    assert sorted(UPGRADES) == list(range(1, VERSION))


def test_the_schema_is_the_declaration() -> None:
    path = ROOT / "resources" / "schemas" / f"mdbuild-{VERSION}.schema.json"
    assert json.loads(path.read_text("utf-8")) == json_schema()


def test_the_order_of_members_is_the_declared_one() -> None:
    value = json.loads(native.encode(replace(whole(), extras="")))
    assert list(value) == ["format", "version", "notes", "build", "variants"]
    assert list(value["build"])[:2] == ["name", "archetype"]


@given(data=st.dictionaries(st.text(max_size=8), st.integers(), max_size=4))
def test_any_object_of_this_format_is_read_or_refused(data: dict[str, int]) -> None:
    text = json.dumps({"format": "mdbuild", **data}).encode()
    with pytest.raises(BuildFormatError):
        forms.read(text, CATALOG)
