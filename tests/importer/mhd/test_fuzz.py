"""A hundred thousand broken files: nothing but `SourceFormatError` comes out, and soon."""

import pytest

from tests.fuzz import codec


@pytest.mark.parametrize("seed", [1, 2])
def test_broken_files_are_refused_and_nothing_else(seed: int) -> None:
    outcome = codec.run(50_000, seed)
    assert outcome.failures == []
    assert outcome.refused > 25_000
    assert outcome.slowest_s < 2
