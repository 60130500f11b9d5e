"""Compare two results under the old planner's keys, value by value.

Compared: every key of the totals, the statistics, the sums, the archetype's values, the chance
modifiers; of each power its lights, stacks, figures and factors, and its effects as a multiset;
the slotted sets, the counted bonuses, the list states. Not compared: the engine's bookkeeping.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

RELATIVE, ABSOLUTE = 1e-4, 1e-6

_WHOLE = (
    "totals",
    "totals_capped",
    "displayed",
    "accumulators",
    "archetype_values",
    "chance_modifiers",
)
_FIGURES = ("base", "enhanced", "factors")
_NOT_COMPARED = {"effect_count"}
_IDENTITY = ("type", "damage_type", "mez_type", "et_modifies", "aspect", "to_who", "pv_mode")
_EFFECT = (
    "magnitude",
    "base_magnitude",
    "duration",
    "ticks",
    "probability",
    "included_in_totals",
)


@dataclass
class Tally:
    """What was compared.

    Attributes:
        compared, equal: Values by part. worst: The largest relative difference by part.
        misses: (part, place, ours, theirs).
    """

    compared: Counter[str] = field(default_factory=Counter)
    equal: Counter[str] = field(default_factory=Counter)
    worst: dict[str, float] = field(default_factory=dict)
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    def take(self, part: str, place: str, ours: Any, theirs: Any) -> None:
        """Compare one value."""
        self.compared[part] += 1
        if same(ours, theirs):
            self.equal[part] += 1
        else:
            self.misses.append((part, place, ours, theirs))
        self.worst[part] = max(self.worst.get(part, 0.0), difference(ours, theirs))

    def add(self, other: "Tally") -> None:
        """Add another tally to this one."""
        self.compared += other.compared
        self.equal += other.equal
        for part, value in other.worst.items():
            self.worst[part] = max(self.worst.get(part, 0.0), value)
        self.misses += other.misses


def same(ours: Any, theirs: Any) -> bool:
    """Return whether two values count as equal."""
    if isinstance(ours, bool | str | None) or isinstance(theirs, bool | str | None):
        return bool(ours == theirs)
    if not isinstance(ours, int | float):
        return bool(ours == theirs)
    return bool(abs(ours - theirs) <= max(ABSOLUTE, RELATIVE * max(abs(ours), abs(theirs))))


def difference(ours: Any, theirs: Any) -> float:
    """Return the relative difference of two numbers, 0 for anything else."""
    numbers = (int, float)
    if not isinstance(ours, numbers) or not isinstance(theirs, numbers):
        return 0.0
    gap = abs(ours - theirs)
    return 0.0 if gap <= ABSOLUTE else gap / max(abs(ours), abs(theirs))


def flat(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the leaves of nested dictionaries with their dotted names."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from flat(each, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix, value


def compare(ours: dict[str, Any], theirs: dict[str, Any]) -> Tally:
    """Compare our result with the old planner's."""
    tally = Tally()
    for part in _WHOLE:
        mine, wanted = dict(flat(ours[part])), dict(flat(theirs[part]))
        for key in sorted(mine.keys() | wanted.keys()):
            # Sums and modifiers list only what is not 0.
            absent = 0.0 if part in ("accumulators", "chance_modifiers", "totals") else None
            tally.take(part, key, mine.get(key, absent), wanted.get(key, absent))
    _powers(ours, theirs, tally)
    _bonuses(ours, theirs, tally)
    return tally


def _powers(ours: dict[str, Any], theirs: dict[str, Any], tally: Tally) -> None:
    mine = {each["power"].lower(): each for each in ours["powers"]}
    wanted = {each["power"].lower(): each for each in theirs["powers"]}
    for name in sorted(mine.keys() | wanted.keys()):
        tally.take("powers present", name, name in mine, name in wanted)
        if name not in mine or name not in wanted:
            continue
        power, other = mine[name], wanted[name]
        for key in ("included", "stacks"):
            tally.take("powers", f"{name}.{key}", power[key], other[key])
        for part in _FIGURES:
            for key, value in other[part].items():
                if key not in _NOT_COMPARED:
                    tally.take("powers", f"{name}.{part}.{key}", power[part].get(key), value)
        _effects(name, power["effects"], other["effects"], tally)
    states = {each["power"].lower(): each["state"] for each in ours["validity"]}
    for each in theirs["validity"]:
        name = each["power"].lower()
        tally.take("validity", name, states.get(name), each["state"])


def _effects(
    power: str, ours: list[dict[str, Any]], theirs: list[dict[str, Any]], tally: Tally
) -> None:
    """Compare two lists as multisets: effects of one identity are paired as well as can be."""
    mine, wanted = _grouped(ours), _grouped(theirs)
    for identity in mine.keys() | wanted.keys():
        left = list(wanted.get(identity, []))
        place = f"{power} {' '.join(str(each) for each in identity if each)}"
        for effect in mine.get(identity, []):
            if not left:
                tally.take("effects", f"{place}: surplus", effect, None)
                continue
            best = max(left, key=partial(_likeness, effect))
            left.remove(best)
            for key in _EFFECT:
                tally.take("effects", f"{place}.{key}", effect[key], best[key])
        for effect in left:
            tally.take("effects", f"{place}: missing", None, str(effect))


def _grouped(effects: list[dict[str, Any]]) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for effect in effects:
        groups[tuple(effect.get(key) for key in _IDENTITY)].append(effect)
    return groups


def _likeness(effect: dict[str, Any], other: dict[str, Any]) -> int:
    return sum(same(effect[key], other[key]) for key in _EFFECT)


def _bonuses(ours: dict[str, Any], theirs: dict[str, Any], tally: Tally) -> None:
    mine = {each["power"]: each for each in ours["active_set_bonus_powers"]}
    wanted = {each["power"]: each for each in theirs["active_set_bonus_powers"]}
    for name in sorted(mine.keys() | wanted.keys()):
        for key in ("count", "counted"):
            tally.take(
                "set bonuses",
                f"{name}.{key}",
                mine.get(name, {}).get(key),
                wanted.get(name, {}).get(key),
            )
    tally.take(
        "set bonuses", "number of sets", len(ours["set_bonuses"]), len(theirs["set_bonuses"])
    )
    for each, other in zip(ours["set_bonuses"], theirs["set_bonuses"], strict=False):
        for key in ("set", "pieces", "power", "bonus_powers", "suppressed_by_rule_of_five"):
            tally.take(
                "set bonuses", f"{other['power']} {other['set']} {key}", each[key], other[key]
            )
