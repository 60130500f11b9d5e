"""The real data folder through the whole pipeline and back. One import serves all tests here."""

import json
import lzma
from pathlib import Path

import pytest

from importer import export, pack, pipeline
from importer.issues import Report, Severity
from importer.pipeline import Options
from importer.progress import Progress
from midsdesk.storage.gamedb.reader import GameDatabase
from tests.helpers.gamedata import OLD_PACKS, pack_file, packed_catalog
from tests.helpers.shared import HOMECOMING, needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    report = Report(str(HOMECOMING))
    out = tmp_path_factory.mktemp("real") / "real.db"
    return pipeline.run(HOMECOMING, out, Options(), report), report


@pytest.fixture(scope="module")
def catalog(imported: tuple[Path, Report]) -> GameDatabase:
    return GameDatabase(imported[0])


def test_nothing_is_lost_and_nothing_is_an_error(imported: tuple[Path, Report]) -> None:
    _, report = imported
    assert report.counts["powers"] == 9634
    assert report.counts["effects"] == 65_496
    assert report.counts["enhancements"] == 1288
    assert report.count(Severity.ERROR) == 0
    assert report.count(Severity.WARNING) > 1000, "real data has hundreds of loose ends"
    twice = {issue.record for issue in report.issues if "the first counts" in issue.message}
    assert twice == {"archetype class_minion_henchman", "power 3484"}


def test_exported_as_mids_files_it_is_the_same_byte_for_byte(
    imported: tuple[Path, Report], tmp_path: Path
) -> None:
    source = export.to_source(imported[0])
    assert export.write_folder(source, tmp_path, Progress()) == 21
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (HOMECOMING / file.name).read_bytes(), file.name
    left_out = {each.name for each in HOMECOMING.iterdir()} - {
        each.name for each in tmp_path.iterdir()
    }
    assert left_out == {"README.md", "legacy"}


def test_exported_as_json_and_imported_it_is_the_same_file(
    imported: tuple[Path, Report], tmp_path: Path
) -> None:
    export.write_json(export.to_source(imported[0]), tmp_path / "a.json", Progress())
    again = pipeline.run(tmp_path / "a.json", tmp_path / "b.db", Options(), Report(""))
    assert again.read_bytes() == imported[0].read_bytes()


def test_the_pack_in_the_project_is_made_from_it(
    imported: tuple[Path, Report], tmp_path: Path
) -> None:
    source = export.to_source(imported[0])
    path = pack.write(pack.named(source, "Homecoming"), tmp_path, Progress())
    assert path.name == pack_file().name
    assert lzma.decompress(path.read_bytes()) == lzma.decompress(pack_file().read_bytes())
    assert path.stat().st_size < 3_000_000
    made, kept = (
        json.loads((folder / "manifest.json").read_text("utf-8"))
        for folder in (tmp_path, OLD_PACKS)
    )
    assert made["content_hash"] == kept["content_hash"]


def test_the_pack_gives_the_same_numbers(catalog: GameDatabase) -> None:
    packed = packed_catalog()
    assert packed.name == "Homecoming"
    assert packed.ruleset == catalog.ruleset
    assert packed.archetypes() == catalog.archetypes()
    assert packed.enhancements() == catalog.enhancements()
    assert packed.enhancement_sets() == catalog.enhancement_sets()
    assert packed.set_types() == catalog.set_types()
    for ours, theirs in zip(packed.powersets(), catalog.powersets(), strict=True):
        assert ours.powers == theirs.powers
        assert packed.powers(ours.id) == catalog.powers(theirs.id)


def test_known_facts(catalog: GameDatabase) -> None:
    assert len(catalog.powersets_of("Class_Blaster")) == 49
    assert catalog.modifier("Ranged_Damage", 50, 0) == pytest.approx(-62.5615, abs=1e-4)
    luck = catalog.enhancement_set("luck_of_the_gambler")
    assert luck and len(luck.pieces) == 6
    assert luck.specials[-1] == ("Set_Bonus.Set_Bonus.Luck_of_the_Gambler",)
    assert catalog.ruleset.realm == "Homecoming"
    assert len(catalog.ruleset.pick_levels) == 24
    assert sum(grant.slots for grant in catalog.ruleset.levels) == 67
