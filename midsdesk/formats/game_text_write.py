"""The text that the game itself writes for a build.

Source: build files, section 11.
"""

from typing import Final

from midsdesk.formats.game_text_pieces import write_piece
from midsdesk.formats.report_write import one_line
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog

RULE: Final = "-" * 18
UNNAMED: Final = "Unnamed"
_GROUPS_LAST: Final = ("pool", "epic", "incarnate", "temporary_powers")


def encode_game_text(build: Build, catalog: Catalog) -> str:
    """Write the text, with the line ends the game uses."""
    name = one_line(build.name) or UNNAMED
    lines = [
        f"{name}: Level {build.level} {build.origin} {build.archetype}",
        "",
        "Character Profile:",
        RULE,
    ]
    for entry in _in_order(build, catalog):
        lines += _power(entry, build, catalog)
    lines += [RULE, "Badges Earned:", RULE, "Level10", "Level50"]
    return "".join(f"{line}\n" for line in lines)


def _in_order(build: Build, catalog: Catalog) -> list[PowerEntry]:
    """Inherents as they stand, then primary, secondary, pools and epic, each by level."""
    archetype = catalog.archetype(build.archetype)
    main = [archetype.primary_group.lower(), archetype.secondary_group.lower()] if archetype else []
    sections = {name: number for number, name in enumerate((*main, *_GROUPS_LAST), 1)}

    def key(entry: PowerEntry) -> tuple[int, str, int]:
        group, _, rest = entry.power.lower().partition(".")
        number = sections.get(group, 0)
        if number == 0 or number > len(main) + 2:
            return number, "", 0
        return number, rest.partition(".")[0], entry.level

    return sorted((entry for entry in build.entries if not entry.is_empty), key=key)


def _power(entry: PowerEntry, build: Build, catalog: Catalog) -> list[str]:
    group, _, rest = entry.power.partition(".")
    powerset, _, name = rest.partition(".")
    lines = [f"Level {entry.level}: {group} {powerset} {name}"]
    for slot in entry.slots:
        piece = slot.enhancement
        lines.append(f"\t{write_piece(catalog, piece, build.origin) if piece else 'EMPTY'}")
    return lines
