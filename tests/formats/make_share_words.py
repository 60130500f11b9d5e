"""Makes the words of share codes from the packed game data.

Run it with `python -m tests.formats.make_share_words`.

The lists are shipped and never change once released: a code of today must open in ten years. A new
list gets a new version of the code. A test holds the hash of the shipped lists.
"""

import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import PowersetKind
from tests.helpers.gamedata import ROOT, packed_catalog

_PICKED = (
    PowersetKind.PRIMARY,
    PowersetKind.SECONDARY,
    PowersetKind.POOL,
    PowersetKind.ANCILLARY,
)
_HEAD = '''"""Words of share codes, version 1: {about}.

Made by `tests/formats/make_share_words.py`. Never changed: the order is part of every code.
"""

from typing import Final

{name}: Final = """
{words}
"""
'''


def pieces(catalog: Catalog) -> Iterable[str]:
    """Pieces without their last letter, by which those of a set differ."""
    return (each.id[:-1] for each in catalog.enhancements())


def powers(catalog: Catalog) -> Iterable[str]:
    """Archetypes, origins, powersets to choose, and the last parts of their powers' names."""
    for archetype in catalog.archetypes():
        if archetype.playable:
            yield archetype.id
            yield from archetype.origins
    sets = [each for each in catalog.powersets() if each.kind in _PICKED]
    yield from (each.id for each in sets)
    yield from (power.rpartition(".")[2] for each in sets for power in each.powers)


def others(catalog: Catalog) -> Iterable[str]:
    """Full names of what stands behind the picks."""
    slots = [f"Incarnate.{name}" for name, offered in catalog.ruleset.incarnates if offered]
    for name in ("Inherent.Inherent", "Inherent.Fitness", "Temporary_Powers.Accolades", *slots):
        powerset = catalog.powerset(name)
        if powerset is not None:
            yield from powerset.powers


def write(target: Path, name: str, about: str, words: Iterable[str]) -> int:
    """Write one list; return how many words it has."""
    unique = list(dict.fromkeys(each for each in words if each and " " not in each))
    lines = textwrap.wrap(" ".join(unique), 100, break_long_words=False, break_on_hyphens=False)
    text = _HEAD.format(about=about, name=name, words="\n".join(lines))
    target.write_text(text, encoding="utf-8")
    return len(unique)


def main() -> None:
    catalog = packed_catalog()
    folder = ROOT / "midsdesk" / "formats"
    for name, about, words in (
        ("PIECES", "pieces without their last letter", pieces(catalog)),
        ("POWERS", "archetypes, origins, powersets and powers to pick", powers(catalog)),
        ("OTHERS", "powers that nobody picks", others(catalog)),
    ):
        target = folder / f"share_words_{name.lower()}.py"
        sys.stdout.write(f"{target}: {write(target, name, about, words)} words\n")


if __name__ == "__main__":
    main()
