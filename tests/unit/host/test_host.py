import logging
import os
import stat
import sys
from pathlib import Path

import pytest

from midsdesk.errors import InternalError, StorageError
from midsdesk.host.atomic import write_file
from midsdesk.host.children import Child, importer_command
from midsdesk.host.logs import start_logs
from midsdesk.host.paths import user_paths
from midsdesk.host.resources import resource, resources_folder
from midsdesk.host.sessions import Session


def test_home_may_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MIDSDESK_HOME", str(tmp_path))
    paths = user_paths()
    assert paths.settings == tmp_path / "config" / "settings.json"
    assert paths.user_database == tmp_path / "data" / "user.db"
    assert paths.game_databases == tmp_path / "data" / "gamedata"
    monkeypatch.delenv("MIDSDESK_HOME")
    assert "midsdesk" in str(user_paths().data)


def test_resources_are_found() -> None:
    assert resources_folder().name == "resources"
    assert resource("gamedata", "manifest.json").is_file()


def test_writing_keeps_rights_and_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real.mbd", tmp_path / "link.mbd"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_failed_check_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mbd"
    write_file(path, b"old")

    def refuse(_data: bytes) -> None:
        raise StorageError("unreadable")

    with pytest.raises(StorageError, match="unreadable"):
        write_file(path, b"new", refuse)
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a.mbd"]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere, Windows differs"
)
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="you may not write there"):
            write_file(tmp_path / "a.mbd", b"")
    finally:
        tmp_path.chmod(0o700)


def test_a_child_reports_objects_only() -> None:
    seen: list[dict[str, object]] = []
    code = "print('{\"a\": 1}'); print('[2]'); print('x'); import sys; sys.exit('oh dear')"
    outcome = Child([sys.executable, "-c", code]).run(seen.append)
    assert seen == [{"a": 1}]
    assert outcome == (1, "oh dear\n")


def test_a_cancelled_child_never_starts() -> None:
    child = Child([sys.executable, "-c", "print('{}')"])
    child.cancel()
    assert child.cancelled
    assert child.run(lambda _: pytest.fail("it ran")) == (130, "")


def test_a_missing_program_is_named() -> None:
    with pytest.raises(InternalError, match="no-such-program"):
        Child(["no-such-program"]).run(lambda _: None)


def test_the_importer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert importer_command() == [sys.executable, "-m", "importer"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert Path(importer_command()[0]).name.startswith("midsdesk-import")


def test_sessions_know_who_lives(tmp_path: Path) -> None:
    one, two = Session(tmp_path), Session(tmp_path)
    assert one.is_alive(two.id)
    assert one.is_alive(one.id)
    two.close()
    assert not one.is_alive(two.id)
    assert not one.is_alive("never-was")
    one.close()
    assert list(tmp_path.iterdir()) == []


def test_logs_go_to_file_and_ring(tmp_path: Path) -> None:
    logger = logging.getLogger("midsdesk")
    before = list(logger.handlers)
    try:
        ring = start_logs(tmp_path / "logs")
        logging.getLogger("midsdesk.test").info("hello")
        assert "hello" in ring.lines[-1]
        assert "hello" in (tmp_path / "logs" / "midsdesk.log").read_text()
        blocked = tmp_path / "file"
        blocked.write_text("")
        assert "could not be opened" in start_logs(blocked).lines[0]
    finally:
        for handler in [item for item in logger.handlers if item not in before]:
            handler.close()
            logger.removeHandler(handler)
