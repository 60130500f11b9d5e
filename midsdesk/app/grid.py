"""The grid of bars: every entry of the build with its slots, lamps and problems."""

from collections import Counter
from functools import partial

from midsdesk.app.document import Document
from midsdesk.app.memo import Parts
from midsdesk.app.pieces import empty_slot, piece_slot
from midsdesk.app.views import Bar, BarKind, Grid, Lamp, SlotView
from midsdesk.edit.powers import can_switch
from midsdesk.model.build import PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Activation
from midsdesk.rules.check import Violation
from midsdesk.rules.levels import added_by_level, first_slot_level, next_slot_level, slot_refusal
from midsdesk.rules.requirements import power_name

_ACTIVATIONS = {
    Activation.CLICK: "click",
    Activation.TOGGLE: "toggle",
    Activation.AUTO: "auto",
}
_Problems = tuple[tuple[int | None, str], ...]


def grid(document: Document) -> Grid:
    """All bars: the picks in order of their levels, then inherents, those with slots first."""
    key = (document.build, document.next_pick_level, document.settings.exemplar_level)
    return document.memo.value("grid", key, partial(_grid, document))


def _grid(document: Document) -> Grid:
    build, catalog = document.build, document.catalog
    problems = _problems_by_entry(document.violations)
    used = added_by_level(build)
    parts = document.memo.parts("bars")
    next_index = _next_pick(document)
    bars = [
        _cached_bar(document, parts, index, problems.get(index, ()), used, index == next_index)
        for index in range(len(build.entries))
        if index < build.pick_count or _is_shown(build.entries[index], catalog)
    ]
    others = [bar for bar in bars if bar.entry >= build.pick_count]
    others.sort(key=lambda bar: not bar.slots)
    return Grid(
        picks=tuple(bar for bar in bars if bar.entry < build.pick_count), others=tuple(others)
    )


def _is_shown(entry: PowerEntry, catalog: Catalog) -> bool:
    if entry.is_empty:
        return False
    power = catalog.power(entry.power)
    return power is None or not power.hidden or bool(entry.slots)


def _problems_by_entry(violations: tuple[Violation, ...]) -> dict[int, _Problems]:
    found: dict[int, list[tuple[int | None, str]]] = {}
    for violation in violations:
        if violation.entry is not None:
            found.setdefault(violation.entry, []).append((violation.slot, violation.reason))
    return {index: tuple(items) for index, items in found.items()}


def _next_pick(document: Document) -> int | None:
    level = document.next_pick_level
    for index, entry in enumerate(document.build.picks):
        if entry.is_empty and entry.level == level:
            return index
    return None


def _cached_bar(
    document: Document,
    parts: Parts,
    index: int,
    problems: _Problems,
    used: Counter[int],
    is_next: bool,
) -> Bar:
    build, catalog = document.build, document.catalog
    entry = build.entries[index]
    ghost, reason = 0, slot_refusal(build, catalog, index, used)
    if not reason:
        ghost = next_slot_level(build, catalog, index, used) or 0
    exemplar = document.settings.exemplar_level
    pick = index < build.pick_count
    key = (entry, index, pick, problems, ghost, reason, is_next, exemplar)
    return parts.get(
        key,
        lambda: _bar(entry, index, pick, problems, (ghost, reason), is_next, exemplar, catalog),
    )


def _bar(
    entry: PowerEntry,
    index: int,
    pick: bool,
    problems: _Problems,
    ghost: tuple[int, str],
    is_next: bool,
    exemplar: int,
    catalog: Catalog,
) -> Bar:
    if entry.is_empty:
        return _empty_bar(entry, index, is_next)
    power = catalog.power(entry.power)
    name = power_name(entry.power, catalog)
    own = [reason for slot, reason in problems if slot is None]
    switchable = power is not None and can_switch(power)
    lamp = (Lamp.ON if entry.included else Lamp.OFF) if switchable else Lamp.NONE
    proc_lamp = Lamp.NONE
    if _has_proc(entry, catalog):
        proc_lamp = Lamp.OFF if entry.procs_off else Lamp.ON
    return Bar(
        entry=index,
        kind=BarKind.PICK if pick else BarKind.INHERENT,
        level=entry.level,
        name=name,
        power=entry.power,
        activation=_activation(power),
        included=entry.included or not switchable,
        lamp=lamp,
        proc_lamp=proc_lamp,
        problem=" ".join(own),
        slots=_slots(entry, power, problems, exemplar, catalog),
        ghost_level=ghost[0],
        ghost_reason=ghost[1],
        spoken=_spoken(entry, name, power, pick, own),
    )


def _activation(power: Power | None) -> str:
    if power is None:
        return ""
    return next((text for kind, text in _ACTIVATIONS.items() if power.activation == kind), "")


def _empty_bar(entry: PowerEntry, index: int, is_next: bool) -> Bar:
    spoken = f"pick {entry.level}, empty"
    return Bar(
        entry=index,
        kind=BarKind.NEXT if is_next else BarKind.EMPTY,
        level=entry.level,
        name="next pick" if is_next else "",
        power=PowerId(""),
        activation="",
        included=True,
        lamp=Lamp.NONE,
        proc_lamp=Lamp.NONE,
        problem="",
        slots=(),
        ghost_level=0,
        ghost_reason="An empty pick has no slots.",
        spoken=f"{spoken}, next" if is_next else spoken,
    )


def _has_proc(entry: PowerEntry, catalog: Catalog) -> bool:
    for slot in entry.slots:
        piece = catalog.enhancement(slot.enhancement.enhancement) if slot.enhancement else None
        if piece is not None and piece.is_proc:
            return True
    return False


def _slots(
    entry: PowerEntry, power: Power | None, problems: _Problems, exemplar: int, catalog: Catalog
) -> tuple[SlotView, ...]:
    oldest = first_slot_level(entry, power)
    views = []
    for number, slot in enumerate(entry.slots):
        problem = " ".join(reason for place, reason in problems if place == number)
        inactive = slot.level > exemplar or (number > 0 and slot.level < oldest)
        place = f"slot {number + 1} of {len(entry.slots)}"
        if slot.enhancement is None:
            views.append(empty_slot(slot.level, place, problem, inactive))
        else:
            views.append(
                piece_slot(
                    slot.enhancement, catalog, slot.level, place, inactive=inactive, problem=problem
                )
            )
    return tuple(views)


def _spoken(
    entry: PowerEntry, name: str, power: Power | None, pick: bool, problems: list[str]
) -> str:
    parts = [name, f"pick {entry.level}" if pick else f"level {entry.level}"]
    activation = _activation(power)
    if activation:
        parts.append(activation)
    if power is not None and can_switch(power):
        parts.append("included" if entry.included else "not included")
    if entry.slots:
        count = len(entry.slots)
        parts.append(f"{count} slot{'s' if count > 1 else ''}")
    return ", ".join([*parts, *problems])
