import errno
import os
from pathlib import Path

import pytest

from midsdesk.app import commands
from midsdesk.app.files import open_document, save_document, suggested_name
from midsdesk.errors import BuildFormatError, DiskFullError, StorageError
from tests.helpers.builds import SNAP_SHOT, document
from tests.helpers.fake_calc import FakeCalculator
from tests.helpers.gamedata import packed_catalog


def test_what_was_saved_opens_again(tmp_path: Path) -> None:
    made = document()
    made.do(commands.take_power(made, SNAP_SHOT))
    path = tmp_path / "ash.mbd"
    assert save_document(made, path) == path
    assert not made.modified
    opened, issues = open_document(path, packed_catalog(), FakeCalculator())
    assert issues == ()
    assert opened.path == path
    assert opened.build == made.build
    assert [item.name for item in tmp_path.iterdir()] == ["ash.mbd"]


def test_saving_again_needs_no_path(tmp_path: Path) -> None:
    made = document()
    with pytest.raises(StorageError, match="no file yet"):
        save_document(made)
    save_document(made, tmp_path / "ash.mbd")
    made.do(commands.set_name(made, "Volt"))
    save_document(made)
    assert b'"Name": "Volt"' in (tmp_path / "ash.mbd").read_bytes()


@pytest.mark.parametrize(
    ("code", "error"),
    [(errno.ENOSPC, DiskFullError), (errno.EACCES, StorageError), (errno.EIO, StorageError)],
)
def test_a_failed_save_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, error: type[StorageError]
) -> None:
    made = document()
    path = tmp_path / "ash.mbd"
    save_document(made, path)
    old = path.read_bytes()
    made.do(commands.take_power(made, SNAP_SHOT))

    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(error) as caught:
        save_document(made)
    assert str(path) in caught.value.user_message
    assert path.read_bytes() == old
    assert made.modified
    assert [item.name for item in tmp_path.iterdir()] == ["ash.mbd"]


def test_a_missing_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="folder does not exist"):
        save_document(document(), tmp_path / "nowhere" / "ash.mbd")
    with pytest.raises(StorageError, match="does not exist any more"):
        open_document(tmp_path / "no.mbd", packed_catalog(), FakeCalculator())
    with pytest.raises(StorageError, match="could not be read"):
        open_document(tmp_path, packed_catalog(), FakeCalculator())


def test_a_bad_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.mbd"
    path.write_text("{")
    with pytest.raises(BuildFormatError, match=r"bad\.mbd: "):
        open_document(path, packed_catalog(), FakeCalculator())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Cinder Volt", "Cinder Volt.mbd", id="as it is"),
        pytest.param("../../etc/passwd", "etc passwd.mbd", id="no way out of the folder"),
        pytest.param("CON", "CON build.mbd", id="reserved on Windows"),
        pytest.param("", "Blaster.mbd", id="without a name"),
        pytest.param("Bulwark: Prime?", "Bulwark Prime.mbd", id="characters no file may have"),
    ],
)
def test_suggested_names_are_safe(name: str, expected: str) -> None:
    made = document()
    made.do(commands.set_name(made, name))
    assert suggested_name(made) == expected
