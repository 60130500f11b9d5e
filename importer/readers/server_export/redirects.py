"""Redirects that lead in circles: a power that fires itself in the end never does anything."""

from collections.abc import Mapping
from typing import Any

from importer.readers.server_export.loading import severity_of
from importer.source import Finding


def cycles(powers: Mapping[str, Mapping[str, Any]]) -> list[Finding]:
    """Return a finding for each circle of redirects, named once."""
    leads = {
        key: [entry["name"].lower() for entry in power.get("redirect") or ()]
        for key, power in powers.items()
        if power.get("redirect")
    }
    found: list[Finding] = []
    done: set[str] = set()
    for start in sorted(leads):
        way: list[str] = []
        _follow(start, leads, way, done, found, powers)
    return found


def _follow(
    name: str,
    leads: Mapping[str, list[str]],
    way: list[str],
    done: set[str],
    found: list[Finding],
    powers: Mapping[str, Mapping[str, Any]],
) -> None:
    if name in way:
        circle = [*way[way.index(name) :], name]
        text = " to ".join(powers[each]["full_name"] for each in circle)
        message = f"The redirects lead in a circle: {text}."
        place = f"power {powers[name]['full_name']}"
        severity = severity_of(name.partition(".")[0])
        found.append(Finding(severity, "powers", place, message))
        return
    if name in done or name not in leads:
        return
    way.append(name)
    for target in leads[name]:
        _follow(target, leads, way, done, found, powers)
    way.pop()
    done.add(name)
