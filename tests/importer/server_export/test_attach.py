"""What a Mids folder brings, and how it goes through export and pack."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from importer import attach, export, pack, pipeline
from importer.attach import renames
from importer.curated import tables
from importer.issues import Report
from importer.mhd import layout
from importer.pipeline import Options
from importer.progress import Progress
from importer.readers import json_export
from importer.source import Source
from importer.statistics import content_hash
from tests.importer.server_export import made_export
from tests.importer.server_export.conftest import Read, fields

ReadFiles = Callable[[made_export.Files], Read]
FLARES = "Blaster_Ranged.Fire.Flares"


def changed(record: Any, values: tuple[Any, ...], **changes: Any) -> tuple[Any, ...]:
    """A record with other values."""
    found = list(values)
    for name, value in changes.items():
        found[record.position[name]] = value
    return tuple(found)


@pytest.fixture
def source(read: ReadFiles) -> Source:
    return read(made_export.files()).source


@pytest.fixture
def other(source: Source) -> Source:
    """The same powers as an old planner knew them."""
    powers = [
        changed(
            layout.POWER,
            values,
            static_index=number,
            variable_enabled=True,
            variable_name="Foes",
            variable_max=10,
            click_buff=True,
            recharge_time=99.0,
        )
        for number, values in enumerate(source.powers)
    ]
    pieces = [
        changed(layout.ENHANCEMENT, values, static_index=7 + number, short_name="Def")
        for number, values in enumerate(source.enhancements)
    ]
    sets = [
        changed(layout.ENHANCEMENT_SET, values, short_name="LkyDy")
        for values in source.enhancement_sets
    ]
    head = {"version": "2020.12.1"}
    file = replace(source.files[0], head=head)
    return replace(
        source,
        name="old",
        files=(file,),
        powers=tuple(powers),
        enhancements=tuple(pieces),
        enhancement_sets=tuple(sets),
        recipes=((0, "R", "R", "", (), False, False, False),),
    )


def power_of(source: Source, name: str) -> dict[str, Any]:
    return next(
        each
        for values in source.powers
        if (each := fields(layout.POWER, values))["full_name"] == name
    )


def test_numbers_of_no_game_come_and_the_games_stay(source: Source, other: Source) -> None:
    found, findings = attach.attach(source, other, Progress())
    flares = power_of(found, FLARES)
    theirs = power_of(other, FLARES)
    for name in ("static_index", "variable_name", "variable_max", "click_buff"):
        assert flares[name] == theirs[name]
    assert flares["recharge_time"] == 10.0
    assert [values[2] for values in found.enhancements] == ["Def", "Def"]
    assert found.enhancement_sets[0][1] == "LkyDy"
    assert found.recipes == other.recipes
    assert "are in old too" in findings[-1].message


def test_every_attached_value_is_marked(source: Source, other: Source) -> None:
    found, _ = attach.attach(source, other, Progress())
    marks = found.extras.of("powers", FLARES)["attached"]
    assert {"static_index", "variable_name", "click_buff"} <= set(marks)
    assert "recharge_time" not in marks
    assert "short_name" in found.extras.of("enhancement_sets", "Lucky_Day")["attached"]
    assert found.files[0].head["attached"] == "old 2020.12.1"


def test_new_powers_keep_numbers_of_their_own(source: Source, other: Source) -> None:
    fewer = replace(other, powers=other.powers[:2])
    found, _ = attach.attach(source, fewer, Progress())
    numbers = [fields(layout.POWER, values)["static_index"] for values in found.powers]
    assert len(set(numbers)) == len(numbers)
    assert sum(number >= 100_000 for number in numbers) == len(numbers) - 2


def test_a_rotated_name_gets_the_right_number(
    source: Source, other: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap = (
        (FLARES, "Blaster_Ranged.Fire.Bolt", "rotated"),
        ("Blaster_Ranged.Fire.Bolt", FLARES, "rotated"),
    )
    rows = tables.read
    monkeypatch.setattr(tables, "read", lambda name: swap if name == "renames.tsv" else rows(name))
    found, _ = attach.attach(source, other, Progress())
    assert (
        power_of(found, FLARES)["static_index"]
        == power_of(other, "Blaster_Ranged.Fire.Bolt")["static_index"]
    )
    assert {"name": FLARES, "other": "Blaster_Ranged.Fire.Bolt"} in found.texts["cryptic_names"]


def test_names_of_before_are_kept_where_they_differ(source: Source, other: Source) -> None:
    renamed = tuple(
        changed(layout.POWER, values, display_name="Sparks")
        if values[layout.POWER.position["full_name"]] == FLARES
        else values
        for values in other.powers
    )
    pieces = tuple(
        changed(layout.ENHANCEMENT, values, name=f"Old {number}")
        for number, values in enumerate(other.enhancements)
    )
    found, _ = attach.attach(
        source, replace(other, powers=renamed, enhancements=pieces), Progress()
    )
    ids = [values[layout.ENHANCEMENT.position["uid"]].lower() for values in source.enhancements]
    assert found.texts["former_names"] == {
        FLARES.lower(): "Sparks",
        **{name: f"Old {number}" for number, name in enumerate(ids)},
    }


def test_exchanged_names_are_those_both_data_have(
    source: Source, other: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = (
        (FLARES, "Blaster_Ranged.Fire.Bolt", "rotated"),
        ("Blaster_Ranged.Fire.Gone", FLARES, "the server has no such name"),
    )
    rows = tables.read
    monkeypatch.setattr(
        tables, "read", lambda name: listed if name == "renames.tsv" else rows(name)
    )
    found, _ = attach.attach(source, other, Progress())
    assert found.texts["exchanged_names"] == {
        "until": "2020.12.1",
        "names": {FLARES.lower(): "Blaster_Ranged.Fire.Bolt"},
    }


def test_a_second_name_leads_to_the_power_and_takes_nothing_from_it(
    source: Source, other: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planner may list one power twice, once more for its henchman."""
    twin = changed(
        layout.POWER, other.powers[0], full_name="Blaster_Ranged.Fire.Flares_H", static_index=77
    )
    listed = (("Blaster_Ranged.Fire.Flares_H", FLARES, "the planner's second name"),)
    rows = tables.read
    monkeypatch.setattr(
        tables, "read", lambda name: listed if name == "renames.tsv" else rows(name)
    )
    found, _ = attach.attach(source, replace(other, powers=(*other.powers, twin)), Progress())
    assert power_of(found, FLARES)["static_index"] == power_of(other, FLARES)["static_index"]
    assert {"name": FLARES, "other": "Blaster_Ranged.Fire.Flares_H"} in found.texts["cryptic_names"]


def test_a_lost_power_comes_back_whole(read: ReadFiles) -> None:
    content = made_export.files()
    index = content["powers/blaster_support/tricks/index.json"]
    index["power_names"].append("Blaster_Support.Tricks.Training:_Assault")
    index["power_display_names"].append("Training: Assault")
    index["available_level"].append(5)
    content["powers/blaster_support/tricks/training"] = ""
    source = read(content).source
    name = "Blaster_Support.Tricks.Training:_Assault"
    effect = changed(layout.EFFECT, fields_effect(source), power=name.upper())
    powers = tuple(
        changed(layout.POWER, values, effects=(effect,), level=20, recharge_time=3.0)
        if name in values
        else values
        for values in source.powers
    )
    found, findings = attach.attach(source, replace(source, powers=powers), Progress())
    brought = power_of(found, name)
    assert brought["recharge_time"] == 3.0
    assert brought["level"] == 6
    assert fields(layout.EFFECT, brought["effects"][0])["power"] == name
    assert found.extras.of("powers", name)["attached"] == ["everything"]
    assert any("not the server's" in each.message for each in findings)


def fields_effect(source: Source) -> tuple[Any, ...]:
    """Any effect of the source."""
    at = layout.POWER.position["effects"]
    return next(effect for values in source.powers for effect in values[at])


def test_extras_go_through_json_database_and_pack(
    source: Source, other: Source, tmp_path: Path
) -> None:
    found, _ = attach.attach(source, other, Progress())
    expected = content_hash(found, Progress())
    exported = tmp_path / "export.json"
    export.write_json(found, exported, Progress())
    again = json_export.read(exported, Progress())
    assert content_hash(again, Progress()) == expected
    pipeline.run(exported, tmp_path / "out.db", Options(), Report("made"))
    assert content_hash(export.to_source(tmp_path / "out.db"), Progress()) == expected
    packed = pack.write(found, tmp_path / "pack", Progress())
    small = json_export.read(packed, Progress())
    text = str(small)
    assert "sentence" not in text
    assert small.extras.of("archetypes", "Class_Blaster")["hit_points"] == 1204.7587
    assert small.extras.requirements == found.extras.requirements


def test_nothing_is_attached_to_another_source(source: Source, tmp_path: Path) -> None:
    plain = replace(source, files=(replace(source.files[0], head={}),))
    path = tmp_path / "plain.json"
    export.write_json(plain, path, Progress())
    report = Report("made")
    pipeline.load(path, Options(attach=tmp_path), report)
    assert any("Only the server's export" in each.message for each in report.issues)


def test_curated_lists_are_whole_and_give_reasons() -> None:
    names = (
        "boosts concepts enhancement_classes events inherents modes piece_renames powersets"
        " renames set_types sliders"
    )
    for name in names.split():
        rows = tables.read(f"{name}.tsv")
        assert rows, name
        assert all(row[-1] for row in rows), name
    old = [row[0].lower() for row in tables.read("renames.tsv")]
    assert len(old) == len(set(old)) == len(renames())


def test_a_row_of_another_length_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Folder:
        """Stands for the package's files."""

        def joinpath(self, _name: str) -> "Folder":
            return self

        def read_text(self, encoding: str) -> str:
            assert encoding
            return "a\tb\n1\t2\t3\n"

    monkeypatch.setattr(tables, "files", lambda _package: Folder())
    with pytest.raises(ValueError, match="3 cells, not 2"):
        tables.read("not_read_before.tsv")
