"""What the game calls the pieces in a slot, and back.

Source: build files, section 11.1.
"""

from typing import Final

from midsdesk.formats.members import Notes
from midsdesk.formats.report_once import once
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement
from midsdesk.model.vocab import EnhancementKind, Grade, RelativeLevel

_ORIGINS: Final = ("science", "mutation", "magic", "natural", "technology")
_GENERIC: Final = "generic"
_MARKET: Final = "synthetic_"
_CRAFTED, _ATTUNED, _SUPERIOR = "Crafted_", "Attuned_", "Superior_Attuned_"
_MOST_BOOSTERS: Final = 5
_TOP: Final = 50
_MOST_OVER: Final = 3
# The other origin of a dual-origin piece, where we have to name one.
_SECOND: Final = {
    "magic": "Natural",
    "natural": "Magic",
    "science": "Mutation",
    "mutation": "Technology",
    "technology": "Science",
}


def read_piece(
    catalog: Catalog, token: str, level: int, boosters: int, place: str, notes: Notes
) -> SlottedEnhancement | None:
    """The piece of a slot line; None, with a note, if nothing is called so.

    Args:
        level: The number in brackets. boosters: The one behind the plus, 0 for none.
    """
    found = _find(catalog, token)
    if found is None:
        return None
    piece, grade, attuned = found
    if piece.kind in (EnhancementKind.NORMAL, EnhancementKind.SPECIAL):
        over = max(0, min(level - _TOP, _MOST_OVER))
        relative = RelativeLevel(RelativeLevel.EVEN + over)
        return SlottedEnhancement(piece.id, _TOP, grade, relative)
    if not 0 <= boosters <= _MOST_BOOSTERS:
        outcome = f"is no number of boosters; {_MOST_BOOSTERS} is taken."
        notes.add(place, f"+{boosters}", outcome)
        boosters = _MOST_BOOSTERS
    top = top_level(piece)
    kept = top if attuned else min(max(1, level), _TOP)
    if not attuned and level > _TOP:
        notes.add(place, str(level), f"is no level of a piece; {kept} is taken.")
    return SlottedEnhancement(piece.id, kept, relative_level=RelativeLevel(4 + boosters))


def top_level(piece: Enhancement) -> int:
    """Highest level of a piece; those that exist in a growing form only name none."""
    return min(_TOP, piece.level_max) if piece.level_max > 0 else _TOP


def _find(catalog: Catalog, token: str) -> tuple[Enhancement, Grade, bool] | None:
    """The piece, its grade, and whether it grows with the character."""
    name = token[len(_MARKET) :] if token.lower().startswith(_MARKET) else token
    attuned = name.lower().startswith((_ATTUNED.lower(), _SUPERIOR.lower()))
    known = catalog.enhancement(name)
    if known is not None:
        single = known.kind in (EnhancementKind.NORMAL, EnhancementKind.SPECIAL)
        return known, Grade.SINGLE if single else Grade.NONE, attuned
    if attuned:
        bare = name[len(_SUPERIOR if name.lower().startswith("superior") else _ATTUNED) :]
        known = catalog.enhancement(f"{_CRAFTED}{bare}")
    known = known or _plain_names(catalog).get(_plain(name))
    if known is None and "artillery_" in name.lower():
        # The game renamed the pieces of this set.
        known = catalog.enhancement(f"{_CRAFTED}Shrapnel_{name.rpartition('_')[2]}")
    if known is not None:
        return known, Grade.NONE, attuned
    return _origin_piece(catalog, name)


def _origin_piece(catalog: Catalog, name: str) -> tuple[Enhancement, Grade, bool] | None:
    words = name.lower().split("_")
    if words[0] == _GENERIC:
        count, grade = 1, Grade.TRAINING
    elif words[0] not in _ORIGINS:
        return None
    elif len(words) > 2 and words[1] in _ORIGINS:
        count, grade = 2, Grade.DUAL
    else:
        count, grade = 1, Grade.SINGLE
    known = catalog.enhancement("Magic_" + "_".join(name.split("_")[count:]))
    return (known, grade, False) if known is not None else None


def _plain(name: str) -> str:
    return name.replace("'", "").lower()


@once
def _plain_names(catalog: Catalog) -> dict[str, Enhancement]:
    """Pieces by their ids without apostrophes, which the game leaves out."""
    return {_plain(each.id): each for each in catalog.enhancements() if "'" in each.id}


def write_piece(catalog: Catalog, piece: SlottedEnhancement, origin: str) -> str:
    """The slot line of a piece, without its tab."""
    known = catalog.enhancement(piece.enhancement)
    if known is None:
        return f"{piece.enhancement} ({piece.level})"
    over = int(piece.relative_level) - int(RelativeLevel.EVEN)
    if known.kind in (EnhancementKind.NORMAL, EnhancementKind.SPECIAL):
        token = _origin_token(known, piece.grade, origin)
        return f"{token} ({_TOP + max(0, over)})"
    token = known.id.replace("'", "")
    if token.startswith((_ATTUNED, _SUPERIOR)):
        return f"{token} (1)"
    if _grows(catalog, known) and over <= 0 and piece.level >= top_level(known):
        return f"{_ATTUNED}{token.removeprefix(_CRAFTED)} (1)"
    return f"{token} ({piece.level}{f'+{over}' if over > 0 else ''})"


def _grows(catalog: Catalog, piece: Enhancement) -> bool:
    """Whether the game has the piece in a form that grows: sets with a range of levels."""
    owner = catalog.enhancement_set(piece.set_id) if piece.set_id else None
    return owner is not None and owner.level_min < owner.level_max


def _origin_token(piece: Enhancement, grade: Grade, origin: str) -> str:
    if piece.kind == EnhancementKind.SPECIAL:
        return piece.id
    name = piece.id.partition("_")[2]
    if grade == Grade.TRAINING:
        return f"Generic_{name}"
    if grade == Grade.DUAL:
        return f"{origin}_{_SECOND.get(origin.lower(), 'Magic')}_{name}"
    return f"{origin}_{name}"
