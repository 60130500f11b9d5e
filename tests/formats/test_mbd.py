import json
from dataclasses import replace
from typing import Any

import pytest

from midsdesk.errors import BuildFormatError
from midsdesk.formats import mbd
from midsdesk.formats.issues import Issue, Severity
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Alignment, RelativeLevel
from tests.helpers.builds import BUILDS, SAMPLES, SNAP_SHOT, empty_blaster, sample, taken
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared


def decode(data: bytes) -> tuple[Build, tuple[Issue, ...]]:
    return mbd.decode(data, packed_catalog())


def encode(build: Build) -> bytes:
    return mbd.encode(build, packed_catalog())


def as_json(build: Build) -> Any:
    return json.loads(encode(build))


def changed(**members: Any) -> tuple[Build, list[str]]:
    value = as_json(taken(SNAP_SHOT))
    value.update(members)
    build, issues = decode(json.dumps(value).encode())
    return build, [str(issue) for issue in issues]


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_written_back_byte_for_byte(name: str) -> None:
    data = (BUILDS / f"{name}.mbd").read_bytes()
    build, issues = decode(data)
    assert all(issue.place == "Game data" for issue in issues)
    assert encode(build) == data


def test_the_form_of_the_text() -> None:
    data = encode(taken(SNAP_SHOT))
    assert data.startswith(b'{\r\n  "BuiltWith": {\r\n    "App": "midsdesk"')
    assert data.endswith(b"\r\n}")
    value = json.loads(data)
    assert list(value) == [
        "BuiltWith", "Level", "Class", "Origin", "Alignment", "Name", "Comment", "PowerSets",
        "LastPower", "PowerEntries",
    ]  # fmt: skip
    assert value["Level"] == "1"
    assert value["LastPower"] == 24
    assert value["PowerEntries"][0]["Level"] == 1
    assert value["PowerEntries"][1] == {
        "PowerName": "", "Level": -1, "StatInclude": False, "ProcInclude": False,
        "VariableValue": 0, "InherentSlotsUsed": 0, "SubPowerEntries": [], "SlotEntries": [],
    }  # fmt: skip


def test_all_seven_basics_are_always_written() -> None:
    build = empty_blaster()
    bare = replace(build, entries=build.picks)
    names = [entry["PowerName"] for entry in as_json(bare)["PowerEntries"][24:]]
    assert names == [
        "Inherent.Inherent.Brawl", "Inherent.Inherent.Sprint", "Inherent.Inherent.Rest",
        "Inherent.Fitness.Swift", "Inherent.Fitness.Hurdle", "Inherent.Fitness.Health",
        "Inherent.Fitness.Stamina",
    ]  # fmt: skip


@needs_shared
@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("first-mbd-3.4.7.5", "blaster-fire-energy"),
        ("loose-json", "blaster-fire-energy"),
        ("utf16", "blaster-fire-energy"),
        ("holes-lastpower", "blaster-fire-energy"),
        ("substring-uid", "sentinel-energy-sr"),
    ],
)
def test_quirks_come_out_as_the_sample(name: str, like: str) -> None:
    build, issues = decode((BUILDS / "quirks" / f"{name}.mbd").read_bytes())
    expected = sample(like)
    assert all(issue.severity == Severity.INFO for issue in issues)
    assert build.powersets == expected.powersets
    for got, wanted in zip(build.entries, expected.entries, strict=True):
        assert (got.power, got.level) == (wanted.power, wanted.level)
        assert [(s.level, s.enhancement) for s in got.slots] == [
            (s.level, s.enhancement) for s in wanted.slots
        ]


REFUSED = {
    "01-empty": "empty",
    "02-binary-garbage": "not a build file",
    "03-truncated": "cut short",
    "04-invalid-json": "line 8, column 3",
    "05-other-json": "not a build",
    "06-deep-nesting": "damaged",
    "08-huge-count": "5000 powers",
    "18-unknown-class": "Class_Sorcerer",
    "19-database-renamed": "not a build file",
}
LOADED = {
    "07-wrong-types": "StatInclude",
    "09-too-many-slots": "120 slots",
    "10-unknown-power": "Blaster_Ranged.Chocolate_Blast.Fondue",
    "11-unknown-enhancement": "Crafted_Teapot_A",
    "12-bad-words": "Praetorian",
    "13-other-database": "Rebirth",
    "14-newer-database": "newer",
    "15-path-traversal": "control characters",
    "16-illegal-levels": "twice",
    "17-no-builtwith": "does not say which program",
    "47-control-characters": "control characters",
}


@needs_shared
@pytest.mark.parametrize("name", REFUSED)
def test_bad_files_are_refused_in_words(name: str) -> None:
    with pytest.raises(BuildFormatError, match=REFUSED[name]):
        decode((BUILDS / "bad" / f"{name}.mbd").read_bytes())


@needs_shared
@pytest.mark.parametrize("name", LOADED)
def test_flawed_files_are_loaded_with_a_list(name: str) -> None:
    build, issues = decode((BUILDS / "bad" / f"{name}.mbd").read_bytes())
    assert LOADED[name] in " ".join(map(str, issues))
    again, _ = decode(encode(build))
    assert again == build


@needs_shared
def test_no_text_of_a_file_becomes_dangerous() -> None:
    build, _ = decode((BUILDS / "bad" / "15-path-traversal.mbd").read_bytes())
    assert build.name == "../../../../etc/cron.d/xgpj.exe"
    control, _ = decode((BUILDS / "bad" / "47-control-characters.mbd").read_bytes())
    assert control.name.isprintable()


def test_unknown_members_survive_everywhere() -> None:
    value = as_json(taken(SNAP_SHOT))
    entry = value["PowerEntries"][0]
    entry["SlotEntries"][0]["Enhancement"] = {"Uid": "Crafted_Accuracy", "Later": [1, {"a": "é"}]}
    entry["SlotEntries"][0]["SlotNote"] = "s"
    entry["EntryNote"] = {"deep": True}
    value["PowerEntries"][5]["Hole"] = 1
    value["Root"] = [None]
    value["BuiltWith"]["Build"] = "x"
    build, issues = decode(json.dumps(value).encode())
    assert issues == ()
    written = as_json(build)
    first = written["PowerEntries"][0]
    assert first["SlotEntries"][0]["Enhancement"]["Later"] == [1, {"a": "é"}]
    assert first["SlotEntries"][0]["SlotNote"] == "s"
    assert first["EntryNote"] == {"deep": True}
    assert written["PowerEntries"][5]["Hole"] == 1
    assert written["Root"] == [None]
    assert written["BuiltWith"]["Build"] == "x"
    assert decode(encode(build))[0] == build


def test_unknown_pieces_are_written_back() -> None:
    value = as_json(taken(SNAP_SHOT))
    piece = {"Uid": "Crafted_Teapot_A", "IoLevel": 49}
    value["PowerEntries"][0]["SlotEntries"][0]["Enhancement"] = piece
    build, issues = decode(json.dumps(value).encode())
    assert build.entries[0].slots[0].enhancement is None
    assert "Snap Shot, slot 1" in issues[0].place
    assert as_json(build)["PowerEntries"][0]["SlotEntries"][0]["Enhancement"] == piece


def test_an_unknown_power_leaves_its_pick_empty_and_is_written_back() -> None:
    build = taken(SNAP_SHOT)
    odd = PowerEntry(PowerId("Blaster_Ranged.Fudge.Soft"), 2, included=True)
    again, issues = decode(encode(build.with_entry(2, odd)))
    assert again.entries[2].is_empty
    assert again.entries[2].level == build.entries[2].level
    assert "Fudge" in str(issues[0])
    assert "stays empty" in str(issues[0])
    written = as_json(again)["PowerEntries"]
    assert written == as_json(build.with_entry(2, odd))["PowerEntries"]


@pytest.mark.parametrize(
    ("members", "check"),
    [
        ({"Alignment": 3}, lambda b: b.alignment == Alignment.VILLAIN),
        ({"Comment": None}, lambda b: b.comment == ""),
        ({"Comment": "one\ntwo"}, lambda b: b.comment == "one\ntwo"),
        ({"LastPower": 31}, lambda b: len(b.picks) == 24),
        ({"LastPower": "x"}, lambda b: len(b.picks) == 24),
        ({"PowerEntries": []}, lambda b: all(e.is_empty for e in b.picks)),
    ],
)
def test_oddities_without_an_issue(members: dict[str, Any], check: Any) -> None:
    build, issues = changed(**members)
    assert check(build)
    assert issues == []


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"Origin": "Chocolate"}, "Chocolate"),
        ({"Name": ["x"]}, "is no text"),
        ({"PowerSets": "x"}, "is no list"),
        ({"PowerSets": [""] * 9}, "too many"),
        ({"BuiltWith": 5}, "is no object"),
    ],
)
def test_flaws_are_listed(members: dict[str, Any], said: str) -> None:
    _, issues = changed(**members)
    assert said in " ".join(issues)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"Class": "Class_Sorcerer"}, "Class_Sorcerer"),
        ({"Class": None}, "no archetype"),
        ({"PowerSets": [""] * 33}, "33 powersets"),
        ({"Name": "x" * 70_000}, "far too long"),
    ],
)
def test_impossible_files_are_refused(members: dict[str, Any], said: str) -> None:
    with pytest.raises(BuildFormatError, match=said):
        changed(**members)


@pytest.mark.parametrize(
    "text", ["[1]", "{}", '{"a": 1e999999}', '{"a": ' + "9" * 5000 + "}", "{" + " " * 5_000_000]
)
def test_hostile_json_is_refused(text: str) -> None:
    with pytest.raises(BuildFormatError):
        decode(text.encode())


def test_broken_characters_do_not_stop_a_save() -> None:
    data = encode(taken(SNAP_SHOT)).replace(b'"Ash"', b'"A\\ud800sh"')
    data = data.replace(b'"Origin"', b'"Odd": "\\ud800", "Origin"')
    build, _ = decode(data)
    assert build.name == "Ash"
    assert decode(encode(build))[0] == build


def test_numbers_and_words_of_pieces_are_both_read() -> None:
    value = as_json(taken(SNAP_SHOT))
    slot = value["PowerEntries"][0]["SlotEntries"][0]
    slot["Enhancement"] = {"Uid": "Crafted_Accuracy", "IoLevel": "24", "RelativeLevel": 7}
    build, issues = decode(json.dumps(value).encode())
    piece = build.entries[0].slots[0].enhancement
    assert issues == ()
    assert piece is not None
    assert (piece.level, piece.relative_level) == (25, RelativeLevel.PLUS_3)


def test_an_empty_uid_is_an_empty_slot() -> None:
    value = as_json(taken(SNAP_SHOT))
    value["PowerEntries"][0]["SlotEntries"][0]["Enhancement"] = {"Uid": ""}
    build, issues = decode(json.dumps(value).encode())
    assert build.entries[0].slots[0].enhancement is None
    assert issues == ()


def test_picks_after_the_last_place_and_odd_things_are_listed() -> None:
    value = as_json(taken(SNAP_SHOT))
    late = dict(value["PowerEntries"][0], PowerName="Blaster_Ranged.Archery.Rain_of_Arrows")
    value["PowerEntries"] += [late, 5]
    first = value["PowerEntries"][0]
    first["SubPowerEntries"] = [{"PowerName": "A.B.C", "StatInclude": True, "Odd": 1}, 7, {}]
    first["SlotEntries"] = [
        {"Level": 0, "Enhancement": {"Uid": "Magic_Accuracy", "Grade": "None", "IoLevel": 9}},
        {"Level": 3, "Enhancement": 4, "FlippedEnhancement": {"Uid": "Crafted_Teapot"}},
        6,
    ]
    build, issues = decode(json.dumps(value).encode())
    said = " ".join(map(str, issues))
    for part in ("after the last pick", "is no power", "is no piece", "is no slot", "alternate"):
        assert part in said
    slots = build.entries[0].slots
    assert [slot.level for slot in slots] == [1, 3]
    assert slots[0].enhancement is not None
    assert slots[0].enhancement.grade == 3
    written = as_json(build)["PowerEntries"][0]
    assert written["SlotEntries"][0]["Enhancement"]["IoLevel"] == 9
    assert written["SlotEntries"][1]["FlippedEnhancement"] == {"Uid": "Crafted_Teapot"}
    assert written["SubPowerEntries"] == [{"PowerName": "A.B.C", "StatInclude": True, "Odd": 1}]


def test_stacks_beyond_the_range_are_cut() -> None:
    value = as_json(taken(SNAP_SHOT))
    value["PowerEntries"][0]["VariableValue"] = 8
    build, issues = decode(json.dumps(value).encode())
    assert build.entries[0].stacks == 0
    assert "stacks" in issues[0].place
