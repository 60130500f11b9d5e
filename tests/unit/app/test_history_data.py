"""Steps of the history that go to other game data."""

from midsdesk.app import commands as cmd
from midsdesk.storage.gamedb.reader import GameDatabase
from tests.helpers.builds import document
from tests.helpers.fake_calc import FakeCalculator
from tests.helpers.gamedata import packed_path


def test_a_jump_over_other_game_data_lands_on_the_right_ones() -> None:
    shown = document()
    first, other = shown.catalog, GameDatabase(packed_path())
    shown.do(cmd.set_name(shown, "One"))
    shown.move("Go to other data", shown.build, other, FakeCalculator())
    shown.do(cmd.set_comment(shown, "Two"))
    shown.jump(0)
    assert shown.catalog is first
    shown.jump(3)
    assert shown.catalog is other
    assert shown.build.comment == "Two"
    shown.jump(1)
    assert shown.catalog is first
    assert shown.build.name == "One"
    other.close()
