"""Every line of a text is told: understood, taken otherwise, or left out."""

import re

import pytest

from midsdesk.formats import forms
from midsdesk.formats.forms import Form, Reading
from midsdesk.formats.issues import Severity
from midsdesk.formats.report_markup import plain_text
from tests.formats.whole_builds import CATALOG
from tests.helpers.builds import BUILDS, SAMPLES, sample
from tests.helpers.shared import needs_shared

_FRAME = re.compile(r"^\s*-{6,}\s*$|^\s*Character Profile:\s*$")


def told(reading: Reading) -> set[int]:
    lines = {each.line for each in reading.understood}
    lines |= {each.line for each in reading.issues}
    return lines | {each.line for each in reading.choices}


def untold(text: str, reading: Reading) -> list[str]:
    found = told(reading)
    lines = list(enumerate(text.splitlines(), 1))
    end = next((n for n, line in lines if line.strip() == "Badges Earned:"), len(lines))
    return [
        line
        for number, line in lines[:end]
        if line.strip() and not _FRAME.match(line) and number not in found
    ]


@needs_shared
@pytest.mark.parametrize(
    "name",
    [
        *(f"{name}.game.txt" for name in SAMPLES),
        "quirks/game-odd.game.txt",
        "quirks/game-forms.game.txt",
        "quirks/game-low-level.game.txt",
        "posts/buildsave-corruptor-28.txt",
        "posts/buildsave-tanker-50.txt",
        "bad/46-game-odd-lines.txt",
    ],
)
def test_no_line_of_the_game_is_passed_over_in_silence(name: str) -> None:
    data = (BUILDS / name).read_bytes()
    assert untold(data.decode(), forms.read(data, CATALOG)) == []


@needs_shared
@pytest.mark.parametrize("name", ["report-only.txt", "report-bbcode-long.txt"])
def test_no_line_of_a_report_is_passed_over_in_silence(name: str) -> None:
    data = (BUILDS / "quirks" / name).read_bytes()
    reading = forms.read(data, CATALOG)
    text = plain_text(data.decode())
    powers = [line for line in text.splitlines() if line.lstrip().startswith("Level ")]
    assert len(powers) > 24
    assert [line for line in untold(text, reading) if line.lstrip().startswith("Level ")] == []
    assert [line for line in untold(text, reading) if line.lstrip().startswith("(")] == []


@needs_shared
def test_the_lines_say_what_they_became() -> None:
    data = (BUILDS / "bad" / "46-game-odd-lines.txt").read_bytes()
    reading = forms.read(data, CATALOG)
    lines = data.decode().splitlines()
    (snowball,) = [each for each in reading.choices if "Snowball" in each.original]
    assert "Snowball" in lines[snowball.line - 1]
    lost = {each.line for each in reading.issues if each.severity == Severity.LOST}
    assert snowball.line in lost
    by_line = {each.line: each for each in reading.understood}
    fire_blast = next(n for n, line in enumerate(lines, 1) if "Fire_Blast Fire_Blast" in line)
    index = reading.build.find("Blaster_Ranged.Fire_Blast.Fire_Blast")
    assert index is not None
    assert (
        by_line[fire_blast].outcome
        == f"Fire Blast, {len(reading.build.entries[index].slots)} slots"
    )
    assert snowball.line not in by_line


@needs_shared
def test_a_report_written_here_is_understood_line_by_line() -> None:
    build = sample("tanker-invuln-ss")
    data = forms.write(build, Form.REPORT, CATALOG)
    reading = forms.read(data, CATALOG)
    powers = [each for each in reading.understood if each.original.startswith("Level ")]
    taken = [entry for entry in reading.build.entries if not entry.is_empty]
    assert len([each for each in powers if ":" in each.original[:10]]) >= len(taken)
