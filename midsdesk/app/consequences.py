"""What a step did besides what was asked: said in the message bar, never asked before."""

from collections.abc import Collection

from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.rules.requirements import power_name


def consequences(
    before: Build, after: Build, asked: Collection[str], catalog: Catalog
) -> tuple[str, ...]:
    """Sentences about powers that came, left or were switched along with a step.

    Args:
        asked: Powers the step was about; they are not told again.
    """
    old, new = _by_power(before), _by_power(after)
    both = [name for name in old if name in new and name not in asked]
    off = [name for name in both if old[name].included and not new[name].included]
    on = [name for name in both if new[name].included and not old[name].included]
    came = [name for name in new if name not in old and name not in asked]
    left = [name for name in old if name not in new and name not in asked]
    sentences = (
        (off, "Switched off: {}."),
        (on, "Switched on: {}."),
        (came, "Came along: {}."),
        (left, "Left with it: {}."),
    )
    return tuple(
        text.format(", ".join(power_name(name, catalog) for name in names))
        for names, text in sentences
        if names
    )


def _by_power(build: Build) -> dict[str, PowerEntry]:
    return {entry.power: entry for entry in build.entries if not entry.is_empty}
