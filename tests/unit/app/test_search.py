"""Search over the data that come with the program."""

import pytest

from midsdesk.app.search import Hit, Search, parse
from midsdesk.model.build import Build
from tests.helpers.characters import character
from tests.helpers.gamedata import default_catalog, packed_catalog

SCRAPPER = character(
    "Class_Scrapper",
    {"Scrapper_Defense.Super_Reflexes.Focused_Fighting": (), "Scrapper_Melee.Katana.Hack": ()},
)


def find(text: str, build: Build | None = None, limit: int = 40) -> tuple[Hit, ...]:
    return Search(default_catalog(), default_catalog()).find(text, build, limit)


def first(text: str, build: Build | None = None) -> Hit:
    return find(text, build)[0]


@pytest.mark.parametrize(
    ("text", "kind", "ident"),
    [
        ("lotg", "set", "Luck_of_the_Gambler"),
        ("luck of the g", "set", "Luck_of_the_Gambler"),
        ("hasten", "power", "Pool.Speed.Hasten"),
        ("HASTEN", "power", "Pool.Speed.Hasten"),
        ("fire blast", "powerset", "Blaster_Ranged.Fire_Blast"),
        ("blaster fire blast", "powerset", "Blaster_Ranged.Fire_Blast"),
        ("steadfast", "set", "Steadfast_Protection"),
        ("piece: kb prot", "piece", "Crafted_Karma_C"),
        ("piece: numina +regen", "piece", "Crafted_Numinas_Convalesence_F"),
        ("body mastery", "powerset", "Epic.Body_Mastery"),
    ],
)
def test_words_abbreviations_and_former_names(text: str, kind: str, ident: str) -> None:
    hit = first(text)
    assert (hit.kind, hit.id) == (kind, ident)


def test_a_word_is_found_while_it_is_typed() -> None:
    for length in range(3, len("gambler") + 1):
        assert any(hit.id == "Luck_of_the_Gambler" for hit in find("gambler"[:length]))


def test_kb_prot_finds_pieces_bonuses_and_powers_that_protect() -> None:
    hits = find("kb prot")
    assert {"power", "piece", "bonus"} <= {hit.kind for hit in hits}
    pieces = {hit.id for hit in find("piece: kb prot")}
    assert {"Crafted_Karma_C", "Crafted_Steadfast_Protection_C"} <= pieces


def test_what_gives_ranged_defense() -> None:
    hits = find("bonus: gives ranged defense", limit=200)
    assert {hit.id for hit in hits} >= {"Thunderstrike", "Stupefy", "Artillery"}
    assert all("ranged" in hit.detail and "defense" in hit.detail for hit in hits)
    assert all(hit.slotted > 1 for hit in hits)


def test_both_words_must_stand_in_one_effect() -> None:
    """Focused Fighting defends in melee and resists defense debuffs: it gives no ranged defense."""
    hits = find("power: gives ranged defense", limit=500)
    names = {hit.id for hit in hits}
    assert "Scrapper_Defense.Super_Reflexes.Focused_Senses" in names
    assert "Scrapper_Defense.Super_Reflexes.Focused_Fighting" not in names


def test_usable_in_my_powers() -> None:
    """A scrapper with one melee attack and one defense toggle takes no ranged sets."""
    everywhere = {hit.id for hit in find("set: gives ranged defense", limit=200)}
    usable = {
        hit.id for hit in find("set: usable in my powers gives ranged defense", SCRAPPER, 200)
    }
    assert "Thunderstrike" in everywhere
    assert "Thunderstrike" not in usable
    assert usable
    assert usable < everywhere
    assert {hit.kind for hit in find("usable in my powers", SCRAPPER, 500)} == {"set"}
    assert find("usable in my powers lotg", SCRAPPER)[0].id == "Luck_of_the_Gambler"
    assert find("usable in my powers lotg") == ()


def test_henchmen_have_their_share_for_themselves() -> None:
    hit = next(each for each in find("bonus: lotg") if each.slotted == 2)
    assert hit.detail == "2 pieces: +10 % regeneration"


@pytest.mark.parametrize(
    "text", ["", "   ", "gives", "usable", '"', 'a"b* OR NEAR(', "-", "set:", "(((", "x" * 5000]
)
def test_odd_texts_find_nothing_or_something_and_never_fail(text: str) -> None:
    assert isinstance(find(text), tuple)
    assert isinstance(find(text, SCRAPPER), tuple)


def test_the_text_taken_apart() -> None:
    query = parse("Sets: usable in my powers, def gives Ranged def and +rech")
    assert query.usable
    assert query.terms.kinds == ("set",)
    assert query.terms.words == (("def", "defense"),)
    assert query.terms.gives == ("ranged", "defense", "recharge")


def test_the_older_data_can_be_searched_too() -> None:
    catalog = packed_catalog()
    assert Search(catalog, catalog).find("lotg")[0].id == "Luck_of_the_Gambler"
