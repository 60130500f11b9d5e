"""Enhancements and their sets out of a game database: who belongs to whom."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from midsdesk.model.game import (
    Effect,
    Enhancement,
    EnhancementLine,
    EnhancementSet,
    SetBonus,
)
from midsdesk.model.ids import EnhancementId, PowerId
from midsdesk.model.vocab import EnhancementKind
from midsdesk.storage.gamedb import shapes
from midsdesk.storage.gamedb.connection import ReadConnection


@dataclass(frozen=True, slots=True)
class Pieces:
    """All enhancements and all sets, in file order."""

    enhancements: tuple[Enhancement, ...]
    sets: tuple[EnhancementSet, ...]


def read(
    file: ReadConnection,
    *,
    effects: Mapping[int, Effect],
    class_indices: Sequence[int],
    power_named: Callable[[str], str],
) -> Pieces:
    """Read them all.

    Args:
        file: The database.
        effects: Position of a line -> its own effect.
        class_indices: For each row of the enhancement classes its index: enhancements name a
            class by row, from 0, everything else by index.
        power_named: Gives a power's name as it is written, "" if there is none.
    """
    lines = _lines(file, effects)
    members: dict[str, list[EnhancementId]] = defaultdict(list)
    found = []
    query = f"SELECT {shapes.ENHANCEMENTS.columns} FROM enhancements ORDER BY position"
    for row in file.rows(query):
        fields = dict(zip(shapes.ENHANCEMENTS.names, shapes.ENHANCEMENTS.values(row), strict=True))
        fields["classes"] = tuple(
            class_indices[at] for at in fields["classes"] if 0 <= at < len(class_indices)
        )
        piece = -1
        if fields["kind"] == EnhancementKind.SET and fields["set_id"]:
            siblings = members[fields["set_id"].lower()]
            piece = len(siblings)
            siblings.append(fields["id"])
        uid = fields["id"]
        found.append(
            Enhancement(
                **fields,
                piece=piece,
                power=PowerId(power_named(f"Boosts.{uid}.{uid}")),
                lines=tuple(lines.get(fields["position"], ())),
            )
        )
    return Pieces(tuple(found), _sets(file, members))


def _lines(file: ReadConnection, effects: Mapping[int, Effect]) -> dict[int, list[EnhancementLine]]:
    query = (
        f"SELECT {shapes.LINES.columns}, position, enhancement FROM enhancement_lines"
        " ORDER BY position"
    )
    found: dict[int, list[EnhancementLine]] = defaultdict(list)
    for row in file.rows(query):
        *values, position, owner = shapes.LINES.values(row)
        found[owner].append(EnhancementLine(*[*values, effects.get(position)]))
    return found


def _sets(
    file: ReadConnection, members: Mapping[str, Sequence[EnhancementId]]
) -> tuple[EnhancementSet, ...]:
    bonuses, specials = _bonuses(file)
    query = f"SELECT {shapes.SETS.columns}, position FROM enhancement_sets ORDER BY position"
    found = []
    taken: set[str] = set()
    for row in file.rows(query):
        *values, position = shapes.SETS.values(row)
        key = values[0].lower()
        # Of two sets of one name the first has the pieces.
        mine = tuple(members.get(key, ())) if key not in taken else ()
        taken.add(key)
        given = [*specials.get(position, ()), *((),) * len(mine)][: len(mine)]
        fields = [*values, mine, tuple(bonuses.get(position, ())), tuple(given)]
        found.append(EnhancementSet(*fields))
    return tuple(found)


def _bonuses(
    file: ReadConnection,
) -> tuple[dict[int, list[SetBonus]], dict[int, list[tuple[PowerId, ...]]]]:
    """Return for each set what numbers of pieces give, and what single pieces give."""
    bonuses: dict[int, list[SetBonus]] = defaultdict(list)
    specials: dict[int, list[tuple[PowerId, ...]]] = defaultdict(list)
    query = (
        "SELECT enhancement_set, of_piece, slotted, pv_mode, powers FROM set_bonuses"
        " ORDER BY position"
    )
    for owner, of_piece, slotted, pv_mode, powers in file.rows(query):
        names = _names(powers)
        if of_piece:
            specials[owner].append(names)
        elif names:
            bonuses[owner].append(SetBonus(slotted, pv_mode, names))
    return bonuses, specials


def _names(powers: Any) -> tuple[PowerId, ...]:
    return tuple(PowerId(name) for name, _ in shapes.tuples(powers) if name)
