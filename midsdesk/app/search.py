"""Search over the game: powers, powersets, pieces, sets and bonuses.

A player types words ("fire blast"), abbreviations ("lotg", "kb prot"), and filters: `gives ranged
defense`, `usable in my powers`, `sets:` or `powers:` before the words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from midsdesk.app.effect_words import describe_power
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Enhancement
from midsdesk.rules.slotting import accepts
from midsdesk.storage.gamedb.search import Found, Terms
from midsdesk.storage.gamedb.search_words import SHORT

_USABLE: Final = re.compile(r"\busable(?:\s+in(?:\s+my)?(?:\s+powers?)?)?\b")
_GIVES: Final = re.compile(r"\bgives?\b")
_KIND: Final = re.compile(r"^\s*(powerset|power|piece|enhancement|set|bonus|bonuse)s?\s*:")
_NO_WORD: Final = re.compile(r"[^\w\-+/']+")
_LONGEST: Final = 200
_FILLERS: Final = frozenset({"and", "to", "of", "the", "with", "in"})
# So many are looked through where a filter throws most of them away.
_LOOKED_THROUGH: Final = 2_000


@runtime_checkable
class SearchIndex(Protocol):
    """What the game database offers."""

    def search(self, terms: Terms, limit: int) -> tuple[Found, ...]:
        """Return what fits, best first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    Attributes:
        kind: "powerset", "power", "piece", "set" or "bonus".
        id: Of the thing; of a bonus the id of its set. slotted: pieces it needs, 0 for no bonus.
        name, detail: To show: what it is called, and where it belongs or what it gives.
    """

    kind: str
    id: str
    name: str
    detail: str
    slotted: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """A text taken apart."""

    terms: Terms
    usable: bool


def parse(text: str) -> Query:
    """Take a text apart: kind, words, what is given, and whether it must be usable."""
    text = text[:_LONGEST].lower()
    kinds: tuple[str, ...] = ()
    found = _KIND.match(text)
    if found:
        kind = found[1].replace("enhancement", "piece").replace("bonuse", "bonus")
        kinds, text = (kind,), text[found.end() :]
    shorter = _USABLE.sub(" ", text)
    before, given, after = shorter, "", ""
    split = _GIVES.search(shorter)
    if split:
        before, given, after = shorter[: split.start()], "gives", shorter[split.end() :]
    words = tuple(_spellings(word) for word in _words(before))
    gives = tuple(_spellings(word)[-1] for word in _words(after)) if given else ()
    return Query(Terms(words, gives, kinds), usable=shorter != text)


def _words(text: str) -> list[str]:
    return [
        word
        for word in _NO_WORD.sub(" ", text).split()
        if word not in _FILLERS and any(each.isalnum() for each in word)
    ]


def _spellings(word: str) -> tuple[str, ...]:
    """A word as written, and the word of the index it is short for."""
    plain = word.strip("+-'")
    full = SHORT.get(plain)
    parts = plain.replace("/", " ").strip()
    return (parts, full) if full else (parts,)


class Search:
    """Search over one catalog."""

    def __init__(self, index: SearchIndex, catalog: Catalog) -> None:
        self._index = index
        self._catalog = catalog

    def find(self, text: str, build: Build | None = None, limit: int = 40) -> tuple[Hit, ...]:
        """Return what a text means, best first; nothing for an empty one.

        Args:
            text: As it is typed.
            build: For `usable in my powers`; without one that filter lets nothing through.
            limit: At most so many.

        Raises:
            GameDatabaseError: The game data are damaged.
        """
        query = parse(text)
        archetype = self._catalog.archetype(build.archetype) if build else None
        if not query.usable:
            found = self._index.search(query.terms, limit)
            return tuple(self._hit(each, archetype) for each in found)
        if build is None:
            return ()
        usable = _Usable(build, self._catalog)
        terms = query.terms
        found = (
            usable.everything()
            if terms.is_empty
            else tuple(
                each for each in self._index.search(terms, _LOOKED_THROUGH) if usable.has(each)
            )
        )
        return tuple(self._hit(each, archetype) for each in found[:limit])

    def _hit(self, found: Found, archetype: Archetype | None) -> Hit:
        catalog = self._catalog
        match found.kind:
            case "bonus":
                ident, _, slotted = found.id.rpartition(":")
                return Hit(
                    "bonus",
                    ident,
                    found.name,
                    self._bonus(ident, slotted, archetype),
                    int(slotted or 0),
                )
            case "power":
                power = catalog.power(found.id)
                family = catalog.powerset(power.powerset) if power else None
                owner = catalog.archetype(family.archetype) if family else None
                parts = [family.display_name if family else "", owner.display_name if owner else ""]
            case "powerset":
                family = catalog.powerset(found.id)
                owner = catalog.archetype(family.archetype) if family else None
                parts = [owner.display_name if owner else ""]
            case "piece":
                piece = catalog.enhancement(found.id)
                of_set = catalog.enhancement_set(piece.set_id) if piece and piece.set_id else None
                parts = [of_set.display_name if of_set else ""]
            case _:
                known = catalog.enhancement_set(found.id)
                types = catalog.set_types()
                at = known.set_type if known else -1
                parts = [types[at].name if 0 <= at < len(types) else ""]
        return Hit(found.kind, found.id, found.name, ", ".join(part for part in parts if part))

    def _bonus(self, ident: str, slotted: str, archetype: Archetype | None) -> str:
        family = self._catalog.enhancement_set(ident)
        names = [
            name
            for bonus in (family.bonuses if family else ())
            if str(bonus.slotted) == slotted
            for name in bonus.powers
        ]
        powers = [power for name in names if (power := self._catalog.power(name)) is not None]
        texts = [describe_power(power, self._catalog, archetype) for power in powers]
        return f"{slotted} pieces: {', '.join(text for text in texts if text)}"


class _Usable:
    """What the powers of a build take, and what the build may have."""

    def __init__(self, build: Build, catalog: Catalog) -> None:
        self._catalog = catalog
        names = dict.fromkeys(entry.power for entry in build.entries if entry.power)
        self._powers = [power for name in names if (power := catalog.power(name)) is not None]
        self._set_types = {each for power in self._powers for each in power.set_types}
        self._own = {name.lower() for name in build.powersets if name}
        self._taken = {power.id.lower() for power in self._powers}

    def has(self, found: Found) -> bool:
        """Whether a thing is of use to the build."""
        catalog = self._catalog
        match found.kind:
            case "set" | "bonus":
                ident = found.id.partition(":")[0]
                family = catalog.enhancement_set(ident)
                return family is not None and family.set_type in self._set_types
            case "piece":
                piece = catalog.enhancement(found.id)
                return piece is not None and self._takes(piece)
            case "power":
                name = found.id.lower()
                return name in self._taken or name.rpartition(".")[0] in self._own
        return found.id.lower() in self._own

    def _takes(self, piece: Enhancement) -> bool:
        return any(accepts(power, piece, self._catalog) for power in self._powers)

    def everything(self) -> tuple[Found, ...]:
        """All sets the powers take, in the order of their names."""
        sets: Iterable[Found] = (
            Found("set", each.id, each.display_name)
            for each in self._catalog.enhancement_sets()
            if each.set_type in self._set_types
        )
        return tuple(sorted(sets, key=lambda each: each.name))
