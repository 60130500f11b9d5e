"""A build as the short lists that a share code holds, version 1.

The layout never changes: codes are for ever. Whatever has its usual value is left out at the end
of its list. An entry is `[powerset, name, level, flags, levels, pieces, alternates, stacks,
inherent slots used, inherent slots, sub powers, extras, extras of slots]`: the powerset is the
number of its place, or its name, or 8 where the name is the full one; slot levels are one letter
each; pieces in a row that differ in their last letter only share one run, such as
`["Crafted_Apocalypse_", "ABCDE"]`. Extras are JSON texts.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from midsdesk.formats.native_shape import (
    BuildShape,
    DataShape,
    EntryShape,
    PieceShape,
    SlotShape,
    SubPowerShape,
)

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIDES: Final = ("hero", "rogue", "vigilante", "villain", "loyalist", "resistance")
_GRADES: Final = ("none", "training", "dual", "single")
_NO_GRADE: Final = ("Crafted_", "Attuned_", "Superior_")
_INCLUDED, _PROCS_OFF = 1, 2
_USUAL_LEVEL: Final = 50
_PLACES: Final = 8
_WHOLE: Final = ("Inherent.", "Incarnate.", "Temporary_Powers.")
_MOST_SLOTS: Final = 12

Json = Any


def packed(shape: BuildShape) -> list[Json]:
    """The short lists of a build."""
    return _trimmed(
        [
            shape.archetype,
            shape.origin,
            _SIDES.index(shape.alignment),
            shape.powersets,
            [_entry(each, shape.powersets) for each in shape.picks],
            [_entry(each, shape.powersets) for each in shape.others],
            shape.name,
            [shape.made_with.name, shape.made_with.version],
            shape.comment,
            _extras(shape),
        ]
    )


def _trimmed(values: list[Json]) -> list[Json]:
    """The list without the empty values at its end."""
    while values and values[-1] in (0, "", [], {}, None):
        values.pop()
    return values


def _extras(shape: Any) -> str:
    extras = {"kept": shape.kept} if shape.kept else {}
    extras = {**extras, **(shape.model_extra or {})}
    return json.dumps(extras, separators=(",", ":")) if extras else ""


def _entry(entry: EntryShape, powersets: Sequence[str]) -> list[Json]:
    slots = entry.slots
    return _trimmed(
        [
            *_power(entry.power, powersets),
            entry.level,
            _INCLUDED * entry.included + _PROCS_OFF * entry.procs_off,
            "".join(_ALPHABET[min(slot.level, len(_ALPHABET) - 1)] for slot in slots),
            _pieces([slot.piece for slot in slots]),
            _pieces([slot.alternate for slot in slots]),
            entry.stacks,
            entry.inherent_slots,
            sum(1 << number for number, slot in enumerate(slots) if slot.inherent),
            [_trimmed([sub.power, int(sub.included), _extras(sub)]) for sub in entry.sub_powers],
            _extras(entry),
            _trimmed([_extras(slot) for slot in slots]),
        ]
    )


def _power(name: str, powersets: Sequence[str]) -> list[Json]:
    powerset, _, last = name.rpartition(".")
    for place, chosen in enumerate(powersets[:_PLACES]):
        if chosen and chosen == powerset:
            return [place, last]
    if not powerset or name.startswith(_WHOLE):
        return [_PLACES, name]
    return [powerset, last]


def _pieces(pieces: Sequence[PieceShape | None]) -> list[Json]:
    """The runs of the pieces; "" for an empty slot."""
    runs: list[Json] = []
    last: list[Json] | None = None
    for piece in pieces:
        if piece is None:
            runs.append("")
            last = None
            continue
        head, end, facts = piece.enhancement[:-1], piece.enhancement[-1:], _facts(piece)
        if last is not None and last[0] == head and last[2:] == facts:
            last[1] += end
        else:
            last = [head, end, *facts]
            runs.append(last)
    return _trimmed(runs)


def _facts(piece: PieceShape) -> list[Json]:
    """Level below the usual one, boosters, grade below the usual one, obtained, extras."""
    grade = _GRADES.index(piece.grade)
    return _trimmed(
        [
            _USUAL_LEVEL - piece.level,
            piece.relative,
            _usual_grade(piece.enhancement) - grade,
            int(piece.obtained),
            _extras(piece),
        ]
    )


def _usual_grade(name: str) -> int:
    return 0 if name.startswith(_NO_GRADE) else len(_GRADES) - 1


def unpacked(value: Json) -> BuildShape:
    """The build of short lists.

    Raises:
        ValueError, TypeError, LookupError: It is none; the caller turns them into a refusal.
    """
    values = _Values(value)
    archetype, origin = values.text(), values.text()
    side = _SIDES[values.number()]
    powersets = [str(each) for each in values.items()[:_PLACES]]
    picks = [_unpacked_entry(each, powersets) for each in values.items()]
    others = [_unpacked_entry(each, powersets) for each in values.items()]
    name = values.text()
    made = _Values(values.items())
    shape = {
        "name": name,
        "archetype": archetype,
        "origin": origin,
        "alignment": side,
        "made_with": DataShape(name=made.text(), version=made.text()),
        "comment": values.text(),
        "powersets": powersets,
        "picks": picks,
        "others": others,
    }
    return BuildShape(**_with(values.mapping(), shape))


class _Values:
    """A list whose end may be missing, taken from left to right."""

    def __init__(self, values: Json) -> None:
        if not isinstance(values, list):
            raise TypeError("a list is wanted")
        self._values = list(values)[::-1]

    def _take(self, kind: type, default: Json) -> Json:
        value = self._values.pop() if self._values else default
        if isinstance(value, bool) or not isinstance(value, kind):
            raise TypeError(f"{kind.__name__} is wanted")
        return value

    def text(self) -> str:
        return str(self._take(str, ""))

    def number(self) -> int:
        return int(self._take(int, 0))

    def items(self) -> list[Json]:
        return list(self._take(list, []))

    def mapping(self) -> dict[str, Json]:
        return _mapping(self.text())

    def place_or_text(self) -> int | str:
        value = self._values.pop() if self._values else _PLACES
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            raise TypeError("a place is wanted")
        return value


def _mapping(text: Json) -> dict[str, Json]:
    value = json.loads(text) if text else {}
    if not isinstance(value, dict):
        raise TypeError("an object is wanted")
    return value


def _with(extras: dict[str, Json], shape: dict[str, Json]) -> dict[str, Json]:
    """The members of a shape; what is unknown never replaces what is known."""
    return {**extras, **shape}


def _unpacked_entry(value: Json, powersets: Sequence[str]) -> EntryShape:
    values = _Values(value)
    power = _unpacked_power(values.place_or_text(), values.text(), powersets)
    level, flags = values.number(), values.number()
    levels = [_ALPHABET.index(sign) for sign in values.text()]
    if len(levels) > _MOST_SLOTS:
        raise ValueError("too many slots")
    pieces = _unpacked_pieces(values.items(), len(levels))
    alternates = _unpacked_pieces(values.items(), len(levels))
    stacks, used, inherent = values.number(), values.number(), values.number()
    subs = [_Values(each) for each in values.items()]
    extras, more = values.mapping(), values.items()
    slots = [
        SlotShape(
            **_with(
                _mapping(more[number] if number < len(more) else ""),
                {
                    "level": at,
                    "piece": pieces[number],
                    "alternate": alternates[number],
                    "inherent": bool(inherent >> number & 1),
                },
            )
        )
        for number, at in enumerate(levels)
    ]
    shape = {
        "power": power,
        "level": level,
        "included": bool(flags & _INCLUDED),
        "procs_off": bool(flags & _PROCS_OFF),
        "stacks": stacks,
        "inherent_slots": used,
        "slots": slots,
        "sub_powers": [_sub(each) for each in subs],
    }
    return EntryShape(**_with(extras, shape))


def _sub(values: _Values) -> SubPowerShape:
    name, included = values.text(), bool(values.number())
    return SubPowerShape(**_with(values.mapping(), {"power": name, "included": included}))


def _unpacked_power(place: int | str, name: str, powersets: Sequence[str]) -> str:
    if place == _PLACES:
        return name
    return f"{place if isinstance(place, str) else powersets[place]}.{name}"


def _unpacked_pieces(runs: list[Json], count: int) -> list[PieceShape | None]:
    found: list[PieceShape | None] = []
    for run in runs:
        if run == "":
            found.append(None)
        else:
            found += _unpacked_run(run)
    if len(found) > count:
        raise ValueError("more pieces than slots")
    return found + [None] * (count - len(found))


def _unpacked_run(run: Json) -> list[PieceShape]:
    values = _Values(run)
    head, ends = values.text(), values.text()
    level, relative, grade = values.number(), values.number(), values.number()
    obtained, extras = bool(values.number()), values.mapping()
    if not ends or len(ends) > _MOST_SLOTS:
        raise ValueError("no pieces")
    return [
        PieceShape(
            **_with(
                extras,
                {
                    "enhancement": head + end,
                    "level": _USUAL_LEVEL - level,
                    "relative": relative,
                    "grade": _GRADES[_usual_grade(head + end) - grade],
                    "obtained": obtained,
                },
            )
        )
        for end in ends
    ]
