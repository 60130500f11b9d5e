"""Asking the search index: words, what a thing gives, kinds.

Every word is the beginning of one, so the answer comes while it is typed. Found in the name goes
before found in other words, and that before found in what a thing gives.
"""

from dataclasses import dataclass
from typing import Final

from midsdesk.storage.gamedb.connection import ReadConnection

KINDS: Final = ("powerset", "power", "piece", "set", "bonus")
# Words of one effect stand at most so far from each other.
NEAR: Final = 4
_MOST_WORDS: Final = 8
# Weights of the columns name, also, gives.
_WEIGHTS: Final = "10.0, 4.0, 1.0"
# What is seldom meant counts less: bonuses stand behind their set, powers of events behind others.
_WORTH: Final = (
    "CASE WHEN kind = 'set' THEN 2.0 WHEN kind = 'bonus' THEN 0.7"
    " WHEN id LIKE 'Temporary%' OR id LIKE 'Inspirations%' THEN 0.3 ELSE 1.0 END"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for.

    Attributes:
        words: All of them must begin a word somewhere; of one word any of its spellings.
        gives: Words that must stand in one effect.
        kinds: Of `KINDS`; empty for all.
    """

    words: tuple[tuple[str, ...], ...] = ()
    gives: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is looked for."""
        return not self.words and not self.gives


@dataclass(frozen=True, slots=True)
class Found:
    """One thing: its kind, its id, its name."""

    kind: str
    id: str
    name: str


def found_in(file: ReadConnection, terms: Terms, limit: int) -> tuple[Found, ...]:
    """Return what fits, best first, each thing once.

    Raises:
        GameDatabaseError: The file is damaged.
    """
    if terms.is_empty:
        return ()
    found: dict[tuple[str, str], Found] = {}
    for match in _matches(terms):
        for kind, ident, name in _ask(file, match, terms.kinds, limit):
            found.setdefault((kind, ident), Found(kind, ident, name))
        if len(found) >= limit:
            break
    return tuple(found.values())[:limit]


def _ask(
    file: ReadConnection, match: str, kinds: tuple[str, ...], limit: int
) -> list[tuple[str, str, str]]:
    among = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    query = (
        "SELECT kind, id, name FROM search WHERE search MATCH ?"
        f"{among} ORDER BY bm25(search, {_WEIGHTS}) * {_WORTH}, length(name), rowid LIMIT ?"
    )
    return [(kind, ident, name) for kind, ident, name in file.rows(query, (match, *kinds, limit))]


def _matches(terms: Terms) -> list[str]:
    """Return the questions in the order of their answers' worth."""
    gives = f"gives : {_near(terms.gives)}" if terms.gives else ""
    words = [_word(each) for each in terms.words[:_MOST_WORDS]]
    if not words:
        return [gives]
    every = " AND ".join(words)
    questions = [f"name : ({every})", f"{{name also}} : ({every})"]
    first = tuple(each[-1] for each in terms.words[:_MOST_WORDS])
    questions += [f"gives : {_near(first)}", f"({every})"]
    return [f"({each}) AND ({gives})" if gives else each for each in questions]


def _word(spellings: tuple[str, ...]) -> str:
    found = [" AND ".join(f"{_quoted(part)}*" for part in each.split()) for each in spellings]
    return f"({' OR '.join(f'({each})' for each in found)})"


def _near(words: tuple[str, ...]) -> str:
    parts = [part for each in words for part in each.split()][:_MOST_WORDS]
    return f"NEAR({' '.join(f'{_quoted(part)}*' for part in parts)}, {NEAR})"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
