"""What differs between two game databases or sources: by power, effect, piece and bonus.

Records are matched by their names, effects within a power by what they do. Positions, which move
with every release, are not compared.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from importer import diff_words as words
from importer.mhd import layout
from importer.mhd.layout import Record
from importer.progress import Progress
from importer.source import Source, Values

ADDED, REMOVED, CHANGED = "added", "removed", "changed"

# Numbers of places, and what only the old program's editor uses.
_PASSED_OVER: Final = frozenset(
    (
        *("unique_id", "powerset_index", "power_index", "archetype_index", "set_index"),
        *("enhancement_indices", "image", "available", "never_auto_update"),
        *("never_auto_update_requirements", "sort_override", "display_location", "active"),
        *("taken", "stacks", "group_name", "set_name", "power_name", "sub_name", "power"),
        # Compared by themselves.
        *("effects", "bonuses", "special_bonuses"),
    )
)
_TEXTS: Final = frozenset(("description", "short_description"))
# What of an effect says that it is the same one with other numbers.
_SAME_EFFECT: Final = (
    *("attribute", "damage_type", "status", "modifies", "to_who", "pv_mode"),
    *("aspect", "effect_class", "summon", "reward"),
)


Details = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is in one of the two only, or differs.

    Attributes:
        kind: "power", "piece", "set" ... name: its full name. shown: what players call it.
        what: Added, removed or changed. details: what of it, in words.
    """

    kind: str
    name: str
    shown: str
    what: str
    details: Details = ()

    def as_json(self) -> dict[str, Any]:
        """Ready for `json.dumps`."""
        return {
            "kind": self.kind,
            "name": self.name,
            "shown": self.shown,
            "what": self.what,
            "details": list(self.details),
        }


@dataclass(frozen=True, slots=True)
class _Table:
    """One kind of record: where it is, how its inner lists are compared."""

    kind: str
    record: Record
    of: Callable[[Source], Sequence[Values]]
    shown: str
    inner: Callable[[Source, Source, dict[str, Any], dict[str, Any]], Iterator[str]] | None = None


def compare(
    before: Source, after: Source, progress: Progress | None = None, *, texts: bool = False
) -> list[Change]:
    """Return all differences, in the order of the kinds and then of names.

    Args:
        texts: Compare descriptions too, which the packed data do not have.
    """
    changes: list[Change] = []
    passed_over = _PASSED_OVER if texts else _PASSED_OVER | _TEXTS
    for table in _TABLES:
        if progress is not None:
            progress.begin(f"compare {words.plural(table.kind)}")
        changes += _compare_table(table, before, after, passed_over)
    changes += _modifiers(before, after)
    return changes


def summary(changes: Sequence[Change]) -> dict[str, dict[str, int]]:
    """How many of each kind were added, removed and changed."""
    counts: dict[str, dict[str, int]] = {}
    for change in changes:
        kind = counts.setdefault(change.kind, {ADDED: 0, REMOVED: 0, CHANGED: 0})
        kind[change.what] += 1
    return counts


def as_text(changes: Sequence[Change], names: tuple[str, str]) -> str:
    """The differences as a person reads them."""
    lines = [f"From {names[0]} to {names[1]}:"]
    if not changes:
        return f"{lines[0]}\nThey are alike.\n"
    for kind, counts in summary(changes).items():
        parts = [f"{number:,} {what}" for what, number in counts.items() if number]
        lines.append(f"  {words.plural(kind)}: {', '.join(parts)}")
    last = ""
    for change in changes:
        if change.kind != last:
            lines += ["", words.plural(change.kind).capitalize()]
            last = change.kind
        shown = f" “{change.shown[:60]}”" if change.shown else ""
        lines.append(f"  {change.name}{shown}: {change.what}")
        lines += [f"    {detail}" for detail in change.details]
    return "\n".join(lines) + "\n"


def _compare_table(
    table: _Table, before: Source, after: Source, passed_over: frozenset[str]
) -> Iterator[Change]:
    old, new = _by_name(table, before), _by_name(table, after)
    for key in sorted({*old, *new}):
        first, second = old.get(key), new.get(key)
        if first is not None and first == second:
            continue
        present = second or first or ()
        row = dict(zip(table.record.names, present, strict=True))
        name, shown = str(row[str(table.record.key)]), str(row[table.shown])
        if first is None or second is None:
            yield Change(table.kind, name, shown, ADDED if first is None else REMOVED)
            continue
        earlier = dict(zip(table.record.names, first, strict=True))
        details = tuple(_fields(earlier, row, passed_over))
        if table.inner is not None:
            details += tuple(table.inner(before, after, earlier, row))
        if details:
            yield Change(table.kind, name, shown, CHANGED, details)


def _by_name(table: _Table, source: Source) -> dict[str, Values]:
    """Records by name, without case; equal names stay apart by a number."""
    place = table.record.position[str(table.record.key)]
    found: dict[str, Values] = {}
    for values in table.of(source):
        key = str(values[place]).lower()
        number = 2
        while key in found:
            key = f"{str(values[place]).lower()} ({number})"
            number += 1
        found[key] = values
    return found


def _fields(
    old: Mapping[str, Any], new: Mapping[str, Any], passed_over: frozenset[str] = frozenset()
) -> Iterator[str]:
    for name, value in new.items():
        if name not in passed_over and old[name] != value:
            yield words.changed(name, old[name], value)


def _effects(
    _before: Source, _after: Source, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[str]:
    first = [_effect(values) for values in old["effects"]]
    second = [_effect(values) for values in new["effects"]]
    for one, other in _paired(first, second):
        if one is None and other is not None:
            yield f"effect added: {words.effect(other)}"
        elif other is None and one is not None:
            yield f"effect removed: {words.effect(one)}"
        elif one is not None and other is not None:
            yield f"effect {words.effect(one)}: {'; '.join(_fields(one, other))}"


def _effect(values: Values) -> dict[str, Any]:
    row = dict(zip(layout.EFFECT.names, values, strict=True))
    return {name: value for name, value in row.items() if name not in _PASSED_OVER}


_Pair = tuple[dict[str, Any] | None, dict[str, Any] | None]


def _paired(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[_Pair]:
    """The effects that differ, each with the one it was; equal ones are left out."""
    rest = list(new)
    gone = []
    for effect in old:
        if effect in rest:
            rest.remove(effect)
        else:
            gone.append(effect)
    pairs: list[_Pair] = []
    for effect in gone:
        like = next((each for each in rest if _identity(each) == _identity(effect)), None)
        if like is not None:
            rest.remove(like)
        pairs.append((effect, like))
    return [*pairs, *((None, effect) for effect in rest)]


def _identity(effect: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(effect[name] for name in _SAME_EFFECT)


def _piece(
    _before: Source, _after: Source, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[str]:
    names = layout.ENHANCEMENT_EFFECT.names
    first = [dict(zip(names, values, strict=True)) for values in old["effects"]]
    second = [dict(zip(names, values, strict=True)) for values in new["effects"]]
    for number in range(max(len(first), len(second))):
        if number >= len(first):
            yield f"line added: {words.piece_line(second[number])}"
        elif number >= len(second):
            yield f"line removed: {words.piece_line(first[number])}"
        elif first[number] != second[number]:
            one, other = words.piece_line(first[number]), words.piece_line(second[number])
            yield (
                f"line {number + 1}: {one} → {other}"
                if one != other
                else (f"line {number + 1}: {one}, its effect changed")
            )


def _set(before: Source, after: Source, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    first, second = _pieces_of(before, old), _pieces_of(after, new)
    if first != second:
        yield words.changed("pieces", first, second)
    yield from _bonuses(_normal(old), _normal(new))
    yield from _bonuses(_special(old, first), _special(new, second))


def _pieces_of(source: Source, row: Mapping[str, Any]) -> tuple[str, ...]:
    place = layout.ENHANCEMENT.position["uid"]
    count = len(source.enhancements)
    return tuple(
        str(source.enhancements[index][place])
        for index in row["enhancement_indices"]
        if 0 <= index < count
    )


def _normal(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for values in row["bonuses"]:
        bonus = dict(zip(layout.SET_BONUS.names, values, strict=True))
        powers = tuple(str(each[0]) for each in bonus["powers"])
        if powers:
            key = words.bonus(bonus["slotted"], bonus["pv_mode"])
            found[key] = (*found.get(key, ()), *powers)
    return found


def _special(row: Mapping[str, Any], pieces: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for number, values in enumerate(row["special_bonuses"]):
        bonus = dict(zip(layout.SPECIAL_BONUS.names, values, strict=True))
        powers = tuple(str(each[0]) for each in bonus["powers"])
        name = pieces[number] if number < len(pieces) else f"piece {number + 1}"
        if powers:
            found[f"bonus of {name}"] = powers
    return found


def _bonuses(
    old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield words.changed(key, old.get(key, ()), new.get(key, ()))


def _modifiers(before: Source, after: Source) -> Iterator[Change]:
    old = {str(row[0]).lower(): row for row in before.modifier_tables}
    new = {str(row[0]).lower(): row for row in after.modifier_tables}
    for key in sorted({*old, *new}):
        first, second = old.get(key), new.get(key)
        if first is None or second is None:
            row = first or second or ("",)
            yield Change("modifier table", str(row[0]), "", ADDED if first is None else REMOVED)
        elif details := tuple(words.table(first[2], second[2])):
            yield Change("modifier table", str(second[0]), "", CHANGED, details)


_TABLES: Final = (
    _Table("archetype", layout.ARCHETYPE, lambda s: s.archetypes, "display_name"),
    _Table("powerset", layout.POWERSET, lambda s: s.powersets, "display_name"),
    _Table("power", layout.POWER, lambda s: s.powers, "display_name", _effects),
    _Table("entity", layout.ENTITY, lambda s: s.entities, "display_name"),
    _Table("piece", layout.ENHANCEMENT, lambda s: s.enhancements, "name", _piece),
    _Table("set", layout.ENHANCEMENT_SET, lambda s: s.enhancement_sets, "display_name", _set),
)
