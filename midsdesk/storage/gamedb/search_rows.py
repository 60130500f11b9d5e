"""What the search index holds: one row for each thing a player may look for.

Made from the tables of a new database, while it is written. Columns: the name of now; other words
for it (short names, initials, former names, where it belongs); what it gives, effect by effect with
pauses between; its kind; its id.
"""

import json
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from midsdesk.model.vocab import PowersetKind
from midsdesk.storage.gamedb.search import NEAR
from midsdesk.storage.gamedb.search_words import aspect_words, effect_words, initials

Execute = Callable[[str], Iterable[tuple[Any, ...]]]
SearchRow = tuple[str, str, str, str, str]

# Between two effects, so that "ranged defense" is not found across them: no player writes it.
_WORD_PAUSE: Final = f" {' '.join(['qqq'] * (NEAR + 1))} "
# Kinds of powersets whose powers players know of.
_SHOWN: Final = tuple(
    int(kind)
    for kind in (
        PowersetKind.PRIMARY,
        PowersetKind.SECONDARY,
        PowersetKind.ANCILLARY,
        PowersetKind.INHERENT,
        PowersetKind.POOL,
        PowersetKind.ACCOLADE,
        PowersetKind.TEMPORARY,
        PowersetKind.INCARNATE,
    )
)
_TOP: Final = 49


def rows(execute: Execute) -> Iterator[SearchRow]:
    """Yield the rows, the most looked for first.

    Args:
        execute: Runs a query on the new database.
    """
    made = _Rows(execute)
    yield from made.powersets()
    yield from made.powers()
    yield from made.pieces()
    yield from made.sets()


class _Rows:
    def __init__(self, execute: Execute) -> None:
        self._execute = execute
        query = "SELECT form, value FROM texts WHERE form = 'former_names'"
        texts: dict[str, str] = dict(execute(query))
        self._former: dict[str, str] = json.loads(texts.get("former_names") or "{}")
        self._negative = _negative_tables(execute)
        self._gives = self._effects()
        self._position = {
            name.lower(): position
            for position, name in execute("SELECT position, full_name FROM powers")
        }

    def _effects(self) -> dict[int, str]:
        """Position of a power -> what it gives, pause by pause."""
        found: dict[int, dict[str, None]] = defaultdict(dict)
        query = (
            "SELECT power, attribute, damage_type, status, modifies, to_who, scale, magnitude,"
            " modifier_table FROM effects WHERE power IS NOT NULL ORDER BY position"
        )
        for power, *key, scale, magnitude, table in self._execute(query):
            negative = (scale * magnitude < 0) != (table.lower() in self._negative)
            words = effect_words(*key, negative)
            if words:
                found[power][words] = None
        return {power: _WORD_PAUSE.join(words) for power, words in found.items()}

    def _of(self, names: Iterable[str]) -> str:
        places = (self._position.get(name.lower(), -1) for name in names)
        parts = [self._gives[place] for place in places if place in self._gives]
        return _WORD_PAUSE.join(parts)

    def _also(self, ident: str, name: str, *more: str) -> str:
        former = self._former.get(ident.lower(), "")
        words = [initials(name), former, *more]
        return " ".join(dict.fromkeys(word for word in words if word))

    def powersets(self) -> Iterator[SearchRow]:
        """Sets a player chooses."""
        query = (
            "SELECT full_name, display_name, archetype FROM powersets"
            f" WHERE kind IN ({', '.join(map(str, _SHOWN))}) ORDER BY position"
        )
        for ident, name, archetype in self._execute(query):
            yield name, self._also(ident, name, _plain(archetype)), "", "powerset", ident

    def powers(self) -> Iterator[SearchRow]:
        """Their powers."""
        query = (
            "SELECT p.position, p.full_name, p.display_name, s.display_name, s.archetype"
            " FROM powers p JOIN powersets s ON s.position = p.powerset"
            f" WHERE s.kind IN ({', '.join(map(str, _SHOWN))}) ORDER BY p.position"
        )
        for position, ident, name, family, archetype in self._execute(query):
            also = self._also(ident, name, family, _plain(archetype))
            yield name, also, self._gives.get(position, ""), "power", ident

    def pieces(self) -> Iterator[SearchRow]:
        """Enhancements."""
        lines: dict[int, list[str]] = defaultdict(list)
        query = (
            "SELECT enhancement, enhances, enhances_status FROM enhancement_lines"
            " WHERE mode = 0 ORDER BY position"
        )
        for piece, aspect, status in self._execute(query):
            words = aspect_words(aspect, status)
            if words and words not in lines[piece]:
                lines[piece].append(words)
        globals_ = self._globals()
        query = (
            "SELECT e.position, e.uid, e.name, e.short_name, e.is_proc, s.display_name,"
            " s.short_name FROM enhancements e"
            " LEFT JOIN enhancement_sets s ON lower(s.uid) = lower(e.set_uid) ORDER BY e.position"
        )
        for position, uid, name, short, proc, family, family_short in self._execute(query):
            also = self._also(
                uid,
                "",
                short,
                family or "",
                family_short or "",
                initials(family or ""),
                "proc" if proc else "",
            )
            gives = [*lines.get(position, ())]
            gives += filter(
                None, (globals_.get(uid.lower(), ""), self._of([f"Boosts.{uid}.{uid}"]))
            )
            yield name, also, _WORD_PAUSE.join(gives), "piece", uid

    def _globals(self) -> dict[str, str]:
        """What single pieces give wherever they sit, by id in small letters."""
        members = {
            position: list(json.loads(indices or "[]"))
            for position, indices in self._execute(
                "SELECT position, enhancement_indices FROM enhancement_sets"
            )
        }
        uids = {
            position: uid.lower()
            for position, uid in self._execute("SELECT position, uid FROM enhancements")
        }
        places: dict[int, int] = defaultdict(int)
        found: dict[str, str] = {}
        query = "SELECT enhancement_set, powers FROM set_bonuses WHERE of_piece ORDER BY position"
        for owner, powers in self._execute(query):
            place = places[owner]
            places[owner] += 1
            names = _names(powers)
            if names and place < len(members.get(owner, ())):
                found[uids.get(members[owner][place], "")] = self._of(names)
        return found

    def sets(self) -> Iterator[SearchRow]:
        """Sets of enhancements, and each of their bonuses."""
        bonuses: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
        query = (
            "SELECT enhancement_set, slotted, powers FROM set_bonuses WHERE NOT of_piece"
            " ORDER BY position"
        )
        for owner, slotted, powers in self._execute(query):
            bonuses[owner].append((slotted, _names(powers)))
        query = "SELECT position, uid, display_name, short_name FROM enhancement_sets"
        for position, uid, name, short in self._execute(f"{query} ORDER BY position"):
            also = self._also(uid, name, short)
            gives = (self._of(names) for _, names in bonuses[position])
            yield name, also, _WORD_PAUSE.join(filter(None, gives)), "set", uid
            for slotted, names in bonuses[position]:
                yield name, also, self._of(names), "bonus", f"{uid}:{slotted}"


def _names(powers: str | None) -> list[str]:
    """The names of a list of bonus powers: each is a name, or a name and a number."""
    return [each if isinstance(each, str) else str(each[0]) for each in json.loads(powers or "[]")]


def _plain(archetype: str) -> str:
    return archetype.removeprefix("Class_").replace("_", " ")


def _negative_tables(execute: Execute) -> frozenset[str]:
    """Tables whose values are below 0 at level 50, such as those of damage; in small letters."""
    found = set()
    query = "SELECT id, row_lengths, numbers FROM modifier_tables"
    for name, lengths, numbers in execute(query):
        sizes = json.loads(lengths)
        level = min(_TOP, len(sizes) - 1)
        if level < 0 or not sizes[level]:
            continue
        first = sum(sizes[:level])
        values = struct.unpack_from(f"<{sizes[level]}f", numbers, first * 4)
        if min(values) < 0:
            found.add(name.lower())
    return frozenset(found)
