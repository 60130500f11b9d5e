"""When an effect is in force: its condition for every archetype that can have the power."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from importer import expressions
from importer.curated import tables
from importer.expressions import Tree
from importer.readers.server_export import conditions, lists
from importer.readers.server_export.assumptions import View
from importer.readers.server_export.conditions import ALWAYS, NEVER, Choice, Reader
from importer.readers.server_export.groups import Frame
from midsdesk.model.vocab import SpecialCase

# Classes a player can have: for powers that anybody may own.
PLAYED: Final = [
    "arachnos_soldier",
    "arachnos_widow",
    "blaster",
    "brute",
    "controller",
    "corruptor",
    "defender",
    "dominator",
    "mastermind",
    "peacebringer",
    "scrapper",
    "sentinel",
    "stalker",
    "tanker",
    "warshade",
]


@dataclass(frozen=True, slots=True)
class Owner:
    """What its effects need to know of a power.

    Attributes:
        mask: Whom it reaches, `Entities`.
        archetypes: Classes that can own it, in small letters.
        numbers: Its own numbers for expressions: `power.base>activatetime` and so on; empty for
            powers whose expressions ask for another power's.
    """

    name: str
    mask: int
    archetypes: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)


@cache
def _concepts() -> dict[str, tuple[int, str]]:
    """Return tag -> special case and the power that is lit."""
    return {
        tag: (int(SpecialCase[special]), power)
        for tag, special, power, _ in tables.read("concepts.tsv")
    }


@dataclass(frozen=True, slots=True)
class Case:
    """One way an effect is in force.

    Attributes:
        choice: When. archetype: for which class alone, "" for all. scope: EITHER, PVE_ONLY or
            PVP_ONLY.
    """

    choice: Choice
    archetype: str
    scope: str


class Chooser:
    """Decides when an effect is in force, for every archetype alike or for each apart."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def choices(self, owner: Owner, frame: Frame, *, reaches_self: bool) -> list[Case]:
        """Return the cases of an effect: one, or one for each archetype and each opponent."""
        found: dict[str, tuple[Choice, Choice]] = {}
        condition = _with_numbers(frame.condition, owner)
        contained = "Containment" in frame.tags
        foe = bool(owner.mask & lists.FOES)
        for archetype in _classes(owner, condition):
            pve, pvp = (
                self._reader.read(condition, View(archetype, against, foe, contained, reaches_self))
                for against in (False, True)
            )
            found[archetype] = pve, pvp
        alike = len(set(found.values())) == 1
        cases = []
        for archetype, (pve, pvp) in list(found.items())[: 1 if alike else None]:
            only = "" if alike else archetype
            cases += [Case(choice, only, scope) for choice, scope in _scoped(frame.scope, pve, pvp)]
        return [case for case in cases if case.choice != NEVER] or cases[:1]


def _classes(owner: Owner, condition: Tree | None) -> Sequence[str]:
    """Return the classes a condition must be looked at for; one for all where that will do."""
    if len(owner.archetypes) == 1:
        return owner.archetypes
    if condition is None or not _depends_on_class(condition):
        return ("",)
    return owner.archetypes or PLAYED


def _scoped(scope: str, pve: Choice, pvp: Choice) -> list[tuple[Choice, str]]:
    """Return when an effect is in force against whom; a scope may hide in the condition."""
    if scope != "EITHER":
        return [(pvp if scope == "PVP_ONLY" else pve, scope)]
    if pve == pvp:
        return [(pve, scope)]
    cases = [(pve, "PVE_ONLY"), (pvp, "PVP_ONLY")]
    return [case for case in cases if case[0] != NEVER]


@cache
def _text(tree: Tree) -> str:
    return expressions.to_text(tree).lower()


def _with_numbers(tree: Tree | None, owner: Owner) -> Tree | None:
    """Put a power's own numbers where its condition asks for them."""
    if tree is None or "power.base>" not in _text(tree):
        return tree
    return _filled(tree, owner.numbers)


def _filled(tree: Tree, numbers: Mapping[str, float]) -> Tree:
    if tree[0] == "name" and tree[1].lower() in numbers:
        return ("num", float(numbers[tree[1].lower()]))
    return tuple(_filled(each, numbers) if isinstance(each, tuple) else each for each in tree)


def _depends_on_class(tree: Tree) -> bool:
    text = _text(tree)
    marks = ("source>arch", "owner>arch", "char>arch", "$arch", ".mode?", "mode?(", "kmeter")
    return any(mark in text for mark in marks)


def only_self(tree: Tree | None) -> bool:
    """Whether a condition asks that the target is whoever uses the power."""
    return tree is not None and "(target>entref) == (source>entref)" in _text(tree)


def others_only(tree: Tree | None) -> bool:
    """Whether a condition asks that the target is somebody else."""
    text = "" if tree is None else _text(tree)
    return "ne(target>entref, source>entref)" in text or "ne(source>entref, target" in text


def special_of(tags: Sequence[str], choice: Choice) -> tuple[int, Choice]:
    """Return the planner's special case and the conditions beside it."""
    if choice == NEVER:
        return 0, choice
    for tag in tags:
        if tag in _concepts():
            special, power = _concepts()[tag]
            if choice == ALWAYS:
                return special, ALWAYS
            pair = (f"Active:{power}", "True")
            return 0, frozenset(each | {pair} for each in choice)
    if choice == conditions.lit(conditions.SCOURGE):
        return int(SpecialCase.SCOURGE), ALWAYS
    return 0, choice
