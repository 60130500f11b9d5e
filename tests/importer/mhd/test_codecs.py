"""The binary codecs: what is written is read again, and what is broken is named."""

import struct
import tracemalloc
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.mhd import binary, json_text, layout, modifiers, powers, records, rows, server_data
from importer.mhd.errors import (
    BadTextError,
    CodecError,
    CountError,
    HeaderError,
    OlderFormatError,
    TrailingBytesError,
    TruncatedError,
)
from importer.mhd.folder_files import decode_file
from midsdesk.errors import SourceFormatError
from tests.helpers.data_folder import small_files
from tests.helpers.records import any_of, smallest_of

SALVAGE = small_files()["salvage"]

# Section 17 of the format description.
SMALLEST = [
    (layout.ARCHETYPE, 63),
    (layout.POWERSET, 21),
    (layout.POWER, 230),
    (layout.EFFECT, 210),
    (layout.ENTITY, 15),
    (layout.ENHANCEMENT, 55),
    (layout.ENHANCEMENT_EFFECT, 25),
    (layout.ENHANCEMENT_SET, 29),
    (layout.SET_BONUS, 17),
    (layout.SPECIAL_BONUS, 9),
    (layout.RECIPE, 14),
    (layout.RECIPE_LEVEL, 24),
    (layout.RECIPE_INGREDIENT, 9),
    (layout.SALVAGE, 18),
    (layout.STR, 1),
]
RECORDS = [
    *(item for item, _ in SMALLEST),
    layout.COMPARE_OVERRIDE,
    layout.MODIFIER_TABLE,
    layout.SERVER_DATA,
]
named = pytest.mark.parametrize


@named(("item", "size"), SMALLEST)
def test_the_smallest_record_has_the_described_size(item: layout.Item, size: int) -> None:
    out = bytearray()
    binary.write(item, smallest_of(item), out)
    assert layout.smallest(item) == size == len(out)


@named("item", RECORDS, ids=lambda item: getattr(item, "name", "text"))
@given(data=st.data())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_what_is_written_is_read_again(item: layout.Item, data: st.DataObject) -> None:
    value = data.draw(any_of(item))
    out = bytearray(b"before")
    binary.write(item, value, out)
    assert binary.read(item, bytes(out), 6) == (value, len(out))


@given(st.binary(max_size=60))
def test_rows_give_any_text_back(data: bytes) -> None:
    try:
        table = rows.decode(data)
    except BadTextError:
        return
    assert rows.encode(table) == data


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    value=_JSON,
    style=st.builds(
        json_text.JsonStyle,
        indent=st.sampled_from([None, "  ", "\t"]),
        newline=st.sampled_from(["\n", "\r\n"]),
        tail=st.sampled_from(["", "\r\n", " \n"]),
        bom=st.booleans(),
        ascii=st.booleans(),
    ),
)
def test_json_comes_back_with_its_white_space(value: Any, style: json_text.JsonStyle) -> None:
    data = json_text.serialise(value, style)
    found = json_text.decode(data)
    assert found.value == value
    assert json_text.encode(found) == data


def test_json_in_a_style_of_its_own_keeps_its_bytes() -> None:
    data = b'{ "a":1,\n\n   "b" : 1E3 }'
    found = json_text.decode(data)
    assert found.raw == data
    assert json_text.encode(found) == data


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_the_shortest_decimal_gives_the_single_back(single: float) -> None:
    short = binary.shortest_decimal(single)
    assert struct.pack("<f", short) == struct.pack("<f", single)
    assert len(repr(short)) <= len(repr(single))


@named("form", sorted(small_files()))
def test_a_file_cut_anywhere_is_refused_or_complete(form: str) -> None:
    data = small_files()[form]
    decode_file("file", form, data)
    for end in range(len(data)):
        try:
            decode_file("file", form, data[:end])
        except SourceFormatError as error:
            assert error.user_message


@named(
    ("form", "data", "kind", "message"),
    [
        pytest.param("salvage", SALVAGE[:-1], CountError,
            "The file is too short for 1 × salvage at byte 29", id="truncated"),
        pytest.param("salvage", b"", HeaderError,
            "Not a 'Mids Reborn Salvage Database' file (it begins with b'')", id="empty file"),
        pytest.param("salvage", b"MZ\x90\x00" * 9, HeaderError,
            "Not a 'Mids Reborn Salvage Database' file", id="other kind of file"),
        pytest.param("recipes", SALVAGE, HeaderError,
            "begins with 'Mids Reborn Salvage Database'", id="another of the folder's files"),
        pytest.param("salvage", b"\x24Mids' Hero Designer Salvage Database", OlderFormatError,
            "This is the older format", id="older format"),
        pytest.param("effect_ids", b"\xff\xff\xff\x7f", CountError,
            "too short for 2147483647 × text at byte 0", id="absurd count"),
        pytest.param("effect_ids", b"\xfe\xff\xff\xff", CountError,
            "Impossible count (-2 × text)", id="negative count"),
        pytest.param("effect_ids", b"\x01\0\0\0\xff\xff\xff\xff\xff", CountError,
            "byte of one text", id="endless text length"),
        pytest.param("effect_ids", b"\x01\0\0\0\x02\xc3\x28", BadTextError,
            "A text is not valid UTF-8 in text 1 of 1 at byte 4", id="bad text"),
        pytest.param("salvage", SALVAGE + b"x", TrailingBytesError,
            "1 bytes too many at byte 51", id="trailing bytes"),
        pytest.param("powers", small_files(0)["powers"].replace(b"N:SUM", b"N:SUN"), HeaderError,
            "Expected the section mark BEGIN:SUMMONS", id="out of step"),
        pytest.param("modifiers", b'{"Modifier": [', CodecError,
            "Not valid JSON (Expecting value) at byte 14", id="truncated JSON"),
        pytest.param("modifiers", b'{"Modifier": [{"Table": [["x"]]}]}', CodecError,
            "holds something that is no number", id="text for a number"),
        pytest.param("modifiers", b'{"Modifier": [{"Table": [[1e39]]}]}', CodecError,
            "holds something that is no number", id="no single"),
        pytest.param("server_data", b'{"MaxSlots": NaN}', CodecError,
            "a number that cannot be used (NaN)", id="number that is none"),
        pytest.param("server_data", b"[" * 100_000, CodecError, "nested too deep", id="deep"),
        pytest.param("grades", b'{"Name": "x"}', HeaderError, "Not a types", id="other JSON"),
        pytest.param("maths", "Ü".encode("utf-16"), BadTextError, "not valid UTF-8", id="UTF-16"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named(
    form: str, data: bytes, kind: type[SourceFormatError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        decode_file("file", form, data)
    assert message in caught.value.user_message
    assert len(caught.value.user_message) < 200


def test_the_place_of_a_nested_record_is_told_from_the_outside_in() -> None:
    power = list(smallest_of(layout.POWER))
    effect = list(smallest_of(layout.EFFECT))
    effect[layout.EFFECT.position["reward"]] = "x" * 600
    power[layout.POWER.position["effects"]] = (effect,) * 3
    data = powers.encode(
        powers.PowersFile("1.1", -1, 0, 0, 0, 1, 1, "", (), (), (tuple(power),) * 3, ())
    )
    with pytest.raises(TruncatedError, match=r"inside power 3 of 3, effect 3 of 3"):
        powers.decode(data[:-100])


def test_a_hostile_count_takes_no_memory() -> None:
    data = small_files()["recipes"].replace(b"\0\0\0\0", b"\xff\xff\xff\x7f")
    tracemalloc.start()
    try:
        with pytest.raises(SourceFormatError):
            records.decode("recipes", data)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_year_month_day_is_the_other_form_of_the_power_date() -> None:
    content = powers.PowersFile("1.1", 2020, 12, 24, None, 27, 1, "Page", (), (), (), ())
    assert powers.decode(powers.encode(content)) == content


def test_server_data_may_end_before_the_incarnates() -> None:
    fields, _ = server_data.decode_binary(small_files()["server_data_binary"])
    short = server_data.encode_binary(fields, None)
    assert server_data.decode_binary(short) == (fields, None)
    values = server_data.values_of_binary(fields, None)["enabled_incarnates"]
    assert values["Alpha"] is True and values["Omega"] is False


def test_server_data_without_members_gets_the_defaults() -> None:
    values, findings = server_data.values_of(json_text.decode(b'{"MaxSlots": "many"}'))
    assert (values["max_slots"], values["base_to_hit"], values["max_jump_height"]) == (
        67,
        0.75,
        200,
    )
    assert [each.place for each in findings] == ["MaxSlots"]


def test_short_and_long_modifier_tables_are_completed_and_reported() -> None:
    text = b'{"Modifier": [{"ID": "a", "Table": [[1], null]}, {"ID": "b"}]}'
    found = modifiers.decode(text)
    assert [(each[0], each[2][0], len(each[2])) for each in found.tables] == [
        ("a", (1.0,), 55),
        ("b", (), 55),
    ]
    assert [each.place for each in found.findings] == ["modifier table a", "modifier table b"]
