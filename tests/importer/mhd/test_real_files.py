"""The real data folder: every file is read to its last byte and comes back as it was."""

import pytest

from importer.mhd import json_text, modifiers, records, rows, text_tables
from importer.mhd.folder_files import encode_file, identify
from importer.readers.mhd_folder import looks_like, read
from importer.source import Finding, Source
from tests.helpers.shared import HOMECOMING, needs_shared

pytestmark = [needs_shared, pytest.mark.xdist_group("real folder")]
NAMES = sorted(each.name for each in HOMECOMING.iterdir()) if HOMECOMING.is_dir() else ["I12.mhd"]
TEXTS = {*text_tables.PARSERS, "replacements", "cryptic_names", "forum_codes"}
FILES = [name for name in NAMES if identify(name, b"")]


@pytest.fixture(scope="module")
def folder() -> tuple[Source, list[Finding]]:
    return read(HOMECOMING)


@pytest.mark.parametrize("name", FILES)
def test_every_file_comes_back_byte_for_byte(
    name: str, folder: tuple[Source, list[Finding]]
) -> None:
    source, _ = folder
    file = next(each for each in source.files if each.name == name)
    assert encode_file(source, file) == (HOMECOMING / name).read_bytes()


def test_the_counts_are_those_of_the_data_set(folder: tuple[Source, list[Finding]]) -> None:
    source, findings = folder
    assert len(source.powers) == 9634
    assert sum(len(each[-6]) for each in source.powers) == 65_496
    assert (len(source.archetypes), len(source.powersets), len(source.entities)) == (61, 3556, 461)
    assert (len(source.enhancements), len(source.enhancement_sets)) == (1288, 221)
    assert (len(source.recipes), len(source.salvage), len(source.effect_ids)) == (2344, 111, 201)
    assert (len(source.modifier_tables), len(source.comparisons)) == (99, 13)
    assert [each.file for each in findings] == ["README.md", "SData.mhd"]
    assert looks_like(HOMECOMING)


def test_the_modifier_json_is_rebuilt_from_its_singles_alone() -> None:
    data = (HOMECOMING / "AttribMod.json").read_bytes()
    found = modifiers.decode(data)
    assert modifiers.encode(found.head, found.tables) == data


def test_the_modifier_binary_of_2020_holds_the_same_tables() -> None:
    data = (HOMECOMING / "legacy" / "AttribMod.mhd").read_bytes()
    found = records.decode("modifiers_binary", data)
    assert records.encode("modifiers_binary", found.head, found.lists) == data
    newer = {each[0]: each[2] for each in read_modifiers()}
    assert len(found.lists["modifier_tables"]) == 94
    rows_of = {each[0]: each[2] for each in found.lists["modifier_tables"]}
    assert all(len(newer[table]) == len(rows_of[table]) == 55 for table in rows_of)
    assert newer["Melee_Damage"][49][:13] == rows_of["Melee_Damage"][49][:13]


def read_modifiers() -> tuple[tuple[str, int, tuple[tuple[float, ...], ...]], ...]:
    return modifiers.decode((HOMECOMING / "AttribMod.json").read_bytes()).tables  # type: ignore[return-value]


@pytest.mark.parametrize("name", ["SData.json", "TypeGrades.json"])
def test_the_style_alone_gives_the_small_json_files_back(name: str) -> None:
    assert json_text.decode((HOMECOMING / name).read_bytes()).raw is None


@pytest.mark.parametrize("name", [n for n in FILES if identify(n, b"") in TEXTS])
def test_rows_and_cells_give_any_text_file_back(name: str) -> None:
    data = (HOMECOMING / name).read_bytes()
    assert rows.encode(rows.decode(data)) == data
