"""The words of `importer.diff`: fields, effects, lines of pieces and bonuses as people say them."""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from midsdesk.model.vocab import Attribute, DamageType, PvMode, StatusEffect, ToWho

_LONG_TEXTS: Final = frozenset(("description", "short_description"))
_MOST_SHOWN: Final = 6
_LONGEST: Final = 80
_EPSILON: Final = 1e-9


def plural(kind: str) -> str:
    """Several of a kind of record."""
    return "entities" if kind == "entity" else f"{kind}s"


def changed(name: str, old: Any, new: Any) -> str:
    """What became of a field."""
    label = name.replace("_", " ")
    if name in _LONG_TEXTS:
        return f"{label} reworded"
    if isinstance(old, (tuple, list)) and isinstance(new, (tuple, list)):
        return f"{label}: {_lists(old, new)}"
    return f"{label}: {value(old)} → {value(new)}"


def _lists(old: Sequence[Any], new: Sequence[Any]) -> str:
    added = [each for each in new if each not in old]
    removed = [each for each in old if each not in new]
    if not added and not removed:
        return "in another order, or another number of times"
    parts = [f"+ {_some(added)}"] if added else []
    parts += [f"− {_some(removed)}"] if removed else []
    return ", ".join(parts)


def _some(values: Sequence[Any]) -> str:
    shown = ", ".join(value(each) for each in values[:_MOST_SHOWN])
    more = len(values) - _MOST_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def value(given: Any) -> str:
    """One value, short."""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, float):
        return f"{given:.6g}"
    if isinstance(given, (tuple, list)):
        return f"({', '.join(value(each) for each in given[:_MOST_SHOWN])})"
    text = str(given)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"“{text}”" if isinstance(given, str) and (not text or " " in text) else text


def _label(kind: type[IntEnum], number: int) -> str:
    try:
        return kind(number).name.replace("_", " ").lower()
    except ValueError:
        return f"{kind.__name__} {number}"


def effect(row: Mapping[str, Any]) -> str:
    """An effect in one line: "damage (fire) to target, 1.96 × Ranged_Damage, chance 80 %"."""
    parts = [f"{_what(row)}{_to_whom(row['to_who'])}"]
    amount = row["scale"] * row["magnitude"]
    table = row["modifier_table"]
    parts.append(f"{amount:.6g} × {table}" if table else f"{amount:.6g}")
    if row["duration"]:
        parts.append(f"for {row['duration']:.6g} s")
    if row["ticks"] > 1:
        parts.append(f"{row['ticks']} times")
    if row["delay"]:
        parts.append(f"after {row['delay']:.6g} s")
    if row["ppm"]:
        parts.append(f"{row['ppm']:.6g} procs a minute")
    elif abs(row["probability"] - 1) > _EPSILON:
        parts.append(f"chance {row['probability']:.4%}".replace(".0000%", " %").replace("%", " %"))
    if row["pv_mode"]:
        parts.append(f"in {_label(PvMode, row['pv_mode'])} only")
    return ", ".join(parts).replace("  ", " ")


def _what(row: Mapping[str, Any]) -> str:
    name = _label(Attribute, row["attribute"])
    kinds = []
    if row["damage_type"]:
        kinds.append(_label(DamageType, row["damage_type"]))
    if row["status"]:
        kinds.append(_label(StatusEffect, row["status"]))
    if row["modifies"]:
        kinds.append(f"of {_label(Attribute, row['modifies'])}")
    if row["summon"]:
        kinds.append(row["summon"])
    return f"{name} ({', '.join(kinds)})" if kinds else name


def _to_whom(number: int) -> str:
    return f" to {_label(ToWho, number)}" if number else ""


def piece_line(row: Mapping[str, Any]) -> str:
    """One line of a piece: a strength, or an effect of its own."""
    if row["effect"] is not None:
        return "an effect of its own"
    schedule = "ABCD"[row["schedule"]] if 0 <= row["schedule"] < 4 else "none"
    return f"strength of aspect {row['enhances']}, schedule {schedule} × {row['multiplier']:.6g}"


def bonus(slotted: int, pv_mode: int) -> str:
    """Where a set bonus stands."""
    mode = f" in {_label(PvMode, pv_mode)}" if pv_mode else ""
    return f"bonus of {slotted} pieces{mode}"


def table(old: Sequence[Sequence[float]], new: Sequence[Sequence[float]]) -> Iterator[str]:
    """What became of a modifier table: how many values, and at which levels."""
    levels = []
    count = 0
    for number in range(max(len(old), len(new))):
        first = old[number] if number < len(old) else ()
        second = new[number] if number < len(new) else ()
        if tuple(first) != tuple(second):
            levels.append(number + 1)
            differing = sum(one != other for one, other in zip(first, second, strict=False))
            count += differing + abs(len(first) - len(second))
    if levels:
        yield f"{count:,} values differ, at levels {levels[0]} to {levels[-1]}"
