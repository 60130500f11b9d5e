"""What is told of a step besides what was asked. In Granite Armor the other armours are off."""

from midsdesk.app import commands
from midsdesk.app.consequences import consequences
from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.calc.engine import Engine
from tests.helpers.builds import SNAP_SHOT, document
from tests.helpers.characters import character
from tests.helpers.gamedata import packed_catalog
from tests.unit.app.test_presets import GRANITE, ROCK, WEAVE

CATALOG = packed_catalog()
NOVA = "Peacebringer_Offensive.Luminous_Blast.Bright_Nova"


def told(document: Document, command: Command) -> tuple[str, ...]:
    change = document.do(command)
    assert change is not None and command.asked is not None
    return consequences(change.before, change.after, command.asked, CATALOG)


def test_rivals_go_off_and_come_back() -> None:
    build = character("Class_Brute", {name: [None] for name in (ROCK, GRANITE, WEAVE)})
    shown = Document(build, CATALOG, Engine(CATALOG))
    shown.do(commands.set_included(shown, 1, False))
    assert told(shown, commands.set_included(shown, 1, True)) == ("Switched off: Rock Armor.",)
    assert told(shown, commands.set_included(shown, 1, False)) == ("Switched on: Rock Armor.",)
    assert told(shown, commands.set_included(shown, 2, False)) == ()


def test_powers_that_come_and_go_with_another() -> None:
    shown = document()
    assert told(shown, commands.take_power(shown, SNAP_SHOT)) == ()
    shown = document(commands.change_archetype(shown, "Class_Peacebringer").edit(shown.build))
    along = ", ".join(f"Bright Nova {name}" for name in ("Blast", "Bolt", "Detonation", "Scatter"))
    assert told(shown, commands.take_power(shown, NOVA)) == (f"Came along: {along}.",)
    index = shown.build.find(NOVA)
    assert index is not None
    assert told(shown, commands.remove_power(shown, index)) == (f"Left with it: {along}.",)


def test_steps_about_many_tell_nothing_more() -> None:
    assert commands.set_name(document(), "Ash").asked is None
