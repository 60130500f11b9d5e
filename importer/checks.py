"""The rules of the game that the data itself must keep.

Errors are what makes totals wrong for a player's character; what only looks odd (real data leaves
many ranges) is a warning or an information.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Any, Final

from importer.issues import Issue, Severity
from importer.mhd import layout
from importer.mhd.layout import Record
from importer.progress import Progress
from importer.source import Source, Values
from midsdesk.model import vocab

LEVELS: Final = 50
_SCHEDULES: Final = "ABCD"
_POWERS_AT_ONCE: Final = 500
# The highest level an item has, from 0: 53, a level above those of players by three.
_TOP_ITEM_LEVEL: Final = 52


def check(source: Source, progress: Progress) -> list[Issue]:
    """Return what breaks a rule."""
    issues: list[Issue] = []
    parts = (
        _tables,
        _archetypes,
        _maths,
        _level_table,
        _unique,
        _powers,
        _enhancements,
        _sets,
    )
    for number, part in enumerate(parts):
        progress.step(number, len(parts))
        for issue in part(source):
            issues.append(issue)
            progress.check()
    issues += _effects(source, progress)
    progress.step(len(parts), len(parts))
    return issues


def _issue(
    severity: Severity, file: str, record: str, field: str, message: str, suggestion: str = ""
) -> Issue:
    return Issue(severity, "rules", file, record, field, message, suggestion)


def _rows(record: Record, records: Sequence[Values], names: str) -> Iterator[list[Any]]:
    places = [record.position[name] for name in names.split()]
    for values in records:
        yield [values[place] for place in places]


def _tables(source: Source) -> Iterator[Issue]:
    """Levels 1 to 50 in every modifier table, with a column for every playable archetype."""
    columns = [
        column
        for playable, column in _rows(layout.ARCHETYPE, source.archetypes, "playable column")
        if playable
    ]
    width = max(columns, default=-1) + 1
    if source.archetypes and not columns:
        yield _issue(
            Severity.ERROR, "I12.mhd", "archetypes", "playable", "No archetype can be played."
        )
    for table_id, _, rows in source.modifier_tables:
        short = [level for level, row in enumerate(rows[:LEVELS], 1) if len(row) < width]
        if short or len(rows) < LEVELS:
            level = short[0] if short else len(rows) + 1
            yield _issue(
                Severity.ERROR,
                "AttribMod.json",
                f"modifier table {table_id}",
                f"level {level}",
                f"{len(short)} of {LEVELS} levels lack a column that an archetype needs.",
                "Values that are missing count as 0.",
            )


_POSITIVE: Final = (
    *("hit_points", "hit_points_cap", "resistance_cap", "recharge_cap", "damage_cap"),
    *("recovery_cap", "regeneration_cap", "base_recovery", "base_regeneration", "perception_cap"),
)


def _archetypes(source: Source) -> Iterator[Issue]:
    names = "class_name playable column " + " ".join(_POSITIVE)
    for name, playable, column, *values in _rows(layout.ARCHETYPE, source.archetypes, names):
        if not playable:
            continue  # their caps are placeholders
        record = f"archetype {name}"
        figures = dict(zip(_POSITIVE, values, strict=True))
        for field, value in figures.items():
            if value <= 0:
                message = f"{value} is not above 0."
                yield _issue(Severity.ERROR, "I12.mhd", record, field, message)
        if figures["resistance_cap"] > 1:
            message = f"{figures['resistance_cap']} is above 1 (100 %)."
            yield _issue(
                Severity.ERROR,
                "I12.mhd",
                record,
                "resistance_cap",
                message,
                "It is a share: 0.75 is 75 %.",
            )
        if figures["hit_points_cap"] < figures["hit_points"]:
            message = "The cap is below the base value."
            yield _issue(Severity.ERROR, "I12.mhd", record, "hit_points_cap", message)
        if column < 0:
            message = f"There is no column {column} in the modifier tables."
            yield _issue(Severity.ERROR, "I12.mhd", record, "column", message)


def _maths(source: Source) -> Iterator[Issue]:
    """Thresholds ascend; so do strengths by level and by grade."""
    maths = source.texts.get("maths")
    if not maths:
        return
    for name, rows, severity in (
        ("thresholds", maths["thresholds"], Severity.ERROR),
        ("grades", maths["grades"], Severity.WARNING),
        ("inventions", maths["inventions"], Severity.WARNING),
    ):
        for index, letter in enumerate(_SCHEDULES):
            column = [row[index] if index < len(row) else 0.0 for row in rows]
            if any(later < earlier for earlier, later in pairwise(column)):
                yield _issue(
                    severity,
                    "Maths.mhd",
                    name,
                    f"schedule {letter}",
                    "The values do not ascend.",
                )


def _level_table(source: Source) -> Iterator[Issue]:
    for form, file in (("levels", "NLevels.mhd"), ("respec_levels", "RLevels.mhd")):
        rows = source.texts.get(form)
        if not rows:
            continue
        picks = sum(row["picks"] for row in rows)
        slots = sum(row["slots"] for row in rows)
        if not picks or not slots:
            message = f"It gives {picks} powers and {slots} slots."
            yield _issue(Severity.ERROR, file, "", "", message)
        limit = (source.texts.get("server_data") or {}).get("max_slots")
        if form == "levels" and limit is not None and slots != limit:
            message = f"It gives {slots} slots, SData.json allows {limit}."
            yield _issue(Severity.WARNING, file, "", "", message)


def _unique(source: Source) -> Iterator[Issue]:
    """Keys that come twice: the first counts."""
    error, warning = Severity.ERROR, Severity.WARNING
    for record, records, field, file, severity in (
        (layout.ARCHETYPE, source.archetypes, "class_name", "I12.mhd", warning),
        (layout.POWERSET, source.powersets, "full_name", "I12.mhd", error),
        (layout.POWER, source.powers, "full_name", "I12.mhd", warning),
        (layout.POWER, source.powers, "static_index", "I12.mhd", warning),
        (layout.ENTITY, source.entities, "uid", "I12.mhd", warning),
        (layout.ENHANCEMENT, source.enhancements, "uid", "EnhDB.mhd", warning),
        (layout.ENHANCEMENT, source.enhancements, "static_index", "EnhDB.mhd", warning),
        (layout.ENHANCEMENT_SET, source.enhancement_sets, "uid", "EnhDB.mhd", warning),
        (layout.RECIPE, source.recipes, "internal_name", "Recipe.mhd", warning),
        (layout.SALVAGE, source.salvage, "internal_name", "Salvage.mhd", warning),
        (layout.MODIFIER_TABLE, source.modifier_tables, "id", "AttribMod.json", error),
    ):
        at = record.position[field]
        keys = [_folded(values[at]) for values in records]
        for key, number in sorted(Counter(keys).items(), key=str):
            if number > 1:
                message = f"{number} records have it; the first counts."
                yield _issue(severity, file, f"{record.name} {key}", field, message)


def _folded(key: Any) -> Any:
    return key.lower() if isinstance(key, str) else key


def _powers(source: Source) -> Iterator[Issue]:
    names = "full_name level power_type effect_area inherent_type variable_enabled variable_min"
    names += " variable_max activate_period endurance_cost"
    for row in _rows(layout.POWER, source.powers, names):
        name, level, kind, area, inherent, variable, low, high, period, cost = row
        record = f"power {name}"
        if not 0 <= level <= LEVELS:
            message = f"{level} is no level from 0 to {LEVELS}."
            yield _issue(Severity.WARNING, "I12.mhd", record, "level", message)
        if variable and low > high:
            message = f"The slider goes from {low} to {high}."
            yield _issue(Severity.WARNING, "I12.mhd", record, "variable_min", message)
        if kind == vocab.Activation.TOGGLE and cost > 0 and period <= 0:
            message = "A toggle that costs endurance needs a period above 0."
            yield _issue(Severity.WARNING, "I12.mhd", record, "activate_period", message)
        yield from _known("I12.mhd", record, "power_type", kind, vocab.Activation)
        yield from _known("I12.mhd", record, "effect_area", area, vocab.EffectArea)
        yield from _known("I12.mhd", record, "inherent_type", inherent, vocab.InherentKind)


_EFFECT_KINDS: Final[tuple[tuple[str, type[IntEnum]], ...]] = (
    ("effect_class", vocab.EffectClass),
    ("attribute", vocab.Attribute),
    ("damage_type", vocab.DamageType),
    ("status", vocab.StatusEffect),
    ("modifies", vocab.Attribute),
    ("special_case", vocab.SpecialCase),
    ("pv_mode", vocab.PvMode),
    ("to_who", vocab.ToWho),
    ("scaling", vocab.Scaling),
    ("aspect", vocab.Aspect),
)


def _effects(source: Source, progress: Progress) -> Iterator[Issue]:
    """Numbers of the vocabularies nobody knows, and chances beyond certain: one issue for each."""
    position = layout.EFFECT.position
    places = [(position[name], name, kind) for name, kind in _EFFECT_KINDS]
    chance_at = position["probability"]
    at = layout.POWER.position["effects"]
    unknown: Counter[tuple[str, int]] = Counter()
    beyond = 0
    found: dict[int, Counter[int]] = {place: Counter() for place, _, _ in places}
    for number, values in enumerate(source.powers):
        if number % _POWERS_AT_ONCE == 0:
            progress.check()
        for effect in values[at]:
            beyond += not 0 <= effect[chance_at] <= 1
            for place, _, _ in places:
                found[place][effect[place]] += 1
    for place, name, kind in places:
        known = set(kind)
        for number, times in found[place].items():
            if number not in known:
                unknown[name, number] += times
    for (name, number), times in sorted(unknown.items()):
        message = f"{number} is unknown and counts as none ({times} effects)."
        yield _issue(Severity.INFO, "I12.mhd", "effects", name, message)
    if beyond:
        message = f"{beyond} effects have a chance below 0 or above 1."
        yield _issue(Severity.INFO, "I12.mhd", "effects", "probability", message)


def _known(file: str, record: str, field: str, number: int, kind: type[IntEnum]) -> Iterable[Issue]:
    if number not in kind._value2member_map_:
        message = f"{number} is unknown and counts as none."
        yield _issue(Severity.INFO, file, record, field, message)


def _enhancements(source: Source) -> Iterator[Issue]:
    names = "uid kind level_min level_max effects"
    for uid, kind, low, high, lines in _rows(layout.ENHANCEMENT, source.enhancements, names):
        record = f"enhancement {uid}"
        # -1 is "none".
        if (low > high >= 0) or min(low, high) < -1 or high > _TOP_ITEM_LEVEL + 1:
            message = f"Its levels go from {low + 1} to {high + 1}."
            yield _issue(Severity.INFO, "EnhDB.mhd", record, "level_min", message)
        yield from _known("EnhDB.mhd", record, "kind", kind, vocab.EnhancementKind)
        for index, line in enumerate(lines):
            schedule = line[layout.ENHANCEMENT_EFFECT.position["schedule"]]
            field = f"effects[{index}].schedule"
            yield from _known("EnhDB.mhd", record, field, schedule, vocab.Schedule)


def _sets(source: Source) -> Iterator[Issue]:
    pieces: Counter[str] = Counter(
        set_uid.lower()
        for kind, set_uid in _rows(layout.ENHANCEMENT, source.enhancements, "kind set_uid")
        if kind == vocab.EnhancementKind.SET
    )
    for uid, bonuses in _rows(layout.ENHANCEMENT_SET, source.enhancement_sets, "uid bonuses"):
        number = pieces[uid.lower()]
        record = f"enhancement set {uid}"
        if not number:
            yield _issue(Severity.WARNING, "EnhDB.mhd", record, "", "It has no pieces.")
        for index, bonus in enumerate(bonuses):
            slotted, powers = bonus[-2], bonus[-1]
            if powers and not 1 <= slotted <= max(number, 1):
                message = f"{slotted} pieces give it, of {number} there are."
                field = f"bonuses[{index}].slotted"
                yield _issue(Severity.WARNING, "EnhDB.mhd", record, field, message)
