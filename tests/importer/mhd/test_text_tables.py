"""The text tables: what real files get away with, and what is reported."""

import pytest

from importer.mhd import replacements, rows, text_tables
from importer.mhd.errors import TableError
from tests.helpers.data_folder import small_files

FILES = {form: data.decode() for form, data in small_files().items() if form in text_tables.PARSERS}


def parse(form: str, text: str) -> text_tables.Parsed:
    return text_tables.PARSERS[form](rows.decode(text.encode()).rows)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("\r\n", "\n"), id="line feeds"),
        pytest.param(lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"), id="CR LF"),
        pytest.param(lambda text: text.replace("\r\n", "\r"), id="CR"),
        pytest.param(lambda text: text.rstrip("\r\n"), id="no last line end"),
        pytest.param(lambda text: text.replace("\n", "\t\t\n"), id="empty cells behind"),
        pytest.param(lambda text: text + "\n\t\t\n\n", id="empty rows behind"),
    ],
)
@pytest.mark.parametrize("form", sorted(FILES))
def test_the_way_of_writing_does_not_matter(form: str, change: object) -> None:
    assert callable(change)
    assert parse(form, change(FILES[form])) == parse(form, FILES[form])


def test_a_cell_loses_what_spreadsheets_add() -> None:
    (row,) = rows.decode(b'\'one \t "two, three" \t four').rows
    assert [row.cell(index) for index in range(4)] == ["one", "two, three", "four", ""]


def test_maths_with_a_comma_counts_as_one_and_is_an_error() -> None:
    value, findings = parse("maths", FILES["maths"].replace("0.1", "0,1", 1))
    assert value["thresholds"][0] == [1.0, 0.2, 0.3, 0.4]
    assert (findings[0].severity, findings[0].place) == ("error", "line 5, column 2")


def test_a_level_that_is_no_number_counts_as_none() -> None:
    value, findings = parse("levels", FILES["levels"].replace("\t3\t", "\tthree\t", 1))
    assert (value[0]["inspirations"], value[1]["inspirations"], value[0]["slots"]) == (0, 3, 0)
    assert len(findings) == 1


@pytest.mark.parametrize("form", ["origins", "enhancement_classes", "set_types"])
def test_a_missing_end_is_the_end_of_the_file(form: str) -> None:
    value, findings = parse(form, FILES[form].replace("End", ""))
    assert value == parse(form, FILES[form])[0]
    assert "End" in findings[0].message


def test_a_short_row_is_left_out_and_reported() -> None:
    value, findings = parse("origins", FILES["origins"].replace("\tMagSO", ""))
    assert value == []
    assert findings[0].place == "line 5"


@pytest.mark.parametrize(
    ("form", "old", "new", "message"),
    [
        ("maths", "Version:", "Edition:", 'no row "Version:"'),
        ("maths", "Version:\t1.0", "Version:\t", "names no version"),
        ("maths", "EGE", "XXX", "no row that begins with 'EGE'"),
        ("levels", "1\t1\t\t3\tx\r\n" * 2, "", "after 0 of 50 levels"),
        ("origins", "Origin", "Source", "no row that begins with 'Origin'"),
    ],
)
def test_a_table_without_its_rows_is_refused(form: str, old: str, new: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        parse(form, FILES[form].replace(old, new))
    assert message in caught.value.user_message


def test_a_number_replaced_twice_is_reported_and_other_lines_ignored() -> None:
    text = b"[Global]\n1, 2\n1, 3 # again\n\n[Arachnos Soldier]\n4,5\nsix, 7\n"
    value, findings = replacements.powers(rows.decode(text).rows)
    assert [(each["archetype"], each["old"], each["new"]) for each in value] == [
        (None, 1, 2),
        ("Arachnos Soldier", 4, 5),
    ]
    assert [each.place for each in findings] == ["line 3", "line 7"]


def test_power_names_are_unique_and_differ() -> None:
    text = b"A.B.C, A.B.D\na.b.c, A.B.E\nA.B.F, a.b.f\nno pair\n"
    value, findings = replacements.power_names(rows.decode(text).rows)
    assert value == [{"name": "A.B.C", "other": "A.B.D"}]
    assert [each.place for each in findings] == ["line 2", "line 4"]


def test_a_forum_code_that_is_cut_off_is_refused() -> None:
    with pytest.raises(TableError, match="line 1"):
        replacements.forum_codes(rows.decode(b"#CODE#\nname\n").rows)
