"""Pets and pseudo-pets: class, powers, and the upgrades that give henchmen more."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from importer import expressions
from importer.curated import tables
from importer.mhd import layout
from importer.progress import Progress
from importer.readers.server_export.classes import class_name
from importer.readers.server_export.files import Export
from importer.readers.server_export.groups import flat
from importer.source import Finding, Values
from midsdesk.errors import SourceFormatError

_WHO: Final = re.compile(r"target\.villainname>(\w+)", re.IGNORECASE)
_JUMP: Final = re.compile(r"_jump\d", re.IGNORECASE)
_SUMMONERS: Final = "mastermind_summon."
_HENCHMAN: Final = "FullHenchman"


def upgrades(
    powers: Mapping[str, Mapping[str, Any]],
) -> dict[str, dict[str, Counter[str]]]:
    """Return entity in small letters -> upgrade power -> the sets whose powers it gives.

    The server says it as grants whose condition names the henchman.
    """
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for key, power in powers.items():
        if not key.startswith(_SUMMONERS):
            continue
        for frame, template in flat((*power["effects"], *power["activation_effects"])):
            if "Grant_Power" not in template["attribs"] or frame.condition is None:
                continue
            who = _WHO.findall(expressions.to_text(frame.condition))
            granted = (template.get("params") or {}).get("power_names") or ()
            for name in who:
                for each in granted:
                    found[name.lower()][power["full_name"]][each.rpartition(".")[0]] += 1
    return found


@cache
def _listed() -> dict[str, bool]:
    """Return the entities of the curated list: whether they are part of their power."""
    return {entity.lower(): part == "yes" for entity, part, _ in tables.read("pets.tsv")}


class EntityMaker:
    """Makes the entities that powers summon."""

    def __init__(
        self,
        export: Export,
        powers: Mapping[str, Mapping[str, Any]],
        members: Mapping[str, Sequence[str]],
    ) -> None:
        self._export = export
        self._powers = powers
        self._members = members
        self._upgrades = upgrades(powers)
        self.findings: list[Finding] = []
        self.extras: dict[str, Mapping[str, Any]] = {}
        self._outside = 0

    def plain(self, names: Iterable[str]) -> frozenset[str]:
        """Return which entities are part of the power: patches, mines, devices.

        They stay where they were put. The next jump of a chain hits somebody else and is none.
        """
        listed = _listed()
        found = set()
        for name in names:
            values = self._file(name)
            defaults = values.get("defaults") or {}
            stays = (
                not values.get("commandable_pet")
                and not values.get("can_zone")
                and str(defaults.get("character_class_name") or "") == "minion_pets"
                and not _JUMP.search(name)
            )
            if values and listed.get(name.lower(), stays):
                found.add(name.lower())
        return frozenset(found)

    def _file(self, name: str) -> Mapping[str, Any]:
        try:
            found = self._export.load(f"entities/{name.lower()}.json")
        except SourceFormatError:
            return {}
        return found if isinstance(found, dict) else {}

    def make(
        self,
        names: Sequence[str],
        pseudo: Mapping[str, Mapping[str, Any]],
        progress: Progress,
    ) -> tuple[Values, ...]:
        """Return the records, real ones first; a name without a file is left to the references."""
        records = []
        for name in sorted(names, key=str.lower):
            progress.check()
            values = self._file(name)
            if values:
                records.append(self._entity(values))
        records += [self._pseudo_pet(name, params) for name, params in pseudo.items()]
        if self._outside:
            message = f"{self._outside} powers of summoned enemies are not in the export."
            self.findings.append(Finding("info", "entities", "", message))
            self._outside = 0
        return tuple(records)

    def _entity(self, values: Mapping[str, Any]) -> Values:
        name = values["name"]
        defaults = values.get("defaults") or {}
        levels = values.get("levels") or [{}]
        shown = (levels[0].get("display_names") or [None])[0] or defaults.get("display_name")
        tiers = self._tiers(name)
        sets = self._sets(defaults, tiers)
        copies = bool(values.get("copy_creator_mods"))
        own_class = class_name(str(defaults.get("character_class_name") or ""))
        if copies:
            self.extras[name.lower()] = {"copies_creator": True, "class": own_class}
        henchman = _HENCHMAN in (values.get("power_tags") or ())
        return self._record(
            name=name,
            shown=shown or name,
            henchman=henchman,
            archetype="" if copies else own_class,
            powersets=(*sets[:1], *(each for _, each in tiers), *sets[1:]),
            upgraders=tuple(power for power, _ in tiers),
        )

    @staticmethod
    def _record(
        *,
        name: str,
        shown: str,
        henchman: bool,
        archetype: str,
        powersets: tuple[str, ...],
        upgraders: tuple[str, ...],
    ) -> Values:
        fields = {
            "uid": name,
            "display_name": shown,
            "kind": int(henchman),
            "class_name": archetype,
            "powersets": powersets,
            "upgrade_powers": upgraders,
        }
        return tuple(fields[each] for each in layout.ENTITY.names)

    def _tiers(self, name: str) -> list[tuple[str, str]]:
        """Return upgrade power and powerset, lower levels first."""
        found = self._upgrades.get(name.lower(), {})
        ordered = sorted(found, key=lambda power: self._powers[power.lower()]["available_level"])
        return [(power, found[power].most_common(1)[0][0]) for power in ordered]

    def _sets(
        self, defaults: Mapping[str, Any], tiers: Sequence[tuple[str, str]]
    ) -> tuple[str, ...]:
        """Return whole powersets and single powers, those with most powers first."""
        found: dict[str, int] = {}
        later = {powerset.lower() for _, powerset in tiers}
        for each in defaults.get("powers") or ():
            powerset = f"{each['power_category']}.{each['power_set']}"
            known = self._members.get(powerset.lower())
            if known is None or powerset.lower() in later:
                self._outside += known is None
                continue
            real = known[0].rpartition(".")[0]
            if each["power"] == "*":
                found[real] = len(known)
            elif f"{powerset}.{each['power']}".lower() in self._powers:
                found[self._powers[f"{powerset}.{each['power']}".lower()]["full_name"]] = 0
        return tuple(sorted(found, key=lambda one: -found[one]))

    def _pseudo_pet(self, name: str, params: Mapping[str, Any]) -> Values:
        powers = []
        for each in params.get("redirects") or ():
            found = self._powers.get(each.lower())
            if found is None:
                message = f"There is no power {each}."
                place = f"entity {name}"
                self.findings.append(Finding("warning", "entities", place, message))
            else:
                powers.append(found["full_name"])
        own_class = params.get("class_name") or ""
        self.extras[name.lower()] = {"pseudo_pet": True}
        return self._record(
            name=name,
            shown=params.get("display_name") or name.removeprefix("PseudoPet_").replace("_", " "),
            henchman=False,
            archetype=class_name(own_class) if own_class else "",
            powersets=tuple(dict.fromkeys(powers)),
            upgraders=(),
        )
