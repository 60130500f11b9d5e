"""States of a fight that a player sets: which is there, and how often.

A state is an entry behind the picks, lit: so it is saved with the build, in every form that has a
place for such entries.
"""

from dataclasses import replace

from midsdesk.edit.normalise import fresh_entry
from midsdesk.errors import RuleViolationError
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import PowersetKind
from midsdesk.rules.choices import choices, rivals

_TOP_LEVEL = 50


def set_choice(build: Build, catalog: Catalog, power: str, stacks: int) -> Build:
    """Let a state be there, so many times, or not.

    Args:
        build: The build.
        catalog: Its game data.
        power: Stands for the state.
        stacks: 0 takes it away; a state without stacks has 1.

    Raises:
        RuleViolationError: No power of the build asks for it, or it cannot be there so often.
    """
    offered = choices(build, catalog)
    chosen = next((each for each in offered if each.power.lower() == power.lower()), None)
    known = catalog.power(power)
    if chosen is None or known is None:
        raise RuleViolationError(f"No power of the build depends on {power}.")
    most = max(1, chosen.most)
    if not 0 <= stacks <= most:
        raise RuleViolationError(f"{chosen.name} can be there 0 to {most} times.")
    changed = build
    if stacks:
        for rival in rivals(known, offered, catalog):
            changed = _put(changed, catalog, rival, 0, 0)
    return _put(changed, catalog, known.id, stacks, chosen.most)


def _put(build: Build, catalog: Catalog, power: str, stacks: int, most: int) -> Build:
    known = catalog.power(power)
    assert known is not None
    at = build.find(power)
    count = stacks if most else 0
    if at is None:
        if not stacks:
            return build
        entry = replace(
            fresh_entry(known, known.level or _TOP_LEVEL, catalog), included=True, stacks=count
        )
        return replace(build, entries=(*build.entries, entry))
    powerset = catalog.powerset(known.powerset)
    comes_and_goes = powerset is not None and powerset.kind in (
        PowersetKind.TEMPORARY,
        PowersetKind.REDIRECT,
        PowersetKind.PET,
    )
    if not stacks and comes_and_goes:
        return replace(build, entries=(*build.entries[:at], *build.entries[at + 1 :]))
    entry = replace(build.entries[at], included=bool(stacks), stacks=count)
    return build.with_entry(at, entry)
