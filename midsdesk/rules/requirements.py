"""Which powers may be taken: level, archetype, other powers, exclusive powersets.

Answers are reasons in words; "" means nothing stands in the way.
Source: calculation reference A, section 9.1; B, sections 1.6, 1.7 and 1.11.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power, Powerset


def held_levels(build: Build) -> dict[str, int]:
    """Level at which a build holds each of its powers, by lower-case full name."""
    return {entry.power.lower(): entry.level for entry in build.entries if not entry.is_empty}


def meets(power: Power, archetype: str, level: int, held: Mapping[str, int]) -> bool:
    """Whether nothing stands in the way of `power`, without saying what does.

    `held` is what `held_levels` gives, made once for many questions.
    """
    requirement = power.requirement
    if level < power.level or class_refusal(power, archetype):
        return False
    alternatives = testable(requirement.required_powers)
    if alternatives and not any(_holds(pair, level, held) for pair in alternatives):
        return False
    return not any(name.lower() in held for pair in requirement.forbidden_powers for name in pair)


def testable(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Leave out pairs that name something else than powers, such as a powerset.

    Full names of powers have two points; a list of which nothing is left allows.
    Source: format description of the data folder, section 3.3.
    """
    return tuple(pair for pair in pairs if all(not name or name.count(".") == 2 for name in pair))


def unmet(power: Power, build: Build, level: int, catalog: Catalog) -> str:
    """Say why `power` may not be taken at `level` (from 1); "" if it may.

    Whether powers of the build are switched on does not matter.
    """
    if level < power.level:
        return f"needs level {power.level}"
    return (
        class_refusal(power, build.archetype)
        or _required_refusal(power, build, level, catalog)
        or _forbidden_refusal(power, build, catalog)
    )


def class_refusal(power: Power, archetype: str) -> str:
    """Say why an archetype may not have `power`; "" if it may."""
    requirement = power.requirement
    wanted = archetype.lower()
    allowed = {name.lower() for name in requirement.required_classes}
    if allowed and wanted not in allowed:
        return "not for this archetype"
    if wanted in {name.lower() for name in requirement.excluded_classes}:
        return "not for this archetype"
    return ""


def powersets_clash(first: Powerset | None, second: Powerset | None) -> bool:
    """Whether one of two powersets excludes the other."""
    if first is None or second is None or first.id == second.id:
        return False
    return first.id in second.exclusive or second.id in first.exclusive


def power_name(name: str, catalog: Catalog) -> str:
    """Name of a power as players know it, made from its full name if the data lack it."""
    power = catalog.power(name)
    return power.display_name if power else name.rpartition(".")[2].replace("_", " ")


def _required_refusal(power: Power, build: Build, level: int, catalog: Catalog) -> str:
    alternatives = testable(power.requirement.required_powers)
    if not alternatives:
        return ""
    held = held_levels(build)
    if any(_holds(pair, level, held) for pair in alternatives):
        return ""
    return "needs " + _alternatives_in_words(alternatives, catalog)


def _holds(pair: tuple[str, str], level: int, held: Mapping[str, int]) -> bool:
    return all(held.get(name.lower(), level + 1) <= level for name in pair if name)


def _forbidden_refusal(power: Power, build: Build, catalog: Catalog) -> str:
    for pair in power.requirement.forbidden_powers:
        for name in pair:
            if name and build.find(name) is not None:
                return f"cannot be taken together with {power_name(name, catalog)}"
    return ""


def _alternatives_in_words(pairs: tuple[tuple[str, str], ...], catalog: Catalog) -> str:
    """Boxing or Kick; "two of A, B, C" for all pairs; "A with B, or C with D" otherwise."""
    known = [pair for pair in pairs if all(not name or catalog.power(name) for name in pair)]
    wanted = [frozenset(name for name in pair if name) for pair in known or pairs]
    names = list(dict.fromkeys(name for pair in known or pairs for name in pair if name))
    shown = [power_name(name, catalog) for name in names]
    if all(len(pair) == 1 for pair in wanted):
        return _either(shown)
    if set(wanted) == {frozenset(pair) for pair in combinations(names, 2)}:
        if len(names) == 2:
            return " and ".join(shown)
        return f"two of {', '.join(shown[:-1])} and {shown[-1]}"
    return ", or ".join(
        dict.fromkeys(
            " with ".join(power_name(name, catalog) for name in pair if name)
            for pair in known or pairs
        )
    )


def _either(names: Iterable[str]) -> str:
    unique = list(dict.fromkeys(names))
    if len(unique) == 1:
        return unique[0]
    return f"{', '.join(unique[:-1])} or {unique[-1]}"
