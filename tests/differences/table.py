"""The table of differences as a document."""

from pathlib import Path

from tests.differences.measure import UNKNOWN, Tally
from tests.helpers.gamedata import ROOT

DOCS: Path = ROOT / "docs" / "differences.md"

_HEAD = """# The game of 2020 and of today

Every power that both data sets hold, calculated on both for an archetype that can have it: the old
planner's data of December 2020, and the server's export of December 2025. Numbers are equal when a
player sees the same (0.1 %). Made by `python -m tests.differences`; `tests/differences` holds it
against the data.

"""


def as_text(tally: Tally) -> str:
    """The document."""
    total = sum(tally.kinds.values())
    unknown = sum(number for kind, number in tally.kinds.items() if kind.endswith(UNKNOWN))
    lines = [
        "| | |",
        "|---|---:|",
        f"| powers in both | {tally.powers:,} |",
        f"| of them without any difference | {tally.same:,} |",
        f"| records alike in both sources | {tally.alike:,} |",
        f"| of these with another number | {len(tally.broken):,} |",
        f"| numbers that are equal | {tally.equal:,} |",
        f"| numbers that differ | {total:,} |",
        f"| of these of no known kind | {unknown:,} ({unknown / total:.2%}) |",
        "",
        "| kind of difference | number |",
        "|---|---:|",
        *(
            f"| {kind} | {number:,} |"
            for kind, number in sorted(tally.kinds.items(), key=lambda each: (-each[1], each[0]))
        ),
    ]
    return _HEAD + "\n".join(lines) + "\n"
