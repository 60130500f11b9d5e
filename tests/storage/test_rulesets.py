"""Ruleset files: which one a data set plays by, what a file changes, and what is wrong with one."""

from pathlib import Path

import pytest

from midsdesk.errors import SourceFormatError
from midsdesk.storage.gamedb import rulesets
from midsdesk.storage.gamedb.reader import GameDatabase
from midsdesk.storage.gamedb.rulesets import Origin, RulesetFolders
from tests.helpers.gamedata import ROOT, default_path, packed_path

SHIPPED = ROOT / "resources" / "rulesets"
FROM_EXPORT = {"realm": "Rebirth", "brings_rules": "no"}
FROM_MIDS = {"realm": "Rebirth", "brings_rules": "yes"}


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folders(tmp_path: Path) -> RulesetFolders:
    """Beside the data nothing; with the program the default and one other realm."""
    user, shipped = tmp_path / "user", tmp_path / "shipped"
    user.mkdir()
    written(shipped, "homecoming.toml", "[server]\nmax_slots = 67\n")
    written(shipped, "thunderspy.toml", "[server]\nmax_slots = 80\n")
    return RulesetFolders(user, shipped)


def test_each_realm_has_its_own_file(folders: RulesetFolders) -> None:
    for realm, slots in (("Homecoming", 67), ("Thunderspy", 80)):
        found = folders.chosen({"realm": realm, "brings_rules": "no"})
        assert found.origin is Origin.REALM
        assert found.rules == {"server": {"max_slots": slots}}


def test_a_realm_without_a_file_plays_by_the_default(folders: RulesetFolders) -> None:
    found = folders.chosen(FROM_EXPORT)
    assert found.origin is Origin.DEFAULT
    assert found.path is not None
    assert found.path.name == "homecoming.toml"


def test_constants_that_the_data_bring_come_before_the_files_of_the_program(
    folders: RulesetFolders,
) -> None:
    found = folders.chosen({"realm": "Thunderspy", "brings_rules": "yes"})
    assert (found.origin, found.rules) == (Origin.OWN, None)


@pytest.mark.parametrize("meta", [FROM_EXPORT, FROM_MIDS])
def test_a_file_beside_the_data_comes_before_all(folders: RulesetFolders, meta) -> None:
    assert folders.user is not None
    path = written(folders.user, "REBIRTH.toml", "[server]\nmax_slots = 72\n")
    found = folders.chosen(meta)
    assert (found.origin, found.path) == (Origin.USER, path)
    assert found.rules == {"server": {"max_slots": 72}}


def test_a_file_of_another_realm_is_not_meant(folders: RulesetFolders) -> None:
    assert folders.user is not None
    written(folders.user, "thunderspy.toml", "[server]\nmax_slots = 72\n")
    assert folders.chosen(FROM_EXPORT).origin is Origin.DEFAULT


def test_a_realm_named_like_a_path_leads_nowhere(folders: RulesetFolders, tmp_path: Path) -> None:
    written(tmp_path, "rebirth.toml", "[server]\nmax_slots = 72\n")
    found = folders.chosen({"realm": "../rebirth", "brings_rules": "no"})
    assert found.origin is Origin.DEFAULT


@pytest.mark.parametrize(
    ("meta", "origin"), [(FROM_EXPORT, Origin.DEFAULT), (FROM_MIDS, Origin.OWN)]
)
def test_a_malformed_file_is_said_and_left_aside(folders: RulesetFolders, meta, origin) -> None:
    assert folders.user is not None
    path = written(folders.user, "rebirth.toml", '[server]\nmax_slots = "many"\n')
    found = folders.chosen(meta)
    assert found.origin is origin
    assert found.fault == (
        f"The ruleset {path} has a flaw: [server] max_slots must be a whole number from 0."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server\n", "cannot be read"),
        ("[server]\nbase_to_hit = 0\n", "[server] base_to_hit must be a number above 0"),
        ("[server]\nbase_to_hit = nan\n", "[server] base_to_hit must be a number above 0"),
        ("[server]\nbase_to_hit = true\n", "[server] base_to_hit must be a number above 0"),
        ("[server]\nmax_slot = 70\n", "[server] max_slot is not known"),
        ("[servers]\nmax_slots = 70\n", "[servers] is not known"),
        ("server = 3\n", "[server] must be a table of fields"),
        ("[[levels]]\npicks = []\n", "[levels] must be a table of fields"),
        ("[levels]\npicks = [1, 2]\n", "[levels] picks must be 50 whole numbers"),
        (f"[levels]\npicks = {[1] * 50}\n", "[levels] needs both picks and slots"),
        ("[levels]\n", "[levels] needs both picks and slots"),
        ("[enhancements]\ngrades = [[1, 2]]\n", "[enhancements] grades must be 4 rows"),
        (
            "[enhancements]\nthresholds = [[1, 1, 1, 1], [2, 2, 0.5, 2], [3, 3, 3, 3]]\n",
            "[enhancements] thresholds must ascend",
        ),
        ("[server.enabled_incarnates]\nAlpha = 1\n", "[server] enabled_incarnates must be"),
        ("[[special]]\nbegins = 3\n", "[special] begins must be a text"),
    ],
)
def test_a_flaw_is_told_with_file_and_field(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, "rebirth.toml", text)
    with pytest.raises(SourceFormatError) as caught:
        rulesets.read(path)
    assert str(path) in caught.value.user_message
    assert said in caught.value.user_message


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = " + b"[" * 100_000], ids=["bytes", "deep"])
def test_what_is_no_text_or_too_deep_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rebirth.toml"
    path.write_bytes(content)
    with pytest.raises(SourceFormatError, match="cannot be read"):
        rulesets.read(path)


def test_the_default_holds_everything_and_a_part_is_not_enough_for_it(tmp_path: Path) -> None:
    for path in SHIPPED.glob("*.toml"):
        assert rulesets.whole(path)["server"]["max_slots"] > 0
    part = written(tmp_path, "homecoming.toml", "[server]\nmax_slots = 67\n")
    with pytest.raises(SourceFormatError, match=r"\[levels\] picks is missing"):
        rulesets.whole(part)


def test_a_catalog_plays_by_the_file_and_keeps_what_it_leaves_out(tmp_path: Path) -> None:
    text = f"""
[levels]
picks = {[1, 1] + [0] * 48}
slots = {[0] * 49 + [4]}
[enhancements]
thresholds = [[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8], [0.9, 1, 1.1, 1.2]]
inventions = {[[9, 9, 9, 9]] * 53}
[server]
max_slots = 4
max_max_run_speed = 200.5
enabled_incarnates = {{ Omega = true }}
"""
    written(tmp_path, "homecoming.toml", text)
    with_file = GameDatabase(default_path(), RulesetFolders(tmp_path, SHIPPED))
    without = GameDatabase(default_path())
    found, former = with_file.ruleset, without.ruleset
    with_file.close()
    without.close()
    assert (found.max_slots, found.hard_run_speed) == (4, 200.5)
    assert found.pick_levels == (1, 1, 2)
    assert found.respec_levels == found.levels
    assert found.enhancements.ed_thresholds[3] == (0.4, 0.8, 1.2)  # schedule D
    assert dict(found.incarnates)["Omega"]
    assert found.base_run_speed == former.base_run_speed == 21.0
    assert found.enhancements.grades == former.enhancements.grades
    assert found.enhancements.inventions == former.enhancements.inventions  # always the data's


@pytest.mark.parametrize("path", [default_path, packed_path])
def test_the_file_of_the_program_changes_nothing_of_the_packed_data(path) -> None:
    plain = GameDatabase(path())
    filed = GameDatabase(path(), RulesetFolders(None, SHIPPED))
    assert filed.ruleset == plain.ruleset
    plain.close()
    filed.close()


def test_what_a_database_says_it_brings() -> None:
    today, before = GameDatabase(default_path()), GameDatabase(packed_path())
    assert today.meta["brings_rules"] == "no"  # the server's export
    assert before.meta["brings_rules"] == "yes"  # a Mids folder
    today.close()
    before.close()


def test_a_malformed_file_does_not_keep_the_data_from_opening(tmp_path: Path) -> None:
    written(tmp_path, "homecoming.toml", "[server]\nmax_slots = -1\n")
    database = GameDatabase(default_path(), RulesetFolders(tmp_path, SHIPPED))
    assert database.ruleset.max_slots == 67
    database.close()
