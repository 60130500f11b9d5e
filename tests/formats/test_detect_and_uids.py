import pytest

from midsdesk.errors import BuildFormatError
from midsdesk.formats.detect import Form, detect, refusal
from midsdesk.formats.uids import find_by_long_name, find_by_uid
from tests.helpers.builds import BUILDS
from tests.helpers.gamedata import packed_catalog
from tests.helpers.shared import needs_shared


@needs_shared
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("blaster-fire-energy.mbd", Form.MBD),
        ("blaster-fire-energy-3.20.mxd", Form.MXD),
        ("blaster-fire-energy-1.01.mxd", Form.MXD),
        ("blaster-fire-energy.mxd-chunk.txt", Form.MXD_BLOCK),
        ("blaster-fire-energy.mbd-chunk.txt", Form.MBD_CHUNK),
        ("blaster-fire-energy.link.txt", Form.LINK),
        ("blaster-fire-energy.game.txt", Form.GAME_TEXT),
        ("blaster-fire-energy.report.txt", Form.REPORT),
        ("quirks/bare-binary.mxd", Form.MXD_BINARY),
        ("quirks/share-base64.txt", Form.SHARE_TEXT),
        ("quirks/share-3.5.2.txt", Form.SHARE_TEXT),
        ("bad/44-oldest-form.txt", Form.OLD_BLOCK),
        ("bad/43-share-link.txt", Form.SHARE_LINK),
        ("bad/48-plain-text.txt", None),
    ],
)
def test_forms_are_told_by_content(name: str, kind: Form | None) -> None:
    assert detect((BUILDS / name).read_bytes()) == kind


@pytest.mark.parametrize("kind", [*Form, None])
def test_what_cannot_be_opened_says_so(kind: Form | None) -> None:
    assert refusal(kind).startswith(("This is a", "This link only", "There is no build"))


def test_a_game_database_is_called_one() -> None:
    with pytest.raises(BuildFormatError, match="game database"):
        detect(b"Mids Reborn Powers\x00\x01\x02")


@pytest.mark.parametrize(
    ("uid", "found"),
    [
        pytest.param("Crafted_Accuracy", "Crafted_Accuracy", id="exact"),
        pytest.param("crafted_accuracy", "Crafted_Accuracy", id="case"),
        pytest.param(
            "Superior_Blasters_Wrath_A",
            "Superior_Attuned_Superior_Blasters_Wrath_A",
            id="only one contains it",
        ),
        pytest.param("Crafted_Artillery_A", "Crafted_Shrapnel_A", id="renamed"),
        pytest.param("A", None, id="too short to mean anything"),
        pytest.param("Crafted_", None, id="many contain it"),
        pytest.param("Crafted_Teapot", None, id="unknown"),
    ],
)
def test_finding_by_uid(uid: str, found: str | None) -> None:
    item = find_by_uid(packed_catalog(), uid)
    assert (item.id if item else None) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Armageddon: Recharge/Accuracy", "Crafted_Armageddon_D"),
        ("armageddon: accuracy/recharge", "Crafted_Armageddon_D"),
        ("Invention: Accuracy", "Crafted_Accuracy"),
        ("Teapot: Handle", None),
    ],
)
def test_finding_by_long_name(name: str, found: str | None) -> None:
    item = find_by_long_name(packed_catalog(), name)
    assert (item.id if item else None) == found
