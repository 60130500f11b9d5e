"""Reading a folder: what is missing, unknown, unreadable or cancelled."""

from pathlib import Path

import pytest

from importer.mhd.folder_files import KINDS, encode_file
from importer.readers import mhd_folder
from importer.readers.mhd_folder import looks_like, read
from midsdesk.errors import SourceFormatError
from tests.helpers.data_folder import small_files, write_folder


def refused(path: Path) -> str:
    with pytest.raises(SourceFormatError) as caught:
        read(path)
    return caught.value.user_message


def test_a_small_folder_comes_back_byte_for_byte(tmp_path: Path) -> None:
    source, findings = read(write_folder(tmp_path))
    assert findings == []
    for file in source.files:
        assert encode_file(source, file) == (tmp_path / file.name).read_bytes()


def test_without_their_bytes_only_records_can_be_written(tmp_path: Path) -> None:
    from dataclasses import replace

    source, _ = read(write_folder(tmp_path))
    files = {file.form: replace(file, raw=None) for file in source.files}
    assert encode_file(source, files["modifiers"]).startswith(b'{\n  "Modifier"')
    with pytest.raises(ValueError, match=r"Maths\.mhd"):
        encode_file(source, files["maths"])


def test_names_are_read_without_case(tmp_path: Path) -> None:
    write_folder(tmp_path)
    for each in list(tmp_path.iterdir()):
        each.rename(each.with_name(each.name.upper()))
    assert looks_like(tmp_path)
    source, findings = read(tmp_path)
    assert len(source.powers) == 1
    assert findings == []


def test_a_renamed_file_is_known_by_its_content(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "EnhDB.mhd").rename(tmp_path / "EnhDB (1).mhd")
    source, findings = read(tmp_path)
    assert len(source.enhancements) == 1
    assert [(each.file, each.severity) for each in findings] == [("EnhDB (1).mhd", "info")]


def test_a_json_under_the_old_name_is_still_json(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "AttribMod.json").rename(tmp_path / "AttribMod.mhd")
    source, _ = read(tmp_path)
    assert source.modifier_tables[0][0] == "Melee_Damage"


@pytest.mark.parametrize("form", ["modifiers", "server_data"])
def test_the_older_form_stands_in_for_a_missing_newer_one(tmp_path: Path, form: str) -> None:
    older = f"{form}_binary"
    path = write_folder(tmp_path, form)
    (path / KINDS[older].name).write_bytes(small_files()[older])
    source, findings = read(path)
    assert source.modifier_tables and source.texts["server_data"]
    assert f"{KINDS[older].name} is used" in findings[0].message
    file = next(each for each in source.files if each.form == older)
    assert encode_file(source, file) == small_files()[older]


@pytest.mark.parametrize("older", ["modifiers_binary", "server_data_binary"])
def test_beside_the_newer_form_the_older_is_only_kept(tmp_path: Path, older: str) -> None:
    path = write_folder(tmp_path)
    (path / KINDS[older].name).write_bytes(small_files()[older])
    source, findings = read(path)
    assert "not used" in findings[0].message
    assert source.modifier_tables[0][0] == "Melee_Damage"
    file = next(each for each in source.files if each.form == older)
    assert encode_file(source, file) == small_files()[older]


def test_a_missing_optional_file_is_a_finding(tmp_path: Path) -> None:
    _, findings = read(write_folder(tmp_path, "enhancements", "replacements", "old_levels"))
    assert {(each.file, each.severity) for each in findings} == {
        ("EnhDB.mhd", "error"),
        ("PowersReplTable.mhd", "info"),
    }


def test_missing_files_that_must_be_there_are_named_together(tmp_path: Path) -> None:
    message = refused(write_folder(tmp_path, "maths", "levels", "server_data"))
    assert "lacks Maths.mhd, NLevels.mhd, SData.json. Copy" in message


def test_a_folder_without_powers_is_no_data_folder(tmp_path: Path) -> None:
    assert not looks_like(tmp_path)
    assert "is no data folder: I12.mhd is missing. Choose" in refused(tmp_path)


def test_a_file_or_nothing_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "I12.mhd").write_bytes(b"")
    assert not looks_like(tmp_path / "I12.mhd")
    assert "is a file, no folder" in refused(tmp_path / "I12.mhd")
    assert "does not exist" in refused(tmp_path / "gone")


def test_an_unknown_file_is_left_out_with_a_finding(tmp_path: Path) -> None:
    (write_folder(tmp_path) / "notes.txt").write_text("mine")
    (tmp_path / "Images").mkdir()
    source, findings = read(tmp_path)
    assert [each.file for each in findings] == ["notes.txt"]
    assert "notes.txt" not in {each.name for each in source.files}


def test_the_second_of_a_kind_is_left_out(tmp_path: Path) -> None:
    (write_folder(tmp_path) / "A copy.mhd").write_bytes(small_files(0)["powers"])
    source, findings = read(tmp_path)
    assert len(source.powers) == 1
    assert (findings[0].file, findings[0].severity) == ("A copy.mhd", "warning")


@pytest.mark.parametrize(
    ("name", "data", "parts"),
    [
        pytest.param("I12.mhd", small_files()["powers"][:-3],
            ["I12.mhd: The file is too short for 1 × entity at byte", "Copy the file"], id="cut"),
        pytest.param("Recipe.mhd", b"\x23Mids' Hero Designer Recipe Database",
            ["Recipe.mhd: This is the older format", "Update this database"], id="older"),
        pytest.param("Maths.mhd", b"Version:\t1\n",
            ["Maths.mhd: There is no row that begins with 'EDRT' (line 1). Copy"], id="table"),
        pytest.param("SData.json", b"{", ["SData.json: Not valid JSON", "at byte 1"], id="JSON"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_place_and_remedy(
    tmp_path: Path, name: str, data: bytes, parts: list[str]
) -> None:
    (write_folder(tmp_path) / name).write_bytes(data)
    message = refused(tmp_path)
    assert all(part in message for part in parts)


def test_a_broken_file_nobody_needs_does_not_stop_the_import(tmp_path: Path) -> None:
    (write_folder(tmp_path) / "bbcode.mhd").write_bytes(b"#CODE#\n")
    source, findings = read(tmp_path)
    assert (findings[0].file, findings[0].severity) == ("bbcode.mhd", "warning")
    file = next(each for each in source.files if each.name == "bbcode.mhd")
    assert encode_file(source, file) == b"#CODE#\n"


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "cannot be read (Permission denied). Allow reading it" in refused(tmp_path)


def test_a_file_above_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mhd_folder, "MAX_FILE_BYTES", 10)
    assert "no data file has more than 256" in refused(write_folder(tmp_path))


def test_many_findings_of_one_file_are_cut_short(tmp_path: Path) -> None:
    (write_folder(tmp_path) / "PowersReplTable.mhd").write_text("rubbish\n" * 500)
    _, findings = read(tmp_path)
    assert len(findings) == 101
    assert "400 more" in findings[-1].message


def test_progress_grows_to_the_total_and_may_cancel(tmp_path: Path) -> None:
    class Stop(BaseException):
        pass

    calls: list[tuple[int, int, str]] = []
    read(write_folder(tmp_path), lambda *call: calls.append(call))
    done = [call[0] for call in calls]
    assert done == sorted(done)
    assert calls[-1][:2] == (calls[0][1],) * 2

    def cancel(*call: object) -> None:
        if call[2] == "I12.mhd":
            raise Stop

    with pytest.raises(Stop):
        read(tmp_path, cancel)
