"""Out of the database again: the same source, as JSON and as Mids files."""

import json
import lzma
import struct
from collections.abc import Callable
from dataclasses import replace
from math import copysign
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer import export, pack, pipeline, schema
from importer.issues import Report
from importer.pipeline import Options
from importer.progress import Progress
from importer.readers import json_export, mhd_folder
from importer.source import Source, Values
from importer.transform import tables
from midsdesk.errors import SourceFormatError, StorageError, ValidationError
from midsdesk.storage.gamedb.columns import TABLES
from tests.helpers import made_source, records
from tests.helpers.data_folder import write_folder

Written = Callable[[Source], Path]


def _database(path: Path, out: Path) -> Path:
    return pipeline.run(path, out, Options(force=True), Report(""))


def test_every_field_of_every_layout_has_a_column(source: Source) -> None:
    elsewhere = {
        "powers": {"effects"},
        "enhancements": {"effects"},
        "enhancement_sets": {"bonuses", "special_bonuses"},
        "recipes": {"levels"},
        "modifier_tables": {"rows"},
    }
    for name, (record, _) in schema.LISTS.items():
        missing = set(record.names) - set(TABLES[name].names)
        assert missing == elsewhere.get(name, set()), name
    for name, rows in tables(source):
        for row in rows:
            assert len(row) == len(TABLES[name].columns), name


def test_a_database_gives_back_the_source(source: Source, written: Written, tmp_path: Path) -> None:
    found = export.to_source(_database(written(source), tmp_path / "a.db"))
    for name in schema.LISTS:
        assert repr(getattr(found, name)) == repr(getattr(source, name)), name
    assert found == source


def test_a_json_export_gives_back_the_source(source: Source, written: Written) -> None:
    found = json_export.read(written(source), Progress())
    assert repr(found.powers) == repr(source.powers)  # repr tells -0.0 from 0.0
    assert repr(found.enhancements) == repr(source.enhancements)
    assert found == source


def test_the_export_is_readable(source: Source, written: Written) -> None:
    content = json.loads(written(source).read_text("utf-8"))
    power = content["powers"][0]
    assert power["full_name"] == "Blaster.Fire.Flares"
    assert "group_name" not in power, "it follows from the full name"
    assert power["effects"][0]["scale"] == 1.64, "the shortest decimal"
    assert "power" not in power["effects"][0]


def test_importing_the_export_gives_the_same_file(
    source: Source, written: Written, tmp_path: Path
) -> None:
    first = _database(written(source), tmp_path / "a.db")
    export.write_json(export.to_source(first), tmp_path / "again.json", Progress())
    second = _database(tmp_path / "again.json", tmp_path / "b.db")
    assert first.read_bytes() == second.read_bytes()


def test_what_does_not_follow_from_a_name_is_kept(written: Written, source: Source) -> None:
    odd = made_source.with_changed(source, "powers", 0, group_name="", set_name="Other")
    odd = made_source.with_changed(
        odd, "powers", 1, effects=(made_source.effect(power=""), made_source.effect(power="X"))
    )
    odd = made_source.with_changed(odd, "powers", 2, full_name="Only.Two")
    assert json_export.read(written(odd), Progress()) == odd


_ONE_RECORD = st.sampled_from(sorted(schema.LISTS)).flatmap(
    lambda name: records.any_of(schema.LISTS[name][0]).map(lambda values: (name, values))
)


@settings(max_examples=60)
@given(made=_ONE_RECORD)
def test_any_record_survives_json(
    made: tuple[str, Values], tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, values = made
    lists: dict[str, Any] = {name: (_finite(values),)}
    source = Source(name="Any", files=(), **lists)
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes("".join(json_export.write(source)).encode())
    assert repr(json_export.read(path, Progress())) == repr(source)


def _finite(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_finite(each) for each in value)
    return 0.0 if value in (float("inf"), float("-inf")) else value


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_the_shortest_decimal_gives_the_single_back(single: float) -> None:
    short = json_export.shortest(single)
    assert len(repr(short)) <= len(repr(single))
    again = struct.unpack("<f", struct.pack("<f", float(repr(short))))[0]
    assert again == single
    assert copysign(1, again) == copysign(1, single)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not an export"),
        (b"\xff\xfe", "not an export"),
        (b"{", "not an export"),
        (b"[1]", "not an export"),
        (b'{"format": "other"}', "not an export"),
        (b"[" * 100_000, "nested too deep|not an export"),
        (b'{"format": "midsdesk game data", "version": 2}', "another version"),
        (b'{"format": "midsdesk game data", "version": 1}', "damaged"),
        (b'{"format": "midsdesk game data", "version": 1, "name": "\\ud800"}', "damaged"),
        (b'{"format": "midsdesk game data", "version": 1, "name": "x", "powers": 3}', "damaged"),
        (
            b'{"format":"midsdesk game data","version":1,"name":"x","powers":[{"bad":1}]}',
            "unknown field bad of a power",
        ),
        (b'{"format":"midsdesk game data","version":1,"name":"x","files":[{}]}', "damaged"),
        (b'{"format": "midsdesk game data", "version": NaN}', "no number"),
        (b"\xfd7zXZ\x00 rest", "not an export"),
        (lzma.compress(b"{}" * 1000)[:60], "not an export"),
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(
    content: bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(SourceFormatError, match=message) as caught:
        json_export.read(path, Progress())
    assert "x.json" in caught.value.user_message
    assert "\n" not in caught.value.user_message


@pytest.mark.parametrize("value", [3, "x", None, [], {"range": "far"}, {"effects": 3}])
def test_records_of_a_wrong_kind_are_left_to_the_schema(
    value: Any, source: Source, written: Written
) -> None:
    path = written(source)
    content = json.loads(path.read_text("utf-8"))
    content["powers"][1] = value
    path.write_text(json.dumps(content), "utf-8")
    _, issues = schema.check(json_export.read(path, Progress()), Progress())
    assert value is None or value == [] or issues


def test_a_folder_comes_back_byte_for_byte(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_folder(folder)
    read, _ = mhd_folder.read(folder)
    export.write_json(read, tmp_path / "a.json", Progress())
    again = json_export.read(tmp_path / "a.json", Progress())
    assert export.write_folder(again, tmp_path / "out", Progress()) > 10
    for file in (tmp_path / "out").iterdir():
        assert file.read_bytes() == (folder / file.name).read_bytes(), file.name


def test_packed_data_cannot_become_mids_files(source: Source, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="export it as json"):
        export.write_folder(pack.without_sentences(source), tmp_path / "out", Progress())
    bad = replace(source, files=(replace(source.files[0], name="../evil"),))
    with pytest.raises(ValidationError, match="export it as json"):
        export.write_folder(bad, tmp_path / "out", Progress())
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def parts() -> Any:
        yield b"new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        export.write_file(path, parts())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(StorageError, match="Cannot write"):
        export.write_file(tmp_path / "none" / "a", [b""])
    with pytest.raises(StorageError, match="Cannot make"):
        export.make_folder(path / "below")


def test_the_pack_has_no_sentences_and_all_numbers(source: Source, tmp_path: Path) -> None:
    path = pack.write(source, tmp_path, Progress())
    text = lzma.decompress(path.read_bytes()).decode()
    assert "sentence" not in text
    assert "Words" not in text
    assert "remark" not in json.dumps(json.loads(text)["texts"]).replace('"remark": ""', "")
    assert "example.invalid" not in text
    packed = json_export.read(path, Progress())
    kept = pack.without_sentences(source)
    assert packed == kept
    at = schema.LISTS["powers"][0].position
    for before, after in zip(source.powers, packed.powers, strict=True):
        different = {name for name in at if before[at[name]] != after[at[name]]}
        assert different <= {"description", "short_description"}


def test_a_sentence_for_a_name_is_replaced(source: Source) -> None:
    odd = made_source.with_changed(source, "powersets", 0, display_name="Long words. " * 20)
    at = schema.LISTS["powersets"][0].position["display_name"]
    assert pack.without_sentences(odd).powersets[0][at] == "Ice"


def test_packing_twice_gives_the_same_bytes(source: Source, tmp_path: Path) -> None:
    first = pack.write(source, tmp_path / "a", Progress())
    second = pack.write(source, tmp_path / "b", Progress())
    assert first.name == "made-2024.5.7.json.xz"
    for name in (first.name, "manifest.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text("utf-8"))
    assert manifest["file"] == first.name
    database = _database(second, tmp_path / "p.db")
    assert export.to_source(database) == pack.without_sentences(source)
    assert manifest["content_hash"] in database.read_bytes().decode("latin-1")
