"""What fits which slot: classes, set types, unique pieces, exclusive groups, the same piece twice.

Answers are reasons in words; "" means the piece may go there. The piece it would replace never
counts against it, and ids are compared whole: the old planner does otherwise in both (calculation
reference A, item 52).
Source: calculation reference A, section 9.5; B, section 5.3.
"""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.vocab import EnhancementKind, ExclusiveGroup
from midsdesk.rules.levels import is_slottable
from midsdesk.rules.requirements import power_name


def accepts(power: Power, enhancement: Enhancement, catalog: Catalog) -> bool:
    """Whether a power takes a piece: sets by their type, all others by class."""
    if not is_slottable(power, catalog):
        return False
    if enhancement.kind == EnhancementKind.SET:
        owner = catalog.enhancement_set(enhancement.set_id)
        return owner is not None and owner.set_type in power.set_types
    return not set(enhancement.classes).isdisjoint(power.enhancement_classes)


@lru_cache(maxsize=4096)
def family(enhancement: str) -> str:
    """Id without the words that tell a superior or attuned form from the plain one."""
    name = enhancement.lower().replace("'", "")
    for word in ("superior_attuned_superior_", "superior_attuned_", "attuned_superior_"):
        if name.startswith(word):
            return name[len(word) :]
    return name.removeprefix("attuned_").removeprefix("superior_")


def slotted_pieces(build: Build) -> Iterator[tuple[int, int, str]]:
    """(entry, slot, enhancement id) of every filled slot, the alternate build left aside."""
    for index, entry in enumerate(build.entries):
        if entry.is_empty:
            continue
        for number, slot in enumerate(entry.slots):
            if slot.enhancement is not None:
                yield index, number, slot.enhancement.enhancement


def piece_refusal(
    build: Build, index: int, number: int, enhancement: Enhancement, catalog: Catalog
) -> str:
    """Say why `enhancement` may not go into a slot of an entry; "" if it may."""
    power = catalog.power(build.entries[index].power)
    if power is None:
        return "The game data do not know this power."
    if not accepts(power, enhancement, catalog):
        return f"{power.display_name} does not take {enhancement.name}."
    for entry, slot, other_id in slotted_pieces(build):
        if (entry, slot) != (index, number):
            reason = _clash(enhancement, other_id, entry == index, catalog)
            if reason:
                return f"{reason} {power_name(build.entries[entry].power, catalog)}."
    return ""


def slotting_problems(build: Build, catalog: Catalog) -> dict[tuple[int, int], str]:
    """All that `piece_refusal` says about the pieces of a build, by (entry, slot), in one go."""
    crowd = _Crowd(build, catalog)
    problems = {}
    for entry, slot, name in slotted_pieces(build):
        power = catalog.power(build.entries[entry].power)
        piece = catalog.enhancement(name)
        if power is None or piece is None:
            continue
        if not accepts(power, piece, catalog):
            problems[entry, slot] = f"{power.display_name} does not take {piece.name}."
        elif crowd.is_crowded(entry, piece):
            reason = piece_refusal(build, entry, slot, piece, catalog)
            if reason:
                problems[entry, slot] = reason
    return problems


class _Crowd:
    """Counts of what may exclude each other, so that most pieces need no comparing."""

    def __init__(self, build: Build, catalog: Catalog) -> None:
        self._uniques: Counter[str] = Counter()
        self._in_power: Counter[tuple[int, str]] = Counter()
        self._stealthy = 0
        for entry, _, name in slotted_pieces(build):
            piece = catalog.enhancement(name)
            if piece is None:
                continue
            self._in_power[entry, piece.id] += 1
            if piece.unique:
                self._uniques[family(piece.id)] += 1
            self._stealthy += piece.exclusive_group == ExclusiveGroup.STEALTH

    def is_crowded(self, entry: int, piece: Enhancement) -> bool:
        """Whether something may exclude a slotted piece."""
        if self._in_power[entry, piece.id] > 1:
            return True
        if piece.unique and self._uniques[family(piece.id)] > 1:
            return True
        return piece.exclusive_group == ExclusiveGroup.STEALTH and self._stealthy > 1


def _clash(enhancement: Enhancement, other_id: str, same_power: bool, catalog: Catalog) -> str:
    """Begin the sentence that tells why two pieces exclude each other; "" if they do not."""
    if other_id.lower() == enhancement.id.lower():
        if enhancement.unique:
            return "Unique, and already in"
        if same_power and enhancement.kind == EnhancementKind.SET:
            return "This piece is already in"
        return ""
    other = catalog.enhancement(other_id)
    if other is None:
        return ""
    if enhancement.exclusive_group == other.exclusive_group == ExclusiveGroup.STEALTH:
        return f"Excluded by {other.name} in"
    if _is_form(enhancement) and _is_form(other) and family(enhancement.id) == family(other.id):
        return f"Another form of it, {other.name}, is in"
    return ""


def _is_form(enhancement: Enhancement) -> bool:
    """Whether it is the attuned or the superior form of a piece that exists in both."""
    return enhancement.unique and enhancement.id.lower().startswith(("attuned_", "superior_"))
