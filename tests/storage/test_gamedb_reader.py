"""The catalog over a database: who belongs where, first of duplicates, names without case."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from importer import export, pipeline
from importer.issues import Report
from importer.progress import Progress
from importer.readers.json_export import as_single
from importer.source import Source
from midsdesk.errors import GameDatabaseError
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import SetBonus
from midsdesk.model.ruleset import LevelGrant
from midsdesk.storage.gamedb.columns import TABLES
from midsdesk.storage.gamedb.reader import GameDatabase
from midsdesk.storage.gamedb.search import Terms
from tests.helpers import made_source
from tests.helpers.made_source import archetype, effect, power, powerset, with_changed

Opened = Callable[[Source], GameDatabase]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Imports a source, even with errors, and opens the database."""

    def open_(source: Source) -> GameDatabase:
        path = tmp_path / "source.json"
        export.write_json(source, path, Progress())
        options = pipeline.Options(force=True)
        return GameDatabase(pipeline.run(path, tmp_path / "a.db", options, Report("")))

    return open_


@pytest.fixture
def catalog(opened: Opened) -> GameDatabase:
    return opened(made_source.source())


def test_it_is_a_catalog(catalog: GameDatabase) -> None:
    as_catalog: Catalog = catalog
    assert as_catalog.name == "Made"
    assert as_catalog.version == "2024.5.7"
    assert len(as_catalog.key) == 64


def test_archetypes_are_in_file_order_with_sorted_origins(catalog: GameDatabase) -> None:
    blaster, tanker, pet = catalog.archetypes()
    assert (blaster.id, tanker.id, pet.id) == ("Class_Blaster", "Class_Tanker", "Class_Pet")
    assert blaster.origins == ("Magic", "Science")
    assert blaster.playable is True
    assert blaster.hit_points_cap == 1600.5
    assert catalog.archetype("CLASS_blaster") is blaster
    assert catalog.archetype("Class_None") is None


def test_powers_are_in_the_set_their_name_says_in_file_order(catalog: GameDatabase) -> None:
    fire = catalog.powerset("blaster.FIRE")
    assert fire and fire.powers == ("Blaster.Fire.Flares", "Blaster.Fire.Blaze")
    assert [each.id for each in catalog.powers("Blaster.Fire")] == list(fire.powers)
    assert catalog.powers("No.Set") == ()
    assert catalog.powerset("No.Set") is None
    stone = catalog.powerset("Armor.Stone")
    assert stone and stone.exclusive == ("Melee.Club",)
    assert len(catalog.powersets()) == 11


def test_an_archetype_may_choose_its_own_sets_pools_and_ancillaries(
    catalog: GameDatabase,
) -> None:
    def ids(name: str) -> list[str]:
        return [each.id for each in catalog.powersets_of(name)]

    blaster = ["Blaster.Fire", "Blaster.Ice", "Epic.Flame", "Pool.Flight", "Support.Devices"]
    assert ids("class_BLASTER") == blaster, "sorted by group, then display name"
    assert ids("Class_Tanker") == ["Armor.Stone", "Epic.Cold", "Melee.Club", "Pool.Flight"]
    assert ids("Class_None") == []


def test_an_ancillary_set_of_its_own_needs_no_requirement(opened: Opened) -> None:
    made = made_source.source()
    cold = [each[4] for each in made.powersets].index("Epic.Cold")
    catalog = opened(with_changed(made, "powersets", cold, archetype="class_blaster"))
    assert "Epic.Cold" in [each.id for each in catalog.powersets_of("Class_Blaster")]


def test_a_power_has_its_numbers_and_effects(catalog: GameDatabase) -> None:
    blaze = catalog.power("blaster.fire.BLAZE")
    assert blaze
    assert (blaze.powerset, blaze.name, blaze.level) == ("Blaster.Fire", "Blaze", 18)
    assert blaze.enhancement_classes == (1, 4)
    assert blaze.click_buff is False
    first, second = blaze.effects
    assert first.original is None and first.modified is None
    assert first.scale == as_single(1.64)
    assert first.stacking is True
    assert second.modified and second.modified.arc == 90
    assert second.modified.effect_area == 3
    assert second.conditions == (("Taken:Blaster.Fire.Flares", "True"),)
    assert second.magnitude_expression == "rand() * 2"
    assert catalog.power("Blaster.Fire.Blaze") is blaze, "kept"
    assert catalog.power("Blaster.Fire.None") is None
    drone = catalog.power("Support.Devices.Drone")
    assert drone and drone.requirement.required_powers == (("Blaster.Fire.Flares", ""),)
    assert drone.effects[0].summon == "Pets_Drone"


def test_the_first_of_a_duplicate_counts(opened: Opened) -> None:
    made = made_source.source()
    made = replace(
        made,
        archetypes=(*made.archetypes, archetype("class_blaster", 2, hit_points=5)),
        powersets=(*made.powersets, powerset("blaster.fire", 1, display_name="Second")),
        powers=(
            *made.powers,
            power("Blaster.FIRE.Flares", effect(), effect(), effect(), static_index=-7),
            power("Blaster.Fire.New", static_index=made.powers[0][0]),
        ),
    )
    catalog = opened(made)
    found = catalog.archetype("Class_Blaster")
    assert found and found.hit_points == 1000
    fire = catalog.powerset("Blaster.Fire")
    assert fire and fire.display_name == "Fire"
    assert fire.powers == ("Blaster.Fire.Flares", "Blaster.Fire.Blaze", "Blaster.Fire.New")
    flares = catalog.power("Blaster.Fire.Flares")
    assert flares and len(flares.effects) == 2
    assert catalog.power_by_static_index(flares.static_index) is flares
    assert catalog.power_by_static_index(-7) is flares, "a number leads to the name"
    assert catalog.power_by_static_index(123_456) is None
    assert len(catalog.archetypes()) == 4
    offered: list[str] = [each.id for each in catalog.powersets_of("Class_Blaster")]
    assert offered.count("Blaster.Fire") == 1


def test_pieces_of_a_set_in_file_order(catalog: GameDatabase) -> None:
    luck = catalog.enhancement_set("LUCK")
    assert luck and luck.pieces == ("Crafted_Luck_A", "Crafted_Luck_B")
    assert luck.bonuses == (SetBonus(2, 0, ("Set_Bonus.Set_Bonus.Damage_1",)),)  # type: ignore[arg-type]
    assert luck.specials == ((), ("Set_Bonus.Set_Bonus.Damage_1",))
    assert (luck.level_min, luck.level_max) == (10, 50)
    assert catalog.enhancement_sets() == (luck,)
    first, second, normal = catalog.enhancements()
    assert [each.piece for each in (first, second, normal)] == [0, 1, -1]
    assert (first.level_min, first.level_max) == (10, 50)
    assert first.power == "Boosts.Crafted_Luck_A.Crafted_Luck_A"
    assert second.power == ""
    assert catalog.enhancement("crafted_luck_b") is second
    assert catalog.enhancement("x") is None
    assert second.lines[0].effect and second.lines[0].effect.attribute == 13
    assert first.lines[0].effect is None and first.lines[0].aspect == 1


def test_classes_of_enhancements_become_index_numbers(catalog: GameDatabase) -> None:
    normal = catalog.enhancement("Magic_Accuracy")
    assert normal and normal.classes == (1, 4), "rows 0 and 3"
    assert (normal.level_min, normal.level_max) == (0, 0), "-1 is none"
    assert [each.index for each in catalog.enhancement_classes()] == [1, 2, 3, 4]
    assert [each.name for each in catalog.set_types()] == ["Untyped", "Ranged Damage"]
    assert catalog.special_kinds()[1].short_name == "HO"


def test_entities(catalog: GameDatabase) -> None:
    drone = catalog.entity("PETS_drone")
    assert drone and drone.henchman is True
    assert drone.archetype == "Class_Pet"
    assert drone.powersets == ("Pets.Drone",)
    assert catalog.entity("x") is None


@pytest.mark.parametrize(
    ("table", "level", "column", "value"),
    [
        ("Ranged_Damage", 1, 0, -10.5),
        ("ranged_damage", 50, 0, 38.5),
        ("Ranged_Damage", 55, 2, 0.25),
        ("Ranged_Damage", 0, 0, 0.0),
        ("Ranged_Damage", 56, 0, 0.0),
        ("Ranged_Damage", 1, 3, 0.0),
        ("Ranged_Damage", 1, -1, 0.0),
        ("Nothing", 1, 0, 0.0),
    ],
)
def test_modifiers(
    catalog: GameDatabase, table: str, level: int, column: int, value: float
) -> None:
    assert catalog.modifier(table, level, column) == value
    assert catalog.has_modifier_table(table) == (table.lower() == "ranged_damage")


def test_the_ruleset_comes_from_the_data(catalog: GameDatabase) -> None:
    rules = catalog.ruleset
    assert rules.realm == "Made"
    assert rules.levels[:2] == (LevelGrant(1, 0), LevelGrant(0, 2))
    assert rules.enhancements.ed_thresholds[1] == (0.4, 0.5, 0.6000000000000001)
    assert len(rules.enhancements.inventions) == 53
    assert rules.hard_fly_speed == 257.985
    assert rules.stamina_slot_levels == (12, 22)
    assert rules.incarnates == (("Alpha", True), ("Omega", False))


def test_warming_loads_whole_sets(catalog: GameDatabase) -> None:
    catalog.warm(["Blaster.Fire", "No.Set", "pool.flight"])
    assert len(catalog._powers) == 3


def test_any_thread_may_ask(catalog: GameDatabase) -> None:
    found: list[int] = []
    threads = [
        Thread(target=lambda name: found.append(len(catalog.powers(name))), args=(each.id,))
        for each in catalog.powersets()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 12


def _damaged(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + 4096] = b"\xa5" * 4096
    path.write_bytes(data)


def _older(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 0")
    connection.close()


def _without_texts(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM texts WHERE form = 'maths'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.write_bytes(b""), "not a game database"),
        (lambda path: path.write_bytes(b"some text " * 1000), "not a game database"),
        (lambda path: path.unlink(), "There is no game database"),
        (_older, "older version.*Import the game data again"),
        (_without_texts, "incomplete.*Import the game data again"),
        (lambda path: path.write_bytes(path.read_bytes()[:30_000]), "damaged|not a game"),
        (lambda path: _damaged(path, 4096), "damaged"),
    ],
)
def test_what_is_no_database_is_refused_in_one_sentence(
    catalog: GameDatabase, tmp_path: Path, spoil: Callable[[Path], object], message: str
) -> None:
    path = tmp_path / "a.db"
    catalog.close()
    spoil(path)
    with pytest.raises(GameDatabaseError, match=message) as caught:
        GameDatabase(path)
    assert str(path) in caught.value.user_message
    assert "\n" not in caught.value.user_message


def test_damage_met_later_is_reported_too(catalog: GameDatabase, tmp_path: Path) -> None:
    catalog.close()
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'effects'"
        page = connection.execute(query).fetchone()[0]
    connection.close()
    _damaged(path, (page - 1) * 4096)
    spoiled = GameDatabase(path)
    with pytest.raises(GameDatabaseError, match="damaged"):
        spoiled.power("Blaster.Fire.Flares")


def test_the_file_is_only_read(catalog: GameDatabase, tmp_path: Path) -> None:
    with pytest.raises(GameDatabaseError, match="readonly"):
        catalog._file.rows("DELETE FROM powers")
    assert {each.name for each in tmp_path.iterdir()} == {"a.db", "source.json"}


def test_a_path_may_hold_any_letter(catalog: GameDatabase, tmp_path: Path) -> None:
    odd = tmp_path / "50% über? #1 & more.db"
    odd.write_bytes((tmp_path / "a.db").read_bytes())
    assert GameDatabase(odd).key == catalog.key


def test_names_can_be_searched(catalog: GameDatabase) -> None:
    query = "SELECT kind, id FROM search WHERE search MATCH 'name : fla*' ORDER BY rowid"
    assert catalog._file.rows(query) == [
        ("powerset", "Epic.Flame"),
        ("power", "Blaster.Fire.Flares"),
    ]
    found = [(each.kind, each.id) for each in catalog.search(Terms((("fla",),)), 10)]
    # What is called so goes before what belongs to something called so.
    assert sorted(found[:2]) == [
        ("power", "Blaster.Fire.Flares"),
        ("powerset", "Epic.Flame"),
    ]
    assert found[2:] == [("power", "Epic.Flame.Char")]


def test_every_table_has_a_key_first() -> None:
    for name, spec in TABLES.items():
        assert spec.names[0] == ("name" if name == "meta" else "position")
        assert len(set(spec.names)) == len(spec.names)
