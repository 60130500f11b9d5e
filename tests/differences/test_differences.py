"""Both sources give the same numbers where they agree; where not, each difference has a kind."""

from collections.abc import Iterator

import pytest

from tests.differences.measure import UNKNOWN, Tally, compare
from tests.differences.server import Server
from tests.differences.table import DOCS, as_text
from tests.helpers.gamedata import default_catalog, packed_catalog
from tests.helpers.shared import needs_shared

pytestmark = needs_shared

MOST_UNKNOWN = 0.01


@pytest.fixture(scope="module")
def tally() -> Iterator[Tally]:
    server = Server()
    yield compare(packed_catalog(), default_catalog(), server.own)
    server.close()


def test_all_common_powers_are_compared(tally: Tally) -> None:
    assert tally.powers > 4_400


def test_powers_both_sources_give_alike_have_the_same_numbers(tally: Tally) -> None:
    assert tally.alike > 700
    assert tally.broken == []


def test_hardly_a_difference_is_of_no_known_kind(tally: Tally) -> None:
    unknown = sum(number for kind, number in tally.kinds.items() if kind.endswith(UNKNOWN))
    assert unknown < MOST_UNKNOWN * sum(tally.kinds.values())


def test_the_document_says_what_was_measured(tally: Tally) -> None:
    assert DOCS.read_text("utf-8") == as_text(tally)
