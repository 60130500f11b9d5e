"""What a step did besides what was asked: said in the message bar, never asked before."""

from midsdesk.app.document import Document, DocumentChanged
from midsdesk.model.build import Build, PowerEntry
from midsdesk.rules.requirements import power_name


def consequences(document: Document, event: DocumentChanged) -> tuple[str, ...]:
    """Sentences about powers that came, left or were switched off along with a step.

    Empty where nothing but the thing itself happened, and where the character changed.
    """
    before, after = event.build_before, event.build_after
    if before is after or before.archetype != after.archetype:
        return ()
    old, new = _by_power(before), _by_power(after)
    both = [name for name in old if name in new]
    off = [name for name in both if old[name].included and not new[name].included]
    on = [name for name in both if new[name].included and not old[name].included]
    if event.label.endswith(" off"):
        # What was asked for went off; what it had switched off comes back.
        off = [name for name in off if power_name(name, document.catalog) not in event.label]
    else:
        on = []
    picked = {entry.power for entry in (*before.picks, *after.picks)}
    came = [name for name in new if name not in old and name not in picked]
    left = [name for name in old if name not in new and name not in picked]
    sentences = (
        (off, "Switched off: {}."),
        (on, "Switched on again: {}."),
        (came, "Came along: {}."),
        (left, "Left with it: {}."),
    )
    return tuple(
        text.format(", ".join(power_name(name, document.catalog) for name in names))
        for names, text in sentences
        if names
    )


def _by_power(build: Build) -> dict[str, PowerEntry]:
    return {entry.power: entry for entry in build.entries if not entry.is_empty}
