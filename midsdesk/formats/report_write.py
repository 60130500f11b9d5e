"""The report text as Mids Reborn 3.7 writes it: picks, slots and pieces by their short names.

Source: build files, section 8.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from midsdesk.formats.mbd_words import ALIGNMENT_WORDS
from midsdesk.formats.short_names import ShortNames, short_names
from midsdesk.model.build import ANCILLARY, POOL_PLACES, PRIMARY, SECONDARY, Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import ClassKind

PROGRAM: Final = "Mids Reborn 3.7.11"
ADDRESS: Final = "https://github.com/LoadedCamel/MidsReborn"
OLD_PROGRAM: Final = "Mids' Reborn : Hero Designer 2.7.3.51"
OLD_ADDRESS: Final = "https://github.com/Reborn-Team/Hero-Designer"
RULE: Final = "-" * 12
_TWO_RULES: Final = (ClassKind.VILLAIN, ClassKind.VILLAIN_EPIC)
_WIDE, _NARROW = 16, 8


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What the text shows.

    Attributes:
        levels: The levels of inventions.
        old_head: Its head is that of the programs before 2021.
    """

    levels: bool = True
    old_head: bool = False


def encode_report(build: Build, catalog: Catalog, options: ReportOptions = ReportOptions()) -> str:
    """Write the plain report, with the line ends it has in files."""
    side = ALIGNMENT_WORDS[build.alignment]
    lines = [
        *_head(side, old=options.old_head),
        "",
        _who(build, catalog),
        *_sets(build, catalog),
        "",
        f"{side} Profile:",
        RULE,
        *_entries(build, catalog, short_names(catalog), options),
        RULE,
    ]
    archetype = catalog.archetype(build.archetype)
    if archetype is not None and archetype.kind in _TWO_RULES:
        lines.append(RULE)
    return "".join(f"{line}\r\n" for line in (*lines, ""))


def _head(side: str, *, old: bool) -> tuple[str, str]:
    if old:
        return f"{side} Plan by {OLD_PROGRAM}", OLD_ADDRESS
    return f"This {side} build was built using {PROGRAM}", ADDRESS


def one_line(text: str) -> str:
    """A text that must stay in its line."""
    return " ".join(text.split())


def set_name(catalog: Catalog, powerset: str) -> str:
    """What a powerset is called; its full name where it is unknown."""
    known = catalog.powerset(powerset)
    return known.display_name if known is not None else powerset


def power_name(catalog: Catalog, power: str) -> str:
    """What a power is called; its full name where it is unknown."""
    known = catalog.power(power)
    return known.display_name if known is not None else power


def used_sets(build: Build, places: Iterable[int]) -> list[str]:
    """The powersets in these places of which a power is picked, in their order."""
    used = {entry.power.rpartition(".")[0].lower() for entry in build.picks}
    chosen = (build.powersets[place] for place in places)
    return [each for each in chosen if each and each.lower() in used]


def _who(build: Build, catalog: Catalog) -> str:
    archetype = catalog.archetype(build.archetype)
    shown = archetype.display_name if archetype is not None else build.archetype
    name = one_line(build.name)
    return f"{name + ': ' if name else ''}Level {build.level} {build.origin} {shown}"


def _sets(build: Build, catalog: Catalog) -> list[str]:
    lines = [
        f"Primary Power Set: {set_name(catalog, build.powersets[PRIMARY])}",
        f"Secondary Power Set: {set_name(catalog, build.powersets[SECONDARY])}",
    ]
    pools = used_sets(build, POOL_PLACES)
    lines += [f"Power Pool: {set_name(catalog, each)}" for each in pools]
    lines += [
        f"Ancillary Pool: {set_name(catalog, each)}" for each in used_sets(build, (ANCILLARY,))
    ]
    return lines


def _entries(
    build: Build, catalog: Catalog, names: ShortNames, options: ReportOptions
) -> list[str]:
    reached = build.level
    return [
        _line(entry, catalog, names, options)
        for index, entry in enumerate(build.entries)
        if not entry.is_empty or (index < build.pick_count and entry.level <= reached)
    ]


def _line(entry: PowerEntry, catalog: Catalog, names: ShortNames, options: ReportOptions) -> str:
    if entry.is_empty:
        return f"Level {entry.level}:\t[Empty]\t"
    name = power_name(catalog, entry.power)
    codes = slot_codes(entry, catalog, names, options)
    return f"Level {entry.level}:\t{name}\t{_gutter(name) + codes if codes else ''}"


def _gutter(name: str) -> str:
    return "\t" * (1 + (len(name) < _WIDE) + (len(name) < _NARROW))


def slot_codes(
    entry: PowerEntry, catalog: Catalog, names: ShortNames, options: ReportOptions
) -> str:
    """The codes of the slots of an entry, "" if it has none."""
    codes = []
    for number, slot in enumerate(entry.slots):
        piece = slot.enhancement
        known = catalog.enhancement(piece.enhancement) if piece else None
        if piece is None or known is None:
            code = "Empty"
        elif options.levels:
            code = names.code_with_level(known, piece.level)
        else:
            code = names.code(known)
        codes.append(f"{code}({slot.level if number else 'A'})")
    return ", ".join(codes)
