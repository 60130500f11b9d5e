import json
from pathlib import Path

import pytest

from midsdesk.app.settings import TABLE, SettingChanged, Settings
from midsdesk.errors import InternalError


def test_changes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = Settings.load(path)
    assert settings.get("theme") == "dark"
    events: list[SettingChanged] = []
    settings.subscribe(events.append)
    settings.set("theme", "light")
    settings.set("theme", "light")
    settings.add_recent_file(Path("a.mbd"))
    settings.add_recent_file(Path("b.mbd"))
    settings.add_recent_file(Path("a.mbd"))
    again = Settings.load(path)
    assert again.get("theme") == "light"
    assert again.get("recent_files") == ("a.mbd", "b.mbd")
    assert again.message == ""
    assert [event.key for event in events] == ["theme", *["recent_files"] * 3]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"{", b"[]", b'{"version": "x", "values": {}}', b"", b"[" * 9999]
)
def test_garbage_is_set_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings = Settings.load(path)
    assert "defaults" in settings.message
    assert settings.get("zoom") == 100
    assert (tmp_path / "settings.json.unreadable").read_bytes() == content
    settings.set("zoom", 150)
    assert Settings.load(path).get("zoom") == 150


def test_values_that_do_not_fit_have_their_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    values = {"theme": "purple", "zoom": 9999, "columns": "three", "recent_files": [1], "later": 5}
    path.write_text(json.dumps({"version": 1, "values": values}))
    settings = Settings.load(path)
    assert settings.message == ""
    assert [settings.get(key) for key in ("theme", "zoom", "columns", "recent_files")] == [
        "dark",
        100,
        0,
        (),
    ]
    settings.save()
    assert json.loads(path.read_text())["values"]["later"] == 5


def test_a_newer_file_is_read_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    text = json.dumps({"version": 99, "values": {"zoom": 125}})
    path.write_text(text)
    settings = Settings.load(path)
    assert settings.get("zoom") == 125
    assert "newer" in settings.message
    settings.set("zoom", 150)
    assert path.read_text() == text


def test_unknown_keys_and_values_are_defects() -> None:
    settings = Settings(None, {})
    with pytest.raises(InternalError):
        settings.get("colour")
    with pytest.raises(InternalError):
        settings.set("zoom", "large")
    with pytest.raises(InternalError):
        settings.set("zoom", 1000)


def test_every_setting_is_declared_once_with_words() -> None:
    assert len({item.key for item in TABLE}) == len(TABLE)
    assert all(item.label for item in TABLE)
