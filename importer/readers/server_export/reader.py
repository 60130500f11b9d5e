"""The server's export to a `Source`: classes, powers, entities, enhancements, rules."""

import gc
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from importer.curated import tables
from importer.expressions import Tree
from importer.mhd import layout
from importer.progress import Progress
from importer.readers.server_export import (
    classes,
    counters,
    entities,
    files,
    lists,
    loading,
    rulesets,
    sets,
)
from importer.readers.server_export.assumptions import View, archetype_of
from importer.readers.server_export.choices import PLAYED
from importer.readers.server_export.classes import Classes, class_name
from importer.readers.server_export.conditions import NEVER, Reader
from importer.readers.server_export.effects import Maker
from importer.readers.server_export.groups import condition_of
from importer.readers.server_export.loading import Loaded, PowersetFile
from importer.readers.server_export.powers import MadePower, Place, PowerMaker
from importer.readers.server_export.redirects import cycles
from importer.source import EffectExtra, Extras, Finding, Source, SourceFile, Values
from midsdesk.model.vocab import Attribute, PowersetKind

NAME: Final = "Homecoming"
# Numbers of powers that no old file knows; a Mids folder brings those it knows.
FIRST_NUMBER: Final = 100_000
_REVISION: Final = re.compile(r"(\d{4})(\d{2})(\d{2})_(\d+)")

looks_like = files.looks_like


def read(path: Path, progress: Progress) -> tuple[Source, list[Finding]]:
    """Read an export.

    Args:
        path: Its zip or its folder.
        progress: Told of every file.

    Raises:
        SourceFormatError: It is none, or a file without which nothing works is missing.
    """
    export = files.Export(path)
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _Import(export, progress).run()
    finally:
        export.close()
        if collecting:
            gc.enable()


class _Import:
    """One import: what has been read so far."""

    def __init__(self, export: files.Export, progress: Progress) -> None:
        self._export = export
        self._progress = progress
        self._findings: list[Finding] = []
        self._extras: dict[str, dict[str, Mapping[str, Any]]] = {}

    def run(self) -> tuple[Source, list[Finding]]:
        found, flaws = classes.read(self._export, self._progress)
        self._findings += flaws
        loaded = loading.load(self._export, self._progress)
        self._findings += loaded.findings
        owners = _owners(found)
        world = loading.world(loaded, owners)
        reader = Reader(world)
        members = loaded.members()
        maker = Maker(reader)
        making = PowerMaker(maker, reader, members)
        pets = entities.EntityMaker(self._export, loaded.powers, members)
        making.plain_entities = pets.plain(_summoned(loaded))
        rules = rulesets.load()
        collected = sets.read(self._export, loaded.powers, rulesets.specials(rules), self._progress)
        upgraded = pets.make(_summoned(loaded), {}, self._progress)
        made_sets, made_powers = self._powers(loaded, owners, reader, making)
        pseudo = pets.make((), maker.pseudo_pets, self._progress)
        self._findings += [*collected.findings, *pets.findings, *maker.findings]
        self._findings += cycles(loaded.powers)
        self._report(maker, world.unknown)
        self._extras["archetypes"] = dict(found.extras)
        self._extras["entities"] = dict(pets.extras)
        self._extras["enhancements"] = dict(collected.enhancement_extras)
        self._extras["enhancement_sets"] = dict(collected.set_extras)
        records = counters.with_sliders(made_powers)
        source = Source(
            name=NAME,
            files=(SourceFile("export", "powers", self._head()),),
            archetypes=_with_groups(found.archetypes, made_sets),
            powersets=tuple(made_sets),
            powers=records,
            entities=(*upgraded, *pseudo),
            enhancements=tuple(collected.enhancements),
            enhancement_sets=tuple(collected.sets),
            effect_ids=_effect_ids(records),
            modifier_tables=found.tables,
            texts=rulesets.texts(rules, found.tables),
            extras=Extras(
                records=self._extras,
                requirements={
                    each.values[_FULL_NAME].lower(): each.requirement
                    for each in made_powers
                    if each.requirement is not None
                },
                effects={
                    each.values[_FULL_NAME].lower(): tuple(
                        EffectExtra(effect.condition, effect.formulas, effect.extra)
                        if effect.condition or effect.formulas or effect.extra
                        else None
                        for effect in each.effects
                    )
                    for each in made_powers
                    if any(
                        effect.condition or effect.formulas or effect.extra
                        for effect in each.effects
                    )
                },
            ),
        )
        return source, self._findings

    def _head(self) -> dict[str, Any]:
        index = self._export.load("index.json") if "index.json" in self._export else {}
        revision = str(index.get("revision") or "")
        match = _REVISION.search(revision)
        if match is None:
            return {"version": revision, "revision": revision}
        year, month, day, _ = (int(part) for part in match.groups())
        return {
            "version": f"{year}.{month}.{match.group(4)}",
            "year": year,
            "month": month,
            "day": day,
            "revision": revision,
        }

    def _powers(
        self, loaded: Loaded, owners: Mapping[str, str], reader: Reader, making: PowerMaker
    ) -> tuple[list[Values], list[MadePower]]:
        made_sets: list[Values] = []
        made: list[MadePower] = []
        number = FIRST_NUMBER
        total = len(loaded.powers)
        positions = {each.key: index for index, each in enumerate(loaded.powersets)}
        for powerset in loaded.powersets:
            category = powerset.key.partition(".")[0]
            owner = owners.get(category, "")
            condition = condition_of(powerset.index.get("requires") or "")
            allowed = _allowed(reader, condition)
            kind = _kind(powerset, owner, owners, allowed)
            made_sets.append(self._powerset(powerset, kind, owner, allowed, reader, positions))
            for name in powerset.powers:
                self._progress.step(number - FIRST_NUMBER, total)
                power = loaded.powers.pop(name.lower())
                loaded.powers[name.lower()] = power
                one = making.make(power, Place(kind, owner, condition, number))
                number += 1
                made.append(one)
                if one.extra:
                    self._extras.setdefault("powers", {})[name.lower()] = one.extra
        return made_sets, made

    def _powerset(
        self,
        powerset: PowersetFile,
        kind: int,
        owner: str,
        allowed: tuple[str, ...],
        reader: Reader,
        positions: Mapping[str, int],
    ) -> Values:
        index = powerset.index
        set_name = powerset.name.partition(".")[2]
        trunk, linked = _branches().get(powerset.key, ("", ""))
        shown = index.get("display_name") or set_name.replace("_", " ")
        condition = condition_of(index.get("requires") or "")
        only = owner or (allowed[0] if len(allowed) == 1 and kind == PowersetKind.ANCILLARY else "")
        fields = {
            "display_name": shown,
            "archetype_index": -1,
            "kind": int(kind),
            "image": "",
            "full_name": powerset.name,
            "set_name": set_name,
            "description": index.get("display_help") or "",
            "sub_name": "",
            "archetype": class_name(only) if only else "",
            "trunk": trunk,
            "linked_secondary": linked,
            "exclusive": _exclusive(reader, condition, owner, positions),
        }
        extra: dict[str, Any] = {}
        if index.get("requires"):
            extra["requires"] = index["requires"]
        if condition is not None and not allowed:
            extra["closed"] = True
        if index.get("icon"):
            extra["icon"] = index["icon"]
        if extra and kind != PowersetKind.BOOST:
            self._extras.setdefault("powersets", {})[powerset.key] = extra
        return tuple(fields[each] for each in layout.POWERSET.names)

    def _report(self, maker: Maker, unknown: Iterable[str]) -> None:
        for (attrib, aspect), number in sorted(maker.without_type.items()):
            message = f"{number} effects of {attrib} ({aspect}) are left out: no planner has them."
            self._findings.append(Finding("info", "powers", f"attribute {attrib}", message))
        for kind in sorted(unknown):
            message = f"Conditions ask for {kind}, which no planner knows; they fail."
            self._findings.append(Finding("info", "powers", f"condition {kind}", message))


_FULL_NAME: Final = layout.POWER.position["full_name"]


def _owners(found: Classes) -> dict[str, str]:
    """Return category -> class, both in small letters, of the classes a player can have."""
    position = layout.ARCHETYPE.position
    owners: dict[str, str] = {}
    for values in found.archetypes:
        if values[position["playable"]]:
            for group in ("primary_group", "secondary_group"):
                name = archetype_of(values[position["class_name"]])
                owners.setdefault(values[position[group]].lower(), name)
    return owners


def _with_groups(archetypes: Iterable[Values], powersets: Iterable[Values]) -> tuple[Values, ...]:
    """Write the groups of an archetype as its powersets write them."""
    at = layout.POWERSET.position["full_name"]
    spelled = {
        values[at].partition(".")[0].lower(): values[at].partition(".")[0] for values in powersets
    }
    places = [layout.ARCHETYPE.position[name] for name in ("primary_group", "secondary_group")]
    found = []
    for values in archetypes:
        changed = list(values)
        for place in places:
            changed[place] = spelled.get(changed[place].lower(), changed[place])
        found.append(tuple(changed))
    return tuple(found)


def _allowed(reader: Reader, condition: Tree | None) -> tuple[str, ...]:
    """Return the classes a powerset is open to; all for one without condition."""
    return tuple(name for name in PLAYED if reader.read(condition, View(archetype=name)) != NEVER)


def _kind(
    powerset: PowersetFile, owner: str, owners: Mapping[str, str], allowed: tuple[str, ...]
) -> int:
    if not owner:
        kind = lists.powerset_kind(powerset.name)
        closed = kind in (PowersetKind.POOL, PowersetKind.ANCILLARY) and not allowed
        return int(PowersetKind.NONE if closed else kind)
    if owner not in allowed:
        return int(PowersetKind.NONE)
    category = powerset.key.partition(".")[0]
    primaries = [group for group, name in owners.items() if name == owner][:1]
    return int(PowersetKind.PRIMARY if category in primaries else PowersetKind.SECONDARY)


def _branches() -> dict[str, tuple[str, str]]:
    return {
        powerset.lower(): ("" if trunk == "-" else trunk, "" if linked == "-" else linked)
        for powerset, trunk, linked, _ in tables.read("powersets.tsv")
    }


def _exclusive(
    reader: Reader, condition: Tree | None, owner: str, positions: Mapping[str, int]
) -> tuple[tuple[str, int], ...]:
    """Return the sets that exclude this one: those its condition forbids."""
    if condition is None:
        return ()
    choice = reader.read(condition, View(archetype=owner))
    if not choice:
        return ()
    names = sorted(
        key.partition(":")[2]
        for key, value in frozenset.intersection(*choice)
        if key.startswith("Powerset:") and value == "False"
    )
    return tuple((name, positions[name.lower()]) for name in names if name.lower() in positions)


def _summoned(loaded: Loaded) -> tuple[str, ...]:
    """Return the entities that powers summon, each once."""
    found: dict[str, str] = {}
    for power in loaded.powers.values():
        for part in ("effects", "activation_effects"):
            for group in power[part]:
                for params in _params(group):
                    name = params.get("entity_def")
                    if name:
                        found.setdefault(name.lower(), name)
    return tuple(found[key] for key in sorted(found))


def _params(group: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for template in group.get("templates") or ():
        if template.get("params"):
            yield template["params"]
    for child in group.get("child_effects") or ():
        yield from _params(child)


def _effect_ids(records: Iterable[Values]) -> tuple[str, ...]:
    at = layout.POWER.position["effects"]
    id_at = layout.EFFECT.position["effect_id"]
    reward_at, attribute_at = (layout.EFFECT.position[name] for name in ("reward", "attribute"))
    found = set()
    for values in records:
        for effect in values[at]:
            found.add(effect[id_at])
            if effect[attribute_at] == Attribute.CHANCE_MODIFIER and effect[reward_at]:
                found.add(effect[reward_at])
    return tuple(sorted(found))
