"""Powers and powersets by the names players see, within what a build may own.

Display names repeat across archetypes and sometimes within one powerset.
Source: build files, section 12.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from midsdesk.formats.issues import Candidate
from midsdesk.formats.report_alike import Alike
from midsdesk.formats.report_once import once
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Power, Powerset
from midsdesk.model.vocab import PowersetKind

_WORD: Final = re.compile(r"\S+")
_MOST_WORDS: Final = 12
_MOST_KEPT: Final = 32
_LIKENESS: Final = 0.6
_LONGEST: Final = 100
_BEHIND: Final = (
    PowersetKind.INHERENT,
    PowersetKind.INCARNATE,
    PowersetKind.ACCOLADE,
    PowersetKind.TEMPORARY,
)

# Names that powers had, by archetype where it matters ("" for all); tried if nothing has the name.
_OLD_POWERS: Final = {
    ("", "invisibility"): "Infiltration",
    ("", "psionic dart"): "Psionic Darts",
    ("", "whirling axe"): "Axe Cyclone",
    ("", "category 5"): "Category Five",
    ("", "afterburner"): "Evasive Maneuvers",
    ("class_blaster", "will domination"): "Dominate Will",
    ("class_corruptor", "will domination"): "Dominate Will",
    ("class_defender", "will domination"): "Dominate Will",
    ("class_blaster", "scramble thoughts"): "Scramble Minds",
    ("class_peacebringer", "quantum acceleration"): "Quantum Maneuvers",
}
_OLD_SETS: Final = {"aqua blast": "Water Blast"}


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).lower()


@once
def _made(catalog: Catalog) -> dict[tuple[str, ...], "PowerNames"]:
    """The names made so far, by archetype and powersets."""
    del catalog
    return {}


def power_names(catalog: Catalog, archetype: Archetype, chosen: Sequence[Powerset]) -> "PowerNames":
    """The names of what a build of an archetype with these powersets may hold."""
    made = _made(catalog)
    key = (archetype.id, *(each.id for each in chosen))
    if key not in made:
        while len(made) >= _MOST_KEPT:
            made.pop(next(iter(made)), None)
        made[key] = PowerNames(catalog, archetype, chosen)
    return made[key]


class SetNames:
    """The powersets an archetype may choose, by the names players see."""

    def __init__(self, catalog: Catalog, archetype: Archetype) -> None:
        self._offered = catalog.powersets_of(archetype.id)
        self._former = catalog.former_names()

    def find(self, name: str, kind: PowersetKind, group: str = "") -> Powerset | None:
        """The set of this kind and name; its former name counts too."""
        fitting = self._of(kind, group)
        for each in (name, _OLD_SETS.get(folded(name), "")):
            for powerset in fitting:
                if each and folded(powerset.display_name) == folded(each):
                    return powerset
        once = [each for each in fitting if each.id.lower() in self._former]
        return next(
            (each for each in once if folded(self._former[each.id.lower()]) == folded(name)), None
        )

    def candidates(self, name: str, kind: PowersetKind, group: str = "") -> tuple[Candidate, ...]:
        """The sets whose names are most like an unknown one."""
        names = {folded(each.display_name): each for each in self._of(kind, group)}
        return tuple(
            Candidate(names[each].id, names[each].display_name, "its name is alike")
            for each in Alike(names).find(folded(name), 0.5)
        )

    def _of(self, kind: PowersetKind, group: str) -> list[Powerset]:
        return [
            each
            for each in self._offered
            if each.kind == kind and group.lower() in ("", each.group.lower())
        ]


class PowerNames:
    """The powers a build may hold, by the names players see.

    Looked up in this order: the main sets, pools, ancillary, trunks, inherents, incarnates,
    accolades, temporary powers.
    """

    def __init__(self, catalog: Catalog, archetype: Archetype, chosen: Sequence[Powerset]) -> None:
        self._archetype = archetype
        trunks = [catalog.powerset(each.trunk) for each in chosen if each.trunk]
        self._own = [*chosen, *(each for each in trunks if each is not None)]
        behind = _behind(catalog)
        self._by_name: dict[str, list[Power]] = {}
        self._own_names: set[str] = set()
        for each in (*self._own, *behind):
            powers = self._fitting(catalog.powers(each.id))
            if each in self._own:
                self._own_names.update(folded(power.display_name) for power in powers)
            grouped: dict[str, list[Power]] = {}
            for power in powers:
                grouped.setdefault(folded(power.display_name), []).append(power)
            for name, same in grouped.items():
                self._by_name.setdefault(name, []).extend(
                    self._best_first(same, picked=each in self._own)
                )
        self._add_former(catalog, (*self._own, *behind))

    def _add_former(self, catalog: Catalog, powersets: Iterable[Powerset]) -> None:
        """Powers by the names under which they were shown once; a name of now goes first."""
        former = catalog.former_names()
        found: dict[str, list[Power]] = {}
        for each in powersets if former else ():
            for power in self._fitting(catalog.powers(each.id)):
                name = folded(former.get(power.id.lower(), ""))
                if name and name not in self._by_name:
                    found.setdefault(name, []).append(power)
        self._by_name.update(found)

    def find(self, name: str) -> Power | None:
        """The power called so, or formerly called so."""
        wanted = folded(name)
        found = self._by_name.get(wanted)
        if not found:
            for owner in (self._archetype.id.lower(), ""):
                found = found or self._by_name.get(folded(_OLD_POWERS.get((owner, wanted), "")))
        return found[0] if found else None

    def beginning(self, text: str) -> str:
        """The longest known name that the text begins with, "" for none."""
        ends = [found.end() for found in _WORD.finditer(text[:_LONGEST])]
        for end in reversed(ends[:_MOST_WORDS]):
            if folded(text[:end]) in self._by_name:
                return text[:end]
        return ""

    def candidates(self, name: str, taken: Iterable[str] = ()) -> tuple[Candidate, ...]:
        """The powers whose names are most like an unknown one, those of the build's sets first."""
        wanted = folded(name)[:_LONGEST]
        near = self._own_alike.find(wanted, _LIKENESS) or self._all_alike.find(wanted, 0.75)
        used = set(taken)
        return tuple(
            Candidate(power.id, power.display_name, "its name is alike")
            for each in near
            if (power := self._by_name[each][0]).id not in used
        )

    @cached_property
    def _own_alike(self) -> Alike:
        return Alike(sorted(self._own_names))

    @cached_property
    def _all_alike(self) -> Alike:
        return Alike(self._by_name)

    def _fitting(self, powers: Iterable[Power]) -> list[Power]:
        return [power for power in powers if _owns(power, self._archetype)]

    def _best_first(self, powers: list[Power], *, picked: bool) -> list[Power]:
        """Of equal names: what names the archetype, then what may be picked, or among the others
        what comes by itself, then what has a level.
        """

        def key(power: Power) -> tuple[bool, bool, bool]:
            named = self._archetype.id in power.requirement.required_classes
            return not named, power.include_flag == picked, power.level < 1

        return sorted(powers, key=key)


def _behind(catalog: Catalog) -> list[Powerset]:
    """The powersets whose powers stand behind the picks."""
    slots = {f"incarnate.{name.lower()}" for name, _ in catalog.ruleset.incarnates}
    return [
        each
        for kind in _BEHIND
        for each in catalog.powersets()
        if each.kind == kind
        and (kind != PowersetKind.INCARNATE or not slots or each.id.lower() in slots)
    ]


def _owns(power: Power, archetype: Archetype) -> bool:
    rule = power.requirement
    own = archetype.id.lower()
    if any(each.lower() == own for each in rule.excluded_classes):
        return False
    return not rule.required_classes or any(each.lower() == own for each in rule.required_classes)
