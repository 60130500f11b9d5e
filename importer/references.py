"""Every name leads somewhere, or is reported.

Real data has hundreds of names that lead nowhere (powers the planner left out, entities without a
record): warnings, and calculations treat them as none. An error is only what takes a playable
archetype's sets away, or a power out of every set.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

from importer.finder import Finder, fields_of, known_of
from importer.issues import Issue, Severity
from importer.mhd import layout
from importer.names import Names
from importer.progress import Progress
from importer.source import Source, Values
from importer.transform import powerset_name
from midsdesk.model.vocab import Attribute, EnhancementKind

_POWERS_FILE: Final = "I12.mhd"
_ENHANCEMENTS_FILE: Final = "EnhDB.mhd"
_POWERS_AT_ONCE: Final = 100


_E: Final = layout.EFFECT.position
_ATTRIBUTE, _SUMMON, _REDIRECT, _REWARD = (
    _E[name] for name in ("attribute", "summon", "redirect", "reward")
)
_TABLE, _ONLY_CLASS, _EFFECT_ID = (
    _E[name] for name in ("modifier_table", "only_class", "effect_id")
)


def check(source: Source, progress: Progress) -> list[Issue]:
    """Return an issue for each name that leads nowhere."""
    finder = Finder(known_of(source), _played(source))
    total = len(source.powers)
    _archetypes(source, finder)
    _powersets(source, finder)
    for start in range(0, total, _POWERS_AT_ONCE):
        progress.step(start, total)
        for values in source.powers[start : start + _POWERS_AT_ONCE]:
            _power(values, finder)
            _effects(values, finder)
    _repeated_names(source, finder)
    _numbers(source, finder)
    _entities(source, finder)
    progress.check()
    _enhancements(source, finder)
    _sets(source, finder)
    _recipes(source, finder)
    _replacements(source, finder)
    progress.step(total, total)
    return finder.issues


def _played(source: Source) -> frozenset[str]:
    """Return the groups of powers a player has, if the source is the server's own."""
    if not source.is_export:
        return frozenset()
    groups = {"pool", "epic", "inherent", "incarnate"}
    for values in source.archetypes:
        playable, *wanted = fields_of(
            layout.ARCHETYPE, values, "playable primary_group secondary_group"
        )
        groups.update(group.lower() for group in wanted if playable)
    return frozenset(groups)


def _archetypes(source: Source, finder: Finder) -> None:
    """A playable archetype has a primary and a secondary group with sets in them."""
    at = layout.POWERSET.position["full_name"]
    groups = Names({values[at].partition(".")[0] for values in source.powersets})
    for values in source.archetypes:
        name, playable, *wanted = fields_of(
            layout.ARCHETYPE, values, "class_name playable primary_group secondary_group"
        )
        for field, group in zip(("primary_group", "secondary_group"), wanted, strict=True):
            if playable and group not in groups:
                finder.miss(
                    "powerset in the group",
                    group or "(none)",
                    groups,
                    file=_POWERS_FILE,
                    record=f"archetype {name}",
                    field=field,
                    severity=Severity.ERROR,
                )


def _powersets(source: Source, finder: Finder) -> None:
    known = finder.known
    for values in source.powersets:
        name, archetype, trunk, linked, exclusive = fields_of(
            layout.POWERSET, values, "full_name archetype trunk linked_secondary exclusive"
        )
        place = (_POWERS_FILE, f"powerset {name}")
        finder.names("archetype", [archetype], known.archetypes, *place, "archetype")
        finder.names("powerset", [trunk], known.powersets, *place, "trunk")
        finder.names("powerset", [linked], known.powersets, *place, "linked_secondary")
        others = [other for other, _ in exclusive]
        finder.names("powerset", others, known.powersets, *place, "exclusive")


def _power(values: Values, finder: Finder) -> None:
    known = finder.known
    (name, required, excluded, wanted, forbidden, subs, forced) = fields_of(
        layout.POWER,
        values,
        "full_name required_classes excluded_classes required_powers forbidden_powers sub_powers"
        " forced_class",
    )
    place = (_POWERS_FILE, f"power {name}")
    if powerset_name(name) not in known.powersets:
        finder.miss(
            "powerset",
            powerset_name(name) or name or "(none)",
            known.powersets,
            file=_POWERS_FILE,
            record=place[1],
            field="full_name",
            severity=Severity.ERROR,
        )
    finder.names("archetype", required, known.archetypes, *place, "required_classes")
    finder.names("archetype", excluded, known.archetypes, *place, "excluded_classes")
    finder.names("archetype", [forced], known.archetypes, *place, "forced_class")
    finder.names("power", subs, known.powers, *place, "sub_powers")
    for field, pairs in (("required_powers", wanted), ("forbidden_powers", forbidden)):
        for member in chain.from_iterable(pairs):
            # A member may name a whole powerset, and some begin with an exclamation mark.
            plain = member.removeprefix("!")
            if plain and plain not in known.powers and plain not in known.powersets:
                finder.miss(
                    "power", member, known.powers, file=_POWERS_FILE, record=place[1], field=field
                )


# Attribute of an effect -> the field that names something, what, and where it is looked up.
_LEADS: Final = {
    Attribute.GRANT_POWER: (_SUMMON, "summon", "power"),
    Attribute.SUMMON: (_SUMMON, "summon", "entity"),
    Attribute.POWER_REDIRECT: (_REDIRECT, "redirect", "power"),
    Attribute.EXECUTE_POWER: (_SUMMON, "summon", "power"),
    Attribute.REVOKE_POWER: (_REWARD, "reward", "power"),
}
# A power without what it fires or summons has the wrong numbers.
_FIRED: Final = frozenset(
    {Attribute.POWER_REDIRECT, Attribute.EXECUTE_POWER, Attribute.GRANT_POWER, Attribute.SUMMON}
)


def _effects(values: Values, finder: Finder) -> None:
    known = finder.known
    for index, effect in enumerate(values[layout.POWER.position["effects"]]):
        lead = _LEADS.get(effect[_ATTRIBUTE])
        if lead is None:
            continue
        at, field, what = lead
        name = effect[at]
        among = known.powers if what == "power" else known.entities
        if name and name not in among:
            owner = values[layout.POWER.position["full_name"]]
            fires = effect[_ATTRIBUTE] in _FIRED
            played = fires and owner.partition(".")[0].lower() in finder.played
            finder.miss(
                what,
                name,
                among,
                file=_POWERS_FILE,
                record=f"power {owner}",
                field=f"effects[{index}].{field}",
                severity=Severity.ERROR if played else Severity.WARNING,
            )


def _repeated_names(source: Source, finder: Finder) -> None:
    """Modifier tables, effect ids and classes that effects name: one issue for each name."""
    at = layout.POWER.position["effects"]
    effects = chain.from_iterable(values[at] for values in source.powers)
    named = Counter((each[_TABLE], each[_ONLY_CLASS], each[_EFFECT_ID]) for each in effects)
    for index, what, among in (
        (0, "modifier table", finder.known.tables),
        (1, "archetype", finder.known.archetypes),
        (2, "effect id", finder.known.effect_ids),
    ):
        uses: Counter[str] = Counter()
        for names, number in named.items():
            uses[names[index]] += number
        for name, number in sorted(uses.items()):
            if name and name not in among and len(among):
                severity = Severity.INFO if what == "effect id" else Severity.WARNING
                finder.miss(
                    what,
                    name,
                    among,
                    file=_POWERS_FILE,
                    record=f"{number} effects",
                    field=what.replace(" ", "_"),
                    severity=severity,
                )


def _numbers(source: Source, finder: Finder) -> None:
    """Numbers that stand for rows of other tables."""
    classes = {each["index"] for each in source.texts.get("enhancement_classes") or ()}
    set_types = range(len((source.texts.get("grades") or {}).get("set_types") or ()))
    for values in source.powers:
        name, accepted, types = fields_of(
            layout.POWER, values, "full_name enhancement_classes set_types"
        )
        for field, numbers, known in (
            ("enhancement_classes", accepted, classes),
            ("set_types", types, set_types),
        ):
            _outside(finder, _POWERS_FILE, f"power {name}", field, numbers, known)
    for values in source.enhancement_sets:
        uid, number = fields_of(layout.ENHANCEMENT_SET, values, "uid set_type")
        _outside(
            finder, _ENHANCEMENTS_FILE, f"enhancement set {uid}", "set_type", [number], set_types
        )
    for values in source.enhancements:
        uid, rows = fields_of(layout.ENHANCEMENT, values, "uid classes")
        # Here classes are rows, from 0.
        _outside(
            finder,
            _ENHANCEMENTS_FILE,
            f"enhancement {uid}",
            "classes",
            rows,
            range(len(classes)),
        )


def _outside(
    finder: Finder, file: str, record: str, field: str, numbers: Iterable[int], known: Any
) -> None:
    for number in numbers:
        if number not in known:
            finder.warn(file, record, field, f"There is no row {number} for it.")


def _entities(source: Source, finder: Finder) -> None:
    known = finder.known
    for values in source.entities:
        uid, archetype, powersets, upgrades = fields_of(
            layout.ENTITY, values, "uid class_name powersets upgrade_powers"
        )
        place = (_POWERS_FILE, f"entity {uid}")
        finder.names("archetype", [archetype], known.archetypes, *place, "class_name")
        # Of the server's export an entity may have single powers of a set.
        whole = [name for name in powersets if name not in known.powers]
        finder.names("powerset", whole, known.powersets, *place, "powersets")
        finder.names("power", upgrades, known.powers, *place, "upgrade_powers")


def _enhancements(source: Source, finder: Finder) -> None:
    known = finder.known
    for values in source.enhancements:
        uid, kind, set_uid, recipe = fields_of(
            layout.ENHANCEMENT, values, "uid kind set_uid recipe"
        )
        place = (_ENHANCEMENTS_FILE, f"enhancement {uid}")
        if kind == EnhancementKind.SET:
            finder.names("enhancement set", [set_uid or "(none)"], known.sets, *place, "set_uid")
        if len(known.recipes):
            finder.names("recipe", [recipe], known.recipes, *place, "recipe")


def _sets(source: Source, finder: Finder) -> None:
    for values in source.enhancement_sets:
        uid, bonuses, specials = fields_of(
            layout.ENHANCEMENT_SET, values, "uid bonuses special_bonuses"
        )
        for field, lists in (("bonuses", bonuses), ("special_bonuses", specials)):
            for index, bonus in enumerate(lists):
                finder.names(
                    "power",
                    [name for name, _ in bonus[-1]],
                    finder.known.powers,
                    _ENHANCEMENTS_FILE,
                    f"enhancement set {uid}",
                    f"{field}[{index}].powers",
                )


def _recipes(source: Source, finder: Finder) -> None:
    known = finder.known
    if not len(known.salvage):
        return
    names = [values[0].lower() for values in source.salvage]
    missing: Counter[str] = Counter()
    shifted: Counter[str] = Counter()
    levels_at = layout.RECIPE.position["levels"]
    for values in source.recipes:
        for salvage, _count, index in chain.from_iterable(row[-1] for row in values[levels_at]):
            if not salvage:
                continue
            if salvage not in known.salvage:
                missing[salvage] += 1
            elif not 0 <= index < len(names) or names[index] != salvage.lower():
                shifted[salvage] += 1
    for salvage, number in sorted(missing.items()):
        record = f"{number} ingredients"
        finder.miss(
            "salvage", salvage, known.salvage, file="Recipe.mhd", record=record, field="salvage"
        )
    for salvage, number in sorted(shifted.items()):
        message = f"{number} ingredients name {salvage}, but their row number is another's."
        place = ("Recipe.mhd", f"salvage {salvage}", "salvage_index")
        finder.warn(*place, message, "The name counts here.")


def _replacements(source: Source, finder: Finder) -> None:
    numbers = {values[layout.POWER.position["static_index"]] for values in source.powers}
    for entry in source.texts.get("replacements") or ():
        if entry["new"] not in numbers:
            message = f"No power has the static index {entry['new']}."
            place = ("PowersReplTable.mhd", f"old number {entry['old']}", "new")
            finder.warn(*place, message, "The line has no effect.")
    finder.names(
        "power",
        [entry["name"] for entry in source.texts.get("cryptic_names") or ()],
        finder.known.powers,
        "CrypticPowerNames.mhd",
        "",
        "name",
    )
