"""What pointing at something would do: a sentence, the change of the totals, what else follows.

Nothing of it is done. The window shows it as a card while the pointer or the focus rests there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from midsdesk.app import commands
from midsdesk.app.document import Document
from midsdesk.app.goals import goals_of
from midsdesk.app.history import Command
from midsdesk.app.numbers import with_unit
from midsdesk.app.ports import Calculation
from midsdesk.app.totals_view import total_names
from midsdesk.edit.powers import can_switch, pick_for, set_included
from midsdesk.model.build import Build
from midsdesk.model.totals import Statistic
from midsdesk.model.vocab import Activation
from midsdesk.rules.requirements import power_name, unmet

MOST_CHIPS: Final = 4
_NEARLY: Final = 0.005
_KINDS: Final = {
    Activation.CLICK: "click",
    Activation.TOGGLE: "toggle",
    Activation.AUTO: "auto",
}
# Totals that are said as one where all of them change alike.
_ALL: Final = (("defense.", "all defense"), ("resistance.", "all resistance"))
# Shown in another unit elsewhere; one of the two is enough.
_TWICE: Final = frozenset({"regeneration", "recovery", "endurance_net"})


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that a click would do.

    Attributes:
        title, kind, place: Of the thing: its name, "toggle" and such, and where it belongs.
        sentence: "Taken at 26, included. If you remove it:".
        make: Makes the command whose numbers are shown; None where a click would do nothing,
            `reason` says why.
    """

    title: str
    kind: str
    place: str
    sentence: str
    make: Callable[[Document], Command] | None = field(default=None, compare=False)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One change of a total: "−2.64 all defense". `good`: it is for the better."""

    text: str
    rises: bool
    good: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a wish would change.

    Attributes:
        chips: At most `MOST_CHIPS`, the goals' first; more: how many further totals change.
        notes: What else follows, in sentences.
    """

    chips: tuple[Chip, ...]
    more: int
    notes: tuple[str, ...]


def of_word(document: Document, power: str) -> Wish | None:
    """What a click on a word of a list would do."""
    build, catalog = document.build, document.catalog
    known = catalog.power(power)
    if known is None:
        return None
    family = catalog.powerset(known.powerset)
    place = f"{family.display_name if family else ''}, from {known.level}"
    kind = _KINDS.get(Activation(known.activation), "") if known.activation in _KINDS else ""
    held = build.find(power)
    if held is not None:
        entry = build.entries[held]
        state = f"Taken at {entry.level}"
        if can_switch(known):
            state += ", included" if entry.included else ", not included"
        return Wish(
            known.display_name,
            kind,
            place,
            f"{state}. If you remove it:",
            lambda d: commands.toggle_power(d, power),
        )
    index = pick_for(build, catalog, known.id, document.next_pick_level)
    if index is None:
        reason = "No empty pick is left for it."
        return Wish(known.display_name, kind, place, "", None, reason)
    level = build.entries[index].level
    refusal = unmet(known, build, level, catalog)
    sentence = f"If you take it at {level}"
    if refusal:
        sentence = f"{refusal[:1].upper()}{refusal[1:]}. {sentence} all the same"
    sentence += " and switch it on:" if can_switch(known) else ":"
    return Wish(known.display_name, kind, place, sentence, lambda d: _taken(d, power))


def _taken(document: Document, power: str) -> Command:
    """Taking a power and switching it on: a power that is off would promise nothing."""
    taking = commands.toggle_power(document, power)

    def edit(build: Build) -> Build:
        after = taking.edit(build)
        index = after.find(power)
        known = document.catalog.power(power)
        if index is None or known is None or not can_switch(known):
            return after
        return set_included(after, document.catalog, index, included=True)

    return Command(taking.label, edit)


def of_other(document: Document, power: str) -> Wish | None:
    """What adding or removing an accolade, an incarnate or another power by the side would do."""
    known = document.catalog.power(power)
    if known is None:
        return None
    family = document.catalog.powerset(known.powerset)
    held = document.build.find(power) is not None
    return Wish(
        known.display_name,
        _KINDS.get(Activation(known.activation), "") if known.activation in _KINDS else "",
        family.display_name if family else "",
        "In the build. If you remove it:" if held else "If you add it:",
        lambda d: commands.toggle_other(d, power),
    )


def of_lamp(document: Document, entry: int, *, procs: bool) -> Wish | None:
    """What a click on a light of a bar would do."""
    held = document.build.entries[entry]
    known = document.catalog.power(held.power) if held.power else None
    if known is None:
        return None
    name = known.display_name
    if procs:
        turn = "on" if held.procs_off else "off"
        sentence = f"If you switch its procs {turn}:"
        return Wish(
            name, "", "", sentence, lambda d: commands.set_procs_off(d, entry, not held.procs_off)
        )
    if not can_switch(known):
        return None
    turn = "off" if held.included else "on"
    return Wish(
        name,
        "",
        "",
        f"If you switch it {turn}:",
        lambda d: commands.set_included(d, entry, not held.included),
    )


def of_slot(document: Document, entry: int, slot: int) -> Wish | None:
    """What a slot gives: how the totals would be without its piece."""
    slots = document.build.entries[entry].slots
    if not 0 <= slot < len(slots):
        return None
    held = slots[slot]
    host = power_name(document.build.entries[entry].power, document.catalog)
    place = f"{host}, slot {slot + 1} of {len(slots)}"
    if held.enhancement is None:
        bought = f"Bought at {held.level}. Right click or Enter chooses a piece."
        return Wish("Empty slot", "", place, "", None, bought)
    name = commands.piece_name(document.catalog, held.enhancement.enhancement)
    return Wish(
        name, "", place, "If you empty the slot:", lambda d: commands.clear_slot(d, entry, slot)
    )


def foresee(document: Document, wish: Wish, after: Calculation) -> Foreseen:
    """Tell what a wish changes; `after` are the numbers it leads to."""
    now = {item.key: item for item in document.calculation.statistics}
    then = {item.key: item for item in after.statistics}
    changes = _changes(now, then, {goal.total for goal in goals_of(document.build)})
    notes: tuple[str, ...] = ()
    build = document.preview_build(wish.make(document)) if wish.make is not None else None
    if build is not None:
        notes = tuple(_notes(document, build))
    chips = tuple(chip for _, chip in changes)
    return Foreseen(chips[:MOST_CHIPS], max(0, len(chips) - MOST_CHIPS), notes)


def _changes(
    now: dict[str, Statistic], then: dict[str, Statistic], wanted: set[str]
) -> list[tuple[tuple[bool, float], Chip]]:
    """Return the changes, those of goals first, then by how much of its own scale each moves."""
    found: list[tuple[tuple[bool, float], Chip]] = []
    names = {name.key: name for name in total_names()}
    moved = {
        key: then[key].value - item.value
        for key, item in now.items()
        if key in then and key not in _TWICE and abs(then[key].value - item.value) >= _NEARLY
    }
    for prefix, text in _ALL:
        keys = [key for key in names if key.startswith(prefix) and key in now]
        # Hardly any power defends against toxic damage; that alone does not part the others.
        if f"{prefix}toxic" in keys and f"{prefix}toxic" not in moved:
            keys.remove(f"{prefix}toxic")
        steps = {round(moved.get(key, 0.0), 3) for key in keys}
        if len(keys) > 1 and len(steps) == 1 and keys[0] in moved:
            step = moved[keys[0]]
            rank = (not wanted.intersection(keys), -abs(step) / 10)
            found.append((rank, _chip(step, now[keys[0]].unit, text, lower=False)))
            for key in keys:
                del moved[key]
    for key, step in moved.items():
        name = names.get(key)
        if name is None:
            continue
        item = now[key]
        scale = item.cap or item.soft_cap or max(abs(item.value), 10.0)
        chip = _chip(step, item.unit, name.full.lower(), lower=name.lower_is_better)
        found.append(((key not in wanted, -abs(step) / scale), chip))
    return sorted(found, key=lambda each: each[0])


def _chip(step: float, unit: str, name: str, *, lower: bool) -> Chip:
    decimals = 2 if abs(step) < 10 else 1
    number = with_unit(step, "/s" if unit == "/s" else "", sign=True, decimals=decimals)
    return Chip(f"{number} {name}", rises=step > 0, good=(step > 0) != lower)


def _notes(document: Document, after: Build) -> list[str]:
    """Sentences about slots and sets."""
    before = document.build
    found = []
    slots = before.added_slots - after.added_slots
    if slots > 0:
        found.append(f"{slots} slot{'s' if slots > 1 else ''} can be placed again.")
    lost = {
        name: count - _sets(after, document).get(name, 0)
        for name, count in _sets(before, document).items()
        if _sets(after, document).get(name, 0) < count
    }
    if lost:
        found.append(f"Takes from {_listed(list(lost))}.")
    return found


def _sets(build: Build, document: Document) -> dict[str, int]:
    """How many pieces of each set a build holds, by the name of the set."""
    counts: dict[str, int] = {}
    for entry in build.entries:
        for slot in entry.slots:
            held = slot.enhancement
            known = document.catalog.enhancement(held.enhancement) if held is not None else None
            family = (
                document.catalog.enhancement_set(known.set_id) if known and known.set_id else None
            )
            if family is not None:
                counts[family.display_name] = counts.get(family.display_name, 0) + 1
    return counts


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
