"""What an export may lack or get wrong: a report with the place, or no import at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importer import pipeline
from importer.issues import Report, Severity
from importer.pipeline import Options
from importer.progress import ImportCancelled, Progress
from importer.readers.server_export import files, reader
from midsdesk.errors import ImportRefusedError, SourceFormatError
from midsdesk.storage.gamedb.reader import GameDatabase
from tests.importer.server_export import made_export
from tests.importer.server_export.conftest import Read
from tests.importer.server_export.made_export import group, power, template

ReadFiles = Callable[[made_export.Files], Read]


def run(content: made_export.Files, folder: Path, out: Path, **options: Any) -> Report:
    """Import small files."""
    report = Report("made")
    path = made_export.write_zip(folder / "export.zip", content)
    pipeline.run(path, out, Options(**options), report)
    return report


def with_effect(attrib: str, **params: Any) -> made_export.Files:
    """The small export with one more effect in a power a player picks."""
    content = made_export.files()
    flares = content["powers/blaster_ranged/fire/flares.json"]
    flares["effects"] = [group(template([attrib], params=params))]
    return content


def test_an_export_is_known_by_its_content(tmp_path: Path) -> None:
    content = made_export.files()
    folder = made_export.write_folder(tmp_path / "folder", content)
    inside = {f"some/where/{name}": value for name, value in content.items()}
    archive = made_export.write_zip(tmp_path / "a.bin", inside)
    assert files.looks_like(folder)
    assert files.looks_like(archive)
    assert not files.looks_like(tmp_path)
    assert not files.looks_like(tmp_path / "missing")
    (tmp_path / "text.zip").write_text("no zip")
    assert not files.looks_like(tmp_path / "text.zip")
    first, _ = reader.read(folder, Progress())
    second, _ = reader.read(archive, Progress())
    assert first == second


def test_the_same_export_gives_the_same_bytes(tmp_path: Path) -> None:
    outs = [tmp_path / "1.db", tmp_path / "2.db"]
    for out in outs:
        run(made_export.files(), tmp_path, out)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_no_zip_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x03\x04 but no more")
    with pytest.raises(SourceFormatError, match=r"x\.zip cannot be read"):
        reader.read(path, Progress())


def test_without_the_index_of_classes_there_is_no_import(read: ReadFiles) -> None:
    content = made_export.files()
    del content["archetypes/index.json"]
    with pytest.raises(SourceFormatError, match=r"archetypes/index\.json is missing"):
        read(content)


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"full_name": 3}', '{"effects": 0}'])
def test_a_damaged_power_is_named_and_stops_the_import(text: str, tmp_path: Path) -> None:
    content = made_export.files()
    content["powers/blaster_ranged/fire/bolt.json"] = text
    with pytest.raises(ImportRefusedError, match="blaster_ranged/fire"):
        run(content, tmp_path, tmp_path / "out.db")
    assert not (tmp_path / "out.db").exists()


def test_a_missing_power_of_a_player_stops_and_the_old_data_stays(tmp_path: Path) -> None:
    out = tmp_path / "out.db"
    run(made_export.files(), tmp_path, out)
    before = out.read_bytes()
    content = made_export.files()
    del content["powers/blaster_ranged/fire/bolt.json"]
    with pytest.raises(ImportRefusedError, match=r"blaster_ranged\.fire\.bolt"):
        run(content, tmp_path, out)
    assert out.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["export.zip", "out.db"]


def test_a_missing_power_nobody_picks_is_a_warning(read: ReadFiles) -> None:
    content = made_export.files()
    content |= made_export.powerset("Pets.Imp", power("Pets.Imp.Bite"), power("Pets.Imp.Claw"))
    del content["powers/pets/imp/claw.json"]
    assert (
        "warning powers/pets/imp power_names The set lists pets.imp.claw" in read(content).texts()
    )


@pytest.mark.parametrize("attrib", ["Grant_Power", "Execute_Power"])
def test_a_playable_power_that_dangles_stops_the_import(attrib: str, tmp_path: Path) -> None:
    content = with_effect(attrib, type="Power", power_names=["No.Such.Power"])
    with pytest.raises(ImportRefusedError, match=r"No\.Such\.Power"):
        run(content, tmp_path, tmp_path / "out.db")
    report = run(content, tmp_path, tmp_path / "out.db", force=True)
    issue = next(each for each in report.issues if each.severity is Severity.ERROR)
    assert issue.place == "powers, power Blaster_Ranged.Fire.Flares, effects[0].summon"


def test_a_redirect_that_dangles_stops_the_import(tmp_path: Path) -> None:
    content = made_export.files()
    flares = content["powers/blaster_ranged/fire/flares.json"]
    flares["redirect"] = [{"name": "Redirects.Gone.Gone", "condition_expression": "Always"}]
    with pytest.raises(ImportRefusedError, match=r"Redirects\.Gone\.Gone"):
        run(content, tmp_path, tmp_path / "out.db")


def test_an_entity_without_a_file_stops_the_import(tmp_path: Path) -> None:
    content = with_effect("Create_Entity", type="EntCreate", entity_def="Pets_Nobody")
    with pytest.raises(ImportRefusedError, match="no entity Pets_Nobody"):
        run(content, tmp_path, tmp_path / "out.db")


def test_dangling_in_a_power_nobody_picks_is_a_warning(tmp_path: Path) -> None:
    content = made_export.files()
    params = {"type": "Power", "power_names": ["No.Such.Power"]}
    pet = power("Pets.Imp.Bite", effects=[group(template(["Grant_Power"], params=params))])
    content |= made_export.powerset("Pets.Imp", pet)
    report = run(content, tmp_path, tmp_path / "out.db")
    assert any("No.Such.Power" in each.message for each in report.issues)
    assert report.count(Severity.ERROR) == 0


def test_a_class_without_tables(tmp_path: Path) -> None:
    content = made_export.files()
    del content["tables/minion_pets.json"]
    report = run(content, tmp_path, tmp_path / "out.db")
    issue = next(each for each in report.issues if "no tables" in each.message)
    assert (issue.severity, issue.record) == (Severity.WARNING, "class minion_pets")
    del content["tables/blaster.json"]
    with pytest.raises(ImportRefusedError, match=r"tables/blaster\.json"):
        run(content, tmp_path, tmp_path / "out2.db")


def test_a_class_without_a_file(read: ReadFiles) -> None:
    content = made_export.files()
    del content["archetypes/minion_pets.json"]
    found = read(content)
    assert len(found.source.archetypes) == 1
    assert "class minion_pets The file is missing." in found.texts()


def test_tables_may_stand_beside_the_base_values(read: ReadFiles) -> None:
    content = made_export.files()
    named = content.pop("tables/blaster.json")["named_tables"]
    content["archetypes/blaster.json"]["named_tables"] = {
        name: {"name": name, "values": numbers} for name, numbers in named.items()
    }
    assert read(content).source == read(made_export.files()).source


def test_redirects_in_a_circle(tmp_path: Path) -> None:
    content = made_export.files()
    first, second = (
        content[f"powers/blaster_ranged/fire/{name}.json"] for name in ("flares", "bolt")
    )
    for one, other in ((first, second), (second, first)):
        one["redirect"] = [{"name": other["full_name"], "condition_expression": "Always"}]
    with pytest.raises(ImportRefusedError, match="lead in a circle"):
        run(content, tmp_path, tmp_path / "out.db")


def test_an_expression_never_seen_is_reported_with_its_power(read: ReadFiles) -> None:
    content = made_export.files()
    each = group(template(["Melee"]), requires_expression="a ## b")
    content["powers/blaster_ranged/fire/flares.json"]["effects"] = [each]
    found = read(content)
    assert found.effects("Blaster_Ranged.Fire.Flares")[0]["conditions"] == (("Never:", "True"),)
    assert (
        "power Blaster_Ranged.Fire.Flares The expression 'a ## b' cannot be read" in found.texts()
    )


def test_a_question_never_seen_is_counted(read: ReadFiles) -> None:
    content = made_export.files()
    each = group(template(["Melee"]), requires_expression="source.Juggles?(3)")
    content["powers/blaster_ranged/fire/flares.json"]["effects"] = [each]
    assert "condition source.juggles? Conditions ask for source.juggles?" in read(content).texts()


def test_a_set_whose_piece_has_no_power(tmp_path: Path) -> None:
    content = made_export.files()
    del content["powers/boosts/crafted_lucky_day_b/crafted_lucky_day_b.json"]
    with pytest.raises(ImportRefusedError, match="Lucky_Day"):
        run(content, tmp_path, tmp_path / "out.db")


def test_no_sets_at_all_and_a_damaged_one(read: ReadFiles) -> None:
    content = made_export.files()
    content["boost_sets/broken.json"] = {"name": "Broken"}
    assert "error boost_sets/broken.json  The set cannot be read" in read(content).texts()
    del content["boost_sets/broken.json"], content["boost_sets/lucky_day.json"]
    assert "There are no enhancement sets" in read(content).texts()


def test_a_set_of_an_unknown_group_fits_nowhere(read: ReadFiles) -> None:
    content = made_export.files()
    content["boost_sets/lucky_day.json"]["group_name"] = "Wholly New"
    assert "The group 'Wholly New' is unknown" in read(content).texts()


def test_a_cancel_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress(lambda stage, done, total: progress.cancel())
    with pytest.raises(ImportCancelled):
        run(made_export.files(), tmp_path, tmp_path / "out.db", progress=progress)
    assert [each.name for each in tmp_path.iterdir()] == ["export.zip"]


def test_a_database_from_the_export_alone_opens(tmp_path: Path) -> None:
    run(made_export.files(), tmp_path, tmp_path / "out.db")
    database = GameDatabase(tmp_path / "out.db")
    try:
        assert database.version == "2025.12.7415"
        assert database.ruleset.max_slots == 67
        assert (
            sum(grant.picks for grant in database.ruleset.levels) == 23
        )  # and the first secondary power
        flares = database.power("Blaster_Ranged.Fire.Flares")
        assert flares is not None
        assert [each.id for each in database.powersets_of("Class_Blaster")] == [
            "Blaster_Ranged.Fire",
            "Blaster_Support.Tricks",
        ]
        assert database.powers("Blaster_Ranged.Fire.Flares") == (flares,)
        archetype = database.archetype("Class_Blaster")
        assert archetype is not None
        assert archetype.hit_points == 1204.7587
    finally:
        database.close()
