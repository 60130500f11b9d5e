import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from midsdesk.errors import DiskFullError, StorageCorruptError, StorageError
from midsdesk.storage.userdb.database import Autosave, UserDatabase
from midsdesk.storage.userdb.migrate import copy_of
from midsdesk.storage.userdb.tables import metadata
from midsdesk.storage.userdb.versions import CURRENT

ITEM = Autosave("a", "s", "Ash", "Take Blaze", "/x.mbd", b"{}", 1.5)


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def set_version(path: Path, version: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_a_new_database_keeps_what_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "user.db"
    database = UserDatabase(path)
    database.put_autosave(ITEM)
    database.put_autosave(replace(ITEM, label="Later", saved_at=2.0))
    database.put_autosave(replace(ITEM, id="b", saved_at=3.0))
    database.set_setting("x", "1")
    database.set_setting("x", "2")
    database.close()
    again = UserDatabase(path)
    assert [(item.id, item.label) for item in again.autosaves()] == [
        ("b", "Take Blaze"),
        ("a", "Later"),
    ]
    assert again.setting("x") == "2"
    assert again.setting("y") is None
    again.remove_autosave("b")
    assert len(again.autosaves()) == 1
    again.close()
    assert version_of(path) == CURRENT


def test_the_migrations_make_the_declared_tables(tmp_path: Path) -> None:
    path = tmp_path / "user.db"
    UserDatabase(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_usual_start_imports_neither_alembic_nor_sqlalchemy(tmp_path: Path) -> None:
    path = tmp_path / "user.db"
    UserDatabase(path).close()
    code = (
        "import sys; from pathlib import Path;"
        "from midsdesk.storage.userdb.database import UserDatabase;"
        f"UserDatabase(Path({str(path)!r})).close();"
        "print([n for n in ('alembic', 'sqlalchemy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_older_database_is_copied_first(tmp_path: Path) -> None:
    path = tmp_path / "user.db"
    database = UserDatabase(path)
    database.put_autosave(ITEM)
    database.close()
    set_version(path, 900)
    UserDatabase(path).close()
    copy = sqlite3.connect(copy_of(path, 900))
    assert copy.execute("SELECT name FROM autosaves").fetchall() == [("Ash",)]
    copy.close()
    assert version_of(path) == CURRENT


def test_a_newer_major_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "user.db"
    database = UserDatabase(path)
    database.put_autosave(ITEM)
    database.close()
    set_version(path, CURRENT + 1000)
    newer = UserDatabase(path)
    assert "newer midsdesk" in newer.read_only_reason
    assert newer.autosaves() == (ITEM,)
    with pytest.raises(StorageError, match="newer midsdesk"):
        newer.put_autosave(ITEM)
    newer.close()
    assert version_of(path) == CURRENT + 1000


def test_a_newer_minor_opens(tmp_path: Path) -> None:
    path = tmp_path / "user.db"
    UserDatabase(path).close()
    set_version(path, CURRENT + 1)
    newer = UserDatabase(path)
    newer.put_autosave(ITEM)
    newer.close()


def damaged(path: Path) -> None:
    path.write_bytes(b"this is no database at all, not in the least" * 100)


def foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()


@pytest.mark.parametrize(
    ("make", "error"), [(damaged, StorageCorruptError), (foreign, StorageError)]
)
def test_what_is_not_ours_is_left_alone(
    tmp_path: Path, make: Callable[[Path], None], error: type[StorageError]
) -> None:
    path = tmp_path / "user.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(error):
        UserDatabase(path)
    if error is StorageCorruptError:
        assert path.read_bytes() == before


def test_a_full_disk_is_called_so(tmp_path: Path) -> None:
    database = UserDatabase(tmp_path / "user.db")
    database._connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(DiskFullError):
        for number in range(200):
            database.put_autosave(replace(ITEM, id=str(number), content=b"x" * 100_000))
    database.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="could not be made"):
        UserDatabase(tmp_path / "file" / "user.db")
