"""States of a fight that a build's powers ask for, and the command that sets one."""

from functools import partial

from midsdesk.app.document import Document
from midsdesk.app.history import Command
from midsdesk.edit.choices import set_choice
from midsdesk.rules.choices import Choice, choices
from midsdesk.rules.requirements import power_name


def states(document: Document) -> tuple[Choice, ...]:
    """The states the powers of the build ask for; none where no power does."""
    return choices(document.build, document.catalog)


def asked_by(document: Document, state: Choice) -> str:
    """The powers that ask for a state, in words."""
    names = (document.build.entries[index].power for index in state.asked_by)
    return ", ".join(dict.fromkeys(power_name(name, document.catalog) for name in names))


def set_state(document: Document, power: str, stacks: int) -> Command:
    """Let a state be there, so many times, or not (0)."""
    name = power_name(power, document.catalog)
    label = f"{name} × {stacks}" if stacks > 1 else f"{name} on" if stacks else f"{name} off"
    return Command(label, partial(set_choice, catalog=document.catalog, power=power, stacks=stacks))
