"""What pointing at something would do: sentences, chips, what follows."""

import pytest

from midsdesk.app import goals, what_if
from midsdesk.app.document import Document
from midsdesk.app.what_if import Foreseen, Wish
from midsdesk.calc.engine import Engine
from midsdesk.edit import operations as ops
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from tests.helpers.builds import RAIN_OF_ARROWS, SNAP_SHOT, taken
from tests.helpers.gamedata import packed_catalog

CATALOG = packed_catalog()
HOVER, MANEUVERS = "Pool.Flight.Combat_Flight", "Pool.Leadership.Defense"
LOTG = "Crafted_Luck_of_the_Gambler_A"


@pytest.fixture
def document() -> Document:
    """A blaster with Snap Shot and Hover, a piece and a second slot in it."""
    build = ops.change_powerset(taken(SNAP_SHOT), CATALOG, 3, "Pool.Flight")
    build = ops.change_powerset(build, CATALOG, 4, "Pool.Leadership")
    build = ops.take_power(build, CATALOG, HOVER)
    entry = build.find(HOVER)
    assert entry is not None
    build = ops.add_slot(build, CATALOG, entry)
    piece = SlottedEnhancement(EnhancementId(LOTG))
    build = ops.slot_enhancement(build, CATALOG, entry, 0, piece)
    return Document(build, CATALOG, Engine(CATALOG))


def foreseen(document: Document, wish: Wish | None) -> Foreseen:
    assert wish is not None
    assert wish.make is not None
    after = document.preview(wish.make(document))
    assert after is not None
    return what_if.foresee(document, wish, after)


def test_a_power_that_can_be_taken(document: Document) -> None:
    wish = what_if.of_word(document, MANEUVERS)
    assert wish is not None
    assert (wish.title, wish.kind, wish.place) == ("Maneuvers", "toggle", "Leadership, from 4")
    assert wish.sentence == "If you take it at 6 and switch it on:"
    found = foreseen(document, wish)
    assert found.chips[0].text.endswith("all defense")
    assert all(chip.good for chip in found.chips if "defense" in chip.text)
    # It costs endurance while it runs: more use is worse.
    use = next(chip for chip in found.chips if "endurance use" in chip.text)
    assert (use.rises, use.good) == (True, False)
    assert found.notes == ()


def test_a_power_of_a_later_level_says_so(document: Document) -> None:
    wish = what_if.of_word(document, RAIN_OF_ARROWS)
    assert wish is not None
    assert wish.sentence == "If you take it at 32:"


def test_a_taken_power_tells_what_leaves_with_it(document: Document) -> None:
    wish = what_if.of_word(document, HOVER)
    assert wish is not None
    assert wish.sentence == "Taken at 4, not included. If you remove it:"
    assert wish.make is not None
    after = document.preview_build(wish.make(document))
    assert after is not None
    found = what_if.foresee(document, wish, document.calculation)
    assert found.notes == ("1 slot can be placed again.", "Takes from Luck of the Gambler.")


def test_the_light(document: Document) -> None:
    entry = document.build.find(HOVER)
    assert entry is not None
    on = document.build.entries[entry].included
    wish = what_if.of_lamp(document, entry, procs=False)
    assert wish is not None
    assert wish.sentence == f"If you switch it {'off' if on else 'on'}:"
    found = foreseen(document, wish)
    assert any("all defense" in chip.text for chip in found.chips)
    assert what_if.of_lamp(document, 0, procs=False) is None  # an attack has no light


def test_a_slot(document: Document) -> None:
    entry = document.build.find(HOVER)
    assert entry is not None
    full, empty = (what_if.of_slot(document, entry, slot) for slot in (0, 1))
    assert full is not None
    assert full.title.startswith("Luck of the Gambler: ")
    assert full.place == "Hover, slot 1 of 2"
    assert empty is not None
    assert empty.make is None
    assert empty.reason.startswith("Bought at ")
    assert what_if.of_slot(document, entry, 5) is None


def test_goals_come_first_and_the_rest_is_counted(document: Document) -> None:
    document.do(goals.add_goal(document, "endurance_use"))
    found = foreseen(document, what_if.of_word(document, MANEUVERS))
    assert "endurance use" in found.chips[0].text
    assert len(found.chips) <= what_if.MOST_CHIPS


def test_what_nobody_knows() -> None:
    empty = Document(taken(SNAP_SHOT), CATALOG, Engine(CATALOG))
    assert what_if.of_word(empty, "Pool.No.Such") is None
