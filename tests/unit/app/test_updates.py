"""Signed update packages: made by the tool, checked, installed, refused when touched."""

import json
from pathlib import Path

import pytest

from importer import signing
from importer.cli import main as import_main
from midsdesk.app import updates
from midsdesk.app.data_desk import DataDesk
from midsdesk.app.datasets import DataSets
from midsdesk.app.gamedata import GameData
from midsdesk.app.settings import Settings
from midsdesk.app.shelf import Shelf
from midsdesk.app.updates import Standing
from midsdesk.calc.engine import Engine
from midsdesk.cli.main import main as cli_main
from midsdesk.errors import MidsdeskError, StorageError, UpdateRefusedError, ValidationError
from midsdesk.storage.updates import package
from midsdesk.storage.updates.keys import SigningKey, read_public, trusted
from midsdesk.storage.updates.package import Manifest
from tests.helpers.gamedata import ROOT
from tests.helpers.updates import HEAD, keys_in, packed, parts, signed

EARLIER = 638_400_000_000_000_000


class Steps:
    def step(self, done: int, total: int, note: str = "") -> None:
        pass


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return keys_in(tmp_path / "keys")


@pytest.fixture
def update(tmp_path: Path, key: Path) -> Path:
    return signed(tmp_path, key)


@pytest.fixture
def sets(tmp_path: Path, key: Path) -> DataSets:
    settings = Settings(None, {})
    return DataSets(GameData(tmp_path / "gamedata", settings), settings, key.parent)


def refusal(sets: DataSets, path: Path) -> str:
    """What is said of a package, which must not be installed by anyone."""
    before = sets.listed()
    with pytest.raises(UpdateRefusedError) as caught:
        sets.add(path, Steps())
    assert sets.listed() == before
    assert [each.name for each in sets.data.folder.glob("update*")] == []
    return caught.value.user_message


def test_built_and_installed_from_a_file(sets: DataSets, update: Path) -> None:
    assert update.name == "made-2024.5.7.mdupdate"
    made = sets.add(update, Steps())
    (listed,) = sets.listed()
    assert (listed.title, listed.version, listed.signed) == ("Made", "2024.5.7", "test-1")
    assert listed.in_use
    assert listed.source == str(update)
    assert sets.verify(made, Steps()).whole
    assert [each.suffix for each in sets.data.folder.iterdir()].count(".db") == 1


def test_one_changed_byte_anywhere_is_refused(sets: DataSets, update: Path) -> None:
    whole = update.read_bytes()
    head, manifest, _ = parts(whole)
    begin = len(head) + len(manifest)
    for at in (
        0, 14, 15, 16, 20, 27, len(head) + 3, begin - 3, begin, len(whole) // 2,
        len(whole) - 65, len(whole) - 64, len(whole) - 1,
    ):  # fmt: skip
        update.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert refusal(sets, update)
    update.write_bytes(whole)
    sets.add(update, Steps())


def test_cut_short_or_longer_is_refused(sets: DataSets, update: Path) -> None:
    whole = update.read_bytes()
    for length in (0, 10, HEAD.size, HEAD.size + 20, len(whole) - 64, len(whole) - 1):
        update.write_bytes(whole[:length])
        assert "cut short" in refusal(sets, update)
    update.write_bytes(whole + b"x")
    assert "more in it than was signed" in refusal(sets, update)


def test_absurd_lengths_are_refused(sets: DataSets, update: Path) -> None:
    update.write_bytes(HEAD.pack(b"midsdesk-update", 1, 2**32 - 1, 2**64 - 1) + b"x" * 99)
    assert "larger than any update" in refusal(sets, update)
    update.write_bytes(HEAD.pack(b"midsdesk-update", 2, 5, 5) + b"x" * 99)
    assert "another midsdesk" in refusal(sets, update)


def test_another_key_is_refused(sets: DataSets, tmp_path: Path, key: Path) -> None:
    stranger = keys_in(tmp_path / "elsewhere", "stranger")
    path = signed(tmp_path / "theirs", stranger)
    assert "a key this program does not know" in refusal(sets, path)
    # The fingerprint of a known key does not help.
    known = read_public(key.with_suffix(".pub"))
    forged = path.read_bytes().replace(
        read_public(stranger.with_suffix(".pub")).fingerprint.encode(), known.fingerprint.encode()
    )
    path.write_bytes(forged)
    assert "is not what test-1 signed" in refusal(sets, path)


def test_a_manifest_of_other_data_is_refused_even_if_signed(
    sets: DataSets, update: Path, key: Path
) -> None:
    signing_key = SigningKey.read(key)
    _, text, data = parts(update.read_bytes())
    said = json.loads(text)
    said.pop("format")
    for changed in ({"version": "2030.1.1"}, {"date": "20300101"}, {"content_hash": "0" * 64}):
        update.write_bytes(package.write(Manifest(**{**said, **changed}), data, signing_key))
        assert "speaks of other data" in refusal(sets, update)


@pytest.mark.parametrize(
    "text", [b"[]", b"{", b"\xff", b'{"key": "K"}', b'{"key": "K", "name": 1}', b"[" * 9000]
)
def test_a_manifest_that_is_none_is_refused(
    sets: DataSets, update: Path, key: Path, text: bytes
) -> None:
    known = read_public(key.with_suffix(".pub")).fingerprint
    text = text.replace(b'"K"', f'"{known}"'.encode())
    content = HEAD.pack(b"midsdesk-update", 1, len(text), 1) + text + b"x"
    update.write_bytes(content + SigningKey.read(key).sign(content))
    assert "manifest" in refusal(sets, update).lower()


def test_a_hash_of_other_bytes_is_refused_even_if_signed(
    sets: DataSets, update: Path, key: Path
) -> None:
    _, text, data = parts(update.read_bytes())
    content = HEAD.pack(b"midsdesk-update", 1, len(text), len(data) + 1) + text + data + b"x"
    update.write_bytes(content + SigningKey.read(key).sign(content))
    assert "speaks of other data" in refusal(sets, update)


def test_an_older_one_is_told_and_installed_only_when_wanted(
    sets: DataSets, tmp_path: Path, key: Path, update: Path
) -> None:
    sets.add(update, Steps())
    older = signed(tmp_path / "older", key, saved=EARLIER)
    found = sets.update(older)
    assert found is not None
    assert (found.standing, found.installed) == (Standing.OLDER, "Made 2024.5.7")
    assert "is older than Made 2024.5.7" in refusal(sets, older)
    sets.add(older, Steps(), older=True)
    assert len(sets.listed()) == 2
    again = sets.update(update)
    assert again is not None
    assert (again.standing, again.warning) == (
        Standing.SAME,
        "Made 2024.5.7 is installed already.",
    )


def test_repaired_from_its_package_else_never_from_a_touched_one(
    sets: DataSets, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sets.add(update, Steps())
    again = sets.repair(made, Steps())
    note = sets.note(again)
    assert note is not None
    assert note.signed == "test-1"
    other = packed(update.parent / "default")
    monkeypatch.setattr(sets.data, "default_source", lambda: other)
    update.write_bytes(update.read_bytes()[:-1])
    third = sets.repair(again, Steps())
    note = sets.note(third)
    assert note is not None
    assert (note.signed, note.source) == ("", "")


def test_the_window_tells_before_it_adds(sets: DataSets, update: Path) -> None:
    desk = DataDesk(sets, Shelf(sets.data, Engine), lambda: ())
    offer = desk.offer(update)
    assert dict(offer.facts)["Signed"] == "test-1"
    assert dict(offer.facts)["Data"] == "Made 2024.5.7"
    assert (offer.warning, offer.refused) == ("", "")
    update.write_bytes(update.read_bytes()[:-1])
    assert "cut short" in desk.offer(update).refused


def test_the_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("open sesame\n")
    keys = tmp_path / "keys"
    locked = ["--passphrase-file", str(secret)]
    assert import_main(["keygen", "release-1", "--out", str(keys), *locked]) == 0
    assert (keys / "release-1.key").stat().st_mode & 0o077 == 0
    assert b"ENCRYPTED" in (keys / "release-1.key").read_bytes()
    assert import_main(["keygen", "release-1", "--out", str(keys)]) == 1
    pack = packed(tmp_path / "pack")
    out = tmp_path / "a.mdupdate"
    sign = ["sign", str(pack), "--key", str(keys / "release-1.key"), "--out", str(out)]
    assert import_main(sign) == 1
    assert "passphrase" in capsys.readouterr().err
    assert import_main([*sign, *locked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bytes"] == out.stat().st_size
    monkeypatch.setenv("MIDSDESK_HOME", str(tmp_path / "home"))
    assert cli_main(["data", "add", str(out)]) == 1
    assert "a key this program does not know" in capsys.readouterr().err
    monkeypatch.setattr(updates, "keys_folder", lambda: keys)
    assert cli_main(["data", "add", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["signed"] == "release-1"


def test_keys_that_are_none(tmp_path: Path, key: Path) -> None:
    for text in ("", "word", "midsdesk-ed25519 !!! name", "midsdesk-ed25519 QUJD name"):
        (tmp_path / "bad.pub").write_text(text)
        with pytest.raises(StorageError, match="holds no public key"):
            read_public(tmp_path / "bad.pub")
    (tmp_path / "bad.key").write_text("rubbish")
    for path in (tmp_path / "bad.key", tmp_path / "none.key"):
        with pytest.raises(MidsdeskError):
            SigningKey.read(path)
    (tmp_path / "empty").write_text("")
    with pytest.raises(ValidationError, match="no passphrase"):
        signing.passphrase(tmp_path / "empty")
    with pytest.raises(ValidationError, match="small letters"):
        signing.keygen("Not A Name", tmp_path)


def test_the_keys_that_ship_can_be_read() -> None:
    assert trusted(ROOT / "resources" / "keys")
    assert not list((ROOT / "resources").rglob("*.key"))
