"""Names that are most like an unknown one, found quickly among many."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from midsdesk.formats.issues import Candidate
from midsdesk.formats.report_once import once
from midsdesk.model.catalog import Catalog

_LONGEST: Final = 80
_COMPARED: Final = 24
_MOST: Final = 5
_PART: Final = 3


class Alike:
    """An index over names: those that share parts with a text are compared with it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._with_part: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            for part in _parts(name):
                self._with_part[part].append(number)

    def find(self, name: str, likeness: float) -> list[str]:
        """The names at least so much alike, 1 being the same; the likeliest first."""
        wanted = name.lower()[:_LONGEST]
        shared: Counter[int] = Counter()
        for part in _parts(wanted):
            shared.update(self._with_part.get(part, ()))
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        found = []
        for number, _ in shared.most_common(_COMPARED):
            matcher.set_seq1(self._names[number].lower())
            if matcher.quick_ratio() >= likeness and (ratio := matcher.ratio()) >= likeness:
                found.append((-ratio, number))
        return [self._names[number] for _, number in sorted(found)[:_MOST]]


def _parts(name: str) -> set[str]:
    text = f"^{name.lower()}$"
    return {text[at : at + _PART] for at in range(len(text) - _PART + 1)}


@once
def _pieces(catalog: Catalog) -> Alike:
    return Alike(each.id for each in catalog.enhancements())


def pieces_like(catalog: Catalog, uid: str) -> tuple[Candidate, ...]:
    """The enhancements whose ids are most like an unknown one."""
    found = []
    for name in _pieces(catalog).find(uid, 0.75):
        piece = catalog.enhancement(name)
        if piece is not None:
            owner = catalog.enhancement_set(piece.set_id) if piece.set_id else None
            shown = f"{owner.display_name}: {piece.name}" if owner else piece.name
            found.append(Candidate(piece.id, shown, "its name is alike"))
    return tuple(found)
