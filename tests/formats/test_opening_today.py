"""Builds made on the data of 2020 open on those that come with the program.

What has changed in the game since is said; nothing else is lost. The reasons beside the expected
answers come from the export itself.
"""

from pathlib import Path

import pytest

from midsdesk.errors import BuildFormatError
from midsdesk.formats import forms
from midsdesk.formats.detect import Form
from midsdesk.formats.issues import Issue
from tests.helpers.gamedata import default_catalog, packed_catalog
from tests.helpers.shared import SHARED, needs_shared

pytestmark = needs_shared

BUILDS = SHARED / "data" / "builds"


def samples() -> list[Path]:
    """Every sample and every legal oddity."""
    found = [*BUILDS.glob("*.*"), *(BUILDS / "quirks").glob("*.*")]
    return sorted(path for path in found if path.suffix not in (".md", ".mnu"))


def lost(issues: tuple[Issue, ...]) -> list[str]:
    """What a reading could not place."""
    words = ("unknown to the game data", "too many", "left out", "in the build twice", "no level")
    return [str(each) for each in issues if any(word in str(each) for word in words)]


def ids() -> list[str]:
    return [path.name for path in samples()]


@pytest.mark.parametrize("path", samples(), ids=ids())
def test_nothing_is_lost(path: Path) -> None:
    data = path.read_bytes()
    before = forms.read(data, packed_catalog(), path.name)
    now = forms.read(data, default_catalog(), path.name)
    known = set(lost(before.issues))
    new = [text for text in lost(now.issues) if text not in known]
    assert new == []
    assert len(now.build.entries) == len(before.build.entries)
    assert now.build.archetype == before.build.archetype
    slots = [sum(len(entry.slots) for entry in each.build.entries) for each in (before, now)]
    pieces = [
        sum(slot.enhancement is not None for entry in each.build.entries for slot in entry.slots)
        for each in (before, now)
    ]
    assert slots[0] == slots[1]
    assert pieces[0] == pieces[1]


@pytest.mark.parametrize("form", ["mbd", "mdbuild"])
@pytest.mark.parametrize("path", sorted(BUILDS.glob("*.mbd")), ids=lambda path: path.stem)
def test_what_was_opened_is_saved_and_opened_again_the_same(path: Path, form: str) -> None:
    """Names that were exchanged in the game are not exchanged a second time."""
    catalog = default_catalog()
    first = forms.read(path.read_bytes(), catalog, path.name).build
    stored = forms.write(first, Form(form), catalog)
    again = forms.read(stored, catalog, path.stem).build
    assert [entry.power for entry in again.entries] == [entry.power for entry in first.entries]
    assert first.made_with.version == catalog.version


def test_an_exchanged_name_means_its_former_bearer() -> None:
    """In 2020 the Stalker's `Deflection` was what the server calls `Active_Defense` now."""
    text = """{"BuiltWith": {"App": "Mids Reborn", "Version": "3.0", "Database": "Homecoming",
    "DatabaseVersion": "%s"}, "Class": "Class_Stalker", "Name": "", "PowerSets": [],
    "PowerEntries": [{"PowerName": "Stalker_Defense.Shield_Defense.Deflection", "Level": 1}]}"""
    catalog = default_catalog()

    def power(version: str) -> str:
        return forms.read((text % version).encode(), catalog, "a.mbd").build.entries[0].power

    assert power("2020.9.27") == "Stalker_Defense.Shield_Defense.Active_Defense"
    assert power(catalog.version) == "Stalker_Defense.Shield_Defense.Deflection"


def test_a_menu_is_still_no_build() -> None:
    data = (BUILDS / "tanker-invuln-ss.mnu").read_bytes()
    with pytest.raises(BuildFormatError):
        forms.read(data, default_catalog(), "tanker-invuln-ss.mnu")
