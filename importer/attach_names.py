"""Names of before: what the other data call by another name than the game does now.

Old files and posts name powers, sets and pieces as they were shown once; some names of powers were
exchanged, and an old file means the former bearer of such a name.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from importer.curated import tables
from importer.mhd import layout
from importer.mhd.layout import Record
from importer.source import Source, Values


def texts(
    source: Source,
    other: Source,
    aliases: Mapping[str, str],
    pieces: Sequence[Values],
    version: str,
) -> dict[str, Any]:
    """Return the small tables `former_names` and `exchanged_names`.

    Args:
        source: Of the server's export.
        other: Of a Mids folder.
        aliases: The server's name of a power in small letters -> the other's.
        pieces: The other's enhancements under the server's names.
        version: Of the other data.
    """
    sets = {one.rpartition(".")[0]: two.rpartition(".")[0] for one, two in aliases.items()}
    found = {
        **_former(layout.POWER, source.powers, other.powers, "full_name", aliases),
        **_former(layout.POWERSET, source.powersets, other.powersets, "full_name", sets),
        **_former(layout.ENHANCEMENT, source.enhancements, pieces, "uid"),
        **_former(layout.ENHANCEMENT_SET, source.enhancement_sets, other.enhancement_sets, "uid"),
    }
    return {
        "former_names": dict(sorted(found.items())),
        "exchanged_names": {"until": version, "names": _exchanged(source, other)},
    }


def _former(
    record: Record,
    ours: Iterable[Values],
    theirs: Iterable[Values],
    key: str,
    aliases: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return key in small letters -> the other's display name, where it is another one."""
    at = record.position[key]
    shown = record.position["name" if record is layout.ENHANCEMENT else "display_name"]
    known: dict[str, str] = {}
    for values in theirs:
        known.setdefault(values[at].lower(), values[shown])
    found = {}
    for values in ours:
        name = values[at].lower()
        former = known.get((aliases or {}).get(name, name), "").strip()
        if former and former.lower() != values[shown].strip().lower():
            found[name] = former
    return found


def _exchanged(source: Source, other: Source) -> dict[str, str]:
    """Return names of both data that mean different powers: old name in small letters -> ours."""
    at = layout.POWER.position["full_name"]
    both = {values[at].lower() for values in source.powers}
    both &= {values[at].lower() for values in other.powers}
    return {old.lower(): new for old, new, _ in tables.read("renames.tsv") if old.lower() in both}
