"""Tests on the large data skip where it is absent, and never where it must be there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.checkout import ROOT
from tests.helpers.shared import SHARED

PROBE = """
from tests.helpers.shared import HOMECOMING, needs_shared

@needs_shared
def test_probe():
    assert HOMECOMING.is_dir()
"""


@pytest.mark.parametrize(
    ("required", "outcome"),
    [
        pytest.param("0", "1 skipped", id="absent and not asked for: skipped, with the reason"),
        pytest.param("1", "1 failed", id="absent but asked for: failed"),
    ],
)
def test_absent_data(required: str, outcome: str, tmp_path: Path) -> None:
    closing = _run_probe(tmp_path, {"MIDSDESK_REQUIRE_SHARED": required})
    assert outcome in closing


def test_absent_data_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in _run_probe(tmp_path, {"MIDSDESK_REQUIRE_SHARED": "0"})


def test_nothing_skips_where_the_data_is() -> None:
    """`make test` asks for the data wherever its folder lies beside the checkout."""
    if SHARED.is_dir():
        assert (SHARED / "data" / "homecoming-2020").is_dir()


def _run_probe(folder: Path, environment: dict[str, str]) -> str:
    probe = folder / "test_probe.py"
    probe.write_text(PROBE, encoding="utf-8")
    absent = {"MIDSDESK_SHARED": str(folder / "nowhere"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "-p", "no:randomly"]
    done = subprocess.run(
        [*command, "--rootdir", str(folder), "-c", os.devnull, str(probe)],
        cwd=folder,
        env={**os.environ, **absent, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout
