"""Everything worth mending in a build: what is illegal, what is wasted, what is unfinished.

Each problem has its place, a reason with numbers and ways to mend it. What only the calculator
knows comes in as `Measured`: rules and calculator do not know each other.
Source: issue 4, item 4; calculation reference B, sections 5.2 and 6.1.
"""

from collections.abc import Iterator, Sequence

from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.rules.check import Violation, check
from midsdesk.rules.problems_model import (
    Action,
    Measured,
    Problem,
    ProblemKind,
    Remedy,
    Severity,
)
from midsdesk.rules.problems_open import unfinished
from midsdesk.rules.problems_waste import slot_remedies, wasted
from midsdesk.rules.requirements import power_name


def problems(
    build: Build,
    catalog: Catalog,
    measured: Measured | None = None,
    violations: Sequence[Violation] | None = None,
) -> tuple[Problem, ...]:
    """Return all problems, the worst first, in the order of the build.

    Args:
        violations: What `check` found, if that is known already.
    """
    measured = measured or Measured()
    found = [
        *_illegal(build, catalog, check(build, catalog) if violations is None else violations),
        *wasted(build, catalog, measured),
        *unfinished(build, catalog),
    ]
    return tuple(sorted(found, key=lambda each: each.severity))


def nothing_wrong(build: Build) -> str:
    """Return what an empty list says: "No problems. 24 picks and 67 slots are legal."."""
    picks = sum(not entry.is_empty for entry in build.picks)
    return f"No problems. {picks} picks and {build.added_slots} slots are legal."


def _name(build: Build, catalog: Catalog, entry: int) -> str:
    return power_name(build.entries[entry].power, catalog)


def _illegal(build: Build, catalog: Catalog, violations: Sequence[Violation]) -> Iterator[Problem]:
    for violation in violations:
        unknown = violation.reason.startswith("The game data do not know")
        kind = ProblemKind.UNKNOWN if unknown else ProblemKind.ILLEGAL
        entry, slot = violation.entry, violation.slot
        remedies: tuple[Remedy, ...] = ()
        title = "The build is illegal"
        if entry is not None and slot is not None:
            title = f"Slot {slot + 1} of {_name(build, catalog, entry)}"
            remedies = slot_remedies(build, entry, slot)
        elif entry is not None:
            title = f"{_name(build, catalog, entry)} is illegal"
            if unknown:
                title = f"{_name(build, catalog, entry)} is unknown"
            remedies = (
                Remedy("Go to power", Action.GO_TO, entry),
                Remedy("Remove it", Action.REMOVE_POWER, entry),
            )
            remedies = (*remedies, *_required(build, catalog, entry))
        else:
            remedies = _of_build(build, violation)
        yield Problem(kind, Severity.ERROR, title, violation.reason, entry, slot, remedies)


def _of_build(build: Build, violation: Violation) -> tuple[Remedy, ...]:
    """Return what can be done where the build as a whole is illegal."""
    if violation.surplus is not None:
        return slot_remedies(build, *violation.surplus)
    if violation.place is not None:
        place = str(violation.place)
        return (Remedy("Choose another powerset", Action.CHOOSE_POWERSET, name=place),)
    return (Remedy("Choose an archetype", Action.CHOOSE_ARCHETYPE),)


def _required(build: Build, catalog: Catalog, entry: int) -> Iterator[Remedy]:
    """Yield the powers whose taking would fulfil the requirement of an entry."""
    power = catalog.power(build.entries[entry].power)
    if power is None:
        return
    offered: set[str] = set()
    for pair in power.requirement.required_powers:
        missing = [name for name in pair if name and build.find(name) is None]
        if len(missing) == 1 and missing[0] not in offered and catalog.power(missing[0]):
            offered.add(missing[0])
            label = f"Take {power_name(missing[0], catalog)}"
            yield Remedy(label, Action.TAKE_POWER, name=missing[0])
