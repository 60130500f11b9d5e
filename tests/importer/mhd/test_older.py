"""Files and folders of older days: what stood in them then, and what they are today.

The old bytes are made of the present ones by the table of the format description, section 16,
written down here a second time; the released files of 2020 lie in the shared folder.
"""

import itertools
import shutil
import struct
from pathlib import Path
from typing import Any

import pytest

from importer.mhd import binary, layout, older_texts, powers, records
from importer.mhd.errors import CodecError, OlderFormatError
from importer.mhd.folder_files import KINDS, decode_file
from importer.mhd.layout import Field, ListOf, Optional, Record
from importer.mhd.older import layout_before, layouts_of
from importer.readers.mhd_folder import read
from midsdesk.errors import SourceFormatError
from tests.helpers.data_folder import small_files, write_folder
from tests.helpers.shared import HOMECOMING, needs_shared

# Day -> fields that were new on that day.
NEW = {
    "2019-09-27": {"power": ["base_recharge_time"]},
    "2019-10-16": {"power": ["enhancement_classes"]},
    "2020-06-29": {"power": ["inherent_type"]},
    "2020-09-23": {"power": ["variable_override"]},
    "2020-10-05": {"power": ["active", "taken"]},
    "2020-10-21": {
        "power": ["stacks"],
        "effect": ["power_attribute", "original", "modified", "conditions"],
    },
    "2021-01-06": {"enhancement": ["is_proc"]},
    "2021-02-11": {"power": ["variable_start"]},
    "2021-03-09": {"recipe": ["generic", "virtual", "hidden"]},
    "2021-08-01": {"effect": ["ignores_scaling"]},
    "2021-12-16": {"enhancement": ["is_scalable"]},
    "2022-04-17": {"effect": ["duration_expression", "probability_expression"]},
}
OLD = "Mids' Hero Designer"
MANY = 3


def shorter(item: Any, day: str) -> Any:
    """A layout as it was just before a day."""
    if isinstance(item, ListOf):
        return ListOf(shorter(item.item, day), item.stored_less_one)
    if isinstance(item, Optional):
        return Optional(shorter(item.item, day))
    if not isinstance(item, Record):
        return item
    gone = {n for d, new in NEW.items() if d >= day for n in new.get(item.name, ())}
    kept = tuple(Field(f.name, shorter(f.kind, day)) for f in item.fields if f.name not in gone)
    return Record(item.name, kept, item.key)


def cut(item: Any, value: Any, day: str) -> Any:
    """A value without what a day brought."""
    if isinstance(item, ListOf):
        return tuple(cut(item.item, each, day) for each in value)
    if isinstance(item, Optional):
        return None if value is None else cut(item.item, value, day)
    if not isinstance(item, Record):
        return value
    kept = set(shorter(item, day).names)
    return tuple(
        cut(f.kind, v, day) for f, v in zip(item.fields, value, strict=True) if f.name in kept
    )


def filled(item: Any, number: int) -> Any:
    """A value in which no two neighbours are alike, lists as long as `number` says."""
    counter = itertools.count(number * 100 + 1)

    def made(kind: Any) -> Any:
        if isinstance(kind, ListOf):
            return tuple(made(kind.item) for _ in range(number))
        if isinstance(kind, Optional):
            return made(kind.item) if number else None
        if isinstance(kind, Record):
            return tuple(made(each.kind) for each in kind.fields)
        value = next(counter)
        return {
            layout.BOOL: bool(value % 2), layout.F32: value + 0.5, layout.STR: f"t{value}",
        }.get(kind, value)  # fmt: skip

    return made(item)


def old_powers(day: str, lists: list[tuple[Any, ...]]) -> bytes:
    """An I12.mhd as it was saved just before a day."""
    out = bytearray()
    old_header = day <= "2022-02-01"
    header = f"{OLD} Database MK II" if old_header else powers.HEADER
    binary.write(layout.STR, header, out)
    if not old_header:
        binary.write(layout.STR, "2020.12.1", out)
    else:
        out += struct.pack("<d" if day > "2021-12-05" else "<f", 20.1224)
    binary.write(layout.I32, -1, out)
    binary.write(layout.DATE, 637_443_648_000_000_000, out)
    binary.write(layout.I32, 27, out)
    if day > "2021-12-05":
        binary.write(layout.I32, 1, out)
        binary.write(layout.STR, "Page", out)
    blocks = (1, 1, 4, 0) if day <= "2022-04-18" else (0, 0, 0, 0)
    for (mark, record), items, count in zip(powers.SECTIONS, lists, blocks, strict=True):
        binary.write(layout.STR, mark, out)
        for number in range(count):
            binary.write(layout.I32, number, out)
            binary.write(layout.DATE, 5, out)
            binary.write(layout.STR, "somewhere.def", out)
        binary.write(ListOf(shorter(record, day)), cut(ListOf(record), items, day), out)
    return bytes(out)


def made_lists() -> list[tuple[Any, ...]]:
    return [tuple(filled(record, n) for n in range(MANY)) for _, record in powers.SECTIONS]


DAYS = sorted(
    {day for day, new in NEW.items() if set(new) & {"power", "effect"}}
    | {"2022-04-18", "2022-02-01", "2021-12-05"}
)


@pytest.mark.parametrize("day", DAYS)
def test_a_power_database_of_every_age_is_brought_up_to_date(day: str) -> None:
    lists = made_lists()
    content = decode_file("I12.mhd", "powers", old_powers(day, lists))
    assert content.file.head["version"] == "2020.12.1"
    assert (content.file.head["issue"], content.file.head["page_word"]) == (27, "Page")
    assert day in content.findings[0].message
    names = ("archetypes", "powersets", "powers", "entities")
    for name, items, (_, record) in zip(names, lists, powers.SECTIONS, strict=True):
        found = content.lists[name]
        assert cut(ListOf(record), found, day) == cut(ListOf(record), items, day)
    gone = {n for d, new in NEW.items() if d >= day for n in new.get("power", ())}
    position = layout.POWER.position
    for power in content.lists["powers"]:
        for name in gone - {"base_recharge_time"}:
            assert power[position[name]] in (0, False, ())
        if "base_recharge_time" in gone:
            assert power[position["base_recharge_time"]] == power[position["recharge_time"]]


@pytest.mark.parametrize(
    ("text", "magnitude", "probability"),
    [
        ("a b *", "a b *", ""),
        (" 2 x * /// 0.5 ", "2 x *", "0.5"),
        ("///1", "", "1"),
        ("", "", ""),
    ],
)
def test_one_expression_becomes_three(text: str, magnitude: str, probability: str) -> None:
    old = layout_before(layout.EFFECT, "2022-04-17")
    assert isinstance(old.item, Record)
    shown = cut(layout.EFFECT, filled(layout.EFFECT, 1), "2022-04-17")
    values = dict(zip(old.item.names, shown, strict=True))
    values["magnitude_expression"] = text
    made = old.upgrade(tuple(values.values()))
    position = layout.EFFECT.position
    assert made[position["magnitude_expression"]] == magnitude
    assert made[position["probability_expression"]] == probability
    assert made[position["duration_expression"]] == ""


def test_what_an_old_effect_lacks_is_untouched() -> None:
    old = layout_before(layout.EFFECT, "2020-10-21")
    values = cut(layout.EFFECT, filled(layout.EFFECT, 1), "2020-10-21")
    made = dict(zip(layout.EFFECT.names, old.upgrade(values), strict=True))
    area = layout.ORIGINAL_VALUES.position["effect_area"]
    for name in ("original", "modified"):
        assert made[name][area] == 0
        assert {v for n, v in enumerate(made[name]) if n != area} == {-1}
    assert made["conditions"] == ()


def old_records(form: str, day: str, lists: dict[str, Any], extra: bool = False) -> bytes:
    out = bytearray()
    wanted = records.FORMATS[form]
    header = wanted.headers[0].replace("Mids Reborn", OLD) if day <= "2022-02-01" else ""
    values = {"version": 0.0, "source_1": "", "source_2": "", "revision_date": 0}
    head = [header or wanted.headers[0], *(values[n] for n in wanted.head.names[1:])]
    binary.write(wanted.head, head, out)
    for name, kind in wanted.lists.items():
        item = shorter(kind, day)
        items = cut(kind, lists[name], day)
        if extra:
            items, item = with_number(items, item)
        binary.write(item, items, out)
    return bytes(out)


def with_number(items: Any, item: Any) -> Any:
    """Recipes whose slots hold one number more."""
    recipe = item.item
    at = recipe.position["levels"]
    level = recipe.fields[at].kind.item
    slots = level.fields[-1].kind.item
    longer = Record(slots.name, (*slots.fields, Field("recipe_number", layout.I32)))
    new_level = Record(level.name, (*level.fields[:-1], Field("ingredients", ListOf(longer))))
    fields = list(recipe.fields)
    fields[at] = Field("levels", ListOf(new_level))
    made = [
        (*each[:at],
         tuple((*lv[:-1], tuple((*slot, 7) for slot in lv[-1])) for lv in each[at]),
         *each[at + 1:])
        for each in items
    ]  # fmt: skip
    return tuple(made), ListOf(Record(recipe.name, tuple(fields)))


@pytest.mark.parametrize(
    ("form", "day"),
    [
        *(("enhancements", day) for day in NEW if set(NEW[day]) & {"enhancement", "effect"}),
        ("recipes", "2021-03-09"),
        ("salvage", "2022-02-01"),
        ("comparisons", "2022-02-01"),
        ("recipes", "2022-02-01"),
        ("enhancements", "2022-02-01"),
    ],
)
def test_records_of_every_age_are_brought_up_to_date(form: str, day: str) -> None:
    wanted = records.FORMATS[form].lists
    lists = {
        name: tuple(filled(kind.item, n) for n in range(MANY))  # type: ignore[arg-type]
        for name, kind in wanted.items()
    }
    content = decode_file("x", form, old_records(form, day, lists))
    for name, kind in wanted.items():
        assert cut(kind, content.lists[name], day) == cut(kind, lists[name], day)
    assert content.findings[0].severity == "info"
    assert content.file.head["header"].startswith("Mids Reborn")


def test_the_number_that_recipe_slots_had_for_a_while_is_passed_over() -> None:
    lists = {"recipes": tuple(filled(layout.RECIPE, n) for n in range(MANY))}
    data = old_records("recipes", "2021-02-24", lists, extra=True)
    content = decode_file("x", "recipes", data)
    kind = ListOf(layout.RECIPE)
    assert cut(kind, content.lists["recipes"], "2021-02-24") == cut(
        kind, lists["recipes"], "2021-02-24"
    )


@pytest.mark.parametrize("form", ["powers", "enhancements", "recipes"])
def test_a_damaged_old_file_is_refused(form: str) -> None:
    if form == "powers":
        data = old_powers("2020-10-21", made_lists())
    else:
        lists = {
            name: (filled(kind.item, 1),)  # type: ignore[arg-type]
            for name, kind in records.FORMATS[form].lists.items()
        }
        data = old_records(form, "2021-01-06", lists)
    for broken in (data[:-5], data + b"xyzw12345", data[: len(data) // 2]):
        with pytest.raises(OlderFormatError, match="This is the older format"):
            decode_file("x", form, broken)


def test_a_damaged_present_file_says_what_is_wrong_with_it() -> None:
    data = small_files()["enhancements"]
    with pytest.raises(CodecError, match=r"too short|ends|bytes too many"):
        decode_file("EnhDB.mhd", "enhancements", data + b"\0")


def test_layouts_only_ever_grew() -> None:
    for record in (layout.POWER, layout.EFFECT, layout.ENHANCEMENT):
        counts = [len(old.item.names) for old in layouts_of(record)]  # type: ignore[union-attr]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] <= len(record.names)


def older_folder(path: Path, *without: str) -> Path:
    """A folder as of before 2021: no NLevels, RLevels, TypeGrades, SData."""
    write_folder(path, "grades", "server_data", "levels", "respec_levels", *without)
    return path


def test_a_folder_without_the_newer_tables_is_read_like_the_present_one(tmp_path: Path) -> None:
    source, findings = read(older_folder(tmp_path))
    assert source.texts["levels"] == source.texts["respec_levels"] == source.texts["old_levels"]
    assert source.texts["grades"]["set_types"] == [
        {"name": "B", "short_name": "A", "description": ""}
    ]
    assert source.texts["server_data"]["max_slots"] == 67
    said = {each.file for each in findings}
    assert {"Levels.mhd", "SetTypes.mhd", "SData.json"} <= said


def test_a_newer_folder_still_needs_its_tables(tmp_path: Path) -> None:
    write_folder(tmp_path, "levels")
    with pytest.raises(SourceFormatError, match=r"NLevels\.mhd"):
        read(tmp_path)


def test_which_tables_are_covered() -> None:
    assert older_texts.covered({"grades", "set_types"}) == frozenset()
    assert older_texts.covered({"set_types"}) == {"grades", "server_data"}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared folder with its files of 2020 in place of the newer ones."""
    path = tmp_path_factory.mktemp("of-2020")
    newer = {"AttribMod.json", "TypeGrades.json", "SData.json", "SData.mhd"}
    newer |= {"NLevels.mhd", "RLevels.mhd"}
    for each in HOMECOMING.iterdir():
        if each.is_file() and each.name not in newer:
            shutil.copy(each, path / each.name)
    for each in (HOMECOMING / "legacy").iterdir():
        (path / each.name).unlink(missing_ok=True)
        shutil.copy(each, path / each.name)
    return path


@needs_shared
@pytest.mark.xdist_group("real folder")
def test_the_files_of_2020_say_the_same_as_the_present_ones(mixed: Path) -> None:
    old, findings = read(mixed)
    new, _ = read(HOMECOMING)
    assert old.salvage == new.salvage
    assert old.comparisons == new.comparisons
    assert old.recipes == new.recipes  # the flags added to the newer file are all false
    position = layout.ENHANCEMENT.position["is_proc"]
    assert sum(each[position] for each in new.enhancements) == 122
    assert not any(each[position] for each in old.enhancements)
    assert [(*e[:position], *e[position + 1 :]) for e in old.enhancements] == [
        (*e[:position], *e[position + 1 :]) for e in new.enhancements
    ]
    assert old.enhancement_sets == new.enhancement_sets
    old_tables = {each[0] for each in old.modifier_tables}
    missing = {each[0] for each in new.modifier_tables} - old_tables
    assert missing == {
        "Ranged_PvPMez", "Ranged_PvPDamage", "Melee_PvPDamage", "Ranged_Special", "Melee_PvPMez",
    }  # fmt: skip
    assert old.texts["grades"]["set_types"][0]["name"] == "Untyped"
    brought = {each.file for each in findings if "brought up to date" in each.message}
    assert brought == {"EnhDB.mhd", "Recipe.mhd", "Salvage.mhd", "Compare.mhd"}


@needs_shared
@pytest.mark.xdist_group("real folder")
def test_the_power_database_written_as_of_2020_reads_back_whole(mixed: Path) -> None:
    content = powers.decode((HOMECOMING / "I12.mhd").read_bytes())
    lists = [content.archetypes, content.powersets, content.powers, content.entities]
    found = decode_file("I12.mhd", "powers", old_powers("2021-01-03", lists))
    assert "2021-02-11" in found.findings[0].message
    assert [found.lists[n] for n in ("archetypes", "powersets", "entities")] == [
        content.archetypes, content.powersets, content.entities,
    ]  # fmt: skip
    assert found.lists["powers"] == content.powers


def test_every_kind_has_a_place() -> None:
    assert set(records.FORMATS) <= set(KINDS)
