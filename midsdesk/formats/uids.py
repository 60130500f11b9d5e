"""Finding an enhancement by what a build file calls it.

Source: build files, sections 3.7 and 3.8.
"""

from functools import lru_cache

from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement
from midsdesk.model.vocab import EnhancementKind

_SHORTEST_PART = 8


def find_by_uid(catalog: Catalog, uid: str) -> Enhancement | None:
    """Exact, then known renames, then the only one whose id contains the text, or its brackets."""
    for name in _renamed(uid):
        found = catalog.enhancement(name)
        if found is not None:
            return found
    for name in _renamed(uid):
        containing = _containing(catalog, name)
        if containing:
            return containing[0] if len(containing) == 1 else _same_piece(containing)
    return None


def find_by_long_name(catalog: Catalog, name: str) -> Enhancement | None:
    """By "Set: Aspect/Aspect", the aspects in any order; plain pieces by their name."""
    return _long_names(_Key(catalog)).get(_normal(name))


def find_by_number(catalog: Catalog, number: int) -> Enhancement | None:
    """By the number old files use; the first counts."""
    return _numbers(_Key(catalog)).get(number)


def _renamed(uid: str) -> tuple[str, ...]:
    name = uid.replace("Artillery", "Shrapnel")
    if name.lower() == "crafted_cupids_crush":
        name = "Attuned_Cupids_Crush"
    brackets = name.replace("(", "[").replace(")", "]")
    # The server writes no apostrophe; older data have some.
    return tuple(dict.fromkeys((uid, name, brackets, name.replace("'", ""))))


def _containing(catalog: Catalog, part: str) -> list[Enhancement]:
    if len(part) < _SHORTEST_PART or part not in _all_ids(_Key(catalog)):
        return []
    return [item for item in catalog.enhancements() if part in item.id]


def _same_piece(found: list[Enhancement]) -> Enhancement | None:
    """The first of several only where one of them is the others' beginning (lost letters)."""
    sets = {item.set_id.lower() for item in found}
    ends_alike = all(item.id.endswith(found[0].id[-2:]) for item in found)
    return found[0] if len(sets) == 1 and sets != {""} and ends_alike else None


class _Key:
    """A catalog as a key of a cache: equal when the content is."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __hash__(self) -> int:
        return hash(self.catalog.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.catalog.key == self.catalog.key


@lru_cache(maxsize=2)
def _all_ids(key: _Key) -> str:
    """All ids in one text: most unknown names are in none of them, and this tells it at once."""
    return "\n".join(item.id for item in key.catalog.enhancements())


@lru_cache(maxsize=2)
def _numbers(key: _Key) -> dict[int, Enhancement]:
    return {item.static_index: item for item in reversed(key.catalog.enhancements())}


@lru_cache(maxsize=2)
def _long_names(key: _Key) -> dict[str, Enhancement]:
    names: dict[str, Enhancement] = {}
    former = key.catalog.former_names()
    renamed: list[tuple[str, Enhancement]] = []
    for item in key.catalog.enhancements():
        owner = key.catalog.enhancement_set(item.set_id) if item.set_id else None
        plain = "Invention" if item.kind == EnhancementKind.INVENTION else ""
        prefix = owner.display_name.strip() if owner else plain
        if prefix:
            names.setdefault(_normal(f"{prefix}: {item.name}"), item)
        names.setdefault(_normal(item.name), item)
        once = former.get(item.id.lower())
        of_set = former.get(owner.id.lower()) if owner else None
        renamed += [
            (f"{one}: {other}" if one else other, item)
            for one in dict.fromkeys((prefix, of_set or prefix))
            for other in dict.fromkeys((item.name, once or item.name))
        ]
    for name, item in renamed:  # what is called so now goes first
        names.setdefault(_normal(name), item)
    return names


def _normal(name: str) -> str:
    """Lower case, the aspects after the colon sorted, known synonyms made one."""
    owner, colon, aspects = name.lower().strip().partition(":")
    parts = ((colon and aspects) or owner).replace("rechargetime", "recharge").split("/")
    tail = "/".join(sorted(part.strip() for part in parts))
    return f"{owner.strip()}: {tail}" if colon else tail
