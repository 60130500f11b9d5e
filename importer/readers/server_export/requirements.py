"""What must hold for a power to be taken: from text to lists of classes and powers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from importer import expressions
from importer.expressions import Tree
from importer.readers.server_export.assumptions import View
from importer.readers.server_export.choices import PLAYED
from importer.readers.server_export.conditions import ALWAYS, NEVER, Choice, Reader

Pair = tuple[str, str]

_HELD: Final = ("Taken:", "Active:", "Powerset:")
_COUNT: Final = "Count:"
_LARGEST_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Needs:
    """A requirement as lists.

    Attributes:
        classes: Those that may take it, in small letters; empty for all.
        required, forbidden: Pairs of names.
        never: Nobody takes it.
        whole: The lists say all that the text says.
    """

    classes: tuple[str, ...] = ()
    required: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    never: bool = False
    whole: bool = True


def read(
    tree: Tree | None, reader: Reader, own: str, members: Mapping[str, Sequence[str]]
) -> Needs:
    """Return the requirement of a power.

    Args:
        tree: Of its text; None for none.
        reader: Knows all powers.
        own: Full name of the power.
        members: Powerset in small letters -> full names of its powers.
    """
    if tree is None:
        return Needs()
    by_class = {name: reader.read(tree, View(archetype=name)) for name in PLAYED}
    allowed = [name for name, choice in by_class.items() if choice != NEVER]
    if not allowed:
        return Needs(never=True, whole=expressions.is_read(tree))
    classes = tuple(allowed) if len(allowed) < len(PLAYED) else ()
    choices = {by_class[name] for name in allowed}
    choice: Choice = frozenset().union(*choices)
    if choice >= ALWAYS:
        return Needs(classes, whole=len(choices) == 1)
    required, whole = _required(choice, own, members)
    return Needs(classes, required, _forbidden(choice), whole=whole and len(choices) == 1)


def _required(
    choice: Choice, own: str, members: Mapping[str, Sequence[str]]
) -> tuple[tuple[Pair, ...], bool]:
    found: list[Pair] = []
    whole = True
    for alternative in sorted(tuple(sorted(each)) for each in choice):
        names = [
            key.partition(":")[2]
            for key, value in alternative
            if key.startswith(_HELD) and value == "True"
        ]
        groups = [
            (key[len(_COUNT) :], value) for key, value in alternative if key.startswith(_COUNT)
        ]
        if groups and not names:
            counted = _counted(groups, own, members)
            whole = whole and counted is not None
            found += counted or ()
        elif names:
            whole = whole and len(names) <= _LARGEST_PAIR and not groups
            found.append((names[0], names[1] if len(names) > 1 else ""))
        else:
            return (), whole  # one alternative asks for nothing
    return tuple(dict.fromkeys(found)), whole


def _counted(
    groups: Sequence[Pair], own: str, members: Mapping[str, Sequence[str]]
) -> list[Pair] | None:
    """Return "so many powers of a category or set", of which a build has one set of a category."""
    found: list[Pair] = []
    family = own.rpartition(".")[0].lower()
    for group, test in groups:
        sign, _, text = test.partition(" ")
        number = int(text) + (1 if sign == ">" else 0)
        powerset = group.lower() if group.count(".") == 1 else family
        others = [name for name in members.get(powerset, ()) if name.lower() != own.lower()]
        if sign == "<" or number > _LARGEST_PAIR:
            return None
        if number == 1:
            found += [(name, "") for name in others]
        elif number == _LARGEST_PAIR:
            found += list(combinations(others, _LARGEST_PAIR))
    return found


def _forbidden(choice: Choice) -> tuple[Pair, ...]:
    """Return what no alternative allows."""
    common: Iterable[Pair] = frozenset.intersection(*choice)
    return tuple(
        (key.partition(":")[2], "")
        for key, value in sorted(common)
        if key.startswith(_HELD) and value == "False"
    )
