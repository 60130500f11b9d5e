"""Sliders for powers whose number of stacks a condition asks for: Tidal Power, Blood Frenzy.

The server keeps such counters as temporary powers. A planner lets the player say how many there
are, from none to the largest number any condition tells apart.
"""

from collections.abc import Iterable, Sequence

from importer.mhd import layout
from importer.readers.server_export.powers import MadePower
from importer.source import Values

_CONDITIONS = layout.EFFECT.position["conditions"]
_NAME = "Stacks"


def with_sliders(made: Sequence[MadePower]) -> tuple[Values, ...]:
    """Return the records of powers; those counted in a condition have a slider of stacks."""
    most = asked_for(made)
    position = layout.POWER.position
    found = []
    for each in made:
        values = each.values
        number = most.get(values[position["full_name"]].lower(), 0)
        if number and not values[position["variable_enabled"]]:
            changed = list(values)
            changed[position["variable_enabled"]] = True
            changed[position["variable_name"]] = _NAME
            changed[position["variable_min"]] = 0
            changed[position["variable_max"]] = number
            changed[position["variable_start"]] = 0
            values = tuple(changed)
        found.append(values)
    return tuple(found)


def asked_for(made: Iterable[MadePower]) -> dict[str, int]:
    """Return power in small letters -> the largest number of stacks a condition tells apart."""
    found: dict[str, int] = {}
    for each in made:
        for effect in each.effects:
            for key, value in effect.values[_CONDITIONS]:
                kind, _, name = key.rpartition(" ")[2].partition(":")
                sign, _, text = value.partition(" ")
                if kind == "Stacks" and text.isdigit():
                    number = int(text) + (sign == ">")
                    found[name.lower()] = max(found.get(name.lower(), 1), number)
    return found
